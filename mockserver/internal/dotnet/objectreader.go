package dotnet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// MaxDepth is how deep a body may be nested: MvcOptions.MaxModelBindingRecursionDepth.
const MaxDepth = 32

// ObjectReader reads a JSON object as System.Text.Json does with the server's options. The paths and the kinds of its
// errors are the server's; the exact wording and positions were not observed.
type ObjectReader struct {
	text      []byte
	class     string
	parameter string
	dec       *json.Decoder
	value     int64 // where the current value begins
}

// NewObjectReader reads a text. class is what the server reads it into. parameter is the key of the error for a body that is
// missing.
func NewObjectReader(text []byte, class, parameter string) *ObjectReader {
	return &ObjectReader{text: text, class: class, parameter: parameter}
}

// Read calls visit for each property in its order, with the name as the text spells it. A value is a bool, a string, a
// [json.Number], nil, or a [json.Delim] that opens a container. A text that is null, empty or no object is an error.
func (b *ObjectReader) Read(visit func(name string, value any) *BodyError) *BodyError {
	b.text = bytes.TrimPrefix(b.text, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(b.text)) > 0 && !utf8.Valid(b.text) {
		return b.malformed("$", "is not valid UTF-8", "The JSON value could not be read as UTF-8.")
	}
	b.dec = json.NewDecoder(bytes.NewReader(b.text))
	b.dec.UseNumber()
	start, err := b.dec.Token()
	switch {
	case errors.Is(err, io.EOF):
		return b.malformed("$", "has no JSON in it", "The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true.")
	case err != nil:
		return b.syntax("$", err)
	case start == nil:
		if bad := b.end(); bad != nil {
			return bad
		}
		return b.Missing()
	case start != json.Delim('{'):
		return b.Mismatch("$", "expected an object", start, b.class)
	}
	path := "$"
	for b.dec.More() {
		token, err := b.dec.Token()
		if err != nil {
			return b.syntax(path, err)
		}
		name := token.(string)
		path = "$." + name
		before := b.dec.InputOffset()
		b.value = before + int64(len(b.text[before:])-len(bytes.TrimLeft(b.text[before:], ": \t\r\n")))
		value, err := b.dec.Token()
		if err != nil {
			return b.syntax(path, err)
		}
		if written, ok := value.(string); ok && bytes.ContainsRune([]byte(written), utf8.RuneError) && text.HasLoneSurrogate(b.text[before:b.dec.InputOffset()]) {
			return b.malformed(path, "has half a surrogate pair", "The JSON value could not be converted to System.String.")
		}
		if bad := visit(name, value); bad != nil {
			return bad
		}
		if bad := b.skip(path, value); bad != nil {
			return bad
		}
	}
	if _, err := b.dec.Token(); err != nil {
		return b.syntax(path, err)
	}
	return b.end()
}

// skip reads the rest of a container.
func (b *ObjectReader) skip(path string, value any) *BodyError {
	if _, opens := value.(json.Delim); !opens {
		return nil
	}
	for depth := 2; depth > 1; {
		if depth > MaxDepth {
			return b.malformed(path, "is nested too deeply", fmt.Sprintf("The maximum configured depth of %d has been exceeded. Cannot read next JSON array.", MaxDepth))
		}
		token, err := b.dec.Token()
		if err != nil {
			return b.syntax(path, err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil
}

// end refuses anything but white space after the value.
func (b *ObjectReader) end() *BodyError {
	rest := bytes.TrimLeft(b.text[b.dec.InputOffset():], " \t\r\n")
	if len(rest) == 0 {
		return nil
	}
	return b.malformed("$", fmt.Sprintf("goes on with %q after its end", rune(rest[0])), fmt.Sprintf("'%c' is invalid after a single JSON value. Expected end of data.", rest[0]))
}

// Missing is the error for a text that is empty or null.
func (b *ObjectReader) Missing() *BodyError {
	return &BodyError{Key: b.parameter, Message: "A non-empty request body is required.", Explanation: "Body: is empty: send a JSON object"}
}

// Mismatch is the error for the current value when its type is wrong: expected in our words, class in those of the server.
func (b *ObjectReader) Mismatch(path, expected string, value any, class string) *BodyError {
	// The server says where the value ends. That does not help to find it, so the explanation says where it begins.
	end := b.malformed(path, "", "The JSON value could not be converted to "+class+".")
	end.Explanation = b.at(b.value, path, fmt.Sprintf("%s, got %s", expected, kindOf(value)), "").Explanation
	return end
}

// syntax is the error for invalid JSON. It parses the text again, because the offsets of the decoder's errors do not all count from
// the same place.
func (b *ObjectReader) syntax(path string, err error) *BodyError {
	var whole json.RawMessage
	var at *json.SyntaxError
	if !errors.As(json.Unmarshal(b.text, &whole), &at) {
		return b.malformed(path, "is not valid JSON: "+err.Error(), err.Error()+".")
	}
	if at.Offset >= int64(len(b.text)) && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)) {
		return b.at(at.Offset, path, "ends too early", "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")
	}
	return b.at(at.Offset-1, path, "is not valid JSON: "+at.Error(), at.Error()+".")
}

func (b *ObjectReader) malformed(path, explanation, message string) *BodyError {
	var offset int64
	if b.dec != nil {
		offset = b.dec.InputOffset()
	}
	return b.at(offset, path, explanation, message)
}

func (b *ObjectReader) at(offset int64, path, explanation, message string) *BodyError {
	before := b.text[:max(0, min(offset, int64(len(b.text))))]
	line := bytes.Count(before, []byte("\n"))
	column := len(before) - 1 - bytes.LastIndexByte(before, '\n')
	return &BodyError{
		Key:         path,
		Message:     fmt.Sprintf("%s Path: %s | LineNumber: %d | BytePositionInLine: %d.", message, path, line, column),
		Explanation: fmt.Sprintf("Body: %s: %s (line %d, byte %d)", path, explanation, line+1, column+1),
	}
}

func kindOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return "a text"
	case json.Number:
		return "a number"
	case json.Delim:
		if v == '{' {
			return "an object"
		}
		return "a list"
	default:
		return fmt.Sprintf("%T", v)
	}
}
