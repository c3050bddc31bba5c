package host

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Neither log nor journal shows the token of the control API, wherever a client puts it and whichever portal gets it.
func TestTokenIsMasked(t *testing.T) {
	for _, token := range []string{"c0ffee00c0ffee00c0ffee00c0ffee00", "SESAMEOPEN", "1234567890", "tökén/€", "a.b"} {
		var log strings.Builder
		logger := slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		main := newServer(t, mockserver.WithLogger(logger))
		h := newHost(t, main, WithControlToken(token), WithControlLogger(logger), WithServerOptions(mockserver.WithLogger(logger)))
		named, err := h.AddPortal("mine", mockserver.DefaultPortal())
		if err != nil {
			t.Fatal(err)
		}
		sent := 0
		send := func(r *http.Request) {
			h.ServeHTTP(httptest.NewRecorder(), r)
			sent++
		}
		request := func(method, path, body string, headers ...string) {
			for _, prefix := range []string{"", "/portals/mine"} {
				r := httptest.NewRequest("GET", "http://127.0.0.1/", strings.NewReader(body))
				r.Method, r.URL.Path = method, prefix+path
				r.URL.Path, r.URL.RawQuery, _ = strings.Cut(r.URL.Path, "?")
				r.Header.Set("Content-Type", "application/json")
				for i := 0; i < len(headers); i += 2 {
					r.Header.Set(headers[i], headers[i+1])
				}
				send(r)
			}
		}
		const settings, external = "/api/2.0/files/settings", "/api/2.0/files/settings/external"
		for _, header := range []string{
			"X-Mock-Token", "Authorization", "Cookie", "Request-Token", "User-Agent", "X-Request-Id", "Origin", "X-Forwarded-Host", "X-Mock-Fault", "Referer", "Accept", "Content-Type",
		} {
			request("GET", settings, "", header, token)
			request("GET", "/__mock/state", "", header, token)
		}
		request("GET", settings, "", "Authorization", "Bearer "+token)
		request("GET", settings, "", "Cookie", "asc_auth_key="+token)
		request("GET", settings, "", "Origin", "https://"+token)
		request("GET", settings, "", "Traceparent", "00-"+token+"-0123456789abcdef-01")
		request("GET", settings, "", token, "x")
		request("GET", settings+"?fields="+token+"&share="+token, "")
		for _, path := range []string{"/" + token, "/api/2.0/" + token, "/api/2.0/files/share/" + token, settings + "/" + token, "/__mock/" + token, "/portals/" + token + "/__mock/state", "/x." + token + ".x/y"} {
			request("GET", path, "")
			request("POST", path+"/password", fmt.Sprintf(`{"password":%q}`, token))
		}
		for _, body := range []string{token, fmt.Sprintf(`{%q:true}`, token), fmt.Sprintf(`{"set":%q}`, token), `{"set":` + token + `}`, fmt.Sprintf(`{"set":[{%q:%q}]}`, token, token)} {
			request("PUT", external, body, "Authorization", "YOUR_API_KEY")
		}
		request(token, settings, "")
		journals, err := json.Marshal([]any{main.LastRequests(1000), named.LastRequests(1000)})
		if err != nil {
			t.Fatal(err)
		}
		for what, text := range map[string]string{"log": log.String(), "journal": string(journals)} {
			if len(text) < 20*sent {
				t.Errorf("%s has only %d bytes of %d requests", what, len(text), sent)
			}
			for at := strings.Index(text, token); at >= 0; at = -1 {
				t.Errorf("%s: %s is shown: …%s…", token, what, text[max(0, at-200):min(len(text), at+60)])
			}
		}
	}
}
