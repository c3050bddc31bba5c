package mockserver

import (
	"net"
	"net/http"
)

// ending is how the connection of a request ends.
type ending int

const (
	answered   ending = iota
	cutOff            // in the middle of the answer
	unanswered        // without an answer
	resetConn         // without an answer, by a reset
)

// statusOf is the status of an answer; 0 when there is none.
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

// resetConnection resets the TCP connection of HTTP/1; over HTTP/2 there is nothing to take over.
func resetConnection(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if wrapped, ok := connection.(interface{ NetConn() net.Conn }); ok {
		connection = wrapped.NetConn() // without the farewell of TLS
	}
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = connection.Close()
}
