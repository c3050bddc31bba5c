package mockserver

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// NotFoundError means that the portal has no such user, API key, entry or link.
type NotFoundError struct {
	Kind string // user, API key, entry or link
	ID   string // "" for an API key, because a key is secret

	instead string // says what else the ID names
}

func (e *NotFoundError) Error() string {
	if e.ID == "" {
		return "there is no such " + e.Kind
	}
	if e.instead != "" {
		return e.instead
	}
	return fmt.Sprintf("no %s has the id %.60q", e.Kind, e.ID)
}

// records describes one of the four lists of a portal: users, API keys, entries or links.
type records[T any] struct {
	kind   string // of one item, for errors
	path   string // of the list in the portal
	idName string // "id" or "key"
	list   func(*Portal) *[]T
	id     func(*T) *string
	sameID func(a, b string) bool

	// named finds an item by a name, -1 when there is none; instead says what else has the name. nil finds items by their IDs.
	named func(p *Portal, name string) (index int, instead string)

	// These change the rest of the portal after an item was changed or removed. nil changes nothing.
	changed func(p *Portal, before, after T)
	removed func(p *Portal, gone T)
}

func sameExactly(a, b string) bool { return a == b }

// index finds an item. The error is a [*NotFoundError].
func (r records[T]) index(p *Portal, id string) (int, error) {
	list := *r.list(p)
	missing := &NotFoundError{Kind: r.kind, ID: id}
	if r.idName == "key" {
		missing.ID = ""
	}
	var i int
	if r.named == nil {
		i = slices.IndexFunc(list, func(item T) bool { return r.sameID(*r.id(&item), id) })
	} else {
		i, missing.instead = r.named(p, id)
	}
	if i < 0 {
		return i, missing
	}
	return i, nil
}

func (r records[T]) get(s *Server, id string) (item T, err error) {
	p := s.State()
	i, err := r.index(&p, id)
	if err != nil {
		return item, err
	}
	return (*r.list(&p))[i], nil
}

// add adds the item that prepare makes. prepare sees the portal before the change.
func (r records[T]) add(s *Server, prepare func(p *Portal) T) (added T, err error) {
	p, err := s.edit(func(p *Portal) error {
		list := r.list(p)
		if n := p.records() + 1; n > maxRecords {
			return &PortalError{Path: r.path, Message: tooManyRecords(n)}
		}
		*list = append(*list, prepare(p))
		return nil
	})
	if err != nil {
		return added, err
	}
	list := *r.list(&p)
	return list[len(list)-1], nil
}

// change changes one item. Simultaneous changes wait for each other.
func (r records[T]) change(s *Server, id string, change func(*T) error) (changed T, err error) {
	var i int
	p, err := s.edit(func(p *Portal) error {
		if i, err = r.index(p, id); err != nil {
			return err
		}
		item := &(*r.list(p))[i]
		before := *item
		if err := change(item); err != nil {
			return err
		}
		if now, was := *r.id(item), *r.id(&before); !r.sameID(now, was) {
			return &PortalError{Path: fmt.Sprintf("%s[%d].%s", r.path, i, r.idName), Message: "cannot be changed: add another, and remove this one"}
		}
		if r.changed != nil {
			r.changed(p, before, *item)
		}
		return nil
	})
	if err != nil {
		return changed, r.errorAboutChanged(err, i)
	}
	return (*r.list(&p))[i], nil
}

// errorAboutChanged corrects the path of an error about two equal values. The check names the later one in the list, but the
// caller changed one item and wants to see that one.
func (r records[T]) errorAboutChanged(err error, changed int) error {
	var mistake *PortalError
	own := fmt.Sprintf("%s[%d].", r.path, changed)
	if errors.As(err, &mistake) && strings.HasPrefix(mistake.same, own) && !strings.HasPrefix(mistake.Path, own) {
		return &PortalError{Path: mistake.same, Message: "is the same as " + mistake.Path, same: mistake.Path}
	}
	return err
}

func (r records[T]) remove(s *Server, id string) bool {
	_, err := s.edit(func(p *Portal) error {
		i, err := r.index(p, id)
		if err != nil {
			return err
		}
		list := r.list(p)
		gone := (*list)[i]
		*list = slices.Delete(*list, i, i+1)
		if r.removed != nil {
			r.removed(p, gone)
		}
		return nil
	})
	return err == nil
}
