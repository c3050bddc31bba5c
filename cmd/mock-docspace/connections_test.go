package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// memoryServer serves connections in memory, with a limit.
type memoryServer struct {
	*limitedServer
	listener oneConnection
	served   chan error
}

func serveInMemory(most int, handler http.HandlerFunc) *memoryServer {
	s := &memoryServer{
		limitedServer: limitConnections(newHTTPServer(handler, nil, slog.New(slog.DiscardHandler)), most),
		listener:      oneConnection{make(chan net.Conn, 10), make(chan struct{})},
		served:        make(chan error, 1),
	}
	go func() { s.served <- s.Serve(s.listen(s.listener)) }()
	return s
}

// connect sends the beginning of a request, which may be empty.
func (s *memoryServer) connect(t *testing.T, text string) net.Conn {
	t.Helper()
	client, served := net.Pipe()
	t.Cleanup(func() { _ = client.Close() })
	s.listener.connections <- served
	go func() { _, _ = io.WriteString(client, text) }() // a limit may keep the server from reading it
	synctest.Wait()
	return client
}

const getRequest = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

func statusOf(t *testing.T, client net.Conn) int {
	t.Helper()
	answer, err := http.ReadResponse(bufio.NewReader(client), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// closedByServer says whether the server has closed a connection.
func closedByServer(client net.Conn) bool {
	_ = client.SetReadDeadline(time.Now().Add(time.Millisecond))
	_, err := client.Read(make([]byte, 1))
	return errors.Is(err, io.EOF)
}

// Connections beyond the limit wait until there is room. The connection that has been idle for longest makes it.
func TestConnectionsBeyondTheLimitWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		entered, leave := make(chan struct{}, 10), make(chan struct{})
		s := serveInMemory(2, func(http.ResponseWriter, *http.Request) { entered <- struct{}{}; <-leave })
		defer s.Close()
		first, second, third := s.connect(t, getRequest), s.connect(t, getRequest), s.connect(t, getRequest)
		if len(entered) != 2 {
			t.Fatalf("%d requests have begun, want 2", len(entered))
		}
		leave <- struct{}{}
		if got := statusOf(t, first); got != 200 {
			t.Errorf("got %d", got)
		}
		synctest.Wait()
		if len(entered) != 3 || !closedByServer(first) {
			t.Fatalf("the idle connection did not make room: %d requests have begun", len(entered))
		}
		close(leave)
		for _, client := range []net.Conn{second, third} {
			<-time.After(time.Second) // in the time of the test
			if got := statusOf(t, client); got != 200 {
				t.Errorf("got %d", got)
			}
		}
		fourth := s.connect(t, getRequest)
		if got := statusOf(t, fourth); got != 200 || !closedByServer(second) || closedByServer(third) {
			t.Errorf("got %d; not the one that has been idle for longest has made room", got)
		}
	})
}

// closingConnection is a connection whose closing has an end only when the test says so.
type closingConnection struct {
	net.Conn
	closing, closed chan struct{}
}

func (c closingConnection) Close() error {
	c.closing <- struct{}{}
	<-c.closed
	return nil
}

// While one connection is being closed, no other one is closed for the same place.
func TestOneConnectionMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := limitConnections(newHTTPServer(nil, nil, slog.New(slog.DiscardHandler)), 4)
		closing, closed := make(chan struct{}, 4), make(chan struct{})
		defer close(closed)
		var clients []net.Conn
		for range 4 {
			client := closingConnection{&net.TCPConn{}, closing, closed}
			s.slots <- struct{}{}
			s.note(client, http.StateNew)
			s.note(client, http.StateIdle)
			clients = append(clients, client)
			<-time.After(time.Millisecond) // in the time of the test
		}
		wantClosing := func(what string, want int) {
			t.Helper()
			s.makeRoom()
			synctest.Wait()
			if got := len(closing); got != want {
				t.Errorf("%s: %d connections are closed, want %d", what, got, want)
			}
		}
		wantClosing("the first time", 1)
		wantClosing("at once again", 1)
		s.note(clients[0], http.StateActive) // its next request has come too late
		wantClosing("when it has a request", 1)
		s.note(clients[0], http.StateClosed)
		wantClosing("when it is closed", 2)
		<-time.After(unusedTime) // in the time of the test
		wantClosing("when the closing takes long", 3)
	})
}

// Connections that never send a request do not keep others out.
func TestUnusedConnectionsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(2, func(http.ResponseWriter, *http.Request) {})
		defer s.Close()
		first := s.connect(t, "GET /")
		<-time.After(unusedTime / 2) // in the time of the test
		second, third := s.connect(t, ""), s.connect(t, getRequest)
		begun := time.Now()
		if got := statusOf(t, third); got != 200 || time.Since(begun) > unusedTime {
			t.Errorf("got %d after %s", got, time.Since(begun))
		}
		if !closedByServer(first) || closedByServer(second) {
			t.Error("not the connection that has taken longest has made room")
		}
	})
}

// A connection that waits for room does not keep the server from ending.
func TestWaitingConnectionsEndWithTheServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		leave := make(chan struct{})
		s := serveInMemory(1, func(http.ResponseWriter, *http.Request) { <-leave })
		first, second := s.connect(t, getRequest), s.connect(t, getRequest)
		ended := make(chan error, 1)
		go func() { ended <- s.Shutdown(t.Context()) }()
		synctest.Wait()
		if !closedByServer(second) {
			t.Error("the connection that waited is still open")
		}
		close(leave)
		if got := statusOf(t, first); got != 200 {
			t.Errorf("got %d", got)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// At the end, connections without a request are closed at once, and those with one have the time to drain.
func TestUnusedConnectionsDoNotDelayTheEnd(t *testing.T) {
	for name, test := range map[string]struct {
		sent  string
		takes time.Duration
		cut   bool
	}{
		"nothing":                     {"", 0, true},
		"half a line":                 {"GET /", 0, true},
		"a request that takes a time": {getRequest, drainTimeout - time.Second, false},
		"a body that stalls":          {"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", drainTimeout, true},
		"a request that hangs":        {getRequest, drainTimeout, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := serveInMemory(10, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				wait(r.Context(), test.takes)
				if strings.Contains(name, "hangs") {
					<-r.Context().Done()
				}
			})
			none := limitConnections(newHTTPServer(nil, nil, slog.New(slog.DiscardHandler)), 1)
			client := s.connect(t, test.sent)
			ctx, cancel := context.WithTimeout(t.Context(), drainTimeout)
			defer cancel()
			begun := time.Now()
			drained := make(chan error, 1)
			go func() { drained <- drain(ctx, s.limitedServer, none, slog.New(slog.DiscardHandler)) }()
			_, err := http.ReadResponse(bufio.NewReader(client), nil)
			if (err != nil) != test.cut {
				t.Errorf("%s: %v", name, err)
			}
			if err := <-drained; err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if took := time.Since(begun); took > test.takes+time.Second || took > drainTimeout {
				t.Errorf("%s: ended after %s", name, took)
			}
		})
	}
}

// A request that is on its way when the end begins is answered, as the last of its connection.
func TestRequestsOnTheirWayAreAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(1, func(http.ResponseWriter, *http.Request) {})
		client := s.connect(t, getRequest)
		answers := bufio.NewReader(client)
		if first, err := http.ReadResponse(answers, nil); err != nil || first.Close {
			t.Fatalf("got %+v, %v", first, err)
		}
		<-time.After(sendingTime / 2) // in the time of the test
		ended := make(chan error, 1)
		go func() {
			ended <- drain(t.Context(), s.limitedServer, limitConnections(&http.Server{}, 1), slog.New(slog.DiscardHandler))
		}()
		<-time.After(sendingTime / 4) // in the time of the test
		if _, err := io.WriteString(client, getRequest); err != nil {
			t.Fatal(err)
		}
		if last, err := http.ReadResponse(answers, nil); err != nil || last.StatusCode != 200 || !last.Close {
			t.Errorf("got %+v, %v", last, err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// A server that has not noticed yet that its listener is closed cuts nothing off, and says nothing.
func TestListenersMayBeClosedBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := limitConnections(newHTTPServer(nil, nil, slog.New(slog.DiscardHandler)), 1)
		listener := closedBefore{oneConnection{make(chan net.Conn), make(chan struct{})}}
		served := make(chan error, 1)
		go func() { served <- s.Serve(listener) }()
		synctest.Wait()
		var log output
		if err := drain(t.Context(), s, limitConnections(&http.Server{}, 1), (&outputFlags{}).logger(&log)); err != nil || log.String() != "" {
			t.Errorf("got %v, logged %q", err, log.String())
		}
		<-served
	})
}

// closedBefore is a listener whose closing fails, as that of one that is closed already does.
type closedBefore struct{ oneConnection }

func (l closedBefore) Close() error {
	_ = l.oneConnection.Close()
	return net.ErrClosed
}

// Clients that go on for ever do not delay the end for long, and not beyond the time that there is.
func TestClientsThatGoOnDoNotDelayTheEnd(t *testing.T) {
	for _, test := range []struct{ has, takes time.Duration }{{time.Minute, settleTime}, {settleTime / 5, settleTime / 5}} {
		synctest.Test(t, func(t *testing.T) {
			s := limitConnections(&http.Server{}, 2)
			client, served := net.Pipe()
			defer client.Close()
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				for range 20 { // answers over HTTP/2, of which none is the last
					s.mu.Lock()
					s.open[served] = connectionState{http.StateIdle, time.Now()}
					s.mu.Unlock()
					<-time.After(sendingTime / 2) // in the time of the test
				}
			}()
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), test.has)
			defer cancel()
			begun := time.Now()
			s.settle(ctx)
			if took := time.Since(begun); took != test.takes {
				t.Errorf("waited for %s, want %s", took, test.takes)
			}
			<-gone
		})
	}
}

// Connections that are idle do not delay the end for long.
func TestSettlingHasAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := serveInMemory(1, func(http.ResponseWriter, *http.Request) {})
		defer s.Close()
		if got := statusOf(t, s.connect(t, getRequest)); got != 200 {
			t.Errorf("got %d", got)
		}
		begun := time.Now()
		s.settle(t.Context())
		if took := time.Since(begun); took > sendingTime {
			t.Errorf("waited for %s", took)
		}
		begun = time.Now()
		if s.settle(t.Context()); time.Since(begun) != 0 {
			t.Errorf("waited for %s, although the connection has been idle", time.Since(begun))
		}
	})
}

func TestShareOfConnections(t *testing.T) {
	for _, test := range []struct {
		most, files     int
		ownControl      bool
		portal, control int
		told            bool
	}{
		{10_000, 20_000, false, 10_000, 10_000, false},
		{10_000, 0, false, 10_000, 10_000, false},
		{10_000, 64, false, 40, 10_000, true},
		{10_000, 64, true, 32, 8, true},
		{10, 64, true, 10, 10, false},
		{10_000, 20_024, true, 10_000, 10_000, false},
		{10_000, 20_023, true, 10_000, 3_999, false},
		{10_000, 12_024, true, 9_600, 2_400, true},
		{1, 1, true, 1, 1, false},
		{100, 1, true, 1, 1, true},
	} {
		var log output
		flags := connectionFlags{MaxConnections: test.most}
		portal, control := flags.share(test.files, test.ownControl, (&outputFlags{}).logger(&log))
		if portal != test.portal || control != test.control || (log.String() != "") != test.told {
			t.Errorf("%+v: got %d and %d, log %q", test, portal, control, log.String())
		}
	}
}
