package contract_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// portal is a live portal, as it was found. It is asked without Gomega, since it is asked outside of specs too.
type portal struct {
	url, key  string
	transport http.RoundTripper
	client    *http.Client
	before    flags
	matches   match
	recorder  *recorder // when its answers are recorded
}

// How long a portal has for one answer, and for all of what puts it back.
const (
	answerTimeout  = 30 * time.Second
	restoreTimeout = 2 * time.Minute
)

// run runs the specs, around which a live portal is read first and put back at the end, whatever happens between.
func (o *options) run(specs func() bool, stdout, stderr io.Writer) int {
	var err error
	if recordings, err = readRecordings(o.Replay); err != nil {
		complain(stderr, fmt.Errorf("--replay: %w", err))
		return exitUnchecked
	}
	if o.URL == "" {
		if specs() {
			return exitHolds
		}
		return exitDrift
	}
	// From here on a signal ends nothing at once: Ginkgo hears it too, and ends the specs.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	ctx, cancel := context.WithTimeout(context.Background(), o.Timeout)
	defer cancel()
	go func() {
		for received := range signals {
			cancel()
			if received == syscall.SIGHUP { // which Ginkgo does not hear
				if self, err := os.FindProcess(os.Getpid()); err == nil {
					_ = self.Signal(os.Interrupt)
				}
			}
		}
	}()

	p, err := o.reach(ctx)
	if err != nil {
		complain(stderr, err)
		return exitUnchecked
	}
	fmt.Fprintf(stdout, "%s: external sharing is %s, social media %s; both will be put back\n", p.url, onOff(p.before.external), onOff(p.before.social))
	defer func() {
		if r := recover(); r != nil {
			_ = p.putBack(stdout, stderr)
			panic(r)
		}
	}()
	p.matches = p.compare(ctx)
	if o.Profile != "auto" {
		p.matches.best = o.Profile
	}
	livePortal = p
	if o.Record {
		p.recorder = newRecorder(p, o)
	}
	ok := ctx.Err() == nil && specs()
	restored := p.putBack(stdout, stderr)
	outcome := judge(lastReport, p.matches, liveTarget)
	outcome.print(stdout)
	if o.Record {
		fmt.Fprintf(stdout, "Recorded in %s.\n", p.recorder.dir)
	}
	switch {
	case restored != nil, len(outcome.drift) > 0:
		return exitDrift
	case outcome.unanswered > 0, outcome.interrupted, ctx.Err() != nil:
		complain(stderr, errors.New("the check is not complete: "+outcome.incomplete()))
		return exitUnchecked
	case !ok:
		return exitDrift
	}
	return exitHolds
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// reach finds out whether the portal can be checked. It changes nothing: it sets the switches to what they are.
func (o *options) reach(ctx context.Context) (*portal, error) {
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
	p.transport = unhurriedWrites{transport}
	p.client = &http.Client{
		Transport:     p.transport,
		Timeout:       answerTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	before, a, err := p.switches(ctx)
	var unknown x509.UnknownAuthorityError
	switch {
	case errors.As(err, &unknown):
		return nil, fmt.Errorf("%s has a certificate that is not trusted: name its authority with --ca-file or DOCSPACE_CA_FILE", p.url)
	case err != nil && a.Response == nil:
		return nil, fmt.Errorf("%s does not answer: %w", p.url, withoutURL(err))
	case err != nil && (a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusForbidden):
		return nil, fmt.Errorf("%s refuses the key: %d", p.url, a.StatusCode)
	case err != nil:
		return nil, fmt.Errorf("%s is no portal: GET /api/2.0/files/settings is answered %d, %w", p.url, a.StatusCode, err)
	}
	p.before = before
	// A portal may take a key that it does not know for nobody's, and tell nobody nothing. One refusal may be drift.
	var refused []string
	for name, on := range map[string]bool{"external": before.external, "externalsocialmedia": before.social} {
		a, err := p.set(ctx, name, on)
		if err != nil {
			return nil, fmt.Errorf("%s does not answer: %w", p.url, withoutURL(err))
		}
		if a.StatusCode == http.StatusUnauthorized || a.StatusCode == http.StatusForbidden {
			refused = append(refused, fmt.Sprint(a.StatusCode))
		}
	}
	if len(refused) == 2 {
		return nil, fmt.Errorf("%s refuses the key: %s to both switches, which want the owner or a DocSpace administrator, and files:write", p.url, refused[0])
	}
	return p, nil
}

// unhurriedWrites lets a request that changes something come to its end although the caller has gone, so that nothing
// arrives at the portal after it has been put back.
type unhurriedWrites struct{ next http.RoundTripper }

func (u unhurriedWrites) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPut && r.Method != http.MethodPost {
		return u.next.RoundTrip(r)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), answerTimeout)
	defer cancel()
	resp, err := u.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, err
}

// ask sends a request of no spec.
func (p *portal) ask(ctx context.Context, r request) (answer, error) {
	req, err := r.to(ctx, p.url)
	if err != nil {
		return answer{}, err
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return answer{resp, body}, err
}

// switches reads the two switches, whatever the status: the status is for the specs to judge.
func (p *portal) switches(ctx context.Context) (flags, answer, error) {
	a, err := p.ask(ctx, request{path: "files/settings", key: p.key})
	if err != nil {
		return flags{}, a, err
	}
	var envelope struct {
		Response struct{ ExternalShare, ExternalShareSocialMedia *bool }
	}
	if err := json.Unmarshal(a.body, &envelope); err != nil || envelope.Response.ExternalShare == nil || envelope.Response.ExternalShareSocialMedia == nil {
		return flags{}, a, errors.New("without its switches")
	}
	return flags{*envelope.Response.ExternalShare, *envelope.Response.ExternalShareSocialMedia}, a, nil
}

func (p *portal) set(ctx context.Context, name string, on bool) (answer, error) {
	return p.ask(ctx, request{method: http.MethodPut, path: "files/settings/" + name, key: p.key, body: fmt.Sprintf(`{"displayValue":%t,"set":%t}`, on, on)})
}

// restore puts the switches back and reads them again.
func (p *portal) restore(ctx context.Context) error {
	for range 3 {
		if now, _, err := p.switches(ctx); err == nil && now == p.before {
			return nil
		}
		// Social media can be on only while external sharing is, and goes off with it.
		_, _ = p.set(ctx, "external", p.before.external)
		if p.before.external {
			_, _ = p.set(ctx, "externalsocialmedia", p.before.social)
		}
	}
	now, _, err := p.switches(ctx)
	if err != nil || now == p.before {
		return err
	}
	return fmt.Errorf("external sharing is %s, social media %s", onOff(now.external), onOff(now.social))
}

// putBack restores the portal after the run. Nothing that ends the run ends it.
func (p *portal) putBack(stdout, stderr io.Writer) error {
	ctx, cancel := context.WithTimeout(context.Background(), restoreTimeout)
	defer cancel()
	if err := p.restore(ctx); err != nil {
		err = fmt.Errorf("%s COULD NOT BE PUT BACK: external sharing was %s, social media %s: %w", p.url, onOff(p.before.external), onOff(p.before.social), err)
		complain(stderr, err)
		return err
	}
	fmt.Fprintf(stdout, "\n%s: both switches are as they were\n", p.url)
	return nil
}

// withoutURL leaves out what net/http puts before an error.
func withoutURL(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
