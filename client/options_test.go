package client_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestOptionsRefused(t *testing.T) {
	const secret = "S3CRET"
	for name, test := range map[string]struct {
		opts []client.Option
		want string
	}{
		"nil":                 {[]client.Option{client.WithTimeout(1), nil}, "option 2 is nil"},
		"empty key":           {[]client.Option{client.WithAPIKey("")}, "WithAPIKey: the key is empty"},
		"blank key":           {[]client.Option{client.WithAPIKey(" \t")}, "WithAPIKey: the key is empty"},
		"key with line break": {[]client.Option{client.WithAPIKey(secret + "\n")}, "WithAPIKey: the key contains a line break"},
		"key with header":     {[]client.Option{client.WithAPIKey(secret + "\r\nX: y")}, "cannot be seen"},
		"key with NUL":        {[]client.Option{client.WithAPIKey(secret + "\x00")}, "cannot be seen"},
		"key with blank":      {[]client.Option{client.WithAPIKey(secret + " ")}, "begins or ends with a blank"},
		"empty token":         {[]client.Option{client.WithPortalToken("")}, "WithPortalToken: the token is empty"},
		"token with control":  {[]client.Option{client.WithPortalToken(secret + "\x7f")}, "WithPortalToken: the token contains"},
		"empty e-mail":        {[]client.Option{client.WithBasicAuth("", secret)}, "WithBasicAuth: the e-mail address is empty"},
		"e-mail with colon":   {[]client.Option{client.WithBasicAuth("a:b", secret)}, "WithBasicAuth: the e-mail address contains a colon"},
		"e-mail with control": {[]client.Option{client.WithBasicAuth("a\nb", secret)}, "WithBasicAuth: the e-mail address contains a line break"},
		"empty password":      {[]client.Option{client.WithBasicAuth("a@b", "")}, "WithBasicAuth: the password is empty"},
		"two credentials":     {[]client.Option{client.WithAPIKey(secret), client.WithBasicAuth("a@b", secret)}, "WithBasicAuth: there is a credential already"},
		"zero timeout":        {[]client.Option{client.WithTimeout(0)}, "WithTimeout: 0s"},
		"negative timeout":    {[]client.Option{client.WithTimeout(-time.Second)}, "WithTimeout: -1s"},
		"empty user agent":    {[]client.Option{client.WithUserAgent("")}, "WithUserAgent: the text is empty"},
		"broken user agent":   {[]client.Option{client.WithUserAgent("a\r\nb")}, "WithUserAgent: the text contains"},
		"nil client":          {[]client.Option{client.WithHTTPClient(nil)}, "WithHTTPClient: the client is nil"},
		"nil *http.Client":    {[]client.Option{client.WithHTTPClient((*http.Client)(nil))}, "WithHTTPClient: the client is nil"},
		"nil doer function":   {[]client.Option{client.WithHTTPClient(doer(nil))}, "WithHTTPClient: the client is nil"},
		"nil clock":           {[]client.Option{client.WithClock(nil)}, "WithClock: the clock is nil"},
		"nil *Clock":          {[]client.Option{client.WithClock((*handClock)(nil))}, "WithClock: the clock is nil"},
		"nil editor":          {[]client.Option{client.WithRequestEditorFn(nil)}, "WithRequestEditorFn: the function is nil"},
		"bad address":         {[]client.Option{client.WithBaseURL("ftp://h")}, "base URL: it does not start with http"},
		"empty address":       {[]client.Option{client.WithBaseURL("")}, "base URL: it is empty"},
		"secret address":      {[]client.Option{client.WithBaseURL("https://u:" + secret + "@h")}, "base URL: it contains a user name"},
		"broken address":      {[]client.Option{client.WithBaseURL("https://u:" + secret + "%zz@h")}, "WithBaseURL: it is not a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, err := client.New("https://portal.example", test.opts...)
			if err == nil || portal != nil {
				t.Fatalf("got %v, %v", portal, err)
			}
			if text := err.Error(); !strings.HasPrefix(text, "docspace: ") || !strings.Contains(text, test.want) ||
				strings.Contains(text, secret) || strings.ContainsAny(text, "\r\n") {
				t.Errorf("got %q", text)
			}
		})
	}
}

func TestBaseURLOptionReplaces(t *testing.T) {
	_, server := serve(t, reply(200, jsonType, envelope("{}")))
	portal := newPortal(t, "https://portal.invalid", client.WithBaseURL(server.URL))
	if _, err := portal.FilesSettings(context.Background()); err != nil {
		t.Error(err)
	}
}
