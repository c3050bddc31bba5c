package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestVersionLine(t *testing.T) {
	const begin = "mock-docspace " + mockserver.Version
	noted := func(module string, settings ...string) *debug.BuildInfo {
		info := &debug.BuildInfo{Main: debug.Module{Version: module}}
		for i := 0; i < len(settings); i += 2 {
			info.Settings = append(info.Settings, debug.BuildSetting{Key: settings[i], Value: settings[i+1]})
		}
		return info
	}
	repository := []string{"-trimpath", "true", "vcs.revision", "273e4ba", "vcs.time", "2026-11-29T12:00:00Z", "vcs.modified"}
	for _, test := range []struct {
		about        string
		info         *debug.BuildInfo
		commit, date string
		want         string
	}{
		{"nothing known", nil, "", "", begin},
		{"a build without the repository", noted("(devel)", "-trimpath", "true"), "", "", begin},
		{"a build of a commit", noted("v0.0.0-20261129120000-273e4ba", append(repository, "false")...), "", "", begin + " (commit 273e4ba, 2026-11-29T12:00:00Z)"},
		{"a build with changes", noted("(devel)", append(repository, "true")...), "", "", begin + " (commit 273e4ba, 2026-11-29T12:00:00Z, modified since)"},
		{"go install", noted("v0.2.0"), "", "", begin + " (module v0.2.0)"},
		{"a release", noted("(devel)", append(repository, "true")...), "abc", "2026-12-01", begin + " (commit abc, 2026-12-01)"},
	} {
		if got := versionLine(test.info, test.commit, test.date); got != test.want {
			t.Errorf("%s: got %s, want %s", test.about, got, test.want)
		}
	}
}

// The flags of the linker arrive.
func TestVersionOfABuild(t *testing.T) {
	program := filepath.Join(t.TempDir(), "mock-docspace.exe")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w -X main.commit=abc -X main.date=2026-12-01", "-o", program, ".")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	text, err := exec.CommandContext(t.Context(), program, "--version").Output()
	if want := "mock-docspace " + mockserver.Version + " (commit abc, 2026-12-01)\n"; err != nil || string(text) != want {
		t.Errorf("got %s, %v, want %s", text, err, want)
	}
}

func TestVersionFlag(t *testing.T) {
	line := regexp.MustCompile(`^mock-docspace ` + regexp.QuoteMeta(mockserver.Version) + `( \(.*\))?\n$`)
	for _, args := range [][]string{{"--version"}, {"serve", "--version"}, {"--addr", "bad", "--version"}} {
		code, stdout, stderr := runToEnd(t, nil, args...)
		if code != exitOK || !line.MatchString(stdout) || stderr != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}
