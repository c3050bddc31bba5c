package client_test

import (
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestUpdateErrorText(t *testing.T) {
	cause := errors.New("docspace: externalShare: not allowed (HTTP 403)")
	policy := policyOf(true, false)
	for want, inForce := range map[string]*client.SharingPolicy{
		"docspace: externalShare: not allowed (HTTP 403); it is not known what is in force now":                nil,
		"docspace: externalShare: not allowed (HTTP 403); in force now: external sharing on, social media off": &policy,
	} {
		err := &client.UpdateError{Step: "externalShare", InForce: inForce, Err: cause}
		if err.Error() != want || !errors.Is(err, cause) {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}
