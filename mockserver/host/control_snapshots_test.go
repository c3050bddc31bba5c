package host

import (
	"fmt"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func controlsSnapshots(s *controlClient) {
	main := s.host.Main()
	saved, err := s.SaveSnapshotWithResponse(s.Context(), "before")
	status(s, 200, saved, err)
	main.Reset() // leaves snapshots alone
	main.RemoveLink(mocktest.LinkID)
	list, err := s.ListSnapshotsWithResponse(s.Context())
	status(s, 200, list, err)
	if len(*list.JSON200) != 1 || (*list.JSON200)[0].Name != "before" {
		s.Errorf("got %+v", list.JSON200)
	}
	restored, err := s.RestoreSnapshotWithResponse(s.Context(), "before")
	status(s, 204, restored, err)
	if _, err := main.Link(mocktest.LinkID); err != nil {
		s.Error("the link is not back:", err)
	}
	deleted, err := s.DeleteSnapshotWithResponse(s.Context(), "before")
	status(s, 204, deleted, err)
	s.refused(404, http.MethodDelete, "/__mock/snapshots/before", "")
	s.refused(404, http.MethodPost, "/__mock/snapshots/before/restore", "")
	s.refused(400, http.MethodPut, "/__mock/snapshots/-", "")
	for i := range mockserver.MaxSnapshots {
		status(s, 200, must(s.SaveSnapshotWithResponse(s.Context(), fmt.Sprint("s", i))), nil)
	}
	status(s, 200, must(s.SaveSnapshotWithResponse(s.Context(), "s7")), nil)
	status(s, 409, must(s.SaveSnapshotWithResponse(s.Context(), "more")), nil)
}
