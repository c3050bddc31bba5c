// Package action_test runs the first step of action.yml as a runner would.
package action_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
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

// runStart runs the step with these inputs and the defaults of the others, and with more variables, which come last. It returns the variables and outputs for the next
// steps, the folder of temporary files, and the text that the step printed.
func runStart(t *testing.T, inputs map[string]string, more ...string) (env, outputs map[string]string, temp, text string, err error) {
	t.Helper()
	g := NewWithT(t)
	_, err = os.ReadFile("start") // by which go test knows whether its last result still counts: bash reads the file, and not this process
	g.Expect(err).NotTo(HaveOccurred())
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
	cmd.Env = append(cmd.Env, "REF=") // as for an action in the workspace
	cmd.Env = append(cmd.Env, more...)
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
		t.Cleanup(func() {
			if fake, err := os.FindProcess(pid); err == nil {
				_ = fake.Signal(syscall.SIGTERM)
			}
		})
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

const version = "7.8.9" // of a release that exists in these tests only

// startReleases serves the files of a release, as GitHub does, with the programs of a folder. It returns the variables that let the step use it.
func startReleases(t *testing.T, dir string, change func(files map[string][]byte)) []string {
	t.Helper()
	g := NewWithT(t)
	for _, name := range []string{"mock-docspace", "docspace-contract"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			g.Expect(os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o700)).To(Succeed())
		}
	}
	archive := "mock-docspace_" + version + "_" + runtime.GOOS + "_" + runtime.GOARCH + ".tar.gz"
	packed, err := exec.Command("tar", "-czf", "-", "-C", dir, "mock-docspace", "docspace-contract").Output()
	g.Expect(err).NotTo(HaveOccurred())
	sum := fmt.Sprintf("%x  %s\n", sha256.Sum256(packed), archive)
	files := map[string][]byte{archive: packed, "checksums.txt": []byte("0123  another\n" + sum)}
	if change != nil {
		change(files)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, inRelease := strings.CutPrefix(r.URL.Path, "/v"+version+"/")
		if text, there := files[name]; inRelease && there {
			_, _ = w.Write(text)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	system, processor := map[string]string{"linux": "Linux", "darwin": "macOS"}[runtime.GOOS], map[string]string{"amd64": "X64", "arm64": "ARM64"}[runtime.GOARCH]
	return []string{"RELEASES=" + server.URL, "REF=v" + version, "RUNNER_OS=" + system, "RUNNER_ARCH=" + processor}
}

// withoutGo is a variable PATH with what the step needs, and without go.
func withoutGo(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"bash", "env", "mktemp", "curl", "grep", "sha256sum", "shasum", "tar", "gzip", "unzip", "nohup", "sleep", "tail", "kill", "cat"} {
		if program, err := exec.LookPath(name); err == nil {
			if err := os.Symlink(program, filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return "PATH=" + dir
}

func TestStartTakesTheReleaseOfItsTag(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	build, err := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(dir, "mock-docspace"), "../cmd/mock-docspace").CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(build))
	env, outputs, _, text, err := runStart(t, nil, append(startReleases(t, dir, nil), withoutGo(t))...)
	g.Expect(err).NotTo(HaveOccurred(), text)
	g.Expect(outputs["suite"]).To(BeAnExistingFile())
	portal, err := client.New(env["DOCSPACE_URL"], client.WithAPIKey(env["DOCSPACE_API_KEY"]))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(portal.SetExternalShare(t.Context(), true)).To(BeTrue())
}

func TestStartBuildsWhatHasNoRelease(t *testing.T) {
	g := NewWithT(t)
	variables := startReleases(t, t.TempDir(), func(files map[string][]byte) { delete(files, "checksums.txt") })
	_, outputs, _, text, err := runStart(t, nil, variables...)
	g.Expect(err).NotTo(HaveOccurred(), text)
	g.Expect(text).To(ContainSubstring("checksums.txt cannot be downloaded: the program is built from the source"))
	g.Expect(outputs).To(HaveKeyWithValue("suite", ""))

	_, _, _, text, err = runStart(t, nil, append(variables, withoutGo(t))...)
	g.Expect(err).To(HaveOccurred())
	g.Expect(text).To(ContainSubstring("there is no Go on this machine"))
}

func TestStartBuildsABranch(t *testing.T) {
	g := NewWithT(t)
	_, _, _, text, err := runStart(t, nil, append(startReleases(t, t.TempDir(), nil), "REF=main", withoutGo(t))...)
	g.Expect(err).To(HaveOccurred())
	g.Expect(text).To(And(ContainSubstring("there is no Go on this machine"), Not(ContainSubstring("cannot be downloaded"))))
}

func TestStartFollowsARedirectToHTTPSOnly(t *testing.T) {
	g := NewWithT(t)
	variables := startReleases(t, t.TempDir(), nil)
	redirects := httptest.NewServer(http.RedirectHandler(strings.TrimPrefix(variables[0], "RELEASES=")+"/v"+version+"/checksums.txt", http.StatusFound))
	t.Cleanup(redirects.Close)
	_, _, _, text, err := runStart(t, nil, append(variables, "RELEASES="+redirects.URL, withoutGo(t))...)
	g.Expect(err).To(HaveOccurred())
	g.Expect(text).To(And(ContainSubstring("checksums.txt cannot be downloaded"), ContainSubstring("there is no Go on this machine")))
}

func TestStartRefusesAnotherArchive(t *testing.T) {
	for what, change := range map[string]func(map[string][]byte){
		"another checksum": func(files map[string][]byte) {
			for name := range files {
				if name != "checksums.txt" {
					files["checksums.txt"] = []byte(strings.Repeat("0", 64) + "  " + name + "\n")
				}
			}
		},
		"no checksum": func(files map[string][]byte) { files["checksums.txt"] = []byte("") },
	} {
		t.Run(what, func(t *testing.T) {
			g := NewWithT(t)
			env, _, _, text, err := runStart(t, nil, startReleases(t, t.TempDir(), change)...)
			g.Expect(err).To(HaveOccurred())
			g.Expect(text).To(ContainSubstring("has not the checksum that its release says"))
			g.Expect(env).To(BeEmpty())
		})
	}
}
