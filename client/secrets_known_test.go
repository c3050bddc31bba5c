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
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

const (
	apiKey       = "sk-APISECRET0123456789"
	shareKey     = `SHARESECRET/"a b+%é`
	password     = `PASSSECRET<"\& '`
	cookieSecret = "COOKIESECRET"
	accountPass  = "ACCOUNTSECRET:x"
)

// leaks gives the secrets that a text contains, in any usual spelling.
func leaks(text string) []string {
	var found []string
	for _, secret := range []string{
		"APISECRET", "SHARESECRET", "PASSSECRET", cookieSecret, "ACCOUNTSECRET",
		base64.StdEncoding.EncodeToString([]byte("owner@example.com:" + accountPass)),
	} {
		if strings.Contains(text, secret) || secret == strings.ToUpper(secret) && strings.Contains(strings.ToUpper(text), secret) {
			found = append(found, secret)
		}
	}
	return found
}

// checkSecrets prints a value in every way, and fails when a text contains a secret.
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

// checkErrorSecrets does the same for an error, for the values in it and for all errors that it wraps.
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

// watch keeps what a Portal gives to the logger, to the hooks and to ResponseInfo.
type watch struct {
	text, json logs
	seen       []client.Attempt
	info       client.ResponseInfo
}

func (w *watch) options() []client.Option {
	note := func(_ context.Context, a client.Attempt) { w.seen = append(w.seen, a) }
	debug := &slog.HandlerOptions{Level: slog.LevelDebug}
	return []client.Option{
		client.WithHooks(client.Hooks{Before: note, After: note}),
		client.WithLogger(slog.New(tee{slog.NewTextHandler(&w.text, debug), slog.NewJSONHandler(&w.json, debug)})),
	}
}

// tee writes to two handlers.
type tee struct {
	slog.Handler
	second slog.Handler
}

func (h tee) Handle(ctx context.Context, record slog.Record) error {
	return errors.Join(h.Handler.Handle(ctx, record), h.second.Handle(ctx, record))
}

func (w *watch) check(t *testing.T) {
	t.Helper()
	for _, text := range []string{w.text.String(), w.json.String()} {
		if found := leaks(text); len(found) > 0 || text == "" {
			t.Errorf("%v in the log: %s", found, text)
		}
	}
	for _, attempt := range w.seen {
		checkSecrets(t, attempt)
		if attempt.Err != nil {
			checkErrorSecrets(t, attempt.Err)
		}
	}
	if len(w.seen) == 0 || w.info == (client.ResponseInfo{}) {
		t.Error("nothing was told")
	}
	checkSecrets(t, w.info)
}

// echoes repeats the secrets of a request, in the spellings that a server may use.
func echoes(r *http.Request) string {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
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
		string(body), sent.Password, fmt.Sprintf("%q", sent.Password), account, cookies, r.Header.Get("Request-Token"), r.URL.Query().Get("share"),
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
		"request id": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", strings.ReplaceAll(echoes(r), "\n", " "))
			reply(403, "", "")(w, r)
		},
		"request id at its cut": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Correlation-Id", strings.Repeat("y", 287)+strings.ReplaceAll(echoes(r), "\n", " "))
			reply(200, jsonType, envelope(`{"status":4}`))(w, r)
		},
		"trace": func(w http.ResponseWriter, r *http.Request) {
			text, _ := json.Marshal(echoes(r))
			reply(400, problemType, `{"title":"Bad","traceId":`+string(text)+`}`)(w, r)
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
			"cookie": client.WithCookie(apiKey), "source": client.WithTokenSource(func(context.Context) (string, error) { return apiKey, nil }),
		} {
			t.Run(name+" "+kind, func(t *testing.T) {
				w := &watch{}
				portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
					w.Header().Add("Set-Cookie", "sharelink1="+cookieSecret)
					r.AddCookie(&http.Cookie{Name: "sharelink1", Value: cookieSecret}) // so that the handler repeats it too
					handler(w, r)
				}, append(w.options(), credential)...)
				ctx := client.WithResponseInfo(context.Background(), &w.info)
				_, err := portal.ApplyExternalSharePassword(ctx, shareKey, password)
				checkErrorSecrets(t, err)
				w.check(t)
				_, err = portal.Unlock(ctx, shareKey, password)
				checkErrorSecrets(t, err)
				_, err = portal.Unlock(ctx, shareKey, password) // this one sends the cookies of the first one
				checkErrorSecrets(t, err)
				_, err = portal.Visitor().Folder(ctx, "SHARESECRET-1", 10)
				checkErrorSecrets(t, err)
				_, err = portal.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On()})
				checkErrorSecrets(t, err)
				checkErrorSecrets(t, &client.UpdateError{Step: "externalShare", Err: err})
				w.check(t)
				checkSecrets(t, portal)
				checkSecrets(t, *portal)
				checkSecrets(t, credential)
				checkSecrets(t, portal.VisitorJar())
			})
		}
	}
}

// A transport may put any text into its errors, and wrap them in other errors.
func TestTransportsThatRepeatSecrets(t *testing.T) {
	tell := func(r *http.Request) error {
		inner := &url.Error{Op: "Post", URL: r.URL.String(), Err: errors.New("no route")}
		return fmt.Errorf("giving up on %s with %s and %s: %w", r.URL, r.Header.Get("Authorization"), echoes(r), inner)
	}
	jar, _ := cookiejar.New(nil)
	jar.SetCookies(&url.URL{Scheme: "https", Host: "portal.example"}, []*http.Cookie{{Name: "sharelink1", Value: cookieSecret}})
	for name, given := range map[string]api.HttpRequestDoer{
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
			if raw, ok := portal.API().ClientInterface.(*api.Client); ok {
				checkSecrets(t, *raw)
			}

			_, err = portal.API().ApplyExternalSharePassword(context.Background(), shareKey, api.ExternalShareRequestParam{})
			checkErrorSecrets(t, err)
			_, err = portal.API().GetFolderInfo(context.Background(), 10, &api.GetFolderInfoParams{Share: client.Set(shareKey)})
			checkErrorSecrets(t, err)
			_, err = portal.Visitor().Folder(context.Background(), "SHARESECRET-1", 10)
			checkErrorSecrets(t, err)
		})
	}
}

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

// Long texts are cut after the secrets are masked, because half of a secret is a secret too.
func TestSecretsAtTheCut(t *testing.T) {
	for before := 270; before < 300; before++ {
		portal := newPortal(t, "https://portal.example", client.WithAPIKey(apiKey), client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
			return nil, errors.New(strings.Repeat("y", before) + password)
		})))
		_, err := portal.ApplyExternalSharePassword(context.Background(), shareKey, password)
		checkErrorSecrets(t, err)
	}
}

// One secret may be part of another one. Then no half of the longer one is left.
func TestSecretsWithinSecrets(t *testing.T) {
	const key, inner = "PASS", "PASSxSHARESECRET"
	for name, given := range map[string]doer{
		"message": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 403, Header: http.Header{"Content-Type": {"text/plain"}}, Body: io.NopCloser(strings.NewReader(inner))}, nil
		},
		"transport": func(*http.Request) (*http.Response, error) { return nil, errors.New(inner) },
	} {
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(given))
		_, err := portal.ApplyExternalSharePassword(context.Background(), key, inner)
		checkErrorSecrets(t, err)
		if !strings.Contains(err.Error(), "***") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Printed options contain no secrets, and neither do the values made from them.
func TestOptionsKeepSecrets(t *testing.T) {
	source := func(context.Context) (string, error) { return apiKey, nil }
	for _, opt := range []client.Option{
		client.WithAPIKey(apiKey), client.WithPortalToken(apiKey), client.WithBasicAuth("owner@example.com", accountPass), client.WithCookie(apiKey), client.WithTokenSource(source),
	} {
		checkSecrets(t, opt)
		checkSecrets(t, []client.Option{opt})
		portal := newPortal(t, "https://portal.example", opt)
		checkSecrets(t, portal)
		checkSecrets(t, *portal)
		checkSecrets(t, portal.API())
		made, err := client.NewDoer("https://portal.example", opt)
		if err != nil {
			t.Fatal(err)
		}
		checkSecrets(t, made)
	}
	checkSecrets(t, client.RetryPolicy{})
}

// The error of a token source may contain the token. errors.Is finds this error, and no text repeats it.
func TestTokenSourcesThatRepeatSecrets(t *testing.T) {
	for _, source := range []func(context.Context) (string, error){
		func(context.Context) (string, error) { return "", errors.New("refused " + apiKey) },
		func(context.Context) (string, error) { return apiKey + "\n", nil },
	} {
		w := &watch{}
		portal, _ := scripted(t, append(w.options(), client.WithTokenSource(source)), successOf("GET"))
		_, err := portal.FilesSettings(context.Background())
		if !errors.Is(err, client.ErrToken) || len(leaks(err.Error()+w.text.String()+w.json.String())) > 0 {
			t.Errorf("got %v", err)
		}
		checkSecrets(t, err)
		checkSecrets(t, *asError(t, err))
	}
}

// secrets are the secrets of one portal and one link.
type secrets struct{ credential, account, password, key, cookie string }

func (s secrets) all() []string {
	return []string{s.credential, s.account, s.password, s.key, s.cookie}
}

// places are the ways in which a server or a transport may repeat a text.
var places = []func(text string, r *http.Request) (*http.Response, error){
	func(text string, _ *http.Request) (*http.Response, error) {
		quoted, _ := json.Marshal(text)
		return echo(403, jsonType, `{"error":{"message":`+string(quoted)+`,"type":`+string(quoted)+`},"status":1}`), nil
	},
	func(text string, _ *http.Request) (*http.Response, error) {
		quoted, _ := json.Marshal(text)
		return echo(400, problemType, `{"title":`+string(quoted)+`,"traceId":`+string(quoted)+`,"errors":{`+string(quoted)+`:[`+string(quoted)+`]}}`), nil
	},
	func(text string, _ *http.Request) (*http.Response, error) { return echo(403, "text/plain", text), nil },
	func(text string, _ *http.Request) (*http.Response, error) { return echo(200, "text/"+text, "x"), nil },
	func(text string, r *http.Request) (*http.Response, error) {
		resp := echo(200, jsonType, successOf(r.Method).body)
		resp.Header.Set("X-Request-Id", text)
		return resp, nil
	},
	func(text string, _ *http.Request) (*http.Response, error) {
		resp := echo(302, "", "")
		resp.Header.Set("Location", "http://other.invalid/"+url.PathEscape(text))
		return resp, nil
	},
	func(text string, _ *http.Request) (*http.Response, error) {
		resp := echo(302, "", "")
		resp.Header.Set("Location", "http://"+text)
		return resp, nil
	},
	func(text string, r *http.Request) (*http.Response, error) {
		return nil, &url.Error{Op: "Do", URL: r.URL.String(), Err: errors.New(text)}
	},
	func(text string, _ *http.Request) (*http.Response, error) {
		resp := echo(200, jsonType, "")
		resp.Body = io.NopCloser(failingReader{errors.New(text)})
		return resp, nil
	},
	func(text string, _ *http.Request) (*http.Response, error) {
		quoted, _ := json.Marshal(text)
		return echo(200, jsonType, envelope(`{"extsConvertible":{`+string(quoted)+`:1},"status":`+string(quoted)+`}`)), nil
	},
}

func echo(status int, contentType, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {contentType}}, Body: io.NopCloser(strings.NewReader(body))}
}

// transcript makes some calls to a portal that repeats all its secrets in one place, and gives all the texts that come out.
func transcript(s secrets, kind, place byte) string {
	var text strings.Builder
	say := func(value any) { fmt.Fprintf(&text, "%v %+v %#v\n", value, value, value) }
	credential := []client.Option{
		client.WithAPIKey(s.credential), client.WithCookie(s.credential), client.WithBasicAuth("a@b", s.account),
		client.WithTokenSource(func(context.Context) (string, error) { return s.credential, nil }),
	}[kind%4]
	w := &watch{}
	opts := append(w.options(), credential, client.WithRetry(client.RetryPolicy{Attempts: 1}), client.WithHTTPClient(&http.Client{
		Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			// The portal knows the password, the key, the headers of the request, and a cookie that it sets itself.
			known := []string{url.PathEscape(s.key), r.Header.Get("Authorization"), r.Header.Get("Cookie")}
			sent := []string{s.password, s.key}
			if kind%4 == 2 {
				sent = append(sent, s.account)
			} else if kind%4 < 2 || r.Header.Get("Authorization") != "" {
				sent = append(sent, s.credential)
			}
			if int(place)%len(places) < 5 || r.Header.Get("Cookie") != "" && kind%4 != 1 {
				sent = append(sent, s.cookie)
			}
			for _, secret := range sent {
				known = append(known, secret, url.QueryEscape(secret), fmt.Sprintf("%q", secret))
			}
			resp, err := places[int(place)%len(places)](strings.Join(known, "\n|\n"), r)
			if resp != nil {
				resp.Request = r
				resp.Header.Add("Set-Cookie", (&http.Cookie{Name: "sharelink1", Value: s.cookie, Path: "/"}).String())
			}
			return resp, err
		}),
	}))
	portal, err := client.New("https://portal.example", opts...)
	if err != nil {
		return "" // a refused option; options_credential_test.go checks these
	}
	ctx := client.WithResponseInfo(context.Background(), &w.info)
	for _, call := range []func() error{
		func() error { _, err := portal.ApplyExternalSharePassword(ctx, s.key, s.password); return err },
		func() error { _, err := portal.Unlock(ctx, s.key, s.password); return err },
		func() error { _, err := portal.Unlock(ctx, s.key, s.password); return err },
	} {
		err := call()
		say(err)
		say(w.info)
		var failure *client.Error
		if errors.As(err, &failure) {
			say(*failure)
		}
	}
	for _, attempt := range w.seen {
		say(attempt)
	}
	say(portal)
	say(*portal)
	say(credential)
	say(portal.VisitorJar())
	text.WriteString(w.text.String() + w.json.String())
	return changing.ReplaceAllString(text.String(), "")
}

// changing matches addresses and times, which differ from run to run.
var changing = regexp.MustCompile(`0x[0-9a-f]+|[0-9.]+[µm]s|"?(time|duration)"?[=:]\S+|Duration:\S+`)

// No text contains a secret, for any secrets that are repeated in any place. A secret of a few characters, or one that is also
// part of our own words, cannot be told from those words.
func FuzzSecrets(f *testing.F) {
	for place := range places {
		for kind := range 4 {
			f.Add(apiKey, accountPass, password, shareKey, cookieSecret, byte(kind), byte(place))
		}
	}
	f.Add("sk-1", "pass", "pas", "PASS", "passpass", byte(0), byte(0))
	f.Add("<script>", "a&b;c&d", "line\nbreak", "\xff\xfe\xfd\xfc", "c%20c+c", byte(2), byte(2))
	f.Add("MiXeD-KeY", "é\u202eè  ü", "\u200bzero\u200bwidth", "..;/%2e", "cookie", byte(3), byte(6))
	f.Fuzz(func(t *testing.T, credential, account, password, key, cookie string, kind, place byte) {
		set := &http.Response{Header: http.Header{"Set-Cookie": {(&http.Cookie{Name: "sharelink1", Value: cookie}).String()}}}
		if cookies := set.Cookies(); len(cookies) == 1 { // as it arrives in the answer
			cookie = cookies[0].Value
		}
		s := secrets{credential, account, password, key, cookie}
		said := transcript(s, kind, place)
		own := ""
		for _, refused := range []struct{ password, key string }{{"QQ3QQ", "QQ4QQ"}, {"\xff", "QQ4QQ"}, {"QQ3QQ", ""}, {"QQ3QQ", ".."}} {
			own += transcript(secrets{"QQ1QQ", "QQ2QQ", refused.password, refused.key, "QQ5QQ"}, kind, place)
		}
		for _, secret := range s.all() {
			if utf8.RuneCountInString(secret) < 4 || strings.Contains(own, secret) || strings.Contains(secret, "*") {
				continue // the text that replaces secrets has asterisks
			}
			if before, after, found := strings.Cut(said, secret); found {
				t.Errorf("%q of %q between %q and %q", secret, s, before[max(0, len(before)-60):], after[:min(60, len(after))])
			}
		}
	})
}
