package client

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Visitor is one person who opens share links without an account. It keeps the cookies that the portal sets, and so stays
// let in. It is safe for concurrent use.
type Visitor struct {
	portal *Portal
	doer   api.HttpRequestDoer
	jar    *originJar
}

// Visitor gives a visitor whom the portal has not seen yet. Visitors share connections, retries and the guard of
// [Visitor.Unlock] with the Portal; they cost little, so make one for each person.
func (p *Portal) Visitor() *Visitor {
	if p == nil || p.cfg == nil {
		return &Visitor{}
	}
	jar := newOriginJar(p.home)
	doer := p.cfg.doer
	if given, ok := doer.(*http.Client); ok {
		own := *given
		own.Jar = nil // it may hold a session
		doer = &own
	}
	return &Visitor{portal: p, doer: newChain(p.cfg, visit(jar, p.cfg), doer), jar: jar}
}

// Unlock tries a password for the share link with this key as a visitor does: without the portal's credentials, and with
// the cookies that the portal has set before. Outcomes are those of [Portal.ApplyExternalSharePassword].
//
// Who was let in stays in: once a link has opened for this Visitor it opens with any password, and with none. To check
// what several people type, give each a Visitor.
//
// A portal locks a link for an address at the sixth attempt after five wrong ones within a minute. Unlock does not send
// that one: the error matches [ErrTooManyAttempts], and [Error.RetryAfter] says how long to wait. It knows the attempts
// of this Portal only, those of all its visitors together. [WithoutAttemptGuard] is for those who want to send it all the
// same.
func (v *Visitor) Unlock(ctx context.Context, key, password string) (share *ExternalShare, err error) {
	var p *Portal
	if v != nil {
		p = v.portal
	}
	c, err := p.beginPassword(ctx, key, password)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	switch wait, err := p.cfg.guard.enter(c, key); {
	case err != nil:
		refused := c.refuse("nothing was sent: other attempts at this link were still under way", ErrConnection)
		refused.cause = newCause(nil, err)
		return nil, refused
	case wait > 0:
		refused := c.refuse("nothing was sent, since the portal would lock the link; try again in "+wait.String(), ErrTooManyAttempts)
		refused.RetryAfter = wait
		return nil, refused
	}
	outcome := errUnfinished
	defer func() { p.cfg.guard.leave(key, outcome) }() // also when somebody's code below panics
	share, err = p.sendPassword(c, v.doer, key, password)
	outcome = err
	return share, err
}

// Jar gives the cookies that the Visitor has been given, for a http.Client that opens what the links lead to. It takes
// cookies from the portal's own scheme, host and port, and gives them to nobody else.
func (v *Visitor) Jar() http.CookieJar {
	if v == nil || v.portal == nil {
		return nil
	}
	return v.jar
}

// Unlock is [Visitor.Unlock] of the one visitor that every Portal has: for programs that open links for themselves. Once a
// link has opened, it opens with any password; to check what people type, use [Portal.Visitor].
func (p *Portal) Unlock(ctx context.Context, key, password string) (*ExternalShare, error) {
	if p == nil {
		return (&Visitor{}).Unlock(ctx, key, password)
	}
	return p.visitor.Unlock(ctx, key, password)
}

// VisitorJar is [Visitor.Jar] of that visitor.
func (p *Portal) VisitorJar() http.CookieJar {
	if p == nil {
		return nil
	}
	return p.visitor.Jar()
}
