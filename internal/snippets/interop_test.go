package snippets_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// tools is the folder into which interop/install has installed what some blocks need; "" when it has not.
var tools = os.Getenv("INTEROP_TOOLS")

// linkTools gives a folder the packages of Node and the programs of Java.
func linkTools(folder string) error {
	if tools == "" {
		return nil
	}
	programs, err := filepath.Glob(filepath.Join(tools, "java", "*.jar"))
	if err != nil {
		return err
	}
	for _, tool := range append(programs, filepath.Join(tools, "node", "node_modules")) {
		if err := os.Symlink(tool, filepath.Join(folder, filepath.Base(tool))); err != nil {
			return err
		}
	}
	return nil
}

// forInterop says whether the blocks of a document need what make interop installs. Its first line says so.
func (d document) forInterop() bool {
	return strings.HasPrefix(d.text, "<!-- make interop runs this page -->\n")
}

// TestInterop runs the documents that only make interop can run.
func TestInterop(t *testing.T) {
	g := NewWithT(t)
	if tools == "" {
		t.Skip("needs what make interop installs")
	}
	for _, folder := range []string{"node", "java"} {
		reason, err := os.ReadFile(filepath.Join(tools, folder+".missing"))
		switch {
		case err != nil:
			g.Expect(err).To(MatchError(fs.ErrNotExist))
		case os.Getenv("INTEROP_REQUIRED") != "":
			t.Fatal(string(reason))
		default:
			t.Skip(string(reason))
		}
	}
	those := slices.DeleteFunc(documents(t), func(d document) bool { return !d.forInterop() })
	g.Expect(those).NotTo(BeEmpty())
	proofs, err := shared.prepare(t.Context(), those, "bash")
	g.Expect(err).NotTo(HaveOccurred())
	for _, p := range proofs {
		problems, err := shared.run(t.Context(), "bash", p.scripts["bash"])
		g.Expect(err).NotTo(HaveOccurred())
		for _, reason := range p.skipped {
			t.Log("not run: " + reason)
		}
		for _, problem := range append(p.problems, problems...) {
			t.Error(problem)
		}
	}
}
