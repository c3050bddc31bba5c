package mockserver

import (
	"fmt"
	"testing"
)

func TestLinkAccesses(t *testing.T) {
	s := newServer(t, WithPortal(tree())).era().state.Load()
	p := s.profile
	all := "[10 7 5 6 2]"
	for name, want := range map[string]string{
		"room/1": "[7 2]", "room/2": "[]", "room/5": all, "room/6": all, "room/8": "[]", "room/9": "[]",
		"folder/11": "[7 2]", "folder/51": all, "folder/81": all, "folder/71": all,
		"file/11": "[]", "file/12": "[7]", "file/51": "[10 5 6 2]", "file/52": "[10 7 6 2]", "file/82": "[10 7 6 2]", "file/71": "[10 5 6 2]",
	} {
		if got := fmt.Sprint(s.placeOf(s.entries.find(name)).accesses(p)); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	documented, _ := profileByName(ProfileDocumented)
	if got := s.placeOf(s.entries.find("room/1")).accesses(documented); got != nil {
		t.Errorf("a form room in the reference: got %v", got)
	}
	for name, want := range map[string]string{"room/1": "[9 11 7]", "room/6": "[9 11]", "room/5": "[9 11 10 7 5 6 2]", "folder/51": "[]", "file/51": "[]"} {
		if got := fmt.Sprint(s.placeOf(s.entries.find(name)).invitationAccesses()); got != want {
			t.Errorf("invitation to %s: got %s, want %s", name, got, want)
		}
	}
}

func TestMostLinks(t *testing.T) {
	s := newServer(t, WithPortal(tree())).era().state.Load()
	documented, _ := profileByName(ProfileDocumented)
	for name, want := range map[string][4]int{ // primary, primary of the reference, others, invitations
		"room/1": {1, 1, 0, 1}, "room/5": {1, 1, 5, 1}, "room/6": {1, 1, 5, 1},
		"folder/11": {1, 1, 0, 1}, "file/52": {6, 1, 6, 1}, "folder/61": {1, 1, 5, 1}, "file/61": {1, 1, 5, 1}, "folder/81": {6, 1, 6, 1}, "file/71": {6, 1, 6, 1},
	} {
		place, primary := s.placeOf(s.entries.find(name)), &Link{Primary: true}
		got := [4]int{place.mostLinks(s.profile, primary), place.mostLinks(documented, primary), place.mostLinks(s.profile, &Link{}), place.mostLinks(s.profile, &Link{Invitation: true})}
		if got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestFileAccesses(t *testing.T) {
	for title, want := range map[string]string{"a.DOCX": "[10 5 6 2]", "a.xlsx": "[10 6 2]", "a.pdf": "[10 7 6 2]", "a.txt": "[2]", "a": "[2]", ".docx": "[10 5 6 2]", "": "[2]"} {
		if got := fmt.Sprint(fileAccesses(title)); got != want {
			t.Errorf("%q: got %s, want %s", title, got, want)
		}
	}
	if got := formAccesses("a.docx"); got != nil {
		t.Errorf("a text in a form room: got %v", got)
	}
}

// recorded: VL021
func TestLinksInOrder(t *testing.T) {
	id := func(n int) string { return fmt.Sprintf("%08d-0000-4000-8000-000000000000", n) }
	s := newServer(t, WithPortal(tree(func(p *Portal) {
		for i, access := range []int{0, 2, 6, 5, 7, 10} {
			p.Links = append(p.Links, Link{ID: id(9 - i), Entry: "room/5", Access: access, Primary: i == 1})
		}
		p.Links = append(p.Links, Link{ID: id(1), Entry: "room/5", Invitation: true, Access: 9}, Link{ID: id(2), Entry: "room/6", Primary: true})
	}))).era().state.Load()
	room, order := s.entries.find("room/5"), ""
	for _, link := range s.linksOf(room) {
		order += link.ID[7:8]
	}
	if order != "1456789" {
		t.Errorf("got %s", order)
	}
	if got := s.primaryOf(room); got == nil || got.ID != id(8) {
		t.Errorf("got %+v", got)
	}
	if got := s.primaryOf(s.entries.find("room/1")); got != nil {
		t.Errorf("got %+v", got)
	}
}
