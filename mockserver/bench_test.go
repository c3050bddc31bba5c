package mockserver

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// sink throws an answer away, so that what is measured is the fake.
type sink struct{ header http.Header }

func (s sink) Header() http.Header         { return s.header }
func (s sink) Write(b []byte) (int, error) { return len(b), nil }
func (s sink) WriteHeader(int)             {}

func benchmark(b *testing.B, method, target string, bodies ...string) {
	s := newServer(b, WithProfile(ProfileV372), WithPortal(protected()))
	if w := send(s, method, target, bodies[0], "Authorization", "YOUR_API_KEY"); w.Code != 200 {
		b.Fatalf("%d %s", w.Code, w.Body)
	}
	request := httptest.NewRequest(method, target, nil)
	request.Header.Set("Authorization", "YOUR_API_KEY")
	request.Header.Set("Content-Type", "application/json")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r, body := *request, bodies[i%len(bodies)]
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		s.ServeHTTP(sink{http.Header{}}, &r)
		i++
	}
}

func BenchmarkSettings(b *testing.B) { benchmark(b, "GET", settingsPath, "") }

func BenchmarkSettingsFields(b *testing.B) {
	benchmark(b, "GET", settingsPath+"?fields=externalShare,externalShareSocialMedia", "")
}

func BenchmarkFlagRepeated(b *testing.B) { benchmark(b, "PUT", externalPath, `{"set":true}`) }

func BenchmarkFlagChanged(b *testing.B) {
	benchmark(b, "PUT", externalPath, `{"set":true}`, `{"set":false}`)
}

func BenchmarkPassword(b *testing.B) {
	benchmark(b, "POST", passwordPath("protected"), passwordBody(rightPW))
}
