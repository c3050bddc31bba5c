package client_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// script is a transport without a network. It gives its answers in order, and then the last one again and again. It keeps the
// requests and their times.
type script struct {
	mu      sync.Mutex
	answers []answer
	sent    []sent
}

// answer is an error, or an answer with this status and body.
type answer struct {
	err    error
	hang   bool // until the attempt ends
	status int
	body   string
	header http.Header
}

type sent struct {
	at     time.Time
	method string
	path   string
	query  string
	body   string
	header http.Header
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	body := ""
	if r.Body != nil {
		content, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body.Close()
		body = string(content)
	}
	s.mu.Lock()
	s.sent = append(s.sent, sent{time.Now(), r.Method, r.URL.Path, r.URL.RawQuery, body, r.Header.Clone()})
	a := s.answers[min(len(s.sent), len(s.answers))-1]
	s.mu.Unlock()
	if a.hang {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	if a.err != nil {
		return nil, a.err
	}
	header := a.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	if header.Get("Content-Type") == "" {
		header.Set("Content-Type", jsonType)
	}
	return &http.Response{StatusCode: a.status, Header: header, Body: io.NopCloser(strings.NewReader(a.body)), ContentLength: -1, Request: r}, nil
}

// waits gives the times between the requests.
func (s *script) waits() []time.Duration {
	var waits []time.Duration
	for i := 1; i < len(s.sent); i++ {
		waits = append(waits, s.sent[i].at.Sub(s.sent[i-1].at))
	}
	return waits
}

// requests gives method and path of all requests.
func (s *script) requests() string {
	var all []string
	for _, r := range s.sent {
		all = append(all, r.method+" "+strings.TrimPrefix(r.path, "/api/2.0/files/"))
	}
	return strings.Join(all, ", ")
}

// scripted makes a Portal whose transport is a script.
func scripted(t testing.TB, opts []client.Option, answers ...answer) (*client.Portal, *script) {
	t.Helper()
	s := &script{answers: answers}
	portal, err := client.New("https://portal.example", append([]client.Option{client.WithHTTPClient(&http.Client{Transport: s})}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return portal, s
}

func ok(response string) answer { return answer{status: 200, body: envelope(response)} }

func status(code int, headers ...string) answer {
	a := answer{status: code, header: http.Header{}}
	for i := 0; i < len(headers); i += 2 {
		a.header.Set(headers[i], headers[i+1])
	}
	return a
}

// successOf is a successful answer to callBy with this method.
func successOf(method string) answer {
	return ok(map[string]string{"GET": `{"externalShare":true,"externalShareSocialMedia":true,"enableThirdParty":true}`, "PUT": "true", "POST": `{"status":0}`}[method])
}
