package contract_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// The fake gets the requests of each recording. Its answers must be the same where they do not depend on the portal's data.
var _ = Describe(suiteName, func() {
	for _, r := range recordings {
		Context("at replay "+r.Profile, Label("replay"), func() {
			Describe(r.Operation, func() {
				It(r.Spec, Label(r.Assumption, assumptions[r.Assumption].evidence), func() {
					if differences := r.replay(); len(differences) > 0 {
						Fail(fmt.Sprintf("%s\n%s, recorded on %s at %s", strings.Join(differences, "\n"), filepath.Base(r.file), r.Recorded, r.Portal))
					}
				})
			})
		})
	}
})

// recordings are the recordings that this run replays.
var recordings []recording

// readRecordings reads the recordings below a folder.
func readRecordings(dir string) ([]recording, error) {
	var all []recording
	if dir == "" {
		return nil, nil
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var r recording
		if err := json.Unmarshal(text, &r); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		r.file = path
		switch {
		case r.Format != recordingFormat:
			return fmt.Errorf("%s: its format is %d, and this version reads %d: record it again", path, r.Format, recordingFormat)
		case len(r.Exchanges) == 0:
			return fmt.Errorf("%s: there are no exchanges in it", path)
		case !slices.Contains(allProfiles, r.Profile):
			return fmt.Errorf("%s: there is no profile %q", path, r.Profile)
		case assumptions[r.Assumption].number == "":
			return fmt.Errorf("%s: there is no assumption %q", path, r.Assumption)
		}
		all = append(all, r)
		return nil
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: there are no recordings", dir)
	}
	return all, err
}

// replayer holds the values at the fake for the references in a recording.
type replayer struct {
	bound map[string]string
	exact []string // names of values that are the same
}

// replay sends the recorded requests to a fake and returns the differences.
func (r *recording) replay() []string {
	p := &replayer{bound: map[string]string{}, exact: exact}
	if r.Before.Policy != nil {
		p.exact = slices.Concat(exact, policyNames)
	}
	portal, err := mockserver.ParsePortal("recording", []byte(r.portalFile(p)))
	if err != nil {
		return []string{err.Error()}
	}
	server, err := mockserver.New(mockserver.WithPortal(portal), mockserver.WithProfile(r.Profile))
	if err != nil {
		return []string{err.Error()}
	}
	var differences []string
	for i, e := range r.Exchanges {
		request, err := http.NewRequest(e.Request.Method, "http://portal.example/", strings.NewReader(p.render(e.Request.Body)))
		if err != nil {
			return append(differences, err.Error())
		}
		request.RemoteAddr = "192.0.2.1:1234"
		path, query, _ := strings.Cut(e.Request.Path, "?")
		path = referencePattern.ReplaceAllStringFunc(path, func(ref string) string { return url.PathEscape(p.value(ref)) })
		if request.URL, err = url.ParseRequestURI(path); err != nil {
			return append(differences, err.Error())
		}
		request.URL.RawQuery = p.render(query)
		for name, values := range e.Request.Header {
			for _, value := range values {
				request.Header.Add(name, p.render(value))
			}
		}
		answer := httptest.NewRecorder()
		server.ServeHTTP(answer, request)
		body := answer.Body.Bytes()
		if e.Request.Method == http.MethodHead {
			body = nil // a ResponseRecorder keeps it
		}
		for _, difference := range p.compare(e.Answer, answer.Result(), body) {
			differences = append(differences, fmt.Sprintf("%d. %s %s: %s", i+1, e.Request.Method, e.Request.Path, difference))
		}
	}
	return differences
}

// portalFile is a portal file with the switches, keys and links of the recorded portal.
func (r *recording) portalFile(p *replayer) string {
	var users, keys, links strings.Builder
	for _, ref := range slices.Sorted(maps.Keys(r.Keys)) {
		role := r.Keys[ref]
		email := role + "@example.com"
		token := ""
		if strings.HasPrefix(ref, "{{api-key-") {
			fmt.Fprintf(&keys, "  - {key: %q, user: %s}\n", p.value(ref), email)
		} else {
			token = fmt.Sprintf(", tokens: [%q]", p.value(ref))
		}
		fmt.Fprintf(&users, "  - {email: %s, role: %s%s}\n", email, role, token)
	}
	for _, key := range slices.Sorted(maps.Keys(r.Links)) {
		password := ""
		if r.Links[key] != "" {
			password = fmt.Sprintf(", password: %q", p.value(r.Links[key]))
		}
		fmt.Fprintf(&links, "  - {key: %q, entry: \"1\"%s}\n", p.value(key), password)
	}
	text := fmt.Sprintf("users:\n%sentries:\n  - {id: \"1\", title: Recorded, type: room}\nsettings: {externalShare: %t, externalShareSocialMedia: %t",
		users.String(), r.Before.ExternalShare, r.Before.ExternalShareSocialMedia)
	if rest := r.Before.Policy; rest != nil {
		text += fmt.Sprintf(", defaultShareLinkInternal: %t, externalShareApplyToDocuments: %t, externalShareApplyToRooms: %t, blockExistingLinksOnRestrict: %t",
			rest.DefaultShareLinkInternal, rest.ExternalShareApplyToDocuments, rest.ExternalShareApplyToRooms, rest.BlockExistingLinksOnRestrict)
	}
	text += "}\n"
	for name, list := range map[string]string{"apiKeys": keys.String(), "links": links.String()} {
		if list == "" {
			text += name + ": []\n"
		} else {
			text += name + ":\n" + list
		}
	}
	return text
}

// value is the value for a reference: the one that the fake has sent in its place, or a new one of its kind.
func (p *replayer) value(ref string) string {
	if value, bound := p.bound[ref]; bound {
		return value
	}
	kind, number, _ := strings.Cut(strings.Trim(ref, "{}"), "-")
	switch {
	case strings.HasPrefix(ref, "{{api-key-"):
		return fmt.Sprintf("sk-%064s", strings.TrimPrefix(number, "key-"))
	case kind == "jwt":
		return "a.b.c" // a live portal is sent no token that it could read
	case kind == "basic":
		return base64.StdEncoding.EncodeToString([]byte("nobody-" + number + "@example.com:wrong"))
	case kind == "host":
		return "host-" + number + ".example"
	default:
		return ref
	}
}

func (p *replayer) render(text string) string {
	return referencePattern.ReplaceAllStringFunc(text, p.value)
}

// bind remembers the value of the fake for a reference, and says whether it is the same as before.
func (p *replayer) bind(ref, actual string) bool {
	if before, bound := p.bound[ref]; bound {
		return before == actual
	}
	p.bound[ref] = actual
	return true
}

var cookieReference = regexp.MustCompile(`^(.*?)(\{\{guid-\d+\}\})?=(\{\{cookie-\d+\}\})?(;.*)?$`)

func (p *replayer) compare(recorded recordedAnswer, resp *http.Response, body []byte) []string {
	var differences []string
	differ := func(what string, recorded, actual any) {
		differences = append(differences, fmt.Sprintf("%s is %s at the fake, and was %s", what, printable(actual), printable(recorded)))
	}
	if recorded.Status != resp.StatusCode {
		differ("the status", recorded.Status, resp.StatusCode)
	}
	for _, name := range []string{"Content-Type", "Allow", "Api-Supported-Versions", "WWW-Authenticate", "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"} {
		if was, is := recorded.Header.Get(name), resp.Header.Get(name); was != is {
			differ(name, was, is)
		}
	}
	set, was := resp.Cookies(), recorded.Header.Values("Set-Cookie")
	if len(set) != len(was) {
		differ("the number of cookies", len(was), len(set))
	} else {
		for i, line := range was {
			parts := cookieReference.FindStringSubmatch(line)
			if parts == nil || !strings.HasPrefix(set[i].Name, parts[1]) || parts[3] == "" != (set[i].Value == "") || parts[4] != cookieAttributes(set[i]) {
				differ("a cookie", line, set[i].Name+"=…"+cookieAttributes(set[i]))
				continue
			}
			if parts[2] != "" && !p.bind(parts[2], strings.TrimPrefix(set[i].Name, parts[1])) || parts[3] != "" && !p.bind(parts[3], set[i].Value) {
				differ("a cookie", line, "another one than before")
			}
		}
	}
	if recorded.Body == "" || len(body) == 0 {
		if recorded.Body != string(body) {
			differ("the body", recorded.Body, string(body))
		}
		return differences
	}
	var before, now any
	if json.Unmarshal([]byte(recorded.Body), &before) != nil {
		return differences // for example the page of a proxy
	}
	if err := json.Unmarshal(body, &now); err != nil {
		return append(differences, err.Error())
	}
	wasOrder, errWas := objectNames([]byte(recorded.Body))
	isOrder, errIs := objectNames(body)
	if errWas == nil && errIs == nil && !slices.Equal(wasOrder, isOrder) && slices.Equal(slices.Sorted(slices.Values(wasOrder)), slices.Sorted(slices.Values(isOrder))) {
		differ("the order of the body", strings.Join(wasOrder, ", "), strings.Join(isOrder, ", "))
	}
	return append(differences, p.compareValues("", "", before, now)...)
}

// exact names the values that do not depend on a portal's data.
var exact = []string{"status", "statusCode", "count", "externalShare", "externalShareSocialMedia", "isAuthenticated", "action"}

// policyNames are the names of the rest of the policy. They are compared when the recording says what they were before.
var policyNames = []string{"defaultShareLinkInternal", "externalShareApplyToDocuments", "externalShareApplyToRooms", "blockExistingLinksOnRestrict"}

func (p *replayer) compareValues(path, name string, was, is any) []string {
	differs := func(was, is any) []string {
		return []string{fmt.Sprintf("%s is %v at the fake, and was %v", path, is, was)}
	}
	if fmt.Sprintf("%T", was) != fmt.Sprintf("%T", is) {
		return differs(fmt.Sprintf("%T", was), fmt.Sprintf("%T", is))
	}
	switch was := was.(type) {
	case map[string]any:
		is := is.(map[string]any)
		if name == "extsConvertible" || name == "internalFormats" {
			return nil // they depend on the portal's data
		}
		var differences []string
		_, settings := was["masterFormExtension"]
		for _, member := range slices.Sorted(maps.Keys(was)) {
			value, there := is[member]
			switch {
			case there:
				differences = append(differences, p.compareValues(path+"/"+member, member, was[member], value)...)
			case member == "isRoom", settings, name == "errors": // the entry may differ, the portal may be newer, and the place in the JSON is not exact
			default:
				differences = append(differences, path+" has no "+member+" at the fake")
			}
		}
		for _, member := range slices.Sorted(maps.Keys(is)) {
			if _, there := was[member]; !there && member != "isRoom" && name != "errors" {
				differences = append(differences, path+" has "+member+" only at the fake")
			}
		}
		return differences
	case bool, float64, string:
		_, flag := was.(bool)
		if (slices.Contains(p.exact, name) || name == "response" && flag) && was != is {
			return differs(was, is)
		}
		if ref, ok := was.(string); ok && strings.HasPrefix(ref, "{{guid-") && !p.bind(ref, is.(string)) {
			return differs("the same as before", is)
		}
	}
	return nil
}

// A recording of the fake as a live portal holds when it is replayed, and a changed one does not.
func TestRecordAndReplay(t *testing.T) {
	for _, profile := range programProfiles {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := NewWithT(t)
			dir := t.TempDir()
			server, address := startLive(t, profile, nil)
			state := server.State()
			state.Settings.DefaultShareLinkInternal, state.Settings.ExternalShareApplyToDocuments = true, false // not as on a fresh portal
			g.Expect(server.Replace(state)).To(Succeed())
			r := runProgramOnce(t, liveEnviron(address, append(withLink, "CONTRACT_RECORD=1", "CONTRACT_RECORDINGS="+dir, "CONTRACT_DESTRUCTIVE=1")...))
			g.Expect(r.code).To(Equal(exitHolds), r.stdout+r.stderr)

			recorded, err := readRecordings(dir)
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(len(recorded)).To(BeNumerically(">", 150))
			g.Expect(recorded[0].Portal).To(Equal("mock-docspace " + mockserver.Version))
			g.Expect(recorded[0].Recorded).To(MatchRegexp(`^\d{4}-\d\d-\d\d$`))
			for i := range recorded {
				g.Expect(recorded[i].replay()).To(BeEmpty(), recorded[i].Spec)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(files).To(HaveLen(len(recorded)), "one file for each spec")
			host := strings.TrimPrefix(address, "http://")
			for _, file := range files {
				text, err := os.ReadFile(file)
				g.Expect(err).NotTo(HaveOccurred())
				for _, secret := range []string{"admins-key", "users-key", "a-link", "Secret123!", "Marketing", host} {
					g.Expect(string(text)).NotTo(ContainSubstring(secret), file)
				}
			}

			again := runProgramOnce(t, nil, "--replay", dir, "--labels", "replay")
			g.Expect(again.code).To(Equal(exitHolds), again.stdout+again.stderr)
			text, err := os.ReadFile(files[0])
			g.Expect(err).NotTo(HaveOccurred())
			g.Expect(os.WriteFile(files[0], []byte(strings.Replace(string(text), `"status": 200`, `"status": 202`, 1)), 0o600)).To(Succeed())
			again = runProgramOnce(t, nil, "--replay", dir, "--labels", "replay")
			g.Expect(again.code).To(Equal(exitDrift), again.stdout)
			g.Expect(again.drift()).To(ConsistOf(ContainSubstring("the status is 200 at the fake, and was 202")))
		})
	}
}

func TestReplayTellsDifferences(t *testing.T) {
	g := NewWithT(t)
	ask := func(body, answer string, status int) []string {
		r := recording{Profile: mockserver.ProfileV372, Keys: map[string]string{"{{key-1}}": "owner"}, Before: recordedSwitches{ExternalShare: true, ExternalShareSocialMedia: true}, Exchanges: []exchange{{
			recordedRequest{http.MethodPut, "/api/2.0/files/settings/external", http.Header{"Authorization": {"Bearer {{key-1}}"}, "Content-Type": {"application/json"}}, body},
			recordedAnswer{status, http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Api-Supported-Versions": {"2.0"}}, answer},
		}}}
		return r.replay()
	}
	const rest = `"count":1,"links":[{"href":"http://{{host-1}}/x","action":"PUT"}],"status":0,"statusCode":200}`
	g.Expect(ask(`{"set":false}`, `{"response":false,`+rest, 200)).To(BeEmpty())
	g.Expect(ask(`{"set":false}`, `{"response":true,`+rest, 200)).To(ConsistOf(ContainSubstring("/response is false at the fake, and was true")))
	g.Expect(ask(`{"set":false}`, `{`+rest, 200)).To(ConsistOf(ContainSubstring("has response only at the fake")))
	g.Expect(ask(`{"set":false}`, `{"response":false,"total":1,`+rest, 200)).To(ConsistOf(ContainSubstring("has no total at the fake")))
	g.Expect(ask(`{"set":false}`, `{"count":1,"response":false,`+rest[len(`"count":1,`):], 200)).To(ConsistOf(ContainSubstring("the order of the body")))
	g.Expect(ask(`{"set":1}`, `{"response":false,`+rest, 200)).NotTo(BeEmpty())
}

func TestReadRecordingsRefuses(t *testing.T) {
	g := NewWithT(t)
	dir := t.TempDir()
	_, err := readRecordings(dir)
	g.Expect(err).To(MatchError(ContainSubstring("there are no recordings")))
	for text, says := range map[string]string{
		`{`:                                     "unexpected end",
		`{"profile":"v3.7.2","exchanges":[{}]}`: "its format is 0, and this version reads 1",
		`{"format":1,"profile":"v3.7.2","exchanges":[]}`:   "there are no exchanges",
		`{"format":1,"profile":"v1","exchanges":[{}]}`:     `there is no profile "v1"`,
		`{"format":1,"profile":"v3.7.2","exchanges":[{}]}`: `there is no assumption ""`,
	} {
		g.Expect(os.WriteFile(filepath.Join(dir, "a.json"), []byte(text), 0o600)).To(Succeed())
		_, err := readRecordings(dir)
		g.Expect(err).To(MatchError(ContainSubstring(says)))
	}
}
