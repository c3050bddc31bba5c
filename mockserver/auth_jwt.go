package mockserver

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// jwt signs in the user whom the subject of an OAuth access token names. A text that only looks like a token is an exception, and
// so is a valid token whose subject is no GUID. A token that is not valid leaves the caller anonymous (JwtBearerAuthHandler.cs).
func (c *call) jwt(answer http.Header, bearer string) error {
	if answer.Get(echo.HeaderAccessControlAllowOrigin) != "" {
		// The server looks for the origins of the token's app before it allows one, and trims the token there
		// (DynamicCorsPolicyResolver.cs).
		if _, err := dotnet.ReadJWT(strings.TrimSpace(bearer)); err != nil {
			answer.Del(echo.HeaderAccessControlAllowOrigin)
			c.because("A419")
			return unreadableJWT(err)
		}
	}
	token, err := dotnet.ReadJWT(bearer)
	if err != nil {
		c.because("A419")
		return unreadableJWT(err)
	}
	switch {
	case !token.Lasts(c.started):
		c.because("A414")
		return nil
	case !c.state.vouchesFor(bearer, token):
		c.because("A420")
		return nil
	}
	sub, ok := token.Subject()
	if !ok {
		c.because("A410")
		return &exception{status: http.StatusUnauthorized, message: "Claim 'sub' is not present in JWT"}
	}
	if !c.signIn(c.state.usersByID[sub], token.Scopes()) {
		c.because("A414")
	}
	return nil
}

func unreadableJWT(err error) error {
	var unreadable *dotnet.JWTError
	if !errors.As(err, &unreadable) {
		return err
	}
	thrown := badArgument(unreadable.Message, "System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler.…")
	thrown.class = unreadable.Class
	return thrown
}
