package mockserver

// Requests returns the requests that match, oldest first. The error is a [*DroppedError], a [*FilterError] or [ErrNoJournal].
func (s *Server) Requests(f Filter) ([]Request, error) {
	var found []Request
	err := s.journal.each(f, func(e *journalEntry) { found = append(found, e.request()) })
	return found, err
}

// CountRequests counts the requests that match. The error is a [*DroppedError], a [*FilterError] or [ErrNoJournal].
func (s *Server) CountRequests(f Filter) (int, error) {
	n := 0
	err := s.journal.each(f, func(*journalEntry) { n++ })
	return n, err
}

// LastMatching returns the latest n requests that match, oldest first. It ignores requests that the journal has dropped, so
// there can be fewer. The error is [ErrNoJournal] or a [*FilterError].
func (s *Server) LastMatching(f Filter, n int) ([]Request, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return s.journal.last(f, n)
}

// LastRequests returns the latest n requests, oldest first. There can be fewer. Without a journal there are none.
func (s *Server) LastRequests(n int) []Request {
	requests, _ := s.LastMatching(Filter{}, n) // the only possible error is ErrNoJournal
	return requests
}

// ClearRequests empties the journal. Requests that are not answered yet are not recorded either.
func (s *Server) ClearRequests() {
	s.writing.Lock()
	defer s.writing.Unlock()
	if running := s.era().sinceReset; running == s.current.Load().sinceReset {
		running.journal.Store(s.journal.clear())
	}
}

// JournalSize returns the number of requests in the journal, and the number that it has dropped since it was last cleared.
func (s *Server) JournalSize() (held int, dropped uint64) {
	return s.journal.counts()
}
