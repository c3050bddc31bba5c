package client

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Visitor is one person who opens share links without an account. It keeps the cookies that the portal sets. A link that
// opened once for a Visitor stays open for it. A Visitor is safe for concurrent use.
type Visitor struct {
	portal *Portal
	doer   api.HttpRequestDoer
	jar    *originJar
}

// Visitor makes a visitor without cookies. All visitors share the connections, the retries and the count of wrong passwords
// of the Portal. A Visitor costs little, so make one for each person.
func (p *Portal) Visitor() *Visitor {
	if p == nil || p.cfg == nil {
		return &Visitor{}
	}
	jar := newOriginJar(p.home, p.cfg.clock)
	doer := p.cfg.doer
	if given, ok := doer.(*http.Client); ok {
		own := *given
		own.Jar = nil // the caller's jar may hold a session
		doer = &own
	}
	return &Visitor{portal: p, doer: newChain(p.cfg, visit(jar, p.cfg), doer), jar: jar}
}

// Unlock sends a password for the share link with this key, as a visitor does: without the portal's credentials, and with
// the cookies that the portal has set before. The results are those of [Portal.ApplyExternalSharePassword].
//
// After a link has opened for this Visitor, it opens with any password, and without one. So make one Visitor for each person
// whose passwords you check.
//
// A portal locks a link for an address at the sixth attempt after five wrong ones within a minute. Unlock does not send
// that attempt. The error then matches [ErrTooManyAttempts], and [Error.RetryAfter] says how long to wait. Unlock knows only
// the attempts of this Portal, with those of all its visitors; a new Portal knows none. The minute is on the clock of [WithClock].
// [WithoutAttemptGuard] lets it send every attempt.
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
	if err := p.cfg.guard.admit(c, key); err != nil {
		return nil, err
	}
	return p.sendPassword(c, v.doer, key, password)
}

// Jar gives the cookies of the Visitor to a http.Client, so that this client can open the entries of the links. It takes
// cookies only from the portal's own scheme, host and port, and gives them to no other origin.
func (v *Visitor) Jar() http.CookieJar {
	if v == nil || v.portal == nil {
		return nil
	}
	return v.jar
}

// Unlock is [Visitor.Unlock] of the one visitor that the Portal has. It is for programs that open links for themselves. After
// a link has opened, it opens with any password. To check what people type in, use [Portal.Visitor].
func (p *Portal) Unlock(ctx context.Context, key, password string) (*ExternalShare, error) {
	if p == nil {
		return (&Visitor{}).Unlock(ctx, key, password)
	}
	return p.visitor.Unlock(ctx, key, password)
}

// VisitorJar is [Visitor.Jar] of the visitor that [Portal.Unlock] uses.
func (p *Portal) VisitorJar() http.CookieJar {
	if p == nil {
		return nil
	}
	return p.visitor.Jar()
}
