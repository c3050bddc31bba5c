package client_test

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestNotInForceText(t *testing.T) {
	for _, test := range []struct {
		err  client.NotInForceError
		want string
	}{
		{client.NotInForceError{Operation: "externalShare", Asked: true, InForce: false}, "docspace: externalShare: asked for on, but off is in force"},
		{client.NotInForceError{Operation: "externalShareSocialMedia", Asked: false, InForce: true}, "docspace: externalShareSocialMedia: asked for off, but on is in force"},
		{client.NotInForceError{Operation: "externalShareSocialMedia", Asked: true, InForce: false}, "docspace: externalShareSocialMedia: asked for on, but off is in force; " +
			"sharing to social networks can only be on while external sharing is on"},
		{client.NotInForceError{Operation: "setRoomLink", Properties: "internal title"}, "docspace: setRoomLink: the portal answered with success, but has not taken over internal, title"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}
