package contract_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// standInTransport puts stand-ins into the requests, and the names into the answers.
type standInTransport struct {
	t    *target
	next http.RoundTripper
}

func (c standInTransport) RoundTrip(r *http.Request) (*http.Response, error) {
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
	put := withBody(r.Clone(r.Context()), sent)
	if c.t.standIns != nil {
		put = c.t.withStandIns(r, string(sent))
	}
	c.t.keepRooms(put.Method, put.URL.EscapedPath())
	resp, err := c.next.RoundTrip(withKeys(put))
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
	case c.t.standIns == nil:
		return resp, nil
	}
	text := c.t.withNames(string(body))
	resp.Body, resp.Request = io.NopCloser(strings.NewReader(text)), r
	for _, values := range resp.Header {
		for i := range values {
			values[i] = c.t.withNames(values[i])
		}
	}
	return resp, nil
}

// The keys of the run take the place of these. They are no names of the suite's own portal.
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
	tenantInAny = regexp.MustCompile(`("tenantId":)([1-9]\d*)\b`)
)

// withStandIns is a request with the stand-ins of the names in it.
func (t *target) withStandIns(r *http.Request, body string) *http.Request {
	GinkgoHelper()
	s, ctx := t.standIns, r.Context()
	s.mu.Lock()
	defer s.mu.Unlock() // also when the spec is skipped
	path := r.URL.EscapedPath()
	path = replaceMatches(shareInPath, path, func(m []string) string { return m[1] + url.PathEscape(t.standInKey(ctx, unescaped(m[2]))) })
	path = replaceMatches(entryInPath, path, func(m []string) string { return m[1] + t.standInEntry(ctx, strings.ToLower(m[2]), m[3]) + m[4] })
	query := replaceMatches(namedInAsk, r.URL.RawQuery, func(m []string) string {
		switch name := strings.ToLower(m[2]); name {
		case "share":
			return m[1] + url.QueryEscape(t.standInKey(ctx, unescaped(m[3])))
		case "fileid":
			return m[1] + t.standInEntry(ctx, "file", m[3])
		default:
			return m[1] + t.standInEntry(ctx, "folder", m[3])
		}
	})
	body = replaceMatches(linkInBody, body, func(m []string) string { return m[1] + t.standInLinkID(ctx, m[2]) })
	header := http.Header{}
	for name, values := range r.Header {
		name = replaceMatches(rememberFor, name, func(m []string) string { return m[1] + t.standInLinkID(ctx, strings.ToLower(m[2])) })
		for _, value := range values {
			switch strings.ToLower(name) {
			case "authorization":
				value = t.authorizationWithKey(value)
			case "cookie":
				value = replaceMatches(rememberFor, value, func(m []string) string { return m[1] + t.standInLinkID(ctx, strings.ToLower(m[2])) })
				value = t.cookieWithKey(value)
			case "request-token":
				value = t.standInKey(ctx, value)
			}
			header[name] = append(header[name], value)
		}
	}
	if r.Method == http.MethodPut && strings.Contains(path, "/files/settings/") {
		s.policy = true
	}
	for _, room := range s.rooms {
		if !strings.HasSuffix(path, "/"+room.id+"/link") {
			continue
		}
		if room.named && t.documented() {
			Skip("would revoke the primary link of the room for good")
		}
		room.worn = true // a primary link does not go without a trace
	}
	put := withBody(r.Clone(ctx), []byte(body))
	put.Header, put.ContentLength = header, int64(len(body))
	address := *r.URL
	address.Path, address.RawPath, address.RawQuery = unescaped(path), path, query
	put.URL = &address
	return put
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
	case t.standIns != nil && livePortal.run == "":
		Skip(needsOwnRooms)
	case method == http.MethodDelete && at[1] != nowhere && !slices.ContainsFunc(livePortal.made, isOwn):
		fail("the suite would remove a room that it has not made: " + at[1])
	}
}

// withNames is a text of an answer with the names in it.
func (t *target) withNames(text string) string {
	s := t.standIns
	s.mu.Lock()
	defer s.mu.Unlock()
	text = strings.NewReplacer(s.texts...).Replace(text)
	text = replaceMatches(idInAnswer, text, func(m []string) string {
		for ours, live := range s.ids {
			if live == m[2] {
				return m[1] + ours
			}
		}
		return m[0]
	})
	return replaceMatches(tenantInAny, text, func(m []string) string {
		if s.tenant == "" {
			s.tenant = m[2]
		}
		if m[2] == s.tenant {
			return m[1] + strconv.Itoa(int(s.portal.TenantID))
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

// standInKey is the key of the stand-in for the link with a key, also when the spec writes the key in another form.
func (t *target) standInKey(ctx context.Context, key string) string {
	GinkgoHelper()
	bare := strings.TrimSuffix(key, "=")
	for _, l := range t.standIns.portal.Links {
		switch {
		case l.Key == "":
		case l.Key == bare:
			return t.standInFor(ctx, l).key + strings.TrimPrefix(key, bare)
		case strings.EqualFold(l.Key, bare):
			return strings.ToUpper(t.standInFor(ctx, l).key)
		}
	}
	return key
}

// standInLinkID is the id of the stand-in for the link with an id. An id without one stays.
func (t *target) standInLinkID(ctx context.Context, id string) string {
	GinkgoHelper()
	for _, l := range t.standIns.portal.Links {
		if l.ID == id && t.whyNoStandIn(l) == "" {
			return t.standInFor(ctx, l).id
		}
	}
	return id
}

// standInEntry is the id of the stand-in for the room with an id. 999 is nothing at any portal.
func (t *target) standInEntry(ctx context.Context, kind, id string) string {
	GinkgoHelper()
	s := t.standIns
	if live, there := s.ids[id]; there && kind != "file" {
		return live
	}
	if id == "999" {
		return nowhere
	}
	for _, e := range s.portal.Entries {
		if e.ID != id || kind != "" && (kind == "file") != (e.Type == mockserver.EntryFile) {
			continue
		}
		switch {
		case e.Section == mockserver.SectionArchive, e.Section == mockserver.SectionTrash:
			Skip(needsSections)
		case e.Type != mockserver.EntryRoom:
			Skip(needsEntries)
		}
		return t.standInForRoom(ctx, e).id
	}
	return id
}

// authorizationWithKey is an Authorization header with the key of the run.
func (t *target) authorizationWithKey(value string) string {
	GinkgoHelper()
	if payload, found := strings.CutPrefix(value, "Basic "); found {
		if raw, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(payload, " ", "")); err == nil {
			address, _, isPair := strings.Cut(strings.ToLower(string(raw)), ":")
			if isPair && slices.ContainsFunc(t.standIns.portal.Users, func(u mockserver.User) bool { return u.Email == strings.TrimSpace(address) }) {
				Skip(needsPasswords)
			}
		}
		return value
	}
	return t.textWithKey(value)
}

// cookieWithKey is a Cookie header with the key of the run, which must be a portal token then.
func (t *target) cookieWithKey(value string) string {
	GinkgoHelper()
	put := t.textWithKey(value)
	if put != value && !livePortal.isToken {
		Skip(needsToken)
	}
	return put
}

// textWithKey is a text in which the key of the run takes the place of that of who made the rooms.
func (t *target) textWithKey(text string) string {
	GinkgoHelper()
	s := t.standIns
	if s.strict {
		text = t.strictTextWithKey(text)
	}
	return replaceMatches(keyInHeader, text, func(m []string) string {
		switch {
		case m[0] == s.maker, m[0] == ownerAPIKey && s.maker == ownerToken:
			return t.owner
		case m[0] == guestToken, m[0] == userAPIKey: // somebody with an account, whom nobody has invited
			t.needsUser()
			return t.user
		}
		if slices.ContainsFunc(s.portal.APIKeys, func(k mockserver.APIKey) bool { return k.Key == m[0] }) {
			Skip(needsKeys)
		}
		if slices.ContainsFunc(s.portal.Users, func(u mockserver.User) bool { return slices.Contains(u.Tokens, m[0]) }) {
			Skip(needsPeople)
		}
		return m[0]
	})
}

// strictTextWithKey is a text in which the key of the run takes the place only of a key of its kind, in the form that the spec writes.
func (t *target) strictTextWithKey(text string) string {
	GinkgoHelper()
	key := livePortal.key
	escaped := strings.NewReplacer("YOUR%5FAPI_KEY", fmt.Sprintf("%%%02X", key[0])+key[1:], "YOUR%255FAPI_KEY", fmt.Sprintf("%%25%02X", key[0])+key[1:], ownerToken, t.owner)
	switch put := escaped.Replace(text); {
	case put != text && !livePortal.isToken:
		Skip(needsToken)
	case strings.Contains(text, ownerAPIKey) && livePortal.isToken:
		Skip(needsAPIKey)
	default:
		text = strings.ReplaceAll(put, ownerAPIKey, t.owner)
	}
	return text
}
