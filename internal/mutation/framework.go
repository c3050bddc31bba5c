package main

import "slices"

// ofFramework are wrong behaviours of what ASP.NET Core and System.Text.Json do for the server.
var ofFramework = slices.Concat(ofJSON, ofBodies, ofAnswers, ofRequests)

// Files that most of these change.
const (
	jsonReader   = "internal/dotnet/jsonreader.go"
	objectReader = "internal/dotnet/objectreader.go"
	forwarded    = "internal/dotnet/forwarded.go"
	trace        = "internal/dotnet/trace.go"
	uri          = "internal/dotnet/uri.go"
)

// ofJSON are wrong behaviours of the reader of JSON: its messages, its paths and its positions.
var ofJSON = []mutant{
	// The byte that is wrong.
	{"a control character is shown in hexadecimal", jsonReader, "if c < ' ' || c > '~' {", "if c > '~' {"},
	{"DEL is shown in hexadecimal", jsonReader, "c > '~' {", "c > 0x7f {"},
	{"the byte has upper-case digits", jsonReader, "'0x%02X'", "'0x%02x'"},

	// What begins a value or a name.
	{"a value begins as values do", jsonReader, "is an invalid start of a value.", "is an invalid start of value."},
	{"only digits and a minus begin a number", jsonReader, "case '-', '0',", "case '-', '+', '0',"},
	{"a name begins with a quotation mark", jsonReader, "is an invalid start of a property name. Expected a '\\\"'.", "is an invalid start of a value."},
	{"a colon follows a name", jsonReader, "is invalid after a property name. Expected a ':'.", "is invalid after a value. Expected either ',', '}', or ']'."},
	{"the byte after a name is named, not the name", jsonReader, "r.failAt(r.next, \"is invalid after a property name.", "r.failAt(r.start, \"is invalid after a property name."},
	{"blanks may be before a colon", jsonReader, "r.token = r.token[1 : length-1]\n\tr.skipBlanks()", "r.token = r.token[1 : length-1]"},
	{"a slash after { follows a value", jsonReader, "r.kind == startObject && c != '}' && c != '/'", "r.kind == startObject && c != '}'"},
	{"a slash after [ follows a value", jsonReader, "r.kind == startArray && c != ']' && c != '/'", "r.kind == startArray && c != ']'"},
	{"a slash after : follows a value", jsonReader, "r.kind == propertyName && c != '/'", "r.kind == propertyName"},
	{"a slash at the start is a start", jsonReader, "case r.kind == noToken, ", "case r.kind == noToken && c != '/', "},

	// What follows a value.
	{"a comma or a bracket follows a value", jsonReader, "is invalid after a value. Expected either ',', '}', or ']'.\")", "is invalid after a value. Expected ',' or '}'.\")"},
	{"nothing follows the root", jsonReader, "r.failAt(r.next, \"is invalid after a single JSON value.", "r.failAt(r.start, \"is invalid after a single JSON value."},
	{"a bracket closes one of its kind", jsonReader, "if (bracket == '}') != r.withinObject() {", "if false {"},
	{"a list after an object is a list", jsonReader, "r.inObject &^= 1 << r.depth\n", ""},
	{"an object has no comma at its end", jsonReader, "closing, container, read = '}', \"object\", r.readName", "closing, container, read = '}', \"array\", r.readName"},
	{"no comma stands before a bracket", jsonReader, "if r.json[r.next] == closing {\n\t\treturn", "if r.json[r.next] == closing {\n\t\treturn r.close(closing)\n\t}\n\tif false {\n\t\treturn"},
	{"a comma at the end is reported at the bracket", jsonReader, "offset: r.next, explanation: \"has a comma", "offset: comma, explanation: \"has a comma"},
	{"a name follows a comma", jsonReader, "return read()\n", "if r.json[r.next] != '\"' {\n\t\treturn r.readValue()\n\t}\n\treturn read()\n"},

	// Literals.
	{"a literal is reported at its first wrong letter", jsonReader, "offset:      r.next + i,", "offset:      r.next,"},
	{"a literal is shown with the rest of the body", jsonReader, "quoted := rest\n", "quoted := rest[:min(len(rest), len(literal))]\n"},
	{"a literal in a body of several pieces is shown with five bytes", jsonReader, "rest[:min(len(rest), len(\"false\"))]", "rest[:min(len(rest), len(\"true\"))]"},
	{"each literal has its name", jsonReader, "r.readLiteral(nullToken, \"null\")", "r.readLiteral(nullToken, \"none\")"},
	{"a literal is shown without what is no UTF-8", jsonReader, "DecodeUTF8(quoted), literal)", "string(quoted), literal)"},
	{"the head counts for the piece of a literal", "body.go", "headSize(c.request)+len(c.body) > bufferSize", "len(c.body) > bufferSize"},
	{"a piece has 4096 bytes", "body.go", "const bufferSize = 4096", "const bufferSize = 8192"},

	// Numbers.
	{"a number has no leading zero", jsonReader, "case leadingZero && isDigit(c):", "case false:"},
	{"the digit after a leading zero is shown", jsonReader, "\"Invalid leading zero before \" + quoteByte(c)", "\"Invalid leading zero before \" + quoteByte('0')"},
	{"a fraction ends before an E", jsonReader, "r.failAt(i, \"is an invalid end of a number. Expected 'E' or 'e'.\")", "r.failAt(i, badNumberEnd)"},
	{"a digit follows a point", jsonReader, "r.wantDigit(i+1, badPointEnd)", "r.wantDigit(i+1, badSignEnd)"},
	{"a digit follows a minus", jsonReader, "i++\n\t\tif err := r.wantDigit(i, badSignEnd)", "i++\n\t\tif err := r.wantDigit(i, badNumberEnd)"},
	{"a digit follows an exponent", jsonReader, "if err := r.wantDigit(i, badSignEnd); err != nil {\n\t\treturn", "if err := r.wantDigit(i, badPointEnd); err != nil {\n\t\treturn"},
	{"an exponent may have a sign", jsonReader, "r.json[i] == '+' || r.json[i] == '-'", "r.json[i] == '-'"},
	{"an exponent may be a capital E", jsonReader, "return c == 'e' || c == 'E'", "return c == 'e'"},
	{"an exponent ends at a delimiter", jsonReader, "if !r.delimiterAt(i) {\n\t\treturn 0, r.failAt(i, badNumberEnd)\n\t}", ""},
	{"the data do not end in a number of an object", jsonReader, "if end == len(r.json) && r.depth > 0 {", "if false {"},
	{"a number can be the root", jsonReader, "if end == len(r.json) && r.depth > 0 {", "if end == len(r.json) {"},
	{"the last digit of a number is shown at the end of the data", jsonReader, "quoteByte(r.json[end-1])", "quoteByte(r.json[r.next])"},
	{"the data do not end after a sign or a point", jsonReader, "offset: i, message: numberEndsEarly", "offset: i - 1, message: numberEndsEarly"},
	{"a slash ends a number", jsonReader, "\",}] \\n\\r\\t/\"", "\",}] \\n\\r\\t\""},
	{"a line ends a number", jsonReader, "\",}] \\n\\r\\t/\"", "\",}] \\t/\""},

	// Texts.
	{"a text has no tab", jsonReader, "case c < ' ':\n", "case c < ' ' && c != '\\t':\n"},
	{"a text may have DEL", jsonReader, "case c < ' ':\n", "case c < ' ' || c == 0x7f:\n"},
	{"what cannot be escaped is named, not the backslash", jsonReader, "r.failAt(i+1, \"is an invalid escapable", "r.failAt(i, \"is an invalid escapable"},
	{"an apostrophe cannot be escaped", jsonReader, "`\"\\/bfnrtu`", "`\"'\\/bfnrtu`"},
	{"a slash can be escaped", jsonReader, "`\"\\/bfnrtu`", "`\"\\bfnrtu`"},
	{"an escape has four digits", jsonReader, "j < i+6 &&", "j < i+5 &&"},
	{"a wrong digit of an escape is named", jsonReader, "r.failAt(j, `is not a hex digit", "r.failAt(i, `is not a hex digit"},
	{"a text does not end with the data", jsonReader, "offset: len(r.json), explanation: \"ends too early\"", "offset: r.next, explanation: \"ends too early\""},

	// The end of the data.
	{"the data do not end within an object", jsonReader, "There is an open JSON object or array that should be closed.", "There is an open JSON object or array."},
	{"the data do not end after a name", jsonReader, "case r.next == len(r.json):\n\t\treturn &syntaxError{offset: r.next, message: \"Expected a value, but instead reached end of data.\"}", "case r.next == len(r.json):\n\t\treturn r.end()"},
	{"the data end too early after a colon", jsonReader, "case r.depth > 0:\n", "case r.kind == propertyName:\n\t\treturn &syntaxError{offset: r.next, message: \"Expected a value, but instead reached end of data.\"}\n\tcase r.depth > 0:\n"},
	{"a comma that is the last byte is named", jsonReader, "offset: comma, message: commaEndsData", "offset: comma + 1, message: commaEndsData"},
	{"the end after a comma and blanks is named", jsonReader, "offset: r.next, message: commaEndsData", "offset: comma, message: commaEndsData"},
	{"the data have a token", jsonReader, "Expected the input to start with a valid JSON token, when isFinalBlock is true.", "Expected the input to start with a valid JSON token."},

	// Depth.
	{"depth is reported at the bracket", jsonReader, "offset: r.next, explanation: \"is nested too deeply\"", "offset: r.next + 1, explanation: \"is nested too deeply\""},
	{"depth names the bracket", jsonReader, "kind, container = startObject, \"object\"", "kind, container = startObject, \"array\""},

	// Paths.
	{"the path is that of the root after the value", objectReader, "\t\tb.path, b.within = object, false\n\t}\n", "\t}\n"},
	{"the path is that of the property to the end of a list", objectReader, "if bad := b.skip(depth); bad != nil {\n\t\t\treturn bad\n\t\t}\n\t\tb.path, b.within = object, false", "b.path, b.within = object, false\n\t\tif bad := b.skip(depth); bad != nil {\n\t\t\treturn bad\n\t\t}"},
	{"the path is that of the property from its colon on", objectReader, "b.property, b.within = name, true\n\t\tif bad := b.read(); bad != nil {\n\t\t\treturn bad\n\t\t}", "if bad := b.read(); bad != nil {\n\t\t\treturn bad\n\t\t}\n\t\tb.property, b.within = name, true"},
	{"the path keeps the letter case", objectReader, "b.property, b.within = name, true", "b.property, b.within = ToLower(name), true"},
	{"a name with a dot is quoted in the path", objectReader, "\". '/", "\" '/"},
	{"a name with a blank is quoted in the path", objectReader, "\". '/", "\".'/"},
	{"a name with a slash is quoted in the path", objectReader, "'/\\\"[]", "'\\\"[]"},
	{"a name with a bracket is quoted in the path", objectReader, "[]()", "()"},
	{"a name with a parenthesis is quoted in the path", objectReader, "[]()", "[]"},
	{"a name with a line end is quoted in the path", objectReader, "()\\t\\n\\r", "()"},
	{"a name with a separator of lines is quoted in the path", objectReader, "\\u0085\\u2028\\u2029", ""},
	{"a dash needs no quotes in the path", objectReader, "\". '/", "\".- '/"},
	{"the path escapes nothing", objectReader, "\"['\" + name + \"']\"", "\"['\" + strings.ReplaceAll(name, \"'\", \"\\\\'\") + \"']\""},
	{"the path has the name without escapes", objectReader, "b.property, b.within = name, true", "b.property, b.within = string(b.reader.token), true"},

	// Positions.
	{"a position is that of the line", objectReader, "column := len(before) - 1 - bytes.LastIndexByte(before, '\\n')", "column := len(before)"},
	{"a position counts bytes", objectReader, "column := len(before) - 1 - bytes.LastIndexByte(before, '\\n')", "column := len([]rune(string(before[bytes.LastIndexByte(before, '\\n')+1:])))"},
	{"only LF ends a line", objectReader, "bytes.Count(before, []byte(\"\\n\"))", "bytes.Count(before, []byte(\"\\n\")) + bytes.Count(bytes.ReplaceAll(before, []byte(\"\\r\\n\"), nil), []byte(\"\\r\"))"},
	{"a byte order mark does not count", objectReader, "text = bytes.TrimPrefix(text, []byte(\"\\xef\\xbb\\xbf\"))", "text = bytes.Replace(text, []byte(\"\\xef\\xbb\\xbf\"), []byte(\"   \"), 1)"},
	{"only one byte order mark is skipped", objectReader, "bytes.TrimPrefix(text, []byte(\"\\xef\\xbb\\xbf\"))", "bytes.TrimLeft(text, \"\\ufeff\")"},
	{"a wrong type is reported behind the value", objectReader, "bad := b.at(b.reader.next, \"\",", "bad := b.at(b.reader.start, \"\","},

	// The root.
	{"what follows null is read", objectReader, "case nullToken:\n\t\tif bad := b.read(); bad != nil {\n\t\t\treturn bad\n\t\t}", "case nullToken:"},
	{"what follows a root of another type is not read", objectReader, "default:\n\t\treturn b.Mismatch(", "default:\n\t\tif bad := b.read(); bad != nil {\n\t\t\treturn bad\n\t\t}\n\t\treturn b.Mismatch("},
	{"the type of the root is named in full", "bind.go", "\"ASC.Files.ApiModels.RequestDto.\"", "\"ASC.Files.Core.ApiModels.RequestDto.\""},

	// Texts that are not whole letters.
	{"invalid UTF-8 passes in a value that nobody reads", objectReader, "if bad := visit(", "if DecodeUTF8(b.reader.token) != string(b.reader.token) {\n\t\t\treturn b.Mismatch(\"a text\", b.class)\n\t\t}\n\t\tif bad := visit("},
	{"half a surrogate pair passes in a value that nobody reads", objectReader, "if bad := visit(", "if _, ok := b.value().unescaped(); !ok {\n\t\t\treturn b.Mismatch(\"a text\", b.class)\n\t\t}\n\t\tif bad := visit("},
	{"half a surrogate pair passes in an inner name", objectReader, "for b.reader.depth > depth {\n", "for b.reader.depth > depth {\n\t\tif _, ok := b.value().unescaped(); !ok && b.reader.kind == propertyName {\n\t\t\treturn b.Mismatch(\"a name\", b.class)\n\t\t}\n"},
	{"a name has no half of a surrogate pair", objectReader, "if !ok {\n\t\t\treturn b.at(", "if !ok && name != \"\" {\n\t\t\treturn b.at("},
	{"a name with half a surrogate pair is reported behind its colon", objectReader, "b.at(b.reader.next, \"a name has", "b.at(b.reader.start, \"a name has"},
	{"invalid UTF-8 is not a password", "internal/dotnet/value.go", "!utf8.Valid(v.token)", "!utf8.Valid(v.token[:0])"},
	{"a part that is no UTF-8 is one U+FFFD", "internal/dotnet/utf8.go", "unicode.UTF8.NewDecoder().Bytes(text)", "unicode.UTF8.NewDecoder().Bytes([]byte(string([]rune(string(text)))))"},
	{"\\f is a form feed", "internal/dotnet/utf8.go", "text = append(text, '\\f')", "text = append(text, 'f')"},
	{"\\b is a backspace", "internal/dotnet/utf8.go", "text = append(text, '\\b')", "text = append(text, 'b')"},
}

// ofBodies are wrong behaviours of how a body is chosen, sent and decoded.
var ofBodies = []mutant{
	// Charsets.
	{"utf-16le is UTF-16", "internal/dotnet/media.go", "\"utf-16le\": UTF16, ", ""},
	{"unicode is UTF-16", "internal/dotnet/media.go", "\"unicode\": UTF16, ", ""},
	{"utf-16be is no charset of bodies", "internal/dotnet/media.go", "\"utf-16le\": UTF16, ", "\"utf-16le\": UTF16, \"utf-16be\": UTF16, "},
	{"charsets have any letter case", "internal/dotnet/media.go", "charsets[ToLower(parameter.value)]", "charsets[parameter.value]"},
	{"a charset may have quotes", "internal/dotnet/media.go", "unquote(quoted), true, rest", "quoted, true, rest"},
	{"the first charset counts", "internal/dotnet/media.go", "default:\n\t\t\tif charset, known", "default:\n\t\t\tif next := m.charset(); next != UTF8 {\n\t\t\t\treturn next\n\t\t\t}\n\t\t\tif charset, known"},
	{"an unknown charset is refused", "internal/dotnet/media.go", "return UnknownCharset", "return UTF8"},
	{"a charset that is missing behind its = is an exception", "internal/dotnet/media.go", "return EmptyCharset", "return UnknownCharset"},
	{"a charset without = is none", "internal/dotnet/media.go", "case name == \"\" || !strings.HasPrefix(rest, \"=\"):\n", "case name == \"charset\" && rest == \"\":\n\t\treturn p, parametersOverrun\n\tcase name == \"\" || !strings.HasPrefix(rest, \"=\"):\n"},
	{"a charset does not matter without a body", "bind.go", "case c.noBody():\n\t\treturn nil\n\tcase c.charset == dotnet.UnknownCharset:\n", "case c.noBody() && c.charset != dotnet.UnknownCharset:\n\t\treturn nil\n\tcase c.charset == dotnet.UnknownCharset:\n"},

	// Media types.
	{"media types are read loosely", "internal/dotnet/media.go", "EqualFold(name, \"json\")", "EqualFold(name, \"json\") && (media.rest == \"\" || media.rest[0] == ';')"},
	{"a media type may end with semicolons", "internal/dotnet/media.go", "return media.charset(), EqualFold(name", "_, strict := parseStrict(strings.Split(JoinValues(contentType), \",\")[0])\n\treturn media.charset(), strict && EqualFold(name"},
	{"a media type may have blanks", "internal/dotnet/media_token.go", "return text[:end], skipBlanks(text[end:])", "return text[:end], text[end:]"},
	{"the first of two media types decides", "internal/dotnet/media.go", "text := JoinValues(contentType)\n\tif text", "text := strings.Join(contentType[max(0, len(contentType)-1):], \"\")\n\tif text"},
	{"+json needs application or text", "internal/dotnet/media.go", "if !EqualFold(media.kind, \"application\") && !EqualFold(media.kind, \"text\") {", "if media.kind == \"\" {"},
	{"only the last + begins a suffix", "internal/dotnet/media.go", "strings.LastIndexByte(media.subtype, '+')", "strings.IndexByte(media.subtype, '+')"},
	{"a star is no type of a body", "internal/dotnet/media.go", "EqualFold(name, \"json\")", "(EqualFold(name, \"json\") || name == \"*\")"},

	// UTF-16.
	{"UTF-16 is little endian", "internal/dotnet/utf16.go", "letter := rune(binary.LittleEndian.Uint16(text[i:]))", "letter := rune(binary.BigEndian.Uint16(text[i:]))"},
	{"UTF-16 has letters of two units", "internal/dotnet/utf16.go", "if pair != utf8.RuneError {", "if pair == utf8.RuneError {"},
	{"half a unit is shown in hexadecimal", "internal/dotnet/utf16.go", "\"[%02X]\"", "\"[%d]\""},
	{"half a unit is at the end", "internal/dotnet/utf16.go", "Unknown: text[even:], Index: -1", "Unknown: text[even:], Index: even"},
	{"a body that is not in its charset is an exception of its own", "errors.go", "-2147024809, message: message,\n\t\tclass: \"System.Text.DecoderFallbackException\"", "-2147024809, message: message,\n\t\tclass: \"System.ArgumentException\""},

	// Size and chunks.
	{"a body that is too large is refused at once", "body.go", "if r.ContentLength > most {\n\t\treturn nil, errBodyTooLarge\n\t}\n", ""},
	{"a body that is too large is a failure", "errors.go", "status: http.StatusInternalServerError, traced: true, hresult: -2146232800", "status: http.StatusRequestEntityTooLarge, traced: true, hresult: -2146232800"},
	{"a chunk has a size", "body.go", "badHTTPRequest(\"Bad chunk size data.\")", "badHTTPRequest(\"Bad chunk suffix.\")"},
	{"a chunk has an end", "body.go", "badHTTPRequest(\"Bad chunk suffix.\")", "badHTTPRequest(\"Bad chunk size data.\")"},
	{"no chunks are an empty body, not a missing one", "bind.go", "return c.request.ContentLength == 0", "return len(c.body) == 0"},

	// Forms.
	{"forms are read before their type is judged", "bind.go", "if !c.jsonMedia && dotnet.IsForm(contentType) && ", "if !c.jsonMedia && c.jsonMedia && "},
	{"a form of no bytes is not read", "bind.go", "dotnet.IsForm(contentType) && c.request.Header.Get(echo.HeaderContentLength) != \"0\"", "dotnet.IsForm(contentType)"},
	{"a form that cannot be read has an empty key", "bind.go", "&dotnet.BodyError{Message: \"Failed", "&dotnet.BodyError{Key: \"$\", Message: \"Failed"},
	{"a form has at most 1024 values", "internal/dotnet/form.go", "maxFormValues      = 1024", "maxFormValues      = 2048"},
	{"a form may have 1024 values", "internal/dotnet/form.go", "maxFormValues      = 1024", "maxFormValues      = 1023"},
	{"a name of a form has at most 2048 bytes", "internal/dotnet/form.go", "case len(key) > maxFormKey:", "case len(key) > 2*maxFormKey:"},
	{"a boundary has at most 128 letters", "internal/dotnet/form.go", "maxFormBoundary    = 128", "maxFormBoundary    = 256"},
	{"a boundary is required", "internal/dotnet/form_multipart.go", "return nil, \"Missing content-type boundary.\"", "return nil, unexpectedEnd"},
	{"a form of parts has its end", "internal/dotnet/form_multipart.go", "if !found {\n\t\treturn false, unexpectedEnd\n\t}", "if !found {\n\t\treturn true, \"\"\n\t}"},
	{"a form of parts has its beginning", "internal/dotnet/form_multipart.go", "case start < 0 || len(m.rest)-start < len(m.boundary)+len(\"--\"):\n\t\treturn false, unexpectedEnd", "case start < 0 || len(m.rest)-start < len(m.boundary)+len(\"--\"):\n\t\treturn true, \"\""},
	{"a header of a part has a colon", "internal/dotnet/form_multipart.go", "case name == \"\" || name == line:", "case name == \"\":"},
	{"a wrong header of a part is shown", "internal/dotnet/form_multipart.go", "\"Invalid header line: \" + line", "\"Invalid header line: \" + name + \":\""},
	{"the boundary ends each part", "internal/dotnet/form_multipart.go", "m.skipTo(\"\\r\\n\" + m.boundary)", "m.skipTo(\"\\n\\n\" + m.boundary)"},
}

// ofAnswers are wrong behaviours of how answers are formatted, escaped and filtered.
var ofAnswers = []mutant{
	// Escapes.
	{"escapes have upper-case digits", "internal/dotnet/encode.go", "bytes.ToUpper(encoded[i+2:i+6])", "bytes.ToLower(encoded[i+2:i+6])"},
	{"letters beyond 16 bits are escaped as pairs", "internal/dotnet/encode.go", "case r > 0xFFFF:", "case r > 0x10FFFF:"},
	{"DEL is escaped", "internal/dotnet/encode.go", "return c < 0x7F && c != '\\\\'", "return c < 0x80 && c != '\\\\'"},
	{"the byte order mark is escaped", "internal/dotnet/encode.go", "|| r == '\\uFEFF'", ""},
	{"separators are escaped", "internal/dotnet/encode.go", "unicode.S, unicode.Cf)", "unicode.S, unicode.Cf, unicode.Z)"},
	{"letters for private use are escaped", "internal/dotnet/encode.go", "unicode.S, unicode.Cf)", "unicode.S, unicode.Cf, unicode.Co)"},
	{"letters that Unicode has added of late are not escaped", "internal/dotnet/encode.go", " || unicode.Is(newer, r)", ""},
	{"invisible letters are not escaped", "internal/dotnet/encode.go", "unicode.S, unicode.Cf)", "unicode.S)"},

	// Accept.
	{"a type of the lowest quality counts too", "internal/dotnet/negotiate.go", "case r.narrow ||", "case r.narrow || r.quality == 0 ||"},
	{"a type with a parameter does not match", "internal/dotnet/negotiate.go", "r.narrow = true", "r.narrow = false"},
	{"two headers Accept are one list", "internal/dotnet/negotiate.go", "for _, value := range accept {", "for _, value := range accept[:min(1, len(accept))] {"},
	{"the first of equal types wins", "internal/dotnet/negotiate.go", "case EqualFold(r.kind, \"text\"):\n\t\t\treturn ContentTextJSON", "case EqualFold(r.kind, \"text\") && &r != &ranges[0] && len(ranges) == 1:\n\t\t\treturn ContentTextJSON"},
	{"exceptions ignore Accept-Charset", "errorhandler.go", "a = errorAnswer(thrown)", "a = call.formatted(errorAnswer(thrown))"},
	{"400 is in UTF-16 too", "errorhandler.go", "call.formatted(answer{\n\t\t\tstatus:      http.StatusBadRequest,", "(answer{\n\t\t\tstatus:      http.StatusBadRequest,"},
	{"415 is in UTF-16 too", "errorhandler.go", "call.formatted(answer{\n\t\t\tstatus:      http.StatusUnsupportedMediaType,", "(answer{\n\t\t\tstatus:      http.StatusUnsupportedMediaType,"},
	{"a bare problem is in UTF-16 too", "errorhandler.go", "a = call.formatted(answer{status: filter.status,", "a = (answer{status: filter.status,"},
	{"UTF-16 is declared", "answer.go", "a.contentType, a.body = dotnet.WithCharset(a.contentType, true), dotnet.ToUTF16(a.body)", "a.body = dotnet.ToUTF16(a.body)"},
	{"UTF-16 has no byte order mark", "internal/dotnet/utf16.go", "encoded := make([]byte, 0, 2*len(text))", "encoded := append(make([]byte, 0, 2*len(text)+2), 0xff, 0xfe)"},
	{"UTF-16 is written in little endian", "internal/dotnet/utf16.go", "binary.LittleEndian.AppendUint16(", "binary.BigEndian.AppendUint16("},

	// Accept-Charset.
	{"* is UTF-8", "internal/dotnet/negotiate_charset.go", "case charset.name == \"*\", EqualFold(charset.name, \"utf-8\"):", "case EqualFold(charset.name, \"utf-8\"):"},
	{"the best charset wins", "internal/dotnet/negotiate_charset.go", "slices.Reverse(sorted)\n", "_ = slices.Reverse[[]acceptedCharset]\n"},
	{"a charset of quality 0 counts when none has another", "internal/dotnet/negotiate_charset.go", "return c.weighted && c.quality > 0 })", "return c.weighted })"},
	{"a charset of quality 0 does not count beside others", "internal/dotnet/negotiate_charset.go", "if charset.quality == 0 {", "if charset.quality < 0 {"},
	{"UTF-16 has any letter case", "internal/dotnet/negotiate_charset.go", "EqualFold(charset.name, \"utf-16\")", "charset.name == \"utf-16\""},
	{"two headers Accept-Charset are one list", "internal/dotnet/negotiate_charset.go", "for _, value := range acceptCharset {", "for _, value := range acceptCharset[:min(1, len(acceptCharset))] {"},
	{"utf-16le is not UTF-16 for an answer", "internal/dotnet/negotiate_charset.go", "EqualFold(charset.name, \"utf-16\")", "strings.HasPrefix(ToLower(charset.name), \"utf-16\")"},

	// Exceptions.
	{"exceptions before a call have no api-supported-versions", "chain.go", "call.setHeader(header, echo.HeaderServer, \"Kestrel\")", "call.setHeader(header, echo.HeaderServer, \"Kestrel\")\n\t\theader.Set(headerVersions, \"2.0\")"},
	{"exceptions of the call for folders have api-supported-versions", "neighbours.go", "header.Set(headerVersions, \"2.0\")\n", ""},
	{"a missing folder has the type of its exception", "errors.go", "\"ASC.Common.Web.ItemNotFoundException\"", "\"ASC.Common.ItemNotFoundException\""},
	{"exceptions do not expire later", "errorhandler.go", "header.Set(\"Expires\", \"-1\")", "header.Set(\"Expires\", \"0\")"},

	// Fields.
	{"fields filter 400", "errorhandler.go", "call.envelope(problem.pick(call.fields()), 1,", "call.envelope(problem.encode(), 1,"},
	{"fields filter 415", "errorhandler.go", "call.envelope(problem.pick(call.fields()), 0,", "call.envelope(problem.encode(), 0,"},
	{"fields do not filter a bare problem", "errorhandler.go", "call.problem(filter.status).encode()", "call.problem(filter.status).pick(fieldsOf(call.query))"},
	{"the trace of a problem is an extension", "problem.go", "property{\"extensions\", dotnet.AppendJSON(nil, map[string]*string{\"traceId\": p.TraceID})}", "property{\"traceId\", dotnet.AppendJSON(nil, p.TraceID)}"},
	{"errors come first in a problem that is filtered", "problem.go", "return append(whole,\n\t\tproperty{\"type\", dotnet.AppendJSON(nil, p.Type)},", "return append(append(object{{\"type\", dotnet.AppendJSON(nil, p.Type)}}, whole...),"},
	{"only a problem of a body has errors", "problem.go", "if p.Errors != nil {\n\t\twhole", "if p.Errors == nil {\n\t\twhole"},
	{"errors are picked as a whole", "fields.go", "\"automaticallyCleanUp\": {},", "\"automaticallyCleanUp\": {},\n\t\"errors\":               {},"},
	{"a plain property is picked as a whole with a dot", "fields.go", "} else if ok {\n\t\t\t\twhole = true\n\t\t\t}", "}"},
	{"a nested object is filtered with a dot", "fields.go", "ok && nested {", "ok && nested && rest != \"\" {"},
	{"names in fields are not trimmed", "fields.go", "strings.Split(list[0], \",\")", "strings.Split(strings.ReplaceAll(list[0], \" \", \"\"), \",\")"},
	{"fields[] is not split", "fields.go", "len(list) > 0 {\n\t\treturn list", "len(list) > 0 {\n\t\treturn strings.Split(strings.Join(list, \",\"), \",\")"},
	{"fields[] comes before fields", "fields.go", "if list := q[\"fields[]\"]; len(list) > 0 {", "if list := q[\"fields[]\"]; len(list) > 0 && q[\"fields\"] == nil {"},
	{"a semicolon does not end a parameter", "internal/dotnet/query.go", "strings.SplitSeq(raw, \"&\")", "strings.SplitSeq(strings.ReplaceAll(raw, \";\", \"&\"), \"&\")"},
	{"a parameter without = is empty", "internal/dotnet/query.go", "if pair == \"\" {", "if !strings.Contains(pair, \"=\") {"},

	// The settings of documents.
	{"extensions that can be converted have the server's order", "settings.json", "\".docx\",\".bmp\",\".docm\",\".dotm\",\".epub\",", "\".bmp\",\".docm\",\".docx\",\".dotm\",\".epub\","},
}

// ofRequests are wrong behaviours of how a request finds its call: method, path, origin, proxies and trace.
var ofRequests = []mutant{
	// Methods.
	{"methods have any letter case", "paths.go", "dotnet.EqualFold(call.method, method)", "call.method == method"},
	{"a link shows the method as it was sent", "answer.go", "dotnet.AppendText(b, c.request.Method)", "dotnet.AppendText(b, c.route.method)"},

	// Versions.
	{"a version may have blanks around it", "internal/dotnet/version.go", "strings.Trim(text, \" \\t\\n\\v\\f\\r\")", "strings.Trim(text, \"\")"},
	{"a version may have a plus", "internal/dotnet/version.go", "return int(long), err == nil", "return int(long), err == nil && !strings.HasPrefix(text, \"+\")"},
	{"a version may have zeros before it", "internal/dotnet/version.go", "return int(long), err == nil", "return int(long), err == nil && !strings.HasPrefix(text, \"02\")"},
	{"a version may have more zeros behind the point", "internal/dotnet/version.go", "second, minorOK = parseInt(minor)", "second, minorOK = parseInt(minor)\n\t\tminorOK = minorOK && len(minor) == 1"},
	{"a version may end with a hyphen", "internal/dotnet/version.go", "if hyphen <= 0 {", "if hyphen <= 0 || hyphen == len(segment)-1 {"},
	{"a version has no status", "internal/dotnet/version.go", "second == 0 && status == \"\"", "second == 0 && len(status) < 100"},
	{"a version has a major number", "internal/dotnet/version.go", "if major == \"\" {\n\t\treturn false, \"\"", "if major == \"\" {\n\t\treturn true, \"\""},
	{"a version has a number behind its point", "internal/dotnet/version.go", "second, minorOK = parseInt(minor)", "second, minorOK = parseInt(\"0\" + minor)"},
	{"a version has no second point", "internal/dotnet/version.go", "major, minor, hasMinor := strings.Cut(numbers, \".\")", "major, minor, hasMinor := strings.Cut(strings.TrimSuffix(numbers, \".0\"), \".\")"},
	{"a version below zero is an exception", "internal/dotnet/version.go", "return false, \"majorVersion\"", "return false, \"\""},
	{"a version below zero has no Server-Timing", "chain.go", "refuseTarget,      // a path that the server does not take: 400\n\t\ttiming,            // Server-Timing", "timing,\n\t\trefuseTarget,"},

	// Paths.
	{"two slashes are not one", "internal/dotnet/url.go", "case \".\":\n", "case \".\", \"\":\n"},
	{"a path is unescaped once", "internal/dotnet/url.go", "unescape(sent, true)", "unescape(unescape(sent, true), true)"},
	{"a plus in a path is a plus", "internal/dotnet/url.go", "unescape(sent, true)", "unescape(strings.ReplaceAll(sent, \"+\", \" \"), true)"},
	{"an escaped dot segment is one", "internal/dotnet/url.go", "unescape(sent, true), \"/\")\n\tfor more := true; more; {\n\t\tvar part string\n\t\tpart, rest, more = strings.Cut(rest, \"/\")\n", "sent, \"/\")\n\tfor more := true; more; {\n\t\tvar part string\n\t\tpart, rest, more = strings.Cut(rest, \"/\")\n\t\tif plain := unescape(part, true); !strings.HasPrefix(plain, \".\") {\n\t\t\tpart = plain\n\t\t}\n"},
	{"an escaped slash keeps its letter case", "internal/dotnet/escape.go", "if size == 0 || slashStays && string(letter) == \"/\" {\n", "if slashStays && string(letter) == \"/\" {\n\t\t\tletter = []byte(\"%2F\")\n\t\t} else if size == 0 {\n"},
	{"an escape that is no UTF-8 stays", "internal/dotnet/escape.go", "decoded != utf8.RuneError || width > 1", "decoded != utf8.RuneError || width > 0"},
	{"a good escape behind a bad one is replaced", "internal/dotnet/escape.go", "letter, size = []byte(text[:1]), 1", "letter, size = []byte(text), len(text)"},
	{"a path has no zero", "internal/dotnet/url.go", "strings.Contains(path, \"%00\") || ", ""},
	{"a path is ASCII", "internal/dotnet/url.go", "!isASCII(path) || ", ""},
	{"a link keeps a lone question mark", "internal/dotnet/url.go", "|| address.ForceQuery", ""},
	{"a link keeps the slash at its end", "internal/dotnet/url.go", "shown.WriteByte('/')\n\t\tshown.WriteString(segment)\n", "if segment != \"\" {\n\t\t\tshown.WriteString(\"/\" + segment)\n\t\t}\n"},
	{"a key of blanks is an exception", "share_password.go", "if strings.TrimSpace(c.route.parameter) == \"\" {", "if strings.TrimSpace(c.route.parameter) == \"\" && c.caller == nil && c.caller != nil {"},
	{"any white space is a blank", "share_password.go", "strings.TrimSpace(c.route.parameter) == \"\"", "strings.Trim(c.route.parameter, \" \\t\") == \"\""},
	{"a key of blanks is a failure", "errors.go", "status: http.StatusInternalServerError, traced: true, hresult: -2147467261", "status: http.StatusBadRequest, traced: true, hresult: -2147467261"},

	// Preflight requests.
	{"preflight has any letter case", "cors.go", "dotnet.EqualFold(r.Method, http.MethodOptions)", "(dotnet.EqualFold(r.Method, http.MethodOptions) && r.Method == http.MethodOptions)"},
	{"preflight drops empty headers", "internal/dotnet/list.go", "if value != \"\" {\n\t\t\t\tlist", "if value != \"-\" {\n\t\t\t\tlist"},
	{"preflight drops blanks", "internal/dotnet/list.go", "value = strings.TrimFunc(value, unicode.IsSpace)", "_ = strings.TrimFunc(value, unicode.IsSpace)"},
	{"preflight joins headers without a blank", "internal/dotnet/list.go", "strings.Join(quoted, \",\")", "strings.Join(quoted, \", \")"},
	{"preflight reads every list of headers", "internal/dotnet/list.go", "range headers {", "range headers[:min(1, len(headers))] {"},
	{"an empty origin gets permission", "cors.go", "if allowed {\n\t\t\tallowAsked", "if allowed || true {\n\t\t\tallowAsked"},
	{"preflight may ask for an empty method", "cors.go", "len(r.Header.Values(echo.HeaderAccessControlRequestMethod)) > 0", "r.Header.Get(echo.HeaderAccessControlRequestMethod) != \"\""},
	{"answers do not vary with the origin", "cors.go", "header.Set(echo.HeaderAccessControlAllowOrigin, \"*\")\n", "header.Set(echo.HeaderAccessControlAllowOrigin, \"*\")\n\t\theader.Set(echo.HeaderVary, echo.HeaderOrigin)\n"},

	// What pages of other origins may read.
	{"pages may read the fake's own headers", "cors.go", "header.Add(echo.HeaderAccessControlExposeHeaders, ownHeaders)", "_ = ownHeaders"},
	{"pages may read no other headers", "cors.go", "header.Add(echo.HeaderAccessControlExposeHeaders, ownHeaders)", "header.Add(echo.HeaderAccessControlExposeHeaders, \"*\")"},
	{"headers are named only where an origin may read", "cors.go", "if header.Get(echo.HeaderAccessControlAllowOrigin) != \"\" {", "if true {"},

	// Origin and Host.
	{"an origin is an address", "tenant.go", "if message := dotnet.URIError(origin); message != \"\" {", "if message := dotnet.URIError(origin); message == \"-\" {"},
	{"a host is an address", "tenant.go", "if message := dotnet.URIError(call.address); message != \"\" {", "if message := dotnet.URIError(call.address); message == \"-\" {"},
	{"two origins are no address", "tenant.go", "dotnet.JoinValues(c.Request().Header[echo.HeaderOrigin])", "c.Request().Header.Get(echo.HeaderOrigin)"},
	{"the refusal of an origin may not be read", "chain.go", "findTenant,        // an Origin or a Host that is no address: 500\n\t\tcors,              // answers preflight requests", "cors,\n\t\tfindTenant,"},
	{"an origin is refused before credentials are checked", "chain.go", "findTenant,        // an Origin or a Host that is no address: 500\n\t\tcors,              // answers preflight requests\n\t\ts.applyFaults,     // failures on purpose; some end the connection, after this chain\n\t\ts.authenticate,    // Basic that cannot be read: 500; an access token that cannot: 400, without a subject: 401", "cors,\n\t\ts.applyFaults,\n\t\ts.authenticate,\n\t\tfindTenant,"},
	{"an origin that is no address is a failure", "errors.go", "status: http.StatusInternalServerError, traced: true, hresult: -2146233033", "status: http.StatusBadRequest, traced: true, hresult: -2146233033"},
	{"an address has a format", uri, "Invalid URI: The format of the URI could not be determined.", "Invalid URI: The URI is not valid."},
	{"an address has slashes before its host", uri, "return uriBadAuthority", "return uriBadHost"},
	{"a port has at most 65535", uri, "port > 0xffff {", "port > 0x1ffff {"},
	{"a path is an address", uri, "return \"\" // a path of Unix\n\t}\n\tscheme,", "return uriBadFormat\n\t}\n\tscheme,"},
	{"a file needs no host", uri, "fileSyntax    = uriSyntax{emptyHost: true,", "fileSyntax    = uriSyntax{emptyHost: false,"},
	{"a drive is an address", uri, "case isLetter(text[0]) && isSlash(text[2]):\n\t\treturn \"\"", "case isLetter(text[0]) && isSlash(text[2]):\n\t\treturn uriUnrootedDrive"},
	{"an unknown scheme needs no host", uri, "case s.authority == authorityNever, s.authority == authorityMay &&", "case s.authority == authorityNever, s.authority == authorityNoMark &&"},
	{"a scheme may have a hyphen", uri, "strings.ContainsRune(\"+-.\", r)", "strings.ContainsRune(\"+.\", r)"},
	{"a label of a host is not empty", uri, "return 0 < length && length <= 63", "return length <= 63"},

	// The trace.
	{"the trace of the request is followed", trace, "\treturn \"00-\" + trace + \"-\" + randomHex(8)", "\ttrace = randomHex(16)\n\treturn \"00-\" + trace + \"-\" + randomHex(8)"},
	{"the flags of the request are followed", trace, "number[0] &^ highestFlag", "number[0] & 0"},
	{"the highest flag is not followed", trace, "number[0] &^ highestFlag", "number[0]"},
	{"the server makes its own span", trace, "\"00-\" + trace + \"-\" + randomHex(8)", "\"00-\" + trace + \"-\" + parts[3]"},
	{"a new trace is not sampled", trace, "randomHex(8) + \"-00\"", "randomHex(8) + \"-01\""},
	{"version ff is not followed", trace, "version != \"ff\" && ", ""},
	{"version 00 ends with its flags", trace, "(version != \"00\" || more == \"\")", "(version != \"00\" || len(more) >= 0)"},
	{"later versions are followed", trace, "version != \"ff\" && ", "version == \"00\" && "},
	{"a trace of zeros is not followed", trace, "!isZero(trace) && ", "trace != \"\" && "},
	{"a span of zeros is not followed", trace, "!isZero(parent)", "parent != \"\""},
	{"a trace in capitals is not followed", trace, "([0-9a-f]{32})", "([0-9a-fA-F]{32})"},
	{"two traces are not followed", trace, "JoinValues(headers)", "JoinValues(headers[:min(1, len(headers))])"},
	{"a longer trace of a later version is an older identifier", trace, "return \"|\" + header + randomHex(4) + \"_\"", "return \"|\" + header + randomHex(4) + \".\""},

	// Proxies.
	{"of known hops the first counts", forwarded, "if !isKnownProxy(reached) {\n\t\t\tbreak", "if !isKnownProxy(reached) || hop > 0 {\n\t\t\tbreak"},
	{"an unknown hop ends the list", forwarded, "if !isKnownProxy(reached) {\n\t\t\tbreak", "if hop < 0 && isKnownProxy(reached) {\n\t\t\tbreak"},
	{"a proxy cannot report a scheme of other letters", forwarded, "return text != \"\" && strings.Trim(text, asciiAlphanumerics+\"+-.\") == \"\"", "return text != \"\""},
	{"a proxy cannot report a host of other letters", forwarded, "if host := fromRight(hosts, hop); isForwardedHost(host) {", "if host := fromRight(hosts, hop); host != \"\" {"},
	{"a proxy cannot report a port without digits", forwarded, "port != \"\" && strings.Trim(port, \"0123456789\") == \"\"", "port != \"\""},
	{"a scheme stays as it was reported", forwarded, "f.scheme = scheme", "f.scheme = ToLower(scheme)"},
	{"links show the letters of a host", forwarded, "return scheme, displayHost(host)", "return scheme, host"},
	{"quotes keep commas together", "internal/dotnet/list.go", "quoted = !quoted", "quoted = false"},
	{"a hop may have a port", forwarded, "return endpoint.Addr(), true", "return endpoint.Addr(), false"},
	{"a client is counted by its reported address", forwarded, "return client.String()", "_ = client"},
}
