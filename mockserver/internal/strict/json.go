package strict

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// jsonReader makes the nodes of a YAML file out of a JSON text. JSON is nearly YAML, but not quite: YAML knows no surrogate
// pairs, which is how some write what is beyond the basic plane, and takes other things for numbers.
type jsonReader struct {
	text []byte
	dec  *json.Decoder
	doc  *Document

	// Where line and column were last counted.
	offset int64
	at     token.Position
}

// ParseJSON reads a JSON text. name is for errors, which are [*Error].
func ParseJSON(name string, text []byte) (*Document, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	d := newDocument(name)
	r := &jsonReader{text: text, dec: json.NewDecoder(bytes.NewReader(text)), doc: d, at: token.Position{Line: 1, Column: 1}}
	r.dec.UseNumber()
	if !utf8.Valid(text) {
		return nil, d.fail(r.position(int64(invalidUTF8(text))), "is not valid UTF-8 here")
	}
	var whole json.RawMessage
	var mistake *json.SyntaxError
	if err := json.Unmarshal(text, &whole); errors.As(err, &mistake) {
		if len(bytes.TrimSpace(text)) == 0 {
			return nil, d.fail(nil, "is empty")
		}
		at := max(0, mistake.Offset-1)
		if mistake.Offset >= int64(len(text)) {
			at = int64(len(text)) // it ends too early
		}
		return nil, d.fail(r.position(at), "is not valid JSON: %v", mistake)
	}
	if n := countValues(text); n > maxValues {
		return nil, d.tooMany(nil, strconv.Itoa(n))
	}
	var err error
	d.root, err = r.value("", 0)
	return d, err
}

// countValues counts the values of a JSON text: a mapping or list of n values has n-1 commas.
func countValues(text []byte) int {
	n, quoted, opened := 1, false, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == ' ', c == '\t', c == '\r', c == '\n':
			continue
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == ',':
			n++
		}
		if opened && c != ']' && c != '}' {
			n++
		}
		opened = !quoted && (c == '[' || c == '{')
	}
	return n
}

// maxNesting is how deep a JSON text can be nested. No portal file is deeper than five.
const maxNesting = 16

// value reads one value; path is where it stands.
func (r *jsonReader) value(path string, depth int) (ast.Node, error) {
	at := r.next()
	r.doc.positions[path] = at
	if depth > maxNesting {
		return nil, r.doc.fail(at, "is nested too deeply")
	}
	start := r.dec.InputOffset()
	read, err := r.dec.Token()
	if err != nil {
		return nil, r.doc.fail(at, "is not valid JSON: %v", err) // all of it has been looked at before
	}
	switch v := read.(type) {
	case nil:
		return ast.Null(token.New("null", "null", at)), nil
	case bool:
		return ast.Bool(token.New(strconv.FormatBool(v), "", at)), nil
	case json.Number:
		if whole, ok := wholeNumber(v.String()); ok {
			return ast.Integer(token.New(whole, whole, at)), nil
		}
		return ast.Float(token.New(v.String(), v.String(), at)), nil
	case string:
		if text.HasLoneSurrogate(r.text[start:r.dec.InputOffset()]) {
			return nil, r.doc.failAt(path, at, "has half a surrogate pair")
		}
		return ast.String(token.String(v, v, at)), nil
	case json.Delim:
		if v == '[' {
			return r.list(path, at, depth)
		}
		return r.mapping(path, at, depth)
	default:
		return nil, fmt.Errorf("unexpected token %T", v)
	}
}

func (r *jsonReader) list(path string, at *token.Position, depth int) (ast.Node, error) {
	list := ast.Sequence(token.New("[", "[", at), true)
	for r.dec.More() {
		item, err := r.value(fmt.Sprintf("%s[%d]", path, len(list.Values)), depth+1)
		if err != nil {
			return nil, err
		}
		list.Values = append(list.Values, item)
	}
	_, err := r.dec.Token()
	return list, err
}

func (r *jsonReader) mapping(path string, at *token.Position, depth int) (ast.Node, error) {
	mapping := ast.Mapping(token.New("{", "{", at), true)
	names := map[string]bool{}
	for r.dec.More() {
		at := r.next()
		read, err := r.dec.Token()
		if err != nil {
			return nil, err
		}
		name, ok := read.(string)
		if !ok {
			return nil, io.ErrUnexpectedEOF
		}
		inner := Join(path, name)
		if names[name] {
			return nil, r.doc.failAt(inner, at, "stands there twice")
		}
		names[name] = true
		value, err := r.value(inner, depth+1)
		if err != nil {
			return nil, err
		}
		key := token.String(name, name, at)
		mapping.Values = append(mapping.Values, ast.MappingValue(key, ast.String(key), value))
	}
	_, err := r.dec.Token()
	return mapping, err
}

// numberForm has the parts of a JSON number: sign, digits before and after the point, and exponent.
var numberForm = text.Pattern{Text: `^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([-+]?[0-9]+))?$`}

// wholeNumber writes a number without fraction and exponent, if it has none: 1.0 and 1e2 are whole numbers too. It is exact, and
// takes no time for large exponents.
func wholeNumber(text string) (string, bool) {
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return text, true
	}
	parts := numberForm.FindStringSubmatch(text)
	if parts == nil {
		return "", false
	}
	all := strings.TrimLeft(parts[2]+parts[3], "0")
	digits := strings.TrimRight(all, "0")
	if digits == "" {
		return "0", true
	}
	exponent, err := strconv.Atoi(cmp.Or(parts[4], "0"))
	const most = 1 << 30 // no text is as long
	if err != nil || exponent > most || exponent < -most {
		return "", false
	}
	zeros := exponent - len(parts[3]) + len(all) - len(digits)
	const longest = 19 // digits of an int64
	if zeros < 0 || zeros > longest {
		return "", false
	}
	whole := parts[1] + digits + strings.Repeat("0", zeros)
	_, err = strconv.ParseInt(whole, 10, 64)
	return whole, err == nil
}

// Value is the document as encoding/json would read it.
func (d *Document) Value() any { return valueOf(d.root) }

func valueOf(node ast.Node) any {
	switch n := node.(type) {
	case *ast.MappingValueNode:
		return map[string]any{n.Key.GetToken().Value: valueOf(n.Value)}
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.MappingNode:
		values := make(map[string]any, len(n.Values))
		for _, value := range n.Values {
			values[value.Key.GetToken().Value] = valueOf(value.Value)
		}
		return values
	case *ast.SequenceNode:
		values := make([]any, len(n.Values))
		for i, value := range n.Values {
			values[i] = valueOf(value)
		}
		return values
	case *ast.StringNode:
		return n.Value
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode, *ast.FloatNode:
		return json.Number(n.GetToken().Value)
	default:
		return nil
	}
}
