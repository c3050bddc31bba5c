package mockserver_test

import (
	"errors"
	"fmt"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// portalAfter makes a portal that has received these calls.
func portalAfter(operations []mockserver.Operation, opts ...mockserver.Option) *mockserver.Server {
	srv, app := portal(opts...)
	for _, operation := range operations {
		body := ""
		if operation != mockserver.GetFilesSettings {
			body = `{"displayValue":true,"password":"Secret123!"}`
		}
		if _, err := call(app, operation, body); err != nil {
			panic(err)
		}
	}
	return srv
}

// The journal has the requests without their secrets.
func ExampleServer_Requests() {
	srv := portalAfter(mockserver.Operations()[:4])
	requests, err := srv.Requests(mockserver.Filter{Method: "PUT"})
	if err != nil {
		panic(err)
	}
	for _, r := range requests {
		fmt.Println(r.Operation, r.Caller, r.Status, r.Body, r.Header.Get("Authorization"))
	}
	// Output:
	// externalShare owner@example.com 200 {"displayValue":true,"password":"***"} ***
	// externalShareSocialMedia owner@example.com 200 {"displayValue":true,"password":"***"} ***
}

func ExampleServer_CountRequests() {
	srv := portalAfter(mockserver.Operations()[:4])
	n, err := srv.CountRequests(mockserver.Filter{Operation: mockserver.ExternalShare, Caller: "owner@example.com"})
	fmt.Println(n, err)
	// Output: 1 <nil>
}

func ExampleServer_LastRequests() {
	srv := portalAfter(mockserver.Operations()[:4])
	for _, r := range srv.LastRequests(2) {
		fmt.Println(r.Sequence, r.Method, r.Path)
	}
	// Output:
	// 3 PUT /api/2.0/files/settings/externalsocialmedia
	// 4 POST /api/2.0/files/share/***/password
}

func ExampleServer_ClearRequests() {
	srv := portalAfter(mockserver.Operations()[:4])
	srv.ClearRequests()
	fmt.Println(len(srv.LastRequests(10)))
	// Output: 0
}

// When the journal has dropped requests that could match, it returns an error and not a wrong number.
func ExampleDroppedError() {
	srv := portalAfter(mockserver.Operations()[:4], mockserver.WithJournal(3))
	_, err := srv.CountRequests(mockserver.Filter{})
	fmt.Println(err)

	var dropped *mockserver.DroppedError
	if errors.As(err, &dropped) {
		fmt.Println(srv.CountRequests(mockserver.Filter{After: dropped.Through}))
	}
	fmt.Println(srv.CountRequests(mockserver.Filter{Operation: mockserver.ExternalShare}))
	// Output:
	// the journal has dropped 1 request which could match, with sequence 1: clear it more often, or make it larger
	// 3 <nil>
	// 1 <nil>
}

func ExampleWithJournal() {
	srv := portalAfter(mockserver.Operations()[:4], mockserver.WithJournal(0))
	_, err := srv.Requests(mockserver.Filter{})
	fmt.Println(err)
	// Output: there is no journal: its size is 0
}

// The fake answers a request that breaks openapi.yaml as the profile does, and reports it. In the mode enforce it refuses the request.
func ExampleWithContract() {
	for _, mode := range mockserver.ContractModes() {
		srv, app := portal(mockserver.WithContract(mode), mockserver.WithProfile(mockserver.ProfileV372))
		resp, err := call(app, mockserver.ExternalShare, `{}`)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s: %d, external sharing %t\n", mode, resp.StatusCode, srv.State().Settings.ExternalShare)
		for _, v := range srv.LastRequests(1)[0].Violations {
			fmt.Println(" ", v)
		}
	}
	// Output:
	// warn: 200, external sharing false
	//   /body: needs set or displayValue, with the same value where both are given
	// enforce: 400, external sharing true
	//   /body: needs set or displayValue, with the same value where both are given
	// off: 200, external sharing false
}
