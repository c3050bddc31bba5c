package mockserver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// GetRoomsPrimaryExternalLink answers the primary link of a room, and makes it when there is none.
func (o operations) GetRoomsPrimaryExternalLink(ctx context.Context, _ api.GetRoomsPrimaryExternalLinkRequestObject) (api.GetRoomsPrimaryExternalLinkResponseObject, error) {
	return o.primaryLink(callFrom(ctx), false)
}

// GetRoomLinks lists the links of a room.
func (o operations) GetRoomLinks(ctx context.Context, _ api.GetRoomLinksRequestObject) (api.GetRoomLinksResponseObject, error) {
	return o.listLinks(callFrom(ctx))
}

// SetRoomLink makes, changes or revokes a link of a room.
func (o operations) SetRoomLink(ctx context.Context, _ api.SetRoomLinkRequestObject) (api.SetRoomLinkResponseObject, error) {
	return o.setLink(callFrom(ctx))
}

// GetFilePrimaryExternalLink answers the primary link of a file, and makes it when there is none.
func (o operations) GetFilePrimaryExternalLink(ctx context.Context, _ api.GetFilePrimaryExternalLinkRequestObject) (api.GetFilePrimaryExternalLinkResponseObject, error) {
	return o.pagedPrimaryLink(callFrom(ctx))
}

// CreateFilePrimaryExternalLink makes the primary link of a file, or answers the one that there is.
func (o operations) CreateFilePrimaryExternalLink(ctx context.Context, _ api.CreateFilePrimaryExternalLinkRequestObject) (api.CreateFilePrimaryExternalLinkResponseObject, error) {
	return o.primaryLink(callFrom(ctx), true)
}

// GetFileLinks lists the links of a file.
func (o operations) GetFileLinks(ctx context.Context, _ api.GetFileLinksRequestObject) (api.GetFileLinksResponseObject, error) {
	return o.listLinks(callFrom(ctx))
}

// SetFileExternalLink makes, changes or revokes a link of a file.
func (o operations) SetFileExternalLink(ctx context.Context, _ api.SetFileExternalLinkRequestObject) (api.SetFileExternalLinkResponseObject, error) {
	return o.setLink(callFrom(ctx))
}

// GetFolderPrimaryExternalLink answers the primary link of a folder, and makes it when there is none.
func (o operations) GetFolderPrimaryExternalLink(ctx context.Context, _ api.GetFolderPrimaryExternalLinkRequestObject) (api.GetFolderPrimaryExternalLinkResponseObject, error) {
	return o.pagedPrimaryLink(callFrom(ctx))
}

// CreateFolderPrimaryExternalLink makes the primary link of a folder, or answers the one that there is.
func (o operations) CreateFolderPrimaryExternalLink(ctx context.Context, _ api.CreateFolderPrimaryExternalLinkRequestObject) (api.CreateFolderPrimaryExternalLinkResponseObject, error) {
	return o.primaryLink(callFrom(ctx), true)
}

// GetFolderLinks lists the links of a folder.
func (o operations) GetFolderLinks(ctx context.Context, _ api.GetFolderLinksRequestObject) (api.GetFolderLinksResponseObject, error) {
	return o.listLinks(callFrom(ctx))
}

// SetFolderPrimaryExternalLink makes, changes or revokes a link of a folder, primary or not.
func (o operations) SetFolderPrimaryExternalLink(ctx context.Context, _ api.SetFolderPrimaryExternalLinkRequestObject) (api.SetFolderPrimaryExternalLinkResponseObject, error) {
	return o.setLink(callFrom(ctx))
}

// pagedPrimaryLink also reads count and startIndex, which have no effect.
func (o operations) pagedPrimaryLink(c *call) (*answer, error) {
	if _, _, err := c.page(); err != nil {
		return nil, because(err, "A1112")
	}
	return o.primaryLink(c, false)
}

func (o operations) primaryLink(c *call, withBody bool) (*answer, error) {
	var body *linkRequest
	if withBody {
		body = c.link
	}
	return o.answerLink(o.linkCallOf(c), func(k linkCall, p *profile, s *state) linkOutcome { return k.primary(p, s, body) })
}

func (o operations) setLink(c *call) (*answer, error) {
	return o.answerLink(o.linkCallOf(c), func(k linkCall, p *profile, s *state) linkOutcome { return k.set(p, s, *c.link) })
}

func (o operations) linkCallOf(c *call) linkCall {
	return linkCall{call: c, secret: c.state.portal.secretOr(o.random), use: newLinkUse(c, nil)}
}

// answerLink decides a call, puts what it changes into the portal, and answers the link.
func (o operations) answerLink(k linkCall, decide func(linkCall, *profile, *state) linkOutcome) (*answer, error) {
	p := k.state.profile
	before := k.era.state.Load()
	outcome := decide(k, p, before)
	if outcome.after != nil {
		k.newID = o.newID()
		if err := o.updateBy(k.call, func(current *state) *state {
			before = current
			if outcome = decide(k, p, current); outcome.after != nil {
				return outcome.after()
			}
			return current
		}); err != nil {
			return nil, err
		}
	}
	k.claims.addAll(outcome.claims)
	ours := k.share(p, before, outcome)
	askOthers(p, linksAlike, func(other *profile) linkOutcome { return decide(k, other, before) }, func(other *profile, theirs linkOutcome) {
		k.hintLink(other, outcome, theirs, ours, k.share(other, before, theirs))
	})
	if outcome.err != nil {
		return nil, outcome.err
	}
	if outcome.link == nil {
		return k.successOf(nil, 0, noTotal), nil
	}
	response, err := picked(ours, k.pickedFields())
	if err != nil {
		return nil, err
	}
	return k.success(response), nil
}

// share is the answer of an outcome, which is empty without a link.
func (k linkCall) share(p *profile, s *state, outcome linkOutcome) fileShare {
	if outcome.link == nil {
		return fileShare{}
	}
	share := k.describeLink(p, outcome.link, outcome.place, s.maySetLinks(k.caller, outcome.place.entry))
	if outcome.noToken {
		share.SharedLink.RequestToken = ""
	}
	return share
}

// listLinks lists the links of the entry that the caller may see.
func (o operations) listLinks(c *call) (*answer, error) {
	k := o.linkCallOf(c)
	kind, err := c.linkKind()
	if err != nil {
		return nil, because(err, "A1128")
	}
	count, start, err := c.page()
	if err != nil {
		return nil, because(err, "A1112")
	}
	p, s := c.state.profile, c.state
	e, err := k.findEntry(s)
	if err != nil {
		return nil, because(err, "A1136")
	}
	var links []*Link
	c.because(claimOfList(p, e), s.claimOfMakers(e))
	if s.maySetLinks(c.caller, e) {
		links = slices.DeleteFunc(s.linksOf(e), func(l *Link) bool { return kind != nil && (*kind == linkTypeInvitation) != l.Invitation })
	}
	total := len(links)
	shown := links[min(start, total):]
	shown = shown[:min(count, len(shown))]
	place, fields := s.placeOf(e), c.pickedFields()
	response := []byte{'['}
	for i, link := range shown {
		if i > 0 {
			response = append(response, ',')
		}
		item, err := picked(k.describeLink(p, link, place, true), fields)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			response = slices.Grow(response, len(shown)*(len(item)+1)+1) // links look alike
		}
		response = append(response, item...)
	}
	response = append(response, ']')
	k.hintList(shown, place)
	if e.Type != EntryFile || !p.listTotal {
		return c.successOf(response, len(shown), noTotal), nil
	}
	// The server counts what is left, also when start is beyond the end (FilesController.cs).
	return c.successOf(response, min(total-start, count), total), nil
}

// claimOfList is the claim about the list of an entry's links.
func claimOfList(p *profile, e *Entry) string {
	if e.Type == EntryFile {
		return said{"A1146", "A711"}.by(p)
	}
	return "A1127"
}

// hintList hints at lists that look otherwise in other profiles.
func (k linkCall) hintList(shown []*Link, place linkPlace) {
	ours := k.state.profile
	look := func(p *profile) []fileShare {
		if len(shown) == 0 {
			return nil
		}
		return []fileShare{k.describeLink(p, shown[0], place, true)}
	}
	askOthers(ours, linksAlike, look, func(other *profile, theirs []fileShare) {
		switch {
		case len(theirs) > 0:
			k.hintLook(other, look(ours)[0], theirs[0])
		case place.entry.Type == EntryFile && other.listTotal && !ours.listTotal:
			k.differsInDetail(other, "{adds|add} total to the answer")
		}
	})
}

// hintLink hints at what another profile does with a link.
func (k linkCall) hintLink(other *profile, ours, theirs linkOutcome, our, their fileShare) {
	differs := func(format string, args ...any) {
		d := k.differs(other, format, args...)
		d.claims.addAll(theirs.claims)
		d.claims.addAll(claimsOf(theirs.err))
	}
	switch status := statusOf(theirs.err); {
	case statusOf(ours.err) != status && status == 200:
		differs("{answers|answer} 200 here")
	case statusOf(ours.err) != status:
		differs("{refuses|refuse} this call with %d: %s", status, reasonOf(theirs.err))
	case ours.err != nil:
	case ours.link != nil && theirs.link == nil:
		differs("{answers|answer} without a link here")
	case ours.link == nil && theirs.link != nil:
		differs("{makes|make} a new primary link here, and {answers|answer} it")
	case ours.link != nil:
		k.hintLook(other, our, their)
	}
}

// hintLook hints at the properties of a link that look otherwise in another profile.
func (k linkCall) hintLook(other *profile, ours, theirs fileShare) {
	var properties []string
	note := func(name string, differs bool) {
		if differs {
			properties = append(properties, name)
		}
	}
	our, their := ours.SharedLink, theirs.SharedLink
	note("title", our.Title != their.Title)
	note("password", our.Password != their.Password)
	note("internal", our.Internal != their.Internal)
	note("denyDownload", our.DenyDownload != their.DenyDownload)
	note("canRevoke", ours.CanRevoke != theirs.CanRevoke)
	switch len(properties) {
	case 0:
	case 1:
		k.differsInDetail(other, "{has|have} another %s in this answer", properties[0])
	default:
		k.differsInDetail(other, "{has|have} another %s in this answer", enumerate(properties, "and"))
	}
}

// statusOf is the status of an outcome with this error.
func statusOf(err error) int {
	var thrown *exception
	var refused *refusal
	switch {
	case errors.As(err, &thrown):
		return thrown.status
	case errors.As(err, &refused):
		return refused.status
	default:
		return 200
	}
}

// reasonOf is what an error says.
func reasonOf(err error) string {
	var thrown *exception
	var refused *refusal
	switch {
	case errors.As(err, &thrown):
		return thrown.message
	case errors.As(err, &refused):
		return "no valid credentials"
	default:
		return ""
	}
}

// maxListed is how many links a list has at most.
const maxListed = 100

// page reads count and startIndex, of the calls that have them (ApiControllerBase.cs, best reading of the messages).
func (c *call) page() (count, start int, err error) {
	count = maxListed
	if c.route.facts.entry != EntryFile && c.operation() != GetFolderPrimaryExternalLink {
		return count, 0, nil
	}
	return c.readPage()
}

// readPage reads count and startIndex.
func (c *call) readPage() (count, start int, err error) {
	count = maxListed
	if err := c.readInt("count", "Count", 1, maxListed, &count); err != nil {
		return 0, 0, err
	}
	if err := c.readInt("startindex", "StartIndex", 0, 1<<31-1, &start); err != nil {
		return 0, 0, err
	}
	return count, start, nil
}

// readInt reads a number of the query, if it is there. property is what the server calls it.
func (c *call) readInt(name, property string, from, to int, into *int) error {
	if _, sent := c.query[name]; !sent {
		return nil
	}
	given, shown := c.query.Get(name), strings.ToLower(property[:1])+property[1:]
	n, ok := dotnet.ParseInt32(given)
	switch {
	case !ok:
		return &dotnet.BodyError{Key: property, Message: fmt.Sprintf("The value '%s' is not valid for %s.", given, property),
			Explanation: fmt.Sprintf("Query: %s: is no number: give %d to %d", shown, from, to)}
	case n < from, n > to:
		return &dotnet.BodyError{Key: property, Message: fmt.Sprintf("The field %s must be between %d and %d.", property, from, to),
			Explanation: fmt.Sprintf("Query: %s: is %d: give %d to %d", shown, n, from, to)}
	}
	*into = n
	return nil
}

// linkKind is the kind of links that the query asks for, nil for all kinds. Only the list of a room reads it.
func (c *call) linkKind() (*int, error) {
	if _, sent := c.query["type"]; !sent || c.route.facts.entry != EntryRoom {
		return nil, nil
	}
	given := c.query.Get("type")
	kind, ok := dotnet.ParseInt32(given)
	switch {
	case given == "":
		return nil, nil
	case dotnet.EqualFold(given, "Invitation"):
		kind = linkTypeInvitation
	case dotnet.EqualFold(given, "External"):
		kind = linkTypeExternal
	case !ok:
		return nil, &dotnet.BodyError{Key: "type", Message: "The value '" + given + "' is not valid for Type.", Explanation: "Query: type: is no kind of link: give 0 for invitations or 1 for share links"}
	case kind != linkTypeInvitation && kind != linkTypeExternal:
		return nil, &dotnet.BodyError{Key: "type", Message: "The value '" + given + "' is invalid.", Explanation: "Query: type: is no kind of link: give 0 for invitations or 1 for share links"}
	}
	return &kind, nil
}
