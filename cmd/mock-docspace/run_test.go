package main

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestVersion(t *testing.T) {
	for _, args := range [][]string{{"--version"}, {"serve", "--version"}, {"--addr", "bad", "--version"}} {
		code, stdout, stderr := runToEnd(t, nil, args...)
		if code != exitOK || stdout != "mock-docspace "+mockserver.Version+"\n" || stderr != "" {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}
