package matchers_test

import (
	"fmt"
	"net/http"
	"strings"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
	. "github.com/mock-docspace/mock-docspace/mockserver/matchers"
)

// In a test, srv is mockserver.Start(t), and g.Expect is Ginkgo's Expect or that of NewWithT(t).
func ExampleHaveReceived() {
	srv, err := mockserver.New()
	if err != nil {
		panic(err)
	}
	g := NewGomega(func(message string, _ ...int) { fmt.Println(message) })

	app := http.Client{Transport: srv.Transport()}
	resp, err := app.Get("http://portal" + mockserver.GetFilesSettings.Path())
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()

	g.Expect(srv).To(HaveReceived(mockserver.GetFilesSettings, Times(1), From("")))
	g.Expect(srv).To(HaveReceived(mockserver.GetFilesSettings, WithStatus(http.StatusOK)))
	// Output:
	// Expected the portal to have received getFilesSettings with status 200 at least once, but it has received 0 times.
	// The requests that came nearest:
	//   #1 GET /api/2.0/files/settings from anonymous: 401 (not with status 200)
}

// An app switches external sharing on, and tries again while the portal is down.
func ExampleTimes() {
	srv, err := mockserver.New()
	if err != nil {
		panic(err)
	}
	if _, err := srv.Fault(mockserver.Fault{ID: "down", Status: http.StatusServiceUnavailable, Times: 2}); err != nil {
		panic(err)
	}
	app := http.Client{Transport: srv.Transport()}
	for status := 0; status != http.StatusOK; {
		r, err := http.NewRequest(http.MethodPut, "http://portal"+mockserver.ExternalShare.Path(), strings.NewReader(`{"displayValue":true,"set":true}`))
		if err != nil {
			panic(err)
		}
		r.Header.Set("Authorization", "Bearer YOUR_API_KEY")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("User-Agent", "app/1.0")
		resp, err := app.Do(r)
		if err != nil {
			panic(err)
		}
		resp.Body.Close()
		status = resp.StatusCode
	}

	const put = mockserver.ExternalShare
	g := NewGomega(func(message string, _ ...int) { fmt.Println(message) })
	g.Expect(srv).To(HaveReceived(put, Times(3), From("owner@example.com")))
	g.Expect(srv).To(HaveReceived(put, AtLeast(1), WithStatus(http.StatusOK)))
	g.Expect(srv).To(HaveReceived(put, AtMost(2), WithFault("down")))
	g.Expect(srv).To(HaveReceived(put, WithHeader("User-Agent", HavePrefix("app/"))))
	g.Expect(srv).To(HaveReceived(put, WithBody(MatchJSON(`{"set":true,"displayValue":true}`))))
	g.Expect(srv).NotTo(HaveReceived(mockserver.ApplyExternalSharePassword))
	fmt.Println("all as expected")
	// Output: all as expected
}
