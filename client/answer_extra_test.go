package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// extraOf reads a body as settings and as a share, and gives the Extra of both.
func extraOf(t *testing.T, body string) (settings, share map[string]json.RawMessage) {
	t.Helper()
	portal, _ := scripted(t, nil, answer{status: 200, body: body})
	ctx := context.Background()
	read, err := portal.FilesSettings(ctx)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	opened, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return read.Extra, opened.Extra
}

func TestExtra(t *testing.T) {
	// Every response has a status 0. Shares know this property, and settings do not.
	for name, test := range map[string]struct {
		body string
		want map[string]string // nil: there is none
	}{
		"nothing":               {envelope(`{"status":0}`), nil},
		"null":                  {envelope(`{"status":0,"new":null}`), map[string]string{"new": `null`}},
		"true":                  {envelope(`{"status":0,"new":true}`), map[string]string{"new": `true`}},
		"number":                {envelope(`{"status":0,"new":-1.50e+2}`), map[string]string{"new": `-1.50e+2`}},
		"beyond any number":     {envelope(`{"status":0,"new":123456789012345678901234567890}`), map[string]string{"new": `123456789012345678901234567890`}},
		"string":                {envelope(`{"status":0,"new":"a\"}\\"}`), map[string]string{"new": `"a\"}\\"`}},
		"array":                 {envelope(`{"status":0,"new":[ 1, "]" , {"a":[]} ]}`), map[string]string{"new": `[ 1, "]" , {"a":[]} ]`}},
		"object":                {envelope(`{"status":0,"new":{ "x": "}" , "y":{} }}`), map[string]string{"new": `{ "x": "}" , "y":{} }`}},
		"several":               {envelope(`{"a":1,"status":0,"b":"2"}`), map[string]string{"a": `1`, "b": `"2"`}},
		"blanks":                {envelope("\r\n{\t\"status\" : 0 ,\n \"new\" :\t[1 ] }\n"), map[string]string{"new": `[1 ]`}},
		"empty name":            {envelope(`{"status":0,"":1}`), map[string]string{"": `1`}},
		"names of our own":      {envelope(`{"status":0,"Extra":1,"FilesSettingsDto":2,"ExternalShareDto":3,"-":4}`), map[string]string{"Extra": `1`, "FilesSettingsDto": `2`, "ExternalShareDto": `3`, "-": `4`}},
		"other case":            {envelope(`{"Status":0,"New":1,"new":2}`), map[string]string{"New": `1`, "new": `2`}},
		"escaped name":          {envelope(`{"status":0,"n\u0065w\n\"":1}`), map[string]string{"new\n\"": `1`}},
		"escaped known name":    {envelope(`{"\u0073tatus":0}`), nil},
		"surrogates":            {envelope(`{"status":0,"\ud83d\ude00":1,"é😀":2}`), map[string]string{"😀": `1`, "é😀": `2`}},
		"duplicate":             {envelope(`{"status":0,"new":1,"new":[2]}`), map[string]string{"new": `[2]`}},
		"duplicate in disguise": {envelope(`{"status":0,"new":1,"\u006eew":2}`), map[string]string{"new": `2`}},
		"nested known":          {envelope(`{"status":0,"new":{"new2":1,"response":{"new3":1}}}`), map[string]string{"new": `{"new2":1,"response":{"new3":1}}`}},
		"beside the response":   {`{"new":1,"response":{"status":0},"newer":{"x":1}}`, nil},
		"in the other case":     {`{"RESPONSE":{"status":0,"new":1}}`, map[string]string{"new": `1`}},
		"response in escapes":   {`{"\u0072esponse":{"status":0,"new":1}}`, map[string]string{"new": `1`}},
		"second response":       {`{"response":{"status":0,"old":1},"response":{"status":0,"new":2}}`, map[string]string{"new": `2`}},
		"second without any":    {`{"response":{"status":0,"old":1},"Response":{"status":0}}`, nil},
		"before the response":   {`{"links":[{"href":"{\"response\":{\"no\":1}}"}],"count":1,"response":{"status":0,"new":1}}`, map[string]string{"new": `1`}},
	} {
		t.Run(name, func(t *testing.T) {
			settings, share := extraOf(t, test.body)
			delete(settings, "status")
			delete(settings, "Status")
			checkExtra(t, "settings", settings, test.want)
			checkExtra(t, "share", share, test.want)
			if test.want == nil && share != nil {
				t.Error("the share has an empty map")
			}
		})
	}
}

func checkExtra(t *testing.T, what string, got map[string]json.RawMessage, want map[string]string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %s", what, got)
	}
	for name, text := range want {
		if string(got[name]) != text {
			t.Errorf("%s: %q is %s, want %s", what, name, got[name], text)
		}
	}
}

// Every property of the contract is known, in upper and lower case, so none of them is extra.
func TestExtraHasNoKnownNames(t *testing.T) {
	for _, known := range [][]string{jsonNames[api.FilesSettingsDto](), jsonNames[api.ExternalShareDto]()} {
		var members []string
		for _, name := range known {
			if name != "status" {
				members = append(members, fmt.Sprintf(`%q:null,%q:null`, name, strings.ToUpper(name)))
			}
		}
		settings, share := extraOf(t, envelope(`{"status":0,`+strings.Join(members, ",")+`}`))
		extra := settings
		if slices.Contains(known, "status") {
			extra = share
		} else {
			delete(extra, "status") // settings have none
		}
		if len(extra) > 0 || len(known) < 13 {
			t.Errorf("of %d names %v are extra", len(known), extra)
		}
	}
	if settings, _ := extraOf(t, envelope(`{"status":0}`)); len(settings) != 1 {
		t.Errorf("got %v", settings)
	}
	portal, _ := scripted(t, nil, answer{status: 200, body: settingsAnswer(t)})
	if settings, err := portal.FilesSettings(context.Background()); err != nil || settings.Extra != nil {
		t.Errorf("a fresh portal has %v, %v", settings.Extra, err)
	}
}

// Extra is also filled when the link does not open.
func TestExtraOfRefusedLinks(t *testing.T) {
	portal, _ := scripted(t, nil, ok(`{"status":4,"attemptsLeft":3}`))
	share, err := portal.Unlock(context.Background(), "KEY", "pw-1")
	mustBe(t, err, client.ErrInvalidPassword)
	checkExtra(t, "share", share.Extra, map[string]string{"attemptsLeft": "3"})
}

// jsonNames gives the properties of a generated type.
func jsonNames[T any]() []string {
	var names []string
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// Extra has exactly the properties that encoding/json finds and the generated type does not have.
func FuzzExtra(f *testing.F) {
	for _, response := range []string{
		`{}`, `{"new":1}`, `{"externalShare":true,"EXTERNALSHARE":false,"externalſhare":null}`, `{"a":{"b":[1,2,"]}"]},"a":"\\\""}`,
		`{"":"","\u0000":0,"\ud800":[]}`, "{\"\xff\":1,\"\xfe\":2}", ` { "x" : -0.1e-5 , "y" : [ ] } `, `{"chunkUploadSize":"x","z":1}`,
		`{"response":{"x":1},"\\":{"\"":1}}`, `{"automaticallyCleanUp":{"gap":"x","new":1},"K":1,"K":2}`,
	} {
		f.Add(response)
	}
	body := ""
	portal := newPortal(f, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {jsonType}}, Body: io.NopCloser(strings.NewReader(body))}, nil
	})))
	names := jsonNames[api.FilesSettingsDto]()
	f.Fuzz(func(t *testing.T, response string) {
		if !json.Valid([]byte(response)) || !strings.HasPrefix(strings.TrimLeft(response, " \t\r\n"), "{") {
			return
		}
		body = envelope(response)
		settings, err := portal.FilesSettings(context.Background())
		if wrong := json.Unmarshal([]byte(response), new(api.FilesSettingsDto)); wrong != nil {
			mustBe(t, err, client.ErrMalformedResponse)
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", response, err)
		}
		var whole, want map[string]json.RawMessage
		if err := errors.Join(json.Unmarshal([]byte(body), &whole), json.Unmarshal(whole["response"], &want)); err != nil {
			t.Fatal(err)
		}
		for name := range want {
			if slices.ContainsFunc(names, func(known string) bool { return strings.EqualFold(known, name) }) {
				delete(want, name)
			}
		}
		if len(want) == 0 {
			want = nil
		}
		if !reflect.DeepEqual(settings.Extra, want) {
			t.Errorf("%s: got %s, want %s", response, settings.Extra, want)
		}
	})
}
