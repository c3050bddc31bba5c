package host

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) ListRequests(ctx context.Context, r controlapi.ListRequestsRequestObject) (controlapi.ListRequestsResponseObject, error) {
	p := r.Params
	filter := filterFrom(control.CountRequestsParams{
		Operation: p.Operation, Method: p.Method, Status: p.Status, Unanswered: p.Unanswered, Caller: p.Caller, Anonymous: p.Anonymous, Fault: p.Fault,
		TraceID: p.TraceID, Violated: p.Violated, After: p.After,
	})
	var requests []mockserver.Request
	var err error
	if p.Last != nil {
		requests, err = serverFrom(ctx).LastMatching(filter, *p.Last)
	} else {
		requests, err = serverFrom(ctx).Requests(filter)
	}
	if err != nil {
		return nil, err
	}
	list := controlapi.ListRequests200JSONResponse{}
	for _, request := range requests {
		list = append(list, requestTo(request))
	}
	return list, nil
}

func (c controller) CountRequests(ctx context.Context, r controlapi.CountRequestsRequestObject) (controlapi.CountRequestsResponseObject, error) {
	n, err := serverFrom(ctx).CountRequests(filterFrom(r.Params))
	if err != nil {
		return nil, err
	}
	return controlapi.CountRequests200JSONResponse{Count: n}, nil
}

func (c controller) ClearRequests(ctx context.Context, _ controlapi.ClearRequestsRequestObject) (controlapi.ClearRequestsResponseObject, error) {
	serverFrom(ctx).ClearRequests()
	return controlapi.ClearRequests204Response{}, nil
}

func (c controller) ExplainRequest(ctx context.Context, r controlapi.ExplainRequestRequestObject) (controlapi.ExplainRequestResponseObject, error) {
	why, err := serverFrom(ctx).Why(uint64(r.Sequence)) //nolint:gosec // the contract lets none below 1
	if err != nil {
		return nil, err
	}
	shown := controlapi.ExplainRequest200JSONResponse{Request: requestTo(why.Request), Claims: claimsTo(why.Claims), Notes: append([]string{}, why.Notes...)}
	for _, p := range why.Profiles {
		shown.Profiles = append(shown.Profiles, control.ProfileAnswer{Profile: control.Profile(p.Profile), Own: p.Own, Does: optional(p.Does), Claims: claimsTo(p.Claims)})
	}
	return shown, nil
}

func claimsTo(claims []mockserver.Claim) []control.Claim {
	shown := []control.Claim{}
	for _, c := range claims {
		claim := control.Claim{Number: c.Number, Claim: c.Claim, Unsure: optional(c.Unsure), Evidence: control.ClaimEvidence(c.Evidence), Citation: c.Citation}
		for _, profile := range c.Profiles {
			claim.Profiles = append(claim.Profiles, control.Profile(profile))
		}
		shown = append(shown, claim)
	}
	return shown
}

func filterFrom(p control.CountRequestsParams) mockserver.Filter {
	return mockserver.Filter{
		Operation:  mockserver.Operation(valueOf(p.Operation)),
		Method:     valueOf(p.Method),
		Status:     valueOf(p.Status),
		Unanswered: valueOf(p.Unanswered),
		Caller:     valueOf(p.Caller),
		Anonymous:  valueOf(p.Anonymous),
		Fault:      valueOf(p.Fault),
		TraceID:    valueOf(p.TraceID),
		Violated:   valueOf(p.Violated),
		After:      uint64(valueOf(p.After)), //nolint:gosec // the contract lets none below 0
	}
}

func requestTo(r mockserver.Request) control.Request {
	shown := control.Request{
		Sequence: int64(r.Sequence), //nolint:gosec // no journal counts that far
		Time:     r.Time.UTC(), Operation: optional(control.Operation(r.Operation)), Method: r.Method, Path: r.Path, Caller: optional(r.Caller),
		Status: r.Status, Duration: r.Duration.String(), Faults: r.Faults, Hint: optional(r.Hint), Header: r.Header,
		Body: optional(r.Body), BodyTruncated: optional(r.BodyTruncated), Superseded: optional(r.Superseded), Claims: r.Claims, TraceID: optional(r.TraceID),
	}
	if shown.Header == nil {
		shown.Header = http.Header{}
	}
	for _, violation := range r.Violations {
		shown.Violations = append(shown.Violations, control.Violation{Pointer: violation.Pointer, Message: violation.Message})
	}
	return shown
}
