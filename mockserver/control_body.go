package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"

	"github.com/labstack/echo/v4"
)

// controlBinder fills the bodies of the control API out of what keepContract has read.
type controlBinder struct{}

// Bind implements [echo.Binder] for the generated stub, which takes io.EOF for no body.
func (controlBinder) Bind(into any, c echo.Context) error {
	body := controlFrom(c.Request().Context()).body
	if body == nil {
		return io.EOF
	}
	if patch, ok := into.(*map[string]any); ok {
		*patch, _ = plain(body.node).(map[string]any) // the contract wants an object
		return nil
	}
	return body.decoder.decode("", body.node, reflect.ValueOf(into).Elem())
}

// convert turns a value into one of another type with the same properties.
func convert[T any](from any) T {
	var to T
	if err := json.Unmarshal(appendJSON(nil, from), &to); err != nil {
		panic(err) // the types are made for each other, which their tests hold
	}
	return to
}

// patching is a change that applies a merge patch to a part of a portal.
func patching[T any](patch map[string]any) func(*T) error {
	return func(item *T) error {
		d := newFileDecoder("the body")
		node, err := d.parseJSON(mergedText(*item, patch))
		if err != nil {
			return err
		}
		var merged T
		if err := d.decode("", node, reflect.ValueOf(&merged).Elem()); err != nil {
			return inside("", err)
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
	dec := json.NewDecoder(bytes.NewReader(appendJSON(nil, value)))
	dec.UseNumber()
	var target any
	if err := dec.Decode(&target); err != nil {
		panic(err) // our own encoding
	}
	return appendJSON(nil, mergePatch(target, patch))
}

// inside makes a mistake in a text that the caller has not seen one in the body, at a path within it.
func inside(path string, err error) error {
	var mistake *FileError
	if !errors.As(err, &mistake) {
		return err
	}
	if mistake.Path == "" {
		return misfit(path, mistake.Message)
	}
	return misfit(within(path, mistake.Path), strings.TrimPrefix(mistake.Message, mistake.Path+": "))
}
