package main

import (
	"strings"
	"testing"
)

func TestClientURL(t *testing.T) {
	for _, test := range []struct {
		flags clientFlags
		addr  string // none when empty
		want  string
	}{
		{clientFlags{}, "", "http://127.0.0.1:8092"},
		{clientFlags{}, "localhost:1", "http://localhost:1"},
		{clientFlags{}, "0.0.0.0:80", "http://127.0.0.1:80"},
		{clientFlags{}, ":80", "http://127.0.0.1:80"},
		{clientFlags{}, "[::]:80", "http://[::1]:80"},
		{clientFlags{}, "https://fake.example.com/portals/mine/", "https://fake.example.com/portals/mine"},
		{clientFlags{TLSSelfSigned: true}, "", "https://127.0.0.1:8092"},
		{clientFlags{TLSCert: "x.pem"}, "127.0.0.1:9", "https://127.0.0.1:9"},
	} {
		if test.addr != "" {
			test.flags.Addr = &test.addr
		}
		if err := test.flags.check(); err != nil || test.flags.url() != test.want {
			t.Errorf("%q: %s, %v, want %s", test.addr, test.flags.url(), err, test.want)
		}
	}
}

func TestAddressesThatNoClientCanUse(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1:0":  "port 0",
		"x":            "HOST:PORT",
		"ftp://x":      "neither HOST:PORT nor a URL",
		"http://":      "neither HOST:PORT nor a URL",
		"http://u:p@x": "neither HOST:PORT nor a URL",
		"http://x?y":   "neither HOST:PORT nor a URL",
		"http://x#y":   "neither HOST:PORT nor a URL",
	} {
		flags := clientFlags{Addr: &address}
		if err := flags.check(); err == nil || !strings.HasPrefix(err.Error(), "--addr: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
}
