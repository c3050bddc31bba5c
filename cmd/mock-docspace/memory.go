package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
)

// memoryFlags bound the memory of the process.
type memoryFlags struct {
	MaxMemory int `group:"control" default:"512" placeholder:"MIB" help:"How much memory the process may take, in MiB, whatever it is asked for. What would keep more is refused when half of it is in use (default: ${default})."`
}

// These limit --max-memory, in MiB.
const leastMemory, mostMemory = 64, 1 << 20

func (f *memoryFlags) check() error {
	if f.MaxMemory < leastMemory || f.MaxMemory > mostMemory {
		return fmt.Errorf("--max-memory: must be between %d and %d MiB, not %d", leastMemory, mostMemory, f.MaxMemory)
	}
	return nil
}

// limitMemory makes Go collect garbage sooner when the process becomes large. GOMEMLIMIT, a variable of Go, sets another limit.
func (f *memoryFlags) limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(f.MaxMemory) << 20 / 4 * 3) // the rest is for what the collector does not know
	}
}

// checkMemory fails when half of the bound is in use, and something is to be kept. The other half is for what is worked on, and a part of
// that for answers that nobody reads.
func (f *memoryFlags) checkMemory(keeps bool) error {
	most := uint64(f.MaxMemory) << 20 / 8 * 5 //nolint:gosec // check has refused negative numbers
	if keeps {
		most = most / 5 * 4
	}
	used := heapInUse()
	if used > most {
		runtime.GC() // some of it may be in use no more
		used = heapInUse()
	}
	if used > most {
		return fmt.Errorf("%d MiB of memory are in use, and this is possible below %d MiB only: delete portals, snapshots or faults, reset portals, or give more with --max-memory", used>>20, most>>20)
	}
	return nil
}

// heapInUse is how many bytes objects take that were in use, or that the collector has not looked at yet.
func heapInUse() uint64 {
	sample := []runtimemetrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	runtimemetrics.Read(sample)
	return sample[0].Value.Uint64()
}
