package main

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestOpenAPI(t *testing.T) {
	for path, args := range map[string][]string{"/api/2.0/files/settings": {"openapi"}, "/__mock/state": {"openapi", "--control"}} {
		code, stdout, stderr := runToEnd(t, nil, args...)
		if code != exitOK || stderr != "" || stdout[0] != '{' || stdout[len(stdout)-1] != '\n' {
			t.Errorf("%v: exit %d, stderr %q", args, code, stderr)
		}
		document, err := openapi3.NewLoader().LoadFromData([]byte(stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := document.Validate(t.Context()); err != nil || document.Paths.Find(path) == nil {
			t.Errorf("%v: %v, without %s", args, err, path)
		}
	}
}
