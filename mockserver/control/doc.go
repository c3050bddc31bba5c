// Package control is a typed client for the control API of mock-docspace. The control API changes the data and the time of a
// portal, makes its calls fail, and tells which requests it received. The client is generated from the contract, which
// [OpenAPI] gives. Package mockserver/host serves the control API.
//
//	c, err := control.NewClientWithResponses("http://127.0.0.1:8092")
//	link, err := c.AddLinkWithResponse(ctx, control.NewLink{})
//	// link.JSON201 is the link. When it is nil, link.StatusCode() and link.Body say why.
//
// To control a named portal, give the client the address of that portal, such as http://127.0.0.1:8092/portals/mine. When
// the server has a token, add [WithToken].
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

// OpenAPI is the contract of the control API, as YAML.
func OpenAPI() []byte { return document }

// WithToken sends the token of the control API with every request.
func WithToken(token string) ClientOption {
	return WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("X-Mock-Token", token)
		return nil
	})
}
