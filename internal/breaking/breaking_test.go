package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

const changelog = `# Changelog

## [Unreleased]

### Breaking

- The password call forgets ` + "`entityTitle`, and\n  `client.Portal.Unlock`" + ` is gone.

### Added

- ` + "`link`" + `

## [0.2.0]

### Breaking

- ` + "`getFilesSettings`" + `
`

func TestAnnounced(t *testing.T) {
	g := NewWithT(t)
	g.Expect(announced(changelog, "v0.2.0")).To(Equal(map[string]bool{"entityTitle": true, "client.Portal.Unlock": true}))
	g.Expect(announced(changelog, "v0.1.0")).To(HaveKey("getFilesSettings"), "0.2.0 is being released")
}

func TestContractChanges(t *testing.T) {
	g := NewWithT(t)
	changes, err := contractChanges("openapi.yaml", `[{"id":"response-required-property-removed",
		"text":"removed the required property `+"`response/entityTitle` from the response with the `200`"+` status","level":3,
		"operation":"POST","operationId":"applyExternalSharePassword","path":"/api/2.0/files/share/{key}/password"}]`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(changes).To(HaveLen(1))
	g.Expect(changes[0].names).To(Equal([]string{"applyExternalSharePassword", "/api/2.0/files/share/{key}/password", "entityTitle"}))
	g.Expect(changes[0].isIn(announced(changelog, "v0.2.0"))).To(BeTrue())

	_, err = contractChanges("openapi.yaml", "Error: no such file")
	g.Expect(err).To(HaveOccurred())
}

func TestGoChanges(t *testing.T) {
	g := NewWithT(t)
	changes := goChanges("mockserver/control", "- (*Client).GetState: removed\n- State: old is comparable, new is not\n- Version: value changed from \"0.1.0\" to \"0.2.0\"\n")
	g.Expect(changes).To(HaveLen(2))
	g.Expect(changes[0].names).To(Equal([]string{"control.Client.GetState"}))
	g.Expect(changes[1].names).To(Equal([]string{"control.State"}))
}

// The gate as a whole: on a copy of the repository, released as it is and then changed. It takes a minute and installs the
// two tools, so make breaking-test asks for it.
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
	git("tag", "v1.0.0-rc.1") // is no release
	g.Expect(gate()).To(Equal("Since v0.9.0 0 changes break somebody, and all are announced.\n"))

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
	g.Expect(text).NotTo(ContainSubstring("mockserver.Version"), "every release has another")
	for _, name := range []string{"getFilesSettings", "resumeClock", "client.Portal.Unlock"} {
		g.Expect(text).To(MatchRegexp(`BREAKING .*\b%s\b`, name))
	}

	replace("CHANGELOG.md", "- `displayValue`", "- `getFilesSettings` (`readFilesSettings`), `externalShare`, `externalShareSocialMedia`, `applyExternalSharePassword`, `resumeClock` and\n  `client.Portal.Unlock` have other names.\n- `displayValue`")
	text, err = gate()
	g.Expect(err).NotTo(HaveOccurred(), text)
}

// Nothing would be compared, and nobody would know.
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
