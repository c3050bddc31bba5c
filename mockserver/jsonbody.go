package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep a body may be nested: MvcOptions.MaxModelBindingRecursionDepth.
const maxDepth = 32

// bodyReader reads a request body as System.Text.Json does with the server's options. The paths and the kinds of its
// errors are the server's; the exact wording and positions were not observed.
type bodyReader struct {
	text    []byte
	dec     *json.Decoder
	root    string // class that the body is read into
	missing string // key of the error for a body that is not there
	value   int64  // where the value that is looked at begins
}

// member is called for each property of the body, in order, with the name as it is spelled there. value is a bool, a
// string, a json.Number, nil, or a json.Delim that opens a container.
type member func(name string, value any) *badBody

// read calls visit for each property. A body that is null, empty or no object is an error.
func (b *bodyReader) read(visit member) *badBody {
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
		return b.notThere()
	case start != json.Delim('{'):
		return b.mismatch("$", "expected an object", start, b.root)
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
		if text, ok := value.(string); ok && bytes.ContainsRune([]byte(text), utf8.RuneError) && loneSurrogate(b.text[before:b.dec.InputOffset()]) {
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
func (b *bodyReader) skip(path string, value any) *badBody {
	if _, opens := value.(json.Delim); !opens {
		return nil
	}
	for depth := 2; depth > 1; {
		if depth > maxDepth {
			return b.malformed(path, "is nested too deeply", fmt.Sprintf("The maximum configured depth of %d has been exceeded. Cannot read next JSON array.", maxDepth))
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
func (b *bodyReader) end() *badBody {
	rest := bytes.TrimLeft(b.text[b.dec.InputOffset():], " \t\r\n")
	if len(rest) == 0 {
		return nil
	}
	return b.malformed("$", fmt.Sprintf("goes on with %q after its end", rune(rest[0])), fmt.Sprintf("'%c' is invalid after a single JSON value. Expected end of data.", rest[0]))
}

// notThere is the error for a body that is empty or null.
func (b *bodyReader) notThere() *badBody {
	return &badBody{key: b.missing, message: "A non-empty request body is required.", plain: "Body: is empty: send a JSON object"}
}

// mismatch is the error for a value of the wrong type.
func (b *bodyReader) mismatch(path, expected string, value any, class string) *badBody {
	// The server tells where the value ends, which helps nobody to find it.
	end := b.malformed(path, "", "The JSON value could not be converted to "+class+".")
	end.plain = b.at(b.value, path, fmt.Sprintf("%s, got %s", expected, kindOf(value)), "").plain
	return end
}

// syntax is the error for what is not JSON. The decoder's own offset counts from different places, so the text is looked
// at once more, as a whole.
func (b *bodyReader) syntax(path string, err error) *badBody {
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

func (b *bodyReader) malformed(path, plain, message string) *badBody {
	var offset int64
	if b.dec != nil {
		offset = b.dec.InputOffset()
	}
	return b.at(offset, path, plain, message)
}

func (b *bodyReader) at(offset int64, path, plain, message string) *badBody {
	before := b.text[:max(0, min(offset, int64(len(b.text))))]
	line := bytes.Count(before, []byte("\n"))
	column := len(before) - 1 - bytes.LastIndexByte(before, '\n')
	return &badBody{
		key:     path,
		message: fmt.Sprintf("%s Path: %s | LineNumber: %d | BytePositionInLine: %d.", message, path, line, column),
		plain:   fmt.Sprintf("Body: %s: %s (line %d, byte %d)", path, plain, line+1, column+1),
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

// loneSurrogate says whether a JSON text escapes half a surrogate pair, which encoding/json would replace and .NET refuses.
func loneSurrogate(text []byte) bool {
	unit := func(i int) (rune, bool) {
		if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
			return 0, false
		}
		n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
		return rune(n), err == nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		r, ok := unit(i)
		if !ok {
			i++ // some other escape
			continue
		}
		i += 5
		if !utf16.IsSurrogate(r) {
			continue
		}
		low, ok := unit(i + 1)
		if !ok || utf16.DecodeRune(r, low) == utf8.RuneError {
			return true
		}
		i += 6
	}
	return false
}
