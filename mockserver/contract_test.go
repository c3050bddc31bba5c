package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestContractModesAreChecked(t *testing.T) {
	for _, mode := range []ContractMode{"", "Warn", "strict"} {
		if _, err := New(WithContract(mode)); err == nil || !strings.Contains(err.Error(), "warn") {
			t.Errorf("%q: %v", mode, err)
		}
	}
	s := newServer(t)
	if w := mocktest.Send(s, "GET", "/nope", ""); w.Header().Get("X-Mock-Contract") == "" {
		t.Error("nobody looks by default")
	}
}
