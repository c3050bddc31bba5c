package mockserver

import (
	"fmt"
	"hash/maphash"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// A kept body is one of a schema, byte by byte.
func TestKeptBodies(t *testing.T) {
	k := keptBodies{seed: maphash.MakeSeed()}
	one, other := &schema.Schema{Type: "object"}, &schema.Schema{Type: "object"}
	body := []byte(`{"set":true}`)
	k.add(one, body)
	if !k.has(one, []byte(`{"set":true}`)) {
		t.Error("the body is not kept")
	}
	if k.has(other, body) || k.has(one, []byte(`{"set":true} `)) || k.has(one, nil) {
		t.Error("another body is taken for it")
	}
	if body[2] = 'S'; k.has(one, body) || !k.has(one, []byte(`{"set":true}`)) {
		t.Error("the caller's bytes are kept")
	}
	long := []byte(strings.Repeat(" ", maxKeptBody) + "{}")
	if k.add(one, long); k.has(one, long) {
		t.Error("a long body is kept")
	}
}

// However many bodies arrive, few are kept.
func TestKeptBodiesAreBounded(t *testing.T) {
	k := keptBodies{seed: maphash.MakeSeed()}
	s := &schema.Schema{}
	const many = 10_000
	for i := range many {
		k.add(s, fmt.Append(nil, i))
	}
	kept := 0
	for i := range many {
		if k.has(s, fmt.Append(nil, i)) {
			kept++
		}
	}
	if kept == 0 || kept > len(k.slots) {
		t.Errorf("%d of %d are kept", kept, many)
	}
}
