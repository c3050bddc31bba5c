//go:build !pprof

package main

// startPprof does nothing in the program that users have.
func startPprof() (stop func()) { return func() {} }
