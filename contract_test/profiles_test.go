package contract_test

import (
	"context"
	"fmt"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// difference is a request that the profiles answer differently, and that can be sent to any portal.
type difference struct {
	behaviour string
	numbers   [2]string // the assumptions of documented and of v3.7.2
	answers   [2]string
	read      func(answer) string
	request   request
	anonymous bool
}

// differences are sent one after the other. The switches are restored afterwards.
var differences = []difference{
	{"settings without credentials", [2]string{"A004", "A005"}, [2]string{"401", "200"}, statusSeen, request{path: "files/settings"}, true},
	{"X-RateLimit-* with a 200", [2]string{"A010", "A011"}, [2]string{"sent", "not sent"}, rateLimitSeen, request{path: "files/settings"}, false},
	{"a switch without a value", [2]string{"A105", "A104"}, [2]string{"400", "200 false"}, switchSeen, putExternal(`{}`), false},
	{"displayValue on", [2]string{"A107", "A106"}, [2]string{"200 true", "200 false"}, switchSeen, putExternal(`{"displayValue":true}`), false},
	{"displayValue on and set off", [2]string{"A108", "A106"}, [2]string{"400", "200 false"}, switchSeen, putExternal(`{"displayValue":true,"set":false}`), false},
	{"a text for a switch", [2]string{"A110", "A109"}, [2]string{"400 ErrorApiResponse", "400 validation problems"}, kindSeen, putExternal(`{"set":"true"}`), false},
	{"a switch in malformed JSON", [2]string{"A112", "A111"}, [2]string{"400 ErrorApiResponse", "400 validation problems"}, kindSeen, putExternal(`{`), false},
	{"a switch without a body", [2]string{"A114", "A113"}, [2]string{"400 ErrorApiResponse", "400 validation problems"}, kindSeen, putExternal(``), false},
	{"a switch as plain text", [2]string{"A117", "A116"}, [2]string{"415 ErrorApiResponse", "415 problem"}, kindSeen, request{method: http.MethodPut, path: "files/settings/external", media: "text/plain", body: `{"set":true}`}, false},
	{"a password that is a number", [2]string{"A216", "A215"}, [2]string{"400 ErrorApiResponse", "400 validation problems"}, kindSeen, request{method: http.MethodPost, path: "files/share/no-such-key/password", body: `{"password":1}`}, true},
	{"another method", [2]string{"A503", "A502"}, [2]string{"405 ErrorApiResponse", "405 nothing"}, kindSeen, request{method: http.MethodDelete, path: "files/settings"}, false},
	{"an unknown path", [2]string{"A505", "A504"}, [2]string{"404 ErrorApiResponse", "404 nothing"}, kindSeen, request{path: "files/settings/nope"}, false},
}

func putExternal(body string) request {
	return request{method: http.MethodPut, path: "files/settings/external", body: body}
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

const noAnswer = "no answer"

// profileMatch holds the answers of a portal where the profiles differ.
type profileMatch struct {
	seen     []string   // by difference
	recorded [][]string // by difference: cases in which the recorded server gave the same answer
	hits     [2]int     // documented, v3.7.2
	best     string     // the profile with more hits, or v3.7.2 when they are equal
}

// compare sends the differences to a portal.
func (p *portal) compare(ctx context.Context) profileMatch {
	m := profileMatch{best: mockserver.ProfileV372}
	for _, d := range differences {
		r := d.request
		if !d.anonymous {
			r.key = p.key
		}
		seen, recorded := noAnswer, []string(nil)
		if a, err := p.ask(ctx, r); err == nil {
			seen, recorded = d.read(a), recordedToo(sentExchange{a, r.body}, rateLimitHeaders)
		}
		m.seen, m.recorded = append(m.seen, seen), append(m.recorded, recorded)
		for i, expected := range d.answers {
			if seen == expected {
				m.hits[i]++
			}
		}
	}
	if m.hits[0] > m.hits[1] {
		m.best = mockserver.ProfileDocumented
	}
	return m
}
