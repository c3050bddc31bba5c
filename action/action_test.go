// Package action_test runs the first step of action.yml as a runner would.
package action_test

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/client"
)

type action struct {
	Inputs  map[string]struct{ Default *string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Using string
		Steps []struct {
			ID, Shell, If, Run string
			Env                map[string]string
		}
	}
}

// runStart runs the step with these inputs and the defaults of the others. It returns the variables and outputs for the next
// steps, the folder of temporary files, and the text that the step printed.
func runStart(t *testing.T, inputs map[string]string) (env, outputs map[string]string, temp, text string, err error) {
	t.Helper()
	g := NewWithT(t)
	file, err := os.ReadFile("../action.yml")
	g.Expect(err).NotTo(HaveOccurred())
	var a action
	g.Expect(yaml.Unmarshal(file, &a)).To(Succeed())
	for name := range inputs {
		g.Expect(a.Inputs).To(HaveKey(name))
	}

	dir := t.TempDir()
	root, err := filepath.Abs("..")
	g.Expect(err).NotTo(HaveOccurred())
	step := a.Runs.Steps[0]
	cmd := exec.Command(step.Shell, "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
	cmd.Dir = root // the workspace
	cmd.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+root, "RUNNER_TEMP="+dir,
		"GITHUB_ENV="+filepath.Join(dir, "env"), "GITHUB_OUTPUT="+filepath.Join(dir, "output"))
	for name, value := range step.Env {
		cmd.Env = append(cmd.Env, name+"="+regexp.MustCompile(`\$\{\{ inputs\.(\S+) \}\}`).ReplaceAllStringFunc(value, func(expression string) string {
			name := strings.Fields(expression)[1][len("inputs."):]
			if given, ok := inputs[name]; ok {
				return given
			}
			g.Expect(a.Inputs[name].Default).NotTo(BeNil(), "%s has no default", name)
			return *a.Inputs[name].Default
		}))
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	env, outputs = lines(filepath.Join(dir, "env")), lines(filepath.Join(dir, "output"))
	if err == nil {
		for name, output := range a.Outputs {
			g.Expect(output.Value).To(Equal("${{ steps." + step.ID + ".outputs." + name + " }}"))
			g.Expect(outputs).To(HaveKey(name))
		}
	}
	if pid, err := strconv.Atoi(outputs["pid"]); err == nil {
		t.Cleanup(func() { _ = syscall.Kill(pid, syscall.SIGTERM) })
	}
	return env, outputs, dir, out.String(), err
}

// lines reads a file with a NAME=VALUE on each line.
func lines(path string) map[string]string {
	values := map[string]string{}
	text, _ := os.ReadFile(path)
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		values[name] = value
	}
	return values
}

func TestStartGivesTheAddressAndTheKey(t *testing.T) {
	g := NewWithT(t)
	env, outputs, _, text, err := runStart(t, map[string]string{"profile": "v3.7.2", "portal": "interop/portal.yaml"})
	g.Expect(err).NotTo(HaveOccurred(), text)
	g.Expect(outputs).To(And(HaveKeyWithValue("url", env["DOCSPACE_URL"]), HaveKeyWithValue("api-key", env["DOCSPACE_API_KEY"])))
	g.Expect(outputs["log"]).To(BeAnExistingFile())

	portal, err := client.New(env["DOCSPACE_URL"], client.WithPortalToken(env["DOCSPACE_API_KEY"]))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(portal.SetExternalShare(t.Context(), false)).To(BeFalse())
	_, err = portal.Unlock(t.Context(), "protected", "")
	g.Expect(err).To(MatchError(client.ErrPasswordRequired), "a link of the portal file")
}

func TestStartWithoutInputs(t *testing.T) {
	g := NewWithT(t)
	env, _, _, text, err := runStart(t, nil)
	g.Expect(err).NotTo(HaveOccurred(), text)
	portal, err := client.New(env["DOCSPACE_URL"], client.WithAPIKey(env["DOCSPACE_API_KEY"]))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(portal.SetExternalShare(t.Context(), true)).To(BeTrue())
}

func TestStartSaysWhyItDoesNotStart(t *testing.T) {
	for _, c := range []struct{ input, value, reason string }{
		{"profile", "nope", `unknown profile "nope"`},
		{"portal", "nowhere.yaml", "nowhere.yaml"},
		{"port", "eighty", "eighty"},
		{"portal", "action/testdata/keyless.yaml", "owner"},
	} {
		t.Run(c.input+" "+c.value, func(t *testing.T) {
			g := NewWithT(t)
			env, _, temp, text, err := runStart(t, map[string]string{c.input: c.value})
			g.Expect(err).To(HaveOccurred())
			g.Expect(text).To(And(HavePrefix("::error title=mock-docspace::"), ContainSubstring(c.reason)))
			g.Expect(env).To(BeEmpty())
			ports, err := filepath.Glob(filepath.Join(temp, "mock-docspace.*", "port"))
			g.Expect(err).NotTo(HaveOccurred())
			for _, file := range ports { // a program that cannot be used is ended
				port, err := os.ReadFile(file)
				g.Expect(err).NotTo(HaveOccurred())
				g.Eventually(func() error {
					connection, err := net.Dial("tcp", "127.0.0.1:"+strings.TrimSpace(string(port)))
					if err == nil {
						_ = connection.Close()
					}
					return err
				}, "5s").ShouldNot(Succeed())
			}
		})
	}
}
