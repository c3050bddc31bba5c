package client_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// visitorReads are the reads of a visitor, with the paths of a given number and of the link's own entry.
var visitorReads = map[string]struct {
	call   func(context.Context, *client.Visitor, string, int32) error
	answer string
	own    string // where a link to the entry 10 leads
	sent   string // with the number 10
}{
	"Entries": {func(ctx context.Context, v *client.Visitor, key string, id int32) error {
		_, err := titles(v.Entries(ctx, key, id))
		return err
	}, contentJSON(nil, []string{fileJSON(7)}, 1), `{"status":0,"id":"10","type":1}`, "GET 10"},
	"Folder": {func(ctx context.Context, v *client.Visitor, key string, id int32) error {
		folder, err := v.Folder(ctx, key, id)
		if err == nil && folder.ID != 10 {
			return fmt.Errorf("got %+v", folder)
		}
		return err
	}, folderJSON(10), `{"status":0,"id":"10","type":1}`, "GET folder/10"},
	"File": {func(ctx context.Context, v *client.Visitor, key string, id int32) error {
		file, err := v.File(ctx, key, id)
		if err == nil && file.ID != 10 {
			return fmt.Errorf("got %+v", file)
		}
		return err
	}, fileJSON(10), `{"status":0,"id":"10","type":2}`, "GET file/10"},
}

// A visitor sends the key and its own cookies, and nothing of the Portal's.
func TestVisitorReads(t *testing.T) {
	ctx := context.Background()
	for name, test := range visitorReads {
		t.Run(name, func(t *testing.T) {
			editor := client.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
				r.Header.Set("Request-Token", "another")
				r.Header.Set("Authorization", "Bearer sk-2")
				return nil
			})
			portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1"), editor},
				ok(closedShare), cookied(openShare, "sharelink1=b1; path=/"), ok(test.answer), ok(test.own), ok(test.answer))
			visitor := portal.Visitor()
			if _, err := visitor.Open(ctx, "SHARESECRET", client.WithLinkPassword("pw-1")); err != nil {
				t.Fatal(err)
			}
			if err := test.call(ctx, visitor, "SHARESECRET", 10); err != nil {
				t.Error(err)
			}
			if err := test.call(ctx, visitor, "SHARESECRET", 0); err != nil {
				t.Error(err)
			}
			want := "GET share/SHARESECRET, POST share/SHARESECRET/password, " + test.sent + ", GET share/SHARESECRET, " + test.sent
			if s.requests() != want {
				t.Errorf("sent %s", s.requests())
			}
			for _, i := range []int{2, 4} {
				if h := s.sent[i].header; h.Get("Request-Token") != "SHARESECRET" || h.Get("Cookie") != "sharelink1=b1" || h.Get("Authorization") != "" {
					t.Errorf("sent %v", h)
				}
			}
			if strings.Contains(s.sent[2].query+s.sent[4].query, "SHARESECRET") {
				t.Errorf("the key is in the address: %q", s.sent[2].query)
			}
		})
	}
}

// A portal refuses a link that is closed as it refuses what the link does not lead to. So it is asked for the reason.
func TestWhyAVisitorReadsNothing(t *testing.T) {
	ctx := context.Background()
	for name, test := range visitorReads {
		for reason, outcome := range map[string]struct {
			refused, reason answer
			kinds           []error
			sent            int
		}{
			"expired":           {status(403), ok(`{"status":2}`), []error{client.ErrLinkExpired}, 2},
			"wants a password":  {status(401), ok(closedShare), []error{client.ErrPasswordRequired}, 2},
			"internal":          {status(403), ok(`{"status":5}`), []error{client.ErrExternalAccessDenied}, 2},
			"no such link":      {status(403), ok(`{"status":1}`), []error{client.ErrLinkNotFound}, 2},
			"leads elsewhere":   {status(403), ok(openShare), []error{client.ErrForbidden}, 2},
			"elsewhere, folder": {status(401), ok(openShare), []error{client.ErrForbidden}, 2},
			"refused as well":   {status(401), status(401), []error{client.ErrUnauthorized}, 2},
			"reason refused":    {status(403), status(500), []error{client.ErrForbidden}, 2},
			"not there":         {answer{status: 404, body: errorJSON(404, "The required file was not found", "null")}, answer{}, []error{client.ErrNotFound, client.ErrEntryNotFound}, 1},
			"a proxy":           {status(500), answer{}, []error{client.ErrServer}, 1},
		} {
			t.Run(name+" "+reason, func(t *testing.T) {
				portal, s := scripted(t, nil, outcome.refused, outcome.reason)
				err := test.call(ctx, portal.Visitor(), "KEY", 10)
				mustBe(t, err, outcome.kinds...)
				if strings.Contains(reason, "elsewhere") != strings.Contains(err.Error(), "the link is open, and does not lead to this entry") {
					t.Errorf("got %v", err)
				}
				if len(s.sent) != outcome.sent || outcome.sent == 2 && s.sent[1].path != "/api/2.0/files/share/KEY" {
					t.Errorf("sent %s", s.requests())
				}
			})
		}
	}
}

// The link's own entry is not read when the link is closed, leads to another kind, or to no number.
func TestLinksWithoutAnOwnEntry(t *testing.T) {
	ctx := context.Background()
	for name, test := range visitorReads {
		otherKind := strings.NewReplacer(`"type":1`, `"type":2`, `"type":2`, `"type":1`).Replace(test.own)
		for share, kind := range map[string]error{
			`{"status":3,"id":"10"}`:          client.ErrPasswordRequired,
			`{"status":2}`:                    client.ErrLinkExpired,
			`{}`:                              client.ErrMalformedResponse,
			`{"status":0}`:                    client.ErrInvalidArgument,
			`{"status":0,"id":"sbox-77"}`:     client.ErrInvalidArgument,
			`{"status":0,"id":"99999999999"}`: client.ErrInvalidArgument,
			otherKind:                         client.ErrInvalidArgument,
		} {
			t.Run(name+" "+share, func(t *testing.T) {
				portal, s := scripted(t, nil, ok(share), ok(test.answer))
				mustBe(t, test.call(ctx, portal.Visitor(), "KEY", 0), kind)
				if s.requests() != "GET share/KEY" {
					t.Errorf("sent %s", s.requests())
				}
			})
		}
	}
}

func TestVisitorReadsRefuseKeys(t *testing.T) {
	ctx := context.Background()
	for name, test := range visitorReads {
		portal, s := scripted(t, nil, ok(test.answer))
		for _, key := range []string{"", ".", "..", " KEY", "KEY ", "KEY\n", "ключ", "a\x7fb"} {
			for _, id := range []int32{0, 10} {
				err := test.call(ctx, portal.Visitor(), key, id)
				mustBe(t, err, client.ErrInvalidArgument, client.ErrInvalidShareKey)
				if strings.Contains(err.Error(), "KEY") {
					t.Errorf("%s: got %v", name, err)
				}
			}
		}
		if len(s.sent) > 0 {
			t.Errorf("%s sent %s", name, s.requests())
		}
		if err := test.call(ctx, portal.Visitor(), "a/b c", 10); err != nil || s.sent[0].header.Get("Request-Token") != "a/b c" {
			t.Errorf("%s: got %v, sent %+v", name, err, s.sent)
		}
		for _, nobody := range []*client.Visitor{nil, {}} {
			mustBe(t, test.call(ctx, nobody, "KEY", 0), client.ErrInvalidArgument)
		}
	}
}

// The key is in no error and no line of the log, also when the portal repeats it.
func TestVisitorReadsHideTheKey(t *testing.T) {
	for name, test := range visitorReads {
		for _, a := range []answer{
			{status: 500, body: errorJSON(500, "no SHARESECRET here", `"SHARESECRET"`)},
			{status: 404, body: errorJSON(404, "no SHARESECRET here", "null")},
			{status: 302, header: http.Header{"Location": {"https://elsewhere.example/SHARESECRET"}}},
			{err: fmt.Errorf("no way to SHARESECRET")},
		} {
			synctest.Test(t, func(t *testing.T) {
				var logged strings.Builder
				portal, _ := scripted(t, []client.Option{client.WithLogger(slog.New(slog.NewTextHandler(&logged, nil)))}, a)
				err := test.call(t.Context(), portal.Visitor(), "SHARESECRET", 10)
				if err == nil {
					t.Errorf("%s: no error", name)
				}
				checkSecrets(t, err)
				if text := logged.String(); strings.Contains(text, "SHARESECRET") || text == "" {
					t.Errorf("%s: %s", name, text)
				}
			})
		}
	}
}

// A read and the questions before and after it have one deadline together.
func TestVisitorReadsShareADeadline(t *testing.T) {
	options := []client.Option{client.WithTimeout(10 * time.Second), client.WithAttemptTimeout(6 * time.Second)}
	for name, test := range visitorReads {
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			portal, s := scripted(t, options, answer{hang: true}, status(403), answer{hang: true})
			mustBe(t, test.call(t.Context(), portal.Visitor(), "KEY", 10), client.ErrForbidden)
			if took := time.Since(began); took > 10*time.Second || len(s.sent) < 3 {
				t.Errorf("%s took %s, sent %s", name, took, s.requests())
			}
		})
	}
	for _, name := range []string{"Folder", "File"} {
		test := visitorReads[name]
		synctest.Test(t, func(t *testing.T) {
			began := time.Now()
			portal, s := scripted(t, options, answer{hang: true}, ok(test.own), answer{hang: true})
			err := test.call(t.Context(), portal.Visitor(), "KEY", 0)
			mustBe(t, err, client.ErrConnection)
			if took := time.Since(began); took > 10*time.Second || len(s.sent) < 3 {
				t.Errorf("it took %s, sent %s", took, s.requests())
			}
		})
	}
}
