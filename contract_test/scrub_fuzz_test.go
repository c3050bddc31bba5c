package contract_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// FuzzScrubber plants a secret wherever an exchange may have one, whether it is known beforehand or not.
func FuzzScrubber(f *testing.F) {
	for _, secret := range []string{
		"sk-00000000000000000000000000000000000000000000000000000000000000aa", "Tr0ub4dor&3 <x>", "Jürgen Müller", "portal.of-somebody.example",
		"66faa6e4-f133-11ea-b126-00ffeec8b4ef", `back\slash "quoted"`, "eyJhbGciOi.J9eyJzdWIi.OiIxIn0", "name@somewhere.example", "{{key-1}}secret", "a%2Fb%20c",
	} {
		for kind := range 3 {
			f.Add(secret, kind)
		}
	}
	f.Fuzz(func(t *testing.T, secret string, kind int) {
		if len(secret) < 8 || !utf8.ValidString(secret) || words()[secret] || strings.ContainsAny(secret, "\r\n\x00") || strings.Trim(secret, "0123456789-{}aeiknty") == "" {
			t.Skip() // too short to be told from what must stay
		}
		s := newScrubber()
		if kind%3 != 0 {
			s.secret([]string{"key", "password", "share-key"}[(kind%3+3)%3], secret)
		}
		text, err := json.Marshal(s.plant(secret))
		if err != nil {
			t.Fatal(err)
		}
		rest := referencePattern.ReplaceAllString(string(text), "")
		for _, form := range forms(secret) {
			if len(form) >= 8 && strings.Contains(rest, form) {
				t.Fatalf("%q survives as %q in %s", secret, form, text)
			}
		}
	})
}

// plant makes exchanges that hold a secret in every place, and scrubs them.
func (s *scrubber) plant(secret string) []exchange {
	quoted, _ := json.Marshal(secret)
	text := string(quoted)
	var exchanges []exchange
	for _, body := range []string{
		`{"response":{"status":0,"id":` + text + `,"title":` + text + `,"linkId":` + text + `,"entityTitle":` + text + `,"password":` + text + `}}`,
		`{"error":{"message":` + text + `,"type":` + text + `,"stack":` + text + `}}`,
		`{"response":{"errors":{` + text + `:[` + text + `]},"traceId":` + text + `}}`,
		`{"response":{"extsImage":[` + text + `],"extsConvertible":{` + text + `:[` + text + `]}},"links":[{"href":` + text + `,"action":` + text + `}]}`,
		`{"links":[{"href":"https://` + url.PathEscape(secret) + `/api/2.0/files/share/` + url.PathEscape(secret) + `/password?x=` + url.QueryEscape(secret) + `"}]}`,
		`<html>` + secret + `</html>`, secret, text, `[` + text,
	} {
		req := &http.Request{Method: http.MethodPost, URL: &url.URL{Path: "/api/2.0/files/share/" + secret + "/password"}, Header: http.Header{}}
		resp := &http.Response{StatusCode: http.StatusOK, Header: http.Header{}}
		for _, name := range []string{"Authorization", "Cookie", "Origin", "Content-Type", "Accept", "X-Anything"} {
			req.Header.Add(name, secret)
		}
		for _, name := range append(answerHeaders, "WWW-Authenticate", "Set-Cookie", "Location", "X-Anything", "Server") {
			resp.Header.Add(name, secret)
		}
		req.Header.Add("Cookie", "asc_auth_key="+secret+"; "+secret+"=x")
		resp.Header.Add("Set-Cookie", "asc_auth_key="+secret+"; domain="+secret+"; path="+secret)
		resp.Header.Add("Set-Cookie", secret+"=x; path=/")
		exchanges = append(exchanges, s.exchange(req, `{"password":`+text+`,"PassWord":`+text+`}`, resp, body, ""))
		for _, scheme := range []string{"Bearer ", "Basic ", "bearer ", "Other "} {
			req.Header.Set("Authorization", scheme+secret)
			exchanges = append(exchanges, s.exchange(req, ``, resp, ``, ""))
		}
	}
	return exchanges
}

func TestScrubberKeepsEqualValuesEqual(t *testing.T) {
	g := gomega.NewWithT(t)
	s := newScrubber()
	id := "3fa85f64-5717-4562-b3fc-2c963f66afa1"
	g.Expect(s.answerBody(`{"response":{"linkId":"` + id + `","title":"Plans"},"links":[{"href":"https://a.example/api/2.0/files/share/k/password","action":"POST"}]}`)).
		To(gomega.Equal(`{"response":{"linkId":"{{guid-1}}","title":"{{text-1}}"},"links":[{"href":"https://{{host-1}}/api/2.0/files/share/{{share-key-1}}/password","action":"POST"}]}`))
	g.Expect(s.answerHeader(http.Header{"Set-Cookie": {"sharelink" + id + "=abc; path=/; secure; samesite=strict; httponly"}}).Get("Set-Cookie")).
		To(gomega.Equal("sharelink{{guid-1}}={{cookie-1}}; path=/; samesite=strict; httponly"))
	g.Expect(s.requestHeader(http.Header{"Cookie": {"sharelink" + id + "=abc; anonymous_session_key=def"}}).Get("Cookie")).
		To(gomega.Equal("sharelink{{guid-1}}={{cookie-1}}; anonymous_session_key={{cookie-2}}"))
	g.Expect(s.answerBody(`{"response":{"title":"Plans","id":"7","tenantId":4711}}`)).To(gomega.Equal(`{"response":{"title":"{{text-1}}","id":"{{text-2}}","tenantId":1}}`))
	g.Expect(s.path("/api/2.0/files/share/k/password")).To(gomega.Equal("/api/2.0/files/share/{{share-key-1}}/password"))
}

// What the fake answers as a live portal is recorded, and holds at the fake; what is changed does not.
func TestRecordAndReplay(t *testing.T) {
	for _, profile := range both {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			g := gomega.NewWithT(t)
			dir := t.TempDir()
			_, address := startLive(t, profile, nil)
			r := runProgramOnce(t, liveEnviron(address, append(withLink, "CONTRACT_RECORD=1", "CONTRACT_RECORDINGS="+dir, "CONTRACT_DESTRUCTIVE=1")...))
			g.Expect(r.code).To(gomega.Equal(exitHolds), r.stdout+r.stderr)

			recorded, err := readRecordings(dir)
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(len(recorded)).To(gomega.BeNumerically(">", 150))
			g.Expect(recorded[0].Portal).To(gomega.Equal("mock-docspace " + mockserver.Version))
			g.Expect(recorded[0].Recorded).To(gomega.MatchRegexp(`^\d{4}-\d\d-\d\d$`))
			for i := range recorded {
				g.Expect(recorded[i].replay()).To(gomega.BeEmpty(), recorded[i].Spec)
			}
			files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(files).To(gomega.HaveLen(len(recorded)), "one file a spec")
			host := strings.TrimPrefix(address, "http://")
			for _, file := range files {
				text, err := os.ReadFile(file)
				g.Expect(err).NotTo(gomega.HaveOccurred())
				for _, secret := range []string{"admins-key", "users-key", "a-link", "Secret123!", "Marketing", host} {
					g.Expect(string(text)).NotTo(gomega.ContainSubstring(secret), file)
				}
			}

			again := runProgramOnce(t, nil, "--replay", dir, "--labels", "replay")
			g.Expect(again.code).To(gomega.Equal(exitHolds), again.stdout+again.stderr)
			text, err := os.ReadFile(files[0])
			g.Expect(err).NotTo(gomega.HaveOccurred())
			g.Expect(os.WriteFile(files[0], []byte(strings.Replace(string(text), `"status": 200`, `"status": 202`, 1)), 0o600)).To(gomega.Succeed())
			again = runProgramOnce(t, nil, "--replay", dir, "--labels", "replay")
			g.Expect(again.code).To(gomega.Equal(exitDrift), again.stdout)
			g.Expect(again.stdout).To(gomega.ContainSubstring("the status is 200 at the fake, and was 202"))
		})
	}
}

func TestReplayTellsDifferences(t *testing.T) {
	g := gomega.NewWithT(t)
	ask := func(body, answer string, status int) []string {
		r := recording{Profile: mockserver.ProfileV372, Keys: map[string]string{"{{key-1}}": "owner"}, Before: recordedFlags{true, true}, Exchanges: []exchange{{
			recordedRequest{http.MethodPut, "/api/2.0/files/settings/external", http.Header{"Authorization": {"Bearer {{key-1}}"}, "Content-Type": {"application/json"}}, body},
			recordedAnswer{status, http.Header{"Content-Type": {"application/json; charset=utf-8"}, "Api-Supported-Versions": {"2.0"}}, answer},
		}}}
		return r.replay()
	}
	const rest = `"count":1,"links":[{"href":"http://{{host-1}}/x","action":"PUT"}],"status":0,"statusCode":200}`
	g.Expect(ask(`{"set":false}`, `{"response":false,`+rest, 200)).To(gomega.BeEmpty())
	g.Expect(ask(`{"set":false}`, `{"response":true,`+rest, 200)).To(gomega.ConsistOf(gomega.ContainSubstring("/response is false at the fake, and was true")))
	g.Expect(ask(`{"set":false}`, `{`+rest, 200)).To(gomega.ConsistOf(gomega.ContainSubstring("has response at the fake alone")))
	g.Expect(ask(`{"set":false}`, `{"response":false,"total":1,`+rest, 200)).To(gomega.ConsistOf(gomega.ContainSubstring("has no total at the fake")))
	g.Expect(ask(`{"set":false}`, `{"count":1,"response":false,`+rest[len(`"count":1,`):], 200)).To(gomega.ConsistOf(gomega.ContainSubstring("the order of the body")))
	g.Expect(ask(`{"set":1}`, `{"response":false,`+rest, 200)).NotTo(gomega.BeEmpty())
}

func TestReadRecordingsRefuses(t *testing.T) {
	g := gomega.NewWithT(t)
	dir := t.TempDir()
	_, err := readRecordings(dir)
	g.Expect(err).To(gomega.MatchError(gomega.ContainSubstring("there are no recordings")))
	for text, says := range map[string]string{
		`{`:                                     "unexpected end",
		`{"profile":"v3.7.2","exchanges":[{}]}`: "its format is 0, and this version reads 1",
		`{"format":1,"profile":"v3.7.2","exchanges":[]}`:   "there are no exchanges",
		`{"format":1,"profile":"v1","exchanges":[{}]}`:     `there is no profile "v1"`,
		`{"format":1,"profile":"v3.7.2","exchanges":[{}]}`: `there is no assumption ""`,
	} {
		g.Expect(os.WriteFile(filepath.Join(dir, "a.json"), []byte(text), 0o600)).To(gomega.Succeed())
		_, err := readRecordings(dir)
		g.Expect(err).To(gomega.MatchError(gomega.ContainSubstring(says)))
	}
}
