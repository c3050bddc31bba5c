package client_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client"
)

const linkID = "3fa746b8-1fb7-4401-b55c-02d04a4bdd4d"

// theLink is linkID as an id.
func theLink(t testing.TB) types.UUID {
	t.Helper()
	var id types.UUID
	if err := id.UnmarshalText([]byte(linkID)); err != nil {
		t.Fatal(err)
	}
	return id
}

// linkJSON is a link as the server answers it (recorded: VL006), with other properties of the link, such as `"password":"x"`.
func linkJSON(id string, access int, more ...string) string {
	shown := fmt.Sprintf(`{"id":%q,"title":"a2","shareLink":"http://portal/s/SHARESECRETshort","linkType":1,"denyDownload":false,"isExpired":false,`+
		`"primary":false,"internal":false,"requestToken":"SHARESECRET"`, id)
	for _, property := range more {
		shown += "," + property // the last one of a name counts
	}
	return fmt.Sprintf(`{"access":%d,"sharedTo":%s},"sharedLink":%s},"isLocked":false,"isOwner":false,"canEditAccess":false,"canEditInternal":true,`+
		`"canEditDenyDownload":true,"canEditExpirationDate":true,"canRevoke":false,"subjectType":1}`, access, shown, shown)
}

func TestLinkOfAnswer(t *testing.T) {
	portal, _ := scripted(t, nil, ok(linkJSON(linkID, 10, `"password":"PASSSECRET"`, `"expirationDate":"2027-01-01T10:00:00.0000000+03:00"`, `"internal":true`,
		`"denyDownload":true`, `"primary":true`, `"isExpired":true`)))
	link, err := portal.RoomLink(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	if link.Key.Reveal() != "SHARESECRET" || link.ShareLink.Reveal() != "http://portal/s/SHARESECRETshort" || link.Password.Reveal() != "PASSSECRET" {
		t.Errorf("got the key %q, the address %q, the password %q", link.Key.Reveal(), link.ShareLink.Reveal(), link.Password.Reveal())
	}
	if !link.Expires.Equal(time.Date(2027, 1, 1, 7, 0, 0, 0, time.UTC)) {
		t.Errorf("got the end %v", link.Expires)
	}
	link.Key, link.ShareLink, link.Password, link.Expires = client.Secret{}, client.Secret{}, client.Secret{}, time.Time{}
	want := client.Link{
		ID: theLink(t), Title: "a2", Access: client.FileShareEditing, Internal: true, DenyDownload: true, Primary: true, Expired: true,
		CanEditInternal: true, CanEditDenyDownload: true, CanEditExpirationDate: true,
	}
	if got := fmt.Sprintf("%+v", link); got != fmt.Sprintf("%+v", want) {
		t.Errorf("got %s", got)
	}
}

// A link that could not be changed later is no link.
func TestMalformedLinks(t *testing.T) {
	for response, want := range map[string]string{
		`{}`:           "property response.sharedLink is missing",
		`{"access":2}`: "property response.sharedLink is missing",
		`{"access":2,"sharedLink":{"title":"a"}}`:                                       "property response.sharedLink.id is missing",
		`{"sharedLink":{"id":"` + linkID + `"}}`:                                        "property response.access is missing",
		`{"access":2,"sharedLink":{"id":"zzz"}}`:                                        "a property has an unreadable value",
		`{"access":2,"sharedLink":{"id":"` + linkID + `","password":7}}`:                "expected a string, got number",
		`{"access":2,"sharedLink":{"id":"` + linkID + `","expirationDate":"tomorrow"}}`: "a property has an unreadable value",
	} {
		portal, _ := scripted(t, nil, ok(response))
		link, err := portal.FileLink(context.Background(), 7)
		mustBe(t, err, client.ErrMalformedResponse)
		if link.Access != 0 || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, %v", response, link, err)
		}
	}
	portal, _ := scripted(t, nil, ok(`{"access":2,"sharedTo":{"id":"`+linkID+`"}}`)) // the name of older servers
	if link, err := portal.FileLink(context.Background(), 7); err != nil || link.ID != theLink(t) || !link.Key.IsZero() || !link.Expires.IsZero() {
		t.Errorf("got %v, %v", link, err)
	}
}

func TestLinksKeepSecrets(t *testing.T) {
	portal, _ := scripted(t, nil, ok(linkJSON(linkID, 2, `"password":"PASSSECRET"`)))
	link, err := portal.RoomLink(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	checkSecrets(t, link)
	checkSecrets(t, &link)
	checkSecrets(t, []client.Link{link})
	checkSecrets(t, struct{ hidden client.Link }{link})
	spec := client.LinkSpec{Title: client.Set("a"), Password: client.Set("PASSSECRET")}
	checkSecrets(t, spec)
	checkSecrets(t, &spec)
	checkSecrets(t, struct{ hidden client.LinkSpec }{spec})
}

// A link that is not there can be logged too.
func TestNoLinkInLogs(t *testing.T) {
	for _, value := range []any{(*client.Link)(nil), (*client.LinkSpec)(nil), client.Link{}, client.LinkSpec{}} {
		var logged bytes.Buffer
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "value", value)
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "value", value)
		if text := strings.ToLower(logged.String()); strings.Contains(text, "panic") || strings.Contains(text, "nil pointer") {
			t.Errorf("%T: %s", value, text)
		}
	}
}
