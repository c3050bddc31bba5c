package mockserver

import (
	"sync"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// Meaningful under -race: readers take the portal as it is, and never half of a change.
func TestConcurrentReadersAndWriters(t *testing.T) {
	s := newServer(t)
	owner := as(s, RoleOwner)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			for j := range 25 {
				switch i {
				case 0:
					mocktest.Send(s, "PUT", mocktest.ExternalPath, []string{`{"set":true}`, `{"set":false}`}[j%2], owner...)
				case 1:
					if _, err := s.AddLink(Link{}); err != nil {
						t.Error(err)
					}
				case 2:
					mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL"), passwordBody("Another-one1"), owner...)
					s.Reset()
				default:
					got := settingsOf(t, s, owner...)
					if got["externalShare"] == "false" && got["externalShareSocialMedia"] == "true" {
						t.Error("half of a change was seen")
					}
					s.State()
				}
			}
		})
	}
	wg.Wait()
}
