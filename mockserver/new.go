package mockserver

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"
)

// New makes a Server. It fails when an option is not valid, and with a [*PortalError] when the portal has a mistake.
func New(opts ...Option) (*Server, error) {
	o := options{now: time.Now, logger: slog.New(slog.DiscardHandler), changed: func() {}, memory: func() error { return nil }, journal: defaultJournal, contract: ContractWarn, rounds: passwordRounds}
	for _, option := range opts {
		if option == nil {
			return nil, errors.New("mockserver.New: an option is nil")
		}
		if err := option(&o); err != nil {
			return nil, err
		}
	}
	if o.budget == nil {
		o.budget = NewJournalBudget()
	}
	if o.name != "" {
		o.logger = o.logger.With("portal", o.name)
	}
	if o.profile != "" {
		o.portal.Profile = o.profile
	}
	s := &Server{installation: &installation{
		logger: o.logger, now: o.now, newID: uuid.NewString, random: secret(rand.Text()), changed: o.changed, observe: o.observe, memory: o.memory,
		contract: o.contract, budget: o.budget, rounds: o.rounds,
	}}
	portal, err := o.portal.complete(s.newID, s.random)
	if err != nil {
		return nil, err
	}
	s.seed = newState(portal)
	s.journal = newJournal(o.journal, o.budget) // which keeps it until Close, so not before all else has succeeded
	s.current.Store(s.firstEra())
	s.echo = s.routes()
	return s, nil
}
