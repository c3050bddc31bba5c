package host

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListFaults(ctx context.Context, _ controlapi.ListFaultsRequestObject) (controlapi.ListFaultsResponseObject, error) {
	list := controlapi.ListFaults200JSONResponse{}
	for _, state := range serverFrom(ctx).Faults() {
		list = append(list, faultTo(state))
	}
	return list, nil
}

func (c controller) AddFault(ctx context.Context, r controlapi.AddFaultRequestObject) (controlapi.AddFaultResponseObject, error) {
	f, err := faultFrom(r.Body)
	if err != nil {
		return nil, err
	}
	added, err := serverFrom(ctx).Fault(f)
	if err != nil {
		return nil, err
	}
	return controlapi.AddFault201JSONResponse(faultTo(added)), nil
}

func (c controller) GetFault(ctx context.Context, r controlapi.GetFaultRequestObject) (controlapi.GetFaultResponseObject, error) {
	state, ok := findFault(ctx, r.ID)
	if !ok {
		return nil, &mockserver.NotFoundError{Kind: "fault", ID: r.ID}
	}
	return controlapi.GetFault200JSONResponse(faultTo(state)), nil
}

func (c controller) DeleteFault(ctx context.Context, r controlapi.DeleteFaultRequestObject) (controlapi.DeleteFaultResponseObject, error) {
	if !serverFrom(ctx).RemoveFault(r.ID) {
		return nil, &mockserver.NotFoundError{Kind: "fault", ID: r.ID}
	}
	return controlapi.DeleteFault204Response{}, nil
}

func (c controller) ClearFaults(ctx context.Context, _ controlapi.ClearFaultsRequestObject) (controlapi.ClearFaultsResponseObject, error) {
	serverFrom(ctx).ClearFaults()
	return controlapi.ClearFaults204Response{}, nil
}

func findFault(ctx context.Context, id string) (mockserver.FaultState, bool) {
	faults := serverFrom(ctx).Faults()
	i := slices.IndexFunc(faults, func(f mockserver.FaultState) bool { return f.ID == id })
	if i < 0 {
		return mockserver.FaultState{}, false
	}
	return faults[i], true
}

func faultFrom(body *control.NewFault) (f mockserver.Fault, err error) {
	f = mockserver.Fault{
		ID:          valueOf(body.ID),
		Operation:   mockserver.Operation(valueOf(body.Operation)),
		Kind:        mockserver.FaultKind(valueOf(body.Kind)),
		Status:      valueOf(body.Status),
		Times:       valueOf(body.Times),
		Probability: valueOf(body.Probability),
		Seed:        uint64(valueOf(body.Seed)), //nolint:gosec // the contract lets none below 0
		Header:      valueOf(body.Header),
	}
	for _, duration := range []struct {
		path   string
		text   *string
		into   *time.Duration
		beyond string
	}{
		{"retryAfter", body.RetryAfter, &f.RetryAfter, "must be whole seconds between 0s and 24h"},
		{"delay", body.Delay, &f.Delay, "must be between 0s and 1h"},
		{"delayMax", body.DelayMax, &f.DelayMax, "must be between the delay and 1h"},
	} {
		if *duration.into, err = durationFrom(duration.path, duration.text, duration.beyond); err != nil {
			return mockserver.Fault{}, err
		}
	}
	return f, nil
}

func faultTo(state mockserver.FaultState) control.Fault {
	f := control.Fault{
		ID: state.ID, Operation: optional(control.Operation(state.Operation)), Kind: control.FaultKind(state.Kind), Status: optional(state.Status),
		Times: state.Times, Probability: cmp.Or(state.Probability, 1), Seed: int64(state.Seed), Header: state.Header, //nolint:gosec // a seed made in Go may come out negative
		Matched: state.Matched, Applied: state.Applied, UsedUp: state.UsedUp,
	}
	f.RetryAfter, f.Delay, f.DelayMax = optionalDuration(state.RetryAfter), optionalDuration(state.Delay), optionalDuration(state.DelayMax)
	return f
}
