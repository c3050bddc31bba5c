package client_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// setEnv sets the four variables, and removes those that are not given.
func setEnv(t *testing.T, env map[string]string) {
	t.Helper()
	for _, name := range []string{"DOCSPACE_URL", "DOCSPACE_API_KEY", "DOCSPACE_API_KEY_FILE", "DOCSPACE_TIMEOUT"} {
		t.Setenv(name, "") // so that the test restores the old value
		os.Unsetenv(name)
		if value, ok := env[name]; ok {
			t.Setenv(name, value)
		}
	}
}

func keyFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFromEnv(t *testing.T) {
	const portal = "https://portal.example/docspace/"
	for name, test := range map[string]struct {
		env           map[string]string
		opts          []client.Option
		authorization string
	}{
		"visitor":         {env: map[string]string{"DOCSPACE_URL": portal}},
		"key":             {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": "sk-1"}, authorization: "Bearer sk-1"},
		"file":            {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "sk-1")}, authorization: "Bearer sk-1"},
		"file with LF":    {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "sk-1\n")}, authorization: "Bearer sk-1"},
		"file with CRLF":  {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "sk-1\r\n")}, authorization: "Bearer sk-1"},
		"file with more":  {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "sk-1\r\n\n\n")}, authorization: "Bearer sk-1"},
		"no timeout":      {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": ""}},
		"timeout":         {env: map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": "1m30s"}},
		"option":          {map[string]string{"DOCSPACE_URL": portal}, []client.Option{client.WithBasicAuth("a@b", "c")}, "Basic YUBiOmM="},
		"option replaces": {map[string]string{"DOCSPACE_URL": "https://other.example", "DOCSPACE_API_KEY": "sk-1"}, []client.Option{client.WithBaseURL(portal)}, "Bearer sk-1"},
		"in the clear":    {map[string]string{"DOCSPACE_URL": "http://portal.example/docspace", "DOCSPACE_API_KEY": "sk-1"}, []client.Option{client.WithInsecureHTTP()}, "Bearer sk-1"},
	} {
		t.Run(name, func(t *testing.T) {
			setEnv(t, test.env)
			s := &script{answers: []answer{successOf("GET")}}
			made, err := client.FromEnv(append(test.opts, client.WithHTTPClient(&http.Client{Transport: s}))...)
			if err != nil {
				t.Fatal(err)
			}
			if err := callBy(made, "GET"); err != nil {
				t.Fatal(err)
			}
			if r := s.sent[0]; r.header.Get("Authorization") != test.authorization || r.path != "/docspace/api/2.0/files/settings" ||
				!strings.HasSuffix(made.String(), "://portal.example/docspace") {
				t.Errorf("got %s, sent %+v", made, r)
			}
		})
	}
}

func TestFromEnvTimeout(t *testing.T) {
	for name, test := range map[string]struct {
		opts []client.Option
		want time.Duration
	}{
		"variable":    {nil, 7 * time.Second},
		"option wins": {[]client.Option{client.WithTimeout(9 * time.Second)}, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			setEnv(t, map[string]string{"DOCSPACE_URL": "https://portal.example", "DOCSPACE_TIMEOUT": "7s"})
			synctest.Test(t, func(t *testing.T) {
				portal, err := client.FromEnv(append(test.opts, client.WithHTTPClient(&http.Client{Transport: &script{answers: []answer{{hang: true}}}}))...)
				if err != nil {
					t.Fatal(err)
				}
				began := time.Now()
				err = callBy(portal, "POST")
				if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took != test.want {
					t.Errorf("got %v after %v", err, took)
				}
			})
		})
	}
}

// The error is one line that quotes no value, because a key may stand in the wrong variable.
func TestFromEnvRefused(t *testing.T) {
	const secret = "S3CRET"
	const portal = "https://portal.example"
	for name, test := range map[string]struct {
		env  map[string]string
		opts []client.Option
		want string
	}{
		"nothing":               {nil, nil, "DOCSPACE_URL is not set"},
		"empty address":         {map[string]string{"DOCSPACE_URL": "", "DOCSPACE_API_KEY": secret}, nil, "DOCSPACE_URL is not set"},
		"key for an address":    {map[string]string{"DOCSPACE_URL": "sk-" + secret}, nil, "base URL: it does not start with http"},
		"key in user info":      {map[string]string{"DOCSPACE_URL": "https://" + secret + "@portal.example"}, nil, "base URL: it contains a user name"},
		"password in user info": {map[string]string{"DOCSPACE_URL": "https://a:" + secret + "@portal.example"}, nil, "base URL: it contains a user name"},
		"key in the query":      {map[string]string{"DOCSPACE_URL": portal + "/?key=" + secret}, nil, "base URL: it has a query"},
		"lines in the address":  {map[string]string{"DOCSPACE_URL": portal + "\n" + secret}, nil, "base URL: it contains blanks"},
		"empty key":             {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": ""}, nil, "DOCSPACE_API_KEY: the key is empty"},
		"blank key":             {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": " "}, nil, "DOCSPACE_API_KEY: the key is empty"},
		"key with line break":   {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": secret + "\n"}, nil, "DOCSPACE_API_KEY: the key contains a line break"},
		"key with blank":        {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": secret + " "}, nil, "DOCSPACE_API_KEY: the key begins or ends with a blank"},
		"both":                  {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": secret, "DOCSPACE_API_KEY_FILE": secret}, nil, "are both set"},
		"both, one empty":       {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": "", "DOCSPACE_API_KEY_FILE": secret}, nil, "are both set"},
		"key for a file":        {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": secret}, nil, "DOCSPACE_API_KEY_FILE: the file cannot be opened: no such file"},
		"file without a name":   {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": ""}, nil, "DOCSPACE_API_KEY_FILE: the file cannot be opened"},
		"folder":                {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": filepath.Dir(keyFile(t, ""))}, nil, "DOCSPACE_API_KEY_FILE: it is not a regular file"},
		"empty file":            {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "")}, nil, "DOCSPACE_API_KEY_FILE: the key is empty"},
		"file of a line break":  {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, "\r\n")}, nil, "DOCSPACE_API_KEY_FILE: the key is empty"},
		"file with two keys":    {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, secret+"\n"+secret+"\n")}, nil, "DOCSPACE_API_KEY_FILE: the key contains a line break"},
		"other file":            {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY_FILE": keyFile(t, strings.Repeat(secret, 20_000))}, nil, "DOCSPACE_API_KEY_FILE: the file is too large"},
		"number for a timeout":  {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": "30"}, nil, "DOCSPACE_TIMEOUT is not a time to wait"},
		"key for a timeout":     {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": secret}, nil, "DOCSPACE_TIMEOUT is not a time to wait"},
		"no time":               {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": "0s"}, nil, "DOCSPACE_TIMEOUT is not a time to wait"},
		"negative time":         {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_TIMEOUT": "-30s"}, nil, "DOCSPACE_TIMEOUT is not a time to wait"},
		"in the clear":          {map[string]string{"DOCSPACE_URL": "http://portal.example", "DOCSPACE_API_KEY": secret}, nil, "credentials do not go over plain http"},
		"two credentials":       {map[string]string{"DOCSPACE_URL": portal, "DOCSPACE_API_KEY": secret}, []client.Option{client.WithCookie(secret)}, "WithCookie: there is a credential already"},
		"wrong option":          {map[string]string{"DOCSPACE_URL": portal}, []client.Option{nil}, "option 1 is nil"},
	} {
		t.Run(name, func(t *testing.T) {
			setEnv(t, test.env)
			made, err := client.FromEnv(test.opts...)
			if err == nil || made != nil {
				t.Fatalf("got %v, %v", made, err)
			}
			text := err.Error()
			if !strings.HasPrefix(text, "docspace: ") || !strings.Contains(text, test.want) || strings.ContainsAny(text, "\r\n") ||
				strings.Contains(text, secret) || strings.Contains(text, os.TempDir()) {
				t.Errorf("got %q", text)
			}
		})
	}
}
