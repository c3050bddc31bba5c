package contract_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// edgeSpecs describe limits at their edges: the last instant inside and the first outside, the most that is allowed and one more.
func edgeSpecs(t *target) {
	Describe("edges", func() {
		wrongTimes := func(times int) func(ctx context.Context) {
			return func(ctx context.Context) {
				GinkgoHelper()
				for range times {
					opening("protected", nil, wrongPassword)(t, ctx)
				}
			}
		}
		failTimes := func(times int) func(ctx context.Context) {
			return func(ctx context.Context) {
				GinkgoHelper()
				for range times {
					signingIn("owner@example.com", "wrong")(t, ctx)
				}
			}
		}
		// adding adds something that lasts an hour.
		adding := func(path, body string) func(ctx context.Context) {
			return func(ctx context.Context) {
				GinkgoHelper()
				method := http.MethodPost
				if path == "state" {
					method = http.MethodPatch
				}
				t.control(ctx, method, path, strings.ReplaceAll(body, "IN_AN_HOUR", beginning.Add(time.Hour).Format(time.RFC3339)))
			}
		}
		limiting := func(limits string, ask question) func(ctx context.Context) {
			return func(ctx context.Context) {
				GinkgoHelper()
				adding("state", `{"limits":{"rateLimit":{"enabled":true,`+limits+`}}}`)(ctx)
				ask(t, ctx)
			}
		}
		nothing := func(context.Context) {}
		inSession := func(token string) question { return switching(cookie("asc_auth_key=" + token)) }
		right, reading := opening("protected", nil, rightPassword), question(func(t *target, ctx context.Context) any {
			GinkgoHelper()
			return t.sendToFault(ctx, request{path: "files/share/open"}).StatusCode
		})
		ofUser := `"sub":"` + userID + `","scope":["files:write"]`
		begins := jwtOf(fmt.Sprintf(`{"nbf":%d,"exp":%d,%s}`, beginning.Add(time.Hour).Unix(), beginning.Add(2*time.Hour).Unix(), ofUser))

		t.tableOfFake("of time:",
			func(ctx SpecContext, prepare func(context.Context), ask question, last time.Duration, inside, outside any) {
				for after, expected := range inOrder(map[time.Duration]any{last: inside, last + 1: outside}) {
					t.launch(ctx)
					prepare(ctx)
					t.advance(after)
					Expect(ask(t, ctx)).To(BeEquivalentTo(expected), "after %s", after)
				}
			},
			Entry("a link", t.holds("A202"), adding("links", `{"key":"ends","expires":"IN_AN_HOUR"}`), opening("ends", nil, `{}`), time.Hour, statusOK, statusExpired),
			Entry("a link, where it leads", t.holds("A1001"), adding("links", `{"key":"ends","expires":"IN_AN_HOUR"}`), told("ends", "status"), time.Hour, statusOK, statusExpired),
			Entry("an API key", t.holds("A409"), adding("apiKeys", `{"key":"sk-ends","user":"admin@example.com","expires":"IN_AN_HOUR"}`), switching(bearer("sk-ends")), time.Hour-1, 200, 401),
			Entry("a session", t.holds("A403"), adding("state", `{"sessions":[{"token":"ends","user":"admin@example.com","expires":"IN_AN_HOUR"}]}`), inSession("ends"), time.Hour-1, 200, 401),
			Entry("an access token", t.holds("A414"), nothing, switching(jwtUntil(time.Hour, ofUser)), time.Hour+2*time.Minute, 403, 401),
			Entry("the begin of an access token", t.holds("A414"), nothing, switching(begins), time.Hour-2*time.Minute-1, 401, 403),
			Entry("wrong passwords", t.holds("A308"), wrongTimes(5), right, time.Minute-1, 403, statusOK),
			Entry("the block of a link", t.holds("A307"), wrongTimes(6), right, time.Minute-1, 403, statusOK),
			Entry("wrong log ins", t.holds("A1322"), failTimes(5), signingIn("owner@example.com", "Owner-pass-1"), time.Minute-1, 403, 200),
			Entry("the block of a person", t.holds("A1322"), failTimes(6), signingIn("owner@example.com", "Owner-pass-1"), time.Minute-1, 403, 200),
			Entry("the minute of the limit of requests", t.holds("A801", "A802"), limiting(`"perMinute":1`, reading), reading, time.Minute-1, 429, 200),
			Entry("the day of the limit of requests", t.holds("A807"), limiting(`"writesPerDay":1`, switching(bearer(adminAPIKey))), switching(bearer(adminAPIKey)), 24*time.Hour-1, 429, 200),
		)

		t.tableOfFake("of the number of wrong passwords that a portal allows", t.holds("A309"),
			func(ctx SpecContext, count int) {
				adding("state", fmt.Sprintf(`{"limits":{"passwordAttempts":{"count":%d}}}`, count))(ctx)
				wrongTimes(count - 1)(ctx)
				Expect(opening("protected", nil, wrongPassword)(t, ctx)).To(BeEquivalentTo(statusInvalidPassword))
				Expect(right(t, ctx)).To(BeEquivalentTo(403))
				failTimes(count - 1)(ctx)
				Expect(signingIn("owner@example.com", "wrong")(t, ctx)).To(BeEquivalentTo(401))
				Expect(signingIn("owner@example.com", "Owner-pass-1")(t, ctx)).To(BeEquivalentTo(403))
			},
			Entry("one", 1), Entry("two", 2), Entry("seven", 7),
		)

		t.tableOfFake("of the number of requests that a portal allows", t.holds("A801", "A802"),
			func(ctx SpecContext, limit string, ask question, most int) {
				adding("state", fmt.Sprintf(`{"limits":{"rateLimit":{"enabled":true,%q:%d}}}`, limit, most))(ctx)
				for range most {
					Expect(ask(t, ctx)).To(BeEquivalentTo(200))
				}
				Expect(ask(t, ctx)).To(BeEquivalentTo(429))
			},
			Entry("one in a minute", "perMinute", reading, 1), Entry("three in a minute", "perMinute", reading, 3),
			Entry("one write in a day", "writesPerDay", switching(bearer(adminAPIKey)), 1), Entry("three writes in a day", "writesPerDay", switching(bearer(adminAPIKey)), 3),
		)

		text := func(length int) string { return strings.Repeat("x", length) }
		list := func(item string, times int) string {
			items := make([]string, times)
			for n := range items {
				items[n] = strings.ReplaceAll(item, "#", strconv.Itoa(n))
			}
			return strings.Join(items, ",")
		}
		// Of the second value the last letter or digit is one too many, or the number is one too small.
		t.tableOfFake("of what the control API takes:", t.holds("A918"),
			func(ctx SpecContext, method, path, body, name string, allowed, refused []string) {
				fill := strings.NewReplacer
				for _, value := range refused {
					before := t.control(ctx, http.MethodGet, "state", "")
					a := t.tryControl(ctx, method, fill("VALUE", value).Replace(path), fill("VALUE", value).Replace(body))
					Expect(a.StatusCode).To(BeElementOf(400, 404, 409, 413), "%.80s", value)
					Expect(a).To(haveMember(ContainSubstring(name), "message"), "%.80s", value)
					Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
				}
				Expect(t.control(ctx, http.MethodGet, "faults", "")).To(haveBodyOfLen(0))
				for _, value := range allowed {
					a := t.tryControl(ctx, method, fill("VALUE", value).Replace(path), fill("VALUE", value).Replace(body))
					Expect(a.StatusCode).To(BeNumerically("<", 300), "%.80s: %s", value, a.body)
				}
				t.control(ctx, http.MethodDelete, "faults", "")
			},
			Entry("the key of a link", "POST", "links", `{"key":"VALUE"}`, "key", []string{text(255), "x"}, []string{text(256), ""}),
			Entry("the access of a link", "PATCH", "links/"+fileLink, `{"access":VALUE}`, "access", []string{"2", "10"}, []string{"1", "12"}),
			Entry("the users of an invitation", "PATCH", "links/3fa85f64-5717-4562-b3fc-2c963f66afa0", `{"invitation":true,"maxUses":VALUE}`, "maxUses", []string{"1", "1000"}, []string{"0", "1001"}),
			Entry("the address of a user", "PATCH", "users/"+userID, `{"email":"VALUE"}`, "email", []string{text(243) + "@example.com"}, []string{text(244) + "@example.com", ""}),
			Entry("an API key", "POST", "apiKeys", `{"key":"VALUE","user":"owner@example.com"}`, "key", []string{"sk-" + text(252), "sk-x"}, []string{"sk-" + text(253), "sk-"}),
			Entry("the id of an entry", "POST", "entries", `{"id":"VALUE","title":"T","type":"file"}`, "id", []string{text(255), "x"}, []string{text(256), ""}),
			Entry("the password of a link", "PATCH", "links/"+fileLink, `{"password":"VALUE"}`, "password", []string{strings.Repeat("é", 255), "x"}, []string{strings.Repeat("é", 256)}),
			Entry("the title of a link", "PATCH", "links/"+fileLink, `{"title":"VALUE"}`, "title", []string{text(255)}, []string{text(256)}),
			Entry("the password of a user", "PATCH", "users/"+userID, `{"password":"VALUE"}`, "password", []string{text(255)}, []string{text(256)}),
			Entry("a name of a user", "PATCH", "users/"+userID, `{"firstName":"VALUE"}`, "firstName", []string{text(255), ""}, []string{text(256)}),
			Entry("the title of an entry", "PATCH", "entries/40", `{"title":"VALUE"}`, "title", []string{text(255)}, []string{text(256)}),
			Entry("the access of a member", "PATCH", "entries/10", `{"members":[{"user":"user@example.com","access":VALUE}]}`, "members[0]", []string{"1", "11"}, []string{"0", "12"}),
			Entry("the tokens of a user", "PATCH", "users/"+userID, `{"tokens":[VALUE]}`, "tokens", []string{list(`"token-#"`, 100), ""}, []string{list(`"token-#"`, 101)}),
			Entry("the permissions of a key", "PATCH", "apiKeys/"+adminAPIKey, `{"permissions":[VALUE]}`, "permissions", []string{list(`"p#"`, 100)}, []string{list(`"p#"`, 101)}),
			Entry("the members of a room", "PATCH", "entries/10", `{"members":[VALUE]}`, "members", []string{list(`"user@example.com"`, 1000)}, []string{list(`"user@example.com"`, 1001)}),
			Entry("sessions", "PATCH", "state", `{"sessions":[VALUE]}`, "sessions", []string{list(`{"token":"s#","user":"user@example.com"}`, 1000)}, []string{list(`{"token":"s#","user":"user@example.com"}`, 1001)}),
			Entry("the key of a portal", "PATCH", "state", `{"docDbKey":"VALUE"}`, "docDbKey", []string{text(255)}, []string{text(256), ""}),
			Entry("the wrong passwords that are allowed", "PATCH", "state", `{"limits":{"passwordAttempts":{"count":VALUE}}}`, "count", []string{"1", "9999"}, []string{"0", "10000"}),
			Entry("the time of wrong passwords", "PATCH", "state", `{"limits":{"passwordAttempts":{"window":"VALUE"}}}`, "window", []string{"1s", "9999s"}, []string{"999.999999ms", "9999.000000001s", "0s"}),
			Entry("the time of a block", "PATCH", "state", `{"limits":{"passwordAttempts":{"block":"VALUE"}}}`, "block", []string{"1s", "9999s"}, []string{"999.999999ms", "9999.000000001s", "0s"}),
			Entry("requests in a minute", "PATCH", "state", `{"limits":{"rateLimit":{"perMinute":VALUE}}}`, "perMinute", []string{"1", "1000000"}, []string{"0", "1000001"}),
			Entry("reads at a time", "PATCH", "state", `{"limits":{"rateLimit":{"concurrentReads":VALUE}}}`, "concurrentReads", []string{"1", "1000000"}, []string{"0", "1000001"}),
			Entry("writes at a time", "PATCH", "state", `{"limits":{"rateLimit":{"concurrentWrites":VALUE}}}`, "concurrentWrites", []string{"1", "1000000"}, []string{"0", "1000001"}),
			Entry("writes in a day", "PATCH", "state", `{"limits":{"rateLimit":{"writesPerDay":VALUE}}}`, "writesPerDay", []string{"1", "1000000"}, []string{"0", "1000001"}),
			Entry("log ins", "PATCH", "state", `{"loginEvents":VALUE}`, "loginEvents", []string{"0", "2147483647"}, []string{"-1", "2147483648"}),
			Entry("the tenant", "PATCH", "state", `{"tenantId":VALUE}`, "tenantId", []string{"1", "2147483647"}, []string{"0", "-1", "2147483648"}),
			Entry("the id of a fault", "POST", "faults", `{"id":"VALUE","status":500}`, "id", []string{text(255), "!", "~"}, []string{text(256), "", "a b", "a,b", "é", "\\u007f"}),
			Entry("the status of a fault", "POST", "faults", `{"status":VALUE}`, "status", []string{"400", "599"}, []string{"399", "600"}),
			Entry("the status of a proxy", "POST", "faults", `{"kind":"proxy","status":VALUE}`, "status", []string{"502", "504"}, []string{"501", "505"}),
			Entry("the status of a rate limit", "POST", "faults", `{"kind":"rateLimit","status":VALUE}`, "status", []string{"429"}, []string{"428", "430"}),
			Entry("when to try again", "POST", "faults", `{"status":503,"retryAfter":"VALUE"}`, "retryAfter", []string{"0s", "1s", "24h"}, []string{"24h1s", "1.5s", "999ms"}),
			Entry("whom to tell when to try again", "POST", "faults", `{"status":VALUE,"retryAfter":"1s"}`, "retryAfter", []string{"429", "503"}, []string{"430", "502", "504"}),
			Entry("a delay", "POST", "faults", `{"delay":"VALUE"}`, "delay", []string{"1ns", "1h"}, []string{"1h0.000000001s", "0s"}),
			Entry("the longest delay", "POST", "faults", `{"delay":"1s","delayMax":"VALUE"}`, "delayMax", []string{"1s", "1h"}, []string{"0.999999999s", "1h0.000000001s"}),
			Entry("the times of a fault", "POST", "faults", `{"status":500,"times":VALUE}`, "times", []string{"0", "2147483647"}, []string{"-1", "2147483648"}),
			Entry("the probability of a fault", "POST", "faults", `{"status":500,"probability":VALUE}`, "probability", []string{"0.000001", "1"}, []string{"0", "1.000001", "-0.1"}),
			Entry("the seed of a fault", "POST", "faults", `{"status":500,"seed":VALUE}`, "seed", []string{"0", "9007199254740991"}, []string{"-1", "9007199254740992"}),
			Entry("how far the clock goes on", "POST", "clock/advance", `{"by":"VALUE"}`, "by: ", []string{"1520544h", "-1520544h"}, []string{"-800000h", "1600000h", "9223372036s", "-9999999999s"}),
			Entry("the time of the clock", "POST", "clock/freeze", `{"at":"VALUE"}`, "1970", []string{"1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z"}, []string{"1969-12-31T23:59:59.999999999Z", "2200-01-01T00:00:00.000000001Z"}),
			Entry("a status in the journal", "GET", "journal?status=VALUE", ``, "status", []string{"100", "599"}, []string{"99", "600"}),
			Entry("the last of the journal", "GET", "journal?last=VALUE", ``, "last", []string{"1", "1000000"}, []string{"0", "1000001"}),
			Entry("a sequence number", "GET", "journal?after=VALUE", ``, "after", []string{"0", "9223372036854775807"}, []string{"-1", "9223372036854775808"}),
			Entry("a body", "POST", "clock/advance", `{VALUE"by":"0s"}`, "", []string{strings.Repeat(" ", 1<<20-11)}, []string{strings.Repeat(" ", 1<<20-10)}),
			Entry("how deep a body is", "PATCH", "state", `{"VALUE":1}`, "", []string{"tenantId"}, []string{"x", "tenantid"}),
		)

		if !t.documented() { // it reads no forms
			const pairs = "application/x-www-form-urlencoded"
			part := func(headers int) string {
				lines := "Content-Disposition: form-data; name=a\r\n"
				for n := range headers - 1 {
					lines += fmt.Sprintf("X-%d: 1\r\n", n)
				}
				return "--b\r\n" + lines + "\r\n1\r\n--b--\r\n"
			}
			t.tableOfFake("of a form that can be read:", t.holds("A137"),
				func(ctx SpecContext, media string, readable, unreadable string) {
					send := func(body string) answer {
						GinkgoHelper()
						return t.send(ctx, request{method: http.MethodPost, path: "files/share/open/password", media: media, body: body, off: true})
					}
					Expect(send(readable)).To(haveStatus(http.StatusUnsupportedMediaType))
					a := send(unreadable)
					Expect(a).To(haveStatus(http.StatusBadRequest))
					Expect(a).To(haveBody(ContainSubstring("Failed to read the request form. ")))
				},
				Entry("a name", pairs, text(2048)+"=1", text(2049)+"=1"),
				Entry("a value", pairs, "a="+text(4<<20), "a="+text(4<<20+1)),
				Entry("the number of values", pairs, strings.Repeat("a=1&", 1024), strings.Repeat("a=1&", 1025)),
				Entry("the headers of a part", "multipart/form-data; boundary=b", part(16), part(17)),
				Entry("a zero", pairs, "a=%01", "a=%00"),
				Entry("the end of a form of parts", "multipart/form-data; boundary=b", "--b--", "--b-"),
				Entry("what is before the first part", "multipart/form-data; boundary=b", text(16<<10)+"--b--", text(16<<10+1)+"--b--"),
				Entry("what is behind the last part", "multipart/form-data; boundary=b", "--b--\r\n"+text(16<<10), "--b--\r\n"+text(16<<10+1)),
				Entry("the number of parts", "multipart/form-data; boundary=b", strings.Repeat(strings.TrimSuffix(part(1), "--b--\r\n"), 1024)+"--b--", strings.Repeat(strings.TrimSuffix(part(1), "--b--\r\n"), 1025)+"--b--"),
				Entry("where a part goes", "multipart/form-data; boundary=b", part(1), strings.Replace(part(1), "name=a", "name=a b", 1)),
			)

			t.itOfFake("of a name in a form", t.holds("A137"), func(ctx SpecContext) {
				for name, open := range inOrder(map[string]bool{"a[b]": false, "[]": false, "d]": false, "a[": true, "a[b][c": true, "%5b": true}) {
					a := t.send(ctx, request{method: http.MethodPost, path: "files/share/open/password", media: pairs, body: "x&" + name + "=1", off: true})
					if open {
						Expect(a).To(haveStatus(http.StatusBadRequest), name)
						Expect(a).To(haveBody(ContainSubstring("is invalid JQuery syntax because it is missing a closing bracket.")), name)
					} else {
						Expect(a).To(haveStatus(http.StatusUnsupportedMediaType), name)
					}
				}
			})
		}

		t.itOfFake("of the names of snapshots and portals", t.holds("A918"), func(ctx SpecContext) {
			for _, name := range []string{text(100), "0", "A._-"} {
				t.control(ctx, http.MethodPut, "snapshots/"+name, "")
				DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "snapshots/"+name, "") })
			}
			for _, name := range []string{text(101), "-a", ".a", "_", "a%20b", "é"} {
				Expect(t.tryControl(ctx, http.MethodPut, "snapshots/"+name, "").StatusCode).To(BeElementOf(400, 409), name)
			}
			Expect(t.control(ctx, http.MethodGet, "snapshots", "")).To(haveBodyOfLen(3))
			for _, name := range []string{text(63), "0", "a-b"} {
				t.control(ctx, http.MethodPost, "portals", `{"name":`+quote(name)+`}`)
				DeferCleanup(func(ctx SpecContext) { t.control(ctx, http.MethodDelete, "portals/"+name, "") })
			}
			for _, name := range []string{text(64), "-a", "a-", "A", "a.b", ""} {
				Expect(t.tryControl(ctx, http.MethodPost, "portals", `{"name":`+quote(name)+`}`).StatusCode).To(BeElementOf(400, 409), name)
			}
		})

		t.itOfFake("of the number of snapshots", t.holds("A914"), func(ctx SpecContext) {
			DeferCleanup(func(ctx SpecContext) {
				for n := range mockserver.MaxSnapshots {
					t.tryControl(ctx, http.MethodDelete, fmt.Sprint("snapshots/n", n), "")
				}
			})
			for n := range mockserver.MaxSnapshots {
				t.control(ctx, http.MethodPut, fmt.Sprint("snapshots/n", n), "")
			}
			Expect(t.tryControl(ctx, http.MethodPut, "snapshots/more", "")).To(haveStatus(http.StatusConflict))
			t.control(ctx, http.MethodPut, "snapshots/n0", "")
			t.control(ctx, http.MethodDelete, "snapshots/n0", "")
			t.control(ctx, http.MethodPut, "snapshots/more", "")
			t.control(ctx, http.MethodDelete, "snapshots/more", "")
		})
	})
}
