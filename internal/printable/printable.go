// Package printable escapes what a terminal or a reader of a log does not show as it is: control characters, which can move the
// cursor, and characters without width or that turn the direction of the text, which make a line look like another one.
package printable

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Text gives a text as it is when all of it can be seen, and in quotes, with escapes, when not.
func Text(text string) string {
	if strings.ContainsFunc(text, hidden) || !utf8.ValidString(text) {
		return Line(strconv.Quote(text)) // Quote leaves some of them
	}
	return text
}

// Line makes one line of a message: line breaks become blanks, and other hidden characters are escaped.
func Line(text string) string {
	var line strings.Builder
	for _, r := range strings.ReplaceAll(text, "\n", " ") {
		if hidden(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			line.WriteString(quoted[1 : len(quoted)-1])
		} else {
			line.WriteRune(r)
		}
	}
	return line.String()
}

// hidden also knows the letters and marks that nobody sees, such as the combining grapheme joiner.
func hidden(r rune) bool {
	return !unicode.IsPrint(r) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}

// JSON escapes the hidden characters of a JSON text, which stays the same value. Encoders leave most of them as they are.
func JSON(text []byte) []byte {
	if isPlain(text) {
		return text
	}
	escaped := make([]byte, 0, len(text)+len(text)/8)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		switch {
		case r < 0x7f || !hidden(r): // the encoder has escaped the first ones, except for those between values
			escaped = append(escaped, text[:size]...)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				escaped = fmt.Appendf(escaped, `\u%04x`, unit)
			}
		}
		text = text[size:]
	}
	return escaped
}

// isPlain is a fast way to see that nothing is hidden.
func isPlain(text []byte) bool {
	for _, b := range text {
		if b >= 0x7f {
			return false
		}
	}
	return true
}

// JSONLog is a writer for whole lines of JSON, as slog writes them.
type JSONLog struct{ Out io.Writer }

// Write writes a line with its hidden characters escaped.
func (l JSONLog) Write(line []byte) (int, error) {
	if _, err := l.Out.Write(JSON(line)); err != nil {
		return 0, err
	}
	return len(line), nil
}

// JSONAnswer is the writer of an answer whose JSON comes in one piece. An answer of another type stays as it is.
type JSONAnswer struct{ http.ResponseWriter }

// Write writes the body with its hidden characters escaped.
func (a JSONAnswer) Write(body []byte) (int, error) {
	if !strings.HasPrefix(a.Header().Get("Content-Type"), "application/json") {
		return a.ResponseWriter.Write(body)
	}
	return JSONLog{a.ResponseWriter}.Write(body)
}

// Unwrap is for [http.ResponseController].
func (a JSONAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
