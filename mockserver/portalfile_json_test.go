package mockserver

import (
	"errors"
	"testing"
	"time"
)

func TestPortalFileInJSON(t *testing.T) {
	p, err := ParsePortal("portal.json", []byte("\xef\xbb\xbf{\"users\": [{\"email\": \"\\ud83d\\ude00@example.com\", \"role\": \"owner\", \"tokens\": [\"0123\"]}],\n"+
		"\"tenantId\": 7.0, \"links\": [{\"key\": \"a\\/b\", \"expires\": \"2030-01-01T00:00:00Z\", \"password\": \"\"}],\n"+
		"\"settings\": {\"externalShare\": false}, \"limits\": {\"passwordAttempts\": {\"window\": \"2m0s\"}}}"))
	if err != nil {
		t.Fatal(err)
	}
	if u := p.Users[0]; u.Email != "😀@example.com" || u.Tokens[0] != "0123" {
		t.Errorf("got %+v", u)
	}
	if l := p.Links[0]; l.Key != "a/b" || l.Expires.Year() != 2030 {
		t.Errorf("got %+v", l)
	}
	if p.TenantID != 7 || p.Settings.ExternalShare || !p.Settings.EnableThirdParty || p.Limits.PasswordAttempts.Window != 2*time.Minute {
		t.Errorf("got %+v", p)
	}
}

func TestMistakesInJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"users":[{"email":"a","role":"owner"},{"email":"b","role":"boss"}]}`: `f:1:60: users[1].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not "boss"`,
		"{\n  \"userz\": []}":                 `f:2:3: unknown key "userz": use profile, tenantId, users, apiKeys, entries, links, settings, limits`,
		`{"tenantId":1,"tenantId":2}`:         `f:1:15: tenantId: stands there twice`,
		`{"tenantId":1.5}`:                    `f:1:13: tenantId: expected a whole number, 1 or more`,
		`{"tenantId":0}`:                      `f:1:13: tenantId: expected a whole number, 1 or more`,
		`{"links":[{"key":"😀\ud800"}]}`:       `f:1:18: links[0].key: has half a surrogate pair`,
		`{"links":null}`:                      `f:1:10: links: expected a list; [] is none`,
		`"text"`:                              `f:1:1: the file: expected a mapping`,
		`{"links":[{"key":"a"},{"key":"a"}]}`: `f:1:30: links[1].key: is the same as links[0].key`,
	} {
		_, err := ParsePortal("f", []byte(text))
		var mistake *FileError
		if !errors.As(err, &mistake) || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}
