package host

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListUsers(ctx context.Context, _ controlapi.ListUsersRequestObject) (controlapi.ListUsersResponseObject, error) {
	return viaJSON[controlapi.ListUsers200JSONResponse](serverFrom(ctx).State().Users), nil
}

func (c controller) AddUser(ctx context.Context, r controlapi.AddUserRequestObject) (controlapi.AddUserResponseObject, error) {
	added, err := serverFrom(ctx).AddUser(viaJSON[mockserver.User](r.Body))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.AddUser201JSONResponse](added), nil
}

func (c controller) GetUser(ctx context.Context, r controlapi.GetUserRequestObject) (controlapi.GetUserResponseObject, error) {
	found, err := serverFrom(ctx).User(r.ID)
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.GetUser200JSONResponse](found), nil
}

func (c controller) ChangeUser(ctx context.Context, r controlapi.ChangeUserRequestObject) (controlapi.ChangeUserResponseObject, error) {
	changed, err := serverFrom(ctx).ChangeUser(r.ID, patching[mockserver.User](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, recordMistake(err)
	}
	return viaJSON[controlapi.ChangeUser200JSONResponse](changed), nil
}

func (c controller) DeleteUser(ctx context.Context, r controlapi.DeleteUserRequestObject) (controlapi.DeleteUserResponseObject, error) {
	if !serverFrom(ctx).RemoveUser(r.ID) {
		return nil, &mockserver.NotFoundError{Kind: "user", ID: r.ID}
	}
	return controlapi.DeleteUser204Response{}, nil
}
