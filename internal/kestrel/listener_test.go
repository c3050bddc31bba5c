package kestrel

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// echo answers with the method, the decoded path and the body of a request.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s %s", r.Method, r.URL.Path, body)
}

func dial(t *testing.T) net.Conn {
	t.Helper()
	server := NewServer(http.HandlerFunc(echo))
	t.Cleanup(server.Close)
	connection, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	return connection
}

func answer(t *testing.T, from *bufio.Reader) string {
	t.Helper()
	response, err := http.ReadResponse(from, nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(response.StatusCode, " ", string(body))
}

// Each request of a connection is mended, and its body is not.
func TestRequestsOfOneConnection(t *testing.T) {
	connection := dial(t)
	from := bufio.NewReader(connection)
	for range 3 {
		for request, want := range map[string]string{
			"GET /a%zz/% HTTP/1.1\r\nHost: x\r\n\r\n":                                                         "200 GET /a%zz/% ",
			"put /%41?%zz HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n /%zz/%":                            "200 put /A  /%zz/%",
			"POST /% HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n%\r\n2\r\nG%\r\n0\r\n\r\n": "200 POST /% %G%",
			"GET /" + strings.Repeat("%", 5000) + " HTTP/1.1\r\nHost: x\r\n\r\n":                              "200 GET /" + strings.Repeat("%", 5000) + " ",
		} {
			if _, err := io.WriteString(connection, request); err != nil {
				t.Fatal(err)
			}
			if got := answer(t, from); got != want {
				t.Errorf("%.40q: got %.80q, want %.80q", request, got, want)
			}
		}
	}
}

// pipeListener accepts a connection in memory first, where each write of the client is a read of the server.
type pipeListener struct {
	net.Listener
	first chan net.Conn
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.first:
		return connection, nil
	default:
		return l.Listener.Accept()
	}
}

func pipe(t *testing.T, handler http.HandlerFunc) net.Conn {
	t.Helper()
	client, server := net.Pipe()
	first := make(chan net.Conn, 1)
	first <- server
	listening := httptest.NewUnstartedServer(handler)
	listening.Listener = Listen(pipeListener{listening.Listener, first})
	listening.Config.ConnState = ConnState
	listening.Start()
	t.Cleanup(listening.Close)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func TestRequestInPieces(t *testing.T) {
	client := pipe(t, echo)
	from := bufio.NewReader(client)
	for range 2 {
		for _, b := range "GET /%zz/%4/%41 HTTP/1.1\r\nHost: x\r\n\r\n" {
			if _, err := io.WriteString(client, string(b)); err != nil {
				t.Fatal(err)
			}
		}
		if got := answer(t, from); got != "200 GET /%zz/%4/A " {
			t.Errorf("got %q", got)
		}
	}
}

// net/http may read the first byte of a request while the handler of the one before it is still running.
func TestRequestWhoseFirstByteIsRead(t *testing.T) {
	first := make(chan bool)
	client := pipe(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/1" {
			<-first
		}
		echo(w, r)
	})
	if _, err := io.WriteString(client, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(client, "G"); err != nil { // until it is read
		t.Fatal(err)
	}
	close(first)
	from := bufio.NewReader(client)
	if got := answer(t, from); got != "200 GET /1 " {
		t.Errorf("got %q", got)
	}
	if _, err := io.WriteString(client, "ET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if got := answer(t, from); got != "200 GET /%zz " {
		t.Errorf("got %q", got)
	}
}

// What net/http and the fake look for in a connection is there.
func TestConnectionBeneath(t *testing.T) {
	connection := dial(t)
	wrapped := &conn{Conn: connection}
	if wrapped.NetConn() != connection {
		t.Error("NetConn is another connection")
	}
	if err := wrapped.CloseWrite(); err != nil {
		t.Error(err)
	}
	if rest, err := io.ReadAll(connection); err != nil || len(rest) > 0 {
		t.Errorf("%q, %v", rest, err) // the server has seen the end
	}
}
