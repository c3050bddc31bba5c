//go:build pprof

package main

import (
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
)

// startPprof writes a CPU profile into the directory PROFILE_DIR until the returned function is called, and then one of the memory. make
// profile builds the program with it.
func startPprof() (stop func()) {
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
		memory := create("memory.pprof")
		if err := pprof.Lookup("allocs").WriteTo(memory, 0); err != nil {
			log.Fatal(err)
		}
		if err := memory.Close(); err != nil {
			log.Fatal(err)
		}
		if err := cpu.Close(); err != nil {
			log.Fatal(err)
		}
	}
}
