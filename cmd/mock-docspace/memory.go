package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"slices"
	"strings"
	"time"
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

// limitMemory makes Go collect garbage sooner when the process becomes large, until ctx is done: from two fifths of the bound on, or, when
// what is in use comes near that, a little beyond it. A fixed limit would let garbage take what many clients may not, or have the collector
// run all the time. GOMEMLIMIT, a variable of Go, sets a fixed one.
func (f *memoryFlags) limitMemory(ctx context.Context, environ []string) {
	if slices.ContainsFunc(environ, func(variable string) bool {
		return strings.HasPrefix(variable, "GOMEMLIMIT=") && variable != "GOMEMLIMIT="
	}) {
		return
	}
	bound := int64(f.MaxMemory) << 20
	limit := limitFor(0, bound)
	debug.SetMemoryLimit(limit)
	go func() {
		ticker := time.NewTicker(memoryInterval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if wanted := limitFor(readMetric("/gc/heap/live:bytes"), bound); wanted != limit {
				limit = wanted
				debug.SetMemoryLimit(limit)
			}
		}
	}()
}

const memoryInterval = 500 * time.Millisecond

// limitFor is from where on garbage is collected at once, when that much is in use.
func limitFor(inUse uint64, bound int64) int64 {
	const step = 16 << 20                            // so that the limit seldom changes
	wanted := (int64(inUse)/step + 1) * step / 4 * 5 //nolint:gosec // no process has as much
	return min(max(wanted, bound/5*2), bound/4*3)
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
func heapInUse() uint64 { return readMetric("/memory/classes/heap/objects:bytes") }

func readMetric(metric string) uint64 {
	sample := []runtimemetrics.Sample{{Name: metric}}
	runtimemetrics.Read(sample)
	return sample[0].Value.Uint64()
}
