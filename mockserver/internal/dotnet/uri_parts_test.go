package dotnet

import "testing"

func TestURIParts(t *testing.T) {
	for _, test := range []struct {
		text, scheme, host string
		ok                 bool
	}{
		{"https://App.localhost", "https", "app.localhost", true},
		{"HTTPS://o.example:9443/a/b?c#d", "https", "o.example", true},
		{"http://user:word@o.example/", "http", "o.example", true},
		{"http://127.0.0.1:18280", "http", "127.0.0.1", true},
		{"https://[::1]:80/", "https", "[::1]", true},
		{"  https://o.example?a=b", "https", "o.example", true},
		{"https://o.example ", "https", "o.example", true},
		{"moz-extension://1b2c-3d", "moz-extension", "1b2c-3d", true},
		{"mailto:a@b", "mailto", "b", true}, {"mailto:", "mailto", "", true}, {"news:a", "news", "", true},
		{"file://Host/x", "file", "host", true},
		{"javascript:1", "javascript", "", true},
		{"file:///x", "file", "", true},
		{"/x", "file", "", true},
		{"//app.localhost/x", "file", "app.localhost", true},
		{`C:\x`, "file", "", true},
		{"", "", "", false},
		{"null", "", "", false},
		{"x/y", "", "", false},
		{"https://", "", "", false},
		{"https://a.example,http://b.example", "", "", false},
	} {
		scheme, host, ok := URIParts(test.text)
		if scheme != test.scheme || host != test.host || ok != test.ok {
			t.Errorf("%q: got %q, %q, %t; want %q, %q, %t", test.text, scheme, host, ok, test.scheme, test.host, test.ok)
		}
	}
}
