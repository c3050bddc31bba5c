// Package snippets_test proves that every snippet of the documentation runs when somebody pastes it.
package snippets_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

// documents are those that users read.
func documents(t *testing.T) []document {
	t.Helper()
	return pages(t, "README.md", "CONTRIBUTING.md", "docs/*.md")
}

// pages reads the files of this repository that match the patterns, each of which has one at least.
func pages(t *testing.T, patterns ...string) []document {
	t.Helper()
	g := NewWithT(t)
	var found []document
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(names).NotTo(BeEmpty(), pattern)
		for _, name := range names {
			text, err := os.ReadFile(name)
			g.Expect(err).NotTo(HaveOccurred())
			name, err = filepath.Rel(root, name)
			g.Expect(err).NotTo(HaveOccurred())
			found = append(found, document{filepath.ToSlash(name), string(text)})
		}
	}
	return found
}

// proof is what is known of the snippets of a document before a shell runs them.
type proof struct {
	interop  bool     // make interop runs them
	problems []string // each with its place
	skipped  []string // what cannot run, or not on this machine, and why
	scripts  map[string]script
}

// prepare does all but running them, for several documents together, by their names. Each shell has ports of its own.
func (r *runner) prepare(ctx context.Context, documents []document, shells ...string) (map[string]*proof, error) {
	proofs := map[string]*proof{}
	goBlocks := map[string]block{} // by id: nearly all are the same for each shell
	taken := map[int]bool{}
	for _, d := range documents {
		p := &proof{interop: d.forInterop(), scripts: map[string]script{}}
		proofs[d.name] = p
		for _, shell := range shells {
			var s script
			var err error
			s.blocks, p.problems = d.blocks()
			if s.address, err = withFreePorts(s.blocks, taken); err != nil {
				return nil, err
			}
			p.scripts[shell] = s
			for _, b := range s.blocks {
				if b.language == languageGo && b.notRun == "" {
					goBlocks[b.id()] = b
				}
			}
		}
	}
	goFiles, goProblems, err := r.compile(ctx, goBlocks)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		p := proofs[d.name]
		for _, problem := range goProblems {
			if strings.HasPrefix(problem, d.name+":") {
				p.problems = append(p.problems, problem)
			}
		}
		for shell, s := range p.scripts {
			if err := r.order(ctx, p, &s, goFiles); err != nil {
				return nil, err
			}
			p.scripts[shell] = s
		}
		for _, list := range []*[]string{&p.problems, &p.skipped} { // each shell has found the same
			slices.Sort(*list)
			*list = slices.Compact(*list)
		}
	}
	return proofs, nil
}

// order puts the blocks of a script into steps, and checks those that no shell runs.
func (r *runner) order(ctx context.Context, p *proof, s *script, goFiles map[string]string) error {
	last := -1 // the step whose output may come next; none: -1
	var lastSkipped bool
	for _, b := range s.blocks {
		switch {
		case b.notRun != "":
			p.skipped = append(p.skipped, b.place()+": "+b.notRun)
			last, lastSkipped = -1, false
			continue
		case b.language == languageOutput && lastSkipped:
			continue
		case b.language == languageOutput && last < 0:
			p.problems = append(p.problems, b.place()+": no block stands before this one that could print it")
			continue
		case b.language == languageOutput:
			s.steps[last].output = &b
			last = -1
			continue
		case b.language == languageYAML:
			problems, err := r.checkYAML(ctx, b)
			if err != nil {
				return err
			}
			p.problems = append(p.problems, problems...)
			if !fileName.MatchString(b.text) {
				continue
			}
		case b.language == languageShell:
			p.problems = append(p.problems, shellProblems(b)...)
		case b.language == languageGo && goFiles[b.id()] == "": // a problem says so already
			last, lastSkipped = -1, true
			continue
		case !slices.Contains(languages, b.language): // and here
			continue
		}
		command, reason, err := r.shellCommand(ctx, b, goFiles)
		if err != nil {
			return err
		}
		if lastSkipped = command == ""; lastSkipped {
			p.skipped = append(p.skipped, b.place()+": "+reason)
			last = -1
			continue
		}
		s.steps = append(s.steps, step{block: b, command: command})
		last = len(s.steps) - 1
		if fileName.MatchString(b.text) {
			last = -1
		}
	}
	return nil
}

func TestSnippets(t *testing.T) {
	NewWithT(t).Expect(shared.buildSuite(t.Context())).To(Succeed())
	proofs, err := shared.prepare(t.Context(), documents(t), slices.Collect(maps.Keys(shells))...)
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	for name, p := range proofs {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, reason := range p.skipped {
				t.Log("not run: " + reason)
			}
			for _, problem := range p.problems {
				t.Error(problem)
			}
			if t.Failed() {
				return
			}
			if p.interop {
				t.Skip("make interop runs it")
			}
			for shell, script := range p.scripts {
				if len(script.steps) == 0 {
					continue
				}
				t.Run(shell, func(t *testing.T) {
					t.Parallel()
					if shell != "bash" && script.checksPortals() {
						t.Skip("it checks whole portals, which takes as long as all other documents, and needs nothing of a shell that they do not need")
					}
					for _, program := range []string{shell, "curl"} {
						if reason := shared.lacks(t.Context(), program, "--version"); reason != "" {
							t.Skip(reason)
						}
					}
					problems, err := shared.run(t.Context(), shell, script)
					NewWithT(t).Expect(err).NotTo(HaveOccurred())
					for _, problem := range problems {
						t.Error(problem)
					}
				})
			}
		})
	}
}

// wrong are documents with one mistake each.
var wrong = map[string]struct{ text, want string }{
	"go": {
		"```go\npackage main\n\nfunc main() {\n\tnope()\n}\n```\n",
		"go.md:5: undefined: nope",
	},
	"go-import": {
		"```go\npackage main\n\nimport \"github.com/mock-docspace/mock-docspace/client\"\n\nfunc main() {\n\t_ = client.Nope\n}\n```\n",
		"go-import.md:7: undefined: client.Nope",
	},
	"go-format": {
		"```go\npackage main\n\nfunc main() { }\n```\n",
		"go-format.md:2: this is not as gofmt writes it",
	},
	"go-fails": {
		"```go\npackage main\n\nimport \"os\"\n\nfunc main() {\n\tos.Exit(3)\n}\n```\n",
		"go-fails.md:2: bash: this failed: exit status 3",
	},
	"go-test": {
		"```go\npackage app\n\nimport \"testing\"\n\nfunc TestIt(t *testing.T) {\n\tt.Fatal(\"it is so\")\n}\n```\n",
		"go-test.md:2: bash: this failed: exit status 1",
	},
	"shell": {
		"```sh\necho one\n```\n\n```sh\nfalse\necho two\n```\n",
		"shell.md:6: bash: this failed: exit status 1",
	},
	"quotes": {
		"```sh\necho \"one\n```\n",
		"quotes.md:2: bash: this failed: exit status 2",
	},
	"output": {
		"```sh\necho one\n```\n\n```text\ntwo\n```\n",
		"bash: output.md:6: the output is another one:\none",
	},
	"output-alone": {
		"```text\ntwo\n```\n",
		"output-alone.md:2: no block stands before this one that could print it",
	},
	"status": {
		"```sh\nbin/mock-docspace --quiet &\nuntil bin/mock-docspace healthcheck 2>/dev/null; do sleep 0.1; done\ncurl -s http://127.0.0.1:8092/nope\n```\n",
		"status.md:2: bash: this failed: exit status 22",
	},
	"comment": {
		"```sh\nmake demo # four steps\n```\n",
		"comment.md:2: zsh knows no comment",
	},
	"javascript": {
		"```js\nthrow new Error('no');\n```\n",
		"javascript.md:2: bash: this failed: exit status 1",
	},
	"python": {
		"```python\nimport nope\n```\n",
		"python.md:2: bash: this failed: exit status 1",
	},
	"portal": {
		"```yaml\nprofile: v3\n```\n",
		"portal.md:2: the portal file:1:10: profile: ",
	},
	"slip": {
		"```yaml\nlinks: [{entry: \"99\"}]\n```\n",
		"slip.md:2: the portal file:1:17: warning: ",
	},
	"workflow": {
		"```yaml\non: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: mock-docspace/mock-docspace@main\n        with: {profil: documented}\n```\n",
		"workflow.md:2: job a: step 1: the action has no input profil",
	},
	"language": {
		"```ruby\nputs 1\n```\n",
		`language.md:1: nothing is known of the language "ruby"`,
	},
	"no-language": {
		"```\nls\n```\n",
		"no-language.md:1: this block has no language",
	},
}

func TestWrongSnippetsAreFound(t *testing.T) {
	g := NewWithT(t)
	var documents []document
	for name, mistake := range wrong {
		documents = append(documents, document{name + ".md", mistake.text})
	}
	proofs, err := shared.prepare(t.Context(), documents, "bash")
	g.Expect(err).NotTo(HaveOccurred())
	bash := shared.lacks(t.Context(), "bash", "--version")
	var running sync.WaitGroup
	for name := range wrong {
		p := proofs[name+".md"]
		if script := p.scripts["bash"]; len(script.steps) > 0 && len(p.problems) == 0 && bash == "" {
			running.Go(func() {
				problems, err := shared.run(t.Context(), "bash", script)
				p.problems = append(p.problems, problems...)
				if err != nil {
					p.problems = append(p.problems, err.Error())
				}
			})
		}
	}
	running.Wait()
	for name, mistake := range wrong {
		t.Run(name, func(t *testing.T) {
			p := proofs[name+".md"]
			switch {
			case len(p.skipped) > 0:
				t.Skip(p.skipped[0])
			case strings.Contains(mistake.want, "bash: ") && bash != "":
				t.Skip(bash)
			}
			NewWithT(t).Expect(p.problems).To(ConsistOf(HavePrefix(mistake.want)), fmt.Sprint(p.problems))
		})
	}
}
