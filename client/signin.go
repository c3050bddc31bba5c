package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"unicode/utf8"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// What keeps somebody from signing in, for errors.Is. A wrong name or password is [ErrUnauthorized].
var (
	// ErrUserDisabled says that the password is right, and that the person is switched off. The error also matches
	// [ErrForbidden]. A portal that says it in another language than English only gives that kind.
	ErrUserDisabled = errors.New("the person is switched off")
	// ErrSecondFactor says that the portal also wants a code, which this package cannot give.
	ErrSecondFactor = errors.New("the portal wants a second factor")
)

// SignIn signs a person in, with the e-mail address or the ID of the person and a password. The result is a Portal that acts as
// that person. It shares the connections, the retries and all options of this one, but its credentials. It is good until
// [Portal.SignOut], and for a year at most. This Portal needs no credentials for the call, and sends none.
//
// The request is sent once, and never repeated. When its answer is lost, a session may have been made, which nobody knows.
//
// A portal counts wrong passwords for each user, as it was given, and address. It refuses all log ins after five of them within
// a minute. SignIn does not send the attempt that would bring that about, as [Visitor.Unlock] does not. The error then matches
// [ErrTooManyAttempts].
func (p *Portal) SignIn(ctx context.Context, user, password string) (signedIn *Portal, err error) {
	c, err := p.begin(ctx, opSignIn)
	c.arguments = func() []string { return []string{password} }
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	switch {
	case user == "" || password == "":
		return nil, c.refuse("the user or the password is empty", ErrInvalidArgument)
	case !utf8.ValidString(user) || !utf8.ValidString(password): // JSON cannot carry them
		return nil, c.refuse("the user or the password is not valid UTF-8", ErrInvalidArgument)
	case !p.cfg.insecure && isInsecure(p.home):
		return nil, c.refuse("use https, or WithInsecureHTTP where the network can be trusted", ErrInsecureHTTP, ErrInvalidArgument)
	}
	attempts := "\x00" + user // the attempts at a link are counted by its key alone
	if err := p.cfg.guard.admit(c, attempts); err != nil {
		return nil, err
	}
	token, err := p.sendLogIn(c, attempts, user, password)
	if err != nil {
		return nil, err
	}
	return p.withSession(token), nil
}

// sendLogIn sends a password that the guard counts as under way, and tells the guard the outcome.
func (p *Portal) sendLogIn(c *call, attempts, user, password string) (token string, err error) {
	outcome := errUnfinished // unless it gets to its end, as in sendPassword
	defer func() { p.cfg.guard.recordOutcome(attempts, outcome) }()
	stranger := p.Visitor() // without credentials, and without the cookies of others
	raw := api.Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: stranger.doer}
	resp, err := raw.AuthenticateMe(c, nil, api.AuthRequestDto{UserName: &user, Password: &password})
	seen, _, err := decodeAnswer[api.AuthenticationTokenDto](c, resp, err)
	switch {
	case err != nil:
	case valueOf(seen.Sms) || valueOf(seen.Tfa):
		err = &Error{Operation: c.operation, StatusCode: http.StatusOK, Attempts: c.attempts, kinds: []error{ErrSecondFactor}}
	case valueOf(seen.Token) == "":
		err = c.missingProperty("token")
	default:
		token = *seen.Token
	}
	outcome = err
	return token, err
}

// withSession is the Portal with another credential. The token goes as the cookie, because a portal ends only sessions of cookies
// (AuthenticationController.cs).
func (p *Portal) withSession(token string) *Portal {
	cfg := *p.cfg
	cfg.credential = sessionCookie(url.QueryEscape(token), token)
	signedIn := newPortal(&cfg, p.home, p.requests)
	signedIn.session = true
	return signedIn
}

// SignOut ends the session of a Portal that [Portal.SignIn] gave. Its calls that need an account fail with [ErrUnauthorized] from then
// on; others are those of a visitor. To sign out again is no error, and the call is repeated like a PUT.
func (p *Portal) SignOut(ctx context.Context) (err error) {
	c, err := p.begin(ctx, opSignOut)
	defer func() { c.end(err) }()
	if err == nil && !p.session {
		err = c.refuse("only a Portal that SignIn gave has a session to end", ErrInvalidArgument)
	}
	if err != nil {
		return err
	}
	resp, err := p.raw.Logout(c)
	env, body, err := decodeWhole[string](c, resp, err)
	if err == nil && env.StatusCode != http.StatusOK {
		err = c.malformedError(resp, body, "property statusCode is missing")
	}
	return err
}
