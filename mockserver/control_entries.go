package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListEntries(ctx context.Context, _ control.ListEntriesRequestObject) (control.ListEntriesResponseObject, error) {
	return convert[control.ListEntries200JSONResponse](serverFrom(ctx).State().Entries), nil
}

func (c controller) AddEntry(ctx context.Context, r control.AddEntryRequestObject) (control.AddEntryResponseObject, error) {
	added, err := serverFrom(ctx).AddEntry(convert[Entry](r.Body))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.AddEntry201JSONResponse](added), nil
}

func (c controller) GetEntry(ctx context.Context, r control.GetEntryRequestObject) (control.GetEntryResponseObject, error) {
	found, err := serverFrom(ctx).Entry(r.ID)
	if err != nil {
		return nil, err
	}
	return convert[control.GetEntry200JSONResponse](found), nil
}

func (c controller) ChangeEntry(ctx context.Context, r control.ChangeEntryRequestObject) (control.ChangeEntryResponseObject, error) {
	changed, err := entryRecord.change(serverFrom(ctx), r.ID, patching[Entry](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.ChangeEntry200JSONResponse](changed), nil
}

func (c controller) DeleteEntry(ctx context.Context, r control.DeleteEntryRequestObject) (control.DeleteEntryResponseObject, error) {
	if !serverFrom(ctx).RemoveEntry(r.ID) {
		return nil, entryRecord.notFound(r.ID)
	}
	return control.DeleteEntry204Response{}, nil
}
