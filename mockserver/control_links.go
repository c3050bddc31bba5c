package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListLinks(ctx context.Context, _ control.ListLinksRequestObject) (control.ListLinksResponseObject, error) {
	return convert[control.ListLinks200JSONResponse](serverFrom(ctx).State().Links), nil
}

func (c controller) AddLink(ctx context.Context, r control.AddLinkRequestObject) (control.AddLinkResponseObject, error) {
	added, err := serverFrom(ctx).AddLink(convert[Link](r.Body))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.AddLink201JSONResponse](added), nil
}

func (c controller) GetLink(ctx context.Context, r control.GetLinkRequestObject) (control.GetLinkResponseObject, error) {
	found, err := serverFrom(ctx).Link(r.ID)
	if err != nil {
		return nil, err
	}
	return convert[control.GetLink200JSONResponse](found), nil
}

func (c controller) ChangeLink(ctx context.Context, r control.ChangeLinkRequestObject) (control.ChangeLinkResponseObject, error) {
	changed, err := linkRecord.change(serverFrom(ctx), r.ID, patching[Link](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.ChangeLink200JSONResponse](changed), nil
}

func (c controller) DeleteLink(ctx context.Context, r control.DeleteLinkRequestObject) (control.DeleteLinkResponseObject, error) {
	if !serverFrom(ctx).RemoveLink(r.ID) {
		return nil, linkRecord.notFound(r.ID)
	}
	return control.DeleteLink204Response{}, nil
}
