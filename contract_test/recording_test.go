package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
)

// recording holds the exchanges of one spec with a portal, without secrets.
type recording struct {
	file       string            // the file it was read from
	Format     int               `json:"format"`   // recordingFormat
	Recorded   string            `json:"recorded"` // the day
	Portal     string            `json:"portal"`   // its version
	Profile    string            `json:"profile"`  // the profile that it matches best
	Assumption string            `json:"assumption"`
	Operation  string            `json:"operation"`
	Spec       string            `json:"spec"`
	Before     recordedSwitches  `json:"before"`
	Keys       map[string]string `json:"keys"`            // role by reference of a key
	Links      map[string]string `json:"links,omitempty"` // reference of a password by reference of a link
	Exchanges  []exchange        `json:"exchanges"`
}

type recordedSwitches struct {
	ExternalShare            bool `json:"externalShare"`
	ExternalShareSocialMedia bool `json:"externalShareSocialMedia"`

	Policy *recordedPolicy `json:"policy,omitempty"` // nil is that of a fresh portal
}

// recordedPolicy is the rest of the sharing policy.
type recordedPolicy struct {
	DefaultShareLinkInternal      bool `json:"defaultShareLinkInternal"`
	ExternalShareApplyToDocuments bool `json:"externalShareApplyToDocuments"`
	ExternalShareApplyToRooms     bool `json:"externalShareApplyToRooms"`
	BlockExistingLinksOnRestrict  bool `json:"blockExistingLinksOnRestrict"`
}

// recorded is what a recording says of a portal before the run.
func (s sharing) recorded() recordedSwitches {
	before := recordedSwitches{ExternalShare: s.external, ExternalShareSocialMedia: s.social}
	if s.rest.shown {
		before.Policy = &recordedPolicy{s.rest.internal, s.rest.documents, s.rest.rooms, s.rest.block}
	}
	return before
}

type exchange struct {
	Request recordedRequest `json:"request"`
	Answer  recordedAnswer  `json:"answer"`
}

type recordedRequest struct {
	Method string      `json:"method"`
	Path   string      `json:"path"` // with the query
	Header http.Header `json:"header"`
	Body   string      `json:"body,omitempty"`
}

type recordedAnswer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   string      `json:"body,omitempty"`
}

// recordingFormat is the version of the file format. Other versions cannot be replayed.
const recordingFormat = 1

// recorder records the exchanges of one spec after the other.
type recorder struct {
	next      http.RoundTripper
	scrub     *scrubber
	dir, base string // the folder to write to; the path of the portal's URL
	head      recording
	exchanges []exchange
	failed    error // the error when a file could not be written
}

func newRecorder(p *portal, o *options) *recorder {
	s := newScrubber()
	r := &recorder{next: p.transport, scrub: s, head: recording{
		Format:   recordingFormat,
		Recorded: time.Now().UTC().Format(time.DateOnly), Portal: p.version(context.Background()), Profile: p.expected,
		Before: p.before.recorded(), Keys: map[string]string{},
	}}
	host := strings.TrimPrefix(strings.TrimPrefix(p.url, "https://"), "http://")
	host, r.base, _ = strings.Cut(host, "/")
	s.secret("host", host)
	if name, _, port := strings.Cut(host, ":"); port {
		s.secret("host", name)
	}
	// credentials decides the kind of a key by its form.
	secret := func(value string) string {
		ref := s.credentials(value)
		s.known[value] = ref
		return ref
	}
	r.head.Keys[secret(o.Key)] = "owner"
	if o.UserKey != "" {
		r.head.Keys[secret(o.UserKey)] = "user"
	}
	if o.ShareKey != "" {
		r.head.Links = map[string]string{s.secret("share-key", o.ShareKey): ""}
		if o.SharePassword != "" {
			r.head.Links[s.ref("share-key", o.ShareKey)] = s.secret("password", o.SharePassword)
		}
	}
	version := regexp.MustCompile(`[^\w.]+`).ReplaceAllString(r.head.Portal, "-")
	r.dir = filepath.Join(o.Recordings, r.head.Recorded+"-"+version)
	return r
}

// prepare makes the folder and checks that it is writable.
func (r *recorder) prepare() error {
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	file, err := os.CreateTemp(r.dir, ".try")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// version asks a portal for its version. That call is not in openapi.yaml.
func (p *portal) version(ctx context.Context) string {
	a, err := p.ask(ctx, request{path: "settings/version/build"})
	if err != nil {
		return "unknown"
	}
	if fake := a.Header.Get("X-Mock-Docspace"); fake != "" {
		return "mock-docspace " + fake
	}
	if version, err := a.find("response", "docSpace"); err == nil {
		if text, ok := version.(string); ok && regexp.MustCompile(`^[\d.]{1,20}$`).MatchString(text) {
			return text
		}
	}
	return "unknown"
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	var sent []byte
	if req.Body != nil {
		sent, _ = io.ReadAll(req.Body)
	}
	resp, err := r.next.RoundTrip(withBody(req, sent))
	if err != nil {
		return nil, err
	}
	body, err := wholeBody(resp)
	if err != nil {
		return nil, err
	}
	r.exchanges = append(r.exchanges, r.scrub.exchange(req, string(sent), resp, string(body), r.base))
	return resp, nil
}

// exchange is one request and its answer, without secrets.
func (s *scrubber) exchange(req *http.Request, sent string, resp *http.Response, body, base string) exchange {
	path := strings.TrimPrefix(req.URL.EscapedPath(), "/"+base)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	path = s.path(path)
	if req.URL.RawQuery != "" {
		path += "?" + s.withoutSecrets(req.URL.RawQuery)
	}
	return exchange{
		recordedRequest{req.Method, path, s.requestHeader(req.Header), s.requestBody(sent)},
		recordedAnswer{resp.StatusCode, s.answerHeader(resp.Header), s.answerBody(body)},
	}
}

// write writes the recording of a spec.
func (r *recorder) write(spec SpecReport) error {
	_, numbers := evidenceOf(spec)
	if len(r.exchanges) == 0 || len(numbers) != 1 || len(spec.ContainerHierarchyTexts) < 3 || spec.State.Is(types.SpecStateSkipped|types.SpecStateInterrupted|types.SpecStateTimedout) {
		r.exchanges = nil
		return nil
	}
	out := r.head
	out.Assumption, out.Operation, out.Exchanges = numbers[0], spec.ContainerHierarchyTexts[2], r.exchanges
	out.Spec = strings.Join(append(spec.ContainerHierarchyTexts[3:], spec.LeafNodeText), " ")
	r.exchanges = nil
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	if r.scrub.leaks(text.String()) {
		return fmt.Errorf("%s %s: a secret would have been recorded; nothing was written", out.Operation, out.Spec)
	}
	name := regexp.MustCompile(`[^a-zA-Z0-9]+`).ReplaceAllString(out.Operation+" "+out.Spec, "-")
	name = out.Assumption + "-" + strings.Trim(name[:min(len(name), 120)], "-") + ".json"
	return os.WriteFile(filepath.Join(r.dir, name), text.Bytes(), 0o644)
}

// record records the exchanges of this spec.
func (t *target) record() {
	if t.recorder == nil {
		return
	}
	t.recorder.exchanges = nil
	DeferCleanup(func() {
		if err := t.recorder.write(CurrentSpecReport()); err != nil && t.recorder.failed == nil {
			t.recorder.failed = err // not a deviation of the portal
		}
	})
}
