package client_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

const (
	portalToken  = "abc+def/ghi=="
	tokenAnswer  = `{"token":"` + portalToken + `","expires":"2027-11-28T15:43:19.4219606Z","sms":false,"tfa":false}`
	failedLogIn  = "User authentication failed"
	tooManyTries = "Too many login attempts. Please try again later"
)

// failure is an answer with an error of the portal.
func failure(code int, message, class string) answer {
	a := status(code, "Content-Type", jsonType)
	a.body = errorJSON(code, message, class)
	return a
}

func TestSignIn(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")},
		cookied(tokenAnswer, "asc_auth_key=abc%2Bdef%2Fghi%3D%3D; path=/"), ok(`true`), answer{status: 200, body: `{"count":0,"status":0,"statusCode":200}`}, ok(`true`))
	ctx := context.Background()
	signedIn, err := portal.SignIn(ctx, "a@example.com", "Pass-word-1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := signedIn.SetExternalShare(ctx, true); err != nil {
		t.Error(err)
	}
	if err := signedIn.SignOut(ctx); err != nil {
		t.Error(err)
	}
	if _, err := portal.SetExternalShare(ctx, true); err != nil {
		t.Error(err)
	}
	if got := s.requests(); got != "POST /api/2.0/authentication, PUT settings/external, POST /api/2.0/authentication/logout, PUT settings/external" {
		t.Errorf("got\n%s", got)
	}
	if got := s.sent[0].body; got != `{"userName":"a@example.com","password":"Pass-word-1"}` {
		t.Errorf("sent %s", got)
	}
	for i, want := range []struct{ authorization, cookie string }{
		{"", ""}, {"", "asc_auth_key=abc%2Bdef%2Fghi%3D%3D"}, {"", "asc_auth_key=abc%2Bdef%2Fghi%3D%3D"}, {"Bearer sk-1", ""},
	} {
		if h := s.sent[i].header; h.Get("Authorization") != want.authorization || h.Get("Cookie") != want.cookie {
			t.Errorf("request %d has %q", i, h)
		}
	}
}

func TestSignInFails(t *testing.T) {
	for name, test := range map[string]struct {
		answer  answer
		classes []error
	}{
		"a wrong password":        {failure(401, failedLogIn, "null"), []error{client.ErrUnauthorized}},
		"somebody switched off":   {failure(403, "User disabled", `"System.InvalidOperationException"`), []error{client.ErrUserDisabled, client.ErrForbidden}},
		"too many tries":          {failure(403, tooManyTries, "null"), []error{client.ErrTooManyAttempts, client.ErrForbidden}},
		"a second factor":         {ok(`{"expires":"0001-01-01T00:00:00","sms":false,"tfa":true,"confirmUrl":"https://x/?key=secret-key"}`), []error{client.ErrSecondFactor}},
		"a code by telephone":     {ok(`{"expires":"0001-01-01T00:00:00","sms":true,"tfa":false}`), []error{client.ErrSecondFactor}},
		"no token":                {ok(`{"expires":"2027-11-28T15:43:19Z"}`), []error{client.ErrMalformedResponse}},
		"another page":            {answer{status: 200, body: `<html>`}, []error{client.ErrMalformedResponse}},
		"a broken server":         {status(503), []error{client.ErrServer}},
		"an answer with no shape": {answer{status: 200, body: `{"response":"` + portalToken + `"`}, []error{client.ErrMalformedResponse}},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answer, ok(tokenAnswer))
			signedIn, err := portal.SignIn(context.Background(), "a@example.com", "Pass-word-1")
			mustBe(t, err, test.classes...)
			if signedIn != nil || len(s.sent) != 1 {
				t.Errorf("%d requests, a Portal: %t", len(s.sent), signedIn != nil)
			}
			for _, secret := range []string{"Pass-word-1", portalToken, "secret-key"} {
				if text := fmt.Sprintf("%v %+v %s", err, err, slog.AnyValue(err).Resolve()); strings.Contains(text, secret) {
					t.Errorf("%s is in %s", secret, text)
				}
			}
		})
	}
}

func TestSignInIsRefused(t *testing.T) {
	portal, s := scripted(t, nil, ok(tokenAnswer))
	for _, pair := range [][2]string{{"", "x"}, {"x", ""}, {"\xff", "x"}, {"x", "\xff"}} {
		_, err := portal.SignIn(context.Background(), pair[0], pair[1])
		mustBe(t, err, client.ErrInvalidArgument)
	}
	far := newPortal(t, "http://portal.example")
	_, err := far.SignIn(context.Background(), "a", "b")
	mustBe(t, err, client.ErrInsecureHTTP, client.ErrInvalidArgument)
	mustBe(t, portal.SignOut(context.Background()), client.ErrInvalidArgument)
	var none *client.Portal
	_, err = none.SignIn(context.Background(), "a", "b")
	mustBe(t, err, client.ErrInvalidArgument)
	mustBe(t, none.SignOut(context.Background()), client.ErrInvalidArgument)
	if len(s.sent) != 0 {
		t.Errorf("sent %v", s.requests())
	}
}

// Nobody is locked out by this package: the sixth attempt after five wrong ones is not sent. Other users have a count of their own.
func TestSignInIsGuarded(t *testing.T) {
	wrong := failure(401, failedLogIn, "null")
	portal, s := scripted(t, nil, wrong, wrong, wrong, wrong, wrong, ok(tokenAnswer))
	ctx := context.Background()
	for range 5 {
		_, err := portal.SignIn(ctx, "a@example.com", "wrong")
		mustBe(t, err, client.ErrUnauthorized)
	}
	_, err := portal.SignIn(ctx, "A@example.com", "Pass-word-1")
	mustBe(t, err, client.ErrTooManyAttempts)
	if len(s.sent) != 5 {
		t.Errorf("%d requests were sent", len(s.sent))
	}
	if wait := asError(t, err).RetryAfter; wait <= 0 {
		t.Errorf("wait %s", wait)
	}
	if _, err := portal.SignIn(ctx, "b@example.com", "Pass-word-1"); err != nil {
		t.Error(err)
	}
}

// A Portal that SignIn gave shares what the calls of the first one count, and shows no secret.
func TestSignedInPortal(t *testing.T) {
	portal, _ := scripted(t, nil, ok(tokenAnswer), failure(401, "no "+portalToken, "null"))
	signedIn, err := portal.SignIn(context.Background(), "a@example.com", "Pass-word-1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = signedIn.SetExternalShare(context.Background(), true)
	mustBe(t, err, client.ErrUnauthorized)
	for _, text := range []string{err.Error(), fmt.Sprintf("%v %+v %#v", signedIn, *signedIn, signedIn)} {
		if strings.Contains(text, portalToken) || strings.Contains(text, "abc%2Bdef") {
			t.Errorf("the token is in %s", text)
		}
	}
}

// A session that could not be ended at once is ended later: to end it twice does no harm.
func TestSignOutIsRepeated(t *testing.T) {
	done := answer{status: 200, body: `{"count":0,"status":0,"statusCode":200}`}
	portal, s := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{BaseDelay: 1})}, ok(tokenAnswer), status(503), done)
	signedIn, err := portal.SignIn(context.Background(), "a@example.com", "Pass-word-1")
	if err != nil {
		t.Fatal(err)
	}
	if err := signedIn.SignOut(context.Background()); err != nil || len(s.sent) != 3 {
		t.Errorf("%d requests, %v", len(s.sent), err)
	}
}
