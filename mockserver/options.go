package mockserver

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Option is an option of [New] and [Start].
type Option func(*options) error

type options struct {
	name     string
	portal   Portal
	profile  string
	now      func() time.Time
	logger   *slog.Logger
	changed  func()
	observe  func(Observation)
	memory   func() error
	journal  int
	budget   *JournalBudget
	contract ContractMode
	rounds   int
}

// WithPortal starts with this portal. Fields that it leaves out have the values of [DefaultPortal].
func WithPortal(p Portal) Option {
	return func(o *options) error {
		o.portal = p
		return nil
	}
}

// WithName adds the attribute portal to each log line, with this name. The name must not be empty.
func WithName(name string) Option {
	return func(o *options) error {
		if name == "" {
			return errors.New("WithName: the name is empty")
		}
		o.name = name
		return nil
	}
}

// WithProfile sets the profile, which must be one of [ProfileNames]. It wins over the profile of the portal.
func WithProfile(name string) Option {
	return func(o *options) error {
		if name == "" {
			return fmt.Errorf("WithProfile: %w", unknownProfile(name))
		}
		o.profile = name
		return nil
	}
}

// WithClock sets the function from which the portal's [Clock] takes the time. Without this option it is [time.Now]. The
// function must be safe for concurrent use.
func WithClock(now func() time.Time) Option {
	return func(o *options) error {
		if now == nil {
			return errors.New("WithClock: the function is nil")
		}
		o.now = now
		return nil
	}
}

// WithLogger logs each request in one line at level Info. The line has the method, the path, the status, the caller and the
// duration. It also has the hint, the faults, the violations of openapi.yaml and the trace ID, if there are any. Secrets are
// masked. Without this option nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return func(o *options) error {
		if logger == nil {
			return errors.New("WithLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithChanged sets a function that is called after each change of the portal: by one of the four calls, by a method of
// Server, or by Reset. The function must return at once, and must not change the portal.
func WithChanged(changed func()) Option {
	return func(o *options) error {
		if changed == nil {
			return errors.New("WithChanged: the function is nil")
		}
		o.changed = changed
		return nil
	}
}

// WithJournal sets how many requests the journal keeps, from 0 to 1,000,000. It keeps the latest ones. Without this option it
// keeps 1000. With 0 there is no journal. A [JournalBudget] bounds its bytes.
func WithJournal(size int) Option {
	return func(o *options) error {
		if size < 0 || size > maxJournal {
			return fmt.Errorf("WithJournal: the size must be between 0 and %d, not %d", maxJournal, size)
		}
		o.journal = size
		return nil
	}
}

// WithJournalBudget makes the journal share a budget with others. Without this option it has one of its own.
func WithJournalBudget(budget *JournalBudget) Option {
	return func(o *options) error {
		if budget == nil {
			return errors.New("WithJournalBudget: the budget is nil")
		}
		o.budget = budget
		return nil
	}
}

// WithContract says how the fake treats requests that break openapi.yaml. Without this option it is [ContractWarn]. Missing
// credentials and missing rights do not count here: the answers 401 and 403 report these.
func WithContract(mode ContractMode) Option {
	return func(o *options) error {
		for _, known := range ContractModes() {
			if mode == known {
				o.contract = mode
				return nil
			}
		}
		return fmt.Errorf("WithContract: unknown mode %.60q: use one of %v", mode, ContractModes())
	}
}

// WithPasswordRounds sets how often a password is hashed when somebody signs in, from 1 to 100,000. Without this option it is 100,000, as
// on a portal, which takes about a tenth of a second. Tests that sign in often can do with 1. A passwordHash then has this many rounds too, and
// answers have a hint that says so.
func WithPasswordRounds(rounds int) Option {
	return func(o *options) error {
		if rounds < 1 || rounds > passwordRounds {
			return fmt.Errorf("WithPasswordRounds: the number must be between 1 and %d, not %d", passwordRounds, rounds)
		}
		o.rounds = rounds
		return nil
	}
}

// WithMemoryCheck sets a function that is called once before a call of DocSpace makes a room or a link. When it fails, the call is refused with
// 403 and the error. It must be safe for concurrent use, and must not use the portal.
func WithMemoryCheck(check func() error) Option {
	return func(o *options) error {
		if check == nil {
			return errors.New("WithMemoryCheck: the function is nil")
		}
		o.memory = check
		return nil
	}
}

// WithObserver sets a function that is called after each request. It must return at once, and must be safe for concurrent use.
func WithObserver(observe func(Observation)) Option {
	return func(o *options) error {
		if observe == nil {
			return errors.New("WithObserver: the function is nil")
		}
		o.observe = observe
		return nil
	}
}
