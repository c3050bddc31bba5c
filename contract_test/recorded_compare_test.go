package contract_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// unequal is what cannot be the same in an answer of the fake and in a recorded one, or need not be.
var unequal = struct {
	headers  []string // left out
	prefixes []string // of headers that are left out
	values   []unequalValue
}{
	headers: []string{
		"date", "server", // the recordings leave them out
		"connection", "keep-alive", "content-length", "transfer-encoding", // framing: chunks here and there
		"access-control-expose-headers", // the fake lets web pages read its hints
	},
	prefixes: []string{"x-mock-"}, // the fake's own
	values: []unequalValue{
		{"server-timing", regexp.MustCompile(`[\d.]+`), "N"},                                // how long it took
		{"set-cookie", regexp.MustCompile(`^([^=]*)=[^;]+`), "${1}=VALUE"},                  // values are minted anew
		{"set-cookie", regexp.MustCompile(`(?i)expires=[^;]*20\d\d [^;]*`), "expires=TIME"}, // not that of a deletion, which is in 1970
		{"", regexp.MustCompile(`"stack":"(?:[^"\\]|\\.)*"`), `"stack":"STACK"`},            // the recordings leave stack traces out
		{"", regexp.MustCompile(`"token":"[^"]*"`), `"token":"TOKEN"`},                      // minted anew
		{"", regexp.MustCompile(`"id":"[^"]*","Operation"`), `"id":"ID","Operation"`},       // minted anew
		{"", regexp.MustCompile(`"expires":"20[^"]*"`), `"expires":"TIME"`},                 // from now on
		{"", regexp.MustCompile(`"shareLink":"[^"]*/s/[^"]*"`), `"shareLink":"SHORT"`},      // minted anew
		{"", regexp.MustCompile(`("shared(?:To|Link)":\{"id":)"[^"]*"`), `${1}"ID"`},        // a new link has a new id
		{"", regexp.MustCompile(`"requestToken":"[^"]*"`), `"requestToken":"TOKEN"`},        // it is the signed id

		// What a portal file does not say of entries and people.
		{"", regexp.MustCompile(`"(created|updated|lastOpened|autoDelete|registrationDate)":"[^"]*"`), `"$1":"TIME"`},
		{"", regexp.MustCompile(`"displayName":"[^"]*"`), `"displayName":"NAME"`},
		{"", regexp.MustCompile(`(photo_size_[\d-]+\.png\?hash)=\d+`), `$1=HASH`},
		{"", regexp.MustCompile(`"color":"[0-9A-F]{6}"`), `"color":"COLOUR"`},
		{"", regexp.MustCompile(`"contentLength":"[^"]*","pureContentLength":\d+`), `"contentLength":"SIZE"`},
		{"", regexp.MustCompile(`"usedSpace":\d+`), `"usedSpace":"SIZE"`},
		{"", regexp.MustCompile(`"loginEventId":[1-9]\d*`), `"loginEventId":NUMBER`},
		{"", regexp.MustCompile(`(https?)://localhost:\d+/`), `$1://NAME/`},                                                         // another port
		{"", regexp.MustCompile(`/s/[\w-]{15}"`), `/s/SHORT"`},                                                                      // minted anew
		{"", regexp.MustCompile(`("fileEntryType":1,"id":)\d+(,.*"href":"http://[^"]*/files/rooms","action":"POST")`), "${1}NEW$2"}, // the next free number
	},
}

// unequalValue is a part of a header, or of the body, and what takes its place.
type unequalValue struct {
	header      string // "" is the body
	part        *regexp.Regexp
	replacement string
}

// problemTrace is the id in problems: the trace, the span and the flags. Only the trace and the flags of a request are kept.
var problemTrace = regexp.MustCompile(`"traceId":"00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})"`)

// withoutSpan replaces what is new in each trace id. The trace stays when the request had it.
func withoutSpan(body string, request *wireRequest) string {
	sent, _ := request.header("traceparent")
	return problemTrace.ReplaceAllStringFunc(body, func(id string) string {
		parts := problemTrace.FindStringSubmatch(id)
		trace := "TRACE"
		if strings.Contains(sent, parts[1]) {
			trace = parts[1]
		}
		return fmt.Sprintf(`"traceId":"00-%s-SPAN-%s"`, trace, parts[2])
	})
}

// headersOf are the lines of the headers that are compared, sorted, because their order and letter case mean nothing.
func (f *recordedFile) headersOf(w *wireResponse, host string) []string {
	var lines []string
	for _, h := range w.Headers {
		name, value := strings.ToLower(h[0]), h[1]
		own := slices.ContainsFunc(unequal.prefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
		if own || slices.Contains(unequal.headers, name) || slices.Contains(f.HeadersLeftOut, name) {
			continue
		}
		for _, u := range unequal.values {
			if u.header == name {
				value = u.part.ReplaceAllString(value, u.replacement)
			}
		}
		lines = append(lines, name+": "+strings.ReplaceAll(value, host, "HOST"))
	}
	slices.Sort(lines)
	return lines
}

// bodyOf is the body of an answer, without what cannot be the same.
func (f *recordedFile) bodyOf(request *wireRequest, w *wireResponse, host string) string {
	body := w.Body
	switch {
	case w.BodyRef != "":
		body = f.Bodies[w.BodyRef]
	case w.Bytes != nil:
		body = string(w.Bytes)
	}
	body = withoutSpan(strings.ReplaceAll(body, host, "HOST"), request)
	for _, u := range unequal.values {
		if u.header == "" {
			body = u.part.ReplaceAllString(body, u.replacement)
		}
	}
	return body
}

// comparable is an answer of a server at this host as a text: status, headers and body, without what cannot be the same.
func (f *recordedFile) comparable(c *recordedCase, w *wireResponse, host string) string {
	lines := append([]string{fmt.Sprint(w.Status)}, f.headersOf(w, host)...)
	return strings.Join(lines, "\n") + "\n\n" + f.bodyOf(&c.Request, w, host)
}

// deviatingCase is a recorded case with the answers of the server and of the fake.
type deviatingCase struct {
	file          *recordedFile
	recorded      *recordedCase
	expected, got string
}

func (d deviatingCase) same() bool { return d.expected == d.got }

// request is the request as it stands in the file.
func (d deviatingCase) request() string {
	r := &d.recorded.Request
	if r.Raw != nil {
		return string(r.Raw)
	}
	lines := []string{r.Method + " " + r.Target}
	for _, h := range r.Headers {
		lines = append(lines, h[0]+": "+h[1])
	}
	if body, there := r.body(d.file); there {
		lines = append(lines, "", fmt.Sprintf("%q", body))
	}
	return strings.Join(lines, "\n")
}

// fromDifference gives so much of both answers, from the first difference on.
func (d deviatingCase) fromDifference(length int) (expected, got string) {
	expectedRunes, gotRunes := []rune(d.expected), []rune(d.got)
	at := 0
	for at < min(len(expectedRunes), len(gotRunes)) && expectedRunes[at] == gotRunes[at] {
		at++
	}
	return cut(expectedRunes, at, length), cut(gotRunes, at, length)
}

// String shows both answers from the first difference on.
func (d deviatingCase) String() string {
	expected, got := d.fromDifference(300)
	return fmt.Sprintf("%s\n%s\n%s\n%s", d.title(), indent("", cut([]rune(d.request()), 0, 300)), indent("recorded  ", expected), indent("fake      ", got))
}

// live is the message about the answer of a live portal. It names what differs first, in the words of the matchers.
func (d deviatingCase) live() string {
	path, _, _ := strings.Cut(d.recorded.Request.Target, "?")
	return fmt.Sprintf("%s %s: %s (the request of %s)", d.recorded.Request.Method, pathWithoutKey(path), d.firstDifference(), d.recorded.ID)
}

// requestOf is the end of such a message. It does not belong to what differs.
var requestOf = regexp.MustCompile(` \(the request of \S+\)$`)

// firstDifference is the status, the first header in order, or the body.
func (d deviatingCase) firstDifference() string {
	parts := func(answer string) (status string, headers map[string]string, names []string) {
		head, _, _ := strings.Cut(answer, "\n\n")
		lines := strings.Split(head, "\n")
		headers = map[string]string{}
		for _, line := range lines[1:] {
			name, value, _ := strings.Cut(line, ": ")
			headers[name] = value
			names = append(names, name)
		}
		return lines[0], headers, names
	}
	status, headers, names := parts(d.got)
	expectedStatus, expectedHeaders, expectedNames := parts(d.expected)
	if status != expectedStatus {
		return fmt.Sprintf("the status is %s instead of %s", status, expectedStatus)
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(append(names, expectedNames...)))) {
		if headers[name] != expectedHeaders[name] {
			return fmt.Sprintf("%s is %q instead of %q", http.CanonicalHeaderKey(name), headers[name], expectedHeaders[name])
		}
	}
	expected, got := d.fromDifference(60)
	return fmt.Sprintf("the body is %q instead of %q", got, expected)
}

func (d deviatingCase) title() string {
	return fmt.Sprintf("%s: %s %s", d.file.name, d.recorded.ID, d.recorded.Title)
}

// whole shows a case and both answers in full.
func (d deviatingCase) whole(target string) string {
	result := "The answers are the same."
	if !d.same() {
		result = "The answers differ."
		if gap := exceptions[d.recorded.ID]; gap != "" {
			result += " The gap " + gap + " is the reason."
		}
	}
	return fmt.Sprintf("\n%s, at %s\n\n%s\n\nThe server answered:\n%s\n\nThe fake answers:\n%s\n\n%s",
		d.title(), target, indent("", d.request()), indent("", d.expected), indent("", d.got), result)
}

// cut is so many characters of a text at most, from a few before a place on.
func cut(text []rune, at, length int) string {
	from := max(0, min(at, len(text))-40)
	end := min(len(text), from+length)
	shown := string(text[from:end])
	if from > 0 {
		shown = "…" + shown
	}
	if end < len(text) {
		shown += "…"
	}
	return shown
}

// indent puts a text below a title, line by line.
func indent(name, text string) string {
	blank := "\n    " + strings.Repeat(" ", len(name))
	return "    " + name + strings.ReplaceAll(text, "\n", blank)
}

// shownDeviations is how many deviations a message shows with their answers. The others are named.
const shownDeviations = 10

func describeDeviations(all []deviatingCase) []string {
	var texts, more []string
	for i, d := range all {
		if i < shownDeviations {
			texts = append(texts, d.String())
		} else {
			more = append(more, d.recorded.ID)
		}
	}
	if len(more) > 0 {
		texts = append(texts, fmt.Sprintf("%d more differ: %s", len(more), strings.Join(more, ", ")))
	}
	if len(all) > 0 {
		texts = append(texts, "--recorded "+all[0].recorded.ID+" runs one of them alone.")
	}
	return texts
}
