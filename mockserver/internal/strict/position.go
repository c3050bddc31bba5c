package strict

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Position is the position of a path that the document has.
func (d *Document) Position(path string) (line, column int, known bool) {
	at, known := d.positions[path]
	if !known {
		return 0, 0, false
	}
	return at.Line, at.Column, true
}

// Has says whether the document has a path.
func (d *Document) Has(path string) bool {
	_, known := d.positions[path]
	return known
}

func (d *Document) nearest(path string) *token.Position {
	for {
		if at, ok := d.positions[path]; ok || path == "" {
			return at
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
}

// start is where a node begins; the library gives the colon for a mapping.
func start(node ast.Node) *token.Position {
	switch n := node.(type) {
	case *ast.MappingValueNode:
		return n.Key.GetToken().Position
	case *ast.MappingNode:
		if len(n.Values) > 0 && !n.IsFlowStyle {
			return start(n.Values[0])
		}
	}
	return node.GetToken().Position
}

// next is where the next token begins.
func (r *jsonReader) next() *token.Position {
	offset := r.dec.InputOffset()
	rest := r.text[offset:]
	return r.position(offset + int64(len(rest)-len(bytes.TrimLeft(rest, " \t\r\n,:"))))
}

// position is where an offset stands. It goes on from the last one that was asked for.
func (r *jsonReader) position(offset int64) *token.Position {
	if offset < r.offset {
		r.offset, r.at = 0, token.Position{Line: 1, Column: 1}
	}
	for r.offset < offset {
		if r.text[r.offset] == '\n' {
			r.at.Line, r.at.Column = r.at.Line+1, 0
		}
		_, size := utf8.DecodeRune(r.text[r.offset:])
		r.offset += int64(size)
		r.at.Column++
	}
	at := r.at
	return &at
}

// invalidUTF8 is where the first byte that is no UTF-8 stands.
func invalidUTF8(text []byte) int {
	valid := bytes.ToValidUTF8(text, []byte{0})
	return bytes.IndexByte(append(valid, 0), 0)
}
