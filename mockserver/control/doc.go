// Package control is a typed client for the control API of mock-docspace, with the contract that it is generated from:
// [OpenAPI]. Package mockserver/host answers it.
//
//	c, err := control.NewClientWithResponses("http://127.0.0.1:8092")
//	link, err := c.AddLinkWithResponse(ctx, control.NewLink{})
//	// link.JSON201 is the link, or nil: link.StatusCode() and link.Body then say why.
//
// The address of a named portal, such as http://127.0.0.1:8092/portals/mine, leads to that portal's own control API. With a
// token, add [WithToken].
package control

//go:generate go tool oapi-codegen -config ../../oapi-config.yaml -package control -generate models,client -o control.gen.go openapi.yaml
//go:generate go run ../../internal/detach control.gen.go
//go:generate go run ../../internal/reference openapi.yaml REFERENCE.md

import (
	"context"
	_ "embed"
	"net/http"
)

//go:embed openapi.yaml
var document []byte

// OpenAPI is the contract, as YAML.
func OpenAPI() []byte { return document }

// WithToken sends the token of the control API along.
func WithToken(token string) ClientOption {
	return WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("X-Mock-Token", token)
		return nil
	})
}
