package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const (
	oneLink  = "links: [{key: first}]\n"
	twoLinks = "links: [{key: first}, {key: second}]\n"
	badFile  = "links: [{key: first}]\nnope: 1\n"
)

// hasLink says whether the portal has a link.
func hasLink(p *program, link string) func() bool {
	return func() bool {
		_, body := p.do("POST", "/api/2.0/files/share/"+link+"/password", `{}`)
		return strings.Contains(body, `{"response":{"status":0,`)
	}
}

func hangUp(t *testing.T) {
	t.Helper()
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

func TestHangupLoadsThePortalFileAgain(t *testing.T) {
	g := gomega.NewWithT(t)
	name := writeFile(t, oneLink)
	p := start(t, nil, "--addr", "127.0.0.1:0", "--portal", name, "--profile", "v3.7.2", "--api-key", "sk-mine")

	rewrite(t, name, badFile)
	hangUp(t)
	g.Eventually(p.stderr.String).Should(gomega.ContainSubstring(name + ":2:1: unknown key"))
	g.Expect(hasLink(p, "first")()).To(gomega.BeTrue(), "the old portal stays")

	rewrite(t, name, twoLinks+"profile: documented\n")
	hangUp(t)
	g.Eventually(hasLink(p, "second")).Should(gomega.BeTrue())
	g.Expect(p.get(settings).StatusCode).To(gomega.Equal(200), "--profile still overrides the file")
	g.Expect(p.get(settings, "Authorization", "Bearer sk-mine").StatusCode).To(gomega.Equal(200), "--api-key too")
	g.Eventually(p.stderr.String).Should(gomega.ContainSubstring("link     second"))

	// SIGHUP loads an unchanged file too, which discards the changes of the portal.
	p.do("PUT", settings+"/external", `{"set":false}`, "Authorization", "Bearer sk-mine")
	hangUp(t)
	g.Eventually(hasLink(p, "second")).Should(gomega.BeTrue())
	p.stop()
	g.Expect(strings.Count(p.stderr.String(), "was not loaded again")).To(gomega.Equal(1))
	g.Expect(strings.Count(p.stderr.String(), "was loaded again")).To(gomega.Equal(2))
}

// A hangup ends the program at no time: one that comes while it reads its files is remembered, and one at the end is ignored.
func TestHangupBeforeAndAfterServing(t *testing.T) {
	pipe, state, portFile := namedPipe(t), filepath.Join(t.TempDir(), "state.json"), filepath.Join(t.TempDir(), "port")
	process := command(t, "--addr", "127.0.0.1:0", "--quiet", "--portal", pipe, "--state", state, "--port-file", portFile)
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	writer, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits until the program reads it
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	rewrite(t, pipe+"~", twoLinks)
	if err := os.Rename(pipe+"~", pipe); err != nil {
		t.Fatal(err)
	}
	if _, err := writer.WriteString(oneLink); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	g := gomega.NewWithT(t)
	g.Eventually(portFile, "10s").Should(gomega.BeAnExistingFile())
	p := &program{t: t, url: "http://127.0.0.1:" + read(t, portFile)}
	g.Eventually(hasLink(p, "second"), "10s").Should(gomega.BeTrue())

	if err := process.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := process.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if err := process.Wait(); err != nil {
		t.Errorf("ended with %v, want exit code 0", err)
	}
}

func TestHangupWithoutPortalFile(t *testing.T) {
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet")
	hangUp(t)
	gomega.NewWithT(t).Eventually(p.stderr.String).Should(gomega.ContainSubstring("no portal file"))
	if code := p.stop(); code != exitOK {
		t.Errorf("exit %d", code)
	}
}

// A portal that is loaded again is saved to the state file.
func TestReloadedPortalIsKept(t *testing.T) {
	g := gomega.NewWithT(t)
	name, state := writeFile(t, oneLink), filepath.Join(t.TempDir(), "state.json")
	p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name, "--state", state)
	rewrite(t, name, twoLinks)
	hangUp(t)
	g.Eventually(func() string { return read(t, state) }).Should(gomega.ContainSubstring(`"key": "second"`))
	p.stop()
}

func TestWatch(t *testing.T) {
	replace := func(t *testing.T, name, text string) {
		t.Helper()
		rewrite(t, name+"~", text)
		if err := os.Rename(name+"~", name); err != nil {
			t.Fatal(err)
		}
	}
	link := func(t *testing.T, to, name string) {
		t.Helper()
		if err := os.Symlink(to, name+".new"); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+".new", name); err != nil {
			t.Fatal(err)
		}
	}
	directory := func(t *testing.T, name, text string) {
		t.Helper()
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
		rewrite(t, filepath.Join(name, "portal.yaml"), text)
	}
	tests := map[string]struct {
		make, change func(t *testing.T, dir, name string)
	}{
		"written": {
			func(t *testing.T, _, name string) { rewrite(t, name, oneLink) },
			func(t *testing.T, _, name string) { rewrite(t, name, twoLinks) },
		},
		"renamed over, as editors do": {
			func(t *testing.T, _, name string) { rewrite(t, name, oneLink) },
			func(t *testing.T, _, name string) { replace(t, name, twoLinks) },
		},
		"removed and made": {
			func(t *testing.T, _, name string) { rewrite(t, name, oneLink) },
			func(t *testing.T, _, name string) {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
				rewrite(t, name, twoLinks)
			},
		},
		"a ConfigMap": {
			func(t *testing.T, dir, name string) {
				directory(t, filepath.Join(dir, "..1"), oneLink)
				link(t, "..1", filepath.Join(dir, "..data"))
				link(t, filepath.Join("..data", "portal.yaml"), name)
			},
			func(t *testing.T, dir, _ string) {
				directory(t, filepath.Join(dir, "..2"), twoLinks)
				link(t, "..2", filepath.Join(dir, "..data"))
				if err := os.RemoveAll(filepath.Join(dir, "..1")); err != nil {
					t.Fatal(err)
				}
			},
		},
		"behind a link": {
			func(t *testing.T, dir, name string) {
				directory(t, filepath.Join(dir, "elsewhere"), oneLink)
				link(t, filepath.Join("elsewhere", "portal.yaml"), name)
			},
			func(t *testing.T, dir, _ string) {
				replace(t, filepath.Join(dir, "elsewhere", "portal.yaml"), twoLinks)
			},
		},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			name := filepath.Join(dir, "portal.yaml")
			test.make(t, dir, name)
			p := start(t, nil, "--addr", "127.0.0.1:0", "--quiet", "--portal", name, "--watch")
			if !hasLink(p, "first")() || hasLink(p, "second")() {
				t.Fatal("not the portal of the file")
			}
			test.change(t, dir, name)
			gomega.NewWithT(t).Eventually(hasLink(p, "second"), "10s").Should(gomega.BeTrue())
			if got := p.stderr.String(); got != "" {
				t.Errorf("stderr %q", got)
			}
		})
	}
}

// A file that cannot be read to its end keeps no later one from being loaded, and is loaded itself when it comes first.
func TestReadingThatTakesLong(t *testing.T) {
	for what, test := range map[string]struct {
		next func(name string, hangups chan<- os.Signal, ticks chan<- time.Time)
		want string
	}{
		"SIGHUP": {func(name string, hangups chan<- os.Signal, _ chan<- time.Time) {
			rewrite(t, name+"~", "links: [{key: next}]\n")
			if err := os.Rename(name+"~", name); err != nil {
				t.Fatal(err)
			}
			hangups <- syscall.SIGHUP
		}, "next"},
		"--watch": {func(name string, _ chan<- os.Signal, ticks chan<- time.Time) {
			rewrite(t, name+"~", "links: [{key: next}]\n")
			if err := os.Rename(name+"~", name); err != nil {
				t.Fatal(err)
			}
			ticks <- time.Time{}
			ticks <- time.Time{}
		}, "next"},
		"it comes": {func(name string, _ chan<- os.Signal, _ chan<- time.Time) { rewrite(t, name, "links: [{key: late}]\n") }, "late"},
	} {
		t.Run(what, func(t *testing.T) {
			g, log, name := gomega.NewWithT(t), &output{}, namedPipe(t)
			c := serveCommand{portalFlags: portalFlags{Portal: &name}}
			portal := &servedPortal{}
			var err error
			if portal.server, err = mockserver.New(); err != nil {
				t.Fatal(err)
			}
			r := newReloader(&c.portalFlags, portal, c.logger(log), func() {})
			r.patience = time.Millisecond
			hangups, ticks, ended := make(chan os.Signal), make(chan time.Time), make(chan struct{})
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				r.run(ctx, hangups, ticks)
				close(ended)
			}()
			hangups <- syscall.SIGHUP
			g.Eventually(log.String).Should(gomega.ContainSubstring("reading the portal file takes long"))
			test.next(name, hangups, ticks)
			g.Eventually(func() string { return portal.server.State().Links[0].Key }).Should(gomega.Equal(test.want))
			cancel()
			<-ended
		})
	}
}

// startWatching makes a reloader that looks at the file when the test calls look.
func startWatching(t *testing.T, text string) (name string, look func(times int), portal *servedPortal, log *output) {
	t.Helper()
	name, log = writeFile(t, text), &output{}
	c := serveCommand{portalFlags: portalFlags{Portal: &name}}
	portal, err := c.loadPortal(t.Context(), c.logger(log))
	if err != nil {
		t.Fatal(err)
	}
	r := newReloader(&c.portalFlags, portal, c.logger(log), func() {})
	return name, func(times int) {
		for range times {
			if r.hasSettled() {
				r.reload(t.Context(), false)
			}
		}
	}, portal, log
}

// A mistake in the file is logged once, and so is a missing file. Nothing is logged when the file is back unchanged.
func TestWatchLogsAMistakeOnce(t *testing.T) {
	name, look, portal, log := startWatching(t, oneLink)
	look(3)
	for _, bad := range []struct{ text, want string }{
		{badFile, "unknown key"},
		{"links: [", name + ":1:8"},
	} {
		rewrite(t, name, bad.text)
		before := len(log.String())
		look(5)
		if got := log.String()[before:]; strings.Count(got, "\n") != 1 || !strings.Contains(got, bad.want) || !strings.Contains(got, "WARN") {
			t.Errorf("logged %q, want %q once", got, bad.want)
		}
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	before := len(log.String())
	look(5)
	if got := log.String()[before:]; strings.Count(got, "\n") != 1 || !strings.Contains(got, "cannot be read") {
		t.Errorf("logged %q", got)
	}
	if _, err := portal.server.AddLink(mockserver.Link{Key: "added"}); err != nil {
		t.Fatal(err)
	}
	before = len(log.String())
	rewrite(t, name, "# the same\n"+oneLink)
	look(5)
	if got := log.String()[before:]; got != "" || len(portal.server.State().Links) != 2 {
		t.Errorf("the portal was replaced although its file describes the same portal: %q", got)
	}
}

// The writer of the file may not have finished, and half of a file can be a valid portal file.
func TestWatchWaitsUntilTheFileHasSettled(t *testing.T) {
	name, look, portal, log := startWatching(t, oneLink)
	look(3)
	for _, text := range []string{"", "links: []\n", "links: [{key: half}]\n"} {
		rewrite(t, name, text)
		look(1)
	}
	rewrite(t, name, twoLinks)
	look(1)
	if got := portal.server.State().Links; len(got) != 1 || got[0].Key != "first" {
		t.Errorf("loaded while it was being written: %+v", got)
	}
	look(1)
	if got := portal.server.State().Links; len(got) != 2 {
		t.Errorf("not loaded: %+v\n%s", got, log)
	}
	if strings.Count(log.String(), "was loaded again") != 1 {
		t.Errorf("logged %s", log)
	}
}
