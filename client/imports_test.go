package client_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Applications inherit what this package imports: the standard library and oapi-codegen's runtime, nothing else. The
// fake above all stays out; only the examples of the documentation run on it.
func TestImports(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			first, _, _ := strings.Cut(path, "/")
			standard := !strings.Contains(first, ".")
			runtime := path == "github.com/oapi-codegen/runtime" || strings.HasPrefix(path, "github.com/oapi-codegen/runtime/")
			itself := path == "github.com/mock-docspace/mock-docspace/client" && strings.HasSuffix(file, "_test.go")
			fake := path == "github.com/mock-docspace/mock-docspace/mockserver" && file == "example_test.go"
			if !standard && !runtime && !itself && !fake {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
