package client_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestNothingIsSent(t *testing.T) {
	ctx := context.Background()
	portal, _ := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	var none context.Context
	for name, p := range map[string]*client.Portal{"nil portal": nil, "zero portal": {}, "nil context": portal} {
		t.Run(name, func(t *testing.T) {
			ctx := ctx
			if p == portal {
				ctx = none
			}
			_, err := p.FilesSettings(ctx)
			mustBe(t, err, client.ErrInvalidArgument)
			_, err = p.SetExternalShare(ctx, true)
			mustBe(t, err, client.ErrInvalidArgument)
			_, err = p.SetExternalShareSocialMedia(ctx, true)
			mustBe(t, err, client.ErrInvalidArgument)
			share, err := p.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
			mustBe(t, err, client.ErrInvalidArgument)
			if share != nil {
				t.Error("there is a share")
			}
			_, _ = p.API(), p.String()
		})
	}
	_, err := portal.ApplyExternalSharePassword(ctx, "KEY", "\xff")
	mustBe(t, err, client.ErrInvalidArgument)
}

func TestConcurrentCalls(t *testing.T) {
	var served atomic.Int64
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		answer := map[string]string{"GET": `{"externalShare":true}`, "PUT": "true", "POST": `{"status":4}`}[r.Method]
		reply(200, jsonType, envelope(answer))(w, r)
	}, client.WithAPIKey("sk-1"))
	ctx := context.Background()
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if s, err := portal.FilesSettings(ctx); err != nil || !*s.ExternalShare {
				t.Error(s, err)
			}
		})
		wg.Go(func() {
			if on, err := portal.SetExternalShare(ctx, true); err != nil || !on {
				t.Error(on, err)
			}
		})
		wg.Go(func() {
			if on, err := portal.SetExternalShareSocialMedia(ctx, false); !on || err == nil {
				t.Error(on, err)
			}
		})
		wg.Go(func() {
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); share == nil || !errors.Is(err, client.ErrInvalidPassword) {
				t.Error(share, err)
			}
		})
	}
	wg.Wait()
	if served.Load() != 200 {
		t.Errorf("%d requests", served.Load())
	}
}

// An editor may put its own context around the call's. The transport sees it, and the chain still finds the call.
func TestEditorWithAContextOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		type key struct{}
		var told []any
		portal := newPortal(t, "https://portal.example",
			client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				*r = *r.WithContext(context.WithValue(r.Context(), key{}, "own"))
				return nil
			}),
			client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
				told = append(told, r.Context().Value(key{}))
				return &http.Response{StatusCode: 503}, nil
			})))
		for _, method := range []string{"GET", "PUT", "POST"} {
			told = nil
			e := asError(t, callBy(portal, method))
			if want := map[bool]int{true: 1, false: 3}[method == "POST"]; e.Attempts != want || len(told) != want || told[0] != "own" {
				t.Errorf("%s: %d attempts, the transport was told %v", method, e.Attempts, told)
			}
		}
	})
}
