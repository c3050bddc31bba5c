package snippets_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// scriptTimeout is for all blocks of a document in one shell.
const scriptTimeout = 2 * time.Minute

// shells run at a prompt, as for somebody who pastes: there zsh knows no comments, and both have a history.
var shells = map[string][]string{
	"bash": {"bash", "--norc", "--noprofile", "-i"},
	"zsh":  {"zsh", "-f", "-i"},
}

// script is a document as one shell runs it.
type script struct {
	blocks  []block
	address string // of a fake that is started without one
	steps   []step
}

// step is a block that runs, with the block that shows its output, if there is one.
type step struct {
	block
	command string // for the shell
	output  *block
}

// checksPortals says whether the script runs the contract suite.
func (s script) checksPortals() bool {
	return slices.ContainsFunc(s.steps, func(step step) bool { return strings.Contains(step.command, "bin/docspace-contract") })
}

// run runs the steps of a script, one after the other, and compares what they print.
func (r *runner) run(ctx context.Context, shell string, s script) (problems []string, err error) {
	dir, err := os.MkdirTemp(r.dir, "run-")
	if err != nil {
		return nil, err
	}
	home := filepath.Join(dir, "home") // where a user has unpacked the module, and has built the programs
	if err := os.CopyFS(home, os.DirFS(r.module)); err != nil {
		return nil, err
	}
	if err := os.Mkdir(filepath.Join(home, "bin"), 0o755); err != nil {
		return nil, err
	}
	for _, program := range []string{r.program, r.suite} {
		if program == "" {
			continue
		}
		if err := os.Link(program, filepath.Join(home, "bin", filepath.Base(program))); err != nil {
			return nil, err
		}
	}
	if err := linkTools(home); err != nil {
		return nil, err
	}
	// A status from 400 on is a failure, unless the output is compared.
	if err := os.WriteFile(filepath.Join(dir, ".curlrc"), []byte("fail-with-body\nshow-error\n"), 0o644); err != nil {
		return nil, err
	}

	text := "set -e\nset -o pipefail\n"
	for i, step := range s.steps {
		curl := dir
		if step.output != nil {
			curl = home // which has no .curlrc
		}
		text += fmt.Sprintf("export CURL_HOME='%s'\nprintf '\\n%s\\n'\n%s\nprintf '\\n%s\\n'\n", curl, beginOf(i), strings.TrimSpace(step.command), endOf(i))
	}
	stdout, stderr, failed := r.typeInto(ctx, shell, dir, home, text, "MOCK_DOCSPACE_ADDR="+s.address)

	for i, step := range s.steps {
		_, after, begun := strings.Cut(stdout, "\n"+beginOf(i)+"\n")
		printed, _, ended := strings.Cut(after, "\n"+endOf(i)+"\n")
		switch {
		case !begun:
			return append(problems, fmt.Sprintf("%s: %s: this was not run: %v\n%s", step.place(), shell, failed, lastLines(stderr))), nil
		case !ended:
			return append(problems, fmt.Sprintf("%s: %s: this failed: %v\n%s\n%s", step.place(), shell, failed, plain(printed), lastLines(stderr))), nil
		case step.output != nil:
			if problem := outputProblem(*step.output, printed); problem != "" {
				problems = append(problems, shell+": "+problem)
			}
		}
	}
	if failed != nil {
		problems = append(problems, fmt.Sprintf("%s: %s: %v\n%s", s.steps[len(s.steps)-1].place(), shell, failed, lastLines(stderr)))
	}
	return problems, nil
}

func beginOf(i int) string { return "@@ begin " + strconv.Itoa(i) }
func endOf(i int) string   { return "@@ end " + strconv.Itoa(i) }

// typeInto types a text into a shell, and ends what is still running then. The output goes to files, since such a process would
// keep a pipe open.
func (r *runner) typeInto(ctx context.Context, shell, dir, home, text, variable string) (stdout, stderr string, failed error) {
	ctx, cancel := context.WithTimeout(ctx, scriptTimeout)
	defer cancel()
	cmd := r.command(ctx, home, shells[shell]...)
	cmd.Env = append(cmd.Env, variable, "PS1=", "PS2=", "TERM=dumb", "HISTFILE=")
	// A group of its own, so that all of it can be ended.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	end := func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.Cancel = end

	files := map[string]*os.File{}
	for _, name := range []string{"stdin", "stdout", "stderr"} {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return "", "", err
		}
		defer file.Close()
		files[name] = file
	}
	if _, err := files["stdin"].WriteString(text); err != nil {
		return "", "", err
	}
	if _, err := files["stdin"].Seek(0, 0); err != nil {
		return "", "", err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = files["stdin"], files["stdout"], files["stderr"]
	if failed = cmd.Start(); failed != nil {
		return "", "", failed
	}
	failed = cmd.Wait()
	if ctx.Err() != nil {
		failed = fmt.Errorf("it did not end within %s", scriptTimeout)
	}
	if err := end(); err != nil && !errors.Is(err, syscall.ESRCH) { // mostly nothing is left
		failed = errors.Join(failed, err)
	}
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		failed = errors.Join(failed, err)
		return string(text)
	}
	return read("stdout"), read("stderr"), failed
}

// lastLines are the end of a text, which says why.
func lastLines(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}

// fileName is how a block says under which name a reader keeps it.
var fileName = regexp.MustCompile(`^(?:# ([a-z0-9-]+\.ya?ml)|// ([a-z0-9.-]+\.mjs))\n`)

// keep is the command that keeps a block under its name.
func keep(file string, b block) string {
	name := fileName.FindStringSubmatch(b.text)
	return fmt.Sprintf("cp '%s' %s", file, name[1]+name[2])
}

// shellCommand is how a shell runs a block. It is "" when this machine cannot run it; then reason says why.
func (r *runner) shellCommand(ctx context.Context, b block, goFiles map[string]string) (command, reason string, err error) {
	write := func(ending string) (string, error) {
		file := filepath.Join(r.dir, b.id()+ending)
		return file, os.WriteFile(file, []byte(b.text), 0o644)
	}
	switch b.language {
	case languageShell:
		return b.text, "", nil
	case languageGo:
		return "'" + goFiles[b.id()] + "'", "", nil
	case languageJavaScript:
		if fileName.MatchString(b.text) {
			file, err := write(".mjs")
			return keep(file, b), "", err
		}
		if reason := r.lacks(ctx, "node", "-e", "fetch"); reason != "" {
			return "", reason, nil
		}
		file, err := write(".mjs")
		return "node '" + file + "'", "", err
	case languagePython:
		if reason := r.lacks(ctx, "python3", "-c", "import json, unittest, urllib.request"); reason != "" {
			return "", reason, nil
		}
		file, err := write(".py")
		return "python3 '" + file + "'", "", err
	case languageYAML:
		file, err := write(".yaml")
		return keep(file, b), "", err
	}
	return "", "", fmt.Errorf("%s: nothing runs the language %q", b.place(), b.language)
}

// lacks says why this machine cannot run a command, "" when it can.
func (r *runner) lacks(ctx context.Context, command ...string) string {
	if _, err := exec.LookPath(command[0]); err != nil {
		return command[0] + " is not installed"
	}
	if text, err := r.command(ctx, r.dir, command...).CombinedOutput(); err != nil {
		return fmt.Sprintf("this %s cannot %s: %s", command[0], command[len(command)-1], lastLines(string(bytes.TrimSpace(text))))
	}
	return ""
}

// shownAddress is one of a fake in a document. The port is replaced, so that it does not matter who else has it.
var shownAddress = regexp.MustCompile(`\b((?:127\.0\.0\.1|(?:[a-z0-9-]+\.)?localhost)):(8[0-9]{3})\b`)

// withFreePorts puts free ports in place of the ones that blocks show. address is the one of a fake that is started without
// one.
func withFreePorts(blocks []block, taken map[int]bool) (address string, err error) {
	ports := map[string]int{}
	free := func(shown string) int {
		if _, known := ports[shown]; !known && err == nil {
			ports[shown], err = freePort(taken)
		}
		return ports[shown]
	}
	for i := range blocks {
		blocks[i].text = shownAddress.ReplaceAllStringFunc(blocks[i].text, func(at string) string {
			parts := shownAddress.FindStringSubmatch(at)
			return fmt.Sprintf("%s:%d", parts[1], free(parts[2]))
		})
	}
	return fmt.Sprintf("127.0.0.1:%d", free("8092")), err
}
