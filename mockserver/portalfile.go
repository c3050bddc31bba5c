package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
	"github.com/google/uuid"
)

// FileError is a mistake in a portal file.
type FileError struct {
	File         string
	Path         string // such as users[0].role, as far as the mistake is in a place that has one
	Line, Column int    // from 1; 0 when the file as a whole is meant
	Message      string
}

func (e *FileError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// ReadPortalFile reads a portal file. A mistake in it is a [*FileError] that tells line and column.
func ReadPortalFile(name string) (Portal, error) {
	text, err := readUpTo(name, maxFile)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return Portal{}, &FileError{File: name, Message: fmt.Sprintf("cannot be read: %v", err)}
	}
	return ParsePortal(name, text)
}

// maxFile is the largest portal file, in bytes.
const maxFile = 1 << 20

func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the file that the caller names
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if int64(len(text)) > most {
		return nil, fmt.Errorf("larger than %d bytes", most)
	}
	return text, err
}

// ParsePortal reads the text of a portal file, YAML or JSON; name is for errors, which are [*FileError]. Ids and keys that the
// file leaves out stay so: they are minted by [New].
func ParsePortal(name string, text []byte) (Portal, error) {
	settings := FreshSettings()
	p := Portal{Settings: &settings}
	d := newFileDecoder(name)
	if err := d.parse(text, &p); err != nil {
		return Portal{}, err
	}
	// The same checks as for a portal made in Go; here they can tell where.
	_, err := p.complete(uuid.NewString, func(linkID string) string { return "minted for " + linkID })
	var mistake *PortalError
	if errors.As(err, &mistake) {
		return Portal{}, d.failAt(mistake.Path, d.position(mistake.Path), mistake.Message)
	}
	return p, nil
}

// fileDecoder fills structs from YAML, strictly. It is not the library's own decoder, which takes 0123 for 83 where a text
// is wanted, a time that cannot be read for no time, and tells no position for values that are wrong only together.
type fileDecoder struct {
	name      string
	positions map[string]*token.Position // by path, such as users[0].role
	anchors   map[string]ast.Node
	least     int64 // that a number can be
}

func newFileDecoder(name string) *fileDecoder {
	return &fileDecoder{name: name, positions: map[string]*token.Position{}, anchors: map[string]ast.Node{}, least: 1}
}

// failAt is a mistake at a path.
func (d *fileDecoder) failAt(path string, at *token.Position, message string) *FileError {
	e := d.fail(at, "%s: %s", path, message)
	e.Path = path
	return e
}

func (d *fileDecoder) fail(at *token.Position, format string, args ...any) *FileError {
	e := &FileError{File: d.name, Message: fmt.Sprintf(format, args...)}
	if at != nil {
		e.Line, e.Column = at.Line, at.Column
	}
	return e
}

// position is where a path stands, or the nearest thing around it that stands in the file.
func (d *fileDecoder) position(path string) *token.Position {
	for {
		if at, ok := d.positions[path]; ok || path == "" {
			return at
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
}

func (d *fileDecoder) parse(text []byte, into *Portal) error {
	if json.Valid(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))) {
		body, err := d.parseJSON(text)
		if err != nil {
			return err
		}
		return d.decode("", body, reflect.ValueOf(into).Elem())
	}
	if !utf8.Valid(text) {
		valid := bytes.ToValidUTF8(text, []byte{0})
		before := text[:bytes.IndexByte(append(valid, 0), 0)]
		return d.fail(&token.Position{Line: bytes.Count(before, []byte("\n")) + 1, Column: len(before) - bytes.LastIndexByte(before, '\n')}, "is not valid UTF-8 here")
	}
	// Files from Windows: the library takes a byte order mark for text, and counts some of their line ends twice.
	tokens := lexer.Tokenize(strings.ReplaceAll(strings.TrimPrefix(string(text), "\ufeff"), "\r\n", "\n"))
	if err := d.checkNesting(tokens); err != nil {
		return err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		var mistake yaml.Error
		if errors.As(err, &mistake) && mistake.GetToken() != nil {
			return d.fail(mistake.GetToken().Position, "%s", mistake.GetMessage())
		}
		return d.fail(nil, "%s", strings.SplitN(err.Error(), "\n", 2)[0])
	}
	var body ast.Node
	for _, doc := range file.Docs {
		_, directive := doc.Body.(*ast.DirectiveNode)
		switch {
		case doc.Body == nil, directive:
		case body != nil:
			return d.fail(start(doc.Body), "a second document: a portal file has one")
		default:
			body = doc.Body
		}
	}
	if body == nil {
		return nil // nothing but comments: a fresh portal
	}
	return d.decode("", body, reflect.ValueOf(into).Elem())
}

// checkNesting keeps the parser, whose memory grows with the square of the depth, from what no portal file has.
func (d *fileDecoder) checkNesting(tokens token.Tokens) error {
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

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
)

// decode fills v from a node. null is the same as leaving the key out, but not for a list: [] is none of it.
func (d *fileDecoder) decode(path string, node ast.Node, v reflect.Value) error {
	if _, known := d.positions[path]; !known {
		d.positions[path] = start(node)
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		if err := d.decode(path, n.Value, v); err != nil {
			return err
		}
		d.anchors[n.Name.GetToken().Value] = n.Value
		return nil
	case *ast.AliasNode:
		target, ok := d.anchors[n.Value.GetToken().Value]
		if !ok {
			return d.wrong(path, node, "an anchor that stands before")
		}
		return d.decode(path, target, v)
	case *ast.TagNode:
		return d.wrong(path, node, "a value without a tag")
	case *ast.NullNode:
		if v.Kind() == reflect.Slice {
			return d.wrong(path, node, "a list; [] is none")
		}
		return nil
	}
	switch {
	case v.Kind() == reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.decode(path, node, v.Elem())
	case v.Type() == timeType:
		return d.decodeTime(path, node, v)
	case v.Type() == durationType:
		text, ok := scalar(node)
		duration, err := time.ParseDuration(text)
		switch {
		case !ok, err != nil && !durationForm.MatchString(text):
			return d.wrong(path, node, "a duration such as 60s")
		case err != nil, duration <= 0: // 0 would be left out
			return d.failAt(path, start(node), "must be between 1s and 9999s")
		}
		v.SetInt(int64(duration))
		return nil
	case v.Kind() == reflect.Struct:
		return d.decodeStruct(path, node, v)
	case v.Kind() == reflect.Slice:
		list, ok := node.(*ast.SequenceNode)
		if !ok {
			return d.wrong(path, node, "a list")
		}
		v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
		for i, item := range list.Values {
			at := fmt.Sprintf("%s[%d]", path, i)
			if _, ok := item.(*ast.NullNode); ok {
				return d.wrong(at, item, "a value")
			}
			if err := d.decode(at, item, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	case v.Kind() == reflect.String:
		text, ok := scalar(node)
		if !ok {
			return d.wrong(path, node, "a text")
		}
		if name := path[strings.LastIndexByte(path, '.')+1:]; text == "" && name != "password" && name != "title" {
			return d.wrong(path, node, "a text that is not empty; leave the key out instead")
		}
		v.SetString(text)
		return nil
	case v.Kind() == reflect.Bool:
		b, ok := node.(*ast.BoolNode)
		if !ok {
			return d.wrong(path, node, "true or false")
		}
		v.SetBool(b.Value)
		return nil
	case v.Kind() == reflect.Float64:
		text, _ := scalar(node)
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return d.wrong(path, node, "a number")
		}
		v.SetFloat(f)
		return nil
	default: // a whole number
		text, _ := scalar(node)
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if _, ok := node.(*ast.IntegerNode); !ok || err != nil || n < d.least {
			return d.wrong(path, node, "a whole number, 1 or more")
		}
		v.SetInt(n)
		return nil
	}
}

// durationForm is what a duration looks like, also one that is too long for Go.
var durationForm = regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$`)

func (d *fileDecoder) decodeStruct(path string, node ast.Node, v reflect.Value) error {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		return d.wrong(path, node, "a mapping")
	}
	for _, value := range values {
		name := value.Key.GetToken().Value
		field, known := fieldNamed(v, name)
		if !known {
			place := ""
			if path != "" {
				place = " in " + path
			}
			return d.fail(value.Key.GetToken().Position, "unknown key %.60q%s: use %s", name, place, strings.Join(fieldNames(v), ", "))
		}
		if err := d.decode(within(path, name), value.Value, field); err != nil {
			return err
		}
	}
	return nil
}

func (d *fileDecoder) decodeTime(path string, node ast.Node, v reflect.Value) error {
	text, _ := scalar(node)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, time.DateOnly} { // UTC without a zone, as in YAML
		if at, err := time.Parse(layout, text); err == nil && !at.IsZero() && writable(at) {
			v.Set(reflect.ValueOf(at))
			return nil
		}
	}
	return d.wrong(path, node, "a time such as 2030-01-01T00:00:00Z")
}

// wrong tells what is expected. What stands there is not repeated: it may be a secret.
func (d *fileDecoder) wrong(path string, node ast.Node, expected string) error {
	if path == "" {
		return d.fail(start(node), "the file: expected %s", expected)
	}
	return d.failAt(path, start(node), "expected "+expected)
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

// scalar is the text of a single value as it is written, without quotes.
func scalar(node ast.Node) (string, bool) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	case *ast.MappingNode:
		if len(n.Values) == 1 && !n.IsFlowStyle {
			return scalar(n.Values[0])
		}
	case *ast.MappingValueNode:
		return joined(n)
	}
	return "", false
}

// joined is the text a:b, which the library takes for a mapping within brackets. YAML wants a blank after the colon there.
func joined(n *ast.MappingValueNode) (string, bool) {
	key, value := n.Key.GetToken(), n.Value.GetToken()
	text, ok := scalar(n.Value)
	if !ok || key.Position.Line != value.Position.Line || key.Position.Column+utf8.RuneCountInString(key.Value)+1 != value.Position.Column {
		return "", false
	}
	return key.Value + ":" + text, true
}

func fieldNamed(v reflect.Value, name string) (reflect.Value, bool) {
	i := slices.Index(fieldNames(v), name)
	if i < 0 {
		return reflect.Value{}, false
	}
	return v.Field(i), true
}

func fieldNames(v reflect.Value) []string {
	names := make([]string, v.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
	}
	return names
}

// within is the path of a named value.
func within(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

// writable says whether a time can be written in a file: its year has four digits, and its zone is one.
func writable(at time.Time) bool {
	_, err := at.MarshalText()
	return err == nil
}
