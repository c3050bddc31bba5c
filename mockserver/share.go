package mockserver

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// linkUse is what a request brings to a share link.
type linkUse struct {
	key      string
	password string // "" is none
	caller   *User
	request  *http.Request
	query    dotnet.Query
	now      time.Time
}

// linkDecision is what follows from the use of a link.
type linkDecision struct {
	share       api.ExternalShareDto
	linkID      string // "" without a link
	cookie      string // name of the cookie that remembers the password
	remember    string // its new value, "" for none
	forget      bool   // it is to be deleted: the remembered password no longer fits
	session     bool   // an anonymous visitor got in, and gets a session
	setPassword bool   // the posted password becomes the link's
}

// decide says what the password call answers, in the server's order: the first condition that holds wins (ExternalShare.cs and
// ExternalLinkHelper.cs). It changes nothing, so that another profile's decision can be asked for as well.
func (s *state) decide(p *profile, secret secret, use linkUse) linkDecision {
	link := s.findLink(secret, use.key)
	switch {
	case link == nil:
		return use.refused(api.ExternalShareStatusInvalid)
	case !link.Expires.IsZero() && link.Expires.Before(use.now):
		return use.refused(api.ExternalShareStatusExpired)
	case link.Internal && use.caller == nil:
		return use.refused(api.ExternalShareStatusExternalAccessDenied)
	}

	d := linkDecision{linkID: link.ID, cookie: linkCookie(link)}
	status := api.ExternalShareStatusOk
	switch {
	case p.adminSetsPassword && use.caller.admin() && use.password != "":
		d.setPassword = link.Password != use.password
		d.remember = secret.passwordKey(use.password)
	case link.Password == "":
		// There is nothing to compare a posted password with.
	case use.remembers(secret, link, d.cookie):
		// The right password was given before, so that a posted one does not count.
	case use.password == "":
		status = api.ExternalShareStatusRequiredPassword
	case text.SameSecret(use.password, link.Password):
		d.remember = secret.passwordKey(link.Password)
	default:
		d.share = use.refused(api.ExternalShareStatusInvalidPassword).share
		_, err := use.request.Cookie(d.cookie)
		d.forget = err == nil
		return d
	}

	entry := s.entries[link.Entry]
	if entry == nil {
		d.share = use.refused(api.ExternalShareStatusInvalid).share
		d.leavePassword()
		return d
	}
	d.share = describeEntry(entry)
	d.share.IsAuthenticated = use.caller != nil
	switch {
	case entry.Section == SectionTrash || entry.Section == SectionArchive:
		d.share.Status = api.ExternalShareStatusInvalid
		d.leavePassword()
	case status == api.ExternalShareStatusOk && use.caller == nil && !link.Internal && s.portal.Settings.restricts(entry.Section):
		d.share.Status = api.ExternalShareStatusExternalAccessDenied
	case status == api.ExternalShareStatusRequiredPassword:
		d.share.Status = status
		if entry.Type == EntryRoom && mayRead(use.caller, entry) {
			// ExternalLinkHelper.cs returns early: the room is open without the link, and the link is not described.
			d.share.Status = api.ExternalShareStatusOk
		}
	default:
		d.share.Status = api.ExternalShareStatusOk
		d.share.TenantID = s.portal.TenantID
		d.share.LinkID = uuid.MustParse(link.ID)
		d.session = use.caller == nil
		// People with an account have the entry in their lists now: they made it, it was shared with them, or this very call
		// marked it as recent.
		d.share.Shared = use.caller != nil
		d.share.IsRoomMember = isMember(use.caller, entry)
	}
	return d
}

// findLink finds a link by its key, in either of the forms that a key has: the second one brings the password along.
func (s *state) findLink(secret secret, key string) *Link {
	if link := s.links[key]; link != nil {
		return link
	}
	if token, ok := secret.readToken(key); ok {
		return s.linksByID[token.ID]
	}
	return nil
}

// refused is the decision when nothing of the link may be told but a status.
func (use linkUse) refused(status api.ExternalShareStatus) linkDecision {
	return linkDecision{share: api.ExternalShareDto{Status: status, IsAuthenticated: use.caller != nil}}
}

// leavePassword keeps the link's password, since there is nothing that another one could protect.
func (d *linkDecision) leavePassword() {
	if d.setPassword {
		d.setPassword, d.remember = false, ""
	}
}

// wrongPassword says whether the use counts as a wrong password.
func (d linkDecision) wrongPassword() bool {
	return d.share.Status == api.ExternalShareStatusInvalidPassword
}

// describeEntry is what is told of an entry once it has been loaded.
func describeEntry(e *Entry) api.ExternalShareDto {
	id, title, kind := e.ID, e.Title, api.FileEntryTypeFolder
	d := api.ExternalShareDto{ID: &id, Title: &title, Type: &kind}
	if e.Type == EntryFile {
		kind = api.FileEntryTypeFile
		return d
	}
	isRoom := e.Type == EntryRoom
	d.IsRoom = &isRoom
	return d
}
