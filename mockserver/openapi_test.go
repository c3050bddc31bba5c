package mockserver

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestOpenAPI(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	if doc.OpenAPI != "3.0.3" || doc.Paths.Len() != 20 {
		t.Errorf("version %s of OpenAPI, %d paths", doc.OpenAPI, doc.Paths.Len())
	}
}
