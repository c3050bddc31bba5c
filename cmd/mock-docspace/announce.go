package main

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"

	"github.com/mock-docspace/mock-docspace/internal/printable"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// announcer writes to stderr what a user needs to call the portal. It writes keys and passwords on purpose, since they are
// those of a fake. As JSON it masks the passwords, because JSON logs are mostly collected somewhere.
type announcer struct {
	out  io.Writer
	json bool
}

func (f *outputFlags) announcer(stderr io.Writer) *announcer {
	if f.Quiet {
		stderr = io.Discard
	}
	return &announcer{out: stderr, json: f.LogFormat == "json"}
}

// portal announces the profile, the four calls, the users with their keys, and the links.
func (a *announcer) portal(p mockserver.Portal) {
	a.write("profile", "name", p.Profile)
	for _, operation := range mockserver.Operations() {
		a.write("route", "method", a.method(operation), "path", operation.Path())
	}
	a.users(p)
	a.links(p)
}

func (a *announcer) users(p mockserver.Portal) {
	for _, u := range p.Users {
		if u.Disabled {
			a.write("user", "email", u.Email, "role", u.Role, "key", "(disabled)")
			continue
		}
		a.write("user", "email", u.Email, "role", u.Role, "password", cmp.Or(a.password(u.Password), "(no password)"))
		for _, token := range u.Tokens {
			a.write("key", "email", u.Email, "key", token)
		}
	}
	for _, k := range p.APIKeys {
		a.write("key", "email", k.User, "key", k.Key, "permissions", k.Permissions)
	}
}

func (a *announcer) links(p mockserver.Portal) {
	entryNamed := p.EntryNames()
	for _, l := range p.Links {
		protection := "no password"
		if l.Password != "" {
			protection = "password " + a.password(l.Password)
		}
		target := fmt.Sprintf("to entry %s, which does not exist", l.Entry)
		if e := entryNamed(l.Entry); e != nil {
			target = fmt.Sprintf("to %s %q", e.Type, e.Title)
		}
		a.write("link", "key", l.Key, "target", target, "password", protection)
	}
}

// authority announces the certificate that clients have to trust. It is nil without --tls-self-signed.
func (a *announcer) authority(certificate []byte) {
	switch {
	case certificate == nil:
	case a.json:
		a.write("authority", "certificate", string(certificate))
	default:
		a.write("trust", "certificate", "this certificate authority, which signed the certificate of this server:")
		fmt.Fprintf(a.out, "%s", certificate)
	}
}

// control announces the address of the control API, and that of the page for a browser.
func (a *announcer) control(l *listeners) {
	listener := l.control
	if listener != nil {
		a.write("control", "url", l.url(listener)+"/__mock")
	} else {
		a.write("control", "path", "/__mock")
		listener = l.tcp
	}
	if listener != nil { // browsers open no socket files
		a.write("page", "url", l.browserURL(listener)+"/__mock/")
	}
}

// local announces where the portal is for this machine, if that is not what stdout says.
func (a *announcer) local(l *listeners) {
	if url := l.localURL(); url != "" {
		a.write("address", "url", url, "use", "from this machine")
	}
}

func (a *announcer) password(password string) string {
	if password != "" && a.json {
		return "***"
	}
	return password
}

func (a *announcer) method(operation mockserver.Operation) string {
	if a.json {
		return operation.Method()
	}
	return fmt.Sprintf("%-4s", operation.Method())
}

// write writes one line: what is announced, and then the values of the pairs, or all of it as JSON. A text with hidden
// characters is quoted.
func (a *announcer) write(what string, pairs ...any) {
	if a.json {
		slog.New(slog.NewJSONHandler(printable.JSONLog{Out: a.out}, nil)).Info(what, pairs...)
		return
	}
	values := []any{fmt.Sprintf("%-8s", what)}
	for i := 1; i < len(pairs); i += 2 {
		values = append(values, printable.Text(fmt.Sprint(pairs[i])))
	}
	fmt.Fprintln(a.out, values...)
}
