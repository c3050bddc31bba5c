package mockserver

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// streamed sends a body whose length is not declared.
func streamed(s *Server, method, target string, body io.Reader) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, io.MultiReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// Without a length the server reads, and finds no JSON.
func TestEmptyBodyOfUnknownLength(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for path, method := range map[string]string{mocktest.ExternalPath: "PUT", mocktest.PasswordPath("KEY_FROM_URL"): "POST"} {
		if w := streamed(s, method, path, strings.NewReader("")); w.Code != 400 || !strings.Contains(w.Body.String(), `"errors":{"$":["The input does not contain any JSON tokens.`) {
			t.Errorf("%s: got %d %s", path, w.Code, w.Body)
		}
	}
}

func TestBodiesThatAreNotWhole(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		r := httptest.NewRequest("PUT", mocktest.ExternalPath, strings.NewReader(`{"set":false}`))
		r.ContentLength += 5
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+s.Key(RoleOwner))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != 500 || !strings.Contains(w.Body.String(), `"message":"Unexpected end of request content."`) || !s.State().Settings.ExternalShare {
			t.Errorf("cut off: got %d %s", w.Code, w.Body)
		}
	})
}

// callWithBody is a call whose body has arrived in chunks.
func callWithBody(body string) *call {
	return &call{request: &http.Request{ContentLength: -1}, body: []byte(body)}
}

func callWithoutBody() *call { return &call{request: &http.Request{}} }

// properties are the values of the properties of a body that have one of the names, which are in lower case: the last of each name,
// and all. The reader has its own fuzz target.
func properties(body []byte, names ...string) (accepted bool, last map[string]dotnet.Value, all []dotnet.Value) {
	last = map[string]dotnet.Value{}
	bad := callWithBody(string(body)).jsonObject("", "").Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		for _, known := range names {
			if dotnet.ToLower(name) == known {
				last[known] = value
				all = append(all, value)
			}
		}
		return nil
	})
	return bad == nil, last, all
}

// wantedFlag is what a profile reads out of the body of a switch.
func wantedFlag(p *profile, body []byte) (accepted, on bool) {
	var names []string
	for _, name := range p.flagNames {
		names = append(names, strings.ToLower(name))
	}
	accepted, last, all := properties(body, names...)
	for _, value := range all {
		_, isBool := value.Bool()
		accepted = accepted && isBool
	}
	if p.flagRequired {
		accepted = accepted && len(last) > 0 && (len(last) < 2 || isOn(last[names[0]]) == isOn(last[names[1]]))
	}
	for _, value := range last {
		on = isOn(value)
	}
	return accepted, on
}

func isOn(v dotnet.Value) bool {
	on, _ := v.Bool()
	return on
}

// wantedStatus is what the password call answers to the body of a visitor.
func wantedStatus(body []byte) (accepted bool, status api.ExternalShareStatus) {
	accepted, last, all := properties(body, "password")
	for _, value := range all {
		_, isText := value.Text()
		accepted = accepted && (value.IsNull() || isText)
	}
	switch password, _ := last["password"].Text(); password {
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
		"\xef\xbb\xbf{}", "\xff", `{"password":"\ud800"}`, `{"ſet":true}`, `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, `{"set":true,"a":[{"b":[1 2]}]}`, "{\"set\":tru\x00}",
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
				if (w.Code != 200 && w.Code != 400) || !json.Valid(w.Body.Bytes()) {
					t.Fatalf("%s: %s of %q: %d %q", p.name, method, body, w.Code, w.Body)
				}
				return w
			}
			w := post("PUT", mocktest.ExternalPath, as(s, RoleOwner)...)
			accepted, on := wantedFlag(p, body)
			if accepted != (w.Code == 200) {
				t.Fatalf("%s: flag %q: accepted %t, answered %d %s", p.name, body, accepted, w.Code, w.Body)
			}
			if accepted && s.State().Settings.ExternalShare != on {
				t.Fatalf("%s: flag %q: want %t", p.name, body, on)
			}
			w = post("POST", mocktest.PasswordPath("protected"))
			accepted, status := wantedStatus(body)
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
	})
}

// A body that was compressed is read as it is, by every profile. The words of profile documented say so.
func TestEncodedBodies(t *testing.T) {
	const compressed = "\x1f\x8b\x08\x00\x00\x00"
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile), WithPasswordRounds(1))
		for _, call := range [][2]string{
			{"PUT", mocktest.ExternalPath}, {"PUT", "/api/2.0/files/settings/externalsocialmedia"}, {"POST", mocktest.PasswordPath("KEY_FROM_URL")},
			{"PUT", "/api/2.0/files/settings/externalsharingsettings"}, {"PUT", "/api/2.0/files/rooms/10/links"}, {"POST", "/api/2.0/files/file/12/link"},
			{"PUT", "/api/2.0/files/folder/11/links"}, {"POST", "/api/2.0/files/rooms"}, {"DELETE", "/api/2.0/files/rooms/10"}, {"POST", "/api/2.0/authentication"},
		} {
			for sent, named := range map[string]string{"gzip": "gzip", "br": "br", "gzip, br": "gzip, br", "secret-text": "***", "identity": "", "": ""} {
				headers := []string{"Authorization", "Bearer " + s.Key(RoleOwner), "Content-Type", "application/json"}
				plain := mocktest.Send(s, call[0], call[1], compressed, headers...)
				got := mocktest.Send(s, call[0], call[1], compressed, append(headers, "Content-Encoding", sent)...)
				want := "Body: is not decoded, and Content-Encoding is " + named + ": send plain JSON, without this header"
				if says := strings.Contains(got.Body.String(), want); got.Code != 400 || says != (named != "" && profile == ProfileDocumented) {
					t.Errorf("%s %q: got %d %s", call[1], sent, got.Code, got.Body)
				}
				if profile != ProfileDocumented && len(got.Body.String()) != len(plain.Body.String()) {
					t.Errorf("%s %q: got %s, want %s", call[1], sent, got.Body, plain.Body)
				}
			}
		}
		form := mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), compressed, "Content-Type", "", "Content-Type", "application/x-www-form-urlencoded", "Content-Encoding", "gzip")
		want := "got application/x-www-form-urlencoded, and Content-Encoding is gzip: send plain JSON, without this header"
		if form.Code != 415 || strings.Contains(form.Body.String(), want) != (profile == ProfileDocumented) {
			t.Errorf("form: got %d %s", form.Code, form.Body)
		}
		// What is declared as encoded and is not is read, and its mistakes are told as they are.
		for body, want := range map[string]int{`{"set":true}`: 200, `{"set":"x"}`: 400} {
			got := mocktest.Send(s, "PUT", mocktest.ExternalPath, body, "Authorization", "Bearer "+s.Key(RoleOwner), "Content-Type", "application/json", "Content-Encoding", "gzip")
			if got.Code != want || strings.Contains(got.Body.String(), "Content-Encoding") {
				t.Errorf("%s: got %d %s", body, got.Code, got.Body)
			}
		}
	})
}
