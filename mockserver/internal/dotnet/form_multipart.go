package dotnet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// multipart is what is left of a multipart body (MultipartReader.cs, aspnetcore).
type multipart struct {
	rest     []byte
	boundary string
}

const unexpectedEnd = "Unexpected end of Stream, the content may have already been read by another component. "

// readMultipart returns the names of the fields, without files.
func readMultipart(media strictMedia, body []byte) (keys []string, failure string) {
	boundary := media.parameter("boundary")
	switch {
	case boundary == "":
		return nil, "Missing content-type boundary."
	case lengthUTF16(boundary) > maxFormBoundary:
		return nil, fmt.Sprintf("Multipart boundary length limit %d exceeded.", maxFormBoundary)
	}
	m := &multipart{rest: body, boundary: "--" + unquote(boundary)}
	final, failure := m.skipPreamble()
	for parts := 1; !final && failure == ""; parts++ {
		var disposition string
		if disposition, failure = m.disposition(); failure != "" {
			break
		}
		if parts > maxFormValues {
			return nil, fmt.Sprintf("Form value count limit %d exceeded.", maxFormValues)
		}
		parsed, ok := parseDisposition(disposition)
		if !ok {
			return nil, "Form section has invalid Content-Disposition value: " + disposition
		}
		if EqualFold(parsed.name, "form-data") && parsed.parameter("filename") == "" && parsed.parameter("filename*") == "" {
			keys = append(keys, parsed.parameter("name"))
		}
		final, failure = m.skipTo("\r\n" + m.boundary)
	}
	if failure == "" && len(m.rest) > maxPartHeadersSize {
		failure = fmt.Sprintf("The stream exceeded the data limit %d.", maxPartHeadersSize)
	}
	return keys, failure
}

// skipPreamble reads to the end of the first boundary, which can stand anywhere in its line.
func (m *multipart) skipPreamble() (final bool, failure string) {
	start := bytes.Index(m.rest, []byte(m.boundary))
	switch {
	case start > maxPartHeadersSize, start < 0 && len(m.rest) > maxPartHeadersSize:
		return false, fmt.Sprintf("Multipart header length limit %d exceeded. Too much data before the first boundary.", maxPartHeadersSize)
	case start < 0 || len(m.rest)-start < len(m.boundary)+len("--"):
		return false, unexpectedEnd
	}
	return m.skipTo(m.boundary)
}

// skipTo reads to the end of the line of a boundary. It says whether the boundary was the final one.
func (m *multipart) skipTo(boundary string) (final bool, failure string) {
	_, rest, found := bytes.Cut(m.rest, []byte(boundary))
	if !found {
		return false, unexpectedEnd
	}
	m.rest = rest
	line, failure := m.line(100) // as much as the server takes behind a boundary
	return strings.TrimSpace(line) == "--", failure
}

// disposition reads the headers of a part and returns its Content-Disposition.
func (m *multipart) disposition() (value, failure string) {
	var values []string
	names := map[string]bool{}
	for size := 0; ; {
		line, failure := m.line(maxPartHeadersSize - size)
		if line == "" || failure != "" {
			return JoinValues(values), failure
		}
		size += lengthUTF16(line)
		name, value, _ := strings.Cut(line, ":")
		switch {
		case size > maxPartHeadersSize:
			return "", fmt.Sprintf("Multipart headers length limit %d exceeded.", maxPartHeadersSize)
		case name == "" || name == line:
			return "", "Invalid header line: " + line
		}
		if names[ToLower(name)] = true; len(names) > maxPartHeaders {
			return "", fmt.Sprintf("Multipart headers count limit %d exceeded.", maxPartHeaders)
		}
		if EqualFold(name, "Content-Disposition") {
			values = append(values, strings.TrimSpace(value))
		}
	}
}

// line reads to CR LF or to the end of the body (BufferedReadStream.cs, aspnetcore).
func (m *multipart) line(limit int) (line, failure string) {
	text, rest, found := bytes.Cut(m.rest, []byte("\r\n"))
	size := len(text)
	if found {
		size += len("\r\n")
	}
	if size > limit+1 { // the server looks at the length before it takes the next byte
		return "", fmt.Sprintf("Line length limit %d exceeded.", limit)
	}
	m.rest = rest
	return string([]rune(string(text))), "" // each byte that is no UTF-8 becomes U+FFFD
}

func lengthUTF16(text string) int { return len(utf16.Encode([]rune(text))) }
