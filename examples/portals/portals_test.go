// Package portals_test checks the portal files that are here to be copied.
package portals_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// start serves a portal file.
func start(t *testing.T, file string) (*mockserver.TestServer, mockserver.Portal) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	portal, err := mockserver.ParsePortal(file, text)
	if err != nil {
		t.Fatal(err)
	}
	return mockserver.Start(t, mockserver.WithPortal(portal), mockserver.WithPasswordRounds(1)), portal
}

// signIn signs somebody in with the password of the file.
func signIn(t *testing.T, url string, u mockserver.User) *client.Portal {
	t.Helper()
	portal, err := client.New(url)
	if err != nil {
		t.Fatal(err)
	}
	signedIn, err := portal.SignIn(t.Context(), u.Email, u.Password)
	if err != nil {
		t.Fatalf("%s: %v", u.Email, err)
	}
	return signedIn
}

func TestRoles(t *testing.T) {
	server, file := start(t, "roles.yaml")
	roles := map[mockserver.Role]bool{}
	for _, u := range file.Users {
		if u.Disabled {
			continue
		}
		roles[u.Role] = true
		_, err := signIn(t, server.URL, u).SetExternalShare(t.Context(), true)
		if mayShare := u.Role == mockserver.RoleOwner || u.Role == mockserver.RoleDocSpaceAdmin; (err == nil) != mayShare {
			t.Errorf("%s: %v", u.Role, err)
		}
	}
	if len(roles) != 5 {
		t.Errorf("the roles are %v", roles)
	}
}

// Each kind of room has a file. Its members read the room, a stranger does not, and who made it shares what it takes.
func TestRooms(t *testing.T) {
	takesLinks := map[int]bool{1: false, 2: false, 5: true, 6: true, 8: false, 9: false} // more than the file has
	files, err := filepath.Glob("*-room.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			server, portal := start(t, file)
			room := portal.Entries[0]
			takes, known := takesLinks[room.RoomType]
			if !known {
				t.Fatalf("a second file has room type %d, or nobody knows it", room.RoomType)
			}
			delete(takesLinks, room.RoomType)
			for _, u := range portal.Users {
				signedIn := signIn(t, server.URL, u)
				_, err := signedIn.Room(t.Context(), 10)
				if isStranger := strings.HasPrefix(u.Email, "stranger@"); (err == nil) == isStranger {
					t.Errorf("%s reads the room: %v", u.Email, err)
				}
				_, err = signedIn.SetRoomLink(t.Context(), 10, client.LinkSpec{})
				if made := u.Role == mockserver.RoleRoomAdmin && takes; (err == nil) != made {
					t.Errorf("%s makes a link: %v", u.Email, err)
				}
			}
			visit(t, server.URL, portal)
		})
	}
	if len(takesLinks) > 0 {
		t.Errorf("no file has the room types %v", takesLinks)
	}
}

// visit opens each link of the file as a visitor.
func visit(t *testing.T, url string, file mockserver.Portal) {
	t.Helper()
	portal, err := client.New(url)
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range file.Links {
		var want error
		switch {
		case link.Internal:
			want = client.ErrExternalAccessDenied
		case link.Password != "":
			want = client.ErrPasswordRequired
		}
		if _, err := portal.Visitor().Open(context.Background(), link.Key); !errors.Is(err, want) {
			t.Errorf("link %s: got %v, want %v", link.Key, err, want)
		}
	}
}
