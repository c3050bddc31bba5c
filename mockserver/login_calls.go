package mockserver

import (
	"context"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// AuthenticateMe signs a person in.
func (o operations) AuthenticateMe(ctx context.Context, _ api.AuthenticateMeRequestObject) (api.AuthenticateMeResponseObject, error) {
	c := callFrom(ctx)
	session, err := o.signInWithPassword(c)
	if err != nil {
		return nil, err
	}
	// The cookie alone ends with the session of the browser: the token is good for a year all the same.
	expires, cookieEnds := session.Expires.UTC().Format("2006-01-02T15:04:05.9999999Z"), session.Expires
	if c.login.session {
		expires, cookieEnds = "0001-01-01T00:00:00", time.Time{}
	}
	c.because("A1301")
	w := appendObject(nil)
	w.text("token", session.Token)
	w.text("expires", expires)
	w.bool("sms", false)
	w.bool("tfa", false)
	response, err := pickedJSON(w.end(), c.pickedFields())
	if err != nil {
		return nil, err
	}
	answer := c.success(response)
	answer.cookies = []string{c.newCookie(authCookie, session.Token, cookieEnds)}
	return answer, nil
}

// GetIsAuthentificated answers whether the caller is signed in.
func (o operations) GetIsAuthentificated(ctx context.Context, _ api.GetIsAuthentificatedRequestObject) (api.GetIsAuthentificatedResponseObject, error) {
	c := callFrom(ctx)
	c.because("A1330")
	return c.success(strconv.AppendBool(nil, c.caller != nil)), nil
}

// Logout ends the session of the caller's cookie.
func (o operations) Logout(ctx context.Context, _ api.LogoutRequestObject) (api.LogoutResponseObject, error) {
	c := callFrom(ctx)
	p := c.state.profile
	session := c.endedSession(p)
	if session != nil {
		o.update(c.era, func(current *state) *state { return current.withoutSession(session.Token) })
	}
	c.because("A1326", c.claimOfLogout(session))
	askOthers(p, logoutAlike, c.endedSession, func(other *profile, theirs *Session) {
		switch theirs {
		case session:
		case nil:
			c.differs(other, "{ends|end} no session here, because no cookie has its token").because("A1328")
		default:
			c.differs(other, "{ends|end} the session of the token in Authorization").because("A1329")
		}
	})
	answer := c.successOf(nil, 0, noTotal)
	for _, name := range sessionCookies {
		if dotnet.SentCookie(c.request.Header.Values(echo.HeaderCookie), name) != "" {
			answer.cookies = append(answer.cookies, c.deletedCookies(name)...)
		}
	}
	return answer, nil
}

// endedSession is the session that signing out ends, nil for none. A token of a portal file is good for ever.
func (c *call) endedSession(p *profile) *Session {
	cookie := dotnet.SentCookie(c.request.Header.Values(echo.HeaderCookie), authCookie)
	if cookie == "" && !p.logoutReadsCookie {
		cookie = dotnet.JoinValues(c.request.Header.Values(echo.HeaderAuthorization))
	}
	token, ok := withoutBearer(cookie)
	if !ok || token == "" {
		return nil
	}
	return c.state.sessions[portalToken(token)]
}

// claimOfLogout is the claim about the session that signing out ends, or does not end; "" when there was none.
func (c *call) claimOfLogout(ended *Session) string {
	cookie := dotnet.SentCookie(c.request.Header.Values(echo.HeaderCookie), authCookie)
	switch {
	case ended != nil && cookie != "":
		return "A1327"
	case cookie == "" && c.caller != nil && !c.apiKey:
		return said{"A1328", "A1329"}.by(c.state.profile)
	default:
		return ""
	}
}

// GetSelfProfile answers the person who calls.
func (o operations) GetSelfProfile(ctx context.Context, _ api.GetSelfProfileRequestObject) (api.GetSelfProfileResponseObject, error) {
	c := callFrom(ctx)
	c.because("A1331")
	response, err := pickedJSON(c.describeSelf(), c.pickedFields())
	if err != nil {
		return nil, err
	}
	return c.success(response), nil
}
