package client

import (
	"context"
	"iter"
	"net/http"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// FileLinks lists the share links of a file, a hundred with each request. A portal lists none to callers who may not manage
// the links of the file. After an error the list ends.
func (p *Portal) FileLinks(ctx context.Context, file int32) iter.Seq2[Link, error] {
	return p.links(ctx, &fileLinks, file)
}

// FileLink gives the primary link of a file. The portal makes it when there is none, so the call is sent once and never
// repeated.
func (p *Portal) FileLink(ctx context.Context, file int32) (Link, error) {
	return p.primaryLink(ctx, &fileLinks, file)
}

// CreateFileLink makes the primary link of a file. When there is one already, the portal keeps it and answers with it; the
// error is a [*NotInForceError] when it is not as spec asks. A portal also gives this link its usual title in place of
// another one. The call is sent once and never repeated.
func (p *Portal) CreateFileLink(ctx context.Context, file int32, spec LinkSpec) (Link, error) {
	return p.createLink(ctx, &fileLinks, file, spec)
}

// SetFileLink makes or changes a link of a file, as [Portal.SetRoomLink] does for rooms. Only the formats that can be edited
// take more than [FileShareRead].
func (p *Portal) SetFileLink(ctx context.Context, file int32, spec LinkSpec) (Link, error) {
	return p.setLink(ctx, &fileLinks, file, spec)
}

// RevokeFileLink removes a link of a file. To remove a link that is not there is no error. The primary link of a file in a
// public room or a form room comes back at once with another id and another key; [Portal.FileLink] gives it.
func (p *Portal) RevokeFileLink(ctx context.Context, file int32, link types.UUID) error {
	return p.revokeLink(ctx, &fileLinks, file, link)
}

var fileLinks = linkCalls{
	primaryOp: opFilePrimaryLink, listOp: opFileLinks, setOp: opSetFileLink, createOp: opCreateFileLink,
	primary: func(p *Portal, c *call, file int32) (*http.Response, error) {
		return p.raw.GetFilePrimaryExternalLink(c, file, nil)
	},
	list: func(p *Portal, c *call, file, start int32) (*http.Response, error) {
		return p.raw.GetFileLinks(c, file, &api.GetFileLinksParams{Count: Set[int32](maxListed), StartIndex: &start})
	},
	set: func(p *Portal, c *call, file int32, r linkRequest) (*http.Response, error) {
		return p.raw.SetFileExternalLink(c, file, nil, fileLinkBody(r))
	},
	create: func(p *Portal, c *call, file int32, r linkRequest) (*http.Response, error) {
		return p.raw.CreateFilePrimaryExternalLink(c, file, nil, fileLinkBody(r))
	},
}

func fileLinkBody(r linkRequest) api.FileLinkRequest {
	return api.FileLinkRequest{
		LinkID: r.id, Access: &r.access, ExpirationDate: r.expires, Title: r.title, Internal: r.internal,
		Primary: r.primary, DenyDownload: r.denyDownload, Password: r.password,
	}
}
