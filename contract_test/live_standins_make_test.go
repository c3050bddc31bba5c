package contract_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// A spec names the users, rooms and links of the suite's own portal. At a live portal these have stand-ins: a link that the run makes for
// "open", the key that it was given for YOUR_API_KEY. A stand-in is made when a request names it, and put into the request. In the answer
// the name takes its place again. A name without a stand-in skips the spec.

// standIns are those of one spec.
type standIns struct {
	mu     sync.Mutex        // a spec may send requests at the same time
	portal mockserver.Portal // that the spec wants
	maker  string            // token of who made the rooms; the key of the run is its stand-in
	rooms  map[string]*ownRoom
	links  map[string]*liveLink // by key
	ids    map[string]string    // of rooms: those of the live portal, by those of the suite's own
	texts  []string             // what answers say at the live portal, and what they would say at the suite's own
	tenant string
	policy bool // the spec has changed the sharing policy
	strict bool // an API key is no portal token, and the other way round
}

// liveLink is a link at the live portal.
type liveLink struct{ key, id string }

// usePortal says that the spec names what is in the suite's own portal.
func (t *target) usePortal() {
	GinkgoHelper()
	if t.live {
		t.useStandIns(context.Background(), false, nil)
	}
}

// useKeys says that the spec names keys of the suite's own portal, and that their kind matters.
func (t *target) useKeys() {
	GinkgoHelper()
	t.usePortal()
	if t.live {
		t.standIns.strict = true
	}
}

// useStandIns lets what is in the suite's own portal, as change changes it, have stand-ins. tree says whether it has the entries of addTree.
func (t *target) useStandIns(ctx context.Context, tree bool, change func(*mockserver.Portal)) {
	GinkgoHelper()
	switch {
	case !runOptions.Create:
		Skip(needsCreate)
	case t.recorder != nil:
		Skip("makes rooms and links, which recordings do not keep")
	case !livePortal.before.external, livePortal.internalLinks:
		Skip("makes links for everybody, which the portal's sharing policy does not let it")
	}
	t.endStandIns(ctx)
	t.change = func(p *mockserver.Portal) {
		if tree {
			addTree(p)
		}
	}
	before := t.portal()
	s := &standIns{portal: t.portal(), maker: ownerToken, rooms: map[string]*ownRoom{}, links: map[string]*liveLink{}, ids: map[string]string{}}
	t.change = nil
	if tree {
		s.maker = makerToken
	}
	if change != nil {
		change(&s.portal)
		s.needsSame(before)
	}
	t.standIns = s
	want := s.portal.Settings
	rest := restOfPolicy{true, want.DefaultShareLinkInternal, want.ExternalShareApplyToDocuments, want.ExternalShareApplyToRooms, want.BlockExistingLinksOnRestrict}
	if change != nil && *want != *before.Settings || livePortal.before.rest.shown && livePortal.before.rest != rest {
		t.needsPolicy()
		s.policy = true
		t.setPolicy(ctx, want)
	}
}

// setPolicy sets the whole sharing policy.
func (t *target) setPolicy(ctx context.Context, s *mockserver.Settings) {
	GinkgoHelper()
	// While external sharing is off new links are internal in every answer to this call, so it goes off afterwards.
	a := t.send(ctx, request{method: http.MethodPut, path: policyPath, key: t.owner,
		body: policyOf(true, s.DefaultShareLinkInternal, s.ExternalShareApplyToDocuments, s.ExternalShareApplyToRooms, s.BlockExistingLinksOnRestrict)})
	if a.StatusCode != http.StatusOK {
		fail(fmt.Sprintf("%s: the status is %d instead of 200", a.call(), a.StatusCode))
	}
	t.setSwitch(ctx, "externalsocialmedia", s.ExternalShareSocialMedia)
	if !s.ExternalShare {
		t.setSwitch(ctx, "external", false)
	}
}

// endStandIns ends the stand-ins of a spec, and clears the rooms.
func (t *target) endStandIns(ctx context.Context) {
	s := t.standIns
	if s == nil {
		return
	}
	t.standIns = nil
	if livePortal.transport.changed.Swap(false) {
		_ = livePortal.restore(ctx)
	}
	for _, room := range s.rooms {
		livePortal.clear(ctx, room)
	}
}

// makeStandIns makes those of links that the spec counts on without naming them.
func (t *target) makeStandIns(ctx context.Context, keys ...string) {
	GinkgoHelper()
	for _, key := range keys {
		if t.live {
			t.standInKey(ctx, key)
		}
	}
}

// standInForRoom is a room like one of the suite's own portal. It is made, or was free.
func (t *target) standInForRoom(ctx context.Context, e mockserver.Entry) *ownRoom {
	GinkgoHelper()
	s := t.standIns
	if room := s.rooms[e.ID]; room != nil {
		return room
	}
	kind := e.RoomType
	if kind == 0 {
		kind = customKind
	}
	room, err := livePortal.takeRoom(ctx, kind)
	if err != nil {
		Skip(err.Error())
	}
	s.rooms[e.ID], s.ids[e.ID] = room, room.id
	s.texts = append(s.texts, room.title, e.Title)
	for _, l := range s.portal.Links { // the primary link of some kinds of rooms is there from the start
		if entry := t.roomOf(l); l.Primary && entry != nil && entry.ID == e.ID && len(room.links) > 0 {
			s.add(l, room.links[0].SharedLink.RequestToken, room.links[0].SharedLink.ID)
			if l.Password != "" {
				room.worn = true
				if _, err := livePortal.makeLink(ctx, room, fmt.Sprintf(`{"linkType":1,"access":%d,"linkId":%s,"password":%s}`, l.Access, quote(room.links[0].SharedLink.ID), quote(l.Password))); err != nil {
					fail(err.Error())
				}
			}
		}
	}
	return room
}

// standInFor is a link like one of the suite's own portal. It is made when a spec names it for the first time.
func (t *target) standInFor(ctx context.Context, l mockserver.Link) *liveLink {
	GinkgoHelper()
	s := t.standIns
	if made := s.links[l.Key+l.ID]; made != nil {
		return made
	}
	if why := t.whyNoStandIn(l); why != "" {
		Skip(why)
	}
	if !l.Expires.IsZero() {
		if t.now().Sub(l.Expires) < 24*time.Hour {
			Skip(needsClock)
		}
		if livePortal.over == nil {
			Skip(needsOwnRooms)
		}
		over, err := livePortal.linkThatIsOver(ctx)
		if err != nil {
			fail(err.Error())
		}
		return s.add(l, over.key, over.id)
	}
	room := t.standInForRoom(ctx, *t.roomOf(l))
	if made := s.links[l.Key+l.ID]; made != nil {
		return made
	}
	body, err := json.Marshal(map[string]any{"linkType": 1, "access": 2, "title": programName, "password": l.Password, "internal": l.Internal})
	if err != nil {
		fail(err.Error())
	}
	var made listedLink
	create := func() error {
		made, err = livePortal.makeLink(ctx, room, string(body))
		return err
	}
	if s.policy {
		err = livePortal.whileOpen(ctx, create)
	} else {
		err = create()
	}
	if err != nil {
		fail(err.Error())
	}
	return s.add(l, made.SharedLink.RequestToken, made.SharedLink.ID)
}

// add remembers the stand-in of a link.
func (s *standIns) add(l mockserver.Link, key, id string) *liveLink {
	standIn := &liveLink{key, id}
	s.links[l.Key+l.ID] = standIn
	if l.Key != "" {
		s.texts = append(s.texts, key, l.Key)
	}
	if l.ID != "" {
		s.texts = append(s.texts, id, l.ID)
	}
	return standIn
}

// roomOf is the entry of a link; nil when it was removed.
func (t *target) roomOf(l mockserver.Link) *mockserver.Entry {
	id := strings.TrimPrefix(l.Entry, "room/")
	for i, e := range t.standIns.portal.Entries {
		if e.ID == id {
			return &t.standIns.portal.Entries[i]
		}
	}
	return nil
}

// noteRoom remembers a room that the spec makes, so that it is removed after the spec, or at the end when the spec names nothing. In the
// spec it has an id that is no other's.
func (t *target) noteRoom(sent string, a answer, err error) {
	s := t.standIns
	if s == nil {
		livePortal.noteMade(sent, a, err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if room := livePortal.noteMade(sent, a, err); room != nil {
		room.worn = true
		number, _ := strconv.Atoi(room.id)
		ours := strconv.Itoa(1_000_000_000 + number%1_000_000_000)
		s.rooms[ours], s.ids[ours] = room, room.id
	}
}

// signLive lets the live portal sign the password of a link.
func (t *target) signLive(ctx SpecContext, password string) string {
	GinkgoHelper()
	key := fmt.Sprint("signed-", len(t.standIns.portal.Links))
	t.standIns.portal.Links = append(t.standIns.portal.Links, mockserver.Link{Key: key, Entry: "10", Password: password})
	return t.rememberedPassword(ctx, key, link{password: password}.body())
}

// stateOfStandIns is what the rooms of a spec have.
func (t *target) stateOfStandIns(ctx context.Context) string {
	GinkgoHelper()
	var state strings.Builder
	for _, id := range slices.Sorted(maps.Keys(t.standIns.rooms)) {
		links, a, err := livePortal.roomLinks(ctx, t.standIns.rooms[id].id)
		if err != nil {
			fail(err.Error())
		}
		if a.StatusCode == http.StatusOK && len(links) == 0 {
			continue // as before it was made
		}
		fmt.Fprintf(&state, "%s: %d %s\n", id, a.StatusCode, a.body)
	}
	return state.String()
}
