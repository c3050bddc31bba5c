package mockserver

import (
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// OpenAPI returns the contract of the four calls: openapi.yaml as JSON. Do not write to the result.
func OpenAPI() []byte {
	document, err := api.GetSpecJSON()
	if err != nil {
		panic("openapi.yaml: " + err.Error()) // the file is part of the program, and tests read it
	}
	return document
}

// contractDocument is openapi.yaml, parsed once for the whole process.
var contractDocument = sync.OnceValue(func() *openapi3.T {
	doc, err := api.GetSpec()
	if err != nil {
		panic("openapi.yaml: " + err.Error()) // the file is part of the program, and tests read it
	}
	return doc
})
