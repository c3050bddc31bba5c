package host_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// One server with a portal for each test.
func ExampleHost() {
	h, err := host.New(host.WithPortalLimit(10))
	if err != nil {
		fmt.Println(err)
		return
	}
	mine, err := h.AddPortal("mine", mockserver.Portal{Profile: mockserver.ProfileV372})
	if err != nil {
		fmt.Println(err)
		return
	}
	server := httptest.NewServer(h)
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
	fmt.Println(h.Portals(), len(mine.LastRequests(10)), h.RemovePortal("mine"))
	// Output:
	// 200
	// 401
	// 404
	// [mine] 1 true
}
