package mockserver_test

import (
	"fmt"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func ExampleServer_ChangeLink() {
	srv, err := mockserver.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	link, err := srv.AddLink(mockserver.Link{Key: "my-link"})
	if err != nil {
		fmt.Println(err)
		return
	}
	link, err = srv.ChangeLink(link.ID, func(l *mockserver.Link) error {
		l.Password, l.Internal = "Secret123!", true
		return nil
	})
	fmt.Println(link.Key, link.Password, link.Internal, err)
	_, err = srv.ChangeLink(link.ID, func(l *mockserver.Link) error {
		l.Key = "KEY_FROM_URL"
		return nil
	})
	fmt.Println(err)
	fmt.Println(srv.RemoveLink(link.ID))
	// Output:
	// my-link Secret123! true <nil>
	// portal: links[1].key: is the same as links[0].key
	// true
}

func ExampleServer_ChangeEntry() {
	srv, err := mockserver.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	entry, err := srv.AddEntry(mockserver.Entry{Title: "Offer.docx", Type: mockserver.EntryFile})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(entry.ID, entry.Section)
	entry, err = srv.ChangeEntry(entry.ID, func(e *mockserver.Entry) error { e.Section = mockserver.SectionTrash; return nil })
	fmt.Println(entry.ID, entry.Section, err)
	// Output:
	// 13 documents
	// 13 trash <nil>
}

func ExampleServer_SaveSnapshot() {
	srv, err := mockserver.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := srv.SaveSnapshot("before"); err != nil {
		fmt.Println(err)
		return
	}
	if err := srv.Replace(mockserver.Portal{Links: []mockserver.Link{}}); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(srv.State().Links))
	fmt.Println(srv.RestoreSnapshot("before"), len(srv.State().Links))
	// Output:
	// 0
	// true 1
}
