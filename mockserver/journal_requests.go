package mockserver

// Requests are the requests that match, oldest first. The error is a [*DroppedError], a [*FilterError] or
// [ErrNoJournal].
func (s *Server) Requests(f Filter) ([]Request, error) {
	var found []Request
	err := s.journal.each(f, func(e *entry) { found = append(found, e.request()) })
	return found, err
}

// CountRequests is how many requests match. The error is a [*DroppedError], a [*FilterError] or
// [ErrNoJournal].
func (s *Server) CountRequests(f Filter) (int, error) {
	n := 0
	err := s.journal.each(f, func(*entry) { n++ })
	return n, err
}

// LastMatching are the latest requests that match and are still there, at most n, oldest first: what was dropped is no matter.
// The error is [ErrNoJournal] or a [*FilterError].
func (s *Server) LastMatching(f Filter, n int) ([]Request, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	return s.journal.last(f, n)
}

// LastRequests are the latest requests, at most n, oldest first; none without a journal.
func (s *Server) LastRequests(n int) []Request {
	requests, _ := s.LastMatching(Filter{}, n) // the one error is that there is no journal
	return requests
}

// ClearRequests forgets all requests, also those that are still under way.
func (s *Server) ClearRequests() { s.journal.clear() }

// JournalSize is how many requests the journal holds, and how many it has dropped since it was last cleared.
func (s *Server) JournalSize() (held int, dropped uint64) {
	return s.journal.counts()
}
