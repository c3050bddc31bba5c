package mockserver

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// boundLink reads a body of the call.
func boundLink(operation Operation, body string) (linkRequest, error) {
	c := callWithBody(body)
	c.route.facts, c.state = factsOf[operation], &state{profile: profiles[1]}
	err := bindLink(c)
	if c.link == nil {
		return linkRequest{}, err
	}
	return *c.link, err
}

func TestBindLink(t *testing.T) {
	const id = "3fa85f64-5717-4562-b3fc-2c963f66afa6"
	for _, test := range []struct {
		operation Operation
		body      string
		want      linkRequest
	}{
		{SetRoomLink, `{}`, linkRequest{}},
		{SetRoomLink, `{"LINKID":"3FA85F64-5717-4562-B3FC-2C963F66AFA6","Access":2,"lınkType":1}`, linkRequest{linkID: id, access: 2}},
		{SetRoomLink, `{"linkId":"00000000-0000-0000-0000-000000000000","linkType":1}`, linkRequest{linkType: 1}},
		{SetRoomLink, `{"password":" p w ","primary":"x"}`, linkRequest{password: "p w"}},
		{SetFileExternalLink, `{"password":" p w ","primary":true,"linkType":"x","maxUseCount":9999}`, linkRequest{password: " p w ", primary: true}},
		{SetFolderPrimaryExternalLink, `{"password":" pw "}`, linkRequest{password: "pw"}},
		{CreateFolderPrimaryExternalLink, `{"password":" pw "}`, linkRequest{password: " pw "}},
		{SetFileExternalLink, `{"title":"a","title":null,"internal":true,"internal":false,"denyDownload":true}`, linkRequest{internalSaid: true, denyDownload: true}},
		{SetFileExternalLink, `{"expirationDate":"2030-01-02T03:04:05+01:00"}`, linkRequest{expires: time.Date(2030, 1, 2, 2, 4, 5, 0, time.UTC)}},
		{SetFileExternalLink, `{"expirationDate":"tomorrow"}`, linkRequest{}},
		{SetFileExternalLink, `{"expirationDate":null}`, linkRequest{}},
		{SetRoomLink, `{"maxUseCount":"1000","currentUseCount":"-3"}`, linkRequest{maxUses: 1000}},
		{SetRoomLink, `{"maxUseCount":0,"maxUseCount":null}`, linkRequest{}},
		{SetRoomLink, `{"title":"` + strings.Repeat("😀", 127) + `"}`, linkRequest{title: strings.Repeat("😀", 127)}},
	} {
		if got, err := boundLink(test.operation, test.body); err != nil || got != test.want {
			t.Errorf("%s %s: got %+v, %v", test.operation, test.body, got, err)
		}
	}
}

func TestBindWrongLink(t *testing.T) {
	for _, test := range []struct {
		operation          Operation
		body, key, message string
	}{
		{SetRoomLink, `{"linkId":null}`, "$.linkId", "System.Guid"},
		{SetRoomLink, `{"linkId":"{3fa85f64-5717-4562-b3fc-2c963f66afa6}"}`, "$.linkId", "System.Guid"},
		{SetRoomLink, `{"access":[]}`, "$.access", "read too much or not enough"},
		{SetRoomLink, `{"expirationDate":7}`, "$.expirationDate", "ASC.Api.Core.ApiDateTime"},
		{SetRoomLink, `{"internal":null}`, "$.internal", "System.Boolean"},
		{SetRoomLink, `{"denyDownload":"true"}`, "$.denyDownload", "System.Boolean"},
		{SetFileExternalLink, `{"primary":1}`, "$.primary", "System.Boolean"},
		{SetRoomLink, `{"title":7}`, "$.title", "System.String"},
		{SetRoomLink, `{"linkType":"External"}`, "$.linkType", "LinkType"},
		{SetRoomLink, `{"maxUseCount":true}`, "$.maxUseCount", "System.Nullable"},
		{SetRoomLink, `{"currentUseCount":null}`, "$.currentUseCount", "System.Int32"},
		{SetRoomLink, `{"maxUseCount":1001}`, "RoomLink.MaxUseCount", "between 1 and 1000"},
		{SetFileExternalLink, `{"title":"` + strings.Repeat("x", 256) + `"}`, "File.Title", "maximum length of 255"},
		{SetFolderPrimaryExternalLink, `{"password":"` + strings.Repeat("😀", 128) + `"}`, "FolderLink.Password", "maximum length of 255"},
		{SetRoomLink, `{"title":"` + strings.Repeat("x", 256) + `","internal":7}`, "$.internal", "System.Boolean"}, // types before rules
		{SetRoomLink, `[]`, "$", "RoomLinkRequest"},
	} {
		got, err := boundLink(test.operation, test.body)
		var bad *dotnet.BodyError
		if !errors.As(err, &bad) || got != (linkRequest{}) || bad.Key != test.key || !strings.Contains(bad.Message, test.message) {
			t.Errorf("%s %.60s: got %+v, %#v", test.operation, test.body, got, bad)
		}
	}
}

// recorded: VL017, VL019, VL189 to VL191
func TestReadAccess(t *testing.T) {
	for given, want := range map[string]int{
		`2`: 2, `-7`: -7, `"2"`: 2, `"Read"`: 2, `"ContentCreator"`: 11, `"read"`: 0, `"nonsense"`: 0, `true`: 0, `null`: 0, `2.5`: 0, `99999999999`: 0,
	} {
		if got, err := boundLink(SetRoomLink, `{"access":`+given+`}`); err != nil || got.access != want {
			t.Errorf("%s: got %d, %v", given, got.access, err)
		}
	}
}
