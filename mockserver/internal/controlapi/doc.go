// Package controlapi is what is generated from the control API's contract for the fake: the Echo stub by oapi-codegen, whose types are
// those of package mockserver/control, and the requests by internal/requests.
package controlapi

//go:generate go tool oapi-codegen -config oapi-config.yaml -package controlapi -generate echo-server,strict-server -o controlapi.gen.go ../../control/openapi.yaml
//go:generate go run ../../../internal/detach controlapi.gen.go
//go:generate go run ../../../internal/requests controlapi ../../control/openapi.yaml requests.gen.go
