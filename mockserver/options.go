package mockserver

import (
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// Option changes how [New] makes a Server.
type Option func(*options) error

type options struct {
	name     string
	portal   Portal
	profile  string
	now      func() time.Time
	logger   *slog.Logger
	changed  func()
	observe  func(Observation)
	journal  int
	contract ContractMode
}

// WithPortal starts from this portal. What it leaves out is as in [DefaultPortal].
func WithPortal(p Portal) Option {
	return func(o *options) error {
		o.portal = p
		return nil
	}
}

// WithName names the portal in its log lines, as portal.
func WithName(name string) Option {
	return func(o *options) error {
		if name == "" {
			return errors.New("WithName: the name is empty")
		}
		o.name = name
		return nil
	}
}

// WithProfile answers as this profile, whatever the portal says: one of [ProfileNames].
func WithProfile(name string) Option {
	return func(o *options) error {
		if name == "" {
			return fmt.Errorf("WithProfile: no name: use one of %v", ProfileNames())
		}
		o.profile = name
		return nil
	}
}

// WithClock tells the time by this function, from which expiry and limits follow. It must be safe for concurrent use.
func WithClock(now func() time.Time) Option {
	return func(o *options) error {
		if now == nil {
			return errors.New("WithClock: the function is nil")
		}
		o.now = now
		return nil
	}
}

// WithLogger logs each request there, one line each at level Info, with secrets masked; with the hint, the faults, the
// violations of the contract and the trace id where there are any. Left out, nothing is logged.
func WithLogger(logger *slog.Logger) Option {
	return func(o *options) error {
		if logger == nil {
			return errors.New("WithLogger: the logger is nil")
		}
		o.logger = logger
		return nil
	}
}

// WithChanged calls a function after each change of the portal's state, be it by a call, from Go or by Reset. It must
// return at once, and must not change the portal itself.
func WithChanged(changed func()) Option {
	return func(o *options) error {
		if changed == nil {
			return errors.New("WithChanged: the function is nil")
		}
		o.changed = changed
		return nil
	}
}

// WithJournal keeps that many requests, the latest ones; left out it is 1000. 0 keeps none.
func WithJournal(size int) Option {
	return func(o *options) error {
		if size < 0 || size > maxJournal {
			return fmt.Errorf("WithJournal: the size must be between 0 and %d, not %d", maxJournal, size)
		}
		o.journal = size
		return nil
	}
}

// WithContract says what becomes of requests that do not keep to openapi.yaml; left out it is ContractWarn. Who may make a call
// is not looked at: that is what 401 and 403 are for.
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

// WithObserver calls a function after each request. It must return at once, and be safe for concurrent use.
func WithObserver(observe func(Observation)) Option {
	return func(o *options) error {
		if observe == nil {
			return errors.New("WithObserver: the function is nil")
		}
		o.observe = observe
		return nil
	}
}
