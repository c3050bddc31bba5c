// Package controlapi is the Echo stub that oapi-codegen makes of the control API's contract. Its types are those of package
// mockserver/control.
package controlapi

//go:generate go tool oapi-codegen -config oapi-config.yaml -package controlapi -generate echo-server,strict-server -o controlapi.gen.go ../../control/openapi.yaml
//go:generate go run ../../../internal/detach controlapi.gen.go
