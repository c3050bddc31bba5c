package main

import "fmt"

// checkFlagFiles returns an error when a flag writes the file of another one.
func (c *serveCommand) checkFlagFiles() error {
	portal := ""
	if c.Portal != nil {
		portal = *c.Portal
	}
	files := []struct {
		name, flag, use string
		written         bool
	}{
		{lockName(c.State), "--state", "the lock file of --state", true},
		{portal, "--portal", "the file of --portal", false},
		{c.TLSCert, "--tls-cert", "the file of --tls-cert", false},
		{c.TLSKey, "--tls-key", "the file of --tls-key", false},
		{c.State, "--state", "the file of --state", true},
		{c.TLSCAOut, "--tls-ca-out", "the file of --tls-ca-out", true},
		{c.PortFile, "--port-file", "the file of --port-file", true},
		{c.Unix, "--unix", "the file of --unix", true},
	}
	for i, file := range files {
		for _, other := range files[:i] {
			if file.name != "" && other.name != "" && (file.written || other.written) && sameFile(file.name, other.name) {
				return fmt.Errorf("%s: %s is %s too: use another file", file.flag, file.name, other.use)
			}
		}
	}
	return nil
}
