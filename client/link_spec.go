package client

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// LinkSpec says what a link is to be. A field that is nil is kept as it is when a link is changed, and is the portal's choice
// when one is made. Make the values with [Set], [On] and [Off]. Printing and logging a LinkSpec does not show the password.
//
// A change in which the link would lose something is not sent. [ErrLinkNotFound]: the portal lists no link with this ID.
// [ErrLinkExpired]: the link has expired, and the portal would open it again unless Expires gives it a new end.
// [ErrPasswordRequired]: the portal does not tell the password of the link, and would remove it unless Password gives it again.
type LinkSpec struct {
	ID           types.UUID // of the link to change; zero makes a new one
	Title        *string    // the empty text is the portal's usual title
	Access       *FileShare // nil is FileShareRead for a new link
	Password     *string    `json:"-"` // the empty text removes the password
	Expires      *time.Time // the zero time removes the end; a past time is no end to a portal
	Internal     *bool      // only people with an account may use the link
	DenyDownload *bool      // what the link opens cannot be downloaded
	Primary      *bool      // a new link of a file or folder is a primary one; it cannot be changed
}

// Set gives a field of a [LinkSpec] a value.
func Set[T any](value T) *T { return &value }

// String names the fields that are set, each with its value, and the password without it.
func (s LinkSpec) String() string {
	var parts []string
	note := func(name string, set bool, value func() any) {
		if set {
			parts = append(parts, fmt.Sprintf("%s %v", name, value()))
		}
	}
	note("id", s.ID != types.UUID{}, func() any { return s.ID })
	note("title", s.Title != nil, func() any { return fmt.Sprintf("%q", *s.Title) })
	note("access", s.Access != nil, func() any { return int32(*s.Access) })
	note("password", s.Password != nil, func() any { return masked })
	note("expirationDate", s.Expires != nil, func() any { return s.Expires.Format(time.RFC3339) })
	for _, flag := range []struct {
		name string
		on   *bool
	}{{"internal", s.Internal}, {"denyDownload", s.DenyDownload}, {"primary", s.Primary}} {
		note(flag.name, flag.on != nil, func() any { return onOff(*flag.on) })
	}
	return strings.Join(parts, ", ")
}

// GoString is [LinkSpec.String], so that %#v shows no addresses in memory.
func (s LinkSpec) GoString() string { return "client.LinkSpec{" + s.String() + "}" }

// maxPassword is how many characters the server reads as a password (RoomLinkRequestDto.cs: [StringLength(255)], which counts UTF-16
// units).
const maxPassword = 255

// refused is the error of a spec that cannot be sent.
func (s LinkSpec) refused(c *call) error {
	switch {
	case s.Access != nil && *s.Access == api.FileShareNoAccess:
		return c.refuse("a link without access is no link; revoke it instead", ErrInvalidArgument)
	case s.Password != nil && !utf8.ValidString(*s.Password):
		return c.refuse("the password is not valid UTF-8", ErrInvalidArgument)
	case s.Password != nil && len(utf16.Encode([]rune(*s.Password))) > maxPassword:
		return c.refuse(fmt.Sprintf("the password has more than %d characters", maxPassword), ErrPasswordPolicy, ErrInvalidArgument)
	case s.Expires != nil && (s.Expires.UTC().Year() < 0 || s.Expires.UTC().Year() > 9999):
		return c.refuse("the end of the link is not between the years 0 and 9999", ErrExpirationDate, ErrInvalidArgument)
	case s.Title != nil && !utf8.ValidString(*s.Title):
		return c.refuse("the title is not valid UTF-8", ErrInvalidArgument)
	default:
		return nil
	}
}

// linkRequest is the body of a call that sets a link. What is nil is not sent.
type linkRequest struct {
	id                              *types.UUID
	access                          FileShare
	title, password                 *string
	expires                         *time.Time // never zero
	end                             bool       // expires is asked for, also when it is nil
	internal, denyDownload, primary *bool

	known func() []string // the secrets of the link as it was
}

// request is the body for a new link.
func (s LinkSpec) request() linkRequest {
	r := linkRequest{
		access: FileShareRead, title: s.Title, password: s.Password, internal: s.Internal, denyDownload: s.DenyDownload, primary: s.Primary,
		known: func() []string { return nil },
	}
	if s.Access != nil {
		r.access = *s.Access
	}
	r.end = s.Expires != nil
	if r.end && !s.Expires.IsZero() {
		r.expires = Set(s.Expires.UTC().Truncate(time.Microsecond)) // the server reads seven digits of a second
	}
	return r
}

// change is the body for a change of a link. It has all that the link is, because the server forgets what a change leaves
// out (FileStorageService.cs).
func (s LinkSpec) change(link Link) linkRequest {
	keep := s
	setIfNil(&keep.Access, link.Access)
	setIfNil(&keep.Title, link.Title)
	setIfNil(&keep.Expires, link.Expires)
	setIfNil(&keep.Internal, link.Internal)
	setIfNil(&keep.DenyDownload, link.DenyDownload)
	setIfNil(&keep.Primary, link.Primary)
	if !link.Password.IsZero() {
		setIfNil(&keep.Password, link.Password.Reveal())
	}
	r := keep.request()
	r.id = &link.ID
	r.known = func() []string { return []string{link.Password.Reveal(), link.Key.Reveal(), link.ShareLink.Reveal()} }
	return r
}

func setIfNil[T any](field **T, value T) {
	if *field == nil {
		*field = &value
	}
}

// secrets are those that an answer may repeat.
func (r *linkRequest) secrets() []string { return append(r.known(), valueOf(r.password)) }

// notInForce names what the portal has not taken over. The password is not among it where the portal does not tell
// passwords.
func (r *linkRequest) notInForce(link Link) []string {
	differs := func(asked *bool, is bool) bool { return asked != nil && *asked != is }
	password := valueOf(r.password)
	var names []string
	for _, property := range []struct {
		name    string
		differs bool
	}{
		{"id", r.id != nil && *r.id != link.ID},
		{"access", r.access != link.Access},
		{"title", r.title != nil && strings.TrimSpace(*r.title) != "" && strings.TrimSpace(*r.title) != strings.TrimSpace(link.Title)},
		{"password", r.password != nil && !link.Password.IsZero() && password != link.Password.Reveal()},
		{"expirationDate", r.end && !sameSecond(valueOf(r.expires), link.Expires)},
		{"internal", differs(r.internal, link.Internal)},
		{"denyDownload", differs(r.denyDownload, link.DenyDownload)},
		{"primary", differs(r.primary, link.Primary)},
	} {
		if property.differs {
			names = append(names, property.name)
		}
	}
	return names
}

// sameSecond ignores the part of a second, of which a server may keep less.
func sameSecond(a, b time.Time) bool {
	if a.IsZero() || b.IsZero() {
		return a.IsZero() == b.IsZero()
	}
	return a.Sub(b).Abs() < time.Second
}
