package mockserver

import (
	"hash/maphash"
	"net/http"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

// LinkStatus is what a link answers, and what is counted for it.
type LinkStatus struct {
	ID             string
	Answer         LinkAnswer
	WrongPasswords int       // that count now, of the client address with the most
	BlockedUntil   time.Time // the latest end of a block of a client address; zero when none is blocked
}

// LinkAnswer is the answer to a visitor without an account who opens a link and sends no password.
type LinkAnswer string

// The answers to visitors, in the words of openapi.yaml.
const (
	LinkOk                   LinkAnswer = "ok"
	LinkInvalid              LinkAnswer = "invalid"
	LinkExpired              LinkAnswer = "expired"
	LinkRequiredPassword     LinkAnswer = "requiredPassword"
	LinkExternalAccessDenied LinkAnswer = "externalAccessDenied"
)

var linkAnswers = map[api.ExternalShareStatus]LinkAnswer{
	api.ExternalShareStatusOk:                   LinkOk,
	api.ExternalShareStatusInvalid:              LinkInvalid,
	api.ExternalShareStatusExpired:              LinkExpired,
	api.ExternalShareStatusRequiredPassword:     LinkRequiredPassword,
	api.ExternalShareStatusExternalAccessDenied: LinkExternalAccessDenied,
}

// LinkStatuses tells for each link what it answers now, in the order of the links. It counts no attempt, and opens nothing.
func (s *Server) LinkStatuses() []LinkStatus {
	era := s.era()
	current, now := era.state.Load(), era.clock.read()
	counts := era.passwords.counts(current.portal.Limits.PasswordAttempts, now)
	visitor := linkUse{request: &http.Request{Header: http.Header{}}, now: now, opened: era.opened}
	statuses := make([]LinkStatus, len(current.portal.Links))
	for i := range current.portal.Links {
		link := &current.portal.Links[i]
		visitor.key = link.Key
		count := counts[hashOfKey(link.Key)]
		statuses[i] = LinkStatus{link.ID, linkAnswers[current.decide(current.profile, s.random, visitor).share.Status], count.wrong, count.blocked}
	}
	return statuses
}

// passwordCount is what the limiter has counted for a key.
type passwordCount struct {
	wrong   int
	blocked time.Time
}

// counts are the counts of all keys, by their hash.
func (l *passwordLimiter) counts(limit PasswordAttempts, now time.Time) map[uint64]passwordCount {
	l.mu.Lock()
	defer l.mu.Unlock()
	counts := make(map[uint64]passwordCount, len(l.attempts))
	for _, list := range l.attempts {
		list.drop(limit.Window, now)
		count := counts[list.key]
		count.wrong = max(count.wrong, len(list.at))
		if list.blocked.After(now) && list.blocked.After(count.blocked) {
			count.blocked = list.blocked
		}
		counts[list.key] = count
	}
	return counts
}

var keySeed = maphash.MakeSeed()

// hashOfKey is a hash of a key in any letter case, as the limiter takes it.
func hashOfKey(key string) uint64 { return maphash.String(keySeed, strings.ToLower(key)) }
