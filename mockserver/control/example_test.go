package control_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// serve starts a fake, as the program mock-docspace does.
func serve() (*httptest.Server, *control.ClientWithResponses) {
	h, err := host.New()
	if err != nil {
		panic(err)
	}
	server := httptest.NewServer(h)
	client, err := control.NewClientWithResponses(server.URL)
	if err != nil {
		panic(err)
	}
	return server, client
}

// A test adds a portal of its own. It moves the clock of that portal until a link expires.
func ExampleClientWithResponses_AddPortalWithResponse() {
	server, process := serve()
	defer server.Close()
	ctx := context.Background()

	name := "mine"
	made, err := process.AddPortalWithResponse(ctx, control.NewPortal{Name: &name})
	if err != nil || made.JSON201 == nil {
		fmt.Println("no portal:", err, made)
		return
	}
	mine, err := control.NewClientWithResponses(made.JSON201.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	at := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	frozen, err := mine.FreezeClockWithResponse(ctx, control.FreezeClock{At: &at})
	if err != nil {
		fmt.Println(err)
		return
	}
	key, password := "my-link", "Secret123!"
	link, err := mine.AddLinkWithResponse(ctx, control.NewLink{Key: &key, Password: &password})
	if err != nil {
		fmt.Println(err)
		return
	}
	changed, err := mine.ChangeLinkWithResponse(ctx, link.JSON201.ID, control.LinkPatch{"password": nil, "expires": at.Add(time.Minute)})
	if err != nil {
		fmt.Println(err)
		return
	}
	advanced, err := mine.AdvanceClockWithResponse(ctx, control.AdvanceClock{By: "61s"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(frozen.JSON200.Now, advanced.JSON200.Now)
	fmt.Println(changed.JSON200.Key, changed.JSON200.Password == nil, changed.JSON200.Expires)
	// Output:
	// 2030-01-01 00:00:00 +0000 UTC 2030-01-01 00:01:01 +0000 UTC
	// my-link true 2030-01-01 00:01:00 +0000 UTC
}

// The answer to a wrong request says what is wrong.
func ExampleClientWithResponses_AddFaultWithResponse() {
	server, client := serve()
	defer server.Close()

	times, status := 2, 503
	fault, err := client.AddFaultWithResponse(context.Background(), control.NewFault{Times: &times, Status: &status})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fault.JSON201.Kind, fault.JSON201.Times, fault.JSON201.UsedUp)

	status = 200
	fault, err = client.AddFaultWithResponse(context.Background(), control.NewFault{Status: &status})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fault.StatusCode(), fault.JSON400.Message)
	// Output:
	// status 2 false
	// 400 status: must be from 400 to 599
}
