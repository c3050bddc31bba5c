package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// flags is an answer with these two switches.
func flags(external, social bool) answer {
	return ok(fmt.Sprintf(`{"externalShare":%v,"externalShareSocialMedia":%v,"enableThirdParty":true}`, external, social))
}

// policyOf is the SharingPolicy for the answer of flags.
func policyOf(external, social bool) client.SharingPolicy {
	return client.SharingPolicy{ExternalShare: external, ExternalShareSocialMedia: social, EnableThirdParty: true}
}

func ptrTo[T any](v T) *T { return &v }

const (
	read     = "GET settings"
	external = "PUT settings/external"
	social   = "PUT settings/externalsocialmedia"
)

func steps(all ...string) string { return strings.Join(all, ", ") }

func TestUpdateSharing(t *testing.T) {
	on, off := client.On(), client.Off()
	for name, test := range map[string]struct {
		update        client.SharingUpdate
		answers       []answer
		sent, bodies  string
		before, after client.SharingPolicy
	}{
		"both on": {client.SharingUpdate{ExternalShare: on, SocialMedia: on}, []answer{flags(false, false), ok("true"), ok("true"), flags(true, true)},
			steps(read, external, social, read), "true true", policyOf(false, false), policyOf(true, true)},
		"both off": {client.SharingUpdate{ExternalShare: off, SocialMedia: off}, []answer{flags(true, true), ok("false"), ok("false"), flags(false, false)},
			steps(read, external, social, read), "false false", policyOf(true, true), policyOf(false, false)},
		"on without buttons": {client.SharingUpdate{ExternalShare: on, SocialMedia: off}, []answer{flags(false, false), ok("true"), ok("false"), flags(true, false)},
			steps(read, external, social, read), "true false", policyOf(false, false), policyOf(true, false)},
		"external alone": {client.SharingUpdate{ExternalShare: off}, []answer{flags(true, true), ok("false"), flags(false, false)},
			steps(read, external, read), "false", policyOf(true, true), policyOf(false, false)},
		"social media alone": {client.SharingUpdate{SocialMedia: on}, []answer{flags(true, false), ok("true"), flags(true, true)},
			steps(read, social, read), "true", policyOf(true, false), policyOf(true, true)},
		"as it is already": {client.SharingUpdate{ExternalShare: on, SocialMedia: on}, []answer{flags(true, true), ok("true"), ok("true"), flags(true, true)},
			steps(read, external, social, read), "true true", policyOf(true, true), policyOf(true, true)},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answers...)
			change, err := portal.UpdateSharing(context.Background(), test.update)
			if err != nil || !reflect.DeepEqual(*change, client.SharingChange{Before: test.before, After: test.after}) {
				t.Errorf("got %+v, %v", change, err)
			}
			var bodies []string
			for _, r := range s.sent {
				if r.method == "PUT" {
					first, _, _ := strings.Cut(r.body, ",")
					bodies = append(bodies, strings.TrimPrefix(first, `{"set":`))
				} else if r.query != policyQuery {
					t.Errorf("the whole was read: %q", r.query)
				}
			}
			if s.requests() != test.sent || strings.Join(bodies, " ") != test.bodies {
				t.Errorf("sent %s with %s", s.requests(), bodies)
			}
		})
	}
}

// At every step that can fail, the error says what was done and what is in force.
func TestUpdateSharingFails(t *testing.T) {
	on := client.On()
	both := client.SharingUpdate{ExternalShare: on, SocialMedia: on}
	kept := func(operation string) error {
		return &client.NotInForceError{Operation: operation, Asked: true, InForce: false}
	}
	const unknown = "; it is not known what is in force now"
	for name, test := range map[string]struct {
		answers []answer
		sent    string
		step    string // empty when no switch was sent
		done    client.SharingUpdate
		inForce *client.SharingPolicy
		class   error // of the cause
		kept    error // the cause, when it is a NotInForceError
		text    string
	}{
		"reading before": {answers: []answer{status(401)}, sent: read, class: client.ErrUnauthorized},
		"first": {
			answers: []answer{flags(false, false), status(403), flags(false, true)}, sent: steps(read, external, read),
			step: "externalShare", inForce: ptrTo(policyOf(false, true)), class: client.ErrForbidden,
			text: "docspace: externalShare: not allowed (HTTP 403); in force now: external sharing off, social media on",
		},
		"first, then blind": {
			answers: []answer{flags(false, false), status(403), status(401)}, sent: steps(read, external, read),
			step: "externalShare", class: client.ErrForbidden, text: unknown,
		},
		"second": {
			answers: []answer{flags(false, false), ok("true"), status(500), flags(true, false)}, sent: steps(read, external, social, read),
			step: "externalShareSocialMedia", done: client.SharingUpdate{ExternalShare: on}, inForce: ptrTo(policyOf(true, false)), class: client.ErrServer,
			text: "in force now: external sharing on, social media off",
		},
		"second, then blind": {
			answers: []answer{flags(false, false), ok("true"), status(500), status(404)}, sent: steps(read, external, social, read),
			step: "externalShareSocialMedia", done: client.SharingUpdate{ExternalShare: on}, class: client.ErrServer, text: unknown,
		},
		"reading back": {
			answers: []answer{flags(false, false), ok("true"), ok("true"), status(401)}, sent: steps(read, external, social, read),
			step: "getFilesSettings", done: both, class: client.ErrUnauthorized, text: unknown,
		},
		"first not in force": {
			answers: []answer{flags(false, false), ok("false"), flags(false, false)}, sent: steps(read, external, read),
			step: "externalShare", inForce: ptrTo(policyOf(false, false)), kept: kept("externalShare"),
			text: "docspace: externalShare: asked for on, but off is in force; in force now: external sharing off, social media off",
		},
		"second not in force": {
			answers: []answer{flags(false, false), ok("true"), ok("false"), flags(true, false)}, sent: steps(read, external, social, read),
			step: "externalShareSocialMedia", done: client.SharingUpdate{ExternalShare: on}, inForce: ptrTo(policyOf(true, false)),
			kept: kept("externalShareSocialMedia"), text: "external sharing on, social media off",
		},
		"first no longer in force": {
			answers: []answer{flags(false, false), ok("true"), ok("true"), flags(false, false)}, sent: steps(read, external, social, read),
			step: "getFilesSettings", done: both, inForce: ptrTo(policyOf(false, false)), kept: kept("externalShare"),
		},
		"second no longer in force": {
			answers: []answer{flags(false, false), ok("true"), ok("true"), flags(true, false)}, sent: steps(read, external, social, read),
			step: "getFilesSettings", done: both, inForce: ptrTo(policyOf(true, false)), kept: kept("externalShareSocialMedia"),
		},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answers...)
			change, err := portal.UpdateSharing(context.Background(), both)
			if test.class != nil {
				mustBe(t, err, test.class)
			} else {
				mustBe(t, err)
			}
			if change != nil || s.requests() != test.sent {
				t.Errorf("got %+v, sent %s", change, s.requests())
			}
			var failed *client.UpdateError
			if errors.As(err, &failed) != (test.step != "") {
				t.Fatalf("got %T: %v", err, err)
			}
			if failed == nil {
				return
			}
			if failed.Step != test.step || !reflect.DeepEqual(failed.Done, test.done) || !reflect.DeepEqual(failed.Before, policyOf(false, false)) ||
				!reflect.DeepEqual(failed.InForce, test.inForce) || !strings.Contains(err.Error(), test.text) {
				t.Errorf("got %+v\n%s", *failed, err)
			}
			var got *client.NotInForceError
			if errors.As(err, &got) != (test.kept != nil) || got != nil && got.Error() != test.kept.Error() {
				t.Errorf("got cause %v", got)
			}
		})
	}
}

func TestUpdateSharingRefused(t *testing.T) {
	portal, s := scripted(t, nil, flags(true, true))
	for name, update := range map[string]client.SharingUpdate{
		"empty":         {},
		"contradictory": {ExternalShare: client.Off(), SocialMedia: client.On()},
	} {
		change, err := portal.UpdateSharing(context.Background(), update)
		mustBe(t, err, client.ErrInvalidArgument)
		if change != nil || len(s.sent) > 0 {
			t.Errorf("%s: got %v, sent %s", name, change, s.requests())
		}
	}
	var none context.Context
	_, err := portal.UpdateSharing(none, client.SharingUpdate{ExternalShare: client.On()})
	mustBe(t, err, client.ErrInvalidArgument)
	_, err = (*client.Portal)(nil).UpdateSharing(context.Background(), client.SharingUpdate{ExternalShare: client.On()})
	mustBe(t, err, client.ErrInvalidArgument)
}

// When the caller's context has ended, the error comes at once, and says that nobody knows what is in force.
func TestUpdateSharingCancelled(t *testing.T) {
	for at, want := range map[string]struct {
		step, sent string
		done       bool
	}{
		external: {"externalShare", steps(read, external), false},
		social:   {"externalShareSocialMedia", steps(read, external, social), true},
	} {
		t.Run(at, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			s := &script{answers: []answer{flags(false, false), ok("true"), ok("true")}}
			portal := newPortal(t, "https://portal.example", client.WithHTTPClient(&http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
				resp, err := s.RoundTrip(r)
				if strings.HasSuffix(s.requests(), at) {
					cancel() // it was sent, and nobody knows whether it was done
					return nil, r.Context().Err()
				}
				return resp, err
			})}))
			change, err := portal.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
			mustBe(t, err, client.ErrConnection)
			var failed *client.UpdateError
			if !errors.As(err, &failed) || !errors.Is(err, context.Canceled) || change != nil || failed.Step != want.step || failed.InForce != nil ||
				(failed.Done.ExternalShare != nil) != want.done || failed.Done.SocialMedia != nil || s.requests() != want.sent {
				t.Errorf("got %+v, sent %s", failed, s.requests())
			}
		})
	}
}

// Each request of an update is repeated by the same rules as a single call.
func TestUpdateSharingRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		update := client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()}
		portal, s := scripted(t, nil, status(503), flags(false, false), status(429, "Retry-After", "5"), ok("true"), answer{err: errors.New("reset")}, ok("true"),
			status(502), flags(true, true))
		began := time.Now()
		change, err := portal.UpdateSharing(context.Background(), update)
		if err != nil || !change.After.ExternalShareSocialMedia || s.requests() != steps(read, read, external, external, social, social, read, read) {
			t.Errorf("got %+v, %v, sent %s", change, err, s.requests())
		}
		if took := time.Since(began); took < 5*time.Second || took > 7*time.Second {
			t.Errorf("took %v", took)
		}

		portal, s = scripted(t, nil, flags(false, false), status(503), status(503), status(503), flags(false, false))
		_, err = portal.UpdateSharing(context.Background(), update)
		mustBe(t, err, client.ErrServer)
		if asError(t, err).Attempts != 3 || s.requests() != steps(read, external, external, external, read) {
			t.Errorf("got %v, sent %s", err, s.requests())
		}
	})
}
