package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// A portal file can store social networks on while sharing is off; in force it is off, and comes back with sharing.
func TestSocialMediaIsInForceOnlyWithExternalShare(t *testing.T) {
	settings := FreshSettings()
	settings.ExternalShare = false
	s := newServer(t, WithPortal(Portal{Settings: &settings}))
	if got := settingsOf(t, s, as(s, RoleOwner)...); got["externalShareSocialMedia"] != "false" {
		t.Error("social networks in force while external sharing is off")
	}
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{"set":true}`, as(s, RoleOwner)...)
	if got := settingsOf(t, s, as(s, RoleOwner)...); got["externalShareSocialMedia"] != "true" {
		t.Error("stored switch lost when external sharing went on")
	}
}
