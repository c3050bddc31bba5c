package contract_test

import (
	"context"
	"fmt"
	"net/http"
)

// sharing is what a run may change at a live portal: the two switches, and the rest of the sharing policy.
type sharing struct {
	switches
	rest restOfPolicy
}

// restOfPolicy is the sharing policy without the two switches.
type restOfPolicy struct {
	shown                             bool // the portal tells the others, so that they can be put back
	internal, documents, rooms, block bool
}

// readRest reads the rest of the policy from the settings.
func readRest(settings map[string]any) restOfPolicy {
	rest := restOfPolicy{shown: true}
	for name, on := range map[string]*bool{
		"defaultShareLinkInternal": &rest.internal, "externalShareApplyToDocuments": &rest.documents,
		"externalShareApplyToRooms": &rest.rooms, "blockExistingLinksOnRestrict": &rest.block,
	} {
		var isBool bool
		if *on, isBool = settings[name].(bool); !isBool {
			return restOfPolicy{}
		}
	}
	return rest
}

// isBack says whether a portal is as it was before the run.
func (p *portal) isBack(now sharing) bool {
	return now.switches == p.before.switches && (now.rest == p.before.rest || !p.before.rest.shown)
}

// setRest puts the rest of the policy back. While external sharing is off a portal makes the default of new links internal, so it
// goes on where that was otherwise. The switches are put back afterwards.
func (p *portal) setRest(ctx context.Context) error {
	rest := p.before.rest
	body := policyOf(p.before.external || !rest.internal, rest.internal, rest.documents, rest.rooms, rest.block)
	if a, err := p.ask(ctx, request{method: http.MethodPut, path: policyPath, key: p.key, body: body}); err != nil || a.StatusCode != http.StatusOK {
		return callError("PUT "+policyPath, a, err)
	}
	return nil
}

func (r restOfPolicy) String() string {
	if !r.shown {
		return "the rest of the sharing policy is not shown"
	}
	return fmt.Sprintf("new links are internal: %t, documents: %t, rooms: %t, existing links: %t", r.internal, r.documents, r.rooms, r.block)
}
