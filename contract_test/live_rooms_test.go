package contract_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Without a room that is named to it the suite makes its own rooms, and removes them at the end. Specs use them in turn: after a spec the
// links that it made are removed. A room that still is not as it was at the start is removed, and the next spec gets a new one.

// customKind is the number of custom rooms.
const customKind = 5

// ownRoom is a room in which the suite makes links.
type ownRoom struct {
	id, title string
	kind      int
	links     []listedLink // those that it had at the start
	worn      bool         // it cannot become as it was at the start
	named     bool         // it was there before the run, and stays
	removed   bool         // its removal was asked for
}

// makeRoom makes a room.
func (p *portal) makeRoom(ctx context.Context, kind int) (*ownRoom, error) {
	title := fmt.Sprintf("%s %s-%d, to be removed", programName, p.run, len(p.made)+1)
	body, err := json.Marshal(map[string]any{"title": title, "roomType": kind})
	if err != nil {
		return nil, err
	}
	a, err := p.ask(ctx, request{method: http.MethodPost, path: "files/rooms", key: p.key, body: string(body)})
	room := p.noteMade(string(body), a, err)
	switch {
	case err != nil || a.StatusCode != http.StatusOK:
		return nil, callError("POST files/rooms", a, err)
	case room == nil:
		return nil, errors.New("POST files/rooms does not tell the id of the room")
	}
	room.title, room.kind = title, kind
	if room.links, a, err = p.roomLinks(ctx, room.id); err != nil || a.StatusCode != http.StatusOK {
		return nil, callError("GET files/rooms/{id}/links", a, err)
	}
	return room, nil
}

// noteMade remembers the room that a request has made, so that it is removed. When its id is not told, it remembers the title that was
// sent, and returns nil. It also returns nil when no room is made.
func (p *portal) noteMade(sent string, a answer, err error) *ownRoom {
	var asked struct{ Title string }
	_ = json.Unmarshal([]byte(sent), &asked) // what cannot be read makes no room
	var unanswered *sentError
	switch {
	case errors.As(err, &unanswered), err == nil && mayHaveMade(a.StatusCode):
		p.lost = append(p.lost, asked.Title)
		return nil
	case err != nil || a.StatusCode != http.StatusOK:
		return nil
	}
	id, _ := a.find("response", "id")
	number, _ := id.(float64)
	if number <= 0 {
		p.lost = append(p.lost, asked.Title)
		return nil
	}
	room := &ownRoom{id: strconv.Itoa(int(number)), title: asked.Title}
	if title, _ := a.find("response", "title"); title != nil {
		room.title = fmt.Sprint(title) // a portal replaces some letters
	}
	p.made = append(p.made, room)
	return room
}

// useRooms makes the first room, and the link that is over soon, or uses the room that is named.
func (o *options) useRooms(ctx context.Context, p *portal) error {
	if o.Room != "" {
		return p.useNamedRoom(ctx, o.Room)
	}
	if err := p.makeOwnRoom(ctx); err != nil {
		return err
	}
	if p.before.external && !p.internalLinks {
		return p.makeLinkThatEnds(ctx)
	}
	return nil
}

// makesRoom says whether a request makes a room.
func makesRoom(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.HasSuffix(strings.TrimSuffix(strings.ToLower(r.URL.Path), "/"), "/files/rooms")
}

// mayHaveMade says whether a room may be there although a proxy has answered this.
func mayHaveMade(status int) bool {
	return status == http.StatusBadGateway || status == http.StatusGatewayTimeout
}

// makeOwnRoom makes the first room, in which the answers are compared with the profiles too.
func (p *portal) makeOwnRoom(ctx context.Context) error {
	p.run = rand.Text()[:6]
	room, err := p.makeRoom(ctx, customKind)
	if err != nil {
		return fmt.Errorf("--create: %s makes no room for the key: %w; it needs somebody who may make rooms, and rooms:write, or a room that is named with --room", p.url, err)
	}
	err = p.useRoom(ctx, room.id)
	switch {
	case errors.Is(err, errMayNotLink):
		return fmt.Errorf("--create, CONTRACT_CREATE: %w; it has made the room, and needs rooms:write", err)
	case err != nil:
		return err
	}
	p.free = append(p.free, room)
	return p.findKind(ctx)
}

// useNamedRoom uses the room that is named, and makes no other. The room must have no links.
func (p *portal) useNamedRoom(ctx context.Context, id string) error {
	const option = "--room, CONTRACT_ROOM"
	links, a, err := p.roomLinks(ctx, id)
	switch {
	case err != nil:
		return p.noAnswer(err)
	case a.StatusCode == http.StatusNotFound:
		return fmt.Errorf("%s: %s has no room %s", option, p.url, id)
	case a.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %s does not list the links of room %s: %d; the key needs rooms:write", option, p.url, id, a.StatusCode)
	case len(links) > 0:
		return fmt.Errorf("%s: room %s has links, which the check would remove: name a custom room without links", option, id)
	}
	err = p.useRoom(ctx, id)
	switch {
	case errors.Is(err, errMayNotLink):
		return fmt.Errorf("%s: %w; it needs a custom room that the key's person made or manages, and rooms:write", option, err)
	case err != nil:
		return err
	}
	a, err = p.ask(ctx, request{path: "files/rooms/" + id, key: p.key})
	if err != nil || a.StatusCode != http.StatusOK {
		return callError("GET files/rooms/{id}", a, err)
	}
	title, _ := a.find("response", "title")
	p.free = append(p.free, &ownRoom{id: id, title: fmt.Sprint(title), kind: customKind, named: true})
	return p.findKind(ctx)
}

// findKind finds out whether the key is a portal token, which also works as a cookie.
func (p *portal) findKind(ctx context.Context) error {
	a, err := p.ask(ctx, request{path: "files/rooms?count=1", header: cookie("asc_auth_key=" + url.QueryEscape(p.key))})
	if err != nil {
		return callError("GET files/rooms", a, err)
	}
	p.isToken = a.StatusCode == http.StatusOK
	return nil
}

// takeRoom gives a room of a kind that is no stand-in in the spec yet.
func (p *portal) takeRoom(ctx context.Context, kind int) (*ownRoom, error) {
	if at := slices.IndexFunc(p.free, func(room *ownRoom) bool { return room.kind == kind }); at >= 0 {
		room := p.free[at]
		p.free = slices.Delete(p.free, at, at+1)
		return room, nil
	}
	if p.run == "" {
		return nil, errors.New(needsOwnRooms)
	}
	return p.makeRoom(ctx, kind)
}

// clear removes the links that a spec has made in a room. It removes a room that does not become as it was.
func (p *portal) clear(ctx context.Context, room *ownRoom) {
	switch {
	case room.removed:
	case room.worn && !room.named:
		_ = p.removeRoom(ctx, room) // it is tried again at the end
	case p.removeLinksFrom(ctx, room):
		p.free = append(p.free, room)
	case room.named:
		p.transport.madeLinks.Store(true)
		p.free = append(p.free, room)
	default:
		_ = p.removeRoom(ctx, room) // it is tried again at the end
	}
}

// removeLinksFrom removes the links that a room did not have at the start. It returns false when it is not as it was then.
func (p *portal) removeLinksFrom(ctx context.Context, room *ownRoom) bool {
	links, a, err := p.roomLinks(ctx, room.id)
	if err != nil || a.StatusCode != http.StatusOK {
		return false
	}
	left := 0
	for _, link := range links {
		if slices.ContainsFunc(room.links, func(first listedLink) bool { return bytes.Equal(first.text, link.text) }) {
			left++
			continue
		}
		body := fmt.Sprintf(`{"linkType":%d,"access":0,"linkId":%s}`, link.SharedLink.LinkType, quote(link.SharedLink.ID))
		a, err := p.ask(ctx, request{method: http.MethodPut, path: "files/rooms/" + room.id + "/links", key: p.key, body: body})
		if err != nil || a.StatusCode != http.StatusOK {
			return false
		}
	}
	return left == len(room.links)
}

// removeRoom asks for the removal of a room, and of all that is in it. The portal does that in the background, and says nothing when it
// does not.
func (p *portal) removeRoom(ctx context.Context, room *ownRoom) error {
	a, err := p.ask(ctx, request{method: http.MethodDelete, path: "files/rooms/" + room.id, key: p.key, body: `{"deleteAfter":false}`})
	if err != nil || a.StatusCode != http.StatusOK {
		return callError("DELETE files/rooms/{id}", a, err)
	}
	room.removed = true
	return nil
}

// isGone says whether a room is not there any more. The error says why that is not known.
func (p *portal) isGone(ctx context.Context, room *ownRoom) (bool, error) {
	a, err := p.ask(ctx, request{path: "files/rooms/" + room.id, key: p.key})
	switch {
	case err == nil && a.StatusCode == http.StatusNotFound:
		return true, nil
	case err == nil && a.StatusCode == http.StatusOK:
		title, _ := a.find("response", "title")
		return title != room.title, nil // a portal may give the id to another room
	}
	return false, callError("GET files/rooms/{id}", a, err)
}

// removeRoomsAtEnd removes the rooms after the run. The end of the run does not stop it, and it tries again when the portal is busy, or
// has not done it yet.
func (p *portal) removeRoomsAtEnd(stderr io.Writer) error {
	if len(p.made)+len(p.lost) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), restoreTimeout)
	defer cancel()
	for _, room := range p.made {
		if gone, err := p.isGone(ctx, room); err == nil && !gone && !room.removed {
			_ = p.removeRoom(ctx, room) // the portal removes them at the same time
		}
	}
	var problems []error
	for _, room := range p.made {
		if err := p.removeForGood(ctx, room); err != nil {
			problems = append(problems, fmt.Errorf("%s: room %s, %q, COULD NOT BE REMOVED, so remove it by hand: %w", p.url, room.id, room.title, err))
		}
	}
	for _, title := range p.lost {
		problems = append(problems, fmt.Errorf("%s: a room COULD NOT BE REMOVED if it was made, because its id was not told: look for the title %q", p.url, title))
	}
	for _, problem := range problems {
		complain(stderr, problem)
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	fmt.Fprintf(stderr, "%s: the rooms that were made are removed: %d\n", p.url, len(p.made))
	return nil
}

// removeForGood removes a room and waits until it is gone.
func (p *portal) removeForGood(ctx context.Context, room *ownRoom) error {
	problem := errors.New("it is still there")
	for wait := 100 * time.Millisecond; ; wait = min(2*wait, 15*time.Second) {
		gone, err := p.isGone(ctx, room)
		if err == nil && !gone && !room.removed {
			err = p.removeRoom(ctx, room)
		}
		switch {
		case gone:
			return nil
		case ctx.Err() != nil:
			return problem
		case err != nil && !errors.Is(err, errTemporary):
			return err
		case err != nil:
			problem = err
		case wait > time.Second:
			room.removed = false // it is asked again
		}
		if !pause(ctx, wait) {
			return problem
		}
	}
}

// makeLink makes a link in a room.
func (p *portal) makeLink(ctx context.Context, room *ownRoom, body string) (made listedLink, err error) {
	a, err := p.ask(ctx, request{method: http.MethodPut, path: "files/rooms/" + room.id + "/links", key: p.key, body: body})
	if err != nil || a.StatusCode != http.StatusOK {
		return made, callError("PUT files/rooms/{id}/links", a, err)
	}
	var envelope struct{ Response listedLink }
	if err := json.Unmarshal(a.body, &envelope); err != nil || envelope.Response.SharedLink.RequestToken == "" {
		return made, errors.New("PUT files/rooms/{id}/links does not tell the key of the link")
	}
	return envelope.Response, nil
}

// whileOpen calls use while everybody may have links, and then sets the sharing policy to what it was.
func (p *portal) whileOpen(ctx context.Context, use func() error) error {
	now, a, err := p.sharing(ctx)
	if err != nil {
		return callError("GET files/settings", a, err)
	}
	if now.external && !now.rest.internal {
		return use()
	}
	set := func(internal bool) error {
		r := now.rest
		a, err := p.ask(ctx, request{method: http.MethodPut, path: policyPath, key: p.key, body: policyOf(true, internal, r.documents, r.rooms, r.block)})
		if err != nil || a.StatusCode != http.StatusOK {
			return callError("PUT "+policyPath, a, err)
		}
		return nil
	}
	if err := set(false); err != nil {
		return err
	}
	problem := use()
	if err := set(now.rest.internal); err != nil {
		return err
	}
	if !now.external {
		if a, err := p.set(ctx, "external", false); err != nil || a.StatusCode != http.StatusOK {
			return callError("PUT files/settings/external", a, err)
		}
	}
	return problem
}

// makeLinkThatEnds makes a link that is over soon, in a room of its own.
func (p *portal) makeLinkThatEnds(ctx context.Context) error {
	room, err := p.makeRoom(ctx, customKind)
	if err != nil {
		return err
	}
	a, err := p.ask(ctx, request{path: "files/settings?fields=externalShare", key: p.key})
	if err != nil {
		return callError("GET files/settings", a, err)
	}
	now, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	made, err := p.makeLink(ctx, room, `{"linkType":1,"access":2,"title":"`+programName+`","password":"Secret123!","expirationDate":`+quote(now.Add(endsAfter).UTC().Format(time.RFC3339))+`}`)
	if err != nil {
		return err
	}
	p.over = &liveLink{made.SharedLink.RequestToken, made.SharedLink.ID}
	return nil
}

const endsAfter = 2 * time.Second

// linkThatIsOver waits until the link is over that was made at the start.
func (p *portal) linkThatIsOver(ctx context.Context) (*liveLink, error) {
	for range 100 {
		a, err := p.ask(ctx, request{path: "files/share/" + p.over.key})
		if err != nil {
			return nil, callError("GET files/share/{key}", a, err)
		}
		if status, _ := a.find("response", "status"); status == float64(statusExpired) {
			return p.over, nil
		}
		if !pause(ctx, endsAfter/20) {
			break
		}
	}
	return nil, errors.New("GET files/share/{key}: a link that is over is not Expired")
}
