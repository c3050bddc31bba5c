package client

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// harmlessHeaders are the headers of a request that may be repeated. What stands in any other one may be a secret, unless it is
// too short for one.
var harmlessHeaders = []string{
	"Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Length", "Content-Type", "Origin", "Referer",
	"Traceparent", "Tracestate", "User-Agent", "X-Request-Id", "X-Correlation-Id",
}

// requestSecrets are those that a request shows by itself: credentials, cookies and the share key in the path.
func requestSecrets(req *http.Request) []string {
	if req == nil || req.URL == nil {
		return nil
	}
	var secrets []string
	for name, values := range req.Header {
		if !slices.Contains(harmlessHeaders, http.CanonicalHeaderKey(name)) { // such as an X-Api-Key of a request editor
			secrets = append(secrets, slices.DeleteFunc(slices.Clone(values), func(value string) bool { return len(value) < 6 })...)
		}
	}
	for _, value := range req.Header.Values("Authorization") {
		kind, token, _ := strings.Cut(value, " ")
		secrets = append(secrets, value, token)
		if kind == "Basic" {
			if pair, err := base64.StdEncoding.DecodeString(token); err == nil {
				_, password, _ := strings.Cut(string(pair), ":")
				secrets = append(secrets, string(pair), password)
			}
		}
	}
	for _, cookie := range req.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	segments := strings.Split(req.URL.EscapedPath(), "/")
	for i := 1; i+1 < len(segments); i++ {
		if segments[i-1] == "share" && segments[i+1] == "password" {
			key, _ := url.PathUnescape(segments[i])
			secrets = append(secrets, segments[i], key)
		}
	}
	return secrets
}

// exchangeSecrets adds the cookies that the answer sets: a share link's cookie is made of its password.
func exchangeSecrets(resp *http.Response) []string {
	secrets := requestSecrets(resp.Request)
	for _, cookie := range resp.Cookies() {
		secrets = append(secrets, cookie.Value)
	}
	return secrets
}

// passwordsInBody reads the body of a password call that the facade did not make, so that its errors do not repeat it either.
func passwordsInBody(getBody func() (io.ReadCloser, error)) []string {
	body, err := getBody()
	if err != nil {
		return nil
	}
	defer body.Close()
	content, err := readUpTo(maxErrorBody, body, -1)
	var sent api.ExternalShareRequestParam
	if err != nil || json.Unmarshal(content, &sent) != nil || sent.Password == nil {
		return nil
	}
	return []string{*sent.Password}
}

// clean makes text from outside fit for an error. Only errors need it, so only they pay for it.
func (c *call) clean(text string) string {
	if c.scrub == nil {
		c.scrub = c.maskerWith(nil)
	}
	return c.scrub.line(text)
}

// maskerWith knows those of an exchange too. All at once: of two secrets of which one is part of the other, the first
// pass of two would leave half.
func (c *call) maskerWith(secrets []string) masker {
	if c.cfg != nil && c.cfg.credential.secrets != nil {
		secrets = append(secrets, c.cfg.credential.secrets()...)
	}
	if c.arguments != nil {
		secrets = append(secrets, c.arguments()...)
	}
	return newMasker(secrets...)
}
