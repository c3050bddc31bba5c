package mockserver

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// numbers are the numbers of claims.
func numbers(claims []Claim) string {
	var list []string
	for _, claim := range claims {
		list = append(list, claim.Number)
	}
	return strings.Join(list, " ")
}

func TestWhy(t *testing.T) {
	for _, test := range []struct {
		name, profile, method, path, body, caller string
		claims, notes                             string
		others                                    string // what each profile does, and by which claims
	}{
		{
			"displayValue at the server", ProfileV372, "PUT", mocktest.ExternalPath, `{"displayValue":true}`, "YOUR_API_KEY", "A104 A106 A101 A121", "",
			"documented reads displayValue and set, so it takes this body as true and answers 200 (A107)|*v3.7.2 ()|v3.8 ()|next ()",
		},
		{
			"displayValue at the page", ProfileDocumented, "PUT", mocktest.ExternalPath, `{"displayValue":true}`, "YOUR_API_KEY", "A107 A101", "",
			"*documented ()|v3.7.2 reads nothing but set, so it takes this body as false and answers 200 (A104 A106)|v3.8 reads nothing but set, so it takes this body as false and answers 200 (A104 A106)|next reads nothing but set, so it takes this body as false and answers 200 (A104 A106)",
		},
		{
			"no credentials", ProfileDocumented, "GET", mocktest.SettingsPath, "", "", "A004", "",
			"*documented ()|v3.7.2 answers this call without credentials with 200 and neutral constants (A005)|v3.8 answers this call without credentials with 200 and neutral constants (A005)|next answers this call without credentials with 200 and neutral constants (A005)",
		},
		{
			"a bad token and a 401", ProfileV372, "PUT", mocktest.ExternalPath, `{"set":true}`, "nobody", "A403 A401", "",
			"documented answers this 401 as an ErrorApiResponse with a message (A401)|*v3.7.2 ()|v3.8 ()|next ()",
		},
		{
			"no call of the fake", ProfileV372, "GET", "/api/2.0/files/@my", "", "YOUR_API_KEY", "A602", "Hint: mock-docspace does not have this call; a portal answers here with the caller's documents",
			"documented answers this 404 as an ErrorApiResponse with a message ()|*v3.7.2 ()|v3.8 ()|next ()",
		},
		{
			"nothing is written down", ProfileDocumented, "GET", "/api/2.0/%00", "", "YOUR_API_KEY", "", "No claim is written down for this answer.",
			"*documented ()|v3.7.2 ()|v3.8 ()|next ()",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, WithProfile(test.profile))
			var headers []string
			if test.caller != "" {
				headers = []string{"Authorization", test.caller}
			}
			answer := mocktest.Send(s, test.method, test.path, test.body, headers...)
			why, err := s.Why(1)
			if err != nil {
				t.Fatal(err)
			}
			if answer.Header().Get("X-Mock-Sequence") != "1" || why.Request.Sequence != 1 || why.Request.Status != answer.Code {
				t.Errorf("got %v for %v", why.Request, answer.Header())
			}
			if got := numbers(why.Claims); got != test.claims || got != strings.Join(why.Request.Claims, " ") {
				t.Errorf("claims %s, want %s", got, test.claims)
			}
			if got := strings.Join(why.Notes, "|"); got != test.notes {
				t.Errorf("notes %s, want %s", got, test.notes)
			}
			var others []string
			for _, p := range why.Profiles {
				text := fmt.Sprintf("%s %s", p.Profile, p.Does)
				if p.Own {
					text = "*" + text
				}
				others = append(others, strings.TrimSuffix(text, " ")+" ("+numbers(p.Claims)+")")
			}
			if got := strings.Join(others, "|"); got != test.others {
				t.Errorf("profiles\n%s, want\n%s", got, test.others)
			}
		})
	}
}

// A claim comes with everything that EVIDENCE.md says of it.
func TestWhyTellsClaims(t *testing.T) {
	s := newServer(t)
	mocktest.Send(s, "PUT", mocktest.ExternalPath, `{}`, as(s, RoleOwner)...)
	why, err := s.Why(1)
	if err != nil || len(why.Claims) != 1 {
		t.Fatalf("got %+v, %v", why, err)
	}
	if c := why.Claims[0]; c.Claim != "A body with neither `displayValue` nor `set` is refused: 400." || !slices.Equal(c.Profiles, []string{"documented"}) || c.Evidence != "ours" || c.Citation == "" {
		t.Errorf("got %+v", c)
	}
}

func TestWhyOfFaults(t *testing.T) {
	for kind, want := range map[FaultKind]string{
		FaultStatus: "A fault made this answer, and the portal was not asked.", FaultProxy: "A fault made this answer, and the portal was not asked.",
		FaultReset: "A fault took the answer away, and the portal was not asked.", FaultEmpty: "A fault damaged the answer of the portal.",
	} {
		s := newServer(t)
		f := Fault{Kind: kind}
		if kind == FaultStatus {
			f.Status = 503
		}
		addFault(t, s, f)
		func() {
			defer func() { _ = recover() }() // that is how a handler ends a connection
			mocktest.Send(s, "GET", mocktest.SettingsPath, "", as(s, RoleUser)...)
		}()
		why, err := s.Why(1)
		if got := strings.Join(why.Notes, "|"); err != nil || got != want {
			t.Errorf("%s: got %s, %v, want %s", kind, got, err, want)
		}
		if got := numbers(why.Claims); (got != "") != (kind == FaultEmpty) {
			t.Errorf("%s: claims %s", kind, got)
		}
	}
}

func TestWhyOfWhatIsNotThere(t *testing.T) {
	s := newServer(t, WithJournal(2))
	why := func(sequence uint64) string {
		_, err := s.Why(sequence)
		var missing *NotFoundError
		if err != nil && !errors.As(err, &missing) {
			t.Errorf("%d: %v", sequence, err)
		}
		return fmt.Sprint(err)
	}
	expect := func(sequence uint64, want string) {
		t.Helper()
		if got := why(sequence); got != want {
			t.Errorf("%d: got %q, want %q", sequence, got, want)
		}
	}
	expect(1, "there is no request 1: requests are counted from 1, and there was none yet")
	for range 3 {
		mocktest.Send(s, "GET", mocktest.SettingsPath, "")
	}
	expect(0, "there is no request 0: requests are counted from 1")
	expect(1, "the journal does not have the request 1 any more: it keeps at most 2 requests, and was perhaps emptied")
	expect(2, "<nil>")
	expect(4, "there is no request 4 yet: the last one is 3")
	s.ClearRequests()
	expect(3, "the journal does not have the request 3 any more: it keeps at most 2 requests, and was perhaps emptied")

	none := newServer(t, WithJournal(0))
	if h := mocktest.Send(none, "GET", mocktest.SettingsPath, "").Header(); h.Get("X-Mock-Sequence") != "" {
		t.Errorf("a number without a journal: %v", h)
	}
	if _, err := none.Why(1); !errors.Is(err, ErrNoJournal) {
		t.Errorf("got %v", err)
	}
}

// What is told of other profiles shows no secret, is not too long, and is counted.
func TestDifferencesInTheJournal(t *testing.T) {
	j := newJournal(10, NewJournalBudget())
	s := newServer(t)
	c := newCall(httptest.NewRequest("GET", mocktest.SettingsPath, nil), s.era())
	c.journalRun, c.masked = j.run, nil
	j.record(c, 200)
	before := j.bytes.Load()
	c.differs(profiles[1], "says %s of YOUR_API_KEY", strings.Repeat("x", 2*maxEntryText)).because("A104")
	j.record(c, 200)
	e, err := j.find(1)
	if err != nil || len(e.elsewhere) != 1 || len(e.elsewhere[0].does) > maxEntryText || strings.Contains(e.elsewhere[0].does, "YOUR_API_KEY") {
		t.Errorf("got %+v, %v", e.elsewhere, err)
	}
	if grown := j.bytes.Load() - before; grown < maxEntryText || grown > 3*maxEntryText {
		t.Errorf("%d bytes are counted", grown)
	}
}

func TestClaimList(t *testing.T) {
	var l claimList
	l.add("A104", "", "A001", "A104", "A1301")
	if got := strings.Join(l.texts(), " "); got != "A104 A001 A1301" {
		t.Errorf("got %s", got)
	}
	for i := range 2 * maxClaims {
		l.addNumber(uint16(i + 200))
	}
	if len(l.texts()) != maxClaims {
		t.Errorf("got %v", l.texts())
	}
}
