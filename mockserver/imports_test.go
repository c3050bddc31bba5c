package mockserver

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"testing"
)

// The fake and the client never see each other, so that neither can be right only because the other is wrong the same way.
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
			if spec.Path.Value == `"github.com/mock-docspace/mock-docspace/client"` {
				t.Errorf("%s imports the client", file)
			}
		}
	}
}
