package client_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

const (
	closedShare = `{"status":3,"id":"10","title":"Marketing","entityId":"7","entityTitle":"Plan.docx","entityType":2}`
	openShare   = `{"status":0,"id":"10","title":"Marketing"}`
)

func TestOpen(t *testing.T) {
	const question, both = "GET share/KEY", "GET share/KEY, POST share/KEY/password"
	password := client.WithLinkPassword("pw-1")
	for name, test := range map[string]struct {
		opts    []client.OpenOption
		answers []answer
		sent    string
		kind    error
	}{
		"open":                 {nil, []answer{ok(openShare)}, question, nil},
		"open, with password":  {[]client.OpenOption{password}, []answer{ok(openShare)}, question, nil},
		"closed":               {nil, []answer{ok(closedShare)}, question, client.ErrPasswordRequired},
		"closed, no password":  {[]client.OpenOption{client.WithLinkPassword("")}, []answer{ok(closedShare)}, question, client.ErrPasswordRequired},
		"closed, no option":    {[]client.OpenOption{nil}, []answer{ok(closedShare)}, question, client.ErrPasswordRequired},
		"the right password":   {[]client.OpenOption{password}, []answer{ok(closedShare), ok(openShare)}, both, nil},
		"a wrong one":          {[]client.OpenOption{password}, []answer{ok(closedShare), ok(`{"status":4}`)}, both, client.ErrInvalidPassword},
		"no link":              {[]client.OpenOption{password}, []answer{ok(`{"status":1}`)}, question, client.ErrLinkNotFound},
		"expired":              {[]client.OpenOption{password}, []answer{ok(`{"status":2}`)}, question, client.ErrLinkExpired},
		"not for visitors":     {[]client.OpenOption{password}, []answer{ok(`{"status":5}`)}, question, client.ErrExternalAccessDenied},
		"expired meanwhile":    {[]client.OpenOption{password}, []answer{ok(closedShare), ok(`{"status":2}`)}, both, client.ErrLinkExpired},
		"refused":              {[]client.OpenOption{password}, []answer{status(403)}, question, client.ErrForbidden},
		"no status":            {[]client.OpenOption{password}, []answer{ok(`{}`)}, question, client.ErrMalformedResponse},
		"refused the password": {[]client.OpenOption{password}, []answer{ok(closedShare), status(415)}, both, client.ErrUnsupportedMediaType},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, test.answers...)
			share, err := portal.Visitor().Open(context.Background(), "KEY", test.opts...)
			if s.requests() != test.sent {
				t.Errorf("sent %s", s.requests())
			}
			for _, r := range s.sent {
				if r.header.Get("Authorization") != "" {
					t.Errorf("%s has credentials", r.path)
				}
			}
			var link *client.LinkError
			switch {
			case test.kind == nil && (err != nil || *share.Title != "Marketing"):
				t.Errorf("got %v, %v", share, err)
			case test.kind != nil:
				mustBe(t, err, test.kind)
				if errors.As(err, &link) != (share != nil) || link != nil && link.Share != share {
					t.Errorf("got %v, %v", share, err)
				}
			}
			if link != nil && (link.Operation == "getExternalShareData") != (test.sent == question) {
				t.Errorf("the operation is %s", link.Operation)
			}
		})
	}
}

// The title of the entry is there when the password is asked for, and the entry within it when the link is open.
func TestOpenAsksForPassword(t *testing.T) {
	ctx := context.Background()
	own := errors.New("nobody there")
	portal, s := scripted(t, nil, ok(closedShare), ok(openShare))
	share, err := portal.Visitor().Open(ctx, "KEY", client.WithFile("7"), client.WithFolder("8"), client.WithPasswordFrom(func(_ context.Context, share *client.ExternalShare) (string, error) {
		return "pw-" + *share.Title, nil
	}))
	if err != nil || *share.EntityID != "7" || *share.EntityTitle != "Plan.docx" || *share.EntityType != client.FileEntryTypeFile {
		t.Errorf("got %+v, %v", share, err)
	}
	if s.sent[0].query != "fileId=7&folderId=8" || s.sent[1].query != "" || s.sent[1].body != `{"password":"pw-Marketing"}` {
		t.Errorf("sent %+v", s.sent)
	}

	portal, s = scripted(t, nil, ok(closedShare))
	share, err = portal.Visitor().Open(ctx, "KEY", client.WithPasswordFrom(func(context.Context, *client.ExternalShare) (string, error) { return "", own }))
	if !errors.Is(err, own) || share == nil || len(s.sent) != 1 {
		t.Errorf("got %v, %v, sent %s", share, err, s.requests())
	}
}

// A visitor for whom a link has opened needs the password no more. The attempts count as those of Unlock.
func TestOpenKeepsCookiesAndCounts(t *testing.T) {
	ctx := context.Background()
	portal, s := scripted(t, nil, ok(closedShare), cookied(openShare, "sharelink1=b1; path=/"), ok(openShare))
	visitor := portal.Visitor()
	for range 2 {
		if _, err := visitor.Open(ctx, "KEY", client.WithLinkPassword("pw-1")); err != nil {
			t.Error(err)
		}
	}
	if len(s.sent) != 3 || s.sent[2].header.Get("Cookie") != "sharelink1=b1" {
		t.Errorf("sent %+v", s.sent)
	}

	wrong := []answer{}
	for range 6 {
		wrong = append(wrong, ok(closedShare), ok(`{"status":4}`))
	}
	portal, s = scripted(t, nil, wrong...)
	for i := range 6 {
		_, err := portal.Visitor().Open(ctx, "KEY", client.WithLinkPassword("pw-1"))
		want := client.ErrInvalidPassword
		if i == 5 {
			want = client.ErrTooManyAttempts
		}
		mustBe(t, err, want)
	}
	if len(s.sent) != 11 {
		t.Errorf("sent %s", s.requests())
	}
}

func TestOpenRefusesKeys(t *testing.T) {
	portal, s := scripted(t, nil, ok(openShare))
	for _, key := range []string{"", ".", ".."} {
		_, err := portal.Visitor().Open(context.Background(), key)
		mustBe(t, err, client.ErrInvalidArgument, client.ErrInvalidShareKey)
	}
	if len(s.sent) > 0 {
		t.Errorf("sent %s", s.requests())
	}
	if _, err := portal.Visitor().Open(context.Background(), "a/b c"); err != nil || s.sent[0].path != "/api/2.0/files/share/a/b c" {
		t.Errorf("got %v, sent %+v", err, s.sent)
	}
	for _, nobody := range []*client.Visitor{nil, {}} {
		_, err := nobody.Open(context.Background(), "KEY")
		mustBe(t, err, client.ErrInvalidArgument)
	}
	checkSecrets(t, client.WithLinkPassword("PASSSECRET"))
}
