package mockserver

import (
	"sync"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// OpenAPI is the contract of the calls, openapi.yaml as JSON. What it answers must not be changed.
func OpenAPI() []byte {
	document, err := api.GetSpecJSON()
	if err != nil {
		panic("openapi.yaml: " + err.Error()) // part of the program, held by its tests
	}
	return document
}

// contractDocument is openapi.yaml, read once for the whole process.
var contractDocument = sync.OnceValue(func() *openapi3.T {
	doc, err := api.GetSpec()
	if err != nil {
		panic("openapi.yaml: " + err.Error()) // part of the program, held by its tests
	}
	return doc
})
