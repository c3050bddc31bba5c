package mockserver

import "github.com/mock-docspace/mock-docspace/mockserver/internal/api"

// OpenAPI returns the contract of all calls: openapi.yaml as JSON. Do not write to the result.
func OpenAPI() []byte { return api.Document }
