//go:build profile

package main

import (
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// startProfile writes a CPU profile into the directory PROFILE_DIR until the returned function is called, and then one of the heap. make
// profile builds the program with it.
func startProfile() (stop func()) {
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
	return func() {
		pprof.StopCPUProfile()
		runtime.GC() // so that the profile has what is in use now
		heap := create("heap.pprof")
		if err := pprof.Lookup("allocs").WriteTo(heap, 0); err != nil {
			log.Fatal(err)
		}
		if err := heap.Close(); err != nil {
			log.Fatal(err)
		}
		if err := cpu.Close(); err != nil {
			log.Fatal(err)
		}
	}
}
