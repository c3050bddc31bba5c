package mockserver

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

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

func nested(containers int) string {
	return strings.Repeat("[", containers) + strings.Repeat("]", containers)
}

// The depth of MvcOptions counts the body's own object.
func TestBodyDepth(t *testing.T) {
	s := newServer(t)
	for containers, want := range map[int]int{31: 200, 32: 400, 5000: 400} {
		body := `{"set":true,"x":` + nested(containers) + `}`
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, as(s, RoleOwner)...); w.Code != want {
			t.Errorf("%d lists within the object: %d, want %d", containers, w.Code, want)
		}
		objects := `{"set":true,"x":` + strings.Repeat(`{"y":`, containers) + "1" + strings.Repeat("}", containers) + `}`
		if w := mocktest.Send(s, "PUT", mocktest.ExternalPath, objects, as(s, RoleOwner)...); w.Code != want {
			t.Errorf("%d objects within the object: %d, want %d", containers, w.Code, want)
		}
	}
}

func TestBodyErrorTellsWhere(t *testing.T) {
	s := newServer(t)
	for body, want := range map[string]string{
		"{\"set\":\n  nope}":      "line 2, byte 4",
		"{\n\"set\": true,\n}":    "line 3, byte 1",
		`{"set":true} x`:          "line 1, byte 13",
		"{\n \"set\": 12}":        "line 2, byte 9",
		"{\"set\": 1}":            "$.set: expected true or false, got a number",
		`{"SET":"true"}`:          "$.SET: expected true or false, got a text",
		`{"displayValue":null}`:   "$.displayValue: expected true or false, got null",
		`{"displayValue":{}}`:     "$.displayValue: expected true or false, got an object",
		`{"displayValue":[true]}`: "$.displayValue: expected true or false, got a list",
	} {
		w := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, as(s, RoleOwner)...)
		if w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: got %d %s, want %q in it", body, w.Code, w.Body, want)
		}
	}
}

// oracle says what a body comes to, by means of encoding/json: whether it is accepted, and the last raw value of each of the
// names, which are in lower case.
func oracle(text []byte, names ...string) (accepted bool, last map[string]json.RawMessage, all []json.RawMessage) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) || !json.Valid(text) || depth(text) > 32 || bytes.TrimSpace(text)[0] != '{' {
		return false, nil, nil
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	_, _ = dec.Token()
	last = map[string]json.RawMessage{}
	for dec.More() {
		name, _ := dec.Token()
		var value json.RawMessage
		_ = dec.Decode(&value)
		for _, known := range names {
			if utf8.RuneCountInString(name.(string)) == len(known) && len(name.(string)) == len(known) && strings.ToLower(name.(string)) == known {
				last[known] = value
				all = append(all, value)
			}
		}
	}
	return true, last, all
}

func depth(valid []byte) (deepest int) {
	open, inText := 0, false
	for i := 0; i < len(valid); i++ {
		switch c := valid[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case !inText && (c == '{' || c == '['):
			open++
			deepest = max(deepest, open)
		case !inText && (c == '}' || c == ']'):
			open--
		}
	}
	return deepest
}

// Escaped halves of surrogate pairs have their own test: encoding/json takes them.
var anySurrogate = regexp.MustCompile(`(?i)\\ud[89a-f]`)

func flagOracle(p *profile, text []byte) (accepted, on bool) {
	var names []string
	for _, name := range p.flagNames {
		names = append(names, strings.ToLower(name))
	}
	accepted, last, all := oracle(text, names...)
	for _, value := range all {
		accepted = accepted && (string(value) == "true" || string(value) == "false")
	}
	if p.flagRequired {
		accepted = accepted && len(last) > 0 && (len(last) < 2 || string(last[names[0]]) == string(last[names[1]]))
	}
	for _, value := range last {
		on = string(value) == "true"
	}
	return accepted, on
}

func passwordOracle(text []byte) (accepted bool, status api.ExternalShareStatus) {
	accepted, last, all := oracle(text, "password")
	for _, value := range all {
		accepted = accepted && (string(value) == "null" || value[0] == '"')
	}
	var password string
	if value, ok := last["password"]; ok && accepted {
		_ = json.Unmarshal(value, &password)
	}
	switch password {
	case "":
		return accepted, api.ExternalShareStatusRequiredPassword
	case rightPW:
		return accepted, api.ExternalShareStatusOk
	default:
		return accepted, api.ExternalShareStatusInvalidPassword
	}
}

func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		`{"set":true}`, `{"SET":false,"set":true}`, `{"displayValue":true,"set":true}`, `{"displayValue":true,"set":false}`, `{}`, `null`, ``, ` `,
		`{"set":"true"}`, `{"set":true,}`, `{"set":true}x`, `[1,2]`, `{"password":"Secret123!"}`, `{"password":null}`, `{"password":1}`, `{"pa\u0073sword":""}`,
		"\xef\xbb\xbf{}", "\xff", `{"password":"\ud800"}`, `{"ſet":true}`, `{"a":` + nested(40) + `}`, `{"set":true,"a":[{"b":[1 2]}]}`, "{\"set\":tru\x00}",
	} {
		f.Add([]byte(seed))
	}
	servers := map[*profile]*Server{}
	for _, p := range profiles {
		servers[p] = newServer(f, WithPortal(protected()), WithProfile(p.name))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for p, s := range servers {
			s.Reset()
			post := func(method, target string, headers ...string) *httptest.ResponseRecorder {
				w := mocktest.Send(s, method, target, string(body), append(headers, "Content-Type", "", "Content-Type", "application/json")...)
				if (w.Code != 200 && w.Code != 400 && w.Code != http.StatusRequestEntityTooLarge) || !json.Valid(w.Body.Bytes()) {
					t.Fatalf("%s: %s of %q: %d %q", p.name, method, body, w.Code, w.Body)
				}
				return w
			}
			w := post("PUT", mocktest.ExternalPath, as(s, RoleOwner)...)
			if !anySurrogate.Match(body) && len(body) <= maxBody {
				accepted, on := flagOracle(p, body)
				if accepted != (w.Code == 200) {
					t.Fatalf("%s: flag %q: accepted %t, answered %d %s", p.name, body, accepted, w.Code, w.Body)
				}
				if accepted && s.State().Settings.ExternalShare != on {
					t.Fatalf("%s: flag %q: want %t", p.name, body, on)
				}
			}
			w = post("POST", mocktest.PasswordPath("protected"))
			if !anySurrogate.Match(body) && len(body) <= maxBody {
				accepted, status := passwordOracle(body)
				if accepted != (w.Code == 200) {
					t.Fatalf("%s: password %q: accepted %t, answered %d %s", p.name, body, accepted, w.Code, w.Body)
				}
				if !s.State().Settings.ExternalShare && status == api.ExternalShareStatusOk {
					status = api.ExternalShareStatusExternalAccessDenied
				}
				if accepted && share(t, w).Status != status {
					t.Fatalf("%s: password %q: got %s, want status %d", p.name, body, w.Body, status)
				}
			}
		}
	})
}
