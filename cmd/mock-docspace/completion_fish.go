package main

import (
	"fmt"
	"io"
	"strings"
)

const fishBegin = `# What fish offers behind mock-docspace: mock-docspace completion fish | source
function __mock_docspace_at
    set -l words (commandline -opc)
    set -l command ''
    for word in $words[2..]
        switch $command/$word
`

const fishMiddle = `            case '*'
                break
        end
    end
    if test -z "$command"; and test (count $words) -gt 1
        set command serve
    end
    contains -- "$command" $argv
end
complete -c mock-docspace -f
`

// printFish prints the script for fish. Its function says whether one of some commands stands before what is completed.
func printFish(w io.Writer, commands []completedCommand) {
	fmt.Fprint(w, fishBegin)
	for _, command := range commands {
		for _, child := range command.below {
			fmt.Fprintf(w, "            case %s\n                set command %s\n", shellQuote(command.path+"/"+child.Name), shellQuote(strings.TrimSpace(command.path+" "+child.Name)))
		}
	}
	fmt.Fprint(w, fishMiddle)
	for _, command := range commands {
		begin := "complete -c mock-docspace -n " + shellQuote("__mock_docspace_at "+shellQuote(command.path))
		next, files := command.next()
		for i, word := range next {
			fmt.Fprintf(w, "%s -a %s", begin, shellQuote(word))
			if len(command.below) > 0 {
				fmt.Fprint(w, " -d "+shellQuote(helpLine(command.below[i].Help)))
			}
			fmt.Fprintln(w)
		}
		if files {
			fmt.Fprintln(w, begin+" -F")
		}
		for _, flag := range command.flags {
			fmt.Fprintf(w, "%s -l %s -d %s", begin, flag.Name, shellQuote(helpLine(flag.Help)))
			values, isFile := completedValues(flag.Value)
			switch {
			case flag.IsBool():
			case isFile:
				fmt.Fprint(w, " -r -F")
			default:
				fmt.Fprint(w, " -x")
				if len(values) > 0 {
					fmt.Fprint(w, " -a "+joinedWords(values))
				}
			}
			fmt.Fprintln(w)
		}
	}
}
