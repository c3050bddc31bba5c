package contract_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

// exceptions are the recorded cases that the fake does not answer as the server did, each with the number of the gap that is
// the reason.
var exceptions = func() map[string]string {
	all := maps.Clone(singleExceptions)
	for number, ids := range callsOfOthers {
		for id := range strings.FieldsSeq(ids) {
			all[id] = number
		}
	}
	return all
}()

// callsOfOthers are the recorded cases of calls that the fake does not have, by gap.
var callsOfOthers = map[string]string{
	"G01": "VM050 " + // the caller's documents
		"VR146 VR279 VR295 VR402 VR407 " + // the common documents, the health of the server, its document
		"people-P068 people-P070 people-P071 people-P103", // other people, the health of the server
	"G22": "flow-G064 people-P101 VR258 VR259 VR260 VR263 VR264 VR265 VR266 VR267 VR270 VR272", // calls of another service
	"G02": "VN166 VN172 VN182 VN188",                                                           // a section with its name in German
}

// singleExceptions are the others.
var singleExceptions = map[string]string{
	"J4-0600":      "G03", // a list that is too deep, in place of true or false
	"F814":         "G14", // a request line that is too long
	"F1048":        "G14", // a blank in the query
	"F1102":        "G14", // a blank in the query
	"F1515":        "G14", // a blank in the path
	"cX-X091B":     "G14", // the target names another host than the header
	"cH-H026A":     "G15", // the API key had been switched on again
	"cH-H026B":     "G15", // the API key had been switched on again
	"VF343":        "G15", // the room had more links
	"VF346":        "G15", // the room had more links
	"auth-A054":    "G15", // the salt of passwords
	"auth-A170":    "G15", // the person had chosen another language
	"people-P058":  "G15", // the session ended soon
	"F1490":        "G15", // external sharing had been switched off by the case before
	"body-Z2-0603": "G15", // the owner had chosen another right that new links have
}

// allowedExceptions is the part of the cases of a file that may be exceptions, in percent. Some files also ask calls that the fake
// does not have.
func allowedExceptions(file string) int {
	switch file {
	case "people.json":
		return 6
	case "rooms.json", "routes.json":
		return 5
	case "policy.json", "reading.json", "signin.json", "signin-sequence.json":
		return 2
	default:
		return 1
	}
}

// fileCitation is the form of a citation of recorded answers: a file, and the ids of its cases unless all of them are meant.
const fileCitation = `[\w-]+\.json(: [\w-]+(, [\w-]+)*)?`

// citedCases are the recorded cases that a citation names, by file.
func citedCases(citation string) map[string][]string {
	cited := map[string][]string{}
	for part := range strings.SplitSeq(citation, "; ") {
		name, ids, _ := strings.Cut(part, ": ")
		if name == noted {
			continue
		}
		cited[name] = nil
		if ids != "" {
			cited[name] = strings.Split(ids, ", ")
		}
	}
	return cited
}

// citedNotes are the noted cases that a citation names.
func citedNotes(citation string) (ids []string) {
	for part := range strings.SplitSeq(citation, "; ") {
		if list, found := strings.CutPrefix(part, noted+": "); found {
			ids = append(ids, strings.Split(list, ", ")...)
		}
	}
	return ids
}

// among is how many cases of the file are among these exceptions.
func (f *recordedFile) among(exceptions map[string]string) int {
	count := 0
	for id := range exceptions {
		if f.find(id) != nil {
			count++
		}
	}
	return count
}

// disagreements are the mistakes in what claims, gaps and exceptions say about the recorded answers.
func disagreements(claims []assumption, gaps []gap, exceptions map[string]string, files []*recordedFile) []string {
	var problems []string
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for _, a := range claims {
		if a.evidence != executed {
			continue
		}
		for _, ids := range citedNotes(a.citation) {
			if !isNoted(ids) {
				problem("%s cites the notes %s, which are not there", a.number, ids)
			}
		}
		for name, ids := range citedCases(a.citation) {
			at := slices.IndexFunc(files, func(f *recordedFile) bool { return f.name == name })
			if at < 0 {
				problem("%s cites %s, which is not there", a.number, name)
				continue
			}
			for _, id := range ids {
				switch {
				case files[at].find(id) == nil:
					problem("%s cites %s of %s, which is not there", a.number, id, name)
				case exceptions[id] != "":
					problem("%s cites %s, which the fake answers otherwise (%s)", a.number, id, exceptions[id])
				}
			}
		}
	}
	for _, f := range files {
		excepted := f.among(exceptions)
		if allowed := allowedExceptions(f.name); excepted*100 > len(f.Cases)*allowed {
			problem("%s has %d exceptions among %d cases, which is more than %d %%", f.name, excepted, len(f.Cases), allowed)
		}
	}
	for id, number := range exceptions {
		if !slices.ContainsFunc(files, func(f *recordedFile) bool { return f.find(id) != nil }) {
			problem("%s is an exception, but no recorded case", id)
		}
		if !slices.ContainsFunc(gaps, func(g gap) bool { return g.number == number && g.recorded }) {
			problem("%s is an exception for %q, which is no gap that recordings show", id, number)
		}
	}
	for _, g := range gaps {
		if g.recorded && !slices.Contains(slices.Collect(maps.Values(exceptions)), g.number) {
			problem("%s says that recordings show it, but no exception names it", g.number)
		}
	}
	slices.Sort(problems)
	return problems
}

// allClaims are the assumptions of all topics.
func allClaims() []assumption {
	return slices.Collect(maps.Values(assumptions))
}

func TestClaimsGapsAndExceptionsAgree(t *testing.T) {
	g := NewWithT(t)
	g.Expect(disagreements(allClaims(), gaps, exceptions, recordedFiles())).To(BeEmpty())
	var cited []string
	for _, a := range allClaims() {
		cited = append(cited, citedNotes(a.citation)...)
	}
	for _, c := range notedCases {
		g.Expect(cited).To(ContainElement(c.ids), "no claim cites these notes")
	}
	last := ""
	for _, one := range gaps {
		g.Expect(one.number).To(MatchRegexp(`^G\d\d$`))
		g.Expect(one.number > last).To(BeTrue(), "%s comes after %s", one.number, last)
		g.Expect(one.text).To(MatchRegexp(`^[A-Z\x60].*\.$`), one.number)
		last = one.number
	}
}

func TestDisagreements(t *testing.T) {
	file := &recordedFile{name: "some.json", Cases: make([]recordedCase, 200)}
	for i := range file.Cases {
		file.Cases[i].ID = fmt.Sprintf("X%d", i)
	}
	shown, other := gap{"G01", "A gap.", true}, gap{"G02", "A gap.", false}
	claim := func(citation string) []assumption {
		return []assumption{{number: "A001", evidence: executed, citation: citation}}
	}
	for name, c := range map[string]struct {
		claims     []assumption
		gaps       []gap
		exceptions map[string]string
		problem    string
	}{
		"nothing":                      {claim("some.json: X1, X2"), []gap{shown, other}, map[string]string{"X3": "G01", "X4": "G01"}, ""},
		"a whole file":                 {claim("some.json"), []gap{shown}, map[string]string{"X3": "G01"}, ""},
		"notes":                        {claim("noted: L101–L126; some.json: X1"), nil, nil, ""},
		"notes that are missing":       {claim("noted: L1"), nil, nil, "A001 cites the notes L1, which are not there"},
		"a claim of another kind":      {[]assumption{{number: "A001", evidence: source, citation: "some.cs"}}, nil, nil, ""},
		"a file that is missing":       {claim("none.json: X1"), nil, nil, "A001 cites none.json, which is not there"},
		"a case that is missing":       {claim("some.json: X1, X200"), nil, nil, "A001 cites X200 of some.json, which is not there"},
		"a case that differs":          {claim("some.json: X3"), []gap{shown}, map[string]string{"X3": "G01"}, "A001 cites X3, which the fake answers otherwise (G01)"},
		"an exception without a case":  {nil, []gap{shown}, map[string]string{"X3": "G01", "X300": "G01"}, "X300 is an exception, but no recorded case"},
		"an exception without a gap":   {nil, nil, map[string]string{"X3": "G07"}, `X3 is an exception for "G07", which is no gap that recordings show`},
		"an exception for another gap": {nil, []gap{other}, map[string]string{"X3": "G02"}, `X3 is an exception for "G02", which is no gap that recordings show`},
		"a gap without an exception":   {nil, []gap{shown}, nil, "G01 says that recordings show it, but no exception names it"},
		"too many exceptions":          {nil, []gap{shown}, map[string]string{"X3": "G01", "X4": "G01", "X5": "G01"}, "some.json has 3 exceptions among 200 cases, which is more than 1 %"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			problems := disagreements(c.claims, c.gaps, c.exceptions, []*recordedFile{file})
			if c.problem == "" {
				g.Expect(problems).To(BeEmpty())
				return
			}
			g.Expect(problems).To(ConsistOf(c.problem))
		})
	}
}

func TestRecordedFiles(t *testing.T) {
	g := NewWithT(t)
	seen := map[string]string{}
	for _, f := range recordedFiles() {
		g.Expect(f.Cases).NotTo(BeEmpty(), f.name)
		g.Expect(f.What).NotTo(BeEmpty(), f.name)
		g.Expect(f.StoodIn).NotTo(BeEmpty(), f.name)
		g.Expect(f.Host).NotTo(BeEmpty(), f.name)
		g.Expect(f.Date).To(MatchRegexp(`^\d{4}-\d\d-\d\d$`), f.name)
		known := map[string]string{}
		maps.Copy(known, f.Vars)
		for _, c := range f.Cases {
			g.Expect(seen).NotTo(HaveKey(c.ID), "%s is in %s and in %s", c.ID, seen[c.ID], f.name)
			seen[c.ID] = f.name
			g.Expect(c.Settings).To(Or(BeEmpty(), HaveLen(2)), c.ID)
			g.Expect(c.Response.Status).To(BeNumerically(">=", 200), c.ID)
			if c.Response.BodyRef != "" {
				g.Expect(f.Bodies).To(HaveKey(c.Response.BodyRef), c.ID)
			}
			for _, name := range recordedVariable.FindAllString(c.Request.Target, -1) {
				g.Expect(known).To(HaveKey(strings.Trim(name, "{}")), c.ID)
			}
			maps.Copy(known, c.Save)
		}
	}
	g.Expect(len(seen)).To(BeNumerically(">=", 4996))
}

// What cannot be the same is left out, and nothing else.
func TestComparable(t *testing.T) {
	const trace = "0af7651916cd43dd8448eb211c80319c"
	f := &recordedFile{Host: "127.0.0.1:1", HeadersLeftOut: []string{"x-left-out"}}
	problem := func(trace, flags string) string {
		return `{"traceId":"00-` + trace + `-b7ad6b7169203331-` + flags + `"}`
	}
	fresh := strings.Repeat("ab", 16)
	sent := [][2]string{{"TraceParent", "00-" + trace + "-b7ad6b7169203331-01"}}
	header := func(name, value string) wireResponse { return wireResponse{Headers: [][2]string{{name, value}}} }
	body := func(text string) wireResponse { return wireResponse{Body: text} }
	for name, c := range map[string]struct {
		recorded, got wireResponse
		sent          [][2]string
		same          bool
	}{
		"a status":                        {wireResponse{Status: 200}, wireResponse{Status: 201}, nil, false},
		"a body":                          {body("a"), body("b"), nil, false},
		"a header":                        {header("Allow", "GET"), header("Allow", "PUT"), nil, false},
		"a header that is missing":        {header("Allow", "GET"), wireResponse{}, nil, false},
		"a header that is too much":       {wireResponse{}, header("Vary", "Origin"), nil, false},
		"the letter case of a header":     {header("api-supported-versions", "2.0"), header("Api-Supported-Versions", "2.0"), nil, true},
		"framing":                         {header("Transfer-Encoding", "chunked"), header("Content-Length", "7"), nil, true},
		"a header of the fake's own":      {wireResponse{}, header("X-Mock-Hint", "x"), nil, true},
		"a header that the file left out": {wireResponse{}, header("X-Left-Out", "x"), nil, true},
		"the host":                        {body("http://127.0.0.1:1/a"), body("http://127.0.0.1:2/a"), nil, true},
		"another host":                    {body("http://127.0.0.1:1/a"), body("http://127.0.0.1:3/a"), nil, false},
		"how long it took":                {header("Server-Timing", "a;dur=12ms"), header("Server-Timing", "a;dur=0.5ms"), nil, true},
		"the unit of how long it took":    {header("Server-Timing", "a;dur=12ms"), header("Server-Timing", "a;dur=12"), nil, false},
		"the value of a cookie":           {header("Set-Cookie", "a=1; path=/"), header("Set-Cookie", "a=2; path=/"), nil, true},
		"the name of a cookie":            {header("Set-Cookie", "a=1; path=/"), header("Set-Cookie", "b=1; path=/"), nil, false},
		"an attribute of a cookie":        {header("Set-Cookie", "a=1; path=/"), header("Set-Cookie", "a=1; path=/; secure"), nil, false},
		"the deletion of a cookie":        {header("Set-Cookie", "a=; path=/"), header("Set-Cookie", "a=1; path=/"), nil, false},
		"when a cookie ends":              {header("Set-Cookie", "a=1; expires=Thu, 01 Jan 2026 00:00:00 GMT"), header("Set-Cookie", "a=1; expires=Fri, 02 Jan 2026 00:00:00 GMT"), nil, true},
		"a cookie that has ended":         {header("Set-Cookie", "a=1; expires=Thu, 01 Jan 1970 00:00:00 GMT"), header("Set-Cookie", "a=1; expires=Fri, 02 Jan 2026 00:00:00 GMT"), nil, false},
		"a stack trace":                   {body(`{"stack":"at \"x\"","hresult":1}`), body(`{"stack":"","hresult":1}`), nil, true},
		"no stack trace":                  {body(`{"stack":"at x"}`), body(`{"stack":null}`), nil, false},
		"a fresh trace":                   {body(problem(fresh, "00")), body(problem(trace, "00")), nil, true},
		"the flags of a trace":            {body(problem(fresh, "00")), body(problem(fresh, "01")), nil, false},
		"a trace that was sent":           {body(problem(trace, "01")), body(problem(fresh, "01")), sent, false},
		"a trace that was not followed":   {body(problem(fresh, "00")), body(problem(trace, "00")), sent, false},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			request := &recordedCase{Request: wireRequest{Headers: c.sent}}
			d := deviatingCase{expected: f.comparable(request, &c.recorded, f.Host), got: f.comparable(request, &c.got, "127.0.0.1:2")}
			g.Expect(d.same()).To(Equal(c.same), "%s\n%s", d.expected, d.got)
		})
	}
}

// A deviation shows what was asked and both answers from the first difference on.
func TestDeviatingCase(t *testing.T) {
	g := NewWithT(t)
	body := `{"set":1}`
	d := deviatingCase{
		file: &recordedFile{name: "some.json"},
		recorded: &recordedCase{ID: "X1", Title: "a number", Request: wireRequest{
			Method: "PUT", Target: "/api/2.0/files/settings/external", Headers: [][2]string{{"Content-Type", "application/json"}}, Body: &body,
		}},
		expected: "400\n\n" + strings.Repeat("a", 100) + "BytePositionInLine: 8." + strings.Repeat("z", 400),
		got:      "400\n\n" + strings.Repeat("a", 100) + "BytePositionInLine: 9." + strings.Repeat("z", 400),
	}
	text := d.String()
	g.Expect(text).To(HavePrefix("some.json: X1 a number\n"))
	for _, shown := range []string{"PUT /api/2.0/files/settings/external", "Content-Type: application/json", `"{\"set\":1}"`, "recorded  …aaaa", "BytePositionInLine: 8.z", "fake      …aaaa", "BytePositionInLine: 9.z"} {
		g.Expect(text).To(ContainSubstring(shown))
	}
	g.Expect(text).NotTo(MatchRegexp(strings.Repeat("a", 60)), "not from the beginning on")
	g.Expect(regexp.MustCompile(`z+…`).FindAllString(text, -1)).To(HaveLen(2), "not to the end")
	all := describeDeviations(slices.Repeat([]deviatingCase{d}, shownDeviations+2))
	g.Expect(all[shownDeviations]).To(Equal("2 more differ: X1, X1"))
}

// A request goes out byte for byte as it was recorded.
func TestWireRequest(t *testing.T) {
	body, empty := "{{owner}}", ""
	f := &recordedFile{Host: "127.0.0.1:1", Vars: map[string]string{"owner": "key"}}
	for name, c := range map[string]struct {
		request wireRequest
		wire    string
	}{
		"without a body":                 {wireRequest{Method: "get", Target: "/a?b c"}, "get /a?b c HTTP/1.1\r\nHost: h:2\r\nConnection: close\r\n\r\n"},
		"with a body":                    {wireRequest{Method: "PUT", Target: "/{{owner}}", Headers: [][2]string{{"a", "Bearer {{owner}} {{other}}"}}, Body: &body}, "PUT /key HTTP/1.1\r\nHost: h:2\r\na: Bearer key {{other}}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nkey"},
		"an empty body":                  {wireRequest{Method: "PUT", Target: "/", Body: &empty}, "PUT / HTTP/1.1\r\nHost: h:2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"},
		"a length of its own and a host": {wireRequest{Method: "PUT", Target: "/", Headers: [][2]string{{"host", "x"}, {"content-length", "9"}}, Body: &body}, "PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\nConnection: close\r\n\r\nkey"},
		"one chunk":                      {wireRequest{Method: "PUT", Target: "/", Bytes: []byte("0123456789abcdef\xff"), Chunked: true}, "PUT / HTTP/1.1\r\nHost: h:2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n11\r\n0123456789abcdef\xff\r\n0\r\n\r\n"},
		"no chunk":                       {wireRequest{Method: "PUT", Target: "/", Body: &empty, Chunked: true}, "PUT / HTTP/1.1\r\nHost: h:2\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"},
		"bytes":                          {wireRequest{Raw: []byte("GET / HTTP/1.0\r\nHost: 127.0.0.1:1\r\n\r\n")}, "GET / HTTP/1.0\r\nHost: h:2\r\n\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			NewWithT(t).Expect(string(c.request.wire(f, "h:2"))).To(Equal(c.wire))
		})
	}
}
