package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// connectionFlags limit the connections.
type connectionFlags struct {
	MaxConnections int `group:"address" name:"max-connections" default:"10000" placeholder:"N" help:"How many connections may be open at once, and how many requests may be under way. Others wait, and for them the connection is closed that has been idle for longest, or that has sent no request for a second. There are fewer when the process may not open as many files (default: ${default})."`
}

// maxConnections limits --max-connections.
const maxConnections = 1_000_000

func (f *connectionFlags) check() error {
	if f.MaxConnections < 1 || f.MaxConnections > maxConnections {
		return fmt.Errorf("--max-connections: must be between 1 and %d, not %d", maxConnections, f.MaxConnections)
	}
	return nil
}

// otherFiles is how many files the program may need that are no connections: listeners, state file, lock, random numbers.
const otherFiles = 24

// share divides the connections: the control API has some of its own when it has an address of its own, so that it stays in reach.
// openFiles is how many files the process may open; 0 is unknown.
func (f *connectionFlags) share(openFiles int, ownControl bool, logger *slog.Logger) (portal, control int) {
	portal, control = f.MaxConnections, f.MaxConnections
	if openFiles == 0 {
		return portal, control
	}
	left := max(openFiles-otherFiles, 2)
	if ownControl && portal+control > left {
		control = min(control, max(left/5, 1))
		left -= control
	}
	if portal <= left {
		return portal, control
	}
	portal = left
	logger.Info("fewer connections can be open at once than --max-connections says, because the process may open few files", "connections", portal, "files", openFiles)
	return portal, control
}

// limitedServer is a server that knows its open connections, and how many there may be.
type limitedServer struct {
	*http.Server
	slots  chan struct{} // has a value for each
	ending atomic.Bool   // each answer is the last of its connection

	mu      sync.Mutex
	open    map[net.Conn]connectionState
	changed chan struct{} // closed when a connection has ended or become idle
}

type connectionState struct {
	http.ConnState
	since time.Time
}

// limitConnections gives a server a limit. Its listeners must be those of listen.
func limitConnections(server *http.Server, most int) *limitedServer {
	s := &limitedServer{Server: server, slots: make(chan struct{}, most), open: map[net.Conn]connectionState{}, changed: make(chan struct{})}
	handler := server.Handler
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.ending.Load() && r.ProtoMajor == 1 {
			w.Header().Set("Connection", "close")
		}
		handler.ServeHTTP(w, r)
	})
	told := server.ConnState
	server.ConnState = func(connection net.Conn, state http.ConnState) {
		told(connection, state)
		s.note(connection, state)
	}
	return s
}

func (s *limitedServer) note(connection net.Conn, state http.ConnState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch state {
	case http.StateClosed, http.StateHijacked: // a hijacked one is reset at once
		delete(s.open, connection)
		<-s.slots
	default:
		if s.open[connection].ConnState != http.StateClosed { // end closes it
			s.open[connection] = connectionState{state, time.Now()}
		}
	}
	if state != http.StateNew && state != http.StateActive && len(s.slots) >= cap(s.slots)-1 {
		close(s.changed)
		s.changed = make(chan struct{})
	}
}

// listen makes the connections of a listener wait while there are too many.
func (s *limitedServer) listen(listener net.Listener) net.Listener {
	return &limitedListener{Listener: listener, server: s, closed: make(chan struct{})}
}

type limitedListener struct {
	net.Listener
	server *limitedServer
	once   sync.Once
	closed chan struct{}
}

// Accept returns the next connection as soon as there is room for it.
func (l *limitedListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	for {
		select {
		case l.server.slots <- struct{}{}:
			return connection, nil
		default:
		}
		select {
		case l.server.slots <- struct{}{}:
			return connection, nil
		case <-l.server.makeRoom():
		case <-time.After(unusedTime / 10):
		case <-l.closed:
			_ = connection.Close()
			return nil, net.ErrClosed
		}
	}
}

// Close also ends a waiting Accept.
func (l *limitedListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

// unusedTime is how long a connection has for its first request while others wait.
const unusedTime = time.Second

// makeRoom closes the connection that has been idle for longest, or else the one that has taken longest over its first request. It does
// nothing while it closes one already, unless that takes long. changed is closed when it is worth another try.
func (s *limitedServer) makeRoom() (changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var idlest, unused net.Conn
	now := time.Now()
	for connection, state := range s.open {
		switch {
		case state.ConnState == http.StateClosed && now.Sub(state.since) < unusedTime:
			return s.changed
		case state.ConnState == http.StateIdle && (idlest == nil || state.since.Before(s.open[idlest].since)):
			idlest = connection
		case state.ConnState == http.StateNew && now.Sub(state.since) >= unusedTime && (unused == nil || state.since.Before(s.open[unused].since)):
			unused = connection
		}
	}
	switch {
	case idlest != nil:
		s.end(idlest)
	case unused != nil:
		s.end(unused)
	}
	return s.changed
}

// end closes a connection. Nothing waits for the closing message of TLS.
func (s *limitedServer) end(connection net.Conn) {
	s.open[connection] = connectionState{http.StateClosed, time.Now()}
	go func() { _ = connection.Close() }()
}

const (
	// sendingTime is how long after an answer a connection may have its next request on the way.
	sendingTime = 100 * time.Millisecond
	// settleTime is how long settle waits at most.
	settleTime = 500 * time.Millisecond
)

// settle answers the requests that are on their way on connections in use, each as the last of its connection, until ctx is done.
// [http.Server.Shutdown] drops them.
func (s *limitedServer) settle(ctx context.Context) {
	s.ending.Store(true)
	ctx, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	ticker := time.NewTicker(sendingTime / 20)
	defer ticker.Stop()
	for s.inUse() {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// inUse says whether a connection has had an answer just now.
func (s *limitedServer) inUse() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, state := range s.open {
		if state.ConnState == http.StateIdle && time.Since(state.since) < sendingTime {
			return true
		}
	}
	return false
}

// closeUnused closes the connections that have sent no request, until ctx is done. [http.Server.Shutdown] waits 5 s for each, and does not
// answer what they send meanwhile.
func (s *limitedServer) closeUnused(ctx context.Context) {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	for {
		s.mu.Lock()
		for connection, state := range s.open {
			if state.ConnState == http.StateNew {
				s.end(connection)
			}
		}
		s.mu.Unlock()
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// limitRequests refuses requests beyond a number at once. Only HTTP/2 has more requests than connections.
func limitRequests(next http.Handler, most int) http.Handler {
	places := make(chan struct{}, most)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor == 1 {
			next.ServeHTTP(w, r)
			return
		}
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			next.ServeHTTP(w, r)
		default:
			http.Error(w, fmt.Sprintf("mock-docspace has %d requests under way: --max-connections limits them", most), http.StatusServiceUnavailable)
		}
	})
}
