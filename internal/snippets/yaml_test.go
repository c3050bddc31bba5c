package snippets_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/goccy/go-yaml"
)

// checkYAML checks a workflow of GitHub, which has jobs, or else a portal file.
func (r *runner) checkYAML(ctx context.Context, b block) (problems []string, err error) {
	var top map[string]any
	if problem := b.readYAML(&top); problem != "" {
		return []string{problem}, nil
	}
	if _, isWorkflow := top["jobs"]; isWorkflow {
		return r.checkWorkflow(b)
	}
	file := filepath.Join(r.dir, b.id()+".yaml")
	if err := os.WriteFile(file, []byte(b.text), 0o644); err != nil {
		return nil, err
	}
	check := r.command(ctx, r.dir, r.program, "portal", "check", file)
	text, _ := check.CombinedOutput() // the exit code says it too
	if check.ProcessState == nil || !check.ProcessState.Success() || strings.Contains(string(text), ": warning: ") {
		problems = []string{b.place() + ": " + strings.ReplaceAll(strings.TrimSpace(string(text)), file, "the portal file")}
	}
	return problems, nil
}

// readYAML says what is wrong with a block, "" for nothing.
func (b block) readYAML(into any) string {
	if err := yaml.Unmarshal([]byte(b.text), into); err != nil {
		return b.place() + ": " + err.Error()
	}
	return ""
}

type workflow struct {
	On   any
	Jobs map[string]struct {
		RunsOn string `yaml:"runs-on"`
		Steps  []struct {
			Uses, Run string
			With      map[string]any
		}
	}
}

// checkWorkflow also compares the inputs of our own action with action.yml.
func (r *runner) checkWorkflow(b block) (problems []string, err error) {
	problem := func(format string, args ...any) {
		problems = append(problems, b.place()+": "+fmt.Sprintf(format, args...))
	}
	text, err := os.ReadFile(filepath.Join(r.module, "action.yml"))
	if err != nil {
		return nil, err
	}
	var action struct{ Inputs map[string]any }
	if err := yaml.Unmarshal(text, &action); err != nil {
		return nil, err
	}
	var flow workflow
	if problem := b.readYAML(&flow); problem != "" {
		return []string{problem}, nil
	}
	if flow.On == nil {
		problem("this workflow says not when it runs: on is missing")
	}
	for name, job := range flow.Jobs {
		if job.RunsOn == "" || len(job.Steps) == 0 {
			problem("job %s: runs-on or steps are missing", name)
		}
		for i, step := range job.Steps {
			if (step.Uses == "") == (step.Run == "") {
				problem("job %s: step %d: either uses or run", name, i+1)
			}
			for input := range step.With {
				if _, known := action.Inputs[input]; strings.HasPrefix(step.Uses, "mock-docspace/mock-docspace@") && !known {
					problem("job %s: step %d: the action has no input %s", name, i+1, input)
				}
			}
		}
	}
	return problems, nil
}
