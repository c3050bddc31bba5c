package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/mock-docspace/mock-docspace/client"
)

func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := `{"status":4,"tenantId":0,"shared":false}` // the password call: a wrong password
		if r.Method == http.MethodPut {
			answer = "true"
		}
		reply(200, jsonType, envelope(answer))(w, r)
	}))
	defer server.Close()

	portal, err := client.New(server.URL, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	inForce, err := portal.SetExternalShare(ctx, true)
	fmt.Println(inForce, err)

	_, err = portal.ApplyExternalSharePassword(ctx, "KEY_FROM_URL", "Secret123!")
	fmt.Println(errors.Is(err, client.ErrInvalidPassword), err)
	// Output:
	// true <nil>
	// true docspace: applyExternalSharePassword: the password is wrong (status 4)
}

func ExampleNotInForceError() {
	server := httptest.NewServer(reply(200, jsonType, envelope("false")))
	defer server.Close()

	portal, err := client.New(server.URL, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = portal.SetExternalShareSocialMedia(context.Background(), true)
	var kept *client.NotInForceError
	if errors.As(err, &kept) {
		fmt.Println("in force:", kept.InForce)
	}
	// Output: in force: false
}
