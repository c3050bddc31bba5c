package contract_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// A spec names the users, rooms and links of the suite's own portal. At a live portal these names stand for what the run makes there:
// "open" for a link in a room of its own, YOUR_API_KEY for the key that it was given. What a name stands for is made when a request
// has it, and put into the request; in the answer the name takes its place again. A name that stands for nothing skips the spec.

// names are what the names of the suite's own portal stand for in one spec.
type names struct {
	mu     sync.Mutex        // a spec may send requests at the same time
	portal mockserver.Portal // that the spec wants
	maker  string            // token of who made the rooms, which the key of the run stands for
	rooms  map[string]*ownRoom
	links  map[string]*playedLink // by key
	ids    map[string]string      // of rooms: those of the live portal, by those of the suite's own
	texts  []string               // what answers say at the live portal, and what they would say at the suite's own
	tenant string
	policy bool // the spec has changed the sharing policy
	strict bool // an API key is no portal token, and the other way round
}

// playedLink is a link at the live portal.
type playedLink struct{ key, id string }

// Reasons for which a spec does not run at a live portal.
const (
	needsCreate    = "makes rooms and links, needs CONTRACT_CREATE=1"
	needsPeople    = "needs people with other roles, or in a room"
	needsKeys      = "needs API keys with other permissions"
	needsPasswords = "needs the passwords of people"
	needsToken     = "needs a portal token instead of an API key"
	needsAPIKey    = "needs an API key instead of a portal token"
	needsEntries   = "needs a folder or a file, which no call of the contract makes"
	needsSections  = "needs what is in the archive or in the trash, where no call of the contract moves it"
	needsInstalled = "needs a portal that is installed in another way"
	needsMinted    = "needs a link with a key that no portal gives it"
	needsClock     = "needs a clock that the suite sets"
	needsControl   = "needs the control API of the fake"
	needsOwnRooms  = "needs rooms that the run makes, so leave out CONTRACT_ROOM"
)

// usePortal says that the spec names what is in the suite's own portal.
func (t *target) usePortal() {
	GinkgoHelper()
	if t.live {
		t.play(context.Background(), false, nil)
	}
}

// play lets names stand for what is in the suite's own portal, as change changes it. tree says whether it has the entries of addTree.
func (t *target) play(ctx context.Context, tree bool, change func(*mockserver.Portal)) {
	GinkgoHelper()
	switch {
	case !runOptions.Create:
		Skip(needsCreate)
	case t.recorder != nil:
		Skip("makes rooms and links, which recordings do not keep")
	case !livePortal.before.external, livePortal.internalLinks:
		Skip("makes links for everybody, which the portal's sharing policy does not let it")
	}
	t.endNames(ctx)
	t.change = func(p *mockserver.Portal) {
		if tree {
			addTree(p)
		}
	}
	before := t.portal()
	n := &names{portal: t.portal(), maker: ownerToken, rooms: map[string]*ownRoom{}, links: map[string]*playedLink{}, ids: map[string]string{}}
	t.change = nil
	if tree {
		n.maker = makerToken
	}
	if change != nil {
		change(&n.portal)
		n.needsSame(before)
	}
	t.names = n
	want := n.portal.Settings
	rest := restOfPolicy{true, want.DefaultShareLinkInternal, want.ExternalShareApplyToDocuments, want.ExternalShareApplyToRooms, want.BlockExistingLinksOnRestrict}
	if change != nil && *want != *before.Settings || livePortal.before.rest.shown && livePortal.before.rest != rest {
		t.needsPolicy()
		n.policy = true
		t.setPolicy(ctx, want)
	}
}

// needsSame skips a spec that changes what no call of the contract can change.
func (n *names) needsSame(before mockserver.Portal) {
	GinkgoHelper()
	p := n.portal
	same := reflect.DeepEqual
	switch {
	case !same(p.Limits, before.Limits), p.BaseDomain != before.BaseDomain, !same(p.SameSite, before.SameSite), p.DocDBKey != before.DocDBKey,
		p.Identity != nil, p.Settings.EnableThirdParty != before.Settings.EnableThirdParty:
		Skip(needsInstalled)
	case len(p.APIKeys) < len(before.APIKeys) || !same(p.APIKeys[:len(before.APIKeys)], before.APIKeys):
		Skip(needsKeys)
	case len(p.Users) < len(before.Users) || !same(p.Users[:len(before.Users)], before.Users):
		Skip(needsPeople)
	case len(p.Entries) < len(before.Entries), len(p.Links) < len(before.Links):
		Skip(needsEntries)
	}
	for i, e := range before.Entries {
		switch {
		case same(p.Entries[i], e):
		case !same(p.Entries[i].Members, e.Members), p.Entries[i].CreatedBy != e.CreatedBy:
			Skip(needsPeople)
		default:
			Skip(needsSections)
		}
	}
	for i, l := range before.Links {
		if l.Primary {
			l.Password = p.Links[i].Password // playRoom sets it
		}
		if !same(p.Links[i], l) {
			Skip(needsEntries)
		}
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

// endNames ends what the names of a spec stand for, and clears the rooms.
func (t *target) endNames(ctx context.Context) {
	n := t.names
	if n == nil {
		return
	}
	t.names = nil
	if livePortal.transport.changed.Swap(false) {
		_ = livePortal.restore(ctx)
	}
	for _, room := range n.rooms {
		livePortal.clear(ctx, room)
	}
}

// namesTransport puts what the names stand for into the requests, and the names into the answers.
type namesTransport struct {
	t    *target
	next http.RoundTripper
}

func (c namesTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !c.t.live {
		return c.next.RoundTrip(r)
	}
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	played := withBody(r.Clone(r.Context()), sent)
	if c.t.names != nil {
		played = c.t.played(r, string(sent))
	}
	c.t.keepRooms(played.Method, played.URL.EscapedPath())
	resp, err := c.next.RoundTrip(withKeys(played))
	var body []byte
	if err == nil {
		body, err = wholeBody(resp)
	}
	if makesRoom(r) {
		c.t.noteRoom(string(sent), answer{resp, body}, err)
	}
	switch {
	case err != nil:
		return nil, err
	case c.t.names == nil:
		return resp, nil
	}
	text := c.t.named(string(body))
	resp.Body, resp.Request = io.NopCloser(strings.NewReader(text)), r
	for _, values := range resp.Header {
		for i := range values {
			values[i] = c.t.named(values[i])
		}
	}
	return resp, nil
}

// These stand for the keys of the run. They are no names of the suite's own portal.
const (
	keyOfRun     = "the-key-of-the-run"
	userKeyOfRun = "the-key-of-another"
)

// withKeys puts the keys of the run into the headers of a request.
func withKeys(r *http.Request) *http.Request {
	keys := strings.NewReplacer(keyOfRun, livePortal.key, userKeyOfRun, runOptions.UserKey)
	for _, values := range r.Header {
		for i := range values {
			values[i] = keys.Replace(values[i])
		}
	}
	return r
}

var (
	shareInPath = regexp.MustCompile(`(?i)(/files/share/)([^/]+)`)
	entryInPath = regexp.MustCompile(`(?i)(/files/(?:(rooms|folder|file)/)?)(\d+)(/|$)`)
	namedInAsk  = regexp.MustCompile(`(?i)((?:^|&)(share|folderId|fileId)=)([^&]*)`)
	linkInBody  = regexp.MustCompile(`("linkId":")([0-9a-f-]{36})`)
	rememberFor = regexp.MustCompile(`(?i)(sharelink)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`)
	keyInHeader = regexp.MustCompile(`[\w:*-]+`)
	idInAnswer  = regexp.MustCompile(`("(?:id|parentId|folderId|entityId)":"?|/files/(?:rooms/|folder/)?|folder=)(\d+)\b`)
	notInMinted = regexp.MustCompile(`[^\w-]`) // is in no key that a portal gives
	tenantInAny = regexp.MustCompile(`("tenantId":)([1-9]\d*)\b`)
)

// played is a request with what the names in it stand for.
func (t *target) played(r *http.Request, body string) *http.Request {
	GinkgoHelper()
	n, ctx := t.names, r.Context()
	n.mu.Lock()
	defer n.mu.Unlock() // also when the spec is skipped
	path := r.URL.EscapedPath()
	path = replaceMatches(shareInPath, path, func(m []string) string { return m[1] + url.PathEscape(t.keyOf(ctx, unescaped(m[2]))) })
	path = replaceMatches(entryInPath, path, func(m []string) string { return m[1] + t.entryOf(ctx, strings.ToLower(m[2]), m[3]) + m[4] })
	query := replaceMatches(namedInAsk, r.URL.RawQuery, func(m []string) string {
		switch name := strings.ToLower(m[2]); name {
		case "share":
			return m[1] + url.QueryEscape(t.keyOf(ctx, unescaped(m[3])))
		case "fileid":
			return m[1] + t.entryOf(ctx, "file", m[3])
		default:
			return m[1] + t.entryOf(ctx, "folder", m[3])
		}
	})
	body = replaceMatches(linkInBody, body, func(m []string) string { return m[1] + t.linkIDOf(ctx, m[2]) })
	header := http.Header{}
	for name, values := range r.Header {
		name = replaceMatches(rememberFor, name, func(m []string) string { return m[1] + t.linkIDOf(ctx, strings.ToLower(m[2])) })
		for _, value := range values {
			switch strings.ToLower(name) {
			case "authorization":
				value = t.credentialsOf(value)
			case "cookie":
				value = replaceMatches(rememberFor, value, func(m []string) string { return m[1] + t.linkIDOf(ctx, strings.ToLower(m[2])) })
				value = t.cookieOf(value)
			case "request-token":
				value = t.keyOf(ctx, value)
			}
			header[name] = append(header[name], value)
		}
	}
	if r.Method == http.MethodPut && strings.Contains(path, "/files/settings/") {
		n.policy = true
	}
	for _, room := range n.rooms {
		if !strings.HasSuffix(path, "/"+room.id+"/link") {
			continue
		}
		if room.named && t.documented() {
			Skip("would revoke the primary link of the room for good")
		}
		room.worn = true // a primary link does not go without a trace
	}
	played := withBody(r.Clone(ctx), []byte(body))
	played.Header, played.ContentLength = header, int64(len(body))
	address := *r.URL
	address.Path, address.RawPath, address.RawQuery = unescaped(path), path, query
	played.URL = &address
	return played
}

// nowhere is the id of no room at any portal.
const nowhere = "999999999"

var atRooms = regexp.MustCompile(`(?i)/files/rooms(?:/([^/]+))?/?$`)

// keepRooms lets a spec remove only rooms of the run. When a room is named to the run, specs neither make rooms nor remove one.
func (t *target) keepRooms(method, path string) {
	GinkgoHelper()
	at := atRooms.FindStringSubmatch(path)
	isOwn := func(room *ownRoom) bool { return room.id == at[1] }
	switch {
	case at == nil || method != http.MethodPost && method != http.MethodDelete:
	case t.names != nil && livePortal.run == "":
		Skip(needsOwnRooms)
	case method == http.MethodDelete && at[1] != nowhere && !slices.ContainsFunc(livePortal.made, isOwn):
		fail("the suite would remove a room that it has not made: " + at[1])
	}
}

// named is a text of an answer with the names in it.
func (t *target) named(text string) string {
	n := t.names
	n.mu.Lock()
	defer n.mu.Unlock()
	text = strings.NewReplacer(n.texts...).Replace(text)
	text = replaceMatches(idInAnswer, text, func(m []string) string {
		for ours, live := range n.ids {
			if live == m[2] {
				return m[1] + ours
			}
		}
		return m[0]
	})
	return replaceMatches(tenantInAny, text, func(m []string) string {
		if n.tenant == "" {
			n.tenant = m[2]
		}
		if m[2] == n.tenant {
			return m[1] + strconv.Itoa(int(n.portal.TenantID))
		}
		return m[0]
	})
}

// replaceMatches replaces each match of a pattern in a text. The function gets its groups.
func replaceMatches(pattern *regexp.Regexp, text string, with func(groups []string) string) string {
	return pattern.ReplaceAllStringFunc(text, func(match string) string { return with(pattern.FindStringSubmatch(match)) })
}

func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		return plain
	}
	return text
}

// keyOf is the key of the link that a key of the suite's own portal stands for, also when the spec writes it in another form.
func (t *target) keyOf(ctx context.Context, key string) string {
	GinkgoHelper()
	bare := strings.TrimSuffix(key, "=")
	for _, l := range t.names.portal.Links {
		switch {
		case l.Key == "":
		case l.Key == bare:
			return t.playLink(ctx, l).key + strings.TrimPrefix(key, bare)
		case strings.EqualFold(l.Key, bare):
			return strings.ToUpper(t.playLink(ctx, l).key)
		}
	}
	return key
}

// linkIDOf is the id of the link that an id of the suite's own portal stands for. Those of links that cannot be made stand for themselves.
func (t *target) linkIDOf(ctx context.Context, id string) string {
	GinkgoHelper()
	for _, l := range t.names.portal.Links {
		if l.ID == id && t.whyUnplayable(l) == "" {
			return t.playLink(ctx, l).id
		}
	}
	return id
}

// entryOf is the id of the room that an id of the suite's own portal stands for. 999 is nothing at any portal.
func (t *target) entryOf(ctx context.Context, kind, id string) string {
	GinkgoHelper()
	n := t.names
	if live, there := n.ids[id]; there && kind != "file" {
		return live
	}
	if id == "999" {
		return nowhere
	}
	for _, e := range n.portal.Entries {
		if e.ID != id || kind != "" && (kind == "file") != (e.Type == mockserver.EntryFile) {
			continue
		}
		switch {
		case e.Section == mockserver.SectionArchive, e.Section == mockserver.SectionTrash:
			Skip(needsSections)
		case e.Type != mockserver.EntryRoom:
			Skip(needsEntries)
		}
		return t.playRoom(ctx, e).id
	}
	return id
}

// credentialsOf is an Authorization header with the key of the run.
func (t *target) credentialsOf(value string) string {
	GinkgoHelper()
	if payload, found := strings.CutPrefix(value, "Basic "); found {
		if raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(payload, " ", "")); err == nil {
			address, _, isPair := strings.Cut(strings.ToLower(string(raw)), ":")
			if isPair && slices.ContainsFunc(t.names.portal.Users, func(u mockserver.User) bool { return u.Email == strings.TrimSpace(address) }) {
				Skip(needsPasswords)
			}
		}
		return value
	}
	return t.keysOf(value)
}

// cookieOf is a Cookie header with the key of the run, which must be a portal token then.
func (t *target) cookieOf(value string) string {
	GinkgoHelper()
	played := t.keysOf(value)
	if played != value && !livePortal.isToken {
		Skip(needsToken)
	}
	return played
}

// keysOf is a text in which the key of the run takes the place of that of who made the rooms.
func (t *target) keysOf(text string) string {
	GinkgoHelper()
	n := t.names
	if n.strict {
		text = t.strictly(text)
	}
	return replaceMatches(keyInHeader, text, func(m []string) string {
		switch {
		case m[0] == n.maker, m[0] == ownerAPIKey && n.maker == ownerToken:
			return t.owner
		case m[0] == guestToken, m[0] == userAPIKey: // somebody with an account, whom nobody has invited
			t.needsUser()
			return t.user
		}
		if slices.ContainsFunc(n.portal.APIKeys, func(k mockserver.APIKey) bool { return k.Key == m[0] }) {
			Skip(needsKeys)
		}
		if slices.ContainsFunc(n.portal.Users, func(u mockserver.User) bool { return slices.Contains(u.Tokens, m[0]) }) {
			Skip(needsPeople)
		}
		return m[0]
	})
}

// strictly is a text in which the key of the run takes the place only of a key of its kind, in the form that the spec writes.
func (t *target) strictly(text string) string {
	GinkgoHelper()
	key := livePortal.key
	escaped := strings.NewReplacer("YOUR%5FAPI_KEY", fmt.Sprintf("%%%02X", key[0])+key[1:], "YOUR%255FAPI_KEY", fmt.Sprintf("%%25%02X", key[0])+key[1:], ownerToken, t.owner)
	switch played := escaped.Replace(text); {
	case played != text && !livePortal.isToken:
		Skip(needsToken)
	case strings.Contains(text, ownerAPIKey) && livePortal.isToken:
		Skip(needsAPIKey)
	default:
		text = strings.ReplaceAll(played, ownerAPIKey, t.owner)
	}
	return text
}

// useKeys says that the spec names keys of the suite's own portal, and that their kind matters.
func (t *target) useKeys() {
	GinkgoHelper()
	t.usePortal()
	if t.live {
		t.names.strict = true
	}
}

// can says whether a token of the suite's own portal stands for somebody here.
func (t *target) can(token string) bool {
	return !t.live || token == "" || token == t.names.maker || token == t.owner || token == ownerAPIKey && t.names.maker == ownerToken || (token == guestToken || token == userAPIKey) && t.user != ""
}

// inRole is the token of somebody with the same role as one of the users of the suite's own portal.
func (t *target) inRole(token string) string {
	GinkgoHelper()
	switch {
	case !t.live:
	case token == memberToken, token == userAPIKey:
		t.needsUser()
		return t.user
	case token == guestToken:
		Skip(needsPeople)
	}
	return token
}

// plays says whether the key of a link of the suite's own portal stands for something here, or for nothing anywhere.
func (t *target) plays(key string) bool {
	return !t.live || !slices.ContainsFunc(t.names.portal.Links, func(l mockserver.Link) bool { return l.Key == key && t.whyUnplayable(l) != "" })
}

// has makes links of the suite's own portal that the spec counts on without naming them.
func (t *target) has(ctx context.Context, keys ...string) {
	GinkgoHelper()
	for _, key := range keys {
		if t.live {
			t.keyOf(ctx, key)
		}
	}
}

// those are the tokens of the people who are there.
func (t *target) those(tokens ...string) []string {
	return slices.DeleteFunc(tokens, func(token string) bool { return !t.can(token) })
}

// whyUnplayable says why a link of the suite's own portal cannot be made; "" when it can.
func (t *target) whyUnplayable(l mockserver.Link) string {
	room := t.roomOf(l)
	switch {
	case room == nil:
		return needsEntries
	case room.Section == mockserver.SectionArchive, room.Section == mockserver.SectionTrash:
		return needsSections
	case room.Type != mockserver.EntryRoom:
		return needsEntries
	case notInMinted.MatchString(l.Key):
		return needsMinted
	}
	return ""
}

// roomOf is the entry of a link; nil when it was removed.
func (t *target) roomOf(l mockserver.Link) *mockserver.Entry {
	id := strings.TrimPrefix(l.Entry, "room/")
	for i, e := range t.names.portal.Entries {
		if e.ID == id {
			return &t.names.portal.Entries[i]
		}
	}
	return nil
}

// playRoom makes a room like one of the suite's own portal, or takes one that is free.
func (t *target) playRoom(ctx context.Context, e mockserver.Entry) *ownRoom {
	GinkgoHelper()
	n := t.names
	if room := n.rooms[e.ID]; room != nil {
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
	n.rooms[e.ID], n.ids[e.ID] = room, room.id
	n.texts = append(n.texts, room.title, e.Title)
	for _, l := range n.portal.Links { // the primary link of some kinds of rooms is there from the start
		if entry := t.roomOf(l); l.Primary && entry != nil && entry.ID == e.ID && len(room.links) > 0 {
			n.add(l, room.links[0].SharedLink.RequestToken, room.links[0].SharedLink.ID)
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

// playLink makes a link like one of the suite's own portal.
func (t *target) playLink(ctx context.Context, l mockserver.Link) *playedLink {
	GinkgoHelper()
	n := t.names
	if played := n.links[l.Key+l.ID]; played != nil {
		return played
	}
	if why := t.whyUnplayable(l); why != "" {
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
		return n.add(l, over.key, over.id)
	}
	room := t.playRoom(ctx, *t.roomOf(l))
	if played := n.links[l.Key+l.ID]; played != nil {
		return played
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
	if n.policy {
		err = livePortal.whileOpen(ctx, create)
	} else {
		err = create()
	}
	if err != nil {
		fail(err.Error())
	}
	return n.add(l, made.SharedLink.RequestToken, made.SharedLink.ID)
}

// add remembers what a link stands for.
func (n *names) add(l mockserver.Link, key, id string) *playedLink {
	played := &playedLink{key, id}
	n.links[l.Key+l.ID] = played
	if l.Key != "" {
		n.texts = append(n.texts, key, l.Key)
	}
	if l.ID != "" {
		n.texts = append(n.texts, id, l.ID)
	}
	return played
}

// noteRoom remembers a room that the spec makes, so that it is removed after the spec, or at the end when the spec names nothing. In the
// spec it has an id that is no other's.
func (t *target) noteRoom(sent string, a answer, err error) {
	n := t.names
	if n == nil {
		livePortal.noteMade(sent, a, err)
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if room := livePortal.noteMade(sent, a, err); room != nil {
		room.worn = true
		number, _ := strconv.Atoi(room.id)
		ours := strconv.Itoa(1_000_000_000 + number%1_000_000_000)
		n.rooms[ours], n.ids[ours] = room, room.id
	}
}

// signLive lets the live portal sign the password of a link.
func (t *target) signLive(ctx SpecContext, password string) string {
	GinkgoHelper()
	key := fmt.Sprint("signed-", len(t.names.portal.Links))
	t.names.portal.Links = append(t.names.portal.Links, mockserver.Link{Key: key, Entry: "10", Password: password})
	return t.rememberedPassword(ctx, key, link{password: password}.body())
}

// namedState is what the rooms of a spec have.
func (t *target) namedState(ctx context.Context) string {
	GinkgoHelper()
	var state strings.Builder
	for _, id := range slices.Sorted(maps.Keys(t.names.rooms)) {
		links, a, err := livePortal.roomLinks(ctx, t.names.rooms[id].id)
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
