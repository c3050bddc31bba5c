package client_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

const (
	apiKey       = "sk-APISECRET0123456789"
	shareKey     = `SHARESECRET/"a b+%é`
	password     = `PASSSECRET<"\& '`
	cookieSecret = "COOKIESECRET"
	accountPass  = "ACCOUNTSECRET:x"
)

// leaks gives what of the secrets a text contains, in any usual spelling.
func leaks(text string) []string {
	var found []string
	for _, secret := range []string{
		"APISECRET", "SHARESECRET", "PASSSECRET", cookieSecret, "ACCOUNTSECRET",
		base64.StdEncoding.EncodeToString([]byte("owner@example.com:" + accountPass)),
	} {
		if strings.Contains(text, secret) {
			found = append(found, secret)
		}
	}
	return found
}

// checkSecrets prints a value in every way and looks for secrets.
func checkSecrets(t *testing.T, value any) {
	t.Helper()
	var logged strings.Builder
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "value", value)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "value", value)
	inJSON, _ := json.Marshal(value)
	texts := []string{
		fmt.Sprintf("%v", value), fmt.Sprintf("%+v", value), fmt.Sprintf("%#v", value), fmt.Sprintf("%s", value), fmt.Sprintf("%q", value),
		logged.String(), string(inJSON),
	}
	for _, text := range texts {
		if found := leaks(text); len(found) > 0 {
			t.Errorf("%v in %s", found, text)
		}
	}
}

// checkErrorSecrets does that for an error, the values in it, and all that can be unwrapped.
func checkErrorSecrets(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	checkSecrets(t, err)
	var failure *client.Error
	if errors.As(err, &failure) {
		checkSecrets(t, *failure)
		checkSecrets(t, failure.Fields)
		for _, part := range failure.Unwrap() {
			checkSecrets(t, part)
		}
	}
	var spelled *url.Error
	if errors.As(err, &spelled) {
		t.Errorf("there is a *url.Error: %v", spelled)
	}
	var network interface{ Timeout() bool }
	if errors.As(err, &network) {
		checkSecrets(t, network)
	}
}

// echoes are all the secrets a server has seen, as it may repeat them.
func echoes(r *http.Request) string {
	body, _ := io.ReadAll(r.Body)
	var sent struct{ Password string }
	_ = json.Unmarshal(body, &sent)
	key, _ := url.PathUnescape(strings.TrimSuffix(strings.TrimPrefix(r.URL.EscapedPath(), "/api/2.0/files/share/"), "/password"))
	_, account, _ := r.BasicAuth()
	cookies := ""
	for _, cookie := range r.Cookies() {
		cookies += " " + cookie.Value
	}
	return strings.Join([]string{
		r.Header.Get("Authorization"), r.URL.String(), r.URL.EscapedPath(), r.RequestURI, key, url.QueryEscape(key),
		string(body), sent.Password, fmt.Sprintf("%q", sent.Password), account, cookies,
	}, "\n")
}

func TestServersThatRepeatSecrets(t *testing.T) {
	handlers := map[string]http.HandlerFunc{
		"message": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(403, jsonType, `{"error":{"message":`+string(text)+`,"type":`+string(text)+`},"status":1}`)(w, r)
		},
		"text": func(w http.ResponseWriter, r *http.Request) { reply(403, "text/plain", echoes(r))(w, r) },
		"around the cut": func(w http.ResponseWriter, r *http.Request) {
			reply(403, "text/plain", strings.Repeat("y", 290)+echoes(r))(w, r)
		},
		"fields": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(400, problemType, `{"response":{"title":`+string(text)+`,"errors":{`+string(text)+`:[`+string(text)+`]}}}`)(w, r)
		},
		"content type": func(w http.ResponseWriter, r *http.Request) {
			reply(200, "text/"+strings.ReplaceAll(echoes(r), "\n", ";"), "x")(w, r)
		},
		"error in a 200": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(200, jsonType, `{"error":{"message":`+string(text)+`}}`)(w, r)
		},
		"string in a 200": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(200, jsonType, envelope(`{"status":`+string(text)+`}`))(w, r)
		},
		"id in a 200": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(200, jsonType, envelope(`{"status":0,"linkId":`+string(text)+`}`))(w, r)
		},
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			_, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
			reply(302, "", "", "Location", "http://"+url.PathEscape(token)+".invalid/"+url.PathEscape(echoes(r)))(w, r)
		},
		"broken redirect": func(w http.ResponseWriter, r *http.Request) {
			reply(302, "", "", "Location", "http://%zz"+r.Header.Get("Authorization"))(w, r)
		},
		"reset": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	}
	for name, handler := range handlers {
		for kind, credential := range map[string]client.Option{
			"key": client.WithAPIKey(apiKey), "token": client.WithPortalToken(apiKey), "Basic": client.WithBasicAuth("owner@example.com", accountPass),
		} {
			t.Run(name+" "+kind, func(t *testing.T) {
				portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					w.Header().Add("Set-Cookie", "sharelink1="+cookieSecret)
					r.AddCookie(&http.Cookie{Name: "sharelink1", Value: cookieSecret}) // so that it is repeated too
					handler(w, r)
				}, credential)
				_, err := portal.ApplyExternalSharePassword(context.Background(), shareKey, password)
				checkErrorSecrets(t, err)
				checkSecrets(t, portal)
				checkSecrets(t, *portal)
				checkSecrets(t, credential)
			})
		}
	}
}

// A transport may say anything in its errors, and wrap them in anything.
func TestTransportsThatRepeatSecrets(t *testing.T) {
	tell := func(r *http.Request) error {
		inner := &url.Error{Op: "Post", URL: r.URL.String(), Err: errors.New("no route")}
		return fmt.Errorf("giving up on %s with %s and %s: %w", r.URL, r.Header.Get("Authorization"), echoes(r), inner)
	}
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(&url.URL{Scheme: "https", Host: "portal.example"}, []*http.Cookie{{Name: "sharelink1", Value: cookieSecret}})
	for name, given := range map[string]client.HttpRequestDoer{
		"transport": &http.Client{Jar: jar, Transport: roundTrip(func(r *http.Request) (*http.Response, error) { return nil, tell(r) })},
		"doer":      doer(func(r *http.Request) (*http.Response, error) { return nil, tell(r) }),
		"body": doer(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Body: io.NopCloser(failingReader{tell(r)})}, nil
		}),
	} {
		t.Run(name, func(t *testing.T) {
			portal := newPortal(t, "https://portal.example", client.WithAPIKey(apiKey), client.WithHTTPClient(given))
			_, err := portal.ApplyExternalSharePassword(context.Background(), shareKey, password)
			mustBe(t, err, client.ErrConnection)
			checkErrorSecrets(t, err)
			checkSecrets(t, portal.API())
			checkSecrets(t, portal.API().ClientInterface)
			if raw, ok := portal.API().ClientInterface.(*client.Client); ok {
				checkSecrets(t, *raw)
			}

			_, err = portal.API().ApplyExternalSharePassword(context.Background(), shareKey, client.ExternalShareRequestParam{})
			checkErrorSecrets(t, err)
		})
	}
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

func TestLinkErrorsKeepSecrets(t *testing.T) {
	for _, answer := range []string{`{"status":4}`, `{"status":9}`, `{}`} {
		portal, _ := serve(t, reply(200, jsonType, envelope(answer)), client.WithAPIKey(apiKey))
		_, err := portal.ApplyExternalSharePassword(context.Background(), shareKey, password)
		checkErrorSecrets(t, err)
	}
	for _, key := range []string{"", ".."} {
		portal := newPortal(t, "https://portal.example", client.WithAPIKey(apiKey))
		_, err := portal.ApplyExternalSharePassword(context.Background(), key, password)
		checkErrorSecrets(t, err)
	}
}
