package contract_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

// portal is a live portal, with the sharing policy that it had at the start. Its methods do not use Gomega, because they also run
// outside of specs.
type portal struct {
	url, key  string
	transport *liveTransport
	client    *http.Client
	before    sharing
	matches   profileMatch
	expected  string    // the profile that the specs expect
	recorder  *recorder // nil when nothing is recorded

	room          string // in which the suite makes links; "" is none
	internalLinks bool   // new links are internal by default

	run        string     // in the titles of the rooms that the suite makes; "" when one is named to it
	made, free []*ownRoom // the rooms that the suite has made, and those that no spec uses
	lost       []string   // titles of rooms whose ids were not told
	over       *liveLink  // a link that is over soon after the start
	isToken    bool       // the key is a portal token

	ended func() error // the reason why the run is over; nil while it goes on
}

// A portal has this much time for one answer, and for all requests that put it back.
const (
	answerTimeout  = 30 * time.Second
	restoreTimeout = 2 * time.Minute
)

// run runs the specs. It reads a live portal before them, and puts it back after them in every case.
func (o *options) run(specs func() bool, stdout, stderr io.Writer) int {
	var err error
	if recordings, err = readRecordings(o.Replay); err != nil {
		complain(stderr, fmt.Errorf("--replay: %w", err))
		return exitUnchecked
	}
	if o.URL != "" {
		return o.runLive(specs, stdout, stderr)
	}
	ok := specs()
	if o.Recorded != "" { // the spec has printed the two answers
		if ok {
			return exitHolds
		}
		return exitDrift
	}
	r, unfinished := o.report(runFound(lastReport, nil), stdout)
	return o.verdict(lastReport, r, unfinished, stderr)
}

var errNothingRan = errors.New("no spec was run: none with the labels of --labels can run here")

func (o *options) runLive(specs func() bool, stdout, stderr io.Writer) int {
	ctx, stop := o.runContext()
	defer stop()
	unchecked := func(why error) int {
		if ended := context.Cause(ctx); ended != nil {
			why = fmt.Errorf("the check is not complete: %w", ended)
		}
		complain(stderr, why)
		return exitUnchecked
	}
	p, err := o.connect(ctx)
	var unreadable *unreadableSwitch
	switch {
	case errors.As(err, &unreadable):
		complain(stderr, err)
		return exitDrift
	case err != nil:
		return unchecked(err)
	}
	p.ended = func() error { return context.Cause(ctx) }
	fmt.Fprintf(stderr, "%s: external sharing is %s, social media is %s; both will be put back\n", p.url, onOff(p.before.external), onOff(p.before.social))
	err, restored := p.useAndRestore(stderr, func() error {
		if err := o.checkKeys(ctx, p); err != nil {
			return err
		}
		if o.Create {
			if err := o.useRooms(ctx, p); err != nil {
				return err
			}
		}
		p.matches = p.compare(ctx)
		if p.expected = o.Profile; o.Profile == "auto" {
			p.expected = p.matches.best
		}
		if err := o.checkBaseline(p.expected); err != nil {
			return err
		}
		if err := p.restore(ctx); err != nil { // the first spec must find the switches as they were
			return fmt.Errorf("%s: %w", p.url, err)
		}
		if o.Record {
			p.recorder = newRecorder(p, o)
			if err := p.recorder.prepare(); err != nil {
				return fmt.Errorf("--recordings: %w", err)
			}
		}
		livePortal = p
		if ctx.Err() == nil {
			specs()
		}
		return nil
	})
	switch {
	case err != nil && restored != nil:
		return exitUnchecked
	case err != nil:
		return unchecked(err)
	}
	run := runFound(lastReport, p)
	if ended := context.Cause(ctx); ended != nil {
		run.Ended = ended.Error()
	}
	r, unfinished := o.report(run, stdout)
	switch {
	case !o.Record:
	case p.recorder.failed == nil:
		fmt.Fprintf(stderr, "Recorded in %s.\n", p.recorder.dir)
	default:
		unfinished = errors.Join(unfinished, fmt.Errorf("the recordings in %s are not complete: %w", p.recorder.dir, p.recorder.failed))
	}
	if restored != nil {
		unfinished = cmp.Or(unfinished, errTold)
	}
	return o.verdict(lastReport, r, unfinished, stderr)
}

// runContext ends with the time-out, or when somebody ends the run. From here on no signal ends the program before the portal
// is put back, and neither does a closed pipe at its output.
func (o *options) runContext() (ctx context.Context, stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	signal.Ignore(syscall.SIGPIPE)
	ctx, cancelForTime := context.WithTimeoutCause(context.Background(), o.Timeout, errors.New("it ran out of time, see --timeout"))
	ctx, cancel := context.WithCancelCause(ctx)
	go func() {
		for received := range signals {
			cancel(errors.New("it was interrupted"))
			if received == syscall.SIGHUP || received == syscall.SIGQUIT { // Ginkgo does not handle these
				if self, err := os.FindProcess(os.Getpid()); err == nil {
					_ = self.Signal(os.Interrupt)
				}
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(signals)
		cancel(nil)
		cancelForTime()
	}
}

// useAndRestore calls use, which may change the portal, and puts the portal back, also after a panic. The first error is that
// of use, the second one says why the portal could not be put back.
func (p *portal) useAndRestore(stderr io.Writer, use func() error) (err, restored error) {
	defer func() {
		restored = errors.Join(p.putBack(stderr), p.removeLinksAtEnd(stderr), p.removeRoomsAtEnd(stderr))
	}()
	return use(), nil
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// connect reads the switches of the portal for the first time.
func (o *options) connect(ctx context.Context) (*portal, error) {
	p := &portal{url: o.URL, key: o.Key}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	if o.CAFile != "" {
		text, err := os.ReadFile(o.CAFile)
		if err != nil {
			return nil, fmt.Errorf("--ca-file: %w", err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("--ca-file: %s has no certificate in PEM", o.CAFile)
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	}
	p.transport = newLiveTransport(transport)
	p.client = &http.Client{
		Transport:     p.transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	before, a, err := p.sharing(ctx)
	var unknown x509.UnknownAuthorityError
	var unreadable *unreadableSwitch
	switch {
	case errors.As(err, &unreadable):
		return nil, err
	case errors.As(err, &unknown):
		return nil, fmt.Errorf("%s has a certificate that is not trusted: name its authority with --ca-file or DOCSPACE_CA_FILE", p.url)
	case err != nil && a.Response == nil:
		return nil, p.noAnswer(err)
	case err != nil && (a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusForbidden):
		return nil, fmt.Errorf("%s refuses the key: %d", p.url, a.StatusCode)
	case err != nil:
		return nil, fmt.Errorf("%s is not a portal: GET /api/2.0/files/settings is answered with %d, %w", p.url, a.StatusCode, err)
	}
	p.before = before
	return p, nil
}

// checkKeys checks the keys and the link before the specs. It sets a switch to the value that it has, to see that the key may
// change it, since a portal may answer GET with an unknown key like an anonymous caller. It sends the password once, to see
// that it opens the link. A refusal at only one of the two switches may be drift.
func (o *options) checkKeys(ctx context.Context, p *portal) error {
	refusal := func(a answer) bool {
		return a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusForbidden
	}
	a, err := p.set(ctx, "external", p.before.external)
	if err == nil && refusal(a) {
		a, err = p.set(ctx, "externalsocialmedia", p.before.social)
	}
	switch {
	case err != nil:
		return p.noAnswer(err)
	case refusal(a):
		return fmt.Errorf("%s refuses the key: %d at both switches, which need the owner or a DocSpace administrator, and files:write", p.url, a.StatusCode)
	}
	if o.UserKey != "" {
		if a, err = p.ask(ctx, request{path: "files/settings", key: o.UserKey}); err != nil {
			return p.noAnswer(err)
		} else if refusal(a) {
			return fmt.Errorf("--user-key, DOCSPACE_USER_API_KEY: %s refuses it: %d", p.url, a.StatusCode)
		}
	}
	if o.ShareKey == "" {
		return nil
	}
	link := link{o.ShareKey, o.SharePassword}
	a, err = p.ask(ctx, request{method: http.MethodPost, path: "files/share/" + url.PathEscape(link.key) + "/password", body: link.body()})
	if err != nil {
		return p.noAnswer(err)
	}
	switch status, _ := a.find("response", "status"); {
	case status == float64(statusInvalid), status == float64(statusExpired):
		return errors.New("--share-key, DOCSPACE_SHARE_KEY: no link has this key, or it has expired")
	case link.password != "" && (status == float64(statusInvalidPassword) || status == float64(statusRequiredPassword)):
		return errors.New("--share-password, DOCSPACE_SHARE_PASSWORD: it is not the password of the link; it was sent once, and will not be sent again")
	case a.StatusCode == http.StatusForbidden, a.StatusCode == http.StatusTooManyRequests:
		return fmt.Errorf("--share-key, DOCSPACE_SHARE_KEY: the link is locked for now: %d", a.StatusCode)
	}
	if link.password == "" {
		return nil
	}
	open, err := p.ask(ctx, request{method: http.MethodPost, path: "files/share/" + url.PathEscape(link.key) + "/password", body: "{}"})
	if err != nil {
		return p.noAnswer(err)
	}
	if status, _ := open.find("response", "status"); status == float64(statusOK) {
		return errors.New("--share-password, DOCSPACE_SHARE_PASSWORD: the link is open without a password: leave it out, or give a link that has one")
	}
	return nil
}

func (p *portal) noAnswer(err error) error { return fmt.Errorf("%s does not answer: %w", p.url, err) }

// ask sends a request that does not belong to a spec.
func (p *portal) ask(ctx context.Context, r request) (answer, error) {
	req, err := r.httpRequest(ctx, p.url)
	if err != nil {
		return answer{}, err
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return answer{}, withoutURL(err)
	}
	body, err := wholeBody(resp)
	return answer{resp, body}, err
}

// unreadableSwitch is the error of a portal whose switch cannot be read, so that it could not be put back.
type unreadableSwitch struct{ portal, name, got string }

func (e *unreadableSwitch) Error() string {
	return fmt.Sprintf("%s deviates: GET /api/2.0/files/settings: response.%s is %s instead of true or false; a switch that cannot be read cannot be put back, so nothing else was sent", e.portal, e.name, e.got)
}

// sharing reads the two switches and the rest of the policy, whatever the status is. The specs check the status.
func (p *portal) sharing(ctx context.Context) (sharing, answer, error) {
	a, err := p.ask(ctx, request{path: "files/settings", key: p.key})
	if err != nil {
		return sharing{}, a, err
	}
	var envelope struct{ Response map[string]any }
	text := bytes.TrimPrefix(a.body, []byte("\xef\xbb\xbf"))
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&envelope); err != nil || envelope.Response == nil {
		return sharing{}, a, errors.New("without the two switches")
	}
	now := sharing{rest: readRest(envelope.Response)}
	for name, on := range map[string]*bool{"externalShare": &now.external, "externalShareSocialMedia": &now.social} {
		value, there := envelope.Response[name]
		var ok bool
		if *on, ok = value.(bool); ok {
			continue
		}
		got := fmt.Sprintf("%T", value)
		if !there {
			got = "missing"
		}
		if a.StatusCode != http.StatusOK {
			return sharing{}, a, errors.New("without the two switches")
		}
		return sharing{}, a, &unreadableSwitch{p.url, name, got}
	}
	return now, a, nil
}

// set sets a switch.
func (p *portal) set(ctx context.Context, name string, on bool) (answer, error) {
	return p.ask(ctx, request{method: http.MethodPut, path: "files/settings/" + name, key: p.key, body: fmt.Sprintf(`{"displayValue":%t,"set":%t}`, on, on)})
}

// errTemporary marks the errors of a portal that may answer later.
var errTemporary = errors.New("for now")

// restore puts the policy and the switches back and reads them again. The error says why that failed.
func (p *portal) restore(ctx context.Context) error {
	changes := map[string]bool{"external": p.before.external}
	if p.before.external { // social media can be on only while external sharing is, and goes off with it
		changes["externalsocialmedia"] = p.before.social
	}
	var problem error
	for range 3 {
		now, a, err := p.sharing(ctx)
		if err == nil && p.isBack(now) {
			return nil
		}
		problem = callError("GET files/settings", a, err)
		if err == nil {
			problem = fmt.Errorf("external sharing is %s, social media %s, %s", onOff(now.external), onOff(now.social), now.rest)
			if p.before.rest.shown && now.rest != p.before.rest {
				if err := p.setRest(ctx); err != nil {
					problem = err
				}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(changes)) { // external is first
			if a, err := p.set(ctx, name, changes[name]); err != nil || a.StatusCode != http.StatusOK {
				problem = callError("PUT files/settings/"+name, a, err)
			}
		}
	}
	if now, a, err := p.sharing(ctx); err != nil {
		return callError("GET files/settings", a, err)
	} else if p.isBack(now) {
		return nil
	}
	return problem
}

// callError says why a call failed, and whether it may succeed later.
func callError(call string, a answer, err error) error {
	switch {
	case a.Response == nil:
		return fmt.Errorf("%s is not answered %w: %w", call, errTemporary, err)
	case a.StatusCode == http.StatusTooManyRequests, a.StatusCode >= 500:
		return fmt.Errorf("%s is answered with %d %w", call, a.StatusCode, errTemporary)
	default:
		return fmt.Errorf("%s is answered with %d", call, a.StatusCode)
	}
}

// putBack restores the portal after the run. The end of the run does not stop it, and it tries again when the portal is busy.
func (p *portal) putBack(stderr io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), restoreTimeout)
	defer cancel()
	err := p.restore(ctx)
	for wait := time.Second; errors.Is(err, errTemporary); wait = min(2*wait, 15*time.Second) {
		complain(stderr, fmt.Errorf("the portal is not put back yet, trying again: %w", err))
		if !pause(ctx, wait) {
			break
		}
		err = p.restore(ctx)
	}
	if err != nil {
		err = fmt.Errorf("%s COULD NOT BE PUT BACK: external sharing was %s, social media %s: %w", p.url, onOff(p.before.external), onOff(p.before.social), err)
		complain(stderr, err)
		return err
	}
	fmt.Fprintf(stderr, "%s: both switches are as they were\n", p.url)
	return nil
}

// pause waits. It returns false when the context ended first.
func pause(ctx context.Context, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// withoutURL removes the method and the URL that net/http puts before an error.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
