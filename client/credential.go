package client

import (
	"context"
	"encoding/base64"
)

// authCookie is the cookie in which a portal keeps a session (CookieAuthHandler.cs).
const authCookie = "asc_auth_key"

// credential is one header, and the texts in it that no error may say. Both are functions, so that no printing reaches
// what they hold. The zero one is a visitor's.
type credential struct {
	header  string
	value   func(context.Context) (string, error)
	secrets func() []string
}

func fixedCredential(header, value string, secrets ...string) credential {
	return credential{
		header:  header,
		value:   func(context.Context) (string, error) { return value, nil },
		secrets: func() []string { return secrets },
	}
}

func bearer(token string) credential { return fixedCredential("Authorization", "Bearer "+token, token) }

func basic(email, password string) credential {
	pair := base64.StdEncoding.EncodeToString([]byte(email + ":" + password))
	return fixedCredential("Authorization", "Basic "+pair, pair, password)
}

func sessionCookie(value string) credential {
	return fixedCredential("Cookie", authCookie+"="+value, value)
}

// source asks for a token at every attempt. Those who keep tokens know when one is stale.
func tokenSource(token func(context.Context) (string, error)) credential {
	return credential{header: "Authorization", value: func(ctx context.Context) (string, error) {
		text, err := token(ctx)
		if err == nil {
			err = checkHeaderText("token", text)
		}
		return "Bearer " + text, err
	}}
}
