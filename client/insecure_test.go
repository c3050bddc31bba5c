package client_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// Credentials go over plain http only to this machine.
func TestInsecureHTTP(t *testing.T) {
	credentials := map[string]client.Option{
		"key": client.WithAPIKey("sk-1"), "token": client.WithPortalToken("tok"), "Basic": client.WithBasicAuth("a@b", "c"), "cookie": client.WithCookie("x"),
		"source": client.WithTokenSource(func(context.Context) (string, error) { return "tok", nil }),
	}
	for address, refused := range map[string]bool{
		"http://portal.example": true, "HTTP://portal.example:443": true, "http://10.0.0.1": true, "http://192.168.1.1:8092": true, "http://[fe80::1]": true,
		"http://localhost.example": true, "http://notlocalhost": true, "http://127.0.0.1.example": true, "http://0.0.0.0": true, "http://[::ffff:10.0.0.1]": true,
		"http://localhost": false, "http://LocalHost:8092": false, "http://localhost.": false, "http://portal.localhost": true, "http://127.0.0.1:8092": false,
		"http://127.9.9.9": false, "http://[::1]:80": false, "http://[::ffff:127.0.0.1]": false, "https://portal.example": false,
	} {
		for kind, credential := range credentials {
			_, err := client.New(address, credential)
			if (err != nil) != refused || errors.Is(err, client.ErrInsecureHTTP) != refused {
				t.Errorf("%s to %s: %v", kind, address, err)
			}
			if _, err := client.NewDoer(address, credential); errors.Is(err, client.ErrInsecureHTTP) != refused {
				t.Errorf("%s to %s by a doer: %v", kind, address, err)
			}
			if _, err := client.New(address, credential, client.WithInsecureHTTP()); err != nil {
				t.Errorf("%s to %s, asked for: %v", kind, address, err)
			}
		}
		if _, err := client.New(address); err != nil {
			t.Errorf("a visitor to %s: %v", address, err)
		}
	}
}
