package mockserver

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// NotFoundError says that the portal has no such user, API key, entry or link.
type NotFoundError struct {
	Kind string // such as link
	ID   string // "" for an API key, which is a secret
}

func (e *NotFoundError) Error() string {
	if e.ID == "" {
		return "there is no such " + e.Kind
	}
	return fmt.Sprintf("no %s has the id %.60q", e.Kind, e.ID)
}

// record is a kind of thing that a portal has a list of.
type record[T any] struct {
	kind   string // in errors
	path   string // of the list
	idName string
	list   func(*Portal) *[]T
	id     func(*T) *string
	same   func(a, b string) bool // compares ids

	// What else becomes of the portal when one is changed or removed; nil is nothing.
	changed func(p *Portal, before, after T)
	removed func(p *Portal, gone T)
}

func sameExactly(a, b string) bool { return a == b }

var (
	userRecord = record[User]{
		kind: "user", path: "users", idName: "id", same: dotnet.EqualFold,
		list: func(p *Portal) *[]User { return &p.Users }, id: func(u *User) *string { return &u.ID },
		changed: (*Portal).renameUser, removed: (*Portal).forgetUser,
	}
	apiKeyRecord = record[APIKey]{
		kind: "API key", path: "apiKeys", idName: "key", same: sameExactly,
		list: func(p *Portal) *[]APIKey { return &p.APIKeys }, id: func(k *APIKey) *string { return &k.Key },
	}
	entryRecord = record[Entry]{
		kind: "entry", path: "entries", idName: "id", same: sameExactly,
		list: func(p *Portal) *[]Entry { return &p.Entries }, id: func(e *Entry) *string { return &e.ID },
	}
	linkRecord = record[Link]{
		kind: "link", path: "links", idName: "id", same: dotnet.EqualFold,
		list: func(p *Portal) *[]Link { return &p.Links }, id: func(l *Link) *string { return &l.ID },
	}
)

func (r record[T]) notFound(id string) error {
	if r.idName == "key" {
		id = ""
	}
	return &NotFoundError{Kind: r.kind, ID: id}
}

func (r record[T]) index(p *Portal, id string) int {
	list := *r.list(p)
	return slices.IndexFunc(list, func(item T) bool { return r.same(*r.id(&item), id) })
}

func (r record[T]) get(s *Server, id string) (item T, err error) {
	p := s.State()
	i := r.index(&p, id)
	if i < 0 {
		return item, r.notFound(id)
	}
	return (*r.list(&p))[i], nil
}

// maxRecords is how long a list can grow by adding to it: each change costs the more the longer it is.
const maxRecords = 10_000

// add adds what prepare makes for the portal as it is.
func (r record[T]) add(s *Server, prepare func(p *Portal) T) (added T, err error) {
	p, err := s.edit(func(p *Portal) error {
		list := r.list(p)
		if len(*list) >= maxRecords {
			return &PortalError{Path: r.path, Message: fmt.Sprintf("there are %d already, which is as many as there may be: remove some", len(*list))}
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

// change changes one. Changes that are made at the same time are made one after the other.
func (r record[T]) change(s *Server, id string, change func(*T) error) (changed T, err error) {
	var i int
	p, err := s.edit(func(p *Portal) error {
		if i = r.index(p, id); i < 0 {
			return r.notFound(id)
		}
		item := &(*r.list(p))[i]
		before := *item
		if err := change(item); err != nil {
			return err
		}
		if now, was := *r.id(item), *r.id(&before); !r.same(now, was) {
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

// errorAboutChanged makes an error about two equal values name the value that was changed, not the later one in the list.
func (r record[T]) errorAboutChanged(err error, changed int) error {
	var mistake *PortalError
	own := fmt.Sprintf("%s[%d].", r.path, changed)
	if errors.As(err, &mistake) && strings.HasPrefix(mistake.same, own) && !strings.HasPrefix(mistake.Path, own) {
		return &PortalError{Path: mistake.same, Message: "is the same as " + mistake.Path, same: mistake.Path}
	}
	return err
}

func (r record[T]) remove(s *Server, id string) bool {
	_, err := s.edit(func(p *Portal) error {
		i := r.index(p, id)
		if i < 0 {
			return r.notFound(id)
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
