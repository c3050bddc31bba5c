package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// A room that is named to the suite has no links before. So all links that are in it later are those of the suite, also when the answer
// to a call was lost, and all are removed. The links in its own rooms are removed with these.

// listedLink is a link that a room has.
type listedLink struct {
	SharedLink struct {
		ID, RequestToken string
		LinkType         int
	}
	text []byte // of the whole answer about it
}

// UnmarshalJSON keeps the text too.
func (l *listedLink) UnmarshalJSON(text []byte) error {
	l.text = bytes.Clone(text)
	return json.Unmarshal(text, &struct{ SharedLink any }{&l.SharedLink})
}

// roomLinks lists the links of a room.
func (p *portal) roomLinks(ctx context.Context, room string) ([]listedLink, answer, error) {
	a, err := p.ask(ctx, request{path: "files/rooms/" + room + "/links", key: p.key})
	if err != nil || a.StatusCode != http.StatusOK {
		return nil, a, err
	}
	var list struct{ Response []listedLink }
	if err := json.Unmarshal(a.body, &list); err != nil || list.Response == nil {
		return nil, a, errors.New("GET files/rooms/{id}/links has no list")
	}
	return list.Response, a, nil
}

// errMayNotLink marks the error of a room in which the key makes no link.
var errMayNotLink = errors.New("the key may not make a link")

// useRoom uses a room without links for those of the run. It makes one there to see whether the key may, and removes it.
func (p *portal) useRoom(ctx context.Context, room string) error {
	settings, err := p.ask(ctx, request{path: "files/settings?fields=defaultShareLinkInternal", key: p.key})
	if err != nil {
		return p.noAnswer(err)
	}
	internal, _ := settings.find("response", "defaultShareLinkInternal")
	p.internalLinks = internal == true
	p.room = room
	a, err := p.ask(ctx, request{method: http.MethodPut, path: "files/rooms/" + room + "/links", key: p.key, body: `{"linkType":1,"access":2,"title":"` + programName + `"}`})
	switch {
	case err != nil:
		return p.noAnswer(err)
	case a.StatusCode == http.StatusForbidden:
		return fmt.Errorf("%w in room %s: 403", errMayNotLink, room)
	}
	return p.removeLinks(ctx)
}

// removeLinks removes all links of the room. The error says why some are left.
func (p *portal) removeLinks(ctx context.Context) error {
	if p.room == "" {
		return nil
	}
	path, problem := "files/rooms/"+p.room+"/links", error(nil)
	for range 3 {
		links, a, err := p.roomLinks(ctx, p.room)
		switch {
		case err != nil || a.StatusCode != http.StatusOK:
			return callError("GET files/rooms/{id}/links", a, err)
		case len(links) == 0:
			return nil
		}
		problem = fmt.Errorf("%d are left", len(links))
		for _, link := range links {
			body := `{"linkType":1,"access":0,"linkId":` + quote(link.SharedLink.ID) + `}`
			if a, err := p.ask(ctx, request{method: http.MethodPut, path: path, key: p.key, body: body}); err != nil || a.StatusCode != http.StatusOK {
				problem = callError("PUT files/rooms/{id}/links", a, err)
			}
		}
	}
	if links, a, err := p.roomLinks(ctx, p.room); err == nil && a.StatusCode == http.StatusOK && len(links) == 0 {
		return nil
	}
	return problem
}

// removeLinksAtEnd removes the links in the room that was named. The end of the run does not stop it, and it tries again when the portal is busy.
func (p *portal) removeLinksAtEnd(stderr io.Writer) error {
	if p.room == "" || p.run != "" { // its own rooms are removed with their links
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), restoreTimeout)
	defer cancel()
	err := p.removeLinks(ctx)
	for wait := time.Second; errors.Is(err, errTemporary); wait = min(2*wait, 15*time.Second) {
		complain(stderr, fmt.Errorf("the links of room %s are not removed yet, trying again: %w", p.room, err))
		if !pause(ctx, wait) {
			break
		}
		err = p.removeLinks(ctx)
	}
	if err != nil {
		err = fmt.Errorf("%s: the links in room %s COULD NOT BE REMOVED: %w", p.url, p.room, err)
		complain(stderr, err)
		return err
	}
	fmt.Fprintf(stderr, "%s: the links that were made in room %s are removed\n", p.url, p.room)
	return nil
}

// makesLink says whether a request may make a link. The call for a primary link makes one too.
func makesLink(r *http.Request) bool {
	path := strings.TrimSuffix(r.URL.Path, "/")
	return strings.HasSuffix(path, "/link") || strings.HasSuffix(path, "/links") && r.Method == http.MethodPut
}
