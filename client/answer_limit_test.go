package client_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestResponseTooLarge(t *testing.T) {
	blanks := strings.Repeat(" ", 4<<20)
	bomb := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", jsonType)
		w.Header().Set("Content-Encoding", "gzip")
		packed := gzip.NewWriter(w)
		for range 2 {
			io.WriteString(packed, blanks)
		}
		packed.Close()
	}
	for name, handler := range map[string]http.HandlerFunc{
		"announced":  reply(200, jsonType, blanks+envelope("true")),
		"gzip bomb":  bomb,
		"one byte":   reply(200, jsonType, blanks+" "),
		"no success": reply(202, jsonType, blanks+" "),
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := serve(t, handler)
			mustBe(t, callBy(portal, "PUT"), client.ErrResponseTooLarge)
		})
	}
	answer := envelope("true")
	portal, _ := serve(t, reply(200, jsonType, answer+blanks[len(answer):]))
	if err := callBy(portal, "PUT"); err != nil {
		t.Errorf("4 MiB: %v", err)
	}
}

func TestEndlessBodies(t *testing.T) {
	for status, want := range map[int]struct {
		class error
		limit int64
	}{200: {client.ErrResponseTooLarge, 5 << 20}, 502: {client.ErrServer, 3 * 65 << 10}} {
		body := &countedBody{}
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{
			Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"text/plain"}}, Body: body, Request: r, ContentLength: 1 << 60}, nil
			}),
		}))
		err := callBy(portal, "GET")
		mustBe(t, err, want.class)
		if !body.closed.Load() || body.read.Load() > want.limit {
			t.Errorf("%d: closed %v, %d bytes read", status, body.closed.Load(), body.read.Load())
		}
		if message := asError(t, err).Message; message != "" {
			t.Errorf("%d: half a page became a message: %q", status, message)
		}
	}
}

func TestOtherDoer(t *testing.T) {
	portal := newPortal(t, "https://portal.example", client.WithAPIKey("sk-1"), client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
		if r.URL.String() != "https://portal.example/api/2.0/files/settings" || r.Header.Get("Authorization") != "Bearer sk-1" {
			t.Errorf("got %s %v", r.URL, r.Header)
		}
		return &http.Response{StatusCode: 401}, nil // without body, header and request
	})))
	_, err := portal.FilesSettings(context.Background())
	mustBe(t, err, client.ErrUnauthorized)

	portal = newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) { return nil, nil })))
	_, err = portal.FilesSettings(context.Background())
	mustBe(t, err, client.ErrConnection)
}
