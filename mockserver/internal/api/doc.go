// Package api is what oapi-codegen makes of openapi.yaml for the fake: the models, the Echo stub, and the document itself.
package api

//go:generate go tool oapi-codegen -config ../../../oapi-config.yaml -package api -generate models,echo-server,strict-server,embedded-spec -o api.gen.go ../../../openapi.yaml
//go:generate go run ../../../internal/detach api.gen.go
