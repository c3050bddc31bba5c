package mockserver

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
)

func TestBindPolicy(t *testing.T) {
	v372, _ := profileByName(ProfileV372)
	for body, want := range map[string]string{
		`{}`: "false false false false false",
		`{"externalShare":true,"defaultShareLinkInternal":true,"externalShareApplyToDocuments":true,"externalShareApplyToRooms":true,"blockExistingLinksOnRestrict":true}`: "true true true true true",
		`{"EXTERNALSHARE":true,"externalShareApplyToRooms":true,"externalShareApplyToRooms":false}`:                                                                        "true false false false false",
		`{"ſxternalShare":1,"other":null,"blockExistingLinksOnRestrict":true}`:                                                                                             "false false false false true",
		`{"externalShare":null}`:         "$.externalShare",
		`{"DefaultShareLinkInternal":1}`: "$.DefaultShareLinkInternal",
		`{"externalShare":true`:          "$",
		`[]`:                             "$",
	} {
		var dto api.ExternalSharingSettingsRequestDto
		c := callWithBody(body)
		c.state = &state{profile: v372}
		err := bindPolicy(&dto, c)
		got := fmt.Sprint(*dto.ExternalShare, *dto.DefaultShareLinkInternal, *dto.ExternalShareApplyToDocuments, *dto.ExternalShareApplyToRooms, *dto.BlockExistingLinksOnRestrict)
		if strings.HasPrefix(want, "$") {
			if err == nil || !strings.Contains(fmt.Sprintf("%#v", err), `Key:"`+want+`"`) {
				t.Errorf("%s: got %s, %#v", body, got, err)
			}
		} else if err != nil || got != want {
			t.Errorf("%s: got %s, %v", body, got, err)
		}
	}
}

func TestPolicyWithoutBody(t *testing.T) {
	for _, p := range profiles {
		var dto api.ExternalSharingSettingsRequestDto
		c := callWithoutBody()
		c.state = &state{profile: p}
		if err := bindPolicy(&dto, c); (err != nil) != p.policyNeedsBody || *dto.ExternalShare || c.hint == "" {
			t.Errorf("%s: got %v, hint %q", p.name, err, c.hint)
		}
	}
}
