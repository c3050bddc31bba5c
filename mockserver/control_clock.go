package mockserver

import (
	"context"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) GetClock(ctx context.Context, _ control.GetClockRequestObject) (control.GetClockResponseObject, error) {
	return control.GetClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) FreezeClock(ctx context.Context, r control.FreezeClockRequestObject) (control.FreezeClockResponseObject, error) {
	clock := serverFrom(ctx).Clock()
	if r.Body == nil || r.Body.At == nil {
		clock.Freeze()
	} else if !clock.move(func(time.Time) time.Time { return *r.Body.At }, true) {
		return nil, misfit("at", beyondClock)
	}
	return control.FreezeClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) AdvanceClock(ctx context.Context, r control.AdvanceClockRequestObject) (control.AdvanceClockResponseObject, error) {
	by, err := durationFrom("by", &r.Body.By, beyondClock)
	if err != nil {
		return nil, err
	}
	if !serverFrom(ctx).Clock().move(func(now time.Time) time.Time { return now.Add(by) }, false) {
		return nil, misfit("by", beyondClock)
	}
	return control.AdvanceClock200JSONResponse(clockOf(ctx)), nil
}

func (c controller) ResumeClock(ctx context.Context, _ control.ResumeClockRequestObject) (control.ResumeClockResponseObject, error) {
	serverFrom(ctx).Clock().Resume()
	return control.ResumeClock200JSONResponse(clockOf(ctx)), nil
}

const beyondClock = "the clock stays between 1970 and 2200"

func clockOf(ctx context.Context) control.Clock {
	shown := serverFrom(ctx).Clock().read()
	return control.Clock{Now: shown.now.UTC(), Frozen: shown.frozen, Offset: shown.offset.String()}
}

// durationFrom reads a duration of a body, which keeps to the contract; nil is 0. beyond is what is wrong with one that is too
// long for Go.
func durationFrom(path string, text *string, beyond string) (time.Duration, error) {
	if text == nil {
		return 0, nil
	}
	duration, err := time.ParseDuration(*text)
	if err != nil {
		return 0, misfit(path, beyond)
	}
	return duration, nil
}
