package mockserver

import (
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
)

// applied is what the password call comes to.
type applied struct {
	share       ExternalShareDto
	linkID      string // "" without a link
	remember    string // password key to put into the visitor's cookie
	forget      bool   // take a remembered password that no longer fits out of the visitor's cookie
	session     bool   // an anonymous visitor got in, and gets a session
	setPassword bool   // the posted password becomes the link's
}

// application is a use of a link.
type application struct {
	key      string
	password string // "" is none
	caller   *User
	request  *http.Request
	query    query
	now      time.Time
}

// apply decides what the password call answers, in the server's order: the first condition that holds wins
// (ExternalShare.cs and ExternalLinkHelper.cs). It changes nothing.
func (s *state) apply(p *profile, secret secret, a application) applied {
	refused := func(status ExternalShareStatus) applied {
		return applied{share: ExternalShareDto{Status: status, IsAuthenticated: a.caller != nil}}
	}
	link := s.links[a.key]
	if token, ok := secret.readToken(a.key); ok && link == nil {
		link = s.linksByID[token.ID] // the other form of a key, which brings the password along
	}
	switch {
	case link == nil:
		return refused(ExternalShareStatusInvalid)
	case !link.Expires.IsZero() && link.Expires.Before(a.now):
		return refused(ExternalShareStatusExpired)
	case link.Internal && a.caller == nil:
		return refused(ExternalShareStatusExternalAccessDenied)
	}

	cookie := "sharelink" + link.ID
	status, result := ExternalShareStatusOk, applied{linkID: link.ID}
	switch {
	case p.adminSetsPassword && a.caller.admin() && a.password != "":
		result.setPassword = link.Password != a.password
		result.remember = secret.passwordKey(a.password)
	case link.Password == "":
		// Whatever was posted: there is nothing to compare it with.
	case a.remembers(secret, link, cookie):
		// Whatever was posted: the right password was given before.
	case a.password == "":
		status = ExternalShareStatusRequiredPassword
	case sameText(a.password, link.Password):
		result.remember = secret.passwordKey(link.Password)
	default:
		result.share = refused(ExternalShareStatusInvalidPassword).share
		_, err := a.request.Cookie(cookie)
		result.forget = err == nil
		return result
	}

	entry := s.entries[link.Entry]
	if entry == nil {
		result.share = refused(ExternalShareStatusInvalid).share
		result.keepPassword()
		return result
	}
	result.share = describe(entry)
	result.share.IsAuthenticated = a.caller != nil
	switch {
	case entry.Section == SectionTrash || entry.Section == SectionArchive:
		result.share.Status = ExternalShareStatusInvalid
		result.keepPassword()
	case status == ExternalShareStatusOk && a.caller == nil && !link.Internal && s.portal.Settings.restricts(entry.Section):
		result.share.Status = ExternalShareStatusExternalAccessDenied
	case status == ExternalShareStatusRequiredPassword:
		result.share.Status = status
		if entry.Type == EntryRoom && mayRead(a.caller, entry) {
			// ExternalLinkHelper.cs returns early: the room is open without the link, and the link is not described.
			result.share.Status = ExternalShareStatusOk
		}
	default:
		result.share.Status = ExternalShareStatusOk
		result.share.TenantID = s.portal.TenantID
		result.share.LinkID = uuid.MustParse(link.ID)
		result.session = a.caller == nil
		// Somebody with an account has the entry in their lists now: they made it, it was shared with them, or it was
		// marked as recent by this very call.
		result.share.Shared = a.caller != nil
		result.share.IsRoomMember = isMember(a.caller, entry)
	}
	return result
}

// keepPassword leaves the link's password as it is: there is nothing that another one could protect.
func (a *applied) keepPassword() {
	if a.setPassword {
		a.setPassword, a.remember = false, ""
	}
}

// describe is what is told of an entry once it has been loaded.
func describe(e *Entry) ExternalShareDto {
	id, title, kind := e.ID, e.Title, FileEntryTypeFolder
	d := ExternalShareDto{ID: &id, Title: &title, Type: &kind}
	if e.Type == EntryFile {
		kind = FileEntryTypeFile
		return d
	}
	isRoom := e.Type == EntryRoom
	d.IsRoom = &isRoom
	return d
}

// remembers says whether the request brings the link's password along: in the link's cookie, in a header of the same name,
// or in a share key with an embedded password (CookiesManager.cs, ExternalShare.cs).
func (a application) remembers(secret secret, link *Link, cookie string) bool {
	r := a.request
	want := secret.passwordKey(link.Password)
	if c, err := r.Cookie(cookie); err == nil && sameText(c.Value, want) {
		return true
	}
	if value := r.Header.Get(cookie); value != "" && sameText(value, want) {
		return true
	}
	for _, signed := range []string{a.key, r.Header.Get("Request-Token"), a.query.get("share")} {
		if token, ok := secret.readToken(signed); ok && token.ID == link.ID && sameText(token.Password, want) {
			return true
		}
	}
	return false
}

// isMember says whether the user has rights to the room that do not come from the link.
func isMember(u *User, e *Entry) bool {
	if u == nil || e.Section != SectionRooms {
		return false
	}
	if strings.EqualFold(e.CreatedBy, u.Email) {
		return true
	}
	for _, member := range e.Members {
		if strings.EqualFold(member, u.Email) {
			return true
		}
	}
	return false
}

// mayRead says whether the user may open the room without the link. That the owner and administrators may open every
// room is the best reading, it was not observed.
func mayRead(u *User, room *Entry) bool { return u.admin() || isMember(u, room) }
