package host

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListAPIKeys(ctx context.Context, _ controlapi.ListAPIKeysRequestObject) (controlapi.ListAPIKeysResponseObject, error) {
	return viaJSON[controlapi.ListAPIKeys200JSONResponse](serverFrom(ctx).State().APIKeys), nil
}

func (c controller) AddAPIKey(ctx context.Context, r controlapi.AddAPIKeyRequestObject) (controlapi.AddAPIKeyResponseObject, error) {
	added, err := serverFrom(ctx).AddAPIKey(viaJSON[mockserver.APIKey](r.Body))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.AddAPIKey201JSONResponse](added), nil
}

func (c controller) GetAPIKey(ctx context.Context, r controlapi.GetAPIKeyRequestObject) (controlapi.GetAPIKeyResponseObject, error) {
	found, err := serverFrom(ctx).APIKey(r.Key)
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.GetAPIKey200JSONResponse](found), nil
}

func (c controller) ChangeAPIKey(ctx context.Context, r controlapi.ChangeAPIKeyRequestObject) (controlapi.ChangeAPIKeyResponseObject, error) {
	changed, err := serverFrom(ctx).ChangeAPIKey(r.Key, patching[mockserver.APIKey](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.ChangeAPIKey200JSONResponse](changed), nil
}

func (c controller) DeleteAPIKey(ctx context.Context, r controlapi.DeleteAPIKeyRequestObject) (controlapi.DeleteAPIKeyResponseObject, error) {
	if !serverFrom(ctx).RemoveAPIKey(r.Key) {
		return nil, &mockserver.NotFoundError{Kind: "API key"}
	}
	return controlapi.DeleteAPIKey204Response{}, nil
}
