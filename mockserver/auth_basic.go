package mockserver

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// basic signs in with an e-mail address and a password. The server reads them outside of the handler's try block, so a text
// that cannot be read is a 500 (BasicAuthHandler.cs; recorded: cH-H124D, cH-H125A).
func (c *call) basic(payload string) error {
	raw, ok := dotnet.FromBase64(payload)
	if !ok {
		c.because("A406")
		return unreadableBasic("System.FormatException", -2146233033,
			"The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.")
	}
	email, password, found := strings.Cut(dotnet.DecodeUTF8(raw), ":")
	if !found {
		c.because("A406")
		return unreadableBasic("System.Exception", -2146233088, "Unable to get password")
	}
	u := c.state.usersByEmail[strings.ToLower(email)]
	if u == nil || u.Password == "" || !text.SameSecret(password, u.Password) || !c.signIn(u, allScopes) {
		c.because("A405")
	}
	return nil
}

func unreadableBasic(class string, hresult int32, message string) *exception {
	return &exception{
		status: http.StatusInternalServerError, traced: true, class: class, hresult: hresult, message: message,
		method: "ASC.Api.Core.Auth.BasicAuthHandler.HandleAuthenticateAsync()",
	}
}
