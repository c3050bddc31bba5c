package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// reading is a request whose body is read to its end by a handler behind bodyLimits.
type reading struct {
	send  *io.PipeWriter
	err   error         // of the body, when it is read
	ended chan struct{} // closed when the body is read
}

func (r *reading) done() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// read begins a request of which that many bytes arrive. More can be sent.
func (l *bodyLimits) read(t *testing.T, size int) *reading {
	t.Helper()
	body, send := io.Pipe()
	r := &reading{send: send, ended: make(chan struct{})}
	handler := l.apply(http.HandlerFunc(func(_ http.ResponseWriter, request *http.Request) {
		_, r.err = io.Copy(io.Discard, request.Body)
		close(r.ended)
	}))
	request := httptest.NewRequestWithContext(t.Context(), "PUT", "/", body)
	go handler.ServeHTTP(httptest.NewRecorder(), request)
	go send.Write(make([]byte, size))
	synctest.Wait()
	return r
}

// finish says that the body is at its end.
func (r *reading) finish() {
	go r.send.Close()
	synctest.Wait()
}

// So many medium bodies and so many large ones are read at once. The others wait, and small ones do not.
func TestLargeBodiesWaitForTheirTurn(t *testing.T) {
	for name, test := range map[string]struct{ size, most int }{"medium": {smallBody + 1, mediumBodies}, "large": {mediumBody + 1, largeBodies}} {
		synctest.Test(t, func(t *testing.T) {
			limits := newBodyLimits()
			var begun []*reading
			for range test.most {
				begun = append(begun, limits.read(t, test.size))
			}
			waits := limits.read(t, test.size)
			waits.finish()
			if waits.done() {
				t.Errorf("%s: there are more at once", name)
			}
			for range 3 {
				small := limits.read(t, smallBody)
				if small.finish(); !small.done() || small.err != nil {
					t.Errorf("%s: a small body had to wait: %v", name, small.err)
				}
			}
			if begun[0].finish(); !begun[0].done() || !waits.done() || waits.err != nil {
				t.Errorf("%s: the next body is not read: %t, %v", name, waits.done(), waits.err)
			}
			for _, r := range begun[1:] {
				if r.finish(); !r.done() || r.err != nil {
					t.Errorf("%s: %v", name, r.err)
				}
			}
			if len(limits.medium) != 0 || len(limits.large) != 0 {
				t.Errorf("%s: %d and %d places are still taken", name, len(limits.medium), len(limits.large))
			}
		})
	}
}

// A body does not wait for its turn for ever.
func TestWaitingBodiesEndInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := newBodyLimits()
		first, second := limits.read(t, mediumBody+1), limits.read(t, mediumBody+1)
		<-time.After(bodyWait - time.Second) // in the time of the test
		if synctest.Wait(); second.done() {
			t.Error("it was given up early")
		}
		<-time.After(time.Second) // in the time of the test
		if synctest.Wait(); !second.done() || !errors.Is(second.err, os.ErrDeadlineExceeded) {
			t.Errorf("it still waits, or failed with %v", second.err)
		}
		go second.send.CloseWithError(io.ErrClosedPipe)
		first.finish()
	})
}

// The time that a body waits for its turn is not the client's: it has all of its own after that.
func TestWaitingForATurnTakesNoTimeOfTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := newBodyLimits()
		limits.large <- struct{}{} // another body
		time.AfterFunc(requestTimeout+10*time.Second, func() { <-limits.large })
		const size = 4 << 20
		piece := make([]byte, size/4)
		answer, err := patientClient(t, fmt.Sprintf("PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", size), func(w io.Writer) error {
			for range 4 {
				if _, err := w.Write(piece); err != nil {
					return err
				}
				<-time.After(unreadTimeout - time.Second) // in the time of the test
			}
			return nil
		}, limits.apply(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n, err := io.Copy(io.Discard, r.Body)
			fmt.Fprintln(w, n, err)
		})).ServeHTTP)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(answer.Body); err != nil || string(text) != "4194304 <nil>\n" {
			t.Errorf("got %q, %v", text, err)
		}
	})
}

// patientClient sends a request to a server in memory as slowly as told, and reads the answer only then, as Python's http.client does.
func patientClient(t *testing.T, head string, body func(io.Writer) error, handler http.HandlerFunc) (*http.Response, error) {
	t.Helper()
	s := newHTTPServer(deadlines(handler, answerTimeout), nil, (&outputFlags{}).logger(io.Discard))
	t.Cleanup(func() { _ = s.Close() })
	client, served := net.Pipe()
	t.Cleanup(func() { _ = client.Close() })
	listener := oneConnection{make(chan net.Conn, 1), make(chan struct{})}
	listener.connections <- served
	go s.Serve(listener)
	answers := make(chan []byte, 1)
	go func() { // the memory between client and server, which TCP has
		text, _ := io.ReadAll(client)
		answers <- text
	}()
	if _, err := io.WriteString(client, head); err != nil {
		return nil, err
	}
	if err := body(client); err != nil {
		return nil, fmt.Errorf("the body: %w", err)
	}
	return http.ReadResponse(bufio.NewReader(bytes.NewReader(<-answers)), nil)
}

// A client can send a large body to its end, whatever the handler has read of it, and then read the refusal.
func TestRefusalsCanBeRead(t *testing.T) {
	for name, read := range map[string]int64{"nothing is read": 0, "a part is read": 1<<20 + 1} {
		for _, chunked := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				const size = 100 << 20
				head := fmt.Sprintf("PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n", size)
				if chunked {
					head = "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
				}
				piece := make([]byte, 1<<20)
				answer, err := patientClient(t, head, func(w io.Writer) error {
					for range size / len(piece) {
						if chunked {
							fmt.Fprintf(w, "%x\r\n", len(piece))
						}
						if _, err := w.Write(piece); err != nil {
							return err
						}
						if chunked {
							io.WriteString(w, "\r\n")
						}
						<-time.After(unreadTimeout / 20) // in the time of the test: 25 s for the whole body
					}
					if chunked {
						io.WriteString(w, "0\r\n\r\n")
					}
					return nil
				}, func(w http.ResponseWriter, r *http.Request) {
					_, _ = io.CopyN(io.Discard, r.Body, read)
					http.Error(w, "too large", http.StatusRequestEntityTooLarge)
				})
				if err != nil || answer.StatusCode != http.StatusRequestEntityTooLarge {
					t.Errorf("%s, chunked %t: %v", name, chunked, err)
				}
			})
		}
	}
}

// Over HTTP/2 too, the answer does not end before the body does, while the client goes on sending: some clients take that for a failure.
func TestRefusalsCanBeReadOverHTTP2(t *testing.T) {
	for name, sends := range map[string]bool{"a client that sends all": true, "a client that waits": false} {
		synctest.Test(t, func(t *testing.T) {
			s := newHTTPServer(deadlines(http.NotFoundHandler(), answerTimeout), nil, (&outputFlags{}).logger(io.Discard))
			defer s.Close()
			client, served := net.Pipe()
			defer client.Close()
			listener := oneConnection{make(chan net.Conn, 1), make(chan struct{})}
			listener.connections <- served
			go s.Serve(listener)
			var ended, reset atomic.Bool
			go func() {
				frames := http2.NewFramer(io.Discard, client)
				for {
					frame, err := frames.ReadFrame()
					if err != nil {
						return
					}
					if frame.Header().StreamID == 1 {
						_, failed := frame.(*http2.RSTStreamFrame)
						ended.Store(ended.Load() || frame.Header().Flags.Has(http2.FlagDataEndStream))
						reset.Store(reset.Load() || failed)
					}
				}
			}()
			send := bufio.NewWriter(client)
			send.WriteString(http2.ClientPreface)
			frames := http2.NewFramer(send, nil)
			var head bytes.Buffer
			fields := hpack.NewEncoder(&head)
			for _, field := range [][2]string{{":method", "PUT"}, {":scheme", "http"}, {":authority", "x"}, {":path", "/"}, {"content-length", "30000"}} {
				_ = fields.WriteField(hpack.HeaderField{Name: field[0], Value: field[1]})
			}
			_ = frames.WriteSettings()
			_ = frames.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: head.Bytes(), EndHeaders: true})
			for i := range 3 {
				_ = send.Flush()
				if synctest.Wait(); ended.Load() {
					t.Errorf("%s: the answer ended before the body", name)
				}
				if !sends {
					break
				}
				_ = frames.WriteData(1, i == 2, make([]byte, 10_000))
			}
			_ = send.Flush()
			if !sends {
				<-time.After(unreadStreamTimeout) // in the time of the test
			}
			if synctest.Wait(); !ended.Load() || sends && reset.Load() {
				t.Errorf("%s: ended %t, reset %t", name, ended.Load(), reset.Load())
			}
		})
	}
}

// What is dropped has an end: in size, in the time between two pieces, and in the time of a request.
func TestUnreadBodiesAreNotReadForEver(t *testing.T) {
	piece := strings.Repeat(" ", 1<<20)
	for name, test := range map[string]struct {
		pause  time.Duration
		pieces int
	}{"size": {0, maxUnread>>20 + 2}, "a pause": {unreadTimeout + time.Second, 3}, "time": {unreadTimeout - time.Second, 20}} {
		synctest.Test(t, func(t *testing.T) {
			begun := time.Now()
			_, err := patientClient(t, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n", func(w io.Writer) error {
				for range test.pieces {
					if _, err := io.WriteString(w, piece); err != nil {
						return err
					}
					<-time.After(test.pause) // in the time of the test
				}
				return nil
			}, http.NotFound)
			if took := time.Since(begun); err == nil || took > requestTimeout+unreadTimeout {
				t.Errorf("%s: it went on for %s, %v", name, took, err)
			}
		})
	}
}

// More requests than connections come over HTTP/2 only.
func TestRequestsAtOnce(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	handler := limitRequests(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { entered <- struct{}{}; <-leave }), 1)
	ask := func(major int) int {
		r, w := httptest.NewRequest("GET", "/", http.NoBody), httptest.NewRecorder()
		r.ProtoMajor = major
		handler.ServeHTTP(w, r)
		return w.Code
	}
	codes := make(chan int, 2)
	go func() { codes <- ask(2) }()
	<-entered
	if got := ask(2); got != http.StatusServiceUnavailable {
		t.Errorf("got %d beyond the limit", got)
	}
	go func() { codes <- ask(1) }()
	<-entered
	close(leave)
	for range 2 {
		if got := <-codes; got != 200 {
			t.Errorf("got %d", got)
		}
	}
	go func() { codes <- ask(2) }()
	<-entered
	if got := <-codes; got != 200 {
		t.Errorf("got %d when there was room again", got)
	}
}
