package client

import (
	"context"
	"iter"
	"net/http"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// FolderLinks lists the share links of a folder. A portal lists none to callers who may not manage the links of the folder.
// After an error the list ends.
func (p *Portal) FolderLinks(ctx context.Context, folder int32) iter.Seq2[Link, error] {
	return p.links(ctx, &folderLinks, folder)
}

// FolderLink gives the primary link of a folder. The portal makes it when there is none, so the call is sent once and never
// repeated.
func (p *Portal) FolderLink(ctx context.Context, folder int32) (Link, error) {
	return p.primaryLink(ctx, &folderLinks, folder)
}

// CreateFolderLink makes the primary link of a folder. When there is one already, the portal keeps it and answers with it;
// the error is a [*NotInForceError] when it is not as spec asks. The call is sent once and never repeated.
func (p *Portal) CreateFolderLink(ctx context.Context, folder int32, spec LinkSpec) (Link, error) {
	return p.createLink(ctx, &folderLinks, folder, spec)
}

// SetFolderLink makes or changes a link of a folder, as [Portal.SetRoomLink] does for rooms.
func (p *Portal) SetFolderLink(ctx context.Context, folder int32, spec LinkSpec) (Link, error) {
	return p.setLink(ctx, &folderLinks, folder, spec)
}

// RevokeFolderLink removes a link of a folder. To remove a link that is not there is no error. The primary link of a folder
// in a public room or a form room comes back at once with another id and another key; [Portal.FolderLink] gives it.
func (p *Portal) RevokeFolderLink(ctx context.Context, folder int32, link types.UUID) error {
	return p.revokeLink(ctx, &folderLinks, folder, link)
}

var folderLinks = linkCalls{
	primaryOp: opFolderPrimaryLink, listOp: opFolderLinks, setOp: opSetFolderLink, createOp: opCreateFolderLink,
	primary: func(p *Portal, c *call, folder int32) (*http.Response, error) {
		return p.raw.GetFolderPrimaryExternalLink(c, folder, nil)
	},
	list: func(p *Portal, c *call, folder, _ int32) (*http.Response, error) {
		return p.raw.GetFolderLinks(c, folder, nil)
	},
	set: func(p *Portal, c *call, folder int32, r linkRequest) (*http.Response, error) {
		return p.raw.SetFolderPrimaryExternalLink(c, folder, nil, folderLinkBody(r))
	},
	create: func(p *Portal, c *call, folder int32, r linkRequest) (*http.Response, error) {
		return p.raw.CreateFolderPrimaryExternalLink(c, folder, nil, folderLinkBody(r))
	},
}

func folderLinkBody(r linkRequest) api.FolderLinkRequest {
	return api.FolderLinkRequest{
		LinkID: r.id, Access: &r.access, ExpirationDate: r.expires, Title: r.title, Password: r.password,
		DenyDownload: r.denyDownload, Internal: r.internal, Primary: r.primary,
	}
}
