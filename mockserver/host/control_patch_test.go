package host

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// The examples of RFC 7396, as far as they are about objects.
func TestMergePatch(t *testing.T) {
	for _, test := range []struct{ target, patch, want string }{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`{"e":null}`, `{"a":1}`, `{"a":1,"e":null}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
		{`{"a":12345678901234567890}`, `{"b":1}`, `{"a":12345678901234567890,"b":1}`},
		{`{"a":1}`, `{}`, `{"a":1}`},
	} {
		var patch map[string]any
		if err := json.Unmarshal([]byte(test.patch), &patch); err != nil {
			t.Fatal(err)
		}
		if got := string(mergedText(json.RawMessage(test.target), patch)); got != test.want {
			t.Errorf("%s and %s: got %s, want %s", test.target, test.patch, got, test.want)
		}
	}
}

func TestPatching(t *testing.T) {
	before := mockserver.Link{ID: "1", Key: "key", Entry: "10", Password: "old", Internal: true}
	link := before
	if err := patching[mockserver.Link](map[string]any{"password": nil, "entry": "20"})(&link); err != nil || link != (mockserver.Link{ID: "1", Key: "key", Entry: "20", Internal: true}) {
		t.Errorf("got %+v, %v", link, err)
	}
	link = before
	err := patching[mockserver.Link](map[string]any{"expires": "soon"})(&link)
	var failure *controlFailure
	if !errors.As(err, &failure) || failure.status != 409 || valueOf(failure.body.Path) != "expires" || link != before {
		t.Errorf("got %+v, %v", link, err)
	}
}

// A mistake in a text that was made out of the body is reported at its path in the body, without a position: nobody has seen that
// text.
func TestBodyMistake(t *testing.T) {
	for _, test := range []struct {
		path          string
		err           error
		want, message string
	}{
		{"", &strict.Error{Path: "links[0].key", Line: 1, Column: 9, Message: "links[0].key: is wrong"}, "links[0].key", "links[0].key: is wrong"},
		{"portal", &strict.Error{Path: "links[0].key", Line: 1, Column: 9, Message: "links[0].key: is wrong"}, "portal.links[0].key", "portal.links[0].key: is wrong"},
		{"portal", &strict.Error{Message: "is wrong"}, "portal", "portal: is wrong"},
	} {
		var failure *controlFailure
		if !errors.As(bodyMistake(test.path, test.err), &failure) || failure.status != 409 || valueOf(failure.body.Path) != test.want || failure.body.Message != test.message || failure.body.Line != nil {
			t.Errorf("%v: got %+v, want %s", test.err, failure, test.message)
		}
	}
	other := errors.New("another")
	if got := bodyMistake("portal", other); !errors.Is(got, other) || bodyMistake("portal", nil) != nil {
		t.Errorf("got %v", got)
	}
}

func TestPatchOf(t *testing.T) {
	a, b := map[string]any{"a": 1}, map[string]any{"b": 1}
	if patchOf(&a, nil)["a"] != 1 || patchOf(nil, &b)["b"] != 1 {
		t.Error("got the wrong body")
	}
}
