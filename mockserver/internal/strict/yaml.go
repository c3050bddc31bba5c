package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Parse reads a text, YAML or JSON. name is for errors, which are [*Error].
func Parse(name string, text []byte) (*Document, error) {
	if json.Valid(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		return ParseJSON(name, text)
	}
	d := newDocument(name)
	return d, d.parseYAML(text)
}

func (d *Document) parseYAML(text []byte) error {
	if !utf8.Valid(text) {
		before := text[:invalidUTF8(text)]
		return d.fail(&token.Position{Line: bytes.Count(before, []byte("\n")) + 1, Column: len(before) - bytes.LastIndexByte(before, '\n')}, "is not valid UTF-8 here")
	}
	// Files from Windows: the library takes a byte order mark for text, and counts some of their line ends twice.
	plain := strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n")
	tokens := lexer.Tokenize(plain)
	if err := d.checkNesting(tokens); err != nil {
		return err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		var mistake yaml.Error
		if errors.As(err, &mistake) && mistake.GetToken() != nil {
			at, message := explain(strings.Split(plain, "\n"), mistake.GetMessage(), mistake.GetToken().Position)
			return d.fail(at, "%s", message)
		}
		return d.fail(nil, "%s", strings.SplitN(err.Error(), "\n", 2)[0])
	}
	for _, doc := range file.Docs {
		_, directive := doc.Body.(*ast.DirectiveNode)
		switch {
		case doc.Body == nil, directive:
		case d.root != nil:
			return d.fail(start(doc.Body), "a second document: a file has one")
		default:
			d.root = doc.Body
		}
	}
	return nil
}

// checkNesting protects the parser. Its memory grows with the square of the depth.
func (d *Document) checkNesting(tokens token.Tokens) error {
	const maxBrackets, maxColumn = 16, 256
	brackets := 0
	for _, t := range tokens {
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			if t.Position.Column > maxColumn {
				brackets = maxBrackets + 1
			}
		default:
		}
		if brackets > maxBrackets {
			return d.fail(t.Position, "is nested too deeply")
		}
	}
	return nil
}
