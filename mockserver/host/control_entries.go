package host

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListEntries(ctx context.Context, _ controlapi.ListEntriesRequestObject) (controlapi.ListEntriesResponseObject, error) {
	return viaJSON[controlapi.ListEntries200JSONResponse](serverFrom(ctx).State().Entries), nil
}

func (c controller) AddEntry(ctx context.Context, r controlapi.AddEntryRequestObject) (controlapi.AddEntryResponseObject, error) {
	added, err := serverFrom(ctx).AddEntry(viaJSON[mockserver.Entry](r.Body))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.AddEntry201JSONResponse](added), nil
}

func (c controller) GetEntry(ctx context.Context, r controlapi.GetEntryRequestObject) (controlapi.GetEntryResponseObject, error) {
	found, err := serverFrom(ctx).Entry(r.ID)
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.GetEntry200JSONResponse](found), nil
}

func (c controller) ChangeEntry(ctx context.Context, r controlapi.ChangeEntryRequestObject) (controlapi.ChangeEntryResponseObject, error) {
	changed, err := serverFrom(ctx).ChangeEntry(r.ID, patching[mockserver.Entry](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.ChangeEntry200JSONResponse](changed), nil
}

func (c controller) DeleteEntry(ctx context.Context, r controlapi.DeleteEntryRequestObject) (controlapi.DeleteEntryResponseObject, error) {
	if _, err := serverFrom(ctx).Entry(r.ID); err != nil {
		return nil, err // it says what else the name can be
	}
	if !serverFrom(ctx).RemoveEntry(r.ID) {
		return nil, &mockserver.NotFoundError{Kind: "entry", ID: r.ID}
	}
	return controlapi.DeleteEntry204Response{}, nil
}
