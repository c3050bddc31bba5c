package client

import (
	"errors"
	"net/http"
	"slices"
	"strings"
)

// What a portal refuses about links, for errors.Is. The error also matches the kind of its status, such as ErrForbidden. A
// portal that says it in another language than English only gives that kind, except for ErrAccessDenied and
// ErrEntryNotFound.
var (
	// ErrAccessDenied says that the caller may not manage the links of this entry: only who made the room, and its managers,
	// may, and the owner of personal documents. A portal also says it for a public room while external sharing is off for
	// rooms, see [Portal.ExternalSharingSettings].
	ErrAccessDenied = errors.New("the portal denies access to the links")
	// ErrLinkAccess says that links of this entry cannot allow this, or that a room of this type takes no links.
	ErrLinkAccess = errors.New("links of this entry cannot have this access")
	// ErrLinkLimit says that the entry has as many links as it can have. The message has the number.
	ErrLinkLimit = errors.New("the entry has as many links as it can have")
	// ErrPasswordPolicy says that the portal does not take the password for a link.
	ErrPasswordPolicy = errors.New("the portal does not take this password")
	// ErrExpirationDate says that the link would end too late: a portal takes at most ten years.
	ErrExpirationDate = errors.New("the portal does not take this end of the link")
	// ErrEntryNotFound says that there is no such room, file or folder. Following the published reference, a portal also
	// says it for a primary link that was revoked.
	ErrEntryNotFound = errors.New("the portal has no such entry")
)

// refusal gives the kind of what a portal refuses about links, and nil for everything else (FileSharing.cs; recorded: VL014,
// VL015, VL108, VL142, VL164, VL322).
func (c *call) refusal(e *Error, shape bodyShape) error {
	if shape == errorEnvelope && e.StatusCode == http.StatusNotFound && c.aboutEntries() {
		return ErrEntryNotFound
	}
	if c.operation == opSignIn && e.StatusCode == http.StatusForbidden && e.Message == "User disabled" { // recorded: auth-A044
		return ErrUserDisabled
	}
	if !c.aboutLinks() {
		return nil
	}
	says := func(beginning string) bool { return strings.HasPrefix(e.Message, beginning) }
	switch {
	case e.StatusCode == http.StatusBadRequest && shape == problem:
		for path := range e.Fields {
			if strings.HasSuffix(path, ".Password") { // longer than any password may be
				return ErrPasswordPolicy
			}
		}
		return nil
	case shape != errorEnvelope:
		return nil
	case e.StatusCode == http.StatusBadRequest && strings.Contains(e.Message, "'expirationDate'"):
		return ErrExpirationDate
	case e.StatusCode == http.StatusBadRequest && says("Password must contain"):
		return ErrPasswordPolicy
	case e.StatusCode == http.StatusForbidden && (e.Type == "System.Security.SecurityException" || says("Access denied")):
		return ErrAccessDenied
	case e.StatusCode == http.StatusForbidden && says("The role is not available"):
		return ErrLinkAccess
	case e.StatusCode == http.StatusForbidden && says("The maximum number of links"):
		return ErrLinkLimit
	case e.StatusCode == http.StatusNotFound:
		return ErrEntryNotFound
	default:
		return nil
	}
}

// aboutEntries says whether the call reads or removes an entry.
func (c *call) aboutEntries() bool {
	return slices.Contains([]string{opFolderContent, opFolder, opFile, opRoom, opDeleteRoom}, c.operation)
}

// aboutLinks says whether the call reads or sets the links of an entry.
func (c *call) aboutLinks() bool {
	return slices.ContainsFunc([]*linkCalls{&roomLinks, &fileLinks, &folderLinks}, func(l *linkCalls) bool {
		return slices.Contains([]string{l.primaryOp, l.listOp, l.setOp, l.createOp}, c.operation) && c.operation != ""
	})
}
