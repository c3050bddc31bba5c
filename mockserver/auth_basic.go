package mockserver

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// basic signs in with an e-mail address and a password. The server reads them outside of the handler's try block, so a text
// that cannot be read is a 500 (BasicAuthHandler.cs).
func (c *call) basic(payload string) error {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(payload))
	if err != nil {
		return &exception{
			status: http.StatusInternalServerError, class: "System.FormatException", hresult: -2146233033, traced: true,
			message: "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.",
			method:  "ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()",
		}
	}
	email, password, found := strings.Cut(string(raw), ":")
	if !found {
		return &exception{
			status: http.StatusInternalServerError, class: "System.IndexOutOfRangeException", hresult: -2146233080, traced: true,
			message: "Index was outside the bounds of the array.",
			method:  "ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()",
		}
	}
	u := c.state.usersByEmail[strings.ToLower(email)]
	if u != nil && u.Password != "" && text.SameSecret(password, u.Password) {
		c.signIn(u, scopeWrite)
	}
	return nil
}
