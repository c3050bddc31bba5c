package mockserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// One server with a portal for each test.
func ExampleHost() {
	main, err := mockserver.New()
	if err != nil {
		fmt.Println(err)
		return
	}
	host, err := mockserver.NewHost(main, mockserver.WithPortalLimit(10))
	if err != nil {
		fmt.Println(err)
		return
	}
	mine, err := host.AddPortal("mine", mockserver.Portal{Profile: mockserver.ProfileV372})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(host)
	defer server.Close()
	for _, path := range []string{"/portals/mine", "", "/portals/yours"} {
		resp, err := http.Get(server.URL + path + "/api/2.0/files/settings")
		if err != nil {
			fmt.Println(err)
			return
		}
		resp.Body.Close()
		fmt.Println(resp.StatusCode)
	}
	fmt.Println(host.Portals(), len(mine.LastRequests(10)), host.RemovePortal("mine"))
	// Output:
	// 200
	// 401
	// 404
	// [mine] 1 true
}

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
	link, err = srv.ChangeLink(link.ID, func(l *mockserver.Link) { l.Password, l.Internal = "Secret123!", true })
	fmt.Println(link.Key, link.Password, link.Internal, err)
	_, err = srv.ChangeLink(link.ID, func(l *mockserver.Link) { l.Key = "KEY_FROM_URL" })
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
	entry, err = srv.ChangeEntry(entry.ID, func(e *mockserver.Entry) { e.Section = mockserver.SectionTrash })
	fmt.Println(entry.ID, entry.Section, err)
	// Output:
	// 11 documents
	// 11 trash <nil>
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
