//go:build pprof

package main

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// startPprof writes a CPU profile into the directory PROFILE_DIR until the returned function is called, and one of the memory when ctx is
// done: then the portals are still there. make profile builds the program with it.
func startPprof(ctx context.Context) (stop func()) {
	runtime.MemProfileRate = 16 << 10 // bytes: much of what a portal has is small
	create := func(name string) *os.File {
		file, err := os.Create(filepath.Join(os.Getenv("PROFILE_DIR"), name))
		if err != nil {
			log.Fatal(err)
		}
		return file
	}
	cpu := create("cpu.pprof")
	if err := pprof.StartCPUProfile(cpu); err != nil {
		log.Fatal(err)
	}
	written := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(written)
		runtime.GC() // so that the profile has what is in use now
		memory := create("memory.pprof")
		if err := pprof.Lookup("allocs").WriteTo(memory, 0); err != nil {
			log.Fatal(err)
		}
		if err := memory.Close(); err != nil {
			log.Fatal(err)
		}
	})
	return func() {
		if ctx.Err() != nil {
			<-written
		}
		pprof.StopCPUProfile()
		if err := cpu.Close(); err != nil {
			log.Fatal(err)
		}
	}
}
