package client

import (
	"context"
	"errors"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// OpenOption says how [Visitor.Open] opens a link.
type OpenOption func(*openOptions)

type openOptions struct {
	password func(context.Context, *ExternalShare) (string, error)
	within   api.GetExternalShareDataParams
}

// WithLinkPassword gives the password for a link that asks for one. It is not sent to other links.
func WithLinkPassword(password string) OpenOption {
	return WithPasswordFrom(func(context.Context, *ExternalShare) (string, error) { return password, nil })
}

// WithPasswordFrom asks for the password when a link asks for one, for example by showing the title of the share to a
// person. The empty text means that there is none. An error of ask is the error of the call.
func WithPasswordFrom(ask func(ctx context.Context, share *ExternalShare) (password string, err error)) OpenOption {
	return func(o *openOptions) { o.password = ask }
}

// WithFile also asks for the title of a file within the link's own entry. It wins over WithFolder.
func WithFile(id string) OpenOption {
	return func(o *openOptions) { o.within.FileID = &id }
}

// WithFolder also asks for the title of a folder within the link's own entry.
func WithFolder(id string) OpenOption {
	return func(o *openOptions) { o.within.FolderID = &id }
}

// Open opens the share link with this key as the portal's own pages do: it asks where the link leads, and sends a password
// only when the link asks for one. It returns what the link opens. The password goes the way of [Visitor.Unlock], which
// keeps the link from being locked. The question is no attempt, and is repeated like other reads.
//
// When the link does not open, the error is a [*LinkError], and the share is returned beside it, as with
// [Portal.ApplyExternalSharePassword]. A link with a password, for which there is none, gives [ErrPasswordRequired] and the
// title of its entry.
func (v *Visitor) Open(ctx context.Context, key string, opts ...OpenOption) (*ExternalShare, error) {
	var o openOptions
	for _, opt := range opts {
		if opt != nil {
			opt(&o)
		}
	}
	share, err := v.askShare(ctx, key, &o.within)
	if o.password == nil || !errors.Is(err, ErrPasswordRequired) {
		return share, err
	}
	password, askErr := o.password(ctx, share)
	switch {
	case askErr != nil:
		return share, askErr
	case password == "":
		return share, err
	}
	opened, err := v.Unlock(ctx, key, password)
	if opened != nil { // the answer to a password says nothing about an entry within
		opened.EntityID, opened.EntityTitle, opened.EntityType = share.EntityID, share.EntityTitle, share.EntityType
	}
	return opened, err
}

// askShare asks where a share link leads.
func (v *Visitor) askShare(ctx context.Context, key string, within *api.GetExternalShareDataParams) (share *ExternalShare, err error) {
	var p *Portal
	if v != nil {
		p = v.portal
	}
	c, err := p.begin(ctx, opShareData)
	c.arguments = func() []string { return []string{key} }
	defer func() { c.end(err) }()
	if err == nil {
		err = checkShareKey(c, key)
	}
	if err != nil {
		return nil, err
	}
	raw := api.Client{Server: p.raw.Server, RequestEditors: p.raw.RequestEditors, Client: v.doer}
	resp, err := raw.GetExternalShareData(c, key, within)
	seen, body, err := decodeAnswer[shareAnswer](c, resp, err)
	if err != nil {
		return nil, err
	}
	return seen.outcome(c, body)
}
