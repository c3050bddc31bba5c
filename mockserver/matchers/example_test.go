package matchers_test

import (
	"fmt"
	"net/http"

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
