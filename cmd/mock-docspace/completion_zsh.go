package main

import (
	"fmt"
	"io"
)

const zshBegin = `#compdef mock-docspace
# What zsh offers behind mock-docspace: source <(mock-docspace completion zsh), behind compinit
_mock-docspace() {
    local current=${words[CURRENT]} before=${words[CURRENT-1]} command= files= i
    local -a flags next
    if [[ $current == --*=* ]]; then # --flag=value is one word
        before=${current%%=*}
        compset -P '*='
    fi
    for (( i = 2; i < CURRENT; i++ )); do
        case $command/${words[i]} in
`

const zshMiddle = `        esac
    done
    if [[ -z $command && ( $CURRENT -gt 2 || $current == --*=* ) ]]; then command=serve; fi
    case "$command $before" in
`

const zshEnd = `    esac
    if [[ $current == -* || $#next -eq 0 && -z $files ]]; then
        _describe -o flag flags
    elif [[ -n $files ]]; then
        _files
    else
        _describe word next
    fi
}
if [[ $funcstack[1] == _mock-docspace ]]; then # a file in $fpath, at its first use
    _mock-docspace "$@"
else
    compdef _mock-docspace mock-docspace
fi
`

// printZsh prints the script for zsh, which shows what commands and flags do.
func printZsh(w io.Writer, commands []completedCommand) {
	fmt.Fprint(w, zshBegin)
	printCommandCases(w, commands)
	fmt.Fprint(w, zshMiddle)
	printValueCases(w, commands, func(values []string) string { return "compadd -- " + quoted(values) }, "_files")
	fmt.Fprint(w, "    esac\n    case $command in\n")
	for _, command := range commands {
		var flags []string
		for _, flag := range command.flags {
			flags = append(flags, "--"+flag.Name+":"+helpLine(flag.Help))
		}
		fmt.Fprintf(w, "    %s) flags=(%s)", shellQuote(command.path), quoted(flags))
		next, files := command.next()
		for i, child := range command.below {
			next[i] += ":" + helpLine(child.Help)
		}
		if len(next) > 0 {
			fmt.Fprintf(w, " next=(%s)", quoted(next))
		}
		if files {
			fmt.Fprint(w, " files=yes")
		}
		fmt.Fprint(w, " ;;\n")
	}
	fmt.Fprint(w, zshEnd)
}
