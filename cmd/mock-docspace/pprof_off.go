//go:build !pprof

package main

import "context"

// startPprof does nothing in the program that users have.
func startPprof(context.Context) (stop func()) { return func() {} }
