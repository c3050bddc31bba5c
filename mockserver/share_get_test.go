package mockserver

import (
	"strconv"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// recorded: VE185, VE201
func TestInnerEntry(t *testing.T) {
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		p.Links = []Link{{Key: "room", Entry: "room/5", Password: rightPW}, {Key: "folder", Entry: "folder/51"}, {Key: "file", Entry: "file/51"}, {Key: "gone", Entry: "99"}}
	})))
	for _, test := range []struct{ key, query, want string }{
		{"room", "", ""},
		{"room", "?fileId=51", "51 Text.docx 2"},
		{"room", "?FILEID=52", "52 Form.pdf 2"},
		{"room", "?folderId=51", "51 Folder 1"},
		{"room", "?folderId=5", "5 Room 1"}, // the entry of the link itself
		{"room", "?fileId=51&folderId=51", "51 Text.docx 2"},
		{"room", "?fileId=&folderId=51", "51 Folder 1"},
		{"room", "?fileId=71", ""}, // elsewhere
		{"room", "?fileId=99", ""},
		{"folder", "?fileId=51", "51 Text.docx 2"},
		{"folder", "?folderId=5", ""}, // above
		{"file", "?fileId=51", ""},    // a file has nothing inside
		{"gone", "?fileId=51", ""},
	} {
		got := share(t, mocktest.Send(s, "GET", sharePath(test.key)+test.query, ""))
		shown := ""
		if got.EntityID != nil {
			shown = *got.EntityID + " " + *got.EntityTitle + " " + strconv.Itoa(int(*got.EntityType))
		}
		if shown != test.want {
			t.Errorf("%s%s: got %q, want %q", test.key, test.query, shown, test.want)
		}
	}
	if w := mocktest.Send(s, "GET", sharePath("room")+"?fileId=x", ""); w.Code != 404 {
		t.Errorf("a file of a third party: got %d %s", w.Code, w.Body)
	}
}

// The call tells what the password call tells without a password. It counts nothing, and remembers who has opened a link.
func TestGetExternalShareData(t *testing.T) {
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		p.Limits.PasswordAttempts.Count = 1
		p.Links = []Link{{Key: "room", Entry: "room/5"}, {Key: "protected", Entry: "room/5", Password: rightPW}}
		p.Users = append(p.Users, User{Email: "stranger@example.com", Role: RoleUser, Tokens: []string{"stranger"}})
	})))
	for range 3 {
		if got := share(t, mocktest.Send(s, "GET", sharePath("protected"), "")); got.Status != required {
			t.Errorf("got %+v", got)
		}
	}
	w := mocktest.Send(s, "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(rightPW))
	if got := share(t, w); got.Status != ok {
		t.Fatalf("got %+v", got)
	}
	cookie := ""
	for _, c := range w.Result().Cookies() {
		cookie += c.Name + "=" + c.Value + "; "
	}
	w = mocktest.Send(s, "GET", sharePath("protected"), "", "Cookie", cookie)
	if got := share(t, w); got.Status != ok || len(w.Result().Cookies()) != 0 {
		t.Errorf("with cookies: got %+v, %v", got, w.Result().Cookies())
	}
	for i, want := range []struct {
		key    string
		status any
	}{{"protected", required}, {"room", ok}, {"protected", ok}} {
		if got := share(t, mocktest.Send(s, "GET", sharePath(want.key), "", "Authorization", "stranger")); got.Status != want.status {
			t.Errorf("step %d: got %+v", i, got)
		}
	}
}
