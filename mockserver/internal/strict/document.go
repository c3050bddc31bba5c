// Package strict reads YAML and JSON into structs, and says line and column of every mistake.
//
// The decoders of the libraries are not strict enough. The YAML library reads 0123 as 83 even for a text, reads a time that is not
// valid as the zero time, and has no position for values that are wrong only together. encoding/json ignores the letter case of
// names, keeps the last of two equal names, and accepts half a surrogate pair.
package strict

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Error is a mistake in a file.
type Error struct {
	File         string
	Path         string // such as users[0].role, as far as the mistake is in a place that has one
	Line, Column int    // from 1; 0 when the file as a whole is meant
	Message      string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// TooLargeError is an [Error] about a text that has too many values.
type TooLargeError struct{ mistake *Error }

func (e *TooLargeError) Error() string { return e.mistake.Error() }

// Unwrap returns the [Error].
func (e *TooLargeError) Unwrap() error { return e.mistake }

// Document is a YAML or JSON text that was read, with the position of everything in it.
type Document struct {
	// Checked says that a schema has checked the values. Empty texts and 0 are then allowed.
	Checked bool

	name      string
	root      ast.Node                   // nil when there is nothing but comments
	positions map[string]*token.Position // by path, such as users[0].role
	anchors   map[string]ast.Node
	values    int // that were read or decoded so far
}

// maxValues bounds the memory that a text takes, about half a KiB for each value, whatever it is. The largest portal has about 270,000.
const maxValues = 300_000

// count counts a value, and fails when there are too many of them.
func (d *Document) count(at *token.Position) error {
	if d.values++; d.values > maxValues {
		return d.tooMany(at, "more than "+strconv.Itoa(maxValues))
	}
	return nil
}

func (d *Document) tooMany(at *token.Position, number string) error {
	return &TooLargeError{d.fail(at, "has %s values, at most %d are possible", number, maxValues)}
}

func newDocument(name string) *Document {
	return &Document{name: name, positions: map[string]*token.Position{}, anchors: map[string]ast.Node{}}
}

// Fail is a mistake at a path. Its position is that of the path, or of the nearest thing around it that the file has.
func (d *Document) Fail(path, message string) *Error { return d.failAt(path, d.nearest(path), message) }

func (d *Document) failAt(path string, at *token.Position, message string) *Error {
	e := d.fail(at, "%s: %s", path, message)
	e.Path = path
	return e
}

func (d *Document) fail(at *token.Position, format string, args ...any) *Error {
	e := &Error{File: d.name, Message: fmt.Sprintf(format, args...)}
	if at != nil {
		e.Line, e.Column = at.Line, at.Column
	}
	return e
}

// Join is the path of a named value within another.
func Join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }
