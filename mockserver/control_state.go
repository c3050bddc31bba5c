package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) GetState(ctx context.Context, _ control.GetStateRequestObject) (control.GetStateResponseObject, error) {
	return convert[control.GetState200JSONResponse](serverFrom(ctx).State()), nil
}

func (c controller) ReplaceState(ctx context.Context, r control.ReplaceStateRequestObject) (control.ReplaceStateResponseObject, error) {
	p, err := portalFrom("", r.Body)
	if err != nil {
		return nil, err
	}
	replaced, err := serverFrom(ctx).change(func(Portal) (Portal, error) { return p, nil })
	if err != nil {
		return nil, err
	}
	return convert[control.ReplaceState200JSONResponse](replaced), nil
}

func (c controller) ChangeState(ctx context.Context, r control.ChangeStateRequestObject) (control.ChangeStateResponseObject, error) {
	patch := patchOf(r.JSONBody, r.ApplicationMergePatchPlusJSONBody)
	changed, err := serverFrom(ctx).change(func(current Portal) (Portal, error) {
		p, err := ParsePortal("the body", mergedText(current, patch))
		return p, inside("", err)
	})
	if err != nil {
		return nil, err
	}
	return convert[control.ChangeState200JSONResponse](changed), nil
}

func (c controller) Reset(ctx context.Context, _ control.ResetRequestObject) (control.ResetResponseObject, error) {
	serverFrom(ctx).Reset()
	return control.Reset204Response{}, nil
}

// portalFrom is the portal that a body describes at a path; nil is a fresh one.
func portalFrom(path string, body *control.PortalFile) (Portal, error) {
	if body == nil {
		return Portal{}, nil
	}
	p, err := ParsePortal("the body", appendJSON(nil, body))
	return p, inside(path, err)
}
