package mockserver_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// portal makes a portal, and a client that needs no listener.
func portal(opts ...mockserver.Option) (*mockserver.Server, *http.Client) {
	srv, err := mockserver.New(opts...)
	if err != nil {
		panic(err)
	}
	return srv, &http.Client{Transport: srv.Transport()}
}

// call makes one of the calls as the owner.
func call(app *http.Client, operation mockserver.Operation, body string, headers ...string) (*http.Response, error) {
	r, err := http.NewRequest(operation.Method(), "http://portal"+strings.Replace(operation.Path(), "{key}", "KEY_FROM_URL", 1), strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := app.Do(r)
	if err == nil {
		resp.Body.Close()
	}
	return resp, err
}

// The portal is down for two requests, and then it works again.
func ExampleServer_Fault() {
	srv, app := portal()
	_, err := srv.Fault(mockserver.Fault{Operation: mockserver.ExternalShare, Status: 503, RetryAfter: 5 * time.Second, Times: 2})
	if err != nil {
		panic(err)
	}
	for range 3 {
		resp, err := call(app, mockserver.ExternalShare, `{"set":true}`)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%d %q\n", resp.StatusCode, resp.Header.Get("Retry-After"))
	}
	fmt.Println("used up:", srv.Faults()[0].UsedUp)
	// Output:
	// 503 "5"
	// 503 "5"
	// 200 ""
	// used up: true
}

// About half of all requests lose their connection. These are the same requests in each run.
func ExampleFault_probability() {
	srv, app := portal()
	if _, err := srv.Fault(mockserver.Fault{Kind: mockserver.FaultReset, Probability: 0.5, Seed: 7}); err != nil {
		panic(err)
	}
	lost := 0
	for range 100 {
		if _, err := call(app, mockserver.GetFilesSettings, ""); errors.Is(err, syscall.ECONNRESET) {
			lost++
		}
	}
	fmt.Println(lost == srv.Faults()[0].Applied, lost > 30, lost < 70)
	// Output: true true true
}

// Each of the tests that share a portal sends the ID of its own fault, and no other fault is applied to it.
func ExampleFault_header() {
	srv, app := portal()
	if _, err := srv.Fault(mockserver.Fault{ID: "test-17", Kind: mockserver.FaultProxy, Header: true}); err != nil {
		panic(err)
	}
	for _, id := range []string{"test-16", "test-17"} {
		resp, err := call(app, mockserver.GetFilesSettings, "", "X-Mock-Fault", id)
		if err != nil {
			panic(err)
		}
		fmt.Println(resp.Status)
	}
	// Output:
	// 200 OK
	// 502 Bad Gateway
}

func ExampleServer_Faults() {
	srv, app := portal()
	if _, err := srv.Fault(mockserver.Fault{ID: "slow", Delay: time.Millisecond, Times: 5}); err != nil {
		panic(err)
	}
	if _, err := call(app, mockserver.GetFilesSettings, ""); err != nil {
		panic(err)
	}
	for _, f := range srv.Faults() {
		fmt.Println(f.ID, f.Kind, f.Applied, "of", f.Times)
	}
	fmt.Println(srv.RemoveFault("slow"), len(srv.Faults()))
	// Output:
	// slow delay 1 of 5
	// true 0
}

func ExampleServer_RemoveFault() {
	srv, app := portal()
	if _, err := srv.Fault(mockserver.Fault{ID: "down", Status: 500}); err != nil {
		panic(err)
	}
	srv.RemoveFault("down")
	resp, err := call(app, mockserver.GetFilesSettings, "")
	if err != nil {
		panic(err)
	}
	fmt.Println(resp.StatusCode)
	// Output: 200
}

func ExampleServer_ClearFaults() {
	srv, _ := portal()
	for _, kind := range mockserver.FaultKinds() {
		if kind == mockserver.FaultStatus || kind == mockserver.FaultDelay {
			continue // these two kinds need more fields
		}
		if _, err := srv.Fault(mockserver.Fault{Kind: kind}); err != nil {
			panic(err)
		}
	}
	fmt.Println(len(srv.Faults()))
	srv.ClearFaults()
	fmt.Println(len(srv.Faults()))
	// Output:
	// 8
	// 0
}

// A closed portal refuses new faults.
func ExampleServer_Close() {
	srv, _ := portal()
	srv.Close()
	_, err := srv.Fault(mockserver.Fault{Kind: mockserver.FaultHang})
	fmt.Println(err)
	// Output: fault: portal: is closed, and takes no more faults
}

func ExampleFaultError() {
	srv, _ := portal()
	_, err := srv.Fault(mockserver.Fault{Status: 200})
	var mistake *mockserver.FaultError
	fmt.Println(errors.As(err, &mistake), mistake.Path)
	fmt.Println(err)
	// Output:
	// true status
	// fault: status: must be between 400 and 599, not 200
}

// A test without a listener. A hanging request ends when the client gives up.
func ExampleServer_Transport() {
	srv, err := mockserver.New()
	if err != nil {
		panic(err)
	}
	app := http.Client{Transport: srv.Transport()}
	resp, err := app.Get("https://any.example/api/2.0/files/settings")
	if err != nil {
		panic(err)
	}
	resp.Body.Close()
	fmt.Println(resp.Status)

	if _, err := srv.Fault(mockserver.Fault{Kind: mockserver.FaultHang, Times: 1}); err != nil {
		panic(err)
	}
	app.Timeout = 10 * time.Millisecond
	_, err = app.Get("https://any.example/api/2.0/files/settings")
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	app.Timeout = 0

	if _, err := srv.Fault(mockserver.Fault{Kind: mockserver.FaultTruncated, Times: 1}); err != nil {
		panic(err)
	}
	resp, err = app.Get("https://any.example/api/2.0/files/settings")
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	_, err = io.ReadAll(resp.Body)
	fmt.Println(err)
	// Output:
	// 401 Unauthorized
	// true
	// unexpected EOF
}
