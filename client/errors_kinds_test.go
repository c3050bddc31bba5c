package client_test

import (
	"context"
	"errors"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// Every status but 200 has one kind or none.
func TestKindOfStatus(t *testing.T) {
	kinds := map[int]error{
		400: client.ErrBadRequest, 401: client.ErrUnauthorized, 402: client.ErrPaymentRequired, 403: client.ErrForbidden,
		404: client.ErrNotFound, 415: client.ErrUnsupportedMediaType, 429: client.ErrRateLimited,
	}
	for code := 201; code <= 599; code++ {
		portal, _ := scripted(t, []client.Option{client.WithRetry(client.RetryPolicy{Attempts: 1})}, status(code))
		_, err := portal.FilesSettings(context.Background())
		want := kinds[code]
		switch {
		case code <= 299:
			want = client.ErrMalformedResponse
		case code <= 399:
			want = client.ErrRedirect
		case code >= 500:
			want = client.ErrServer
		}
		var got error
		for _, kind := range allClasses {
			if errors.Is(err, kind) {
				got = errors.Join(got, kind)
			}
		}
		if want == nil && got != nil || want != nil && (got == nil || got.Error() != want.Error()) {
			t.Errorf("%d: got %v, want %v", code, got, want)
		}
	}
}
