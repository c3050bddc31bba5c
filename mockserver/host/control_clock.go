package host

import (
	"context"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) GetClock(ctx context.Context, _ controlapi.GetClockRequestObject) (controlapi.GetClockResponseObject, error) {
	return controlapi.GetClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) FreezeClock(ctx context.Context, r controlapi.FreezeClockRequestObject) (controlapi.FreezeClockResponseObject, error) {
	clock := serverFrom(ctx).Clock()
	if r.Body == nil || r.Body.At == nil {
		clock.Freeze()
	} else if !clock.Move(func(time.Time) time.Time { return *r.Body.At }, true) {
		return nil, conflict("at", beyondClock)
	}
	return controlapi.FreezeClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) AdvanceClock(ctx context.Context, r controlapi.AdvanceClockRequestObject) (controlapi.AdvanceClockResponseObject, error) {
	by, err := durationFrom("by", &r.Body.By, beyondClock)
	if err != nil {
		return nil, err
	}
	if !serverFrom(ctx).Clock().Move(func(now time.Time) time.Time { return now.Add(by) }, false) {
		return nil, conflict("by", beyondClock)
	}
	return controlapi.AdvanceClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) ResumeClock(ctx context.Context, _ controlapi.ResumeClockRequestObject) (controlapi.ResumeClockResponseObject, error) {
	serverFrom(ctx).Clock().Resume()
	return controlapi.ResumeClock200JSONResponse(clockOf(ctx)), nil
}

const beyondClock = "the clock stays between 1970 and 2200"

func clockOf(ctx context.Context) control.Clock {
	shown := serverFrom(ctx).Clock().State()
	return control.Clock{Now: shown.Now.UTC(), Frozen: shown.Frozen, Offset: shown.Offset.String()}
}
