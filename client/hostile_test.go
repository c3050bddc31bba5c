package client_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// hostile has servers that attack a client, with the kind of error that a call must end with. For each of them the test also
// checks the time, the memory and that no goroutine is left.
var hostile = map[string]struct {
	handler http.HandlerFunc
	classes []error
}{
	"no headers": {raw(""), []error{client.ErrConnection}},
	"slow headers": {drip(func(w io.Writer, i int) error {
		_, err := fmt.Fprintf(w, "X-Slow-%d: x\r\n", i)
		return err
	}, "HTTP/1.1 200 OK\r\n"), []error{client.ErrConnection}},
	"endless headers": {flood("HTTP/1.1 200 OK\r\n", "X: "+strings.Repeat("x", 4000)+"\r\n"), []error{client.ErrConnection}},
	"slow body": {drip(func(w io.Writer, _ int) error {
		_, err := io.WriteString(w, "1\r\n \r\n")
		return err
	}, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"), []error{client.ErrConnection}},
	"endless body":       {flood("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", strings.Repeat(" ", 64<<10)), []error{client.ErrResponseTooLarge}},
	"endless error body": {flood("HTTP/1.1 403 No\r\nContent-Type: text/html\r\n\r\n", strings.Repeat("<b>", 20<<10)), []error{client.ErrForbidden}},
	"reset at once":      {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, []error{client.ErrConnection}},
	"reset in the middle": {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"response\":tr", linger(0)),
		[]error{client.ErrConnection}},
	"reset within a chunk": {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{\"resp", linger(0)),
		[]error{client.ErrConnection}},
	"too short": {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"+envelope("true"), closeNow),
		[]error{client.ErrConnection}},
	"too long": {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\n\r\n"+envelope("true"), closeNow),
		[]error{client.ErrMalformedResponse}},
	"negative length":    {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n", closeNow), []error{client.ErrConnection}},
	"two lengths":        {raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456", closeNow), []error{client.ErrConnection}},
	"huge length":        {raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9223372036854775807\r\n\r\n{}", closeNow), []error{client.ErrConnection}},
	"no HTTP":            {raw("220 smtp.example ESMTP\r\n", closeNow), []error{client.ErrConnection}},
	"no status":          {raw("HTTP/1.1 abc OK\r\n\r\n", closeNow), []error{client.ErrConnection}},
	"HTTP/0.9":           {raw("<html>", closeNow), []error{client.ErrConnection}},
	"endless hints":      {flood("", "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"), []error{client.ErrConnection}},
	"switch of protocol": {raw("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n"), []error{client.ErrMalformedResponse}},
	"redirect loop": {func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Path, http.StatusTemporaryRedirect)
	},
		[]error{client.ErrRedirect}},
	"redirect to another host": {func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://other.invalid/", http.StatusFound)
	}, []error{client.ErrRedirect}},
	"redirect to a file": {reply(302, "", "", "Location", "file:///etc/passwd"), []error{client.ErrRedirect}},
	"gzip bomb":          {bomb(200), []error{client.ErrResponseTooLarge}},
	"gzip bomb as error": {bomb(403), []error{client.ErrForbidden}},
	"cut gzip":           {reply(200, jsonType, "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", "Content-Encoding", "gzip"), []error{client.ErrConnection}},
	"unknown encoding":   {reply(200, jsonType, "\x28\xb5\x2f\xfd", "Content-Encoding", "zstd"), []error{client.ErrMalformedResponse}},
	"100 MB error page": {func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Length", fmt.Sprint(100<<20))
		w.WriteHeader(http.StatusForbidden)
		page := strings.Repeat("<p>", 1<<20/3)
		for range 100 {
			if _, err := io.WriteString(w, page); err != nil {
				return
			}
		}
	}, []error{client.ErrForbidden}},
	"Retry-After 999999": {reply(429, "", "", "Retry-After", "999999"), []error{client.ErrRateLimited}},
	"Retry-After date":   {reply(503, "", "", "Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"), []error{client.ErrServer}},
	"deep JSON":          {reply(200, jsonType, strings.Repeat("[", 1<<20)), []error{client.ErrMalformedResponse}},
	"deep unknown":       {reply(200, jsonType, `{"response":true,"x":`+strings.Repeat(`{"a":`, 1<<18)), []error{client.ErrMalformedResponse}},
	"NUL":                {reply(200, jsonType, strings.Repeat("\x00", 1<<10)), []error{client.ErrMalformedResponse}},
}

func TestHostileServers(t *testing.T) {
	for name, test := range hostile {
		for _, method := range []string{"GET", "PUT", "POST"} {
			t.Run(name+" "+method, func(t *testing.T) {
				before := runtime.NumGoroutine()
				server := httptest.NewServer(test.handler)
				// An answer without an end is cut off soon. The others get the time that a busy machine needs.
				attempt := 20 * time.Second
				if slices.Contains(test.classes, client.ErrConnection) {
					attempt = 150 * time.Millisecond
				}
				portal := newPortal(t, server.URL, client.WithAttemptTimeout(attempt), client.WithTimeout(attempt*8/3))

				var was, is runtime.MemStats
				runtime.ReadMemStats(&was)
				began := time.Now()
				err := callBy(portal, method)
				took := time.Since(began)
				runtime.ReadMemStats(&is)

				mustBe(t, err, test.classes...)
				asError(t, err)
				if took > attempt*8/3+3*time.Second {
					t.Errorf("took %v", took)
				}
				// Three attempts read 4 MiB into growing buffers. The server allocates in the same process.
				if took := is.TotalAlloc - was.TotalAlloc; took > 160<<20 {
					t.Errorf("%d MB were allocated", took>>20)
				}
				portal.CloseIdleConnections()
				server.CloseClientConnections()
				server.Close()
				settled(t, before)
			})
		}
	}
}

// settled waits until no more goroutines run than before.
func settled(t *testing.T, before int) {
	t.Helper()
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			stacks := make([]byte, 64<<10)
			t.Fatalf("%d goroutines are left of %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		runtime.Gosched()
		<-time.After(time.Millisecond)
	}
}

// raw takes over the connection and writes a text. Then it calls the given functions, or waits until the client goes away.
func raw(text string, then ...func(net.Conn)) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, rw := hijack(w)
		defer conn.Close()
		rw.WriteString(text)
		rw.Flush()
		for _, act := range then {
			act(conn)
		}
		if len(then) == 0 {
			io.Copy(io.Discard, conn)
		}
	}
}

func hijack(w http.ResponseWriter) (net.Conn, *bufio.ReadWriter) {
	conn, rw, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	return conn, rw
}

func closeNow(net.Conn) {}

// linger makes a connection end with a reset.
func linger(seconds int) func(net.Conn) {
	return func(conn net.Conn) { conn.(*net.TCPConn).SetLinger(seconds) }
}

// drip sends a little every few milliseconds, for ever.
func drip(say func(io.Writer, int) error, begin string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _ := hijack(w)
		defer conn.Close()
		io.WriteString(conn, begin)
		for i := 0; say(conn, i) == nil; i++ {
			<-time.After(5 * time.Millisecond)
		}
	}
}

// flood sends the same text for ever.
func flood(begin, again string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _ := hijack(w)
		defer conn.Close()
		_, err := io.WriteString(conn, begin)
		for err == nil {
			_, err = io.WriteString(conn, again)
		}
	}
}

// bomb sends 64 MB of blanks that are packed with gzip.
func bomb(status int) http.HandlerFunc {
	var packed strings.Builder
	w := gzip.NewWriter(&packed)
	blanks := strings.Repeat(" ", 1<<20)
	for range 64 {
		io.WriteString(w, blanks)
	}
	w.Close()
	return reply(status, jsonType, packed.String(), "Content-Encoding", "gzip")
}

// Ten thousand calls of all kinds on one Portal open no more connections than it has slots.
func TestTenThousandCalls(t *testing.T) {
	var open, most, served atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		successes := map[string]string{"GET": `{"externalShare":true,"externalShareSocialMedia":true,"enableThirdParty":true,"new":[1]}`, "PUT": "true", "POST": `{"status":0}`}
		w.Header().Set("Set-Cookie", "sharelink1=x; path=/")
		reply(200, jsonType, envelope(successes[r.Method]))(w, r)
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			if now := open.Add(1); now > most.Load() {
				most.Store(now)
			}
		}
		if state == http.StateClosed {
			open.Add(-1)
		}
	}
	server.Start()
	defer server.Close()
	portal := newPortal(t, server.URL, client.WithHooks(client.Hooks{
		After: func(context.Context, client.Attempt) {},
	}), client.WithTokenSource(func(context.Context) (string, error) { return "tok", nil }))
	ctx := context.Background()
	calls := []func() error{
		func() error { _, err := portal.FilesSettings(ctx); return err },
		func() error { _, err := portal.SharingPolicy(ctx); return err },
		func() error { _, err := portal.SetExternalShare(ctx, true); return err },
		func() error { _, err := portal.SetExternalShareSocialMedia(ctx, true); return err },
		func() error { _, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); return err },
		func() error { _, err := portal.Unlock(ctx, "KEY", "pw-1"); return err },
		func() error { _, err := portal.API().GetFilesSettingsWithResponse(ctx, nil); return err },
		func() error {
			var info client.ResponseInfo
			_, err := portal.FilesSettings(client.WithResponseInfo(ctx, &info))
			if info.StatusCode != 200 || info.Attempts < 1 {
				return fmt.Errorf("got %+v", info)
			}
			return err
		},
	}
	const total = 10_000
	results := make(chan error)
	for i := range total {
		go func() { results <- calls[i%len(calls)]() }()
	}
	for range total {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
	if served.Load() < total || most.Load() > 150 { // those of the portal and of the visitor, and some that are being closed
		t.Errorf("%d requests, %d connections", served.Load(), most.Load())
	}
}
