package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestLinkSpecAsText(t *testing.T) {
	spec := client.LinkSpec{
		ID: theLink(t), Title: client.Set("Press"), Access: client.Set(client.FileShareEditing), Password: client.Set("PASSSECRET"),
		Expires: client.Set(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)), Internal: client.On(), DenyDownload: client.Off(), Primary: client.On(),
	}
	const want = `id ` + linkID + `, title "Press", access 10, password ***, expirationDate 2027-01-01T00:00:00Z, internal on, denyDownload off, primary on`
	if got := fmt.Sprintf("%v|%+v|%#v", spec, spec, spec); got != want+"|"+want+"|client.LinkSpec{"+want+"}" {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprint(client.LinkSpec{}); got != "" {
		t.Errorf("got %s", got)
	}
}

// bodyOf reads a body that was sent.
func bodyOf(t *testing.T, s sent) map[string]any {
	t.Helper()
	var body map[string]any
	if err := json.Unmarshal([]byte(s.body), &body); err != nil {
		t.Fatalf("%s %s: %q: %v", s.method, s.path, s.body, err)
	}
	return body
}

// A change sends all that the link is, with the fields of the spec in their place.
func TestChangeKeepsTheRest(t *testing.T) {
	const end = "2027-01-01T07:00:00Z"
	was := []string{`"password":"Secret123!"`, `"expirationDate":"2027-01-01T10:00:00.0000000+03:00"`, `"internal":true`, `"denyDownload":true`}
	for name, test := range map[string]struct {
		spec   client.LinkSpec
		answer []string
		access int
		want   map[string]any // nil is not sent
	}{
		"nothing":       {client.LinkSpec{}, nil, 5, map[string]any{}},
		"title":         {client.LinkSpec{Title: client.Set("b")}, []string{`"title":"b"`}, 5, map[string]any{"title": "b"}},
		"no title":      {client.LinkSpec{Title: client.Set("")}, []string{`"title":"Shared link"`}, 5, map[string]any{"title": ""}},
		"access":        {client.LinkSpec{Access: client.Set(client.FileShareRead)}, nil, 2, map[string]any{"access": 2.}},
		"password":      {client.LinkSpec{Password: client.Set("Other123!")}, []string{`"password":"Other123!"`}, 5, map[string]any{"password": "Other123!"}},
		"no password":   {client.LinkSpec{Password: client.Set("")}, []string{`"password":null`}, 5, map[string]any{"password": ""}},
		"end":           {client.LinkSpec{Expires: client.Set(time.Date(2028, 2, 2, 2, 2, 2, 123456789, time.UTC))}, []string{`"expirationDate":"2028-02-02T02:02:02.0000000Z"`}, 5, map[string]any{"expirationDate": "2028-02-02T02:02:02.123456Z"}},
		"no end":        {client.LinkSpec{Expires: client.Set(time.Time{})}, []string{`"expirationDate":null`}, 5, map[string]any{"expirationDate": nil}},
		"not internal":  {client.LinkSpec{Internal: client.Off()}, []string{`"internal":false`}, 5, map[string]any{"internal": false}},
		"with download": {client.LinkSpec{DenyDownload: client.Off()}, []string{`"denyDownload":false`}, 5, map[string]any{"denyDownload": false}},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok("["+linkJSON("00000000-0000-0000-0000-000000000009", 2)+","+linkJSON(linkID, 5, was...)+"]"),
				ok(linkJSON(linkID, test.access, append(slices.Clone(was), test.answer...)...)))
			test.spec.ID = theLink(t)
			link, err := portal.SetRoomLink(context.Background(), 10, test.spec)
			if err != nil || link.ID != test.spec.ID || s.requests() != "GET rooms/10/links, PUT rooms/10/links" || s.sent[0].query != "type=1" {
				t.Fatalf("got %v, %v, sent %s", link, err, s.requests())
			}
			want := map[string]any{
				"linkId": linkID, "access": 5., "expirationDate": end, "internal": true, "title": "a2", "linkType": 1., "password": "Secret123!", "denyDownload": true,
			}
			maps.Copy(want, test.want)
			maps.DeleteFunc(want, func(_ string, value any) bool { return value == nil })
			if body := bodyOf(t, s.sent[1]); !reflect.DeepEqual(body, want) {
				t.Errorf("sent %v, want %v", body, want)
			}
		})
	}
}

// What the portal has not taken over is named, whether it was asked for or to be kept.
func TestLinksNotInForce(t *testing.T) {
	end := client.Set(time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC))
	for name, test := range map[string]struct {
		spec   client.LinkSpec
		answer string
		want   string
	}{
		"all of it": {client.LinkSpec{
			Access: client.Set(client.FileShareEditing), Title: client.Set("b"), Password: client.Set("Other123!"), Expires: end,
			Internal: client.On(), DenyDownload: client.On(), Primary: client.On(),
		}, linkJSON(linkID, 2, `"password":"Secret123!"`), "access title password expirationDate internal denyDownload primary"},
		"another link":       {client.LinkSpec{}, linkJSON("00000000-0000-0000-0000-000000000009", 2, `"password":"Secret123!"`), "id"},
		"made internal":      {client.LinkSpec{Title: client.Set("b")}, linkJSON(linkID, 2, `"password":"Secret123!"`, `"title":"b"`, `"internal":true`), "internal"},
		"the password stays": {client.LinkSpec{Password: client.Set("")}, linkJSON(linkID, 2, `"password":"Secret123!"`), "password"},
		"the end is dropped": {client.LinkSpec{Expires: client.Set(time.Now().AddDate(0, 0, -1))}, linkJSON(linkID, 2, `"password":"Secret123!"`), "expirationDate"},
		"blanks of a title":  {client.LinkSpec{Title: client.Set(" a2 ")}, linkJSON(linkID, 2, `"password":"Secret123!"`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok("["+linkJSON(linkID, 2, `"password":"Secret123!"`)+"]"), ok(test.answer))
			test.spec.ID = theLink(t)
			link, err := portal.SetFolderLink(context.Background(), 7, test.spec)
			if len(s.sent) != 2 || link.Key.Reveal() != "SHARESECRET" {
				t.Errorf("got %v, sent %s", link, s.requests())
			}
			checkNotInForce(t, err, "setFolderPrimaryExternalLink", test.want)
		})
	}
}

// checkNotInForce checks that an error names these properties, or that there is none.
func checkNotInForce(t *testing.T, err error, operation, properties string) {
	t.Helper()
	if properties == "" {
		if err != nil {
			t.Errorf("got error %v", err)
		}
		return
	}
	var kept *client.NotInForceError
	if !errors.As(err, &kept) || *kept != (client.NotInForceError{Operation: operation, Properties: properties}) {
		t.Errorf("got error %v, want %s", err, properties)
		return
	}
	checkSecrets(t, err)
}

func TestLinkSpecRefused(t *testing.T) {
	ctx := context.Background()
	for name, spec := range map[string]client.LinkSpec{
		"no access":       {Access: client.Set(client.FileShare(0))},
		"broken password": {Password: client.Set("PASSSECRET\xff")},
		"broken title":    {Title: client.Set("\xff")},
		"id":              {ID: theLink(t)},
		"primary room":    {Primary: client.On()},
		"not primary":     {Primary: client.Off()},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, status(500))
			var errs []error
			if name != "id" && name != "not primary" {
				_, err := portal.SetRoomLink(ctx, 10, spec)
				errs = append(errs, err)
			}
			if name != "primary room" {
				_, err := portal.CreateFileLink(ctx, 7, spec)
				errs = append(errs, err)
			}
			for _, err := range errs {
				mustBe(t, err, client.ErrInvalidArgument)
				checkErrorSecrets(t, err)
			}
			if len(s.sent) > 0 {
				t.Errorf("sent %s", s.requests())
			}
		})
	}
}

// What no portal can read is not sent.
func TestSpecsThatNoPortalReads(t *testing.T) {
	long := strings.Repeat("\U0001F511", 128) // 256 UTF-16 units
	for name, test := range map[string]struct {
		spec client.LinkSpec
		want string
		kind error
	}{
		"password": {client.LinkSpec{Password: &long}, "docspace: setRoomLink: the portal does not take this password: the password has more than 255 characters", client.ErrPasswordPolicy},
		"year":     {client.LinkSpec{Expires: client.Set(time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC))}, "docspace: setRoomLink: the portal does not take this end of the link: the end of the link is not between the years 0 and 9999", client.ErrExpirationDate},
		"no year":  {client.LinkSpec{Expires: client.Set(time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC))}, "docspace: setRoomLink: the portal does not take this end of the link: the end of the link is not between the years 0 and 9999", client.ErrExpirationDate},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok(linkJSON(linkID, 2)))
			_, err := portal.SetRoomLink(context.Background(), 10, test.spec)
			mustBe(t, err, test.kind, client.ErrInvalidArgument)
			if err.Error() != test.want || len(s.sent) > 0 {
				t.Errorf("got %v, sent %s", err, s.requests())
			}
		})
	}
	last := time.Date(10000, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))
	portal, s := scripted(t, nil, ok(linkJSON(linkID, 2, `"expirationDate":"9999-12-31T23:00:00.0000000Z"`, `"password":"`+long[4:]+`"`)))
	if _, err := portal.SetRoomLink(context.Background(), 10, client.LinkSpec{Expires: &last, Password: client.Set(long[4:])}); err != nil || len(s.sent) != 1 {
		t.Errorf("got %v, sent %s", err, s.requests())
	}
}
