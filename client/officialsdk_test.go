package client_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// The vendor's SDK for Go (v3.7.0) fails in each of these situations, or says too little.
func TestFaultsOfTheOfficialSDK(t *testing.T) {
	ctx := context.Background()
	settingsOf := func(t *testing.T, response string) *client.FilesSettings {
		t.Helper()
		portal, _ := scripted(t, nil, ok(response))
		settings, err := portal.FilesSettings(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return settings
	}
	for name, test := range map[string]func(*testing.T){
		"gap 0": func(t *testing.T) {
			settings := settingsOf(t, `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":0},"externalShare":true}`)
			if gap := settings.AutomaticallyCleanUp.Gap; gap == nil || *gap != 0 || !*settings.ExternalShare {
				t.Errorf("got %+v", settings)
			}
		},
		"new SortedByType": func(t *testing.T) {
			if order := settingsOf(t, `{"defaultOrder":{"is_asc":true,"property":13}}`).DefaultOrder; *order.Property != 13 || order.Property.Valid() || !*order.IsAsc {
				t.Errorf("got %+v", order)
			}
		},
		"order picked with fields": func(t *testing.T) {
			order := settingsOf(t, `{"defaultOrder":{"isAsc":true,"sortedBy":2}}`).DefaultOrder
			ascending, _ := order.Get("isAsc")
			sortedBy, _ := order.Get("sortedBy")
			if ascending != true || sortedBy != 2. || order.IsAsc != nil || order.Property != nil {
				t.Errorf("got %+v", order)
			}
		},
		"new FileShare": func(t *testing.T) {
			if rights := settingsOf(t, `{"defaultSharingAccessRights":[1,99]}`).DefaultSharingAccessRights; len(rights) != 2 || rights[1] != 99 {
				t.Errorf("got %v", rights)
			}
		},
		"new Status": func(t *testing.T) {
			portal, _ := scripted(t, nil, ok(`{"status":6,"title":"Marketing"}`))
			share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
			mustBe(t, err, client.ErrUnknownStatus)
			var link *client.LinkError
			if !errors.As(err, &link) || link.Status != 6 || link.Share != share || *share.Title != "Marketing" {
				t.Errorf("got %v, %v", share, err)
			}
		},
		"enums as their names": func(t *testing.T) {
			settings := settingsOf(t, `{"defaultOrder":{"property":"UsedSpace"},"automaticallyCleanUp":{"gap":"ThirtyDays"},"defaultSharingAccessRights":["ReadWrite","None","Newest"]}`)
			if *settings.DefaultOrder.Property != api.SortedByTypeUsedSpace || *settings.AutomaticallyCleanUp.Gap != api.DateToAutoCleanUpThirtyDays ||
				!slices.Equal(settings.DefaultSharingAccessRights, []api.FileShare{api.FileShareReadWrite, api.FileShareNoAccess, -1}) {
				t.Errorf("got %+v", settings)
			}
			portal, _ := scripted(t, nil, ok(`{"status":0,"type":"File"}`))
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); err != nil || *share.Type != client.FileEntryTypeFile {
				t.Errorf("got %+v, %v", share, err)
			}
		},
		"share without shared": func(t *testing.T) {
			portal, _ := scripted(t, nil, ok(`{"status":0,"tenantId":1}`))
			if share, err := portal.ApplyExternalSharePassword(ctx, "KEY", "pw-1"); err != nil || share.Shared || share.TenantID != 1 {
				t.Errorf("got %+v, %v", share, err)
			}
		},
		"empty 200": func(t *testing.T) {
			for _, method := range []string{"GET", "PUT", "POST"} {
				portal, _ := scripted(t, nil, status(200))
				mustBe(t, callBy(portal, method), client.ErrMalformedResponse)
			}
		},
		"HTML 200": func(t *testing.T) {
			for _, method := range []string{"GET", "PUT", "POST"} {
				portal, _ := scripted(t, nil, answer{status: 200, body: "<html>", header: http.Header{"Content-Type": {"text/html"}}})
				err := callBy(portal, method)
				mustBe(t, err, client.ErrMalformedResponse)
				if e := asError(t, err); e.ContentType != "text/html" || !strings.Contains(err.Error(), "proxy or sign-in page") {
					t.Errorf("got %v", err)
				}
			}
		},
		"text of refusals": func(t *testing.T) {
			for code, class := range map[int]error{401: client.ErrUnauthorized, 429: client.ErrRateLimited, 502: client.ErrServer} {
				portal, _ := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Attempts: 1})},
					answer{status: code, body: errorJSON(code, "The portal's own words", "null"), header: http.Header{"Retry-After": {"17"}}})
				err := callBy(portal, "PUT")
				mustBe(t, err, class)
				if e := asError(t, err); e.RetryAfter != 17*time.Second || e.StatusCode != code || !strings.Contains(err.Error(), "The portal's own words") {
					t.Errorf("got %+v", e)
				}
			}
		},
		"never null": func(t *testing.T) {
			portal, s := scripted(t, nil, ok("true"), ok("false"), ok("true"), ok("false"), ok(`{"status":0}`), ok(`{"status":0}`), ok("true"))
			for _, on := range []bool{true, false} {
				portal.SetExternalShare(ctx, on)
				portal.SetExternalShareSocialMedia(ctx, on)
			}
			portal.ApplyExternalSharePassword(ctx, "KEY", "")
			portal.Unlock(ctx, "KEY", "")
			portal.API().ExternalShare(ctx, api.DisplayRequestDto{})
			for _, r := range s.sent {
				if !strings.HasPrefix(r.body, "{") || r.header.Get("Content-Type") != "application/json" {
					t.Errorf("sent %q", r.body)
				}
			}
			if len(s.sent) != 7 {
				t.Errorf("%d requests", len(s.sent))
			}
		},
		"trailing slash": func(t *testing.T) {
			for _, address := range []string{"https://portal.example", "https://portal.example/", "https://portal.example//"} {
				s := &script{answers: []answer{successOf("GET"), successOf("PUT"), successOf("POST"), successOf("GET")}}
				portal := newPortal(t, address, client.WithHTTPClient(&http.Client{Transport: s}))
				for _, method := range []string{"GET", "PUT", "POST"} {
					if err := callBy(portal, method); err != nil {
						t.Error(err)
					}
				}
				if _, err := portal.API().GetFilesSettings(ctx, nil); err != nil {
					t.Error(err)
				}
				for _, r := range s.sent {
					if !strings.HasPrefix(r.path, "/api/2.0/files/s") || strings.Contains(r.path, "//") {
						t.Errorf("%s: sent to %s", address, r.path)
					}
				}
			}
		},
		"one credential": func(t *testing.T) {
			given := map[string]client.Option{
				"key": client.WithAPIKey("sk-1"), "token": client.WithPortalToken("tok"), "Basic": client.WithBasicAuth("a@b", "c"), "cookie": client.WithCookie("x"),
				"source": client.WithTokenSource(func(context.Context) (string, error) { return "tok", nil }),
			}
			for first, a := range given {
				for second, b := range given {
					if _, err := client.New("https://portal.example", a, b); err == nil || !strings.Contains(err.Error(), "there is a credential already") {
						t.Errorf("%s and %s: %v", first, second, err)
					}
				}
			}
		},
		"reading is bounded": func(t *testing.T) {
			body := &countedBody{}
			portal := newPortal(t, "https://portal.example", client.WithHTTPClient(doer(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {jsonType}}, Body: body, ContentLength: -1}, nil
			})))
			mustBe(t, callBy(portal, "POST"), client.ErrResponseTooLarge)
			if read := body.read.Load(); read > 5<<20 || !body.closed.Load() {
				t.Errorf("%d bytes read, closed %v", read, body.closed.Load())
			}
		},
	} {
		t.Run(name, test)
	}
}
