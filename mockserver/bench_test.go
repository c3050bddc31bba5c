package mockserver

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// sink throws an answer away, so that what is measured is the fake.
type sink struct{ header http.Header }

func (s sink) Header() http.Header { return s.header }

func (s sink) Write(b []byte) (int, error) { return len(b), nil }

func (s sink) WriteHeader(int) {}

func benchmark(b *testing.B, method, target string, bodies ...string) {
	s := newServer(b, WithProfile(ProfileV372), WithPortal(protected()))
	if w := mocktest.Send(s, method, target, bodies[0], "Authorization", "YOUR_API_KEY"); w.Code != 200 {
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

func BenchmarkSettings(b *testing.B) { benchmark(b, "GET", mocktest.SettingsPath, "") }

func BenchmarkSettingsFields(b *testing.B) {
	benchmark(b, "GET", mocktest.SettingsPath+"?fields=externalShare,externalShareSocialMedia", "")
}

func BenchmarkFlagRepeated(b *testing.B) { benchmark(b, "PUT", mocktest.ExternalPath, `{"set":true}`) }

func BenchmarkFlagChanged(b *testing.B) {
	benchmark(b, "PUT", mocktest.ExternalPath, `{"set":true}`, `{"set":false}`)
}

func BenchmarkPassword(b *testing.B) {
	benchmark(b, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW))
}

// BenchmarkCost measures the journal and the contract watch, as a ratio to a server without both. The two servers are asked
// alternately, so that other work of the machine slows both down.
func BenchmarkCost(b *testing.B) {
	calls := []struct{ name, method, target, body string }{{"get", "GET", mocktest.SettingsPath, ""}, {"put", "PUT", mocktest.ExternalPath, `{"displayValue":true,"set":true}`}}
	parts := []struct {
		name string
		opts []Option
	}{
		{"journal", []Option{WithContract(ContractOff)}},
		{"contract", []Option{WithJournal(0), WithContract(ContractWarn)}},
		{"enforce", []Option{WithJournal(0), WithContract(ContractEnforce)}},
		{"both", nil},
	}
	for _, part := range parts {
		for _, call := range calls {
			b.Run(part.name+"_"+call.name, func(b *testing.B) {
				compare(b, 50, repeated(b, call.method, call.target, call.body, WithJournal(0), WithContract(ContractOff)),
					repeated(b, call.method, call.target, call.body, part.opts...))
			})
		}
	}
}

// compare measures the second request as a ratio to the first one. Of many short runs the shortest is the one that nothing else has
// disturbed.
func compare(b *testing.B, run int, first, second func()) {
	b.Helper()
	best := [2]time.Duration{time.Hour, time.Hour}
	b.ReportAllocs()
	for b.Loop() {
		for i, ask := range []func(){first, second} {
			start := time.Now()
			for range run {
				ask()
			}
			best[i] = min(best[i], time.Since(start))
		}
	}
	b.ReportMetric(float64(best[1])/float64(best[0]), "ratio")
	b.ReportMetric(float64(best[1]-best[0])/float64(run), "ns-more/request")
}

// large is the tree with 4,900 more entries and as many links, which is nearly the most that a portal can have. The first link is that of the
// small portal too.
func large() Portal {
	return tree(func(p *Portal) {
		p.Links = []Link{{Key: "protected", ID: mocktest.LinkID, Entry: "room/5", Password: rightPW}}
	}, func(p *Portal) {
		for i := range 4_900 {
			id := strconv.Itoa(1_000 + i)
			p.Entries = append(p.Entries, Entry{ID: id, Title: "File", Type: EntryFile, Parent: "folder/51"})
			p.Links = append(p.Links, Link{Key: "key-" + id, Entry: "file/" + id})
		}
	})
}

// BenchmarkLinks measures what is asked of calls around links. The call that tells where a link leads is measured as a ratio to the
// password call without a password, and calls on a portal with 9,900 more entries and links as a ratio to a small one.
func BenchmarkLinks(b *testing.B) {
	small := tree(func(p *Portal) {
		p.Links = []Link{{Key: "protected", ID: mocktest.LinkID, Entry: "room/5", Password: rightPW}}
	})
	b.Run("share_get", func(b *testing.B) {
		compare(b, 50, repeated(b, "POST", mocktest.PasswordPath("protected"), `{}`, WithPortal(small)), repeated(b, "GET", sharePath("protected"), "", WithPortal(small)))
	})
	big := large()
	for _, call := range []struct{ name, method, target, body string }{
		{"settings", "GET", mocktest.SettingsPath, ""},
		{"external", "PUT", mocktest.ExternalPath, `{"set":true}`},
		{"social", "PUT", mocktest.SocialPath, `{"set":true}`},
		{"password", "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW)},
		{"change", "PUT", linksPath("room/5"), `{"linkType":1,"access":2,"linkId":"` + mocktest.LinkID + `"}`},
	} {
		b.Run("large_"+call.name, func(b *testing.B) {
			compare(b, 50, repeated(b, call.method, call.target, call.body, WithPortal(small)), repeated(b, call.method, call.target, call.body, WithPortal(big)))
		})
	}
	many := tree(func(p *Portal) {
		for range 100 {
			p.Links = append(p.Links, Link{Entry: "file/51", Password: rightPW})
		}
	})
	b.Run("list", func(b *testing.B) {
		list := repeated(b, "GET", linksPath("file/51"), "", WithPortal(many))
		b.ReportAllocs()
		for b.Loop() {
			list()
		}
	})
}

// repeated makes one and the same request of the owner over and over.
func repeated(b *testing.B, method, target, body string, opts ...Option) func() {
	b.Helper()
	s := newServer(b, append([]Option{WithProfile(ProfileV372)}, opts...)...)
	request := httptest.NewRequest(method, target, nil)
	for name, value := range map[string]string{"Authorization": "Bearer YOUR_API_KEY", "Content-Type": "application/json", "User-Agent": "bench", "Accept": "*/*", "Accept-Encoding": "gzip"} {
		request.Header.Set(name, value)
	}
	return func() {
		r := *request
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		s.ServeHTTP(sink{http.Header{}}, &r)
	}
}

// BenchmarkConnection is a call from a client to its answer, over a connection and without one.
func BenchmarkConnection(b *testing.B) {
	s := newServer(b)
	listener := httptest.NewServer(s)
	defer listener.Close()
	for name, to := range map[string]reached{"tcp": {client: listener.Client(), url: listener.URL}, "memory": {client: &http.Client{Transport: s.Transport()}, url: "http://portal"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := to.get(b.Context(), s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLogin signs in as a portal hashes passwords, and with one round.
func BenchmarkLogin(b *testing.B) {
	for _, rounds := range []int{1, passwordRounds} {
		b.Run(strconv.Itoa(rounds), func(b *testing.B) {
			s, err := New(WithPasswordRounds(rounds))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if w := mocktest.Send(s, "POST", "/api/2.0/authentication", `{"userName":"owner@example.com","password":"Owner-pass-1"}`); w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
