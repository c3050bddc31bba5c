package contract_test

import (
	"context"
	"net/http"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlClockSpecs describe the clock of the control API.
func controlClockSpecs(t *target) {
	Describe("control API: clock", func() {
		now := func(ctx context.Context, method, path, body string) time.Time {
			GinkgoHelper()
			at, err := time.Parse(time.RFC3339Nano, t.control(ctx, method, path, body).member("now").(string))
			Expect(err).NotTo(HaveOccurred())
			return at
		}

		It("stands still where it is frozen, and moves by the time that it is advanced", t.holds("A901"), func(ctx SpecContext) {
			noon := time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
			Expect(now(ctx, http.MethodPost, "clock/freeze", `{"at":"2030-05-01T14:00:00+02:00"}`)).To(BeTemporally("==", noon))
			Expect(t.control(ctx, http.MethodGet, "clock", "")).To(haveMember(true, "frozen"))
			Expect(now(ctx, http.MethodPost, "clock/advance", `{"by":"90m"}`)).To(BeTemporally("==", noon.Add(90*time.Minute)))
			Expect(now(ctx, http.MethodPost, "clock/advance", `{"by":"-30m"}`)).To(BeTemporally("==", noon.Add(time.Hour)))
			Expect(now(ctx, http.MethodPost, "clock/freeze", `{}`)).To(BeTemporally("==", noon.Add(time.Hour)))
			Expect(now(ctx, http.MethodGet, "clock", "")).To(BeTemporally("==", noon.Add(time.Hour)))
			Expect(t.control(ctx, http.MethodGet, "clock", "")).To(haveMember(true, "frozen"))
			Expect(now(ctx, http.MethodPost, "clock/resume", "")).To(BeTemporally("~", noon.Add(time.Hour), time.Minute))
			Expect(t.control(ctx, http.MethodGet, "clock", "")).To(haveMember(false, "frozen"))
		})

		It("decides to the second when links and keys expire", t.holds("A901"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "links", `{"key":"short","expires":"2030-05-01T12:00:00Z"}`)
			t.control(ctx, http.MethodPost, "apiKeys", `{"key":"sk-short","user":"owner@example.com","expires":"2030-05-01T12:00:00Z"}`)
			short := request{method: http.MethodPut, path: "files/settings/external", key: "sk-short", body: `{"set":true}`}
			t.control(ctx, http.MethodPost, "clock/freeze", `{"at":"2030-05-01T11:59:59Z"}`)
			Expect(t.linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusOK))
			Expect(t.send(ctx, short)).To(haveStatus(http.StatusOK))
			t.control(ctx, http.MethodPost, "clock/advance", `{"by":"2s"}`)
			Expect(t.linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusExpired))
			Expect(t.send(ctx, short)).To(haveStatus(http.StatusUnauthorized))
			t.control(ctx, http.MethodPost, "clock/advance", `{"by":"-2s"}`)
			Expect(t.linkStatus(ctx, "short", `{}`)).To(BeEquivalentTo(statusOK))
		})
	})
}
