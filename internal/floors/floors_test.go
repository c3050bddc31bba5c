package floors

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

// Every import of this module's packages, and every one of others' where a floor restricts them, is in the table.
func TestFloors(t *testing.T) {
	mistakes, err := check(os.DirFS(filepath.Join("..", "..")), floors)
	if err != nil {
		t.Fatal(err)
	}
	for _, mistake := range mistakes {
		t.Error(mistake)
	}
}

func TestPlantedImports(t *testing.T) {
	for name, test := range map[string]struct{ file, text, want string }{
		"the fake imports the client": {
			"mockserver/planted.go", `import _ "` + module + `/client"`,
			"mockserver/planted.go: mockserver must not import client: ",
		},
		"a portal imports the host of many": {
			"mockserver/planted.go", `import "` + module + `/mockserver/host"`,
			"mockserver/planted.go: mockserver must not import mockserver/host: ",
		},
		"a test of the fake imports the client": {
			"mockserver/planted_test.go", `import "` + module + `/client"`,
			"mockserver/planted_test.go: mockserver must not import client: ",
		},
		"a test of the client imports the fake": {
			"client/planted_test.go", `import "` + module + `/mockserver"`,
			"client/planted_test.go: client must not import mockserver: ",
		},
		"the client imports a library": {
			"client/planted.go", `import "github.com/google/uuid"`,
			"client/planted.go: client must not import github.com/google/uuid: ",
		},
		"a package without a row": {
			"newcomer/planted.go", ``,
			"newcomer/planted.go: newcomer has no row in the table: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree := fstest.MapFS{test.file: {Data: []byte("package planted\n\n" + test.text + "\n")}}
			mistakes, err := check(tree, floors)
			if err != nil {
				t.Fatal(err)
			}
			if len(mistakes) != 1 || !strings.HasPrefix(mistakes[0], test.want) || strings.HasSuffix(mistakes[0], ": ") {
				t.Errorf("got %q, want one that begins with %q and says why", mistakes, test.want)
			}
		})
	}
}

// check reads the imports of every Go file and answers those that the table does not allow.
func check(tree fs.FS, table []floor) (mistakes []string, err error) {
	rows := map[string]floor{}
	for _, row := range table {
		rows[row.pkg] = row
	}
	err = fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name != "." && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() && name != ".":
			if _, err := fs.Stat(tree, path.Join(name, "go.mod")); err == nil {
				return fs.SkipDir // a module of its own
			}
			return nil
		case !strings.HasSuffix(name, ".go"):
			return nil
		}
		row, known := rows[path.Dir(name)]
		if !known {
			mistakes = append(mistakes, name+": "+path.Dir(name)+" has no row in the table: say in internal/floors what it may import, and why")
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !row.allows(path.Base(name), imported) {
				mistakes = append(mistakes, name+": "+row.pkg+" must not import "+strings.TrimPrefix(imported, module+"/")+": "+row.why)
			}
		}
		return nil
	})
	return mistakes, err
}
