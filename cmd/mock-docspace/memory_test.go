package main

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// What is in use is refused beyond the bound, and what the collector can free does not count.
func TestCheckMemory(t *testing.T) {
	runtime.GC()
	inUse := int(heapInUse() >> 20)
	flags := memoryFlags{MaxMemory: 2 * (inUse + 200)}
	if err := flags.checkMemory(true); err != nil {
		t.Fatal(err)
	}
	ballast := make([]byte, 210<<20) // which nobody writes to, so that it takes no memory of the machine
	err := flags.checkMemory(true)
	if err == nil || !strings.Contains(err.Error(), " MiB of memory are in use") || !strings.Contains(err.Error(), fmt.Sprintf("below %d MiB", inUse+200)) || !strings.Contains(err.Error(), "--max-memory") {
		t.Errorf("got %v", err)
	}
	if err := flags.checkMemory(false); err != nil {
		t.Errorf("answers are refused too early: %v", err)
	}
	runtime.KeepAlive(ballast) // and not beyond
	ballast = make([]byte, (inUse+200)*5/4<<20)
	err = flags.checkMemory(false)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("below %d MiB", (inUse+200)*5/4)) {
		t.Errorf("answers are not refused: %v", err)
	}
	runtime.KeepAlive(ballast)
	if err := flags.checkMemory(true); err != nil {
		t.Errorf("what is free counts: %v", err)
	}
}

// The limit of the collector follows what is in use, within bounds.
func TestLimitFor(t *testing.T) {
	const bound = 512 << 20
	for inUse, want := range map[uint64]int64{
		0: bound / 5 * 2, 100 << 20: bound / 5 * 2, 200 << 20: 208 << 20 / 4 * 5, 207 << 20: 208 << 20 / 4 * 5, 208 << 20: 224 << 20 / 4 * 5, 400 << 20: 384 << 20, 1 << 40: 384 << 20,
	} {
		if got := limitFor(inUse, bound); got != want {
			t.Errorf("%d MiB: got %d MiB, want %d", inUse>>20, got>>20, want>>20)
		}
	}
}
