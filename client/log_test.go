package client_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// logs keeps the lines of a logger.
type logs struct{ bytes.Buffer }

func (l *logs) at(level slog.Level) client.Option {
	return client.WithLogger(slog.New(slog.NewTextHandler(&l.Buffer, &slog.HandlerOptions{Level: level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})))
}

// slowly is a transport whose answers take a second.
func slowly(answers ...answer) client.Option {
	s := &script{answers: answers}
	return client.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		<-time.After(time.Second)
		return s.RoundTrip(r)
	})})
}

// with adds headers to an answer.
func with(a answer, headers ...string) answer {
	header := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	a.header = header
	return a
}

func TestLogger(t *testing.T) {
	ctx := context.Background()
	get := func(p *client.Portal) { p.FilesSettings(ctx) }
	const retried = `level=DEBUG msg="docspace call is tried again" operation=getFilesSettings `
	for name, test := range map[string]struct {
		call    func(*client.Portal)
		answers []answer
		want    []string
	}{
		"200": {get, []answer{successOf("GET")}, []string{
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s`}},
		"request id": {get, []answer{with(successOf("GET"), "X-Request-Id", "id-1")}, []string{
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s request_id=id-1`}},
		"switch": {func(p *client.Portal) { p.SetExternalShare(ctx, true) }, []answer{successOf("PUT")}, []string{
			`level=INFO msg="docspace call" operation=externalShare status=200 attempt=1 duration=1s`}},
		"not in force": {func(p *client.Portal) { p.SetExternalShareSocialMedia(ctx, true) }, []answer{ok("false")}, []string{
			`level=WARN msg="docspace call" operation=externalShareSocialMedia status=200 attempt=1 duration=1s ` +
				`error="docspace: externalShareSocialMedia: asked for on, but off is in force; sharing to social networks can only be on while external sharing is on"`}},
		"not an answer": {get, []answer{{status: 200, header: http.Header{"Content-Type": {"text/html"}}, body: "<html>"}}, []string{
			`level=WARN msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s ` +
				`error="docspace: getFilesSettings: the answer is not what a DocSpace portal sends (HTTP 200): it is not declared as JSON; is this the portal, or a proxy or sign-in page in front of it?"`}},
		"wrong password": {func(p *client.Portal) { p.Unlock(ctx, "KEY", "pw-1") }, []answer{ok(`{"status":4}`)}, []string{
			`level=WARN msg="docspace call" operation=applyExternalSharePassword status=200 attempt=1 duration=1s error="docspace: applyExternalSharePassword: the password is wrong (status 4)"`}},
		"refused": {func(p *client.Portal) { p.SetExternalShare(ctx, true) }, []answer{status(403)}, []string{
			`level=WARN msg="docspace call" operation=externalShare status=403 attempt=1 duration=1s error="docspace: externalShare: not allowed (HTTP 403)"`}},
		"retried": {get, []answer{status(503, "Retry-After", "2"), status(429, "Retry-After", "3", "Request-Id", "id-2"), successOf("GET")}, []string{
			retried + `status=503 attempt=1 duration=1s wait=2s`,
			retried + `status=429 attempt=2 duration=4s wait=3s request_id=id-2`,
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=3 duration=8s`}},
		"connection": {func(p *client.Portal) { p.Unlock(ctx, "KEY", "pw-1") }, []answer{{err: syscall.ECONNREFUSED}}, []string{
			`level=WARN msg="docspace call" operation=applyExternalSharePassword status=0 attempt=1 duration=1s ` +
				`error="docspace: applyExternalSharePassword: no complete answer from the portal: connection refused"`}},
		"cancelled": {func(p *client.Portal) {
			over, cancel := context.WithCancel(ctx)
			cancel()
			p.FilesSettings(over)
		}, []answer{successOf("GET")}, []string{
			`level=WARN msg="docspace call" operation=getFilesSettings status=0 attempt=0 duration=0s ` +
				`error="docspace: getFilesSettings: no complete answer from the portal: nothing was sent: context canceled"`}},
		"not sent": {func(p *client.Portal) { p.Unlock(ctx, "..", "pw-1") }, []answer{successOf("POST")}, []string{
			`level=WARN msg="docspace call" operation=applyExternalSharePassword status=0 attempt=0 duration=0s ` +
				`error="docspace: applyExternalSharePassword: the share key cannot be sent: the share key consists of dots alone and would change the address"`}},
		"generated GET": {func(p *client.Portal) { p.API().GetFilesSettings(ctx, nil) }, []answer{successOf("GET")}, []string{
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s`}},
		"generated PUT": {func(p *client.Portal) { p.API().ExternalShare(ctx, api.DisplayRequestDto{}) }, []answer{successOf("PUT")}, []string{
			`level=INFO msg="docspace call" operation=externalShare status=200 attempt=1 duration=1s`}},
		"generated second PUT": {func(p *client.Portal) { p.API().ExternalShareSocialMedia(ctx, api.DisplayRequestDto{}) }, []answer{status(204)}, []string{
			`level=INFO msg="docspace call" operation=externalShareSocialMedia status=204 attempt=1 duration=1s`}},
		"generated POST": {func(p *client.Portal) {
			p.API().ApplyExternalSharePassword(ctx, "KEY", api.ExternalShareRequestParam{})
		}, []answer{status(403)}, []string{
			`level=WARN msg="docspace call" operation=applyExternalSharePassword status=403 attempt=1 duration=1s`}},
		"policy in two calls": {func(p *client.Portal) { p.SharingPolicy(ctx) }, []answer{ok(`{}`), ok(policyFlags)}, []string{
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s`,
			`level=INFO msg="docspace call" operation=getFilesSettings status=200 attempt=1 duration=1s`}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var everything, usual logs
				test.call(newPortal(t, "https://portal.example", slowly(test.answers...), everything.at(slog.LevelDebug)))
				if got, want := everything.String(), strings.Join(append(test.want, ""), "\n"); got != want {
					t.Errorf("got\n%swant\n%s", got, want)
				}
				test.call(newPortal(t, "https://portal.example", slowly(test.answers...), usual.at(slog.LevelInfo)))
				if lines := strings.Count(usual.String(), "\n"); strings.Contains(usual.String(), "DEBUG") || lines != strings.Count(everything.String(), `msg="docspace call"`) {
					t.Errorf("got\n%s", usual.String())
				}
			})
		})
	}
}

// The logger gets the caller's context, with the caller's values in it.
func TestLoggerGetsTheContext(t *testing.T) {
	type key struct{}
	handler := &contextHandler{Handler: slog.DiscardHandler, key: key{}}
	portal, _ := scripted(t, []client.Option{client.WithLogger(slog.New(handler))}, successOf("GET"))
	if _, err := portal.FilesSettings(context.WithValue(context.Background(), key{}, "trace-1")); err != nil || handler.seen != "trace-1" {
		t.Errorf("got %v, %v", handler.seen, err)
	}
	if _, err := client.New("https://portal.example", client.WithLogger(nil)); err == nil || !strings.Contains(err.Error(), "WithLogger: the logger is nil") {
		t.Errorf("got %v", err)
	}
}

type contextHandler struct {
	slog.Handler
	key, seen any
}

func (h *contextHandler) Enabled(context.Context, slog.Level) bool { return true }

func (h *contextHandler) Handle(ctx context.Context, _ slog.Record) error {
	h.seen = ctx.Value(h.key)
	return nil
}
