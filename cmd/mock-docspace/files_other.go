//go:build !unix

package main

import "io/fs"

// hasOtherNames is false where nobody counts the names of a file.
func hasOtherNames(fs.FileInfo) bool { return false }
