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
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// extraOf gives the Extra of the settings and of a share that stand in this body.
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
	// Every response has a status 0, which settings do not know and shares do.
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

// All properties of the contract are known, in any case, so none of them is extra.
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

// A refused link says what it says as well.
func TestExtraOfRefusedLinks(t *testing.T) {
	portal, _ := scripted(t, nil, ok(`{"status":4,"attemptsLeft":3}`))
	share, err := portal.Unlock(context.Background(), "KEY", "pw-1")
	mustBe(t, err, client.ErrInvalidPassword)
	checkExtra(t, "share", share.Extra, map[string]string{"attemptsLeft": "3"})
}

// jsonNames are the properties of a generated type.
func jsonNames[T any]() []string {
	var names []string
	for i := range reflect.TypeFor[T]().NumField() {
		name, _, _ := strings.Cut(reflect.TypeFor[T]().Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// encoding/json says what is in a response; Extra has just what is unknown of it.
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

// The vendor's SDK for Go (v3.7.0) fails at each of these, or says too little.
func TestFaultsOfTheOfficialSDK(t *testing.T) {
	ctx := context.Background()
	settingsOf := func(t *testing.T, response string) *client.FilesSettings {
		t.Helper()
		portal, _ := scripted(t, nil, ok(response))
		settings, err := portal.FilesSettings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return settings
	}
	for name, test := range map[string]func(*testing.T){
		"gap 0": func(t *testing.T) {
			settings := settingsOf(t, `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":0},"externalShare":true}`)
			if gap := settings.AutomaticallyCleanUp.Gap; gap == nil || *gap != 0 || !*settings.ExternalShare {
				t.Errorf("got %+v", settings)
			}
		},
		"new SortedByType": func(t *testing.T) {
			if order := settingsOf(t, `{"defaultOrder":{"is_asc":true,"property":13}}`).DefaultOrder; *order.Property != 13 || order.Property.Valid() || !*order.IsAsc {
				t.Errorf("got %+v", order)
			}
		},
		"new FileShare": func(t *testing.T) {
			if rights := settingsOf(t, `{"defaultSharingAccessRights":[1,99]}`).DefaultSharingAccessRights; len(rights) != 2 || rights[1] != 99 {
				t.Errorf("got %v", rights)
			}
		},
		"new Status": func(t *testing.T) {
			portal, _ := scripted(t, nil, ok(`{"status":6,"title":"Marketing"}`))
			share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
			mustBe(t, err, client.ErrUnknownStatus)
			var link *client.LinkError
			if !errors.As(err, &link) || link.Status != 6 || link.Share != share || *share.Title != "Marketing" {
				t.Errorf("got %v, %v", share, err)
			}
		},
		"enums as their names": func(t *testing.T) {
			settings := settingsOf(t, `{"defaultOrder":{"property":"UsedSpace"},"automaticallyCleanUp":{"gap":"ThirtyDays"},"defaultSharingAccessRights":["ReadWrite","Newest"]}`)
			if *settings.DefaultOrder.Property != api.SortedByTypeUsedSpace || *settings.AutomaticallyCleanUp.Gap != api.DateToAutoCleanUpThirtyDays ||
				!slices.Equal(settings.DefaultSharingAccessRights, []api.FileShare{api.FileShareReadWrite, -1}) {
				t.Errorf("got %+v", settings)
			}
			portal, _ := scripted(t, nil, ok(`{"status":0,"type":"File"}`))
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); err != nil || *share.Type != client.FileEntryTypeFile {
				t.Errorf("got %+v, %v", share, err)
			}
		},
		"share without shared": func(t *testing.T) {
			portal, _ := scripted(t, nil, ok(`{"status":0,"tenantId":1}`))
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); err != nil || share.Shared || share.TenantID != 1 {
				t.Errorf("got %+v, %v", share, err)
			}
		},
		"empty 200": func(t *testing.T) {
			for _, method := range []string{"GET", "PUT", "POST"} {
				portal, _ := scripted(t, nil, status(200))
				mustBe(t, callBy(portal, method), client.ErrMalformedResponse)
			}
		},
		"HTML 200": func(t *testing.T) {
			for _, method := range []string{"GET", "PUT", "POST"} {
				portal, _ := scripted(t, nil, answer{status: 200, body: "<html>", header: http.Header{"Content-Type": {"text/html"}}})
				err := callBy(portal, method)
				mustBe(t, err, client.ErrMalformedResponse)
				if e := asError(t, err); e.ContentType != "text/html" || !strings.Contains(err.Error(), "proxy or sign-in page") {
					t.Errorf("got %v", err)
				}
			}
		},
		"text of refusals": func(t *testing.T) {
			for code, class := range map[int]error{401: client.ErrUnauthorized, 429: client.ErrRateLimited, 502: client.ErrServer} {
				portal, _ := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Attempts: 1})},
					answer{status: code, body: errorJSON(code, "The portal's own words", "null"), header: http.Header{"Retry-After": {"17"}}})
				err := callBy(portal, "PUT")
				mustBe(t, err, class)
				if e := asError(t, err); e.RetryAfter != 17*time.Second || e.StatusCode != code || !strings.Contains(err.Error(), "The portal's own words") {
					t.Errorf("got %+v", e)
				}
			}
		},
		"never null": func(t *testing.T) {
			portal, s := scripted(t, nil, ok("true"), ok("false"), ok("true"), ok("false"), ok(`{"status":0}`), ok(`{"status":0}`), ok("true"))
			for _, on := range []bool{true, false} {
				portal.SetExternalShare(ctx, on)
				portal.SetExternalShareSocialMedia(ctx, on)
			}
			portal.ApplyExternalSharePassword(ctx, "KEY", "")
			portal.Unlock(ctx, "KEY", "")
			portal.API().ExternalShare(ctx, api.DisplayRequestDto{})
			for _, r := range s.sent {
				if !strings.HasPrefix(r.body, "{") || r.header.Get("Content-Type") != "application/json" {
					t.Errorf("sent %q", r.body)
				}
			}
			if len(s.sent) != 7 {
				t.Errorf("%d requests", len(s.sent))
			}
		},
		"trailing slash": func(t *testing.T) {
			for _, address := range []string{"https://portal.example", "https://portal.example/", "https://portal.example//"} {
				s := &script{answers: []answer{successOf("GET"), successOf("PUT"), successOf("POST"), successOf("GET")}}
				portal := newPortal(t, address, client.WithHTTPClient(&http.Client{Transport: s}))
				for _, method := range []string{"GET", "PUT", "POST"} {
					if err := callBy(portal, method); err != nil {
						t.Error(err)
					}
				}
				if _, err := portal.API().GetFilesSettings(ctx, nil); err != nil {
					t.Error(err)
				}
				for _, r := range s.sent {
					if !strings.HasPrefix(r.path, "/api/2.0/files/s") || strings.Contains(r.path, "//") {
						t.Errorf("%s: sent to %s", address, r.path)
					}
				}
			}
		},
		"one credential": func(t *testing.T) {
			given := map[string]client.Option{
				"key": client.WithAPIKey("sk-1"), "token": client.WithPortalToken("tok"), "Basic": client.WithBasicAuth("a@b", "c"), "cookie": client.WithCookie("x"),
				"source": client.WithTokenSource(func(context.Context) (string, error) { return "tok", nil }),
			}
			for first, a := range given {
				for second, b := range given {
					if _, err := client.New("https://portal.example", a, b); err == nil || !strings.Contains(err.Error(), "there is a credential already") {
						t.Errorf("%s and %s: %v", first, second, err)
					}
				}
			}
		},
		"reading is bounded": func(t *testing.T) {
			body := &countedBody{}
			portal := newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {jsonType}}, Body: body, ContentLength: -1}, nil
			})))
			mustBe(t, callBy(portal, "POST"), client.ErrResponseTooLarge)
			if read := body.read.Load(); read > 5<<20 || !body.closed.Load() {
				t.Errorf("%d bytes read, closed %v", read, body.closed.Load())
			}
		},
	} {
		t.Run(name, test)
	}
}
