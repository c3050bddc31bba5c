package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// A copy of the repository is released, and then changed. The test takes a minute and installs the two tools, so only make
// breaking-test runs it.
func TestGate(t *testing.T) {
	if os.Getenv("BREAKING_TEST") == "" {
		t.Skip("make breaking-test runs this")
	}
	g := NewWithT(t)
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		_, err := output(t.Context(), dir, "git", append([]string{"-c", "user.name=test", "-c", "user.email=test@localhost"}, args...)...)
		g.Expect(err).NotTo(HaveOccurred())
	}
	replace := func(name, old, replacement string) {
		t.Helper()
		path := filepath.Join(dir, name)
		text, err := os.ReadFile(path)
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(string(text)).To(ContainSubstring(old), name)
		g.Expect(os.WriteFile(path, []byte(strings.Replace(string(text), old, replacement, 1)), 0o600)).To(Succeed())
	}
	gate := func() (string, error) {
		t.Helper()
		t.Chdir(dir)
		var out bytes.Buffer
		err := run(t.Context(), &out)
		return out.String(), err
	}

	files, err := exec.CommandContext(t.Context(), "sh", "-c", `cd ../.. && git ls-files -co --exclude-standard | tar -cf - -T - | tar -xf - -C "$0"`, dir).CombinedOutput()
	g.Expect(err).NotTo(HaveOccurred(), string(files))
	git("init", "-q")
	git("add", "-A")
	git("commit", "-q", "-m", "released")
	g.Expect(gate()).To(ContainSubstring("nothing is released yet"))

	git("tag", "v0.9.0")
	git("tag", "v1.0.0-rc.1") // a release candidate is no release
	g.Expect(gate()).To(Equal("Breaking changes since v0.9.0: 0, all announced.\n"))

	replace("openapi.yaml", "        displayValue:\n          type: boolean", "        display:\n          type: boolean")
	replace("openapi.yaml", "operationId: getFilesSettings", "operationId: readFilesSettings")
	replace("mockserver/doc.go", "Version = \"", "Version = \"1")
	replace("openapi.yaml", "      x-optional-content:\n        application/json:\n          schema: {$ref: '#/components/schemas/ErrorApiResponse'}", "      x-optional-content:\n        application/json:\n          schema: {type: string}")
	replace("mockserver/control/openapi.yaml", "  /__mock/clock/resume:", "  /__mock/clock/goOn:")
	replace("client/visitor.go", "func (p *Portal) Unlock(", "func (p *Portal) Open(")
	replace("CHANGELOG.md", "## [Unreleased]", "## [Unreleased]\n\n### Breaking\n\n- `displayValue` is `display`.")
	text, err := gate()
	g.Expect(err).To(MatchError(errUnannounced), text)
	g.Expect(text).To(MatchRegexp(`announced .*\bdisplayValue\b`))
	g.Expect(text).NotTo(MatchRegexp(`BREAKING .*\bdisplayValue\b`))
	g.Expect(text).To(MatchRegexp(`BREAKING .*\b401\b`), "a body that may be missing")
	g.Expect(text).NotTo(ContainSubstring("mockserver.Version"), "every release changes it")
	for _, name := range []string{"getFilesSettings", "resumeClock", "client.Portal.Unlock"} {
		g.Expect(text).To(MatchRegexp(`BREAKING .*\b%s\b`, name))
	}

	contract, err := os.ReadFile(filepath.Join(dir, "openapi.yaml"))
	g.Expect(err).NotTo(HaveOccurred())
	var announced strings.Builder // every operation can answer 401
	for _, operation := range regexp.MustCompile(`operationId: (\w+)`).FindAllStringSubmatch(string(contract), -1) {
		announced.WriteString("`" + operation[1] + "`, ")
	}
	replace("CHANGELOG.md", "- `displayValue`", "- "+announced.String()+"`getFilesSettings`, `resumeClock` and `client.Portal.Unlock` have other names.\n- `displayValue`")
	text, err = gate()
	g.Expect(err).NotTo(HaveOccurred(), text)
}

// Without the error, nothing would be compared and nobody would notice.
func TestShallowClonesOfReleasesAreRefused(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		_, err := output(context.Background(), dir, "git", append([]string{"-c", "user.name=test", "-c", "user.email=test@localhost"}, args...)...)
		g.Expect(err).NotTo(HaveOccurred())
	}
	git("init", "-q", "whole")
	git("-C", "whole", "commit", "-q", "--allow-empty", "-m", "1")
	git("-C", "whole", "commit", "-q", "--allow-empty", "-m", "2")
	git("clone", "-q", "--depth", "1", "file://"+filepath.Join(dir, "whole"), "shallow")
	t.Chdir(filepath.Join(dir, "shallow"))
	_, err := lastRelease(t.Context(), changelog)
	g.Expect(err).To(MatchError(ContainSubstring("shallow")))
	g.Expect(lastRelease(t.Context(), "## [Unreleased]")).To(BeEmpty())
	t.Chdir(filepath.Join(dir, "whole"))
	g.Expect(lastRelease(t.Context(), changelog)).To(BeEmpty(), "0.2.0 is being released")
}
