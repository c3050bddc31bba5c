package mockserver

import (
	"hash/maphash"
	"sync/atomic"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// maxKeptBody is the size of the largest body that is kept, in bytes.
const maxKeptBody = 256

// keptBodies are small bodies that were found to keep to their schema. Apps send the same few bodies again and again, and to read one costs
// a tenth of a request. A new body takes the place of another one: all of them are at most 256 of 256 bytes. Passwords in them stay in memory for
// as long, and nothing shows them.
type keptBodies struct {
	seed  maphash.Seed
	slots [256]atomic.Pointer[keptBody]
}

type keptBody struct {
	schema *schema.Schema
	text   string
}

// contractBodies are those of all portals, which have one contract.
var contractBodies = keptBodies{seed: maphash.MakeSeed()}

func (k *keptBodies) slot(body []byte) *atomic.Pointer[keptBody] {
	return &k.slots[maphash.Bytes(k.seed, body)%uint64(len(k.slots))]
}

func (k *keptBodies) has(s *schema.Schema, body []byte) bool {
	if len(body) > maxKeptBody {
		return false
	}
	kept := k.slot(body).Load()
	return kept != nil && kept.schema == s && kept.text == string(body)
}

func (k *keptBodies) add(s *schema.Schema, body []byte) {
	if len(body) <= maxKeptBody {
		k.slot(body).Store(&keptBody{s, string(body)})
	}
}
