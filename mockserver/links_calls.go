package mockserver

import (
	"context"
	"errors"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

var errSoon = errors.New("soon")

func (o operations) GetRoomsPrimaryExternalLink(context.Context, api.GetRoomsPrimaryExternalLinkRequestObject) (api.GetRoomsPrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) GetRoomLinks(context.Context, api.GetRoomLinksRequestObject) (api.GetRoomLinksResponseObject, error) {
	return nil, errSoon
}
func (o operations) SetRoomLink(context.Context, api.SetRoomLinkRequestObject) (api.SetRoomLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) GetFilePrimaryExternalLink(context.Context, api.GetFilePrimaryExternalLinkRequestObject) (api.GetFilePrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) CreateFilePrimaryExternalLink(context.Context, api.CreateFilePrimaryExternalLinkRequestObject) (api.CreateFilePrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) GetFileLinks(context.Context, api.GetFileLinksRequestObject) (api.GetFileLinksResponseObject, error) {
	return nil, errSoon
}
func (o operations) SetFileExternalLink(context.Context, api.SetFileExternalLinkRequestObject) (api.SetFileExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) GetFolderPrimaryExternalLink(context.Context, api.GetFolderPrimaryExternalLinkRequestObject) (api.GetFolderPrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) CreateFolderPrimaryExternalLink(context.Context, api.CreateFolderPrimaryExternalLinkRequestObject) (api.CreateFolderPrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
func (o operations) GetFolderLinks(context.Context, api.GetFolderLinksRequestObject) (api.GetFolderLinksResponseObject, error) {
	return nil, errSoon
}
func (o operations) SetFolderPrimaryExternalLink(context.Context, api.SetFolderPrimaryExternalLinkRequestObject) (api.SetFolderPrimaryExternalLinkResponseObject, error) {
	return nil, errSoon
}
