package client_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestSwitchNotInForce(t *testing.T) {
	ctx := context.Background()
	for _, asked := range []bool{true, false} {
		for _, inForce := range []string{"true", "false"} {
			portal, _ := serve(t, reply(200, jsonType, envelope(inForce)))
			for operation, set := range map[string]func(context.Context, bool) (bool, error){
				"externalShare": portal.SetExternalShare, "externalShareSocialMedia": portal.SetExternalShareSocialMedia,
			} {
				got, err := set(ctx, asked)
				if got != (inForce == "true") {
					t.Errorf("%s(%v): got %v, want %s", operation, asked, got, inForce)
				}
				if asked == got {
					if err != nil {
						t.Errorf("%s(%v): %v", operation, asked, err)
					}
					continue
				}
				var kept *client.NotInForceError
				if !errors.As(err, &kept) || *kept != (client.NotInForceError{Operation: operation, Asked: asked, InForce: got}) {
					t.Errorf("%s(%v): got error %v", operation, asked, err)
				}
			}
		}
	}
}
