package host

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// patching gives a function that applies a merge patch to one user, API key, entry or link.
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

// patchOf is the merge patch of a request. It can have two content types, and the stub has a field for each.
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

// bodyMistake turns a mistake in a text that was made from the body into one in the body, below a path. The caller has not seen that
// text, so its line and column would mean nothing.
func bodyMistake(path string, err error) error {
	var decoded *strict.Error
	var file *mockserver.FileError
	switch {
	case errors.As(err, &decoded):
		file = (*mockserver.FileError)(decoded)
	case !errors.As(err, &file):
		return err
	}
	if file.Path == "" {
		return conflict(path, file.Message)
	}
	return conflict(strict.Join(path, file.Path), strings.TrimPrefix(file.Message, file.Path+": "))
}
