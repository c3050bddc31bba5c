package mockserver

import (
	"strconv"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// largePortal has nearly 10,000 entries: rooms, and one of them with many files and folders.
func largePortal() Portal {
	p := DefaultPortal()
	for i := range 3000 {
		p.Entries = append(p.Entries, Entry{ID: strconv.Itoa(1000 + i), Title: "Room", Type: EntryRoom, CreatedBy: "admin@example.com", Members: []Member{{User: "user@example.com"}}})
		p.Entries = append(p.Entries, Entry{ID: strconv.Itoa(5000 + i), Title: "Folder", Type: EntryFolder, Parent: "room/10"})
		p.Entries = append(p.Entries, Entry{ID: strconv.Itoa(100 + i), Title: "note.txt", Type: EntryFile, Parent: "room/10"})
	}
	for i := range 980 { // one in another
		p.Entries = append(p.Entries, Entry{ID: strconv.Itoa(9001 + i), Title: "Deep", Type: EntryFolder, Parent: "folder/" + strconv.Itoa(9000+i)})
	}
	p.Entries[len(p.Entries)-980].Parent = "room/10"
	p.Links = []Link{{Key: "KEY_FROM_URL", ID: "3fa85f64-5717-4562-b3fc-2c963f66afa6", Entry: "room/10"}}
	return p
}

func BenchmarkRead(b *testing.B) {
	s, err := New(WithPortal(largePortal()))
	if err != nil {
		b.Fatal(err)
	}
	for name, target := range map[string]string{
		"content": "/api/2.0/files/10", "files": "/api/2.0/files/10?startIndex=4500", "folder": "/api/2.0/files/folder/9980", "file": "/api/2.0/files/file/3000",
		"rooms": "/api/2.0/files/rooms", "room": "/api/2.0/files/rooms/10", "deep": "/api/2.0/files/9980",
	} {
		for who, header := range map[string][]string{"visitor": {"Request-Token", "KEY_FROM_URL"}, "member": {"Authorization", "Bearer " + s.Key(RoleUser)}, "owner": {"Authorization", "Bearer " + s.Key(RoleOwner)}} {
			if name == "rooms" && who == "visitor" {
				continue
			}
			b.Run(name+"/"+who, func(b *testing.B) {
				for b.Loop() {
					if w := mocktest.Send(s, "GET", target, "", header...); w.Code != 200 {
						b.Fatal(w.Code, w.Body)
					}
				}
			})
		}
	}
}
