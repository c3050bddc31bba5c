package host

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListLinks(ctx context.Context, _ controlapi.ListLinksRequestObject) (controlapi.ListLinksResponseObject, error) {
	return viaJSON[controlapi.ListLinks200JSONResponse](serverFrom(ctx).State().Links), nil
}

func (c controller) AddLink(ctx context.Context, r controlapi.AddLinkRequestObject) (controlapi.AddLinkResponseObject, error) {
	added, err := serverFrom(ctx).AddLink(viaJSON[mockserver.Link](r.Body))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.AddLink201JSONResponse](added), nil
}

func (c controller) GetLink(ctx context.Context, r controlapi.GetLinkRequestObject) (controlapi.GetLinkResponseObject, error) {
	found, err := serverFrom(ctx).Link(r.ID)
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.GetLink200JSONResponse](found), nil
}

func (c controller) ChangeLink(ctx context.Context, r controlapi.ChangeLinkRequestObject) (controlapi.ChangeLinkResponseObject, error) {
	changed, err := serverFrom(ctx).ChangeLink(r.ID, patching[mockserver.Link](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.ChangeLink200JSONResponse](changed), nil
}

func (c controller) DeleteLink(ctx context.Context, r controlapi.DeleteLinkRequestObject) (controlapi.DeleteLinkResponseObject, error) {
	if !serverFrom(ctx).RemoveLink(r.ID) {
		return nil, &mockserver.NotFoundError{Kind: "link", ID: r.ID}
	}
	return controlapi.DeleteLink204Response{}, nil
}

func (c controller) ListLinkStatus(ctx context.Context, _ controlapi.ListLinkStatusRequestObject) (controlapi.ListLinkStatusResponseObject, error) {
	list := controlapi.ListLinkStatus200JSONResponse{}
	for _, status := range serverFrom(ctx).LinkStatuses() {
		list = append(list, control.LinkStatus{
			ID: status.ID, Answer: control.LinkStatusAnswer(status.Answer), WrongPasswords: status.WrongPasswords, BlockedUntil: optional(status.BlockedUntil.UTC()),
		})
	}
	return list, nil
}
