package contract_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// difference is a request that the profiles answer differently, and that can be sent to any portal.
type difference struct {
	behaviour string
	expected  map[string]expectation // by profile
	read      func(answer) string
	request   request
	anonymous bool
	inRoom    []request // sent before it; not nil where {room} in a path is the room that is named for links
}

// expectation is what a profile answers, and the assumption that says so.
type expectation struct{ number, answer string }

// documentedOr are the expectations where the page or the reference says something else than all servers do.
func documentedOr(number, answer, serverNumber, serverAnswer string) map[string]expectation {
	expected := onServers(expectation{serverNumber, serverAnswer})
	expected[mockserver.ProfileDocumented] = expectation{number, answer}
	return expected
}

// onServers are the same expectations for all profiles of the server.
func onServers(e expectation) map[string]expectation {
	return map[string]expectation{mockserver.ProfileV372: e, mockserver.ProfileV38: e, mockserver.ProfileNext: e}
}

// differences are sent one after the other. The switches are restored afterwards. Where a cookie matters, the request says that it
// comes over https. Links come first, because they are internal while external sharing is off.
var differences = []difference{
	{"a kind of link that there is not", documentedOr("A713", "400", "A1109", "403"), statusSeen, setRoomLink(`{"linkType":2,"access":2}`), false, []request{}},
	{"the password of a link", documentedOr("A717", "left out", "A1117", "in clear"), linkPasswordSeen, setRoomLink(`{"linkType":1,"access":2,"password":"Secret123!"}`), false, []request{}},
	{"canRevoke of a link", documentedOr("A718", "true", "A1103", "false"), linkSeen("response", "canRevoke"), setRoomLink(`{"linkType":1,"access":2}`), false, []request{}},
	{"a change of a link without linkType", documentedOr("A714", "internal: true", "A1121", "internal: false"), linkInternalSeen, setRoomLink(`{"access":2,"internal":true,"linkId":"` + comparedLink + `"}`), false,
		[]request{setRoomLink(`{"linkType":1,"access":2,"internal":true,"linkId":"` + comparedLink + `"}`)}},
	{"settings without credentials", documentedOr("A004", "401", "A005", "200"), statusSeen, request{path: "files/settings"}, true, nil},
	{"X-RateLimit-* with a 200", documentedOr("A010", "sent", "A011", "not sent"), rateLimitSeen, request{path: "files/settings"}, false, nil},
	{"a switch without a value", documentedOr("A105", "400", "A104", "200 false"), switchSeen, putExternal(`{}`), false, nil},
	{"displayValue on", documentedOr("A107", "200 true", "A106", "200 false"), switchSeen, putExternal(`{"displayValue":true}`), false, nil},
	{"displayValue on and set off", documentedOr("A108", "400", "A106", "200 false"), switchSeen, putExternal(`{"displayValue":true,"set":false}`), false, nil},
	{"a text for a switch", documentedOr("A110", "400 ErrorApiResponse", "A109", "400 validation problems"), kindSeen, putExternal(`{"set":"true"}`), false, nil},
	{"a switch in malformed JSON", documentedOr("A112", "400 ErrorApiResponse", "A111", "400 validation problems"), kindSeen, putExternal(`{`), false, nil},
	{"a switch without a body", documentedOr("A114", "400 ErrorApiResponse", "A113", "400 validation problems"), kindSeen, putExternal(``), false, nil},
	{"a switch as plain text", documentedOr("A117", "415 ErrorApiResponse", "A116", "415 problem"), kindSeen, request{method: http.MethodPut, path: "files/settings/external", media: "text/plain", body: `{"set":true}`}, false, nil},
	{"a password that is a number", documentedOr("A216", "400 ErrorApiResponse", "A215", "400 validation problems"), kindSeen, request{method: http.MethodPost, path: "files/share/no-such-key/password", body: `{"password":1}`}, true, nil},
	{"the policy without credentials", documentedOr("A1060", "401 ErrorApiResponse", "A1059", "401 nothing"), kindSeen, putPolicy(`{"externalShare":true}`), true, nil},
	{"a text in the policy", documentedOr("A1063", "400 ErrorApiResponse", "A1062", "400 validation problems"), kindSeen, putPolicy(`{"externalShare":"true"}`), false, nil},
	{"the policy without a body", documentedOr("A1064", "200", "A1062", "400"), statusSeen, putPolicy(``), false, nil},
	{"the policy as plain text", documentedOr("A117", "415 ErrorApiResponse", "A116", "415 problem"), kindSeen, request{method: http.MethodPut, path: policyPath, media: "text/plain", body: `{"externalShare":true}`}, false, nil},
	{"another method at a link", documentedOr("A503", "405 ErrorApiResponse", "A1018", "405 nothing"), kindSeen, request{method: http.MethodPatch, path: "files/share/no-such-key"}, false, nil},
	{"another method", documentedOr("A503", "405 ErrorApiResponse", "A502", "405 nothing"), kindSeen, request{method: http.MethodDelete, path: "files/settings"}, false, nil},
	{"an unknown path", documentedOr("A505", "404 ErrorApiResponse", "A504", "404 nothing"), kindSeen, request{path: "files/settings/nope"}, false, nil},
	{"a bad session cookie at the settings", badSession(expectation{"A404", "deleted"}, expectation{"A421", "kept"}), deletionSeen, request{path: "files/settings?fields=forcesave", header: cookie("asc_auth_key=no-session")}, true, nil},
	{"a bad session cookie where a link leads", badSession(expectation{"A404", "deleted"}, expectation{"A421", "kept"}), deletionSeen, request{path: "files/share/no-such-key", header: cookie("asc_auth_key=no-session")}, true, nil},
	{"a bad session cookie at a switch, over https", badSession(expectation{"A246", "deleted as Partitioned too"}, expectation{"A246", "deleted as Partitioned too"}), partitionSeen,
		request{method: http.MethodPut, path: "files/settings/external?origin=https://app.example", header: cookie("asc_auth_key=no-session"), body: `{"set":true}`}, true, nil},
	{"maxVectorizationFileSize", vectorization(), sizeSeen, request{path: "files/settings?fields=maxVectorizationFileSize"}, false, nil},
}

// badSession are the expectations of a session cookie that is not valid. Before v3.8 it is deleted once.
func badSession(v38, next expectation) map[string]expectation {
	once := expectation{"A404", "deleted"}
	return map[string]expectation{mockserver.ProfileDocumented: once, mockserver.ProfileV372: once, mockserver.ProfileV38: v38, mockserver.ProfileNext: next}
}

func vectorization() map[string]expectation {
	expected := onServers(expectation{"A003", "10485760"})
	expected[mockserver.ProfileDocumented] = expected[mockserver.ProfileV372]
	expected[mockserver.ProfileNext] = expectation{"A019", "31457280"}
	return expected
}

// numbers are the assumptions of a difference, as the table shows them.
func (d difference) numbers() string {
	var numbers []string
	for _, profile := range mockserver.ProfileNames() {
		if number := d.expected[profile].number; !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	return strings.Join(numbers, "/")
}

func putExternal(body string) request {
	return request{method: http.MethodPut, path: "files/settings/external", body: body}
}

// putPolicy sets the sharing policy.
func putPolicy(body string) request {
	return request{method: http.MethodPut, path: policyPath, body: body}
}

// comparedLink is the id of a link that is made to see what a change does.
const comparedLink = "d0c5face-0000-4000-8000-000000000001"

func setRoomLink(body string) request {
	return request{method: http.MethodPut, path: "files/rooms/{room}/links", body: body}
}

// linkSeen reads a value of a link.
func linkSeen(path ...any) func(answer) string {
	return func(a answer) string {
		if value, err := a.find(path...); err == nil && a.StatusCode == http.StatusOK {
			return fmt.Sprint(value)
		}
		return fmt.Sprint(a.StatusCode)
	}
}

func linkInternalSeen(a answer) string {
	return "internal: " + linkSeen("response", "sharedLink", "internal")(a)
}

// linkPasswordSeen does not tell the password.
func linkPasswordSeen(a answer) string {
	password, err := a.find("response", "sharedLink", "password")
	switch {
	case err != nil || a.StatusCode != http.StatusOK:
		return fmt.Sprint(a.StatusCode)
	case password == nil:
		return "left out"
	default:
		return "in clear"
	}
}

func statusSeen(a answer) string { return fmt.Sprint(a.StatusCode) }

// rateLimitHeaders are the headers that tell the profiles apart.
const rateLimitHeaders = "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"

func rateLimitSeen(a answer) string {
	if a.Header.Get("X-RateLimit-Limit") != "" {
		return "sent"
	}
	return "not sent"
}

func switchSeen(a answer) string {
	if inForce, err := a.find("response"); err == nil && a.StatusCode == http.StatusOK {
		return fmt.Sprintf("200 %v", inForce)
	}
	return fmt.Sprint(a.StatusCode)
}

func deletionSeen(a answer) string {
	if slices.Contains(cookieNames(a), "asc_auth_key") {
		return "deleted"
	}
	return "kept"
}

func partitionSeen(a answer) string {
	seen := deletionSeen(a)
	if slices.ContainsFunc(a.Header.Values("Set-Cookie"), func(line string) bool { return strings.HasSuffix(line, "; Partitioned") }) {
		seen += " as Partitioned too"
	}
	return seen
}

func sizeSeen(a answer) string {
	if size, err := a.find("response", "maxVectorizationFileSize"); err == nil {
		if number, ok := size.(float64); ok {
			return fmt.Sprintf("%.0f", number)
		}
	}
	return fmt.Sprint(a.StatusCode)
}

func kindSeen(a answer) string {
	kind := "something else"
	if len(a.body) == 0 {
		kind = "nothing"
	}
	for _, shape := range []struct {
		kind string
		path []any
	}{{"problem", []any{"response", "title"}}, {"validation problems", []any{"response", "errors"}}, {"ErrorApiResponse", []any{"error", "message"}}} {
		if value, err := a.find(shape.path...); err == nil && value != nil {
			kind = shape.kind
		}
	}
	return fmt.Sprintf("%d %s", a.StatusCode, kind)
}

const (
	noAnswer = "no answer"
	notAsked = "not asked" // because no room is named for links, or the sharing policy does not let them be for everybody
)

// profileMatch holds the answers of a portal where the profiles differ.
type profileMatch struct {
	seen     []string       // by difference
	recorded [][]string     // by difference: cases in which the recorded server gave the same answer
	asked    int            // of the differences
	hits     map[string]int // by profile
	best     string         // the profile with most hits, v3.7.2 or else the first one when there are several
}

// compare sends the differences to a portal.
func (p *portal) compare(ctx context.Context) profileMatch {
	m := profileMatch{hits: map[string]int{}}
	for _, d := range differences {
		r := d.request
		if !d.anonymous {
			r.key = p.key
		}
		seen, recorded := noAnswer, []string(nil)
		if d.inRoom != nil && (p.room == "" || !p.before.external || p.internalLinks) {
			m.seen, m.recorded = append(m.seen, notAsked), append(m.recorded, recorded)
			continue
		}
		m.asked++
		for _, before := range d.inRoom {
			before.key, before.path = p.key, strings.ReplaceAll(before.path, "{room}", p.room)
			_, _ = p.ask(ctx, before) // what it led to is seen in the answer to the request
		}
		r.path = strings.ReplaceAll(r.path, "{room}", p.room)
		if a, err := p.ask(ctx, r); err == nil {
			seen, recorded = d.read(a), recordedToo(sentExchange{a, r.body}, rateLimitHeaders)
		}
		if d.inRoom != nil {
			_ = p.removeLinks(ctx) // it is tried again at the end
		}
		m.seen, m.recorded = append(m.seen, seen), append(m.recorded, recorded)
		for profile, expected := range d.expected {
			if seen == expected.answer {
				m.hits[profile]++
			}
		}
	}
	m.best = mockserver.ProfileV372
	for _, profile := range mockserver.ProfileNames() {
		if m.hits[profile] > m.hits[m.best] {
			m.best = profile
		}
	}
	return m
}
