package mockserver

import (
	"context"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// sessionCookie is the name of the cookie that tells anonymous visitors apart.
const sessionCookie = "anonymous_session_key"

// ApplyExternalSharePassword answers the password call.
func (o operations) ApplyExternalSharePassword(ctx context.Context, r api.ApplyExternalSharePasswordRequestObject) (api.ApplyExternalSharePasswordResponseObject, error) {
	c := callFrom(ctx)
	if strings.TrimSpace(c.route.parameter) == "" {
		// The model binding takes a key of blanks for none, and the action does not expect that (recorded: F795).
		c.becauseOf(said{server: "A516"})
		return nil, nullReference("ASC.Files.Api.SecurityController.…")
	}
	decision, err := o.usePassword(c, newLinkUse(c, r.Body.Password))
	if err != nil {
		return nil, err
	}
	response, err := pickedJSON(appendShare(make([]byte, 0, usualShare), decision.share), c.pickedFields())
	if err != nil {
		return nil, err
	}
	answer := c.success(response)
	answer.cookies = o.shareCookies(c, decision)
	return answer, nil
}

// usePassword begins an attempt, decides it, stores a new password if the profile does so, and counts a wrong password.
func (o operations) usePassword(c *call, use linkUse) (linkDecision, error) {
	p := c.state.profile
	attempt := c.era.passwords.begin(use.key, c.ip, c.state.portal.Limits.PasswordAttempts, use.now)
	if attempt == nil {
		return linkDecision{}, because(tooManyPasswords(), "A301", "A307")
	}
	defer attempt.end()

	current := c.era.state.Load()
	decision := current.decide(p, o.random, use)
	if decision.setPassword {
		if bad := tooLong("Password", "Password", use.password); bad != nil {
			return linkDecision{}, because(bad, "A226", "A235")
		}
		var err error
		if current, decision, err = o.storePassword(c, use); err != nil {
			return linkDecision{}, err
		}
	}
	attempt.wrong = decision.wrongPassword()
	c.claims.addAll(decision.claims)
	decide := func(other *profile) linkDecision { return current.decide(other, o.random, use) }
	askOthers(p, usePasswordAlike, decide, func(other *profile, theirs linkDecision) { c.hintPassword(other, decision, theirs) })
	use.open(decision)
	return decision, nil
}

// storePassword decides again, while nothing else changes the portal, and stores the password. before is the state on which
// it has decided.
func (s *Server) storePassword(c *call, use linkUse) (before *state, decision linkDecision, err error) {
	err = s.updateBy(c, func(current *state) *state {
		before, decision = current, current.decide(c.state.profile, s.random, use)
		if !decision.setPassword {
			return current
		}
		return current.withPassword(decision.linkID, use.password)
	})
	return before, decision, err
}

// hintPassword hints at what another profile does with the password.
func (c *call) hintPassword(other *profile, ours, theirs linkDecision) {
	differs := func(format string, args ...any) {
		c.differs(other, format, args...).claims.addAll(theirs.claims)
	}
	switch {
	case ours.setPassword && !theirs.setPassword:
		differs("{does|do} not set the password of the link: {it checks|they check} it, and {answers|answer} status %d", theirs.share.Status)
	case theirs.setPassword && !ours.setPassword:
		differs("{sets|set} the password of the link, and {answers|answer} status %d", theirs.share.Status)
	case ours.share.Status != theirs.share.Status:
		differs("{answers|answer} status %d here", theirs.share.Status)
	case theirs.remember == "" && ours.remember != "":
		differs("{sets|set} no cookie of the link here")
	case ours.remember != theirs.remember:
		differs("{sets|set} the cookie of the link here")
	}
}

// shareCookies makes the Set-Cookie headers of a decision: first the remembered password, then the session.
func (o operations) shareCookies(c *call, decision linkDecision) []string {
	var cookies []string
	switch {
	case decision.remember != "":
		cookies = append(cookies, c.newCookie(decision.cookie, decision.secret.passwordKey(decision.remember), time.Time{}))
	case decision.forget:
		cookies = append(cookies, c.deletedCookies(decision.cookie)...)
	}
	if decision.opened != nil && c.caller == nil && dotnet.SentCookie(c.request.Header.Values(echo.HeaderCookie), sessionCookie) == "" {
		cookies = append(cookies, c.newCookie(sessionCookie, c.state.portal.secretOr(o.random).sign(o.newID()), time.Time{}))
	}
	return cookies
}
