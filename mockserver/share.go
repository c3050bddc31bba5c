package mockserver

import (
	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// linkDecision is the result of the use of a link: the answer, and what it changes.
type linkDecision struct {
	share       api.ExternalShareDto
	linkID      string // "" without a link
	cookie      string // name of the cookie that remembers the password
	remember    string // the password that this cookie is to remember; "" sets none
	secret      secret // that signs it
	forget      bool   // delete this cookie, because the remembered password is no longer right
	entry       *Entry // to which the link leads, when the caller is told; nil is none
	opened      *Entry // the caller may open this entry with the link; nil is none
	setPassword bool   // the sent password becomes the password of the link
	claims      claimList
}

// decide decides the password call. It checks the conditions in the server's order, and the first one that holds decides
// (ExternalShare.cs, ExternalLinkHelper.cs). It changes nothing, so that a hint can ask for another profile's decision too.
func (s *state) decide(p *profile, random secret, use linkUse) linkDecision {
	secret := s.portal.secretOr(random)
	link := s.findLink(secret, use.key)
	switch {
	case link == nil:
		return use.refused(api.ExternalShareStatusInvalid, "A201")
	case link.expired(use.now):
		return use.refused(api.ExternalShareStatusExpired, "A202")
	case link.Internal && use.caller == nil:
		return use.refused(api.ExternalShareStatusExternalAccessDenied, "A203")
	}

	d := linkDecision{linkID: link.ID, cookie: linkCookie(link), secret: secret}
	status := api.ExternalShareStatusOk
	if use.password != "" && use.caller.admin() {
		d.because(said{"A227", "A226"}.by(p))
	}
	switch {
	case p.adminSetsPassword && use.caller.admin() && use.password != "":
		d.setPassword = link.Password != use.password
		d.remember = use.password
	case link.Password == "":
		d.because("A205") // a sent password is ignored
	case use.remembers(secret, link):
		d.because("A224") // a sent password is ignored
	case use.password == "":
		d.because("A208")
		status = api.ExternalShareStatusRequiredPassword
	case text.SameSecret(use.password, link.Password):
		d.because("A206")
		d.remember = link.Password
	default:
		d.because("A207")
		d.share = use.refused(api.ExternalShareStatusInvalidPassword).share
		if d.forget = use.cookie(d.cookie) != ""; d.forget {
			d.because("A225")
		}
		return d
	}

	entry := s.entries.find(link.Entry)
	if entry == nil {
		d.because("A210")
		d.share = use.refused(api.ExternalShareStatusInvalid).share
		d.keepOldPassword()
		return d
	}
	d.entry, d.share = entry, describeEntry(entry)
	d.share.IsAuthenticated = use.caller != nil
	d.share.IsRoomMember = s.entries.isMember(use.caller, entry)
	section := s.entries.sectionOf(entry)
	switch {
	case s.entries.isPutAway(entry):
		d.because("A211")
		d.share.Status = api.ExternalShareStatusInvalid
		d.keepOldPassword()
	case status == api.ExternalShareStatusOk && use.caller == nil && !link.Internal && s.portal.Settings.restricts(section):
		d.because("A218", "A219")
		d.share.Status = api.ExternalShareStatusExternalAccessDenied
	case status == api.ExternalShareStatusRequiredPassword:
		d.share.Status = status
		if entry.Type == EntryRoom && s.mayRead(secret, use, entry) {
			// ExternalLinkHelper.cs returns early: the caller may open the room without the link, and the answer does not
			// describe the link.
			d.because("A230")
			d.share.Status = api.ExternalShareStatusOk
		}
	default:
		if link.Internal {
			d.because("A204")
		}
		d.share.Status = api.ExternalShareStatusOk
		d.share.TenantID = s.portal.TenantID
		d.share.LinkID = uuid.MustParse(link.ID)
		d.opened = entry
		// People with an account now have the entry in one of their lists: they made it, it was shared with them, or this call
		// has added it to their recent entries.
		d.share.Shared = use.caller != nil
	}
	return d
}

// refused is a decision that shows the caller nothing but a status.
func (use linkUse) refused(status api.ExternalShareStatus, claims ...string) linkDecision {
	d := linkDecision{share: api.ExternalShareDto{Status: status, IsAuthenticated: use.caller != nil}}
	d.because(claims...)
	return d
}

// because notes claims that decide.
func (d *linkDecision) because(claims ...string) { d.claims.add(claims...) }

// keepOldPassword keeps the link's password, because the link opens nothing that a new password could protect.
func (d *linkDecision) keepOldPassword() {
	if d.setPassword {
		d.because("A234")
		d.setPassword, d.remember = false, ""
	}
}

// wrongPassword says whether the password limit counts this use.
func (d linkDecision) wrongPassword() bool {
	return d.share.Status == api.ExternalShareStatusInvalidPassword
}

// usualShare is enough for the answer about most entries, in bytes.
const usualShare = 384

// appendShare appends the answer as the server encodes it. The password call is made often, and encoding/json takes several times as long.
func appendShare(b []byte, d api.ExternalShareDto) []byte {
	w := appendObject(b)
	w.int("status", int(d.Status))
	if d.ID != nil {
		w.text("id", *d.ID)
	}
	if d.Title != nil {
		w.text("title", *d.Title)
	}
	if d.Type != nil {
		w.int("type", int(*d.Type))
	}
	w.int("tenantId", int(d.TenantID))
	if d.EntityID != nil {
		w.text("entityId", *d.EntityID)
	}
	if d.EntityTitle != nil {
		w.text("entityTitle", *d.EntityTitle)
	}
	if d.EntityType != nil {
		w.int("entityType", int(*d.EntityType))
	}
	if d.IsRoom != nil {
		w.bool("isRoom", *d.IsRoom)
	}
	w.bool("shared", d.Shared)
	w.text("linkId", d.LinkID.String())
	w.bool("isAuthenticated", d.IsAuthenticated)
	w.bool("isRoomMember", d.IsRoomMember)
	return w.end()
}

// describeEntry describes an entry in the answer.
func describeEntry(e *Entry) api.ExternalShareDto {
	kind := api.FileEntryTypeFolder
	d := api.ExternalShareDto{ID: &e.ID, Title: &e.Title, Type: &kind}
	if e.Type == EntryFile {
		kind = api.FileEntryTypeFile
		return d
	}
	isRoom := e.Type == EntryRoom
	d.IsRoom = &isRoom
	return d
}
