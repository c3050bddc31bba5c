//go:build !unix

package main

// openFileLimit is how many files the process may open; 0 is unknown.
func openFileLimit() int { return 0 }
