package mockserver

import (
	"net"
	"net/http"
)

// ending says how the connection of a request ends.
type ending int

const (
	answered   ending = iota // with a whole answer
	cutOff                   // in the middle of the answer
	unanswered               // without an answer
	resetConn                // without an answer, by a reset
)

// statusOf is status, or 0 when there is no answer.
func (e ending) statusOf(status int) int {
	if e == unanswered || e == resetConn {
		return 0
	}
	return status
}

// end ends the connection of a request whose answer is missing or cut off.
func (e ending) end(w http.ResponseWriter) {
	if e == answered {
		return
	}
	if e == resetConn {
		resetConnection(w)
	}
	panic(http.ErrAbortHandler)
}

// resetConnection resets the TCP connection of HTTP/1. Over HTTP/2 it does nothing, and end resets the stream.
func resetConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if wrapped, ok := connection.(interface{ NetConn() net.Conn }); ok {
		connection = wrapped.NetConn() // without the closing message of TLS
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
