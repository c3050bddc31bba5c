package mockserver

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestSettingsEqualTheExampleOfTheContract(t *testing.T) {
	spec := contractDocument()
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
	spec := contractDocument()
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

// propertiesOf are the values of a settings body.
func propertiesOf(b *settingsBody) map[string]string {
	values := map[string]string{}
	for _, p := range b.object {
		values[p.name] = string(p.value)
	}
	return values
}

// FilesSettings.cs: people without an account get constants, and enableThirdParty as it is.
func TestSettingsOfCallers(t *testing.T) {
	constants := map[string]string{
		"externalShare": "true", "externalShareSocialMedia": "true", "defaultShareLinkInternal": "false", "externalShareApplyToDocuments": "false",
		"externalShareApplyToRooms": "false", "blockExistingLinksOnRestrict": "false", "storeOriginalFiles": "false", "organizeRoomsGrouping": "false",
	}
	fresh := propertiesOf(newSettingsView(profiles[0], FreshSettings()).signedIn())
	for _, settings := range allSettings() {
		view := newSettingsView(profiles[0], settings)
		signedIn, anonymous := propertiesOf(view.signedIn()), propertiesOf(view.anonymous())
		stored := map[string]bool{
			"externalShare": settings.ExternalShare, "externalShareSocialMedia": settings.ExternalShare && settings.ExternalShareSocialMedia, "enableThirdParty": settings.EnableThirdParty,
			"defaultShareLinkInternal": settings.DefaultShareLinkInternal, "externalShareApplyToDocuments": settings.ExternalShareApplyToDocuments,
			"externalShareApplyToRooms": settings.ExternalShareApplyToRooms, "blockExistingLinksOnRestrict": settings.BlockExistingLinksOnRestrict,
		}
		for name, value := range fresh {
			wantSignedIn, wantAnonymous := value, value
			if on, ok := stored[name]; ok {
				wantSignedIn = fmt.Sprint(on)
			}
			if name == "enableThirdParty" {
				wantAnonymous = fmt.Sprint(settings.EnableThirdParty)
			} else if constant, ok := constants[name]; ok {
				wantAnonymous = constant
			}
			if signedIn[name] != wantSignedIn || anonymous[name] != wantAnonymous {
				t.Errorf("%+v: %s is %s signed in and %s without an account, want %s and %s", settings, name, signedIn[name], anonymous[name], wantSignedIn, wantAnonymous)
			}
		}
	}
}

func TestSettingsAreEncodedOncePerState(t *testing.T) {
	s := newServer(t)
	read := func() *byte {
		mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...)
		return &s.era().state.Load().settings.signedIn().last.Load().body[0]
	}
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

// The envelope of the last call is kept. It is not that of a call by another address or method, or of another caller.
func TestSettingsShowTheirOwnCall(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for range 2 {
		for _, test := range []struct {
			method, address, link string
			owner                 bool
		}{
			{"GET", "http://a.test", `"href":"http://a.test/api/2.0/files/settings","action":"GET"`, true},
			{"GET", "http://b.test", `"href":"http://b.test/api/2.0/files/settings","action":"GET"`, true},
			{"get", "http://b.test", `"href":"http://b.test/api/2.0/files/settings","action":"get"`, true},
			{"GET", "http://b.test", `"href":"http://b.test/api/2.0/files/settings","action":"GET"`, false},
			{"GET", "http://" + strings.Repeat("b", maxKeptAddress), `"href":"http://` + strings.Repeat("b", maxKeptAddress) + `/api/2.0/files/settings","action":"GET"`, true},
		} {
			var who []string
			if test.owner {
				who = as(s, RoleOwner)
			}
			w := mocktest.Send(s, test.method, test.address+mocktest.SettingsPath, "", who...)
			if got := w.Body.String(); !strings.Contains(got, test.link) || strings.Contains(got, `"storeOriginalFiles":true`) != test.owner || w.Header().Get("Content-Length") != strconv.Itoa(len(got)) {
				t.Errorf("%+v: got %s", test, got[max(0, len(got)-500):])
			}
		}
	}
}

// A damaged answer does not damage the envelope that is kept.
func TestSettingsAfterDamage(t *testing.T) {
	s := newServer(t)
	whole := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...).Body.String()
	addFault(t, s, Fault{Kind: FaultMalformed, Times: 1})
	if damaged := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...).Body.String(); damaged == whole {
		t.Error("not damaged")
	}
	if again := mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleOwner)...).Body.String(); again != whole {
		t.Error("still damaged")
	}
}
