package mockserver

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestWarningsOfAPortalFile(t *testing.T) {
	const owner = "{email: o@example.com, role: owner}"
	for text, want := range map[string][]string{
		"":                                  nil,
		"users: [" + owner + "]\nlinks: []": nil,
		"users:\n  - {email: u@example.com, role: user}\n": {
			"2:3: users: nobody is the owner: a portal has one, whose keys --api-key and mock-docspace env are about",
		},
		"users: []\nlinks: []\napiKeys: []\nentries: []": {
			"1:8: users: nobody is the owner: a portal has one, whose keys --api-key and mock-docspace env are about",
		},
		"users:\n  - {email: u@example.com, role: user}\n  - " + owner + "\n  - email: p@example.com\n    role: owner\nlinks: []": {
			"5:11: users[2].role: a second owner: a portal has one, and users[1] is the owner already",
		},
		"users:\n  - {email: owner, role: owner}\n  - {email: a@b, role: user}\n  - {email: a@@b, role: user}\n  - {email: Ann <ann@example.com>, role: user}\n  - {email: jürgen@example.com, role: guest}": {
			`2:13: users[0].email: "owner" is no e-mail address, and every user of a portal has one`,
			`4:13: users[2].email: "a@@b" is no e-mail address, and every user of a portal has one`,
			`5:13: users[3].email: "Ann <ann@example.com>" is no e-mail address, and every user of a portal has one`,
		},
		"settings: {externalShare: false}":                                     nil,
		"settings: {externalShareSocialMedia: true}":                           nil,
		"settings:\n  externalShare: false\n  externalShareSocialMedia: false": nil,
		"settings:\n  externalShare: false\n  externalShareSocialMedia: true": {
			"3:29: settings.externalShareSocialMedia: has no effect while externalShare is false, and a portal switches both off together",
		},
		"entries: []": nil,
		"links:\n  - {key: x, entry: \"99\"}": {
			`2:21: links[0].entry: there is no entry "99": the link is answered as Invalid, like the link of a deleted entry`,
		},
		"apiKeys:\n  - {key: sk-1, user: owner@example.com, permissions: [\"files:read\", filesread]}": {
			`2:70: apiKeys[0].permissions[1]: "filesread" does not look like a permission, and allows none of the four calls: use * or one such as files:read`,
		},
	} {
		name := filepath.Join(t.TempDir(), "p.yaml")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := CheckPortalFile(name)
		var got []string
		for _, w := range file.Warnings {
			got = append(got, w.Error()[len(name)+1:])
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s\ngot  %q, %v\nwant %q", text, got, err, want)
		}
	}
}
