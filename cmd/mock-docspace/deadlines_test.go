package main

import (
	"bufio"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// serveWithDeadlines serves a handler, and limits the time of a request and of an answer.
func serveWithDeadlines(t *testing.T, limit time.Duration, handler http.HandlerFunc) (address string) {
	t.Helper()
	server := newHTTPServer(handler, nil, slog.New(slog.DiscardHandler))
	server.Handler = deadlines(handler, limit)
	server.ReadTimeout = limit
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

// The time between a request and its answer may be longer than both limits.
func TestHandlersMayTakeAnyTime(t *testing.T) {
	address := serveWithDeadlines(t, time.Second, func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			t.Error(err)
		}
		select {
		case <-r.Context().Done():
			t.Error("the request was cancelled")
		case <-time.After(1500 * time.Millisecond):
		}
		io.WriteString(w, "answer")
	})
	for name, use := range map[string]func(*http.Protocols, bool){"HTTP/1.1": (*http.Protocols).SetHTTP1, "HTTP/2.0": (*http.Protocols).SetUnencryptedHTTP2} {
		protocols := new(http.Protocols)
		use(protocols, true)
		transport := &http.Transport{Protocols: protocols}
		defer transport.CloseIdleConnections()
		for _, body := range []io.Reader{http.NoBody, strings.NewReader("body")} {
			r, _ := http.NewRequestWithContext(t.Context(), "PUT", "http://"+address, body)
			answer, err := (&http.Client{Transport: transport}).Do(r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			text, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil || string(text) != "answer" || answer.Proto != name {
				t.Errorf("%s: %q, %v over %s", name, text, err, answer.Proto)
			}
		}
	}
}

func TestSlowBodiesAreCutOff(t *testing.T) {
	failed := make(chan error, 1)
	address := serveWithDeadlines(t, time.Second, func(_ http.ResponseWriter, r *http.Request) {
		_, err := io.ReadAll(r.Body)
		failed <- err
	})
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1")
	if err := <-failed; err == nil {
		t.Error("the server waited for the client")
	}
}

func TestUnreadAnswersAreCutOff(t *testing.T) {
	failed := make(chan error, 1)
	address := serveWithDeadlines(t, time.Second, func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(make([]byte, 64<<20))
		failed <- err
	})
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := <-failed; err == nil {
		t.Error("the server waited for the client")
	}
}

// A client that is still sending its body receives the answer that refuses it.
func TestUnreadBodiesAreReadToTheirEnd(t *testing.T) {
	address := serveWithDeadlines(t, requestTimeout, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusRequestEntityTooLarge) })
	for range 5 {
		r, _ := http.NewRequestWithContext(t.Context(), "PUT", "http://"+address, strings.NewReader(strings.Repeat(" ", 12<<20)))
		r.Close = true
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
	}
}

// A client that waits for the answer before it sends a large body gets it at once.
func TestAnswersDoNotWaitForTheBody(t *testing.T) {
	address := serveWithDeadlines(t, time.Minute, func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "no", http.StatusUnauthorized)
	})
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(unreadTimeout / 2)); err != nil {
		t.Fatal(err)
	}
	io.WriteString(conn, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 104857601\r\n\r\n{")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusUnauthorized { // the body would be read until the deadline
		t.Errorf("got %d", answer.StatusCode)
	}
}

// oneConnection is a listener with one connection.
type oneConnection struct {
	connections chan net.Conn
	closed      chan struct{}
}

func (l oneConnection) Accept() (net.Conn, error) {
	select {
	case connection := <-l.connections:
		return connection, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l oneConnection) Close() error {
	close(l.closed)
	return nil
}

func (l oneConnection) Addr() net.Addr { return &net.TCPAddr{} }

// A client that never sends a small body gets the answer all the same, before the time for requests is over.
func TestAnswersToBodiesThatNeverCome(t *testing.T) {
	for _, header := range []string{"Content-Length: 10", "Transfer-Encoding: chunked"} {
		synctest.Test(t, func(t *testing.T) {
			server := newHTTPServer(deadlines(http.NotFoundHandler(), answerTimeout), nil, slog.New(slog.DiscardHandler))
			defer server.Close()
			client, served := net.Pipe()
			defer client.Close()
			listener := oneConnection{make(chan net.Conn, 1), make(chan struct{})}
			listener.connections <- served
			go server.Serve(listener)
			start := time.Now()
			io.WriteString(client, "PUT / HTTP/1.1\r\nHost: x\r\n"+header+"\r\n\r\n")
			answer, err := http.ReadResponse(bufio.NewReader(client), nil)
			if err != nil {
				t.Fatalf("%s: %v", header, err)
			}
			if waited := time.Since(start); answer.StatusCode != http.StatusNotFound || waited > unreadTimeout {
				t.Errorf("%s: got %d after %s", header, answer.StatusCode, waited)
			}
		})
	}
}

// A connection on which nothing is sent, or half a header, ends at its own time.
func TestIdleConnectionsAreClosed(t *testing.T) {
	for name, test := range map[string]struct {
		sent   string
		answer bool
		limit  time.Duration
	}{
		"half a header":    {"GET / HTTP/1.1\r\nHost:", false, 10 * time.Second},
		"after an answer":  {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", true, 2 * time.Minute},
		"half of the next": {"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT", true, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := newHTTPServer(deadlines(http.NotFoundHandler(), answerTimeout), nil, slog.New(slog.DiscardHandler))
				defer server.Close()
				client, served := net.Pipe()
				defer client.Close()
				listener := oneConnection{make(chan net.Conn, 1), make(chan struct{})}
				listener.connections <- served
				go server.Serve(listener)
				start := time.Now()
				go io.WriteString(client, test.sent)
				answers := bufio.NewReader(client)
				if test.answer {
					answer, err := http.ReadResponse(answers, nil)
					if err != nil {
						t.Fatal(err)
					}
					io.Copy(io.Discard, answer.Body)
				}
				io.Copy(io.Discard, answers)
				if waited := time.Since(start); waited != test.limit {
					t.Errorf("closed after %s, not %s", waited, test.limit)
				}
			})
		})
	}
}
