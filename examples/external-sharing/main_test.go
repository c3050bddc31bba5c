package main

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestFourSteps(t *testing.T) {
	for profile, last := range map[string]string{
		mockserver.ProfileDocumented: "A visitor is asked for the password.",
		mockserver.ProfileV372:       "A visitor gets in without a password",
	} {
		t.Run(profile, func(t *testing.T) {
			var out strings.Builder
			if err := run(t.Context(), &out, profile, func(string) string { return "" }); err != nil {
				t.Fatal(err)
			}
			for _, line := range []string{
				"In force: external sharing off, social media off.",
				"In force: external sharing on.",
				"In force: social media on.",
				`The link is open, and leads to "Marketing".`,
				last,
			} {
				if !strings.Contains(out.String(), line) {
					t.Errorf("no %q in:\n%s", line, out.String())
				}
			}
		})
	}
}

func TestOnAPortalThatIsGiven(t *testing.T) {
	portal := mockserver.Start(t)
	link := portal.AddLink(mockserver.Link{Password: "Secret123!"})
	environment := map[string]string{"DOCSPACE_URL": portal.URL, "DOCSPACE_API_KEY": portal.AdminKey}
	getenv := func(name string) string { return environment[name] }

	var out strings.Builder
	if err := run(t.Context(), &out, "", getenv); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "Left out") {
		t.Errorf("the last step is not left out without a link:\n%s", out.String())
	}

	environment["DOCSPACE_SHARE_KEY"], environment["DOCSPACE_SHARE_PASSWORD"] = link.Key, "Secret123!"
	if err := run(t.Context(), &out, "", getenv); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "A visitor is asked for the password.") {
		t.Errorf("the last step did not run:\n%s", out.String())
	}
}

func TestWithAPassword(t *testing.T) {
	portal := mockserver.Start(t)
	environment := map[string]string{"DOCSPACE_URL": portal.URL, "DOCSPACE_USER": "admin@example.com", "DOCSPACE_PASSWORD": "Admin-pass-1"}
	var out strings.Builder
	if err := run(t.Context(), &out, "", func(name string) string { return environment[name] }); err != nil {
		t.Fatal(err)
	}
	if sessions := portal.State().Sessions; len(sessions) != 0 {
		t.Errorf("%d sessions are left", len(sessions))
	}
}

func TestFailsWhenAStepDoesNotHold(t *testing.T) {
	portal := mockserver.Start(t)
	for name, environment := range map[string]map[string]string{
		"a key alone":        {"DOCSPACE_API_KEY": "x"},
		"an address alone":   {"DOCSPACE_URL": portal.URL},
		"a key with no role": {"DOCSPACE_URL": portal.URL, "DOCSPACE_API_KEY": portal.GuestKey},
		"a link that is not": {"DOCSPACE_URL": portal.URL, "DOCSPACE_API_KEY": portal.OwnerKey, "DOCSPACE_SHARE_KEY": "nope", "DOCSPACE_SHARE_PASSWORD": "x"},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			if err := run(t.Context(), &out, "", func(name string) string { return environment[name] }); err == nil {
				t.Errorf("no error, and this output:\n%s", out.String())
			}
		})
	}
}
