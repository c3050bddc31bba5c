package client_test

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestLinkErrorText(t *testing.T) {
	err := &client.LinkError{Status: client.ExternalShareStatusInvalidPassword, Share: &client.ExternalShare{}}
	if got, want := err.Error(), "docspace: applyExternalSharePassword: the password is wrong (status 4)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	err.Operation = "getExternalShareData"
	if got, want := err.Error(), "docspace: getExternalShareData: the password is wrong (status 4)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
