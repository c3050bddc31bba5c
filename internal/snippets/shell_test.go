package snippets_test

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// shellProblems is what a shell block has that bash takes and zsh does not, at a prompt: there # begins no comment, an unquoted ?
// or [ is a pattern, and ! within double quotes is an event of the history. It is for machines without zsh.
func shellProblems(b block) (problems []string) {
	for i, line := range strings.Split(b.text, "\n") {
		if why := zshProblem(line); why != "" {
			problems = append(problems, fmt.Sprintf("%s:%d: %s", b.document, b.line+i, why))
		}
	}
	return problems
}

func zshProblem(line string) string {
	var quote, before rune
	for _, r := range line {
		switch {
		case quote == '\'' && r == '\'', quote == '"' && r == '"' && before != '\\':
			quote = 0
		case quote == '"' && r == '!':
			return "zsh takes ! within double quotes for an event of the history: use single quotes, or another way"
		case quote != 0 || before == '\\':
		case r == '\'' || r == '"':
			quote = r
		case r == '#' && (before == 0 || before == ' '):
			return "zsh knows no comment at its prompt: say it in the text"
		case r == '?' && before != '$':
			return "zsh takes ? for a pattern: quote the word"
		case r == '[' && before != 0 && before != ' ':
			return "zsh takes [ for a pattern: quote the word"
		}
		before = r
	}
	return ""
}

func TestZshProblem(t *testing.T) {
	g := NewWithT(t)
	for line, want := range map[string]string{
		`curl $B/settings?fields=a`: "zsh takes ? for a pattern",
		`curl $B/settings/a[0]`:     "zsh takes [ for a pattern",
		`make test    # all tests`:  "zsh knows no comment",
		`# all tests`:               "zsh knows no comment",
		`echo "pid $!"`:             "zsh takes ! within double quotes",
	} {
		g.Expect(zshProblem(line)).To(HavePrefix(want), line)
	}
	for _, line := range []string{
		`curl "$B/settings?fields=a[0]" -d '{"password":"Secret123!"}'`, `echo $?`, `until [ -s port ]; do sleep 0.1; done`, `kill $!`, `curl $B/#a`, `echo "a \" # b"`,
	} {
		g.Expect(zshProblem(line)).To(BeEmpty(), line)
	}
}
