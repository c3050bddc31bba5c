package host

import (
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

// Nothing gets lost between the types of the contract and those of the portal.
func TestViaJSON(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 6000, time.FixedZone("", 3600))
	link := viaJSON[mockserver.Link](control.NewLink{Key: ptr("a/b <&>"), Password: ptr(""), Internal: ptr(true), Expires: &at})
	if link.Key != "a/b <&>" || link.Password != "" || !link.Internal || !link.Expires.Equal(at) || link.ID != "" {
		t.Errorf("got %+v", link)
	}
	shown := viaJSON[control.Link](mockserver.Link{Key: "key", ID: "id", Entry: "10"})
	if shown.Key != "key" || shown.ID != "id" || shown.Entry != "10" || shown.Password != nil || shown.Expires != nil || shown.Internal {
		t.Errorf("got %+v", shown)
	}
	limits := viaJSON[mockserver.PasswordAttempts](map[string]any{"count": 3, "window": "1m30s"})
	if limits != (mockserver.PasswordAttempts{Count: 3, Window: 90 * time.Second}) {
		t.Errorf("got %+v", limits)
	}
}
