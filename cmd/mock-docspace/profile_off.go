//go:build !profile

package main

// startProfile does nothing in the program that users have.
func startProfile() (stop func()) { return func() {} }
