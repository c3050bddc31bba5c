package mockserver

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"math"
	"slices"
	"strings"
	"time"
)

// Session is a session of a user, which signing in has made.
type Session struct {
	Token        string    `json:"token"`
	User         string    `json:"user"`                                 // e-mail address of a user
	Expires      time.Time `json:"expires,omitzero"`                     // zero is never
	LoginEventID int32     `json:"loginEventId,omitzero" strict:"empty"` // number of the login
}

// nameSessions finds the sessions of the portal by their tokens.
func (s *state) nameSessions() {
	s.sessions = make(map[string]*Session, len(s.portal.Sessions))
	for i := range s.portal.Sessions {
		session := &s.portal.Sessions[i]
		s.sessions[portalToken(session.Token)] = session
	}
	s.learnSecrets()
}

// withSessions is a copy of s with other sessions.
func (s *state) withSessions(sessions []Session) *state {
	next := *s
	next.portal.Sessions = sessions
	next.texts += textsOfSessions(sessions) - textsOfSessions(s.portal.Sessions)
	next.nameSessions()
	return &next
}

// userOfToken finds the user of a portal token, and the session when signing in has made it.
func (s *state) userOfToken(token string, now time.Time) (*User, *Session) {
	token = portalToken(token)
	session := s.sessions[token]
	switch {
	case session == nil:
		return s.usersByToken[token], nil
	case !session.Expires.IsZero() && !session.Expires.After(now):
		return nil, nil
	default:
		return s.usersByEmail[strings.ToLower(session.User)], session
	}
}

const (
	// tokenSize is how many bytes are in a token. Those that were recorded have 112 or 128.
	tokenSize = 112

	// maxSessions is how many sessions a portal keeps. The oldest one is forgotten for a new one.
	maxSessions = 1000
)

// newSession signs the person with this ID in for a year. What has become of the person while the password was checked counts.
func (o operations) newSession(c *call, id string) (session Session, err error) {
	var random [tokenSize]byte
	_, _ = rand.Read(random[:]) // it never fails
	token := base64.StdEncoding.EncodeToString(random[:])
	full := o.updateBy(c, func(current *state) *state {
		u := current.usersByID[id]
		if err = refusedPerson(u); err != nil {
			return current
		}
		next := current
		if isCulture(c.login.culture) && c.login.culture != u.Culture {
			next = next.withCulture(id, c.login.culture)
		}
		session = Session{Token: token, User: u.Email, Expires: c.started.AddDate(1, 0, 0), LoginEventID: nextLoginEvent(current.portal.LoginEvents)}
		return next.withSession(session, c.started)
	})
	return session, cmp.Or(err, full)
}

// nextLoginEvent is the number of the log in after another one. The last one keeps its number: a portal cannot count further.
func nextLoginEvent(last int32) int32 { return last + min(1, math.MaxInt32-last) }

// withSession is a copy of s with one more session. Those that have ended are forgotten.
func (s *state) withSession(made Session, now time.Time) *state {
	sessions := slices.DeleteFunc(slices.Clone(s.portal.Sessions), func(old Session) bool { return !old.Expires.IsZero() && !old.Expires.After(now) })
	next := s.withSessions(append(sessions[max(0, len(sessions)-maxSessions+1):], made))
	next.portal.LoginEvents = made.LoginEventID
	return next
}

// withoutSession is a copy of s in which the session of a token has ended, or s when there is none.
func (s *state) withoutSession(token string) *state {
	sessions := slices.DeleteFunc(slices.Clone(s.portal.Sessions), func(session Session) bool { return session.Token == token })
	if len(sessions) == len(s.portal.Sessions) {
		return s
	}
	return s.withSessions(sessions)
}
