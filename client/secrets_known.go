package client

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// harmlessHeaders are the headers of a request that an error may repeat. The value of any other header may be a secret.
var harmlessHeaders = []string{
	"Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Content-Length", "Content-Type", "Origin", "Referer",
	"Traceparent", "Tracestate", "User-Agent", "X-Request-Id", "X-Correlation-Id",
}

// shortestSecret is the length of a value, in bytes, from which it may be a secret.
const shortestSecret = 6

// requestSecrets finds the secrets of a request: credentials, cookies and the share key, in the path, the query or a header.
func requestSecrets(req *http.Request) []string {
	if req == nil || req.URL == nil {
		return nil
	}
	var secrets []string
	for name, values := range req.Header {
		if !slices.Contains(harmlessHeaders, http.CanonicalHeaderKey(name)) { // for example, X-Api-Key of a request editor
			secrets = append(secrets, slices.DeleteFunc(slices.Clone(values), func(value string) bool { return len(value) < shortestSecret })...)
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
	secrets = append(secrets, req.URL.Query()["share"]...)
	segments := strings.Split(req.URL.EscapedPath(), "/")
	for i := 1; i < len(segments); i++ {
		if segments[i-1] == "share" && (i+1 == len(segments) || segments[i+1] == "password") {
			key, _ := url.PathUnescape(segments[i])
			secrets = append(secrets, segments[i], key)
		}
	}
	return secrets
}

// exchangeSecrets finds the secrets of a request and its answer. The cookies that the answer sets are secrets, because the
// cookie of a share link is made from its password.
func exchangeSecrets(resp *http.Response) []string {
	secrets := requestSecrets(resp.Request)
	for _, cookie := range resp.Cookies() {
		secrets = append(secrets, cookie.Value)
		if plain, err := url.QueryUnescape(cookie.Value); err == nil { // as the body of a log in has the token
			secrets = append(secrets, plain)
		}
	}
	return secrets
}

// passwordsInBody finds the secrets in a request of the generated client: of the password call, of a link, or of a login.
func passwordsInBody(getBody func() (io.ReadCloser, error)) []string {
	body, err := getBody()
	if err != nil {
		return nil
	}
	defer body.Close()
	content, err := readUpTo(maxErrorBody, body, -1)
	if err != nil {
		return nil
	}
	var sent struct {
		Password, PasswordHash, AccessToken, CodeOAuth, SerializedProfile, RecaptchaResponse string
		ConfirmData                                                                          struct{ Key string }
	}
	_ = json.Unmarshal(content, &sent) // what could be read counts
	return []string{
		sent.Password, sent.PasswordHash, sent.AccessToken, sent.CodeOAuth, sent.SerializedProfile, sent.RecaptchaResponse, sent.ConfirmData.Key,
	}
}

// clean makes a safe line of text from outside.
func (c *call) clean(text string) string { return c.ownMasker().line(text) }

// ownMasker gives the masker of the call's own secrets. It is made late, because only errors need it.
func (c *call) ownMasker() masker {
	if c.masker == nil {
		c.masker = c.maskerWith(nil)
	}
	return c.masker
}

// maskerWith makes a masker of the call's own secrets and more. One masker must know them all. With two, the first could
// leave half of a secret that has another one within it.
func (c *call) maskerWith(secrets []string) masker {
	if c.cfg != nil && c.cfg.credential.secrets != nil {
		secrets = append(secrets, c.cfg.credential.secrets()...)
	}
	if c.arguments != nil {
		secrets = append(secrets, c.arguments()...)
	}
	return newMasker(secrets...)
}
