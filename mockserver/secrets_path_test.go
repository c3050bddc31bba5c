package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The short form of a link is s/KEY.
func TestShortLinksAreMasked(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	for target, want := range map[string]string{
		"/s/abc123": "/s/***", "/S/abc123/": "/S/***/", "//s/abc123": "/s/***", "/s%2Fabc123": "/***", "/s": "/s", "/sabc123/x": "/sabc123/x", "/s/abc123/x": "/s/***/***",
	} {
		log.Reset()
		mocktest.Send(s, "GET", target, "")
		if got := s.LastRequests(1)[0].Path; got != want || !strings.Contains(log.String(), `"path":"`+want+`"`) {
			t.Errorf("%s: got %s, want %s, in %s", target, got, want, log)
		}
	}
}
