package dotnet

import "testing"

func TestJSONCharset(t *testing.T) {
	const refused = "refused"
	for contentType, want := range map[string]string{
		"application/json":                          "",
		"APPLICATION/JSON":                          "",
		"text/json":                                 "",
		"application/problem+json":                  "",
		"application/json; foo=bar":                 "",
		"application/json; charset=utf-8":           "utf-8",
		`application/json;charset="UTF-8"`:          "utf-8",
		"application/vnd.x+json; charset=utf-8":     "utf-8",
		`application/json; charset="UTF-16"`:        "utf-16",
		"":                                          refused,
		"json":                                      refused,
		"*/*":                                       refused,
		"application/*":                             refused,
		"application/jsonx":                         refused,
		"application/xjson":                         refused,
		"image/svg+json":                            refused,
		"text/x+json":                               refused,
		"text/plain":                                refused,
		"application/xml":                           refused,
		"application/x-www-form-urlencoded":         refused,
		"multipart/form-data; boundary=x":           refused,
		"application/json; charset=latin1":          refused,
		"application/json; charset=utf-32":          refused,
		"application/json; charset=a; charset=b":    refused,
		"application/json; charset=utf-8, text/xml": refused,
	} {
		got, ok := JSONCharset(contentType)
		if !ok {
			got = refused
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", contentType, got, want)
		}
	}
}
