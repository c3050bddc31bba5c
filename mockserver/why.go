package mockserver

import (
	"fmt"
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/claims"
)

// Explanation says why a request got its answer.
type Explanation struct {
	Request  Request
	Claims   []Claim         // that decided the answer, in the order in which they did
	Notes    []string        // sentences about what decided it besides claims, or instead of them
	Profiles []ProfileAnswer // one for each profile, in the order of [ProfileNames]
}

// Claim is one claim of EVIDENCE.md.
type Claim struct {
	Number   string // such as A104
	Claim    string
	Unsure   string   // the part that is only the best reading; "" is none
	Profiles []string // in which it holds
	Evidence string   // observed, executed, source, reference or ours
	Citation string   // of the evidence
}

// ProfileAnswer is what a profile would have done with a request.
type ProfileAnswer struct {
	Profile string
	Own     bool    // it is the profile that the portal had
	Does    string  // such as "answers status 2 here"; "" is the same as the portal did
	Claims  []Claim // that it follows there, as far as they are noted
}

// Why explains the answer to a request by its sequence, which is in the header X-Mock-Sequence of the answer. The error is [ErrNoJournal],
// or a [*NotFoundError] when the journal does not have the request.
func (s *Server) Why(sequence uint64) (Explanation, error) {
	e, err := s.journal.find(sequence)
	if err != nil {
		return Explanation{}, err
	}
	why := Explanation{Request: e.request(), Claims: claimsByNumber(e.claims), Notes: e.notes()}
	for _, p := range profiles {
		answer := ProfileAnswer{Profile: p.name, Own: p == e.profile}
		for _, other := range e.elsewhere {
			if other.profile == p {
				answer.Does, answer.Claims = other.does, claimsByNumber(other.claims)
			}
		}
		why.Profiles = append(why.Profiles, answer)
	}
	return why, nil
}

// notes are the sentences of the explanation.
func (e *journalEntry) notes() []string {
	var notes []string
	if e.remark != "" {
		notes = append(notes, e.remark)
	}
	if e.noted {
		notes = append(notes, "Hint: "+e.hint)
	}
	switch {
	case e.status == 0 && e.remark == "":
		notes = append(notes, "There is no answer yet, or there was none.")
	case e.claims.count == 0 && e.remark == "":
		notes = append(notes, "No claim is written down for this answer.")
	}
	return notes
}

func claimsByNumber(list claimList) []Claim {
	var found []Claim
	for _, number := range list.texts() {
		if claim, ok := claims.Find(number); ok {
			found = append(found, Claim(claim))
		}
	}
	return found
}

// find is a copy of the entry with a sequence.
func (j *journal) find(sequence uint64) (journalEntry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	missing := &NotFoundError{Kind: "request", ID: strconv.FormatUint(sequence, 10)}
	switch {
	case j.size == 0:
		return journalEntry{}, ErrNoJournal
	case sequence == 0:
		missing.instead = "there is no request 0: requests are counted from 1"
	case j.sequence == 0:
		missing.instead = fmt.Sprintf("there is no request %d: requests are counted from 1, and there was none yet", sequence)
	case sequence > j.sequence:
		missing.instead = fmt.Sprintf("there is no request %d yet: the last one is %d", sequence, j.sequence)
	case sequence < j.oldest():
		missing.instead = fmt.Sprintf("the journal does not have the request %d any more: it keeps at most %d requests, and was perhaps emptied", sequence, j.size)
	default:
		e := *j.at(sequence)
		e.header = append([]string(nil), e.header...) // begin writes to it
		return e, nil
	}
	return journalEntry{}, missing
}
