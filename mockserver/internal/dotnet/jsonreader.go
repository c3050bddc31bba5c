package dotnet

import (
	"bytes"
	"fmt"
)

// MaxDepth is how deep a body may be nested: MvcOptions.MaxModelBindingRecursionDepth.
const MaxDepth = 32

// tokenKind is the kind of a JSON token.
type tokenKind int

const (
	noToken tokenKind = iota // before the first token and after the last
	startObject
	endObject
	startArray
	endArray
	propertyName // with its colon
	textToken
	numberToken
	trueToken
	falseToken
	nullToken
)

// jsonReader splits JSON into tokens, with the options of the server: no comments, no comma before a closing bracket, at most
// MaxDepth levels. Its errors are those of .NET's Utf8JsonReader (recorded: framework.json, json.json).
type jsonReader struct {
	json  []byte
	split func() bool // json lies in several pieces of the server's buffer

	kind  tokenKind // of the last token
	token []byte    // the last token, without quotes; of a list or object only its bracket
	start int       // where it begins
	next  int       // where the rest begins

	depth    int
	inObject uint32 // bit n says whether level n+1 is an object
}

// syntaxError is a mistake in JSON.
type syntaxError struct {
	offset      int    // of the byte that is wrong, or the length of the JSON
	message     string // of the server
	explanation string // of ours; "" is the message
}

// failAt is the error about the byte at an offset. The message begins with the byte.
func (r *jsonReader) failAt(offset int, message string) *syntaxError {
	return &syntaxError{offset: offset, message: quoteByte(r.json[offset]) + " " + message}
}

func quoteByte(c byte) string {
	if c < ' ' || c > '~' {
		return fmt.Sprintf("'0x%02X'", c)
	}
	return "'" + string(rune(c)) + "'"
}

// The messages that several mistakes have.
const (
	badValueStart   = "is an invalid start of a value."
	badNumberEnd    = "is an invalid end of a number. Expected a delimiter."
	badSignEnd      = "is invalid within a number, immediately after a sign character ('+' or '-'). Expected a digit ('0'-'9')."
	badPointEnd     = "is invalid within a number, immediately after a decimal point ('.'). Expected a digit ('0'-'9')."
	numberEndsEarly = "Expected a digit ('0'-'9'), but instead reached end of data."
	commaEndsData   = "Expected start of a property name or value, but instead reached end of data."
	wrongEscape     = " within a JSON string. The string should be correctly escaped."
)

// read reads the next token. Its kind is noToken at the end.
func (r *jsonReader) read() *syntaxError {
	r.skipBlanks()
	if r.next == len(r.json) {
		return r.end()
	}
	c := r.json[r.next]
	switch {
	case r.kind == noToken, r.kind == propertyName && c != '/':
		return r.readValue()
	case r.depth == 0:
		return r.failAt(r.next, "is invalid after a single JSON value. Expected end of data.")
	case r.kind == startObject && c != '}' && c != '/':
		return r.readName()
	case r.kind == startArray && c != ']' && c != '/':
		return r.readValue()
	case c == ',':
		return r.readAfterComma()
	case c == '}', c == ']':
		return r.close(c)
	default:
		return r.failAt(r.next, "is invalid after a value. Expected either ',', '}', or ']'.")
	}
}

func (r *jsonReader) skipBlanks() {
	for r.next < len(r.json) {
		switch r.json[r.next] {
		case ' ', '\t', '\r', '\n':
			r.next++
		default:
			return
		}
	}
}

func (r *jsonReader) end() *syntaxError {
	switch {
	case r.depth > 0:
		return &syntaxError{offset: r.next, explanation: "ends too early", message: "Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed."}
	case r.kind == noToken:
		return &syntaxError{offset: r.next, explanation: "has no JSON in it", message: "The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true."}
	default:
		r.kind = noToken
		return nil
	}
}

// take makes the next bytes the last token.
func (r *jsonReader) take(kind tokenKind, length int) {
	r.kind, r.token, r.start = kind, r.json[r.next:r.next+length], r.next
	r.next += length
}

func (r *jsonReader) readAfterComma() *syntaxError {
	comma := r.next
	r.next++
	if r.next == len(r.json) {
		return &syntaxError{offset: comma, message: commaEndsData}
	}
	r.skipBlanks()
	if r.next == len(r.json) {
		return &syntaxError{offset: r.next, message: commaEndsData}
	}
	closing, container, read := byte(']'), "array", r.readValue
	if r.withinObject() {
		closing, container, read = '}', "object", r.readName
	}
	if r.json[r.next] == closing {
		return &syntaxError{offset: r.next, explanation: "has a comma before its end", message: "The JSON " + container + " contains a trailing comma at the end which is not supported in this mode. Change the reader options."}
	}
	return read()
}

func (r *jsonReader) withinObject() bool { return r.inObject&(1<<(r.depth-1)) != 0 }

func (r *jsonReader) readName() *syntaxError {
	if r.json[r.next] != '"' {
		return r.failAt(r.next, "is an invalid start of a property name. Expected a '\"'.")
	}
	length, err := r.stringLength()
	if err != nil {
		return err
	}
	r.take(propertyName, length)
	r.token = r.token[1 : length-1]
	r.skipBlanks()
	switch {
	case r.next == len(r.json):
		return &syntaxError{offset: r.next, message: "Expected a value, but instead reached end of data."}
	case r.json[r.next] != ':':
		return r.failAt(r.next, "is invalid after a property name. Expected a ':'.")
	}
	r.next++
	return nil
}

func (r *jsonReader) readValue() *syntaxError {
	switch c := r.json[r.next]; c {
	case '{', '[':
		return r.open(c)
	case '"':
		length, err := r.stringLength()
		if err != nil {
			return err
		}
		r.take(textToken, length)
		r.token = r.token[1 : length-1]
		return nil
	case 't':
		return r.readLiteral(trueToken, "true")
	case 'f':
		return r.readLiteral(falseToken, "false")
	case 'n':
		return r.readLiteral(nullToken, "null")
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return r.readNumber()
	default:
		return r.failAt(r.next, badValueStart)
	}
}

func (r *jsonReader) open(bracket byte) *syntaxError {
	kind, container := startArray, "array"
	if bracket == '{' {
		kind, container = startObject, "object"
	}
	if r.depth == MaxDepth {
		return &syntaxError{offset: r.next, explanation: "is nested too deeply", message: fmt.Sprintf("The maximum configured depth of %d has been exceeded. Cannot read next JSON %s.", MaxDepth, container)}
	}
	r.inObject &^= 1 << r.depth
	if kind == startObject {
		r.inObject |= 1 << r.depth
	}
	r.depth++
	r.take(kind, 1)
	return nil
}

func (r *jsonReader) close(bracket byte) *syntaxError {
	if (bracket == '}') != r.withinObject() {
		return r.failAt(r.next, "is invalid without a matching open.")
	}
	r.depth--
	if bracket == '}' {
		r.take(endObject, 1)
	} else {
		r.take(endArray, 1)
	}
	return nil
}

func (r *jsonReader) readLiteral(kind tokenKind, literal string) *syntaxError {
	rest := r.json[r.next:]
	for i := range len(literal) {
		if i < len(rest) && rest[i] == literal[i] {
			continue
		}
		quoted := rest
		if r.split() {
			quoted = rest[:min(len(rest), len("false"))]
		}
		return &syntaxError{
			offset:      r.next + i,
			message:     fmt.Sprintf("'%s' is an invalid JSON literal. Expected the literal '%s'.", DecodeUTF8(quoted), literal),
			explanation: "is not valid JSON: expected " + literal, // the rest of the body may have secrets
		}
	}
	r.take(kind, len(literal))
	return nil
}

// stringLength is the length of the text at the next byte, with its quotes.
func (r *jsonReader) stringLength() (int, *syntaxError) {
	for i := r.next + 1; i < len(r.json); i++ {
		switch c := r.json[i]; {
		case c == '"':
			return i + 1 - r.next, nil
		case c < ' ':
			return 0, r.failAt(i, "is invalid"+wrongEscape)
		case c != '\\':
		case i+1 == len(r.json):
		case bytes.IndexByte([]byte(`"\/bfnrtu`), r.json[i+1]) < 0:
			return 0, r.failAt(i+1, "is an invalid escapable character"+wrongEscape)
		case r.json[i+1] == 'u':
			for j := i + 2; j < i+6 && j < len(r.json); j++ {
				if hexDigit(r.json[j]) < 0 {
					return 0, r.failAt(j, `is not a hex digit following '\u'`+wrongEscape)
				}
			}
			i += 5
		default:
			i++
		}
	}
	return 0, &syntaxError{offset: len(r.json), explanation: "ends too early", message: "Expected end of string, but instead reached end of data."}
}

func (r *jsonReader) readNumber() *syntaxError {
	end, err := r.numberEnd()
	if err != nil {
		return err
	}
	if end == len(r.json) && r.depth > 0 {
		return &syntaxError{offset: end, message: quoteByte(r.json[end-1]) + " " + badNumberEnd}
	}
	r.take(numberToken, end-r.next)
	return nil
}

// numberEnd is the offset behind the number at the next byte.
func (r *jsonReader) numberEnd() (int, *syntaxError) {
	i := r.next
	if r.json[i] == '-' {
		i++
		if err := r.wantDigit(i, badSignEnd); err != nil {
			return 0, err
		}
	}
	leadingZero := r.json[i] == '0'
	if leadingZero {
		i++
	} else {
		i = r.skipDigits(i)
	}
	if r.delimiterAt(i) {
		return i, nil
	}
	switch c := r.json[i]; {
	case c == '.':
		if err := r.wantDigit(i+1, badPointEnd); err != nil {
			return 0, err
		}
		i = r.skipDigits(i + 1)
		if r.delimiterAt(i) {
			return i, nil
		}
		if !isExponent(r.json[i]) {
			return 0, r.failAt(i, "is an invalid end of a number. Expected 'E' or 'e'.")
		}
	case isExponent(c):
	case leadingZero && isDigit(c):
		return 0, &syntaxError{offset: i, message: "Invalid leading zero before " + quoteByte(c) + "."}
	default:
		return 0, r.failAt(i, badNumberEnd)
	}
	i++ // the e
	if i < len(r.json) && (r.json[i] == '+' || r.json[i] == '-') {
		i++
	}
	if err := r.wantDigit(i, badSignEnd); err != nil {
		return 0, err
	}
	i = r.skipDigits(i)
	if !r.delimiterAt(i) {
		return 0, r.failAt(i, badNumberEnd)
	}
	return i, nil
}

func isExponent(c byte) bool { return c == 'e' || c == 'E' }

func (r *jsonReader) wantDigit(i int, otherwise string) *syntaxError {
	switch {
	case i == len(r.json):
		return &syntaxError{offset: i, message: numberEndsEarly}
	case !isDigit(r.json[i]):
		return r.failAt(i, otherwise)
	default:
		return nil
	}
}

func (r *jsonReader) skipDigits(i int) int {
	for i < len(r.json) && isDigit(r.json[i]) {
		i++
	}
	return i
}

// delimiterAt says whether a number may end before the byte at i.
func (r *jsonReader) delimiterAt(i int) bool {
	return i == len(r.json) || bytes.IndexByte([]byte(",}] \n\r\t/"), r.json[i]) >= 0
}
