package host

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

func (c controller) GetState(ctx context.Context, _ controlapi.GetStateRequestObject) (controlapi.GetStateResponseObject, error) {
	return viaJSON[controlapi.GetState200JSONResponse](serverFrom(ctx).State()), nil
}

func (c controller) ReplaceState(ctx context.Context, r controlapi.ReplaceStateRequestObject) (controlapi.ReplaceStateResponseObject, error) {
	p, err := portalFrom("", r.Body)
	if err != nil {
		return nil, err
	}
	replaced, err := serverFrom(ctx).SetState(p)
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.ReplaceState200JSONResponse](replaced), nil
}

func (c controller) ChangeState(ctx context.Context, r controlapi.ChangeStateRequestObject) (controlapi.ChangeStateResponseObject, error) {
	patch := patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)
	changed, err := serverFrom(ctx).Change(func(current mockserver.Portal) (mockserver.Portal, error) {
		p, err := mockserver.ParsePortal("the body", mergedText(current, patch))
		return p, bodyMistake("", err)
	})
	if err != nil {
		return nil, err
	}
	return viaJSON[controlapi.ChangeState200JSONResponse](changed), nil
}

func (c controller) Reset(ctx context.Context, _ controlapi.ResetRequestObject) (controlapi.ResetResponseObject, error) {
	serverFrom(ctx).Reset()
	return controlapi.Reset204Response{}, nil
}

// portalFrom is the portal that a body describes below a path; nil is a fresh one.
func portalFrom(path string, body *control.PortalFile) (mockserver.Portal, error) {
	if body == nil {
		return mockserver.Portal{}, nil
	}
	p, err := mockserver.ParsePortal("the body", dotnet.AppendJSON(nil, body))
	return p, bodyMistake(path, err)
}
