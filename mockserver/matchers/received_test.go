package matchers_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
	. "github.com/mock-docspace/mock-docspace/mockserver/matchers"
)

// ask makes a request with a key, or without one.
func ask(t *testing.T, srv *mockserver.Server, key, method, path, body string) {
	t.Helper()
	r, err := http.NewRequest(method, "http://portal"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "the-app/1.0")
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := srv.Transport().RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func portal(t *testing.T, opts ...mockserver.Option) *mockserver.Server {
	t.Helper()
	srv, err := mockserver.New(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return srv
}

const owner = "owner@example.com"

// asked makes a portal that has received five requests.
func asked(t *testing.T) *mockserver.Server {
	srv := portal(t)
	if _, err := srv.Fault(mockserver.Fault{ID: "down", Operation: mockserver.ExternalShare, Status: 503, Times: 1}); err != nil {
		t.Fatal(err)
	}
	key := srv.Key(mockserver.RoleOwner)
	ask(t, srv, key, "PUT", mockserver.ExternalShare.Path(), `{"set":true}`)
	ask(t, srv, key, "PUT", mockserver.ExternalShare.Path(), `{"set":true}`)
	ask(t, srv, "", "PUT", mockserver.ExternalShare.Path(), `{"set":false}`)
	ask(t, srv, key, "GET", mockserver.GetFilesSettings.Path(), "")
	ask(t, srv, key, "GET", "/nowhere", "")
	return srv
}

func TestHaveReceived(t *testing.T) {
	const put = mockserver.ExternalShare
	srv := asked(t)
	for name, test := range map[string]struct {
		matcher types.GomegaMatcher
		want    bool
	}{
		"once or more":         {HaveReceived(put), true},
		"never":                {HaveReceived(mockserver.ApplyExternalSharePassword), false},
		"zero times":           {HaveReceived(mockserver.ApplyExternalSharePassword, Times(0)), true},
		"exactly":              {HaveReceived(put, Times(3)), true},
		"too few":              {HaveReceived(put, Times(2)), false},
		"too many":             {HaveReceived(put, Times(4)), false},
		"at least":             {HaveReceived(put, AtLeast(3)), true},
		"not at least":         {HaveReceived(put, AtLeast(4)), false},
		"at most":              {HaveReceived(put, AtMost(3)), true},
		"not at most":          {HaveReceived(put, AtMost(2)), false},
		"from":                 {HaveReceived(put, From("Owner@example.com"), Times(2)), true},
		"from nobody":          {HaveReceived(put, From(""), Times(1)), true},
		"status":               {HaveReceived(put, WithStatus(503), Times(1)), true},
		"status and caller":    {HaveReceived(put, WithStatus(503), From("")), false},
		"fault":                {HaveReceived(put, WithFault("down"), Times(1)), true},
		"another fault":        {HaveReceived(put, WithFault("up")), false},
		"header":               {HaveReceived(put, WithHeader("user-agent", "the-app/1.0"), Times(3)), true},
		"header by a matcher":  {HaveReceived(put, WithHeader("User-Agent", HavePrefix("the-app")), Times(3)), true},
		"another header":       {HaveReceived(put, WithHeader("User-Agent", "curl")), false},
		"a secret header":      {HaveReceived(put, WithHeader("Authorization", "***"), Times(2)), true},
		"body":                 {HaveReceived(put, WithBody(`{"set":false}`), Times(1)), true},
		"body as JSON":         {HaveReceived(put, WithBody(MatchJSON(`{ "set": true }`)), Times(2)), true},
		"no body as JSON":      {HaveReceived(mockserver.GetFilesSettings, WithBody(MatchJSON(`{}`))), false},
		"masked, by a matcher": {HaveReceived(put, WithHeader("Authorization", Not(BeEmpty())), Times(2)), true},
		"a range":              {HaveReceived(put, AtLeast(2), AtMost(3)), true},
		"below a range":        {HaveReceived(put, AtMost(5), AtLeast(4)), false},
		"above a range":        {HaveReceived(put, AtLeast(1), AtMost(2)), false},
		"anything":             {HaveReceived("", Times(5)), true},
	} {
		if got, err := test.matcher.Match(srv); got != test.want || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// A count that could be wrong fails both ways, with the reason.
func TestDroppedRequestsFail(t *testing.T) {
	srv := portal(t, mockserver.WithJournal(2))
	for range 3 {
		ask(t, srv, "", "PUT", mockserver.ExternalShare.Path(), `{"set":true}`)
	}
	var dropped *mockserver.DroppedError
	if ok, err := HaveReceived(mockserver.ExternalShare, Times(3)).Match(srv); ok || !errors.As(err, &dropped) {
		t.Errorf("got %v, %v", ok, err)
	}
	for _, m := range []types.GomegaMatcher{
		HaveReceived(mockserver.ExternalShare, AtLeast(3)), HaveReceived(mockserver.ExternalShare, AtMost(3)), HaveReceived(mockserver.ExternalShare, WithStatus(200)),
		HaveReceived(mockserver.ExternalShare, AtLeast(1), AtMost(9)),
	} {
		if ok, err := m.Match(srv); ok || !errors.As(err, &dropped) || dropped.Dropped != 1 {
			t.Errorf("got %v, %v", ok, err)
		}
	}
	for _, m := range []types.GomegaMatcher{HaveReceived(mockserver.ExternalShare), HaveReceived("", AtLeast(2), WithStatus(401))} {
		if ok, err := m.Match(srv); !ok || err != nil || !strings.Contains(m.NegatedFailureMessage(srv), "but it has received at least 2 times.") {
			t.Errorf("enough are left: %v, %v, %s", ok, err, m.NegatedFailureMessage(srv))
		}
	}
	if ok, err := HaveReceived(mockserver.GetFilesSettings, Times(0)).Match(srv); !ok || err != nil {
		t.Errorf("what was not dropped: %v, %v", ok, err)
	}
	if _, err := HaveReceived(mockserver.GetFilesSettings).Match(portal(t, mockserver.WithJournal(0))); !errors.Is(err, mockserver.ErrNoJournal) {
		t.Errorf("without a journal: %v", err)
	}
}

func TestWrongUseIsAnError(t *testing.T) {
	const put = mockserver.ExternalShare
	srv := asked(t)
	for name, test := range map[string]struct {
		matcher types.GomegaMatcher
		actual  any
		want    string
	}{
		"no portal":              {HaveReceived(mockserver.ExternalShare), 5, "wants a portal"},
		"no server":              {HaveReceived(put), (*mockserver.Server)(nil), "wants a portal"},
		"no test server":         {HaveReceived(put), (*mockserver.TestServer)(nil), "wants a portal"},
		"an empty one":           {HaveReceived(put), &mockserver.TestServer{}, "wants a portal"},
		"an unknown call":        {HaveReceived("nope", Times(0)), srv, `unknown operation "nope"`},
		"times":                  {HaveReceived(put, Times(-1)), srv, "Times: must be 0 or more, not -1"},
		"at least":               {HaveReceived(put, AtLeast(-1)), srv, "AtLeast: must be 0 or more, not -1"},
		"at most":                {HaveReceived(put, AtMost(-1)), srv, "AtMost: must be 0 or more, not -1"},
		"a contradiction":        {HaveReceived(put, Times(1), AtLeast(2)), srv, "want at least 2 times and at most once"},
		"two times":              {HaveReceived(put, Times(1), Times(2)), srv, "want at least 2 times and at most once"},
		"no option":              {HaveReceived(put, nil), srv, "an option is nil"},
		"a status":               {HaveReceived(put, Times(0), WithStatus(2000)), srv, "WithStatus: must be"},
		"no fault":               {HaveReceived(put, Times(0), WithFault("")), srv, "WithFault: the id is empty"},
		"a body of bytes":        {HaveReceived(put, Times(0), WithBody([]byte("{}"))), srv, "WithBody: wants a text or a matcher, not []uint8"},
		"an equal body":          {HaveReceived(put, Times(0), WithBody(Equal(5))), srv, "WithBody: wants Equal to have a text, not int"},
		"a number":               {HaveReceived(put, Times(0), WithHeader("User-Agent", 5)), srv, "WithHeader: wants a text or a matcher, not int"},
		"a masked header":        {HaveReceived(put, Times(0), WithHeader("authorization", "Bearer x")), srv, "the journal masks Authorization as ***"},
		"the same, by a matcher": {HaveReceived(put, Times(0), WithHeader("Cookie", HavePrefix("a="))), srv, "the journal masks Cookie as ***"},
		"a failing body":         {HaveReceived(mockserver.ExternalShare, WithBody(BeNumerically(">", 1))), srv, "with body"},
		"a failing header":       {HaveReceived(mockserver.ExternalShare, WithHeader("User-Agent", BeNumerically(">", 1))), srv, "with header User-Agent"},
	} {
		if ok, err := test.matcher.Match(test.actual); ok || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
	}
}

func TestTestServerIsAJournal(t *testing.T) {
	g := NewWithT(t)
	srv := mockserver.Start(t)
	resp, err := http.Get(srv.URL + mockserver.GetFilesSettings.Path())
	g.Expect(err).NotTo(HaveOccurred())
	resp.Body.Close()
	g.Expect(srv).To(HaveReceived(mockserver.GetFilesSettings, WithStatus(401), From(""), Times(1)))
}
