package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestServe(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0")
	if !regexp.MustCompile(`^mock-docspace ` + regexp.QuoteMeta(mockserver.Version) + ` listening on http://127\.0\.0\.1:[1-9][0-9]*\n$`).MatchString(p.line) {
		t.Errorf("stdout %q", p.line)
	}
	answer := p.get("/api/2.0/files/settings", "Authorization", "YOUR_API_KEY")
	if answer.StatusCode != 200 || answer.Header.Get("X-Mock-Docspace") != mockserver.Version {
		t.Errorf("got %d %v", answer.StatusCode, answer.Header)
	}
	// The line of a request may be written after its answer has arrived, so the log is read after the end.
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	for _, want := range []string{"documented", "/api/2.0/files/share/{key}/password", "owner@example.com", "YOUR_API_KEY", "KEY_FROM_URL", "Marketing", "path=/api/2.0/files/settings"} {
		if !strings.Contains(p.stderr.String(), want) {
			t.Errorf("stderr does not have %s:\n%s", want, p.stderr)
		}
	}
}

// At the end the program answers a request that has begun, and accepts no new connection.
func TestDrain(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	address := strings.TrimPrefix(p.url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /api/2.0/files/share/KEY_FROM_URL/password HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
	reader := bufio.NewReader(conn)
	// The server sends 100 Continue when it begins to read the body.
	if line, err := reader.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q, %v", line, err)
	}
	if _, err := reader.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	p.cancel()
	for {
		other, err := net.Dial("tcp", address)
		if err != nil {
			break // the program has stopped listening
		}
		other.Close()
	}
	select {
	case code := <-p.code:
		t.Fatalf("ended with %d before the request did", code)
	default:
	}
	fmt.Fprint(conn, "{}")
	answer, err := http.ReadResponse(reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != 200 || !strings.Contains(string(text), `"status":0`) {
		t.Errorf("got %d %s, %v", answer.StatusCode, text, err)
	}
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
}

// Requests that hang because of a fault do not delay the end of the program.
func TestHangingRequestsEndWithTheProgram(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	p.do("POST", "/__mock/portals", `{"name":"mine"}`)
	hanging := make(chan error, 2)
	for _, prefix := range []string{"", "/portals/mine"} {
		if answer, body := p.do("POST", prefix+"/__mock/faults", `{"id":"h","kind":"hang"}`); answer.StatusCode != 201 {
			t.Fatalf("%d %s", answer.StatusCode, body)
		}
		go func() {
			answer, err := p.try(prefix + settings)
			if err == nil {
				answer.Body.Close()
			}
			hanging <- err
		}()
		gomega.NewWithT(t).Eventually(func() string {
			_, body := p.do("GET", prefix+"/__mock/faults/h", "")
			return body
		}).Should(gomega.ContainSubstring(`"applied":1`))
	}
	begun := time.Now()
	if code := p.stop(); code != exitOK || time.Since(begun) > drainTimeout/2 {
		t.Errorf("exit %d after %s", code, time.Since(begun))
	}
	for range 2 {
		if err := <-hanging; err == nil {
			t.Error("it was answered")
		}
	}
}

// What a fault delays is answered whole at the end, and at once.
func TestDelayedRequestsAreAnsweredAtTheEnd(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	p.do("POST", "/__mock/faults", `{"id":"d","kind":"delay","delay":"10m"}`)
	answered := make(chan *http.Response, 1)
	go func() { answered <- p.get(settings, "Authorization", "YOUR_API_KEY") }()
	gomega.NewWithT(t).Eventually(func() string {
		_, body := p.do("GET", "/__mock/faults/d", "")
		return body
	}).Should(gomega.ContainSubstring(`"applied":1`))
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
	if answer := <-answered; answer.StatusCode != 200 || answer.ContentLength < 1000 {
		t.Errorf("got %d with %d bytes", answer.StatusCode, answer.ContentLength)
	}
}
