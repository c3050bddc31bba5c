package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The paths beside the API are answered in the same way to any method, and nothing that only looks like them is.
func TestProbes(t *testing.T) {
	const badRequest = `{"error":{"message":"Bad request.","type":"ASC.Common.Web.HttpException","stack":"   at ASC.Web.Files.FileHandlerService.…","hresult":-2146233088},"status":1,"statusCode":500}`
	for _, test := range []struct {
		method, path string
		status       int
		body, kept   string // kept is Cache-Control
	}{
		{"GET", "/liveness", 200, "Healthy", "no-store, no-cache"},
		{"DELETE", "/Liveness/", 200, "Healthy", "no-store, no-cache"},
		{"GET", "/liveness/x", 404, "", ""},
		{"GET", "/x/liveness", 404, "", ""},
		{"GET", "/health", 404, "", ""},
		{"GET", "/filehandler.ashx", 500, badRequest, "no-cache,no-store"},
		{"PUT", "/products/files/httphandlers/FileHandler.ashx?action=", 500, badRequest, "no-cache,no-store"},
		{"GET", "/filehandler.ashx?action=view", 404, "", ""},
		{"GET", "/filehandler.ashx/x", 404, "", ""},
		{"PUT", "/api/2.0/files/filehandler.ashx", 405, "", ""},
	} {
		w := mocktest.Send(newServer(t, WithProfile(ProfileV372)), test.method, test.path, "")
		if w.Code != test.status || w.Body.String() != test.body || w.Header().Get("Cache-Control") != test.kept {
			t.Errorf("%s %s: got %d %q, Cache-Control %q", test.method, test.path, w.Code, w.Body, w.Header().Get("Cache-Control"))
		}
	}
}
