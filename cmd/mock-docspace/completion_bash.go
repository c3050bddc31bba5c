package main

import (
	"fmt"
	"io"
	"strings"
)

const bashBegin = `# What bash offers behind mock-docspace: source <(mock-docspace completion bash)
_mock_docspace_offer() { COMPREPLY=($(compgen -W "$1" -- "$current")); }
_mock_docspace_files() {
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null # bash 3 has no compopt
}
_mock_docspace() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command= flags= words= files= i
    COMPREPLY=()
    if [[ $current == = ]]; then # --flag=value is three words
        current=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case $command/${COMP_WORDS[i]} in
`

const bashMiddle = `        esac
    done
    if [[ -z $command && $COMP_CWORD -gt 1 ]]; then command=serve; fi
    case "$command $before" in
`

const bashEnd = `    esac
    if [[ $current == -* || -z $words$files ]]; then
        _mock_docspace_offer "$flags"
    elif [[ -n $files ]]; then
        _mock_docspace_files
    else
        _mock_docspace_offer "$words"
    fi
}
complete -F _mock_docspace mock-docspace
`

// printBash prints the script for bash.
func printBash(w io.Writer, commands []completedCommand) {
	fmt.Fprint(w, bashBegin)
	printCommandCases(w, commands)
	fmt.Fprint(w, bashMiddle)
	printValueCases(w, commands, func(values []string) string { return "_mock_docspace_offer " + joinedWords(values) }, "_mock_docspace_files")
	fmt.Fprint(w, "    esac\n    case $command in\n")
	for _, command := range commands {
		fmt.Fprintf(w, "    %s) flags=%s", shellQuote(command.path), joinedWords(flagNames(command.flags)))
		words, files := command.next()
		if len(words) > 0 {
			fmt.Fprint(w, " words="+joinedWords(words))
		}
		if files {
			fmt.Fprint(w, " files=yes")
		}
		fmt.Fprint(w, " ;;\n")
	}
	fmt.Fprint(w, bashEnd)
}

func joinedWords(words []string) string { return shellQuote(strings.Join(words, " ")) }
