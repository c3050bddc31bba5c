package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListAPIKeys(ctx context.Context, _ control.ListAPIKeysRequestObject) (control.ListAPIKeysResponseObject, error) {
	return convert[control.ListAPIKeys200JSONResponse](serverFrom(ctx).State().APIKeys), nil
}

func (c controller) AddAPIKey(ctx context.Context, r control.AddAPIKeyRequestObject) (control.AddAPIKeyResponseObject, error) {
	added, err := serverFrom(ctx).AddAPIKey(convert[APIKey](r.Body))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.AddAPIKey201JSONResponse](added), nil
}

func (c controller) GetAPIKey(ctx context.Context, r control.GetAPIKeyRequestObject) (control.GetAPIKeyResponseObject, error) {
	found, err := serverFrom(ctx).APIKey(r.Key)
	if err != nil {
		return nil, err
	}
	return convert[control.GetAPIKey200JSONResponse](found), nil
}

func (c controller) ChangeAPIKey(ctx context.Context, r control.ChangeAPIKeyRequestObject) (control.ChangeAPIKeyResponseObject, error) {
	changed, err := apiKeyRecord.change(serverFrom(ctx), r.Key, patching[APIKey](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.ChangeAPIKey200JSONResponse](changed), nil
}

func (c controller) DeleteAPIKey(ctx context.Context, r control.DeleteAPIKeyRequestObject) (control.DeleteAPIKeyResponseObject, error) {
	if !serverFrom(ctx).RemoveAPIKey(r.Key) {
		return nil, apiKeyRecord.notFound(r.Key)
	}
	return control.DeleteAPIKey204Response{}, nil
}
