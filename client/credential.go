package client

import (
	"context"
	"encoding/base64"
)

// authCookie is the cookie in which a portal keeps a session (CookieAuthHandler.cs).
const authCookie = "asc_auth_key"

// credential is the value of one header. Functions hold the value and the secrets in it, so that printing cannot show them.
// The zero credential is that of a visitor.
type credential struct {
	header  string
	value   func(context.Context) (string, error)
	secrets func() []string // the texts that no error may repeat; nil when a token source gives the value
}

// fixedCredential always has the same value.
func fixedCredential(header, value string, secrets ...string) credential {
	return credential{
		header:  header,
		value:   func(context.Context) (string, error) { return value, nil },
		secrets: func() []string { return secrets },
	}
}

func bearer(token string) credential {
	return fixedCredential("Authorization", "Bearer "+token, token)
}

func basic(email, password string) credential {
	pair := base64.StdEncoding.EncodeToString([]byte(email + ":" + password))
	return fixedCredential("Authorization", "Basic "+pair, pair, password)
}

// sessionCookie is the cookie with a value. more are other forms of the value, which no error may repeat either.
func sessionCookie(value string, more ...string) credential {
	return fixedCredential("Cookie", authCookie+"="+value, append(more, value)...)
}

// tokenSource asks for a token at every attempt. The function knows when a token that it keeps is too old.
func tokenSource(token func(context.Context) (string, error)) credential {
	return credential{header: "Authorization", value: func(ctx context.Context) (string, error) {
		text, err := token(ctx)
		if err == nil {
			err = checkHeaderText("token", text)
		}
		return "Bearer " + text, err
	}}
}
