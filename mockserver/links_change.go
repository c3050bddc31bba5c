package mockserver

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// linkCall is a call about the links of an entry.
type linkCall struct {
	*call
	secret secret
	use    linkUse // of the link whose key the request carries
	newID  string  // of a link that the call makes
}

// linkOutcome is what a call about one link comes to. It changes nothing, so that a hint can ask for another profile's outcome too.
type linkOutcome struct {
	err     error
	link    *Link // nil is none
	place   linkPlace
	noToken bool          // the answer does not tell the key
	after   func() *state // makes the portal as it is after the call; nil changes nothing
	claims  claimList     // that decided it, besides those of err
}

// because notes claims that decided the outcome.
func (o linkOutcome) because(claims ...string) linkOutcome {
	o.claims.add(claims...)
	return o
}

const noSuchItem = "Item not found"

// findEntry finds the entry that the path names. The server takes any number for an entry of its own, and any other text for one of a
// third-party account (ConstraintRoute; recorded: VL322 to VL365).
func (k linkCall) findEntry(s *state) (*Entry, error) {
	const method = "ASC.Files.Core.Data.…"
	id := k.route.parameter
	file := k.route.facts.entry == EntryFile
	if n, ok := dotnet.ParseInt32(id); ok {
		id = strconv.Itoa(n)
	} else if s.entries.inSpace(id, file) == nil {
		return nil, itemNotFound("Selector '' not found", method)
	}
	if e := s.entries.inSpace(id, file); e != nil {
		return e, nil
	}
	return nil, itemNotFound(noSuchItem, method)
}

// primary is the primary link of the entry, which is made when there is none: by a body, or without one with the usual access.
func (k linkCall) primary(p *profile, s *state, body *linkRequest) linkOutcome {
	e, err := k.findEntry(s)
	if err != nil {
		return linkOutcome{err: because(err, "A1136")}
	}
	place := s.placeOf(e)
	if k.caller == nil && !p.anonymousPrimary && !s.readsByLink(k.secret, k.use, e) {
		return linkOutcome{err: because(unauthenticated(), "A716")}
	}
	if place.roomType == roomForm && e.Type == EntryFile && body != nil && body.access == accessFillForms {
		// The link to fill out is that of the room (FileSharing.cs).
		place = s.placeOf(place.room)
	}
	if link := s.primaryOf(place.entry); link != nil && (p.formRoomLinks || !place.isRoom() || place.roomType != roomForm) {
		if !s.seesPrimary(k.secret, k.use, place) {
			return linkOutcome{err: because(linksDenied(), "A1133", k.anonymousClaim(p))}
		}
		return linkOutcome{link: link, place: place}.because(place.claimOfPrimary(p))
	}
	switch {
	case !k.mayMakePrimary(s, place):
		return linkOutcome{err: because(linksDenied(), s.claimOfMakers(place.entry), k.anonymousClaim(p))}
	case !p.remakesPrimary && place.entry.PrimaryRevoked:
		revoked := &exception{status: http.StatusNotFound, message: "The primary link of this entry was revoked, and is not made again: make another link"}
		return linkOutcome{err: because(revoked, "A710")}
	}
	r := linkRequest{access: accessRead}
	if place.roomType == roomForm {
		r.access = accessFillForms
	}
	if body != nil {
		r = *body
	}
	r.primary, r.linkID = true, ""
	if body != nil && e.Type == EntryFile && p.postIgnoresTitle {
		r.title = ""
	}
	r.title = strings.TrimSpace(r.title)
	r.internal = r.internal || !r.internalSaid && place.roomType != roomPublic && s.portal.Settings.DefaultShareLinkInternal
	return k.make(p, s, place, r, nil).because(place.claimOfPrimary(p))
}

// set makes, changes or revokes a link of the entry.
func (k linkCall) set(p *profile, s *state, r linkRequest) linkOutcome {
	e, err := k.findEntry(s)
	if err != nil {
		return linkOutcome{err: because(err, "A1136")}
	}
	place := s.placeOf(e)
	if err := k.unknownValue(p, r); err != nil {
		return linkOutcome{err: because(err, said{"A1109", "A713"}.by(p))}
	}
	var existing *Link
	for _, link := range s.linksByEntry[e] {
		if link.ID == r.linkID {
			existing = link
		}
	}
	// To revoke a link that the entry does not have changes nothing.
	if existing == nil && r.linkID != "" && r.access != 0 && slices.ContainsFunc(s.portal.Links, func(l Link) bool { return l.ID == r.linkID }) {
		return linkOutcome{err: invalidOperation("mock-docspace cannot give two entries a link of the same ID: choose another linkId", "mock-docspace")}
	}
	if existing == nil && r.linkID == "" && place.roomType != roomPublic && s.portal.Settings.DefaultShareLinkInternal {
		r.internal = true
		return k.make(p, s, place, r, existing).because("A1141")
	}
	outcome := k.make(p, s, place, r, existing)
	if existing == nil && outcome.link != nil {
		return outcome.because(place.claimOfNew(p, outcome.link))
	}
	return outcome
}

// unknownValue refuses a kind of link, or in the reference an access, that there is not.
func (k linkCall) unknownValue(p *profile, r linkRequest) error {
	const message = "Operation is not valid due to the current state of the object."
	switch {
	case r.linkType != 0 && r.linkType != 1 && p.unknownIsForbidden:
		return invalidOperation(message, "ASC.Files.Api.VirtualRoomsController.…")
	case p.unknownIsForbidden:
		return nil
	case r.linkType != 0 && r.linkType != 1:
		return &exception{status: http.StatusBadRequest, message: "Body: $.linkType: must be 1 for a share link, or 0 for an invitation"}
	case r.access < 0 || r.access >= len(shareNames):
		return &exception{status: http.StatusBadRequest, message: "Body: $.access: is no access: give a number from 0 to 11"}
	default:
		return nil
	}
}

// make makes a link, or changes or revokes the existing one, when the caller may and the entry can have it. It checks the conditions in
// the server's order (FileStorageService.cs, FileSharing.cs).
func (k linkCall) make(p *profile, s *state, place linkPlace, r linkRequest, existing *Link) linkOutcome {
	link := Link{ID: r.linkID, Primary: r.primary, Entry: place.entry.fullName()}
	if link.ID == "" {
		link.ID = k.newID
	}
	link.Invitation = k.route.facts.entry == EntryRoom && r.linkType == 0 && !r.primary
	if existing != nil {
		link = *existing // its kind stays
		if k.route.facts.entry == EntryRoom && r.linkType == 0 && !link.Invitation && p.linkTypeDropsOptions {
			r.password, r.internal, r.denyDownload = "", false, false
		}
	}
	if link.Invitation { // FileStorageService.cs: an invitation has none of these
		r.password, r.internal, r.denyDownload = "", false, false
	}
	err := k.refusedOptions(r, link.Invitation)
	if err == nil {
		err = k.refusedPlace(p, s, place, r, &link, existing == nil)
	}
	if err != nil {
		return linkOutcome{err: err}
	}
	if existing != nil && place.ignores(r, existing) {
		return linkOutcome{link: existing, place: place}.because("A1122")
	}
	if r.access == accessNone {
		return k.revoke(p, s, place, r, existing).because("A1125")
	}

	link.Access, link.Title, link.Password, link.DenyDownload, link.MaxUses = r.access, r.title, r.password, r.denyDownload, r.maxUses
	if link.Title == "" {
		link.Title = place.usualTitle(&link)
	}
	if !link.Invitation {
		link.MaxUses = 0
		link.Internal = place.roomType != roomPublic && (r.internal || place.roomType == roomData || s.portal.Settings.forbids(place.section))
	}
	link.Expires = time.Time{}
	if endless := link.Primary && place.isRoom() && place.remade(); !endless && r.expires.After(k.started) {
		link.Expires = r.expires
	}
	outcome := k.store(func() *state { return s }, place, link)
	switch {
	case link.Invitation:
		outcome = outcome.because("A1119")
	case existing != nil && k.route.facts.entry == EntryRoom && r.linkType == 0:
		outcome = outcome.because("A1114", said{"A1121", "A714"}.by(p))
	case existing != nil:
		outcome = outcome.because("A1114")
	}
	if !link.Invitation && place.roomType != roomPublic && s.portal.Settings.forbids(place.section) {
		outcome = outcome.because("A1139")
	}
	return outcome
}

// refusedOptions refuses what no link can have.
func (k linkCall) refusedOptions(r linkRequest, invitation bool) error {
	const years = 10
	switch {
	case r.expires.After(k.started.AddDate(years, 0, 0)), invitation && r.access != accessNone && !r.expires.IsZero() && !r.expires.After(k.started):
		claim := "A1115"
		if invitation {
			claim = "A1119"
		}
		return because(badArgument("Value does not fall within the expected range. (Parameter 'expirationDate')", "ASC.Web.Files.Utils.FileStorageService.…"), claim)
	case r.access != accessNone && r.password != "" && !goodPassword(r.password):
		return because(badArgument("Password must contain from 8 to 30 characters, only latin letters, no spaces", "ASC.Web.Files.Utils.FileStorageService.…"), "A1113")
	default:
		return nil
	}
}

// goodPassword says whether a link can have the password: 8 to 30 printable ASCII characters without blanks (PasswordSettings.cs;
// recorded: VL142 to VL154).
func goodPassword(password string) bool {
	n := len(utf16.Encode([]rune(password)))
	return n >= 8 && n <= 30 && !strings.ContainsFunc(password, func(r rune) bool { return r <= ' ' || r > '~' })
}

// mayMakePrimary says whether the caller may make the primary link of an entry: who sets its links and, in a public room, who reads it.
func (k linkCall) mayMakePrimary(s *state, place linkPlace) bool {
	return s.maySetLinks(k.caller, place.entry) || place.isRoom() && place.roomType == roomPublic && s.seesPrimary(k.secret, k.use, place)
}

// refusedPlace refuses callers who may not set links of the entry, and links that the entry cannot have.
func (k linkCall) refusedPlace(p *profile, s *state, place linkPlace, r linkRequest, link *Link, isNew bool) error {
	const method = "ASC.Web.Files.Utils.FileSharing.…"
	accesses := place.accesses(p)
	if link.Invitation {
		accesses = place.invitationAccesses()
	}
	forbidden := s.portal.Settings.forbids(place.section) && !link.Invitation
	mayMake := s.maySetLinks(k.caller, place.entry) || link.Primary && isNew && r.access == accessRead && k.mayMakePrimary(s, place)
	switch {
	case !mayMake:
		return because(linksDenied(), s.claimOfMakers(place.entry))
	case forbidden && place.roomType == roomPublic, forbidden && r.access == accessNone && link.Primary && place.remade():
		return because(linksDenied(), "A1139") // recorded: VF340 to VF342
	case len(accesses) == 0, r.access != accessNone && !slices.Contains(accesses, r.access):
		return because(invalidOperation("The role is not available for this user type", method), place.claimOfAccess(p, link))
	}
	most := place.mostLinks(p, link)
	has := 0
	for _, other := range s.linksByEntry[place.entry] {
		if other.Primary == link.Primary && other.Invitation == link.Invitation {
			has++
		}
	}
	switch {
	case isNew && has >= most:
		return because(invalidOperation("The maximum number of links may not exceed "+strconv.Itoa(most), method), place.claimOfNumber(p, link))
	case isNew && k.full(s, 1) != "":
		return invalidOperation(k.full(s, 1), method)
	default:
		return nil
	}
}

// ignores says whether the server ignores a change as a whole, because its kind of room does not allow a part of it (FileSharing.cs;
// recorded: VL217).
func (l linkPlace) ignores(r linkRequest, existing *Link) bool {
	switch {
	case existing.Invitation:
		return false
	case l.roomType == roomData:
		return !r.internal
	case l.roomType == roomPublic:
		changes := r.access != accessNone && r.access != existing.access()
		return r.internal || existing.Primary && l.isRoom() && changes
	default:
		return false
	}
}

// revoke removes a link. The primary link of a public room or a form room, or of something in it, comes back with another key.
func (k linkCall) revoke(p *profile, s *state, place linkPlace, r linkRequest, existing *Link) linkOutcome {
	if existing == nil {
		return linkOutcome{}
	}
	without := func() *state {
		return s.withLinks(slices.DeleteFunc(slices.Clone(s.portal.Links), func(l Link) bool { return l.ID == existing.ID }))
	}
	asInvitation := k.route.facts.entry == EntryRoom && r.linkType == 0 && p.linkTypeDropsOptions
	switch {
	case !existing.Primary:
	case !p.remakesPrimary:
		return linkOutcome{after: func() *state { return without().withPrimaryRevoked(place.entry) }}.because("A710")
	case place.remade() && !asInvitation:
		link := place.firstLink(*s.portal.Settings)
		link.ID = k.newID
		outcome := k.store(without, place, link)
		outcome.noToken = k.route.facts.entry != EntryFile
		return outcome.because("A1126")
	}
	return linkOutcome{after: without}
}

// store puts a link into the portal that before makes: a new one, which has no key yet, or an existing one as it is now.
func (k linkCall) store(before func() *state, place linkPlace, link Link) linkOutcome {
	if link.Key == "" {
		link.Key = k.secret.mintKey(link.ID)
	}
	after := func() *state {
		s := before()
		links := slices.Clone(s.portal.Links)
		if i := slices.IndexFunc(links, func(l Link) bool { return l.ID == link.ID }); i >= 0 {
			links[i] = link
		} else {
			links = append(links, link)
		}
		return s.withLinks(links)
	}
	return linkOutcome{link: &link, place: place, after: after}
}

// linksDenied is the answer to people who may not do this with the links of an entry (FileSharing.cs).
func linksDenied() error { return accessDenied("ASC.Web.Files.Utils.FileSharing.…") }
