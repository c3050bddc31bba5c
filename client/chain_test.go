package client_test

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// A generated client has the same chain through NewDoer.
func TestNewDoer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{status(503), successOf("PUT")}}
		chain, err := client.NewDoer("https://portal.example", client.WithAPIKey("sk-1"), client.WithHTTPClient(&http.Client{Transport: s}))
		if err != nil {
			t.Fatal(err)
		}
		raw, err := api.NewClientWithResponses("https://portal.example", api.WithHTTPClient(chain))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := raw.ExternalShareWithResponse(context.Background(), api.DisplayRequestDto{Set: client.On()})
		if err != nil || resp.JSON200 == nil || len(s.sent) != 2 || s.sent[1].header.Get("Authorization") != "Bearer sk-1" || s.sent[1].body != `{"set":true}` {
			t.Errorf("got %v, %v, %+v", resp, err, s.sent)
		}
	})
	if _, err := client.NewDoer("ftp://h"); err == nil {
		t.Error("a wrong address was taken")
	}
}

// A chain within a chain counts its own attempts.
func TestChainWithinAChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{status(503)}}
		inner, err := client.NewDoer("https://portal.example", client.WithHTTPClient(&http.Client{Transport: s}), client.WithRetry(client.RetryPolicy{Attempts: 2}))
		if err != nil {
			t.Fatal(err)
		}
		portal := newPortal(t, "https://portal.example", client.WithHTTPClient(inner))
		if e := asError(t, callBy(portal, "GET")); e.Attempts != 3 || len(s.sent) != 6 {
			t.Errorf("%d attempts, sent %d times", e.Attempts, len(s.sent))
		}
	})
}

// A transport that changes the address changes only its own copy.
func TestTransportMayRewrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &script{answers: []answer{status(503), successOf("GET")}}
		portal := newPortal(t, "https://portal.example", client.WithAPIKey("sk-1"), client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
			r.URL.Host, r.URL.Path = "gateway.example", "/gateway"+r.URL.Path
			return s.RoundTrip(r)
		})))
		if err := callBy(portal, "GET"); err != nil || len(s.sent) != 2 {
			t.Fatal(err)
		}
		for _, r := range s.sent {
			if r.path != "/gateway/api/2.0/files/settings" || r.header.Get("Authorization") != "Bearer sk-1" {
				t.Errorf("sent %+v", r)
			}
		}
	})
}

func TestGeneratedClientHasTheChain(t *testing.T) {
	handler := func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer sk-1" {
			t.Errorf("got Authorization %q", r.Header.Get("Authorization"))
		}
		if r.URL.Query().Get("fields") != "externalShare" {
			http.Redirect(w, r, "http://other.invalid/", http.StatusFound)
			return
		}
		reply(200, jsonType, envelope(`{"externalShare":true}`))(w, r)
	}
	portal, _ := serve(t, handler, client.WithAPIKey("sk-1"))
	ctx := context.Background()
	resp, err := portal.API().GetFilesSettingsWithResponse(ctx, &api.GetFilesSettingsParams{Fields: []string{"externalShare"}})
	if err != nil || resp.JSON200 == nil || !*resp.JSON200.Response.ExternalShare {
		t.Fatalf("got %v, %v", resp, err)
	}
	_, err = portal.API().GetFilesSettingsWithResponse(ctx, nil)
	mustBe(t, err, client.ErrRedirect)
}
