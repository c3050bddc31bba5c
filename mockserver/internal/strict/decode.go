package strict

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// Decode fills the struct that into points to. Names are those of its json tags. A field with the tag strict:"empty" may be an
// empty text or 0, the value of one with strict:"alone" may stand for its whole struct, a json.RawMessage takes any mapping, and a
// duration has a tag such as within:"1s and 9999s" for its messages. The error is an [*Error].
func (d *Document) Decode(into any) error {
	if d.root == nil {
		return nil
	}
	return d.decode("", d.root, reflect.ValueOf(into).Elem(), "")
}

var (
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	rawType      = reflect.TypeFor[json.RawMessage]()
)

// decode fills v from a node. null means the same as a missing key, except for a list, which is [] when it is empty.
func (d *Document) decode(path string, node ast.Node, v reflect.Value, tag reflect.StructTag) error {
	if err := d.count(start(node)); err != nil {
		return err // an alias can stand for many values
	}
	if _, known := d.positions[path]; !known {
		d.positions[path] = start(node)
	}
	switch n := node.(type) {
	case *ast.AnchorNode:
		if err := d.decode(path, n.Value, v, tag); err != nil {
			return err
		}
		d.anchors[n.Name.GetToken().Value] = n.Value
		return nil
	case *ast.AliasNode:
		target, ok := d.anchors[n.Value.GetToken().Value]
		if !ok {
			return d.wrong(path, node, "an anchor that stands before")
		}
		return d.decode(path, target, v, tag)
	case *ast.TagNode:
		return d.wrong(path, node, "a value without a tag")
	case *ast.NullNode:
		if v.Kind() == reflect.Slice && v.Type() != rawType {
			return d.wrong(path, node, "a list; [] is none")
		}
		return nil
	}
	switch {
	case v.Kind() == reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return d.decode(path, node, v.Elem(), tag)
	case v.Type() == timeType:
		return d.decodeTime(path, node, v)
	case v.Type() == durationType:
		text, ok := scalar(node)
		duration, err := time.ParseDuration(text)
		switch {
		case !ok, err != nil && !durationForm.MatchString(text):
			return d.wrong(path, node, "a duration such as 60s")
		case err != nil, duration <= 0: // 0 would be left out
			return d.failAt(path, start(node), "must be between "+tag.Get("within"))
		}
		v.SetInt(int64(duration))
		return nil
	case v.Type() == rawType:
		return d.decodeRaw(path, node, v)
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
			if err := d.decode(at, item, v.Index(i), ""); err != nil {
				return err
			}
		}
		return nil
	case v.Kind() == reflect.String:
		text, ok := scalar(node)
		if !ok {
			return d.wrong(path, node, "a text")
		}
		if text == "" && !d.Checked && tag.Get("strict") != "empty" {
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
		least := int64(1)
		if d.Checked || tag.Get("strict") == "empty" {
			least = 0
		}
		if errors.Is(err, strconv.ErrRange) && n > 0 {
			return d.wrong(path, node, fmt.Sprintf("a whole number, from 1 to %d", n))
		}
		if _, ok := node.(*ast.IntegerNode); !ok || err != nil || n < least {
			return d.wrong(path, node, fmt.Sprintf("a whole number, %d or more", least))
		}
		v.SetInt(n)
		return nil
	}
}

// durationForm is what a duration looks like, also one that is too long for Go.
var durationForm = text.Pattern{Text: `^[-+]?([0-9]+(\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$`}

func (d *Document) decodeStruct(path string, node ast.Node, v reflect.Value) error {
	var values []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		if alone := aloneField(v); alone >= 0 {
			return d.decode(path, node, v.Field(alone), "")
		}
		return d.wrong(path, node, "a mapping")
	}
	before := -1 // the field of the key before
	for _, value := range values {
		name := value.Key.GetToken().Value
		i := slices.Index(fieldNames(v), name)
		if i < 0 {
			place, advice := "", "use"
			if path != "" {
				place = " in " + path
			}
			if before >= 0 && slices.Contains(fieldsWithin(v.Type().Field(before).Type), name) {
				advice = fmt.Sprintf("indent it when it belongs to %s, or use", fieldNames(v)[before])
			}
			return d.fail(value.Key.GetToken().Position, "unknown key %.60q%s: %s %s", name, place, advice, strings.Join(fieldNames(v), ", "))
		}
		before = i
		if err := d.decode(Join(path, name), value.Value, v.Field(i), v.Type().Field(i).Tag); err != nil {
			return err
		}
	}
	return nil
}

// aloneField is the field whose value may stand for the whole struct, -1 when there is none.
func aloneField(v reflect.Value) int {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("strict") == "alone" {
			return i
		}
	}
	return -1
}

// decodeRaw sets v to a mapping as JSON, whatever is in it.
func (d *Document) decodeRaw(path string, node ast.Node, v reflect.Value) error {
	switch node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		return d.wrong(path, node, "a mapping")
	}
	var odd notJSON
	ast.Walk(&odd, node)
	text, err := json.Marshal(valueOf(node))
	if bool(odd) || err != nil {
		return d.wrong(path, node, "what JSON can say: no anchors, tags and special numbers")
	}
	v.SetBytes(text)
	return nil
}

// notJSON becomes true when it visits something that JSON does not have.
type notJSON bool

// Visit implements [ast.Visitor].
func (odd *notJSON) Visit(node ast.Node) ast.Visitor {
	switch node.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode, *ast.InfinityNode, *ast.NanNode:
		*odd = true
	default:
	}
	return odd
}

func (d *Document) decodeTime(path string, node ast.Node, v reflect.Value) error {
	text, _ := scalar(node)
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateTime, time.DateOnly} { // UTC without a zone, as in YAML
		if at, err := time.Parse(layout, text); err == nil && !at.IsZero() && Writable(at) {
			v.Set(reflect.ValueOf(at))
			return nil
		}
	}
	return d.wrong(path, node, "a time such as 2030-01-01T00:00:00Z")
}

// wrong reports the expected type. It does not repeat the value, which may be a secret.
func (d *Document) wrong(path string, node ast.Node, expected string) error {
	if path == "" {
		return d.fail(start(node), "the file: expected %s", expected)
	}
	return d.failAt(path, start(node), "expected "+expected)
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

// fieldsWithin are the names in a struct, or in the structs of a list.
func fieldsWithin(t reflect.Type) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	return fieldNames(reflect.New(t).Elem())
}

func fieldNames(v reflect.Value) []string {
	names := make([]string, v.NumField())
	for i := range names {
		names[i], _, _ = strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
	}
	return names
}

// Writable says whether a time can be written in a file: its year has four digits, and its zone is one.
func Writable(at time.Time) bool {
	_, err := at.MarshalText()
	return err == nil
}
