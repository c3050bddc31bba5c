package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) ListUsers(ctx context.Context, _ control.ListUsersRequestObject) (control.ListUsersResponseObject, error) {
	return convert[control.ListUsers200JSONResponse](serverFrom(ctx).State().Users), nil
}

func (c controller) AddUser(ctx context.Context, r control.AddUserRequestObject) (control.AddUserResponseObject, error) {
	added, err := serverFrom(ctx).AddUser(convert[User](r.Body))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.AddUser201JSONResponse](added), nil
}

func (c controller) GetUser(ctx context.Context, r control.GetUserRequestObject) (control.GetUserResponseObject, error) {
	found, err := serverFrom(ctx).User(r.ID)
	if err != nil {
		return nil, err
	}
	return convert[control.GetUser200JSONResponse](found), nil
}

func (c controller) ChangeUser(ctx context.Context, r control.ChangeUserRequestObject) (control.ChangeUserResponseObject, error) {
	changed, err := userRecord.change(serverFrom(ctx), r.ID, patching[User](patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)))
	if err != nil {
		return nil, ofRecord(err)
	}
	return convert[control.ChangeUser200JSONResponse](changed), nil
}

func (c controller) DeleteUser(ctx context.Context, r control.DeleteUserRequestObject) (control.DeleteUserResponseObject, error) {
	if !serverFrom(ctx).RemoveUser(r.ID) {
		return nil, userRecord.notFound(r.ID)
	}
	return control.DeleteUser204Response{}, nil
}
