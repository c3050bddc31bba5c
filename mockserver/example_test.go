package mockserver_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func put(url, key, body string) *http.Response {
	r, err := http.NewRequest(http.MethodPut, url, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		panic(err)
	}
	return resp
}

// The published page sends displayValue. The real server does not know this name, and switches off.
func ExampleNew() {
	portal, err := mockserver.New(mockserver.WithProfile(mockserver.ProfileV372))
	if err != nil {
		panic(err)
	}
	listener := httptest.NewServer(portal)
	defer listener.Close()

	resp := put(listener.URL+"/api/2.0/files/settings/external", "YOUR_API_KEY", `{"displayValue":true}`)
	defer resp.Body.Close()
	fmt.Println(resp.Status)
	fmt.Println(resp.Header.Get("X-Mock-Hint"))
	fmt.Println("external sharing:", portal.State().Settings.ExternalShare)
	// Output:
	// 200 OK
	// profile documented reads displayValue and set, so it takes this body as true and answers 200
	// external sharing: false
}

// A portal with its own link, in which external sharing is off.
func ExampleWithPortal() {
	settings := mockserver.FreshSettings()
	settings.ExternalShare = false
	portal, err := mockserver.New(mockserver.WithPortal(mockserver.Portal{
		Settings: &settings,
		Links:    []mockserver.Link{{Key: "invoice", Password: "Secret123!"}},
	}))
	if err != nil {
		panic(err)
	}
	listener := httptest.NewServer(portal)
	defer listener.Close()

	resp, err := http.Post(listener.URL+"/api/2.0/files/share/invoice/password?fields=status,title", "application/json", strings.NewReader(`{"password":"Secret123!"}`))
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(strings.Contains(string(body), `{"status":5,"title":"Marketing"}`))
	// Output: true
}

func ExampleServer_Reset() {
	portal, err := mockserver.New()
	if err != nil {
		panic(err)
	}
	if _, err := portal.AddLink(mockserver.Link{Key: "another"}); err != nil {
		panic(err)
	}
	fmt.Println(len(portal.State().Links))
	portal.Reset()
	fmt.Println(len(portal.State().Links))
	// Output:
	// 2
	// 1
}

// The error has the place of the mistake.
func ExampleParsePortal() {
	_, err := mockserver.ParsePortal("portal.yaml", []byte("users:\n  - email: owner@example.com\n    role: boss\n"))
	fmt.Println(err)
	// Output: portal.yaml:3:11: users[0].role: must be one of owner, docSpaceAdmin, roomAdmin, user, guest, not "boss"
}
