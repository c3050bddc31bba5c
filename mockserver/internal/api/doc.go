// Package api is what is generated from openapi.yaml for the fake: the models and the Echo stub by oapi-codegen, and the requests and the
// document as JSON by internal/requests.
package api

//go:generate go tool oapi-codegen -config ../../../oapi-config.yaml -package api -generate models,echo-server,strict-server -o api.gen.go ../../../openapi.yaml
//go:generate go run ../../../internal/detach api.gen.go
//go:generate go run ../../../internal/requests api ../../../openapi.yaml requests.gen.go openapi.json

import _ "embed"

// Document is openapi.yaml as JSON.
//
//go:embed openapi.json
var Document []byte
