package client_test

import (
	"context"
	"math"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		for name, test := range map[string]struct {
			limit, remaining, reset string
			want                    client.RateLimit
		}{
			"nothing":          {"", "", "", client.RateLimit{}},
			"Unix seconds":     {"1500", "1499", "1790000000", client.RateLimit{Limit: 1500, Remaining: 1499, Reset: time.Unix(1790000000, 0)}},
			"seconds from now": {"1500", "0", "37", client.RateLimit{Limit: 1500, Reset: now.Add(37 * time.Second)}},
			"now":              {"1", "1", "0", client.RateLimit{Limit: 1, Remaining: 1, Reset: now}},
			"a day from now":   {"10000", "5", "86400", client.RateLimit{Limit: 10000, Remaining: 5, Reset: now.Add(24 * time.Hour)}},
			"some":             {"", "3", "", client.RateLimit{Remaining: 3}},
			"nonsense":         {"many", "-1", "soon", client.RateLimit{}},
			"one of them":      {"1500", "1.5", "Mon, 02 Jan 2006 15:04:05 GMT", client.RateLimit{Limit: 1500}},
			"the last second":  {"1", "1", "253402300799", client.RateLimit{Limit: 1, Remaining: 1, Reset: time.Unix(253402300799, 0)}},
			"after the last":   {"1", "1", "253402300800", client.RateLimit{Limit: 1, Remaining: 1, Reset: time.Unix(253402300799, 0)}},
			"too large":        {"9223372036854775808", "99999999999999999999", "99999999999999999999", client.RateLimit{Limit: math.MaxInt, Remaining: math.MaxInt, Reset: time.Unix(253402300799, 0)}},
			"too small":        {"-9223372036854775809", "-99999999999999999999", "-99999999999999999999", client.RateLimit{}},
		} {
			answered := answer{status: 429, body: errorJSON(429, "slow down", "null"), header: http.Header{}}
			for header, value := range map[string]string{"X-RateLimit-Limit": test.limit, "X-RateLimit-Remaining": test.remaining, "X-RateLimit-Reset": test.reset} {
				if value != "" {
					answered.header.Set(header, value)
				}
			}
			portal, _ := scripted(t, nil, answered)
			var info client.ResponseInfo
			_, err := portal.Unlock(client.WithResponseInfo(context.Background(), &info), "KEY", "pw-1")
			e := asError(t, err)
			if !e.RateLimit.Reset.Equal(test.want.Reset) || e.RateLimit.Limit != test.want.Limit || e.RateLimit.Remaining != test.want.Remaining || info.RateLimit != e.RateLimit {
				t.Errorf("%s: got %+v and %+v", name, e.RateLimit, info.RateLimit)
			}
		}
	})
}
