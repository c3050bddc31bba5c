// Package kestrel lets net/http take requests that Kestrel takes. net/http refuses a path with a malformed escape, such as /a/%zz,
// and a header with a name such as X{a}, before any handler runs.
package kestrel

import (
	"net"
	"net/http"
	"net/http/httptest"
)

// Listen makes the connections of a listener mend the head of each request. A % that begins no escape becomes %25, which means the
// same path to the server. What cannot be in the name of a header becomes _. The http.Server needs [ConnState] too, so that later
// requests of a connection are mended as well. Requests that a client sends before the answer to the one before them (pipelining)
// may arrive as they are, and so do those over TLS when the listener is below TLS.
func Listen(listener net.Listener) net.Listener { return mendingListener{listener} }

// NewServer is [httptest.NewServer] on connections of [Listen].
func NewServer(handler http.Handler) *httptest.Server {
	server := httptest.NewUnstartedServer(handler)
	server.Listener = Listen(server.Listener)
	server.Config.ConnState = ConnState
	server.Start()
	return server
}

type mendingListener struct{ net.Listener }

func (l mendingListener) Accept() (net.Conn, error) {
	accepted, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: accepted}, nil
}

// ConnState tells a connection of [Listen] where a request begins. It is for [http.Server.ConnState].
func ConnState(connection net.Conn, state http.ConnState) {
	if mending, ok := connection.(*conn); ok && state == http.StateIdle {
		mending.nextRequest()
	}
}

// conn is a connection that mends requests. Only one goroutine at a time reads from it: net/http waits for its reader in the
// background before it says that the connection is idle.
type conn struct {
	net.Conn
	head  head
	ahead []byte // the byte that was asked for alone, if it was the last to be read
	rest  []byte // mended bytes that have not been read yet
}

// NetConn is the connection beneath, as with [tls.Conn.NetConn].
func (c *conn) NetConn() net.Conn { return c.Conn }

// CloseWrite is that of the connection beneath. net/http wants it, to let a client read an answer before the connection ends.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

func (c *conn) Read(p []byte) (int, error) {
	for {
		if len(c.rest) > 0 {
			n := copy(p, c.rest)
			c.rest = c.rest[n:]
			return n, nil
		}
		n, err := c.Conn.Read(p)
		if c.head.done() {
			c.readAhead(p, p[:n])
			return n, err
		}
		mended := c.head.mend(p[:n])
		if len(mended) > len(p) {
			c.rest = append(c.rest[:0], mended[len(p):]...)
		}
		copied := copy(p, mended)
		if copied > 0 || n == 0 || err != nil {
			return copied, err
		}
	}
}

// readAhead keeps a byte that was asked for alone. While a handler runs, net/http asks for one in the background, to see whether
// the client is still there. It gets the first byte of the next request when the client is quick.
func (c *conn) readAhead(asked, read []byte) {
	if len(read) == 0 {
		return
	}
	c.ahead = c.ahead[:0]
	if len(asked) == 1 {
		c.ahead = append(c.ahead, read...)
	}
}

func (c *conn) nextRequest() {
	if c.head.http2 {
		return
	}
	c.head = head{}
	c.head.mend(c.ahead)
	c.ahead = c.ahead[:0]
}
