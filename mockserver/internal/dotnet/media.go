package dotnet

import "strings"

// Charset is what a request body is written in, as its Content-Type says.
type Charset int

// The charsets, as SystemTextJsonInputFormatter treats them.
const (
	UTF8           Charset = iota // also when none is named
	UTF16                         // little endian
	UnknownCharset                // a body is refused with 415
	EmptyCharset                  // a parameter ends behind its "=": the server fails with an exception when there is a body
)

// charsets are the names under which .NET knows the two encodings of the formatter.
var charsets = map[string]Charset{
	"utf-8": UTF8, "unicode-1-1-utf-8": UTF8, "unicode-2-0-utf-8": UTF8, "x-unicode-1-1-utf-8": UTF8, "x-unicode-2-0-utf-8": UTF8,
	"utf-16": UTF16, "utf-16le": UTF16, "unicode": UTF16, "ucs-2": UTF16, "iso-10646-ucs-2": UTF16,
}

// JSONInput says whether SystemTextJsonInputFormatter takes bodies of this type, and what they are written in. The argument has
// the values of the header Content-Type. The first type in them decides.
func JSONInput(contentType []string) (charset Charset, ok bool) {
	text := JoinValues(contentType)
	if text == "application/json" {
		return UTF8, true // most clients
	}
	media := parseMedia(text)
	if !EqualFold(media.kind, "application") && !EqualFold(media.kind, "text") {
		return UTF8, false
	}
	// A set without a suffix, such as text/json, also takes its name as a suffix (ReadOnlyMediaTypeHeaderValue.cs, aspnetcore).
	name := media.subtype[strings.LastIndexByte(media.subtype, '+')+1:]
	return media.charset(), EqualFold(name, "json")
}

// media is a media type as MVC reads it: up to what it cannot read. It has no subtype when it is none.
type media struct {
	kind, subtype string
	rest          string // the parameters, each with its semicolon, and what follows them
}

func parseMedia(text string) (m media) {
	m.kind, m.rest = cutToken(text)
	if m.kind != "" && strings.HasPrefix(m.rest, "/") {
		m.subtype, m.rest = cutToken(m.rest[1:])
	}
	return m
}

// charset looks for the first parameter of that name. Parameters behind one that cannot be read do not count.
func (m media) charset() Charset {
	for {
		parameter, state := m.next()
		switch {
		case state == parametersOverrun:
			return EmptyCharset
		case state == parametersEnd:
			return UTF8
		case !EqualFold(parameter.name, "charset"):
		case !parameter.valid:
			return UTF8
		default:
			if charset, known := charsets[ToLower(parameter.value)]; known {
				return charset
			}
			return UnknownCharset
		}
	}
}

type parameter struct {
	name, value string // without quotation marks
	valid       bool   // whether there is a value that can be read
}

type parameterState int

const (
	parameterRead     parameterState = iota
	parametersEnd                    // there is no further one
	parametersOverrun                // the text ends behind "=": the server's parser looks at the character behind it, and fails
)

// next reads the next parameter.
func (m *media) next() (p parameter, state parameterState) {
	if !strings.HasPrefix(m.rest, ";") {
		return p, parametersEnd
	}
	name, rest := cutToken(m.rest[1:])
	switch {
	case name == "*" && rest == "":
		m.rest = ""
		return parameter{"*", "*", true}, parameterRead
	case name == "" || !strings.HasPrefix(rest, "="):
		return p, parametersEnd
	}
	p.name, m.rest = name, rest
	text := skipBlanks(rest[1:])
	if text == "" {
		return p, parametersOverrun
	}
	if value, rest := cutToken(text); value != "" {
		p.value, p.valid, m.rest = value, true, rest
	} else if quoted, rest, ok := cutQuoted(text); ok {
		p.value, p.valid, m.rest = unquote(quoted), true, rest
	}
	return p, parameterRead
}
