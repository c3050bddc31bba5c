package mockserver

import (
	"crypto/sha256"
	"encoding/base64"
	"net"
	"net/url"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// The kinds of links (SubjectType) and LinkType.
const (
	subjectExternalLink        = 1
	subjectInvitationLink      = 3
	subjectPrimaryExternalLink = 4

	linkTypeInvitation = 0
	linkTypeExternal   = 1
)

// fileShare is FileShareDto as the server writes it (FileShareDto.cs). The generated type cannot leave out what is null and keep what is
// false.
type fileShare struct {
	Access                int            `json:"access"`
	SharedTo              *fileShareLink `json:"sharedTo"`
	SharedLink            *fileShareLink `json:"sharedLink"`
	IsLocked              bool           `json:"isLocked"`
	IsOwner               bool           `json:"isOwner"`
	CanEditAccess         bool           `json:"canEditAccess"`
	CanEditInternal       bool           `json:"canEditInternal"`
	CanEditDenyDownload   bool           `json:"canEditDenyDownload"`
	CanEditExpirationDate bool           `json:"canEditExpirationDate"`
	CanRevoke             bool           `json:"canRevoke"`
	SubjectType           int            `json:"subjectType"`
}

// fileShareLink is FileShareLink.
type fileShareLink struct {
	ID              string `json:"id"`
	Title           string `json:"title"`
	ShareLink       string `json:"shareLink"`
	ExpirationDate  string `json:"expirationDate,omitempty"`
	LinkType        int    `json:"linkType"`
	Password        string `json:"password,omitempty"`
	DenyDownload    bool   `json:"denyDownload"`
	IsExpired       bool   `json:"isExpired"`
	Primary         bool   `json:"primary"`
	Internal        bool   `json:"internal"`
	RequestToken    string `json:"requestToken,omitempty"`
	MaxUseCount     int    `json:"maxUseCount,omitempty"`
	CurrentUseCount *int   `json:"currentUseCount,omitempty"`
}

// describeLink describes a link to a caller who may change it or not (FileSharing.cs; recorded: VL001, VL022, VL043, VL106, VL260).
func (k linkCall) describeLink(p *profile, link *Link, place linkPlace, mayEdit bool) fileShare {
	shown := &fileShareLink{
		ID: link.ID, Title: link.Title, ShareLink: k.shortAddress(link), LinkType: linkTypeExternal,
		DenyDownload: link.DenyDownload, IsExpired: link.expired(k.started), Primary: link.Primary, Internal: link.Internal, RequestToken: link.Key,
	}
	if shown.Title == "" {
		shown.Title = place.usualTitle(link)
	}
	if !link.Expires.IsZero() {
		shown.ExpirationDate = dotnet.FormatTime(link.Expires)
	}
	if p.showsLinkPassword {
		shown.Password = link.Password
	}
	share := fileShare{
		Access: link.access(), SharedTo: shown, SharedLink: shown, SubjectType: subjectExternalLink,
		CanEditInternal:       mayEdit && place.roomType != roomData && place.roomType != roomPublic,
		CanEditDenyDownload:   true, // unless the room denies downloads, which no portal here does
		CanEditExpirationDate: mayEdit && place.roomType != roomForm && (!link.Primary || !place.isRoom() || place.roomType != roomPublic),
		CanRevoke:             place.roomType == roomForm || link.Primary && place.roomType == roomPublic,
	}
	if !p.canRevokeRemade {
		share.CanRevoke = mayEdit
	}
	switch {
	case link.Invitation:
		share.SubjectType, shown.LinkType, shown.RequestToken = subjectInvitationLink, linkTypeInvitation, ""
		shown.MaxUseCount, shown.CurrentUseCount = link.MaxUses, new(int)
	case link.Primary:
		share.SubjectType = subjectPrimaryExternalLink
	}
	return share
}

// shortAddress is the address of a link to hand out.
func (k linkCall) shortAddress(link *Link) string { return k.shortened(link.Key) }

// shortened is a short address for what a key leads to. A portal makes one of 15 characters, and redirects it (UrlShortener). The fake
// has no pages to which it could lead.
func (c *call) shortened(key string) string {
	digest := sha256.Sum256([]byte(key))
	return c.pageAddress("s/" + base64.RawURLEncoding.EncodeToString(digest[:])[:15])
}

// pageAddress is the address of a page of the portal. It has the portal's own name where the caller uses an IP address.
func (c *call) pageAddress(page string) string {
	address := c.address
	if base := c.state.portal.BaseDomain; base != "" {
		if at, err := url.Parse(address); err == nil && net.ParseIP(at.Hostname()) != nil {
			address = at.Scheme + "://" + base
			if port := at.Port(); port != "" {
				address = at.Scheme + "://" + net.JoinHostPort(base, port)
			}
		}
	}
	return address + c.cookiePath + page
}
