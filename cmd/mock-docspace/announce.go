package main

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// announce tells what can be called, who can sign in with what, and which links there are. The keys and passwords are told
// on purpose: they are those of a fake. JSON, which is mostly collected somewhere, has no passwords.
func (c *serveCommand) announce(s *mockserver.Server, stderr io.Writer) {
	portal := s.State()
	say := func(what string, pairs ...any) { c.say(stderr, what, pairs...) }
	shown := func(password string) string {
		if password != "" && c.LogFormat == "json" {
			return "***"
		}
		return password
	}
	method := func(operation mockserver.Operation) string {
		if c.LogFormat == "json" {
			return operation.Method()
		}
		return fmt.Sprintf("%-4s", operation.Method())
	}
	say("profile", "name", portal.Profile)
	for _, operation := range mockserver.Operations() {
		say("route", "method", method(operation), "path", operation.Path())
	}
	entries := map[string]mockserver.Entry{}
	for _, e := range portal.Entries {
		entries[e.ID] = e
	}
	for _, u := range portal.Users {
		if u.Disabled {
			say("user", "email", u.Email, "role", u.Role, "key", "(disabled)")
			continue
		}
		say("user", "email", u.Email, "role", u.Role, "password", cmp.Or(shown(u.Password), "(no password)"))
		for _, token := range u.Tokens {
			say("key", "email", u.Email, "key", token)
		}
	}
	for _, k := range portal.APIKeys {
		say("key", "email", k.User, "key", k.Key, "permissions", k.Permissions)
	}
	for _, l := range portal.Links {
		protection := "no password"
		if l.Password != "" {
			protection = "password " + shown(l.Password)
		}
		target := fmt.Sprintf("to entry %s, which does not exist", l.Entry)
		if e, ok := entries[l.Entry]; ok {
			target = fmt.Sprintf("to %s %q", e.Type, e.Title)
		}
		say("link", "key", l.Key, "target", target, "password", protection)
	}
}

// announceAuthority tells which certificate to trust, if there is one to trust.
func (c *serveCommand) announceAuthority(certificate []byte, stderr io.Writer) {
	switch {
	case certificate == nil:
	case c.LogFormat == "json":
		c.say(stderr, "authority", "certificate", string(certificate))
	default:
		c.say(stderr, "trust", "certificate", "the authority of this process, for the certificate of this address:")
		fmt.Fprintf(stderr, "%s", certificate)
	}
}

// announceControl tells where the portals are steered.
func (c *serveCommand) announceControl(d *doors, stderr io.Writer) {
	switch {
	case c.NoControl:
	case d.control != nil:
		c.say(stderr, "control", "url", c.url(d.control)+"/__mock")
	default:
		c.say(stderr, "control", "path", "/__mock")
	}
}

// say writes a line of the announcement: what, and the second of each of the pairs, or all of it as JSON.
func (c *serveCommand) say(stderr io.Writer, what string, pairs ...any) {
	if c.LogFormat == "json" {
		slog.New(slog.NewJSONHandler(stderr, nil)).Info(what, pairs...)
		return
	}
	values := []any{fmt.Sprintf("%-8s", what)}
	for i := 1; i < len(pairs); i += 2 {
		values = append(values, pairs[i])
	}
	fmt.Fprintln(stderr, values...)
}
