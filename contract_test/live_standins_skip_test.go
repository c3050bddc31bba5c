package contract_test

import (
	"reflect"
	"regexp"
	"slices"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Reasons for which a spec does not run at a live portal.
const (
	needsCreate    = "makes rooms and links, needs CONTRACT_CREATE=1"
	needsPeople    = "needs people with other roles, or in a room"
	needsKeys      = "needs API keys with other permissions"
	needsPasswords = "needs the passwords of people"
	needsToken     = "needs a portal token instead of an API key"
	needsAPIKey    = "needs an API key instead of a portal token"
	needsEntries   = "needs a folder or a file, which no call of the contract makes"
	needsSections  = "needs what is in the archive or in the trash, where no call of the contract moves it"
	needsInstalled = "needs a portal that is installed in another way"
	needsMinted    = "needs a link with a key that no portal gives it"
	needsClock     = "needs a clock that the suite sets"
	needsControl   = "needs the control API of the fake"
	needsOwnRooms  = "needs rooms that the run makes, so leave out CONTRACT_ROOM"
)

// needsSame skips a spec that changes what no call of the contract can change.
func (s *standIns) needsSame(before mockserver.Portal) {
	GinkgoHelper()
	p := s.portal
	same := reflect.DeepEqual
	switch {
	case !same(p.Limits, before.Limits), p.BaseDomain != before.BaseDomain, !same(p.SameSite, before.SameSite), p.DocDBKey != before.DocDBKey,
		p.Identity != nil, p.Settings.EnableThirdParty != before.Settings.EnableThirdParty:
		Skip(needsInstalled)
	case len(p.APIKeys) < len(before.APIKeys) || !same(p.APIKeys[:len(before.APIKeys)], before.APIKeys):
		Skip(needsKeys)
	case len(p.Users) < len(before.Users) || !same(p.Users[:len(before.Users)], before.Users):
		Skip(needsPeople)
	case len(p.Entries) < len(before.Entries), len(p.Links) < len(before.Links):
		Skip(needsEntries)
	}
	for i, e := range before.Entries {
		switch {
		case same(p.Entries[i], e):
		case !same(p.Entries[i].Members, e.Members), p.Entries[i].CreatedBy != e.CreatedBy:
			Skip(needsPeople)
		default:
			Skip(needsSections)
		}
	}
	for i, l := range before.Links {
		if l.Primary {
			l.Password = p.Links[i].Password // standInForRoom sets it
		}
		if !same(p.Links[i], l) {
			Skip(needsEntries)
		}
	}
}

// whyNoStandIn says why a link of the suite's own portal has no stand-in; "" when it has.
func (t *target) whyNoStandIn(l mockserver.Link) string {
	room := t.roomOf(l)
	switch {
	case room == nil:
		return needsEntries
	case room.Section == mockserver.SectionArchive, room.Section == mockserver.SectionTrash:
		return needsSections
	case room.Type != mockserver.EntryRoom:
		return needsEntries
	case notInMinted.MatchString(l.Key):
		return needsMinted
	}
	return ""
}

// notInMinted is what is in no key that a portal gives.
var notInMinted = regexp.MustCompile(`[^\w-]`)

// hasStandIn says whether a link of the suite's own portal has a stand-in here. A key of no link needs none.
func (t *target) hasStandIn(key string) bool {
	return !t.live || !slices.ContainsFunc(t.standIns.portal.Links, func(l mockserver.Link) bool { return l.Key == key && t.whyNoStandIn(l) != "" })
}

// hasPerson says whether there is somebody here for a token of the suite's own portal.
func (t *target) hasPerson(token string) bool {
	return !t.live || token == "" || token == t.standIns.maker || token == t.owner || token == ownerAPIKey && t.standIns.maker == ownerToken || (token == guestToken || token == userAPIKey) && t.user != ""
}

// presentPeople leaves out the tokens of people who are not here.
func (t *target) presentPeople(tokens ...string) []string {
	return slices.DeleteFunc(tokens, func(token string) bool { return !t.hasPerson(token) })
}

// tokenOfSameRole is the token of somebody with the same role as one of the users of the suite's own portal.
func (t *target) tokenOfSameRole(token string) string {
	GinkgoHelper()
	switch {
	case !t.live:
	case token == memberToken, token == userAPIKey:
		t.needsUser()
		return t.user
	case token == guestToken:
		Skip(needsPeople)
	}
	return token
}
