package contract_test

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	. "github.com/onsi/gomega"
)

// A portal that deviates may do what the server of tag v3.7.2-server does too. That is certain only when the recordings hold the
// same request with the same answer, and when the answer does not depend on what happened before.

// sentExchange is an exchange of a spec with a live portal.
type sentExchange struct {
	answer answer
	body   string // of the request
}

// sentExchanges are the exchanges of the spec that runs.
var sentExchanges struct {
	sync.Mutex
	all []sentExchange
}

func forgetExchanges() {
	sentExchanges.Lock()
	defer sentExchanges.Unlock()
	sentExchanges.all = nil
}

func keepExchange(e sentExchange) {
	sentExchanges.Lock()
	defer sentExchanges.Unlock()
	sentExchanges.all = append(sentExchanges.all, e)
}

// exchangeOf is the exchange that had this answer.
func exchangeOf(resp *http.Response) (sentExchange, bool) {
	sentExchanges.Lock()
	defer sentExchanges.Unlock()
	at := slices.IndexFunc(sentExchanges.all, func(e sentExchange) bool { return e.answer.Response == resp })
	if at < 0 {
		return sentExchange{}, false
	}
	return sentExchanges.all[at], true
}

// recordedToo names the recorded cases in which the server gave the same answer to the same request. seen is the deviation: what
// it names in the answer has to be the same, also a header that a proxy may add.
func recordedToo(e sentExchange, seen string) []string {
	var ids []string
	for _, file := range recordedFiles() {
		for i := range file.Cases {
			c := &file.Cases[i]
			if !c.standsAlone() || !file.sameRequest(c, e) {
				continue
			}
			if expected, got := file.comparableLive(c, e.answer, seen); expected == got {
				ids = append(ids, c.ID)
			}
		}
	}
	return ids
}

// unsent are headers of a request that do not count when requests are compared.
var unsent = []string{"host", "user-agent", "accept-encoding", "content-length", "connection", "authorization", "x-forwarded-for"}

// sameRequest says whether a request is that of a case.
func (f *recordedFile) sameRequest(c *recordedCase, e sentExchange) bool {
	r, sent := &c.Request, e.answer.Request
	body, _ := r.body(f)
	if r.Raw != nil || r.Chunked || r.Method != sent.Method || f.fill(r.Target) != sent.URL.RequestURI() || string(body) != e.body {
		return false
	}
	if _, another := r.header("Host"); another {
		return false
	}
	var recorded, now []string
	for _, h := range r.Headers {
		recorded = append(recorded, strings.ToLower(h[0])+": "+h[1])
	}
	for name, values := range sent.Header {
		for _, value := range values {
			now = append(now, strings.ToLower(name)+": "+value)
		}
	}
	return callerIn(recorded, recordedCallers) == callerIn(now, ownCallers()) && slices.Equal(compared(recorded), compared(now))
}

// compared are the lines of headers that count, sorted.
func compared(lines []string) []string {
	kept := slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		name, value, _ := strings.Cut(line, ": ")
		return slices.Contains(unsent, name) || name == "cookie" && recordedCallers[value] != ""
	})
	slices.Sort(kept)
	return kept
}

// These are kinds of callers that have the same answers at any portal.
const anAdministrator, aUser = "an administrator", "a user"

// recordedCallers are the callers of the recordings, by the value of their header.
var recordedCallers = map[string]string{
	"Bearer {{owner}}": anAdministrator, "Bearer {{admin}}": anAdministrator, "Bearer {{user}}": aUser,
	"Bearer {{ck_owner}}": anAdministrator, "Bearer {{ck_admin}}": anAdministrator, "Bearer {{ck_user}}": aUser, "Bearer {{sk_owner}}": anAdministrator,
	"asc_auth_key={{ck_owner}}": anAdministrator, "asc_auth_key={{ck_admin}}": anAdministrator, "asc_auth_key={{ck_user}}": aUser,
}

// ownCallers are the callers of this run.
func ownCallers() map[string]string {
	callers := map[string]string{"Bearer " + runOptions.Key: anAdministrator}
	if runOptions.UserKey != "" {
		callers["Bearer "+runOptions.UserKey] = aUser
	}
	return callers
}

// callerIn is the kind of caller in the lines of headers. Credentials of no known kind stand for themselves.
func callerIn(lines []string, callers map[string]string) string {
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		switch {
		case name != "authorization" && name != "cookie":
		case callers[value] != "":
			return callers[value]
		case name == "authorization":
			return value
		}
	}
	return "nobody"
}

// linkedHost is the start of the link in an envelope. A portal may be reached under a name that it does not know.
var linkedHost = regexp.MustCompile(`"href":"https?://[^/"]+`)

// comparableLive gives the recorded answer and that of a live portal as texts. A proxy may add headers and values of them, so
// those that the recorded answer does not have count only when seen names them.
func (f *recordedFile) comparableLive(c *recordedCase, a answer, seen string) (expected, got string) {
	text := func(status int, headers []string, body string) string {
		return fmt.Sprint(status) + "\n" + strings.Join(headers, "\n") + "\n\n" + linkedHost.ReplaceAllString(body, `"href":"HOST`)
	}
	now := wireResponse{Status: a.StatusCode, Headers: headerPairs(a.Header), Body: string(a.body)}
	recorded := f.headersOf(&c.Response, f.Host)
	theirs := slices.DeleteFunc(f.headersOf(&now, "\x00"), func(line string) bool {
		name, _, _ := strings.Cut(line, ": ")
		return !slices.Contains(recorded, line) && !strings.Contains(strings.ToLower(seen), name) &&
			(!hasHeader(recorded, name) || name == "server-timing") // a proxy adds its own
	})
	return text(c.Response.Status, recorded, f.bodyOf(&c.Request, &c.Response, f.Host)), text(now.Status, theirs, f.bodyOf(&c.Request, &now, "\x00"))
}

func hasHeader(lines []string, name string) bool {
	return slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, name+": ") })
}

// headerPairs are headers in the form of the recordings.
func headerPairs(header http.Header) [][2]string {
	var pairs [][2]string
	for name, values := range header {
		for _, value := range values {
			pairs = append(pairs, [2]string{name, value})
		}
	}
	return pairs
}

// recordedMark is in the message about a deviation that the recorded server shows too. The ids of the cases follow.
const recordedMark = " [recorded at v3.7.2 too: "

// withMark adds ids to the message about a deviation.
func withMark(message string, ids []string) string {
	if len(ids) == 0 {
		return message
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return message + recordedMark + strings.Join(slices.Compact(ids), ", ") + "]"
}

// cutMark takes the mark off a message.
func cutMark(message string) (seen string, ids []string) {
	seen, mark, marked := strings.Cut(message, recordedMark)
	if !marked {
		return message, nil
	}
	return seen, strings.Split(strings.TrimSuffix(mark, "]"), ", ")
}

// A deviation counts as one of the recorded server only when everything is the same that a caller can see.
func TestRecordedToo(t *testing.T) {
	before := runOptions.Key
	runOptions.Key = "admins-key"
	defer func() { runOptions.Key = before }()
	exchange := func(change func(sent *http.Request, e *sentExchange)) sentExchange {
		sent, err := request{method: http.MethodPut, path: "files/settings/external", key: "admins-key", body: `{"set":"x"}`}.httpRequest(t.Context(), "https://portal.example")
		if err != nil {
			t.Fatal(err)
		}
		e := sentExchange{body: `{"set":"x"}`, answer: answer{&http.Response{
			StatusCode: http.StatusBadRequest, Request: sent,
			Header: http.Header{"Content-Type": {"application/problem+json; charset=utf-8"}, "Server-Timing": {"aspnetcore-request-time;dur=3ms", "proxy;dur=0.1"}, "X-Frame-Options": {"DENY"}},
		}, []byte(`{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,` +
			`"errors":{"$.set":["The JSON value could not be converted to System.Boolean. Path: $.set | LineNumber: 0 | BytePositionInLine: 10."]},"traceId":"00-8d02bb2001474fe08d02bb2001474fe0-8d02bb2001474fe0-00"},` +
			`"count":1,"links":[{"href":"https://other.example/api/2.0/files/settings/external","action":"PUT"}],"status":1,"statusCode":400}`)}}
		if change != nil {
			change(sent, &e)
		}
		return e
	}
	const seen = "PUT /api/2.0/files/settings/external: the status is 400"
	for name, c := range map[string]struct {
		change func(sent *http.Request, e *sentExchange)
		seen   string
		too    bool
	}{
		"the same answer": {nil, seen, true},
		"another status":  {func(_ *http.Request, e *sentExchange) { e.answer.StatusCode = 401 }, seen, false},
		"another text": {func(_ *http.Request, e *sentExchange) {
			e.answer.body = bytes.Replace(e.answer.body, []byte("10."), []byte("11."), 1)
		}, seen, false},
		"another content type":        {func(_ *http.Request, e *sentExchange) { e.answer.Header.Set("Content-Type", "application/json") }, seen, false},
		"without a header":            {func(_ *http.Request, e *sentExchange) { e.answer.Header.Del("Server-Timing") }, seen, false},
		"a header that is the matter": {nil, "PUT /api/2.0/files/settings/external: X-Frame-Options is there", false},
		"another body":                {func(_ *http.Request, e *sentExchange) { e.body = `{"set":"another"}` }, seen, false},
		"another method":              {func(sent *http.Request, _ *sentExchange) { sent.Method = http.MethodPatch }, seen, false},
		"another path":                {func(sent *http.Request, _ *sentExchange) { sent.URL.Path += "/" }, seen, false},
		"another caller":              {func(sent *http.Request, _ *sentExchange) { sent.Header.Set("Authorization", "Bearer users-key") }, seen, false},
		"nobody":                      {func(sent *http.Request, _ *sentExchange) { sent.Header.Del("Authorization") }, seen, false},
		"another header":              {func(sent *http.Request, _ *sentExchange) { sent.Header.Set("Accept-Charset", "utf-16") }, seen, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			ids := recordedToo(exchange(c.change), c.seen)
			if c.too {
				g.Expect(ids).To(ContainElement("F043"))
				return
			}
			g.Expect(ids).To(BeEmpty())
		})
	}
}

func TestStandsAlone(t *testing.T) {
	for _, c := range []struct {
		target string
		status int
		alone  bool
	}{
		{"/api/2.0/files/settings/external", 200, true},
		{"/api/2.0/Files/Settings/External/?x=y", 200, true},
		{"/api/2.0/files/settings/externalsocialmedia", 200, false},
		{"/api/2.0/files/settings/externalsocialmedia", 403, true},
		{"/api/2.0/files/settings?fields=externalShare", 200, false},
		{"/api/2.0/files/settings", 401, true},
		{"/api/2.0/files/share/x/password", 200, false},
		{"/api/2.0/files/share/x/password", 403, false},
		{"/api/2.0/files/share/x/password", 400, true},
		{"/any", 204, true},
		{"/any", 500, false},
	} {
		NewWithT(t).Expect(standsAlone(c.target, c.status)).To(Equal(c.alone), "%s %d", c.target, c.status)
	}
}

func TestMarks(t *testing.T) {
	g := NewWithT(t)
	g.Expect(withMark("GET /x: it differs", nil)).To(Equal("GET /x: it differs"))
	seen, ids := cutMark(withMark("GET /x: it differs", []string{"F002", "F001", "F002"}))
	g.Expect(seen).To(Equal("GET /x: it differs"))
	g.Expect(ids).To(Equal([]string{"F001", "F002"}))
}
