package client_test

import (
	"context"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestResponseInfo(t *testing.T) {
	for name, test := range map[string]struct {
		method  string
		answers []answer
		want    client.ResponseInfo
	}{
		"200": {"GET", []answer{with(successOf("GET"), "X-Request-Id", "id-1", "X-RateLimit-Limit", "9")},
			client.ResponseInfo{StatusCode: 200, Attempts: 1, Duration: time.Second, RequestID: "id-1", RateLimit: client.RateLimit{Limit: 9}}},
		"retried": {"PUT", []answer{status(503, "Retry-After", "4", "X-Request-Id", "id-1"), with(successOf("PUT"), "X-Request-Id", "id-2")},
			client.ResponseInfo{StatusCode: 200, Attempts: 2, Duration: 6 * time.Second, RequestID: "id-2"}},
		"refused":    {"POST", []answer{status(403, "X-Request-Id", "id-1")}, client.ResponseInfo{StatusCode: 403, Attempts: 1, Duration: time.Second, RequestID: "id-1"}},
		"connection": {"POST", []answer{{err: syscall.ECONNRESET}}, client.ResponseInfo{Attempts: 1, Duration: time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal := newPortal(t, "https://portal.example", slowly(test.answers...))
				info := client.ResponseInfo{StatusCode: 1, Attempts: 1, RequestID: "of another call"}
				ctx := client.WithResponseInfo(context.Background(), &info)
				switch test.method {
				case "GET":
					portal.FilesSettings(ctx)
				case "PUT":
					portal.SetExternalShare(ctx, true)
				default:
					portal.Unlock(ctx, "KEY", "pw-1")
				}
				if info != test.want {
					t.Errorf("got %+v, want %+v", info, test.want)
				}
			})
		})
	}
	portal, _ := scripted(t, nil, successOf("GET"))
	if _, err := portal.FilesSettings(client.WithResponseInfo(context.Background(), nil)); err != nil {
		t.Error(err)
	}
}
