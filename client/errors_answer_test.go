package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestServerTextIsOneShortLine(t *testing.T) {
	long := "one\r\ntwo\x1b[31m\u202e" + strings.Repeat("é", 400)
	for _, body := range []struct{ contentType, text string }{
		{"text/plain", long},
		{jsonType, `{"error":{"message":"one\r\ntwo\u001b[31m\u202e` + strings.Repeat("é", 400) + `"}}`},
	} {
		portal, _ := serve(t, reply(403, body.contentType, body.text))
		_, err := portal.FilesSettings(context.Background())
		mustBe(t, err, client.ErrForbidden)
		message := asError(t, err).Message
		if !strings.HasPrefix(message, "one two [31m é") || !strings.HasSuffix(message, "é…") || len([]rune(message)) != 300 {
			t.Errorf("got %q", message)
		}
	}
}
