package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// completions are words behind mock-docspace, the last of which is completed, and what all shells offer for it.
var completions = []struct {
	words []string
	want  string // in the order of the alphabet
}{
	{[]string{""}, "completion env healthcheck openapi portal profiles serve why"},
	{[]string{"p"}, "portal profiles"},
	{[]string{"--cont"}, "--contract --control-addr --control-token"},
	{[]string{"serve", "--tls-c"}, "--tls-ca-out --tls-cert"},
	{[]string{"--watch", "--qu"}, "--quiet"},
	{[]string{"--ex"}, "--exit-with-stdin"},
	{[]string{"--contract", ""}, "enforce off warn"},
	{[]string{"--contract", "e"}, "enforce"},
	{[]string{"serve", "--quiet", "--log-format", ""}, "json text"},
	{[]string{"--profile", "v3."}, "v3.7.2 v3.8"},
	{[]string{"--portal", "po"}, "portal.yaml"},
	{[]string{"env", "--state", "po"}, "portal.yaml"},
	{[]string{"--addr", ""}, ""},
	{[]string{"env", "--st"}, "--state"},
	{[]string{"env", "--journ"}, ""},
	{[]string{"openapi", "--c"}, "--control"},
	{[]string{"portal", ""}, "check"},
	{[]string{"portal", "check", "po"}, "portal.yaml"},
	{[]string{"portal", "check", "portal.yaml", "--s"}, "--strict"},
	{[]string{"completion", ""}, "bash fish zsh"},
}

// complete runs a shell with the script of the program and more text, in a folder with the file portal.yaml, and returns the words that it
// prints, in the order of the alphabet. A shell that is not installed skips the test.
func complete(t *testing.T, shell string, flags []string, more string) string {
	t.Helper()
	program, err := exec.LookPath(shell)
	if err != nil {
		t.Skipf("this test needs %s: %v", shell, err)
	}
	code, script, stderr := runToEnd(t, nil, "completion", shell)
	if code != exitOK || stderr != "" {
		t.Fatalf("exit %d, %s", code, stderr)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"portal.yaml": "", "other": "", "script": script} {
		rewrite(t, filepath.Join(dir, name), text)
	}
	process := exec.CommandContext(t.Context(), program, append(flags, "-c", more)...)
	process.Dir, process.Env = dir, append(os.Environ(), "HOME="+dir)
	text, err := process.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	words := strings.Fields(string(text))
	slices.Sort(words)
	return strings.Join(words, " ")
}

func TestCompletionInBash(t *testing.T) {
	const line = `source ./script; COMP_WORDS=(mock-docspace HERE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _mock_docspace; printf '%s\n' "${COMPREPLY[@]}"`
	tests := append(slices.Clone(completions), // bash makes three words of --flag=value
		struct {
			words []string
			want  string
		}{[]string{"--contract", "=", "e"}, "enforce"},
		struct {
			words []string
			want  string
		}{[]string{"env", "--portal", "="}, "other portal.yaml script"},
	)
	for _, test := range tests {
		if got := complete(t, "bash", []string{"--norc"}, strings.ReplaceAll(line, "HERE", quoted(test.words))); got != test.want {
			t.Errorf("%q: got %s, want %s", test.words, got, test.want)
		}
	}
	if got := complete(t, "bash", []string{"--norc"}, "source ./script; complete -p mock-docspace"); got != "-F _mock_docspace complete mock-docspace" {
		t.Errorf("got %s", got)
	}
}

// The functions of zsh that show what is offered work only at a prompt, so there are others in their place.
func TestCompletionInZsh(t *testing.T) {
	const line = `
		offered() { local word; for word in "$@"; do [[ $word == "${words[CURRENT]}"* ]] && print -r -- "$word"; done; true }
		compdef() { }
		compset() { words[CURRENT]=${words[CURRENT]#*=} }
		compadd() { shift; offered "$@" }
		_files() { offered *(N) }
		_describe() { local -a named; named=("${(@P)@[-1]}"); offered "${(@)named%%:*}" }
		source ./script; words=(mock-docspace HERE); CURRENT=$#words; _mock-docspace`
	tests := append(slices.Clone(completions), struct {
		words []string
		want  string
	}{[]string{"--contract=e"}, "enforce"})
	for _, test := range tests {
		if got := complete(t, "zsh", []string{"-f"}, strings.ReplaceAll(line, "HERE", quoted(test.words))); got != test.want {
			t.Errorf("%q: got %s, want %s", test.words, got, test.want)
		}
	}
}

func TestCompletionInFish(t *testing.T) {
	for _, test := range completions {
		words := slices.Clone(test.words)
		got := complete(t, "fish", []string{"--no-config"}, "source ./script; complete -C "+shellQuote("mock-docspace "+strings.Join(words, " "))+` | string replace -r '\t.*' ''; true`)
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.words, got, test.want)
		}
	}
}

// Every flag of the program is completed, and the scripts say what it does.
func TestCompletionIsComplete(t *testing.T) {
	_, help, _ := runToEnd(t, nil, "--help")
	for _, shell := range []string{"bash", "zsh", "fish"} {
		_, script, _ := runToEnd(t, nil, "completion", shell)
		for word := range strings.FieldsSeq(help) {
			flag, isFlag := strings.CutPrefix(word, "--")
			flag, _, _ = strings.Cut(flag, "=")
			if isFlag && strings.Trim(flag, "abcdefghijklmnopqrstuvwxyz-") == "" && !strings.Contains(script, "--"+flag) && !strings.Contains(script, "-l "+flag+" ") {
				t.Errorf("%s: no --%s", shell, flag)
			}
		}
		if shell != "bash" && !strings.Contains(script, "Print only what changes for an app that moves from one profile to the other, such as v3.7.2,v3.8'") {
			t.Errorf("%s does not say what --diff does", shell)
		}
	}
	for _, args := range [][]string{{"completion"}, {"completion", "ksh"}, {"completion", "bash", "zsh"}} {
		if code, stdout, stderr := runToEnd(t, nil, args...); code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}
