package client_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestLinkOutcomes(t *testing.T) {
	for status, class := range []error{
		nil, client.ErrLinkNotFound, client.ErrLinkExpired, client.ErrPasswordRequired, client.ErrInvalidPassword,
		client.ErrExternalAccessDenied, client.ErrUnknownStatus, client.ErrUnknownStatus,
	} {
		portal, _ := serve(t, reply(200, jsonType, envelope(fmt.Sprintf(
			`{"status":%d,"id":"10","title":"Marketing","type":9,"tenantId":1,"isRoom":true,"shared":false,
			"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa6","isAuthenticated":true,"isRoomMember":false,"new":1}`, status))))
		share, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
		if share == nil || int(share.Status) != status || *share.Title != "Marketing" || *share.Type != 9 || !share.IsAuthenticated ||
			share.LinkID.String() != "3fa85f64-5717-4562-b3fc-2c963f66afa6" {
			t.Fatalf("status %d: got share %+v", status, share)
		}
		if class == nil {
			if err != nil {
				t.Errorf("status 0: %v", err)
			}
			continue
		}
		mustBe(t, err, class)
		var link *client.LinkError
		if !errors.As(err, &link) || int(link.Status) != status || link.Share != share {
			t.Errorf("status %d: got %#v", status, err)
		}
	}
}

func TestMalformedShares(t *testing.T) {
	for response, want := range map[string]string{
		`{}`:                            "property response.status is missing",
		`{"status":null}`:               "property response.status is missing",
		`{"tenantId":1,"shared":true}`:  "property response.status is missing",
		`{"status":"Ok"}`:               "property response.status: expected a whole number, got string",
		`{"status":0,"linkId":"x"}`:     "a property has an unreadable value",
		`{"status":0,"shared":8765432}`: "shared: expected true or false, got number",
	} {
		portal, _ := serve(t, reply(200, jsonType, envelope(response)))
		share, err := portal.ApplyExternalSharePassword(context.Background(), "KEY", "pw-1")
		mustBe(t, err, client.ErrMalformedResponse)
		if share != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %q", response, share, err)
		}
	}
}

// A share prints what the portal has told, in place of addresses in memory.
func TestShareAsText(t *testing.T) {
	portal, _ := scripted(t, nil, ok(`{"status":0,"id":"10","title":"Marketing","type":1,"tenantId":1,"entityId":"7","entityTitle":"Plan.docx","entityType":2,`+
		`"isRoom":true,"shared":true,"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa6","isAuthenticated":true,"isRoomMember":true,"new":"SHARESECRET"}`), ok(`{"status":1}`))
	share, err := portal.Visitor().Open(context.Background(), "KEY")
	if err != nil {
		t.Fatal(err)
	}
	const want = `status 0, id "10", title "Marketing", type 1, entityId "7", entityTitle "Plan.docx", entityType 2, ` +
		`linkId 3fa85f64-5717-4562-b3fc-2c963f66afa6, isRoom, shared, isAuthenticated, isRoomMember, 1 more`
	if got := fmt.Sprintf("%v|%+v|%s|%#v", share, share, *share, share); got != want+"|"+want+"|"+want+"|client.ExternalShare{"+want+"}" {
		t.Errorf("got %s", got)
	}
	share.Extra = nil
	checkSecrets(t, share)
	share, _ = portal.Visitor().Open(context.Background(), "KEY")
	if got := fmt.Sprint(share); got != "status 1" {
		t.Errorf("got %s", got)
	}
}
