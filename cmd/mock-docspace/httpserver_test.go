package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

func TestHTTP2(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: protocols}
	defer transport.CloseIdleConnections()
	if answer, _ := getOver(t, &http.Client{Transport: transport}, p.url+settings, "Authorization", "YOUR_API_KEY"); answer.ProtoMajor != 2 || answer.StatusCode != 200 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
	if answer := p.get(settings, "Authorization", "YOUR_API_KEY"); answer.ProtoMajor != 1 || answer.StatusCode != 200 {
		t.Errorf("got %d over %s", answer.StatusCode, answer.Proto)
	}
}

// Without the option of newHTTPServer, net/http would answer this request itself, without the headers of the fake.
func TestOptionsOfEverything(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != 404 || answer.Header.Get("X-Mock-Docspace") == "" {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
}

// The fake answers requests that net/http alone refuses (recorded: F783), and those in a method of any letter case.
func TestRequestLines(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	conn, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	from := bufio.NewReader(conn)
	for _, line := range []string{"POST /api/2.0/files/share/%zz/password", "put /api/2.0/files/settings/external", "POST /api/2.0/files/share/%/password"} {
		fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", line)
		answer, err := http.ReadResponse(from, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if answer.Header.Get("X-Mock-Docspace") == "" || strings.HasPrefix(line, "POST") && answer.StatusCode != 200 {
			t.Errorf("%s: got %d %v", line, answer.StatusCode, answer.Header)
		}
	}
}

func TestHeaderTooLarge(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	if answer := p.get("/", "X-Big", strings.Repeat("x", 64<<10)); answer.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("got %d", answer.StatusCode)
	}
}
