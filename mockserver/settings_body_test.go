package mockserver

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestSettingsEqualTheExampleOfTheContract(t *testing.T) {
	spec, err := api.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	example := spec.Components.Examples["freshPortal"].Value.Value.(map[string]any)["response"]
	s := newServer(t)
	w := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...)
	var got struct{ Response map[string]any }
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	// Through JSON, so that both have the same Go types.
	var want map[string]any
	text, _ := json.Marshal(example)
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	for name, value := range want {
		if !reflect.DeepEqual(got.Response[name], value) {
			t.Errorf("%s: got %v, want %v", name, got.Response[name], value)
		}
	}
	if len(got.Response) != 64 || len(want) != 64 {
		t.Errorf("got %d properties, the contract has %d, want 64", len(got.Response), len(want))
	}
}

func TestSettingsKeepTheOrderOfTheContract(t *testing.T) {
	spec, err := api.GetSpec()
	if err != nil {
		t.Fatal(err)
	}
	order := map[string]float64{}
	for name, property := range spec.Components.Schemas["FilesSettingsDto"].Value.Properties {
		extensions := property.Value.Extensions
		if property.Ref != "" && property.Extensions["x-order"] != nil {
			extensions = property.Extensions
		}
		order[name] = extensions["x-order"].(float64)
	}
	s := newServer(t)
	for _, headers := range [][]string{as(s, RoleOwner), nil} {
		s := newServer(t, WithProfile(ProfileV372))
		body, err := parseObject([]byte(response(t, mocktest.Send(s, "GET", mocktest.SettingsPath, "", headers...))))
		if err != nil {
			t.Fatal(err)
		}
		if len(body) != 64 {
			t.Errorf("%d properties, want 64", len(body))
		}
		for i, p := range body {
			if order[p.name] != float64(i+1) {
				t.Errorf("%s stands at %d, want %v", p.name, i+1, order[p.name])
			}
		}
	}
}

// FilesSettings.cs: who is not signed in gets constants, and enableThirdParty as it is.
func TestSettingsOfAnonymousCallers(t *testing.T) {
	constant := map[string]string{
		"confirmDelete": "true", "externalShare": "true", "externalShareSocialMedia": "true",
		"storeOriginalFiles": "false", "organizeRoomsGrouping": "false", "defaultShareLinkInternal": "false",
		"externalShareApplyToDocuments": "false", "externalShareApplyToRooms": "false", "blockExistingLinksOnRestrict": "false",
		"recentSection": "true", "favoritesSection": "true", "templatesSection": "true", "convertNotify": "false",
		"automaticallyCleanUp": `{"isAutoCleanUp":true,"gap":4}`, "defaultSharingAccessRights": "[2]",
	}
	for _, on := range []bool{true, false} {
		all := Settings{on, on, on, on, on, on, on}
		s := newServer(t, WithPortal(Portal{Settings: &all, Profile: ProfileV372}))
		anonymous, signedIn := settingsOf(t, s), settingsOf(t, s, as(s, RoleGuest)...)
		for name, want := range constant {
			if anonymous[name] != want {
				t.Errorf("portal all %t: anonymous %s = %s, want %s", on, name, anonymous[name], want)
			}
		}
		stored := []string{"enableThirdParty", "externalShare", "externalShareSocialMedia", "defaultShareLinkInternal",
			"externalShareApplyToDocuments", "externalShareApplyToRooms", "blockExistingLinksOnRestrict"}
		for name, value := range signedIn {
			switch {
			case slices.Contains(stored, name):
				if value != fmt.Sprint(on) {
					t.Errorf("portal all %t: signed-in %s = %s", on, name, value)
				}
			case name == "storeOriginalFiles" || name == "organizeRoomsGrouping":
				if value != "true" {
					t.Errorf("signed-in %s = %s, want true", name, value)
				}
			case anonymous[name] != value:
				t.Errorf("%s: anonymous %s, signed in %s, want the same", name, anonymous[name], value)
			}
		}
		if anonymous["enableThirdParty"] != fmt.Sprint(on) {
			t.Errorf("anonymous enableThirdParty = %s, want the portal's %t", anonymous["enableThirdParty"], on)
		}
	}
}

func TestSettingsAreEncodedOncePerState(t *testing.T) {
	s := newServer(t)
	read := func() *byte { return &s.current.Load().settings.signedIn().answer(nil)[0] }
	first := read()
	if read() != first {
		t.Error("encoded again for a second read")
	}
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...)
	if read() != first {
		t.Error("encoded again although the PUT repeated the value")
	}
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":false}`, as(s, RoleOwner)...)
	if read() == first {
		t.Error("not encoded again after a change")
	}
}
