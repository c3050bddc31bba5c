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
			return unreadableJWT(err)
		}
	}
	token, err := dotnet.ReadJWT(bearer)
	if err != nil {
		return unreadableJWT(err)
	}
	if !token.Lasts(c.started) || !c.state.vouchesFor(bearer, token) {
		return nil
	}
	sub, ok := token.Subject()
	if !ok {
		return &exception{status: http.StatusUnauthorized, message: "Claim 'sub' is not present in JWT"}
	}
	c.signIn(c.state.usersByID[sub], token.Scopes())
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
