package client_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// settingsOf makes the settings of five letters, of which x is on.
func settingsOf(on string) client.ExternalSharingSettings {
	return client.ExternalSharingSettings{
		ExternalShare: on[0] == 'x', DefaultShareLinkInternal: on[1] == 'x', ExternalShareApplyToDocuments: on[2] == 'x',
		ExternalShareApplyToRooms: on[3] == 'x', BlockExistingLinksOnRestrict: on[4] == 'x',
	}
}

// settingsJSON is the JSON of these settings.
func settingsJSON(on string) string {
	return fmt.Sprintf(`{"externalShare":%t,"defaultShareLinkInternal":%t,"externalShareApplyToDocuments":%t,"externalShareApplyToRooms":%t,"blockExistingLinksOnRestrict":%t}`,
		on[0] == 'x', on[1] == 'x', on[2] == 'x', on[3] == 'x', on[4] == 'x')
}

func TestExternalSharingSettings(t *testing.T) {
	for _, on := range []string{"xoooo", "oxooo", "ooxoo", "oooxo", "oooox", "xxxxx"} {
		all := strings.Replace(settingsJSON(on), "{", `{"externalShareSocialMedia":false,"enableThirdParty":true,`, 1)
		portal, s := scripted(t, nil, ok(all))
		settings, err := portal.ExternalSharingSettings(context.Background())
		if err != nil || *settings != settingsOf(on) || len(s.sent) != 1 || s.sent[0].query != policyQuery {
			t.Errorf("%s: got %v, %v, sent %+v", on, settings, err, s.sent)
		}
	}
	portal, _ := scripted(t, nil, ok(`{"externalShare":true,"externalShareSocialMedia":false,"enableThirdParty":true}`)) // v3.7.0
	settings, err := portal.ExternalSharingSettings(context.Background())
	mustBe(t, err, client.ErrMalformedResponse)
	if settings != nil || !strings.HasSuffix(err.Error(), "property response.defaultShareLinkInternal is missing") {
		t.Errorf("got %v, %v", settings, err)
	}
	portal, _ = scripted(t, nil, status(401))
	settings, err = portal.ExternalSharingSettings(context.Background())
	mustBe(t, err, client.ErrUnauthorized)
	if settings != nil {
		t.Errorf("got %v", settings)
	}
}

func TestSetExternalSharingSettings(t *testing.T) {
	for name, test := range map[string]struct{ asked, inForce, wrong string }{
		"on":                  {"xoxox", "xoxox", ""},
		"off":                 {"oxoxo", "oxoxo", ""},
		"off makes internal":  {"ooxxo", "oxxxo", ""},
		"not taken over":      {"xoooo", "oxooo", "externalShare defaultShareLinkInternal"},
		"internal while on":   {"xoooo", "xxooo", "defaultShareLinkInternal"},
		"the other way round": {"xxxoo", "xxoxx", "externalShareApplyToDocuments externalShareApplyToRooms blockExistingLinksOnRestrict"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok(settingsJSON(test.inForce)))
			inForce, err := portal.SetExternalSharingSettings(context.Background(), settingsOf(test.asked))
			checkNotInForce(t, err, "changeExternalSharingSettings", test.wrong)
			if *inForce != settingsOf(test.inForce) || s.requests() != "PUT settings/externalsharingsettings" || s.sent[0].body != settingsJSON(test.asked) {
				t.Errorf("got %v, sent %+v", inForce, s.sent)
			}
		})
	}
	for name, test := range map[string]struct {
		answer answer
		kind   error
	}{
		"not allowed": {status(403), client.ErrForbidden},
		"incomplete":  {ok(strings.Replace(settingsJSON("xxxxx"), `,"externalShareApplyToRooms":true`, "", 1)), client.ErrMalformedResponse},
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := scripted(t, nil, test.answer)
			inForce, err := portal.SetExternalSharingSettings(context.Background(), settingsOf("xxxxx"))
			mustBe(t, err, test.kind)
			if inForce != nil {
				t.Errorf("got %v", inForce)
			}
		})
	}
}

func TestExternalSharingSettingsAsText(t *testing.T) {
	const want = "externalShare on, defaultShareLinkInternal off, externalShareApplyToDocuments off, externalShareApplyToRooms on, blockExistingLinksOnRestrict off"
	if got := fmt.Sprintf("%+v", settingsOf("xooxo")); got != want {
		t.Errorf("got %s", got)
	}
}
