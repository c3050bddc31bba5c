package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestUnlockKeepsCookies(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")},
		cookied(`{"status":4}`, "anonymous_session_key=a1; path=/; httponly"),
		cookied(`{"status":0}`, "sharelink1=b1; path=/; secure", "elsewhere=x; path=/other"),
		cookied(`{"status":0}`, "sharelink1=b2; path=/", "anonymous_session_key=; path=/; max-age=0"),
		ok(`{"status":0}`))
	for range 4 {
		portal.Unlock(context.Background(), "KEY", "pw-1")
	}
	portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
	for i, want := range []string{"", "anonymous_session_key=a1", "anonymous_session_key=a1; sharelink1=b1", "sharelink1=b2", ""} {
		if got := strings.Join(s.sent[i].header.Values("Cookie"), "; "); got != want {
			t.Errorf("request %d has cookies %q, want %q", i+1, got, want)
		}
	}
	other, s := scripted(t, nil, ok(`{"status":0}`)) // another Portal has another visitor
	if err := unlock(other, "KEY", 1); err != nil || s.sent[0].header.Get("Cookie") != "" {
		t.Errorf("got %v, sent %q", err, s.sent[0].header)
	}
}

// A link that opened for one visitor stays open for that visitor, and not for others.
func TestVisitorsAreApart(t *testing.T) {
	portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, err := r.Cookie("sharelink1")
		if err == nil || strings.Contains(string(body), "right") {
			w.Header().Set("Set-Cookie", "sharelink1=x; path=/")
			reply(200, jsonType, envelope(`{"status":0}`))(w, r)
			return
		}
		reply(200, jsonType, envelope(`{"status":4}`))(w, r)
	})
	ctx := context.Background()
	first, second := portal.Visitor(), portal.Visitor()
	for _, test := range []struct {
		visitor  *client.Visitor
		password string
		open     bool
	}{
		{first, "wrong", false}, {first, "right", true}, {first, "wrong", true},
		{second, "wrong", false}, {second, "wrong", false}, {portal.Visitor(), "", false},
	} {
		if _, err := test.visitor.Unlock(ctx, "KEY", test.password); (err == nil) != test.open {
			t.Errorf("%q: %v", test.password, err)
		}
	}
	if _, err := portal.Unlock(ctx, "KEY", "wrong"); !errors.Is(err, client.ErrInvalidPassword) {
		t.Errorf("the portal's own visitor: %v", err)
	}
	if _, err := portal.Visitor().Unlock(ctx, "KEY", "wrong"); !errors.Is(err, client.ErrTooManyAttempts) {
		t.Errorf("five wrong ones are five of all visitors together: %v", err)
	}
	if _, err := new(client.Visitor).Unlock(ctx, "KEY", ""); !errors.Is(err, client.ErrInvalidArgument) {
		t.Errorf("got %v", err)
	}
}
