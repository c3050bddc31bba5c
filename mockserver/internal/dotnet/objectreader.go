package dotnet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// ObjectReader reads a JSON object as System.Text.Json does with the server's options. Its errors are the server's, with their
// paths and positions.
type ObjectReader struct {
	reader    jsonReader
	class     string
	parameter string
	path      string // of the object that is read
	property  string // of that object
	within    bool   // the property is read, or what is in it
}

// NewObjectReader reads a text. class is what the server reads it into. parameter is the key of the error for a body that is
// missing. split says whether the text does not lie in one piece of the server's buffer.
func NewObjectReader(text []byte, class, parameter string, split func() bool) *ObjectReader {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	return &ObjectReader{reader: jsonReader{json: text, split: split}, class: class, parameter: parameter, path: "$"}
}

// Read calls visit for each property in its order, with its name without escapes. The value of a list or object is only its
// beginning. A text that is null, empty or no object is an error.
func (b *ObjectReader) Read(visit func(name string, value Value) *BodyError) *BodyError {
	if bad := b.read(); bad != nil {
		return bad
	}
	switch b.reader.kind {
	case startObject:
	case nullToken:
		if bad := b.read(); bad != nil {
			return bad
		}
		missing := b.Missing()
		missing.Explanation = "Body: is null: send a JSON object"
		return missing
	default:
		return b.Mismatch("an object", b.class)
	}
	if bad := b.Inside(b.class, visit); bad != nil {
		return bad
	}
	return b.read() // the end
}

// Inside is Read for the object that the current value begins. class is what the server reads it into.
func (b *ObjectReader) Inside(class string, visit func(name string, value Value) *BodyError) *BodyError {
	object, depth := b.place(), b.reader.depth
	b.path, b.within = object, false
	for {
		if bad := b.read(); bad != nil {
			return bad
		}
		if b.reader.kind == endObject {
			return nil
		}
		name, ok := b.value().unescaped()
		if !ok {
			return b.at(b.reader.next, "a name has half a surrogate pair", "The JSON value could not be converted to "+class+".")
		}
		b.property, b.within = name, true
		if bad := b.read(); bad != nil {
			return bad
		}
		if bad := visit(name, b.value()); bad != nil {
			return bad
		}
		if bad := b.skip(depth); bad != nil {
			return bad
		}
		b.path, b.within = object, false
	}
}

// place is the path of what is read. Only errors and nested objects need it.
func (b *ObjectReader) place() string {
	if b.within {
		return b.path + pathOf(b.property)
	}
	return b.path
}

func (b *ObjectReader) read() *BodyError {
	err := b.reader.read()
	if err == nil {
		return nil
	}
	explanation := err.explanation
	if explanation == "" {
		explanation = "is not valid JSON: " + strings.TrimSuffix(err.message, ".")
	}
	return b.at(err.offset, explanation, err.message)
}

// skip reads the rest of a list or object that is in an object of this depth.
func (b *ObjectReader) skip(depth int) *BodyError {
	for b.reader.depth > depth {
		if bad := b.read(); bad != nil {
			return bad
		}
	}
	return nil
}

func (b *ObjectReader) value() Value { return Value{b.reader.kind, b.reader.token} }

// pathOf is the end of the path of a property.
func pathOf(name string) string {
	if strings.ContainsAny(name, ". '/\"[]()\t\n\r\f\b\\\u0085\u2028\u2029") {
		return "['" + name + "']"
	}
	return "." + name
}

// Missing is the error for a text that is empty or null.
func (b *ObjectReader) Missing() *BodyError {
	return &BodyError{Key: b.parameter, Message: "A non-empty request body is required.", Explanation: "Body: is empty: send a JSON object"}
}

// Mismatch is the error for the current value when its type is wrong: expected in our words, class in those of the server.
func (b *ObjectReader) Mismatch(expected, class string) *BodyError {
	return b.Unread(expected, "The JSON value could not be converted to "+class+".")
}

// Unread is the error for the current value when the server does not take it: expected in our words, message in those of the server.
func (b *ObjectReader) Unread(expected, message string) *BodyError {
	// The server says where the value ends. That does not help to find it, so the explanation says where it begins.
	bad := b.at(b.reader.next, "", message)
	bad.Explanation = b.at(b.reader.start, fmt.Sprintf("expected %s, got %s", expected, b.value().describe()), "").Explanation
	return bad
}

func (b *ObjectReader) at(offset int, explanation, message string) *BodyError {
	before := b.reader.json[:offset]
	line := bytes.Count(before, []byte("\n"))
	column := len(before) - 1 - bytes.LastIndexByte(before, '\n')
	path := b.place()
	shown := path
	if strings.ContainsFunc(shown, func(r rune) bool { return !unicode.IsPrint(r) }) {
		shown = strconv.Quote(shown) // an explanation is one line
	}
	return &BodyError{
		Key:         path,
		Message:     fmt.Sprintf("%s Path: %s | LineNumber: %d | BytePositionInLine: %d.", message, path, line, column),
		Explanation: fmt.Sprintf("Body: %s: %s (line %d, byte %d)", shown, explanation, line+1, column+1),
	}
}
