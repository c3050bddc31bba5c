package client

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// linkCalls are the calls for the links of one kind of entry. Only the files have pages, and rooms have no create.
type linkCalls struct {
	primaryOp, listOp, setOp, createOp string

	primary func(p *Portal, c *call, entry int32) (*http.Response, error)
	list    func(p *Portal, c *call, entry, start int32) (*http.Response, error)
	set     sendLink
	create  sendLink
}

type sendLink func(p *Portal, c *call, entry int32, r linkRequest) (*http.Response, error)

// maxListed is how many links or entries an answer has at most (FilesController.cs).
const maxListed = 100

// primaryLink asks for the primary link of an entry.
func (p *Portal) primaryLink(ctx context.Context, calls *linkCalls, entry int32) (link Link, err error) {
	c, err := p.begin(ctx, calls.primaryOp)
	defer func() { c.end(err) }()
	if err != nil {
		return Link{}, err
	}
	resp, err := calls.primary(p, c, entry)
	seen, _, err := decodeAnswer[api.FileShareDto](c, resp, err)
	if err != nil {
		return Link{}, err
	}
	return c.linkOf(seen)
}

// links lists the links of an entry. It asks for the next page when the links of the last one are used up.
func (p *Portal) links(ctx context.Context, calls *linkCalls, entry int32) iter.Seq2[Link, error] {
	return pagesOf(func(start int) ([]Link, int64, error) { return p.linkPage(ctx, calls, entry, start) })
}

// pagesOf lists the items of all pages. page gives the items from start on, and how many there are.
func pagesOf[T any](page func(start int) (items []T, total int64, err error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for start, more := 0, true; more; {
			items, total, err := page(start)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			start += len(items)
			more = len(items) > 0 && int64(start) < total
		}
	}
}

// linkPage gives the links from start on, and how many there are. The total is 0 where the portal has no pages.
func (p *Portal) linkPage(ctx context.Context, calls *linkCalls, entry int32, start int) (page []Link, total int64, err error) {
	c, err := p.begin(ctx, calls.listOp)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, 0, err
	}
	resp, err := calls.list(p, c, entry, int32(start)) //nolint:gosec // as many links as a portal listed
	env, body, err := decodeWhole[[]api.FileShareDto](c, resp, err)
	switch {
	case err != nil:
		return nil, 0, err
	case env.Response == nil:
		return nil, 0, c.malformedError(resp, body, "property response is missing")
	}
	for i := range *env.Response {
		link, err := c.linkOf(&(*env.Response)[i])
		if err != nil {
			return nil, 0, err
		}
		page = append(page, link)
	}
	return page, valueOf(env.Total), nil
}

// setLink makes the link of a spec, or changes the one with its id.
func (p *Portal) setLink(ctx context.Context, calls *linkCalls, entry int32, spec LinkSpec) (Link, error) {
	c, err := p.begin(ctx, calls.setOp) // only for the refusals; each request is a call of its own
	if err == nil {
		err = spec.refused(c)
	}
	if err != nil {
		return Link{}, err
	}
	ctx = p.withSharedDeadline(ctx)
	request := spec.request()
	if spec.ID != (types.UUID{}) {
		link, err := p.findLink(ctx, c, calls, entry, spec)
		if err != nil {
			return Link{}, err
		}
		request = spec.change(link)
	}
	return p.sendLink(ctx, calls.setOp, calls.set, entry, request)
}

// createLink makes the primary link of an entry, unless there is one.
func (p *Portal) createLink(ctx context.Context, calls *linkCalls, entry int32, spec LinkSpec) (Link, error) {
	c, err := p.begin(ctx, calls.createOp) // only for the refusals
	switch {
	case err != nil:
	case spec.ID != types.UUID{}:
		err = c.refuse("the portal chooses the id of a primary link", ErrInvalidArgument)
	case spec.Primary != nil && !*spec.Primary:
		err = c.refuse("the link is a primary one", ErrInvalidArgument)
	default:
		err = spec.refused(c)
	}
	if err != nil {
		return Link{}, err
	}
	return p.sendLink(p.withSharedDeadline(ctx), calls.createOp, calls.create, entry, spec.request())
}

// findLink finds the link that a spec changes, and refuses a change in which the link would lose something.
func (p *Portal) findLink(ctx context.Context, c *call, calls *linkCalls, entry int32, spec LinkSpec) (Link, error) {
	for link, err := range p.links(ctx, calls, entry) {
		switch {
		case err != nil:
			return Link{}, err
		case link.ID != spec.ID:
			continue
		case spec.Expires == nil && link.Expired:
			// The portal drops an end in the past, and the link would open again (FileStorageService.cs).
			return Link{}, c.refuse("the change would open the link again; give it a new end", ErrLinkExpired, ErrInvalidArgument)
		case spec.Password == nil && link.Password.IsZero() && errors.Is(p.visit(ctx, link.Key), ErrPasswordRequired):
			return Link{}, c.refuse("the portal does not tell the password of the link, and would remove it; give it again", ErrPasswordRequired, ErrInvalidArgument)
		}
		return link, nil
	}
	return Link{}, c.refuse("the portal lists no link with this id; it lists none to callers who may not manage the links", ErrLinkNotFound, ErrInvalidArgument)
}

// visit tries a link as a visitor without a password.
func (p *Portal) visit(ctx context.Context, key Secret) error {
	if key.IsZero() {
		return nil
	}
	_, err := p.Visitor().Open(ctx, key.Reveal())
	return err
}

// sendLink sends the body for a link, and compares the answer with it.
func (p *Portal) sendLink(ctx context.Context, operation string, send sendLink, entry int32, r linkRequest) (Link, error) {
	link, err := p.compareLink(ctx, operation, send, entry, r)
	if err == nil && valueOf(r.password) != "" && link.Password.IsZero() && !link.Key.IsZero() && p.visit(ctx, link.Key) == nil {
		// A portal that does not tell passwords opens the link without one.
		err = &NotInForceError{Operation: operation, Properties: "password"}
	}
	return link, err
}

// compareLink is sendLink for all that an answer tells. A portal may answer 200 and keep a link as it was (FileSharing.cs).
func (p *Portal) compareLink(ctx context.Context, operation string, send sendLink, entry int32, r linkRequest) (link Link, err error) {
	c, err := p.begin(ctx, operation)
	c.arguments = r.secrets
	defer func() { c.end(err) }()
	if err != nil {
		return Link{}, err
	}
	resp, err := send(p, c, entry, r)
	seen, _, err := decodeAnswer[api.FileShareDto](c, resp, err)
	if err == nil {
		link, err = c.linkOf(seen)
	}
	if err != nil {
		return Link{}, err
	}
	if wrong := r.notInForce(link); len(wrong) > 0 {
		return link, &NotInForceError{Operation: operation, Properties: strings.Join(wrong, " ")}
	}
	return link, nil
}

// revokeLink removes a link. A data room ignores a revocation that does not call its links internal, and a public room one
// that does (FileSharing.cs), so the answer decides whether a second one is sent.
func (p *Portal) revokeLink(ctx context.Context, calls *linkCalls, entry int32, id types.UUID) error {
	ctx = p.withSharedDeadline(ctx)
	kept, err := p.sendRevocation(ctx, calls, entry, id, false)
	if err == nil && kept != nil && kept.Internal {
		kept, err = p.sendRevocation(ctx, calls, entry, id, true)
	}
	if err == nil && kept != nil {
		err = &NotInForceError{Operation: calls.setOp, Properties: "access"}
	}
	return err
}

// sendRevocation gives the link when it is still there.
func (p *Portal) sendRevocation(ctx context.Context, calls *linkCalls, entry int32, id types.UUID, internal bool) (kept *Link, err error) {
	c, err := p.begin(ctx, calls.setOp)
	defer func() { c.end(err) }()
	if err == nil && id == (types.UUID{}) {
		err = c.refuse("the id of the link is zero", ErrInvalidArgument)
	}
	if err != nil {
		return nil, err
	}
	resp, err := calls.set(p, c, entry, linkRequest{id: &id, access: api.FileShareNoAccess, internal: &internal})
	env, body, err := decodeWhole[api.FileShareDto](c, resp, err)
	switch {
	case errors.Is(err, ErrLinkLimit):
		// An id that is not there is one of a new link to the portal, and it counts before it looks at the access (recorded:
		// VL015).
		return nil, nil
	case err != nil:
		return nil, err
	case env.Response == nil && env.StatusCode != http.StatusOK:
		return nil, c.malformedError(resp, body, "property statusCode is missing")
	case env.Response == nil:
		return nil, nil
	}
	link, err := c.linkOf(env.Response)
	if err != nil || link.ID != id { // a primary link that comes back with another id and key
		return nil, err
	}
	return &link, nil
}
