package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
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
		*patch, _ = body.Value().(map[string]any) // the contract wants an object
		return nil
	}
	return body.Decode(into)
}

// viaJSON turns a value into one of another type that has the same properties.
func viaJSON[T any](from any) T {
	var to T
	if err := json.Unmarshal(dotnet.AppendJSON(nil, from), &to); err != nil {
		panic(err) // the types are made for each other, which their tests hold
	}
	return to
}

// patching is a change that applies a merge patch to a part of a portal.
func patching[T any](patch map[string]any) func(*T) error {
	return func(item *T) error {
		body, err := strict.ParseJSON("the body", mergedText(*item, patch))
		if err != nil {
			return err
		}
		var merged T
		if err := body.Decode(&merged); err != nil {
			return bodyMistake("", err)
		}
		*item = merged
		return nil
	}
}

// patchOf is the merge patch of a request, whichever way it was declared.
func patchOf(json, mergePatch *map[string]any) map[string]any {
	if mergePatch != nil {
		return *mergePatch
	}
	return *json
}

// mergePatch is RFC 7396: objects are merged, null removes, everything else replaces.
func mergePatch(target any, patch map[string]any) map[string]any {
	merged, ok := target.(map[string]any)
	if !ok {
		merged = map[string]any{}
	}
	for name, value := range patch {
		switch value := value.(type) {
		case nil:
			delete(merged, name)
		case map[string]any:
			merged[name] = mergePatch(merged[name], value)
		default:
			merged[name] = value
		}
	}
	return merged
}

// mergedText is a value with a patch applied, as JSON.
func mergedText(value any, patch map[string]any) []byte {
	dec := json.NewDecoder(bytes.NewReader(dotnet.AppendJSON(nil, value)))
	dec.UseNumber()
	var target any
	if err := dec.Decode(&target); err != nil {
		panic(err) // our own encoding
	}
	return dotnet.AppendJSON(nil, mergePatch(target, patch))
}

// bodyMistake is a mistake in the body, at a path of it, for one in a text that was made out of the body. The caller has not seen
// that text, so its positions would say nothing.
func bodyMistake(path string, err error) error {
	var mistake *strict.Error
	if !errors.As(err, &mistake) {
		return err
	}
	if mistake.Path == "" {
		return conflict(path, mistake.Message)
	}
	return conflict(strict.Join(path, mistake.Path), strings.TrimPrefix(mistake.Message, mistake.Path+": "))
}
