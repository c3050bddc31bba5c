package mockserver

// AddLink adds a link, until Reset, and answers what was left out. The error is a [*PortalError].
func (s *Server) AddLink(l Link) (Link, error) {
	return linkRecord.add(s, func(*Portal) Link { return l })
}

// Link is the link with this id. The error is a [*NotFoundError].
func (s *Server) Link(id string) (Link, error) { return linkRecord.get(s, id) }

// ChangeLink changes everything but the id of a link, until Reset, and answers the link. change must not call the Server. The
// error is a [*NotFoundError] or a [*PortalError], and changes nothing.
func (s *Server) ChangeLink(id string, change func(*Link) error) (Link, error) {
	return linkRecord.change(s, id, change)
}

// RemoveLink removes a link, until Reset, and says whether there was one.
func (s *Server) RemoveLink(id string) bool { return linkRecord.remove(s, id) }
