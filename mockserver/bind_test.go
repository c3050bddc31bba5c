package mockserver

import (
	"encoding/json"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// outcome is the value a flag body comes to, or the key of the error that refuses it.
type outcome struct {
	status int
	on     bool
	key    string
}

func on(v bool) outcome          { return outcome{status: 200, on: v} }
func refused(key string) outcome { return outcome{status: 400, key: key} }
func flagOutcome(t *testing.T, p string, w *httptest.ResponseRecorder) outcome {
	t.Helper()
	if w.Code == 200 {
		return on(response(t, w) == "true")
	}
	got := outcome{status: w.Code}
	if p == ProfileV372 && w.Code == 400 {
		var problem api.ValidationProblemDetails
		if err := json.Unmarshal([]byte(response(t, w)), &problem); err != nil || len(problem.Errors) != 1 {
			t.Fatalf("not one validation error: %s", w.Body)
		}
		for got.key = range problem.Errors {
		}
	}
	return got
}

func TestFlagBodies(t *testing.T) {
	bad := outcome{status: 400}
	tests := []struct {
		body             string
		v372, documented outcome
	}{
		{`{"set":true}`, on(true), on(true)},
		{`{"Set":true}`, on(true), on(true)},
		{`{"SET":true}`, on(true), on(true)},
		{`{"s\u0065t":true}`, on(true), on(true)},
		{`{"ſet":true}`, on(false), bad}, // a long s is no s in .NET
		{`{"set":false}`, on(false), on(false)},
		{`{}`, on(false), bad},
		{` { } `, on(false), bad},
		{`{"displayValue":true}`, on(false), on(true)},
		{`{"DISPLAYVALUE":true}`, on(false), on(true)},
		{`{"displayValue":false}`, on(false), on(false)},
		{`{"displayValue":true,"set":true}`, on(true), on(true)},
		{`{"displayValue":true,"set":false}`, on(false), bad},
		{`{"displayValue":false,"set":true}`, on(true), bad},
		{`{"displayValue":"x","set":true}`, on(true), bad},
		{`{"set":true,"foo":1}`, on(true), on(true)},
		{`{"set":true,"foo":{"set":false}}`, on(true), on(true)},
		{`{"set":false,"set":true}`, on(true), on(true)},
		{`{"set":true,"SET":false}`, on(false), on(false)},
		{`{"displayValue":false,"set":true,"displayValue":true}`, on(true), on(true)},
		{`{"set":"true"}`, refused("$.set"), bad},
		{`{"set":1}`, refused("$.set"), bad},
		{`{"set":null}`, refused("$.set"), bad},
		{`{"set":{}}`, refused("$.set"), bad},
		{`{"set":[true]}`, refused("$.set"), bad},
		{`{"set":"x","set":true}`, refused("$.set"), bad},
		{`[]`, refused("$"), bad},
		{`true`, refused("$"), bad},
		{`"x"`, refused("$"), bad},
		{`5`, refused("$"), bad},
		{`{`, refused("$"), bad},
		{`{set:true}`, refused("$"), bad},
		{`{"set":true,}`, refused("$.set"), bad},
		{`{"set":true} x`, refused("$"), bad},
		{`{"set":true}{"set":true}`, refused("$"), bad},
		{`{"set":true} // why`, refused("$"), bad},
		{`{"set":/* why */true}`, refused("$.set"), bad},
		{`{'set':true}`, refused("$"), bad},
		{`{"set":True}`, refused("$.set"), bad},
		{"{\"set\":true,\"x\":\"\xff\"}", refused("$"), bad},
		{`null`, refused(""), bad},
		{` null `, refused(""), bad},
		{`null x`, refused("$"), bad},
		{``, refused(""), bad},
		{` `, refused("$"), bad},
		{"\xef\xbb\xbf" + `{"set":true}`, on(true), on(true)},
		{"\xef\xbb\xbf", refused("$"), bad},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, path := range []string{mocktest.ExternalPath, mocktest.SocialPath} {
			for _, test := range tests {
				s := newServer(t, WithProfile(profile))
				got := flagOutcome(t, profile, mocktest.Send(s, "PUT", path, test.body, append(as(s, RoleOwner), "Content-Type", "", "Content-Type", "application/json")...))
				want := test.documented
				if profile == ProfileV372 {
					want = test.v372
				}
				// Which part of a malformed body a reader was in is its own affair.
				if want.key != "" && got.key != want.key && strings.HasPrefix(got.key, "$") && want.key != "$.set" {
					got.key = want.key
				}
				if got != want {
					t.Errorf("%s %q: got %+v, want %+v", path, test.body, got, want)
				}
			}
		}
	})
}

func TestPasswordBodies(t *testing.T) {
	const ok, required, wrong = 0, 3, 4
	tests := []struct {
		body   string
		status int    // of the share
		key    string // of the 400 in v3.7.2
	}{
		{`{"password":"Secret123!"}`, ok, ""},
		{`{"PASSWORD":"Secret123!"}`, ok, ""},
		{`{"password":"Secret\u003123!"}`, ok, ""},
		{`{"password":"\u0053ecret123!"}`, ok, ""},
		{`{"password":"Secret123!","more":[1]}`, ok, ""},
		{`{"password":"x","password":"Secret123!"}`, ok, ""},
		{`{"password":"Secret123!","password":null}`, required, ""},
		{`{"password":" Secret123!"}`, wrong, ""},
		{`{"password":"secret123!"}`, wrong, ""},
		{`{"password":" "}`, wrong, ""},
		{`{}`, required, ""},
		{`{"pass":"Secret123!"}`, required, ""},
		{`{"password":null}`, required, ""},
		{`{"password":""}`, required, ""},
		{`{"password":123}`, 400, "$.password"},
		{`{"password":true}`, 400, "$.password"},
		{`{"password":{}}`, 400, "$.password"},
		{`{"password":[]}`, 400, "$.password"},
		{`{"password":"\ud83d"}`, 400, "$.password"},
		{`{"password":"\ud83d\ude00"}`, wrong, ""},
		{`{"password":"a}`, 400, "$.password"},
		{`[]`, 400, "$"},
		{`"Secret123!"`, 400, "$"},
		{`{`, 400, "$"},
		{`null`, 400, "RequestParam"},
		{``, 400, "RequestParam"},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, test := range tests {
			s := newServer(t, WithPortal(protected()), WithProfile(profile))
			w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), test.body, "Content-Type", "", "Content-Type", "application/json")
			if test.status != 400 {
				if got := share(t, w); int(got.Status) != test.status {
					t.Errorf("%s: got status %d, want %d", test.body, got.Status, test.status)
				}
				continue
			}
			got := flagOutcome(t, profile, w)
			if got.status != 400 || (profile == ProfileV372 && got.key != test.key) {
				t.Errorf("%s: got %+v %s, want 400 for %q", test.body, got, w.Body, test.key)
			}
		}
	})
}

func TestMediaTypes(t *testing.T) {
	tests := map[string]int{
		"application/json": 200, "APPLICATION/JSON": 200, "application/json; charset=utf-8": 200, `application/json;charset="UTF-8"`: 200,
		"text/json": 200, "application/problem+json": 200, "application/vnd.x+json; charset=utf-8": 200, "application/json; foo=bar": 200,
		"": 415, "text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data; boundary=x": 415, "application/xml": 415,
		"application/jsonx": 415, "image/svg+json": 415, "application/json; charset=latin1": 415, "json": 415, "*/*": 415, "application/*": 415,
	}
	eachProfile(t, func(t *testing.T, profile string) {
		for _, call := range [][3]string{{"PUT", mocktest.ExternalPath, `{"set":true}`}, {"POST", mocktest.PasswordPath("KEY_FROM_URL"), `{}`}} {
			for media, want := range tests {
				s := newServer(t, WithProfile(profile))
				w := mocktest.Send(s, call[0], call[1], call[2], append(as(s, RoleOwner), "Content-Type", "", "Content-Type", media)...)
				if w.Code != want {
					t.Errorf("%s %q: got %d, want %d", call[0], media, w.Code, want)
				}
			}
		}
	})
}

func TestUTF16Bodies(t *testing.T) {
	encode := func(text string) string {
		var b strings.Builder
		for _, unit := range utf16.Encode([]rune(text)) {
			b.WriteByte(byte(unit))
			b.WriteByte(byte(unit >> 8))
		}
		return b.String()
	}
	tests := map[string]int{
		encode(`{"set":true}`):            200,
		encode("\ufeff" + `{"set":true}`): 200,
		encode(`{"set":true,"x":"😀"}`):    200,
		encode(`{"set":1}`):               400,
		encode(`{"set":true}`) + "x":      400, // half a unit
		`{"set":true}`:                    400,
	}
	for body, want := range tests {
		s := newServer(t, WithProfile(ProfileV372))
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, append(as(s, RoleOwner), "Content-Type", "", "Content-Type", "application/json; charset=utf-16")...)
		if w.Code != want || (want == 200 && response(t, w) != "true") {
			t.Errorf("%q: got %d %s, want %d", body, w.Code, w.Body, want)
		}
	}
}

// Without a length the server reads, and finds no JSON.
func TestChunkedEmptyBody(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for path, method := range map[string]string{mocktest.ExternalPath: "PUT", mocktest.PasswordPath("KEY_FROM_URL"): "POST"} {
		r := httptest.NewRequest(method, path, io.MultiReader(strings.NewReader("")))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := flagOutcome(t, ProfileV372, w); got != refused("$") {
			t.Errorf("%s: got %+v, want 400 for $", path, got)
		}
	}
}

func TestBodyTooLarge(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		fits := `{"set":true}` + strings.Repeat(" ", maxBody-len(`{"set":true}`))
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, fits, as(s, RoleOwner)...); w.Code != 200 {
			t.Errorf("%d bytes: got %d, want 200", len(fits), w.Code)
		}
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, fits+" ", as(s, RoleOwner)...)
		want := `{"error":{"message":"Body: larger than 1048576 bytes","type":null,"stack":null,"hresult":0},"status":1,"statusCode":413}`
		if w.Code != 413 || w.Body.String() != want {
			t.Errorf("one more: got %d %s", w.Code, w.Body)
		}
	})
}

// 401, then 415 and 400, then 403 for the role: a body that cannot be read is a 400 for everybody with an account.
func TestOrderOfRefusals(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, test := range []struct {
			headers []string
			body    string
			want    int
		}{
			{nil, `{`, 401},
			{[]string{"Content-Type", "", "Content-Type", "text/plain"}, `{"set":true}`, 401},
			{as(s, RoleUser), `{`, 400},
			{append(as(s, RoleUser), "Content-Type", "", "Content-Type", "text/plain"), `{`, 415},
			{as(s, RoleUser), `{"set":true}`, 403},
			{as(s, RoleOwner), `{`, 400},
		} {
			if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, test.body, test.headers...); w.Code != test.want {
				t.Errorf("%q by %v: got %d, want %d", test.body, test.headers, w.Code, test.want)
			}
		}
	})
}

// A body that cannot be read does not count as an attempt (SecurityController.cs).
func TestBadBodiesAreNoAttempts(t *testing.T) {
	s := newServer(t, WithPortal(protected()))
	for range 9 {
		mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `{"password":1}`)
		mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), `x`, "Content-Type", "", "Content-Type", "text/plain")
	}
	if got := share(t, mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), passwordBody(rightPW))); got.Status != api.ExternalShareStatusOk {
		t.Errorf("status %d, want 0", got.Status)
	}
}
