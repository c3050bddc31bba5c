package host

import (
	"encoding/json"
	"io"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// controlBinder fills the bodies of the control API from what checkContract has read.
type controlBinder struct{}

// Bind implements [echo.Binder] for the generated stub, which takes io.EOF for no body.
func (controlBinder) Bind(into any, c echo.Context) error {
	body := controlFrom(c.Request().Context()).body
	if body == nil {
		return io.EOF
	}
	if patch, ok := into.(*map[string]any); ok {
		*patch, _ = body.Value().(map[string]any) // the contract allows nothing but an object
		return nil
	}
	return body.Decode(into)
}

// viaJSON turns a value into one of another type that has the same properties.
func viaJSON[T any](from any) T {
	var to T
	if err := json.Unmarshal(dotnet.AppendJSON(nil, from), &to); err != nil {
		panic(err) // both types describe the same JSON, as the tests of all calls show
	}
	return to
}
