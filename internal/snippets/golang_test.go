package snippets_test

import (
	"context"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// compile builds Go blocks, all together, and gives the file to run for each, by its id. Programs and tests are packages of
// the copied module, so that they need no network.
func (r *runner) compile(ctx context.Context, blocks map[string]block) (files map[string]string, problems []string, err error) {
	out, err := os.MkdirTemp(r.dir, "out-")
	if err != nil {
		return nil, nil, err
	}
	root, err := os.MkdirTemp(r.module, "snippets-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(root)

	files = map[string]string{}
	sources := map[string]block{}
	kinds := map[string]bool{}
	for _, b := range blocks {
		kind, source, file := "programs", "main.go", b.id()
		if regexp.MustCompile(`(?m)^func Test`).MatchString(b.text) {
			kind, source, file = "tests", "snippet_test.go", b.id()+".test"
		}
		dir := filepath.Join(root, kind, b.id())
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, nil, err
		}
		if err := os.WriteFile(filepath.Join(dir, source), []byte(b.text), 0o644); err != nil {
			return nil, nil, err
		}
		kinds[kind] = true
		sources[kind+"/"+b.id()+"/"+source] = b
		files[b.id()] = filepath.Join(out, file)
		if formatted, err := format.Source([]byte(b.text)); err == nil && string(formatted) != b.text {
			problems = append(problems, b.place()+": this is not as gofmt writes it")
		}
	}

	within, err := filepath.Rel(r.module, root)
	if err != nil {
		return nil, nil, err
	}
	packages := func(kind string) string { return "./" + within + "/" + kind + "/..." }
	for kind, command := range map[string][]string{
		"programs": {"go", "build", "-ldflags=-w", "-o", out + "/", packages("programs")},
		"tests":    {"go", "test", "-c", "-ldflags=-w", "-o", out + "/", packages("tests")},
	} {
		if !kinds[kind] {
			continue
		}
		for _, command := range [][]string{{"go", "vet", packages(kind)}, command} {
			if text, err := r.command(ctx, r.module, command...).CombinedOutput(); err != nil {
				problems = append(problems, goProblems(string(text), within, sources)...)
			}
		}
	}
	slices.Sort(problems)
	problems = slices.Compact(problems) // vet and the compiler say the same
	for _, b := range blocks {
		if _, err := os.Stat(files[b.id()]); err != nil {
			delete(files, b.id())
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.HasPrefix(p, b.document+":") }) {
				problems = append(problems, b.place()+": this was not built, and nothing says why")
			}
		}
	}
	return files, problems, nil
}

// goProblems are the messages of the go command, with places in the documents.
func goProblems(text, root string, sources map[string]block) (problems []string) {
	place := regexp.MustCompile(regexp.QuoteMeta(root) + `/(\S+?\.go):(\d+)(?::\d+)?`)
	for line := range strings.Lines(text) {
		message := place.ReplaceAllStringFunc(strings.TrimSpace(line), func(at string) string {
			parts := place.FindStringSubmatch(at)
			b := sources[parts[1]]
			number, _ := strconv.Atoi(parts[2]) // it has digits alone
			return fmt.Sprintf("%s:%d", b.document, b.line+number-1)
		})
		message = strings.TrimPrefix(strings.TrimPrefix(message, "vet: "), "./")
		if message != "" && !strings.HasPrefix(message, "#") {
			problems = append(problems, message)
		}
	}
	return problems
}
