package main

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestTheWalk(t *testing.T) {
	for _, profile := range mockserver.ProfileNames() {
		t.Run(profile, func(t *testing.T) {
			var out strings.Builder
			if err := run(t.Context(), &out, profile, func(string) string { return "" }); err != nil {
				t.Fatal(err)
			}
			for _, line := range []string{
				"Without the password: the link needs a password.", `With it: the room "share-a-room `, "   Offer.docx\n",
				"The visitor is out: the link is not valid.", "7. The room is removed.",
			} {
				if !strings.Contains(out.String(), line) {
					t.Errorf("no %q in:\n%s", line, out.String())
				}
			}
		})
	}
}

// On a portal that is given nothing stays: no room, no link and no session.
func TestOnAPortalThatIsGiven(t *testing.T) {
	portal := mockserver.Start(t)
	before := portal.State()
	for name, environment := range map[string]map[string]string{
		"an API key": {"DOCSPACE_API_KEY": portal.OwnerKey},
		"a password": {"DOCSPACE_USER": "admin@example.com", "DOCSPACE_PASSWORD": "Admin-pass-1"},
	} {
		t.Run(name, func(t *testing.T) {
			environment["DOCSPACE_URL"] = portal.URL
			var out strings.Builder
			if err := run(t.Context(), &out, "", func(name string) string { return environment[name] }); err != nil {
				t.Fatal(err)
			}
			after := portal.State()
			if len(after.Entries) != len(before.Entries) || len(after.Links) != len(before.Links) || len(after.Sessions) != 0 {
				t.Errorf("%d entries, %d links, %d sessions", len(after.Entries), len(after.Links), len(after.Sessions))
			}
		})
	}
}

// cancelled ends the context when a line is written.
type cancelled struct {
	strings.Builder
	at     string
	cancel context.CancelFunc
}

func (c *cancelled) Write(p []byte) (int, error) {
	if strings.Contains(string(p), c.at) {
		c.cancel()
	}
	return c.Builder.Write(p)
}

// Whoever interrupts the walk leaves nothing behind either.
func TestInterrupted(t *testing.T) {
	portal := mockserver.Start(t)
	before := portal.State()
	environment := map[string]string{"DOCSPACE_URL": portal.URL, "DOCSPACE_USER": "owner@example.com", "DOCSPACE_PASSWORD": "Owner-pass-1"}
	for _, step := range []string{"2. ", "3. ", "4. ", "5. ", "6. "} {
		ctx, cancel := context.WithCancel(t.Context())
		out := &cancelled{at: step, cancel: cancel}
		if err := run(ctx, out, "", func(name string) string { return environment[name] }); err == nil {
			t.Errorf("no error after %s", step)
		}
		after := portal.State()
		if len(after.Entries) != len(before.Entries) || len(after.Links) != len(before.Links) || len(after.Sessions) != 0 {
			t.Errorf("after %s: %d entries, %d links, %d sessions", step, len(after.Entries), len(after.Links), len(after.Sessions))
		}
	}
}

func TestFails(t *testing.T) {
	portal := mockserver.Start(t)
	for name, environment := range map[string]map[string]string{
		"a key alone":              {"DOCSPACE_API_KEY": "x"},
		"an address alone":         {"DOCSPACE_URL": portal.URL},
		"a wrong password":         {"DOCSPACE_URL": portal.URL, "DOCSPACE_USER": "owner@example.com", "DOCSPACE_PASSWORD": "x"},
		"somebody without a right": {"DOCSPACE_URL": portal.URL, "DOCSPACE_API_KEY": portal.GuestKey},
	} {
		var out strings.Builder
		if err := run(t.Context(), &out, "", func(name string) string { return environment[name] }); err == nil {
			t.Errorf("%s: no error, and this output:\n%s", name, out.String())
		}
	}
	portal.Fault(mockserver.Fault{Operation: mockserver.DeleteRoom, Status: 500})
	environment := map[string]string{"DOCSPACE_URL": portal.URL, "DOCSPACE_API_KEY": portal.OwnerKey}
	err := run(t.Context(), &strings.Builder{}, "", func(name string) string { return environment[name] })
	if err == nil || !strings.Contains(err.Error(), "is not removed") {
		t.Errorf("got %v", err)
	}
}
