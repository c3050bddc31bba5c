package snippets_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

// longestREADME is for somebody who has ten minutes.
const longestREADME = 130

func TestREADMEIsShort(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	g := NewWithT(t)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(strings.Count(string(text), "\n")).To(BeNumerically("<=", longestREADME), "what is longer belongs to docs")
}

// page is a document by its name.
func page(t *testing.T, name string) string {
	t.Helper()
	i := slices.IndexFunc(documents(t), func(d document) bool { return d.name == name })
	NewWithT(t).Expect(i).To(BeNumerically(">=", 0), name)
	return documents(t)[i].text
}

// firstCells are those of the rows of all tables.
func firstCells(text string) string {
	var cells strings.Builder
	for _, row := range regexp.MustCompile(`(?m)^\|([^|\n]*)\|`).FindAllStringSubmatch(text, -1) {
		cells.WriteString(row[1])
	}
	return cells.String()
}

func names(text, pattern string) []string {
	found := map[string]bool{}
	for _, name := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found[name[1]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func TestEveryFlagIsDescribed(t *testing.T) {
	g := NewWithT(t)
	help, err := shared.command(t.Context(), shared.dir, shared.program, "--help").Output()
	g.Expect(err).NotTo(HaveOccurred())
	_, section, _ := strings.Cut(page(t, "docs/server.md"), "\n## Flags\n")
	section, _, _ = strings.Cut(section, "\n## ")
	g.Expect(names(firstCells(section), `(--[a-z][a-z-]+)`)).To(Equal(names(string(help), `(?m)^ +(?:-h, )?(--[a-z][a-z-]+)`)))
}

func TestEveryControlCallIsDescribed(t *testing.T) {
	g := NewWithT(t)
	var contract struct{ Paths map[string]map[string]any }
	g.Expect(yaml.Unmarshal(control.OpenAPI(), &contract)).To(Succeed())
	var paths []string
	for path := range contract.Paths {
		paths = append(paths, regexp.MustCompile(`\{.*?\}`).ReplaceAllString(strings.TrimPrefix(path, "/__mock"), "*"))
	}
	_, section, _ := strings.Cut(page(t, "docs/control.md"), "\n## All calls\n")
	section, _, _ = strings.Cut(section, "\n## ")
	described := map[string]bool{}
	for _, path := range names(firstCells(section), "`(/[^`]*)`") {
		described[regexp.MustCompile(`\b(ID|NAME|KEY)\b`).ReplaceAllString(path, "*")] = true
	}
	g.Expect(slices.Sorted(maps.Keys(described))).To(ConsistOf(paths))
}
