package mockserver

import (
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

var linkRecords = records[Link]{
	kind: "link", path: "links", idName: "id", sameID: dotnet.EqualFold,
	list: func(p *Portal) *[]Link { return &p.Links }, id: func(l *Link) *string { return &l.ID },
}

// AddLink adds a link until Reset. The result has the fields that l leaves out: a new ID, a new key, and the portal's first
// entry. The error is a [*PortalError], and nothing changes then.
func (s *Server) AddLink(l Link) (Link, error) {
	return linkRecords.add(s, func(*Portal) Link { return l })
}

// Link returns the link with this ID, in any letter case. The error is a [*NotFoundError].
func (s *Server) Link(id string) (Link, error) { return linkRecords.get(s, id) }

// ChangeLink changes a link until Reset, and returns the changed link. change can set every field except ID, and must not call
// the Server.
//
// change may fail: ChangeLink then returns its error. Other errors are a [*NotFoundError] or a [*PortalError]. Nothing changes
// when there is an error.
func (s *Server) ChangeLink(id string, change func(*Link) error) (Link, error) {
	return linkRecords.change(s, id, change)
}

// RemoveLink removes a link until Reset. The result is false when there is no such link.
func (s *Server) RemoveLink(id string) bool { return linkRecords.remove(s, id) }
