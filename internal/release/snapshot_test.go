package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// targets are the systems of a release. TARGETS names some of them, for a quick check.
func targets() []string {
	if some := strings.Fields(os.Getenv("TARGETS")); len(some) > 0 {
		return some
	}
	return []string{"linux/amd64", "linux/arm64", "darwin/amd64", "darwin/arm64", "windows/amd64", "windows/arm64"}
}

// TestSnapshot builds the release of the last commit in two folders, and looks into what comes out.
func TestSnapshot(t *testing.T) {
	if os.Getenv("RELEASE_TEST") == "" {
		t.Skip("make release-test runs it")
	}
	commit := strings.TrimSpace(run(t, "", "git", "rev-parse", "HEAD"))
	one := build(t, commit, "one")
	sums := one.sums(t)
	if other := build(t, commit, filepath.Join("a", "longer", "way", "to", "another")).sums(t); !maps.Equal(sums, other) {
		for name, sum := range sums {
			if sum != other[name] {
				t.Errorf("%s differs between two builds of one commit", name)
			}
		}
		t.Errorf("the two builds have %d and %d files", len(sums), len(other))
	}
	for _, target := range targets() {
		t.Run(target, func(t *testing.T) { one.check(t, target, sums) })
	}
	one.checkModules(t, "docspace-contract_"+one.version+".cdx.json")
	manifests := map[string]string{"homebrew/Casks/mock-docspace.rb": "(linux|darwin)"}
	if slices.ContainsFunc(targets(), func(target string) bool { return strings.HasPrefix(target, "windows/") }) {
		manifests["scoop/mock-docspace.json"] = "windows"
	}
	for manifest, systems := range manifests {
		text := string(one.read(t, manifest))
		for name, sum := range sums {
			if regexp.MustCompile("_"+systems+`_.*\.(zip|tar\.gz)$`).MatchString(name) && (!strings.Contains(text, sum) || !strings.Contains(text, sources+"/releases/download/")) {
				t.Errorf("%s does not have the checksum of %s, or not its address", manifest, name)
			}
		}
	}
}

const sources = "https://github.com/mock-docspace/mock-docspace"

// release is a release that was built.
type release struct {
	dist, version, commit string
}

// build clones a commit into a folder, and builds the snapshot there.
func build(t *testing.T, commit, folder string) release {
	t.Helper()
	dir := filepath.Join(t.TempDir(), folder)
	run(t, "", "git", "clone", "--quiet", "../..", dir)
	run(t, dir, "git", "checkout", "--quiet", commit)
	config := filepath.Join(t.TempDir(), "goreleaser.yaml")
	if err := os.WriteFile(config, configFor(t, filepath.Join(dir, ".goreleaser.yaml")), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, dir, "make", "release-snapshot", "RELEASE_FLAGS=--config "+config)
	built := release{dist: filepath.Join(dir, "dist"), commit: commit}
	var about struct{ Version string }
	if err := json.Unmarshal(built.read(t, "metadata.json"), &about); err != nil {
		t.Fatal(err)
	}
	built.version = about.Version
	return built
}

// configFor is the configuration for the targets alone.
func configFor(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]any
	if err := yaml.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	for _, b := range config["builds"].([]any) {
		b := b.(map[string]any)
		delete(b, "goos")
		delete(b, "goarch")
		b["targets"] = strings.Fields(strings.ReplaceAll(strings.Join(targets(), " "), "/", "_"))
	}
	if !strings.Contains(strings.Join(targets(), " "), "windows/") {
		delete(config, "scoops") // which wants an archive for Windows
	}
	if text, err = yaml.Marshal(config); err != nil {
		t.Fatal(err)
	}
	return text
}

// read reads a file of the release.
func (r release) read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dist, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// sums are the SHA-256 checksums of all files, which checksums.txt has to have too.
func (r release) sums(t *testing.T) map[string]string {
	t.Helper()
	listed := string(r.read(t, "checksums.txt"))
	entries, err := os.ReadDir(r.dist)
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]string{}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || slices.Contains([]string{"artifacts.json", "config.yaml", "metadata.json"}, name) { // of goreleaser itself
			continue
		}
		sum := sha256.Sum256(r.read(t, name))
		sums[name] = hex.EncodeToString(sum[:])
		if name != "checksums.txt" && !strings.Contains(listed, sums[name]+"  "+name+"\n") {
			t.Errorf("checksums.txt does not have %s", name)
		}
	}
	return sums
}

// check looks into the files for one system.
func (r release) check(t *testing.T, target string, sums map[string]string) {
	system, processor, _ := strings.Cut(target, "/")
	name := "mock-docspace_" + r.version + "_" + system + "_" + processor
	archive, extension := name+".tar.gz", ""
	if system == "windows" {
		archive, extension = name+".zip", ".exe"
	}
	inside := unpack(t, archive, r.read(t, archive))
	for _, want := range []string{"mock-docspace" + extension, "docspace-contract" + extension, "mock-docspace.bash", "_mock-docspace", "mock-docspace.fish", "mock-docspace.1", "LICENSE", "README.md", "CHANGELOG.md"} {
		if len(inside[want]) == 0 {
			t.Errorf("%s has no %s", archive, want)
		}
	}
	for file, text := range inside {
		if bytes.Contains(text, []byte(filepath.Dir(r.dist))) {
			t.Errorf("%s in %s has the path of the build in it", file, archive)
		}
	}
	r.checkModules(t, name+".cdx.json")
	for _, format := range []string{"deb", "rpm", "apk"} {
		if _, built := sums[name+"."+format]; built != (system == "linux") {
			t.Errorf("the package %s is there: %t", format, built)
		}
	}
	if system == "linux" {
		installed := unpack(t, "apk", r.read(t, name+".apk")) // all packages have one list of contents
		for _, want := range []string{"usr/bin/mock-docspace", "usr/bin/docspace-contract", "usr/share/man/man1/mock-docspace.1", "usr/share/bash-completion/completions/mock-docspace", "usr/share/zsh/site-functions/_mock-docspace", "usr/share/fish/vendor_completions.d/mock-docspace.fish", "usr/share/doc/mock-docspace/copyright"} {
			if len(installed[want]) == 0 {
				t.Errorf("the package has no %s", want)
			}
		}
	}
	if target == runtime.GOOS+"/"+runtime.GOARCH {
		program := filepath.Join(t.TempDir(), "mock-docspace"+extension)
		if err := os.WriteFile(program, inside["mock-docspace"+extension], 0o700); err != nil {
			t.Fatal(err)
		}
		version, _, _ := strings.Cut(r.version, "-snapshot-")
		if text, want := run(t, "", program, "--version"), "mock-docspace "+version+" (commit "+r.commit+", "; !strings.HasPrefix(text, want) {
			t.Errorf("it says %s, want %s", text, want)
		}
	}
}

// checkModules looks into an SBOM.
func (r release) checkModules(t *testing.T, file string) {
	t.Helper()
	var bill struct{ Components []struct{ Name string } }
	if err := json.Unmarshal(r.read(t, file), &bill); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(bill.Components, struct{ Name string }{"github.com/labstack/echo/v4"}) {
		t.Errorf("%s does not have Echo", file)
	}
}

// unpack reads the files of an archive.
func unpack(t *testing.T, name string, archive []byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	if strings.HasSuffix(name, ".zip") {
		all, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range all.File {
			if files[file.Name], err = fs.ReadFile(all, file.Name); err != nil {
				t.Fatal(err)
			}
		}
		return files
	}
	plain, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	for all := tar.NewReader(plain); ; {
		header, err := all.Next()
		if errors.Is(err, io.EOF) {
			return files
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[header.Name], err = io.ReadAll(all); err != nil {
			t.Fatal(err)
		}
	}
}

// run runs a command in a folder, and returns what it prints.
func run(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, args...)
	command.Dir = dir
	text, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, text)
	}
	return string(text)
}

// go install refuses a module that replaces another one.
func TestGoInstallTakesTheModule(t *testing.T) {
	var module struct {
		Module           struct{ Path string }
		Replace, Exclude []any
	}
	if err := json.Unmarshal([]byte(run(t, "../..", "go", "mod", "edit", "-json")), &module); err != nil {
		t.Fatal(err)
	}
	if "https://"+module.Module.Path != sources || len(module.Replace)+len(module.Exclude) > 0 {
		t.Errorf("got %+v", module)
	}
}
