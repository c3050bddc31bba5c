package mockserver

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// binder reads request bodies as the server's model binding does, and also as other profiles do, for hints.
type binder struct{}

// Bind fills the bodies of the three calls that have one. It implements [echo.Binder] for the generated stub.
func (binder) Bind(into any, c echo.Context) error {
	r, call := c.Request(), callFrom(c.Request().Context())
	if charset, ok := dotnet.JSONInput(r.Header.Values(echo.HeaderContentType)); !ok || charset == dotnet.UnknownCharset || charset == dotnet.EmptyCharset {
		contentType := r.Header.Get(echo.HeaderContentType)
		if contentType == "" {
			contentType = "none"
		}
		return &unsupportedMedia{contentType: contentType}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(call.bodyErr, &tooLarge):
		return &exception{status: http.StatusRequestEntityTooLarge, message: fmt.Sprintf("Body: larger than %d bytes", tooLarge.Limit)}
	case call.bodyErr != nil:
		return &dotnet.BodyError{Key: "$", Message: "The request body could not be read.", Explanation: "Body: could not be read to its end"}
	}
	// With Content-Length: 0 the server finds no body. Without it, the server reads an empty body and finds no JSON in it.
	declaredEmpty := r.ContentLength == 0
	switch dto := into.(type) {
	case *api.DisplayRequestDto:
		return bindFlag(dto, call, call.body, declaredEmpty)
	case *api.ExternalShareRequestParam:
		return bindPassword(dto, call.body, declaredEmpty)
	default:
		return fmt.Errorf("no binding for %T", into)
	}
}
