package dotnet

import "testing"

// F256 and the like name the recorded case that has the same type.
func TestJSONInput(t *testing.T) {
	const refused = Charset(-1)
	for contentType, want := range map[string]Charset{
		"application/json":                                UTF8, // F417
		"APPLICATION/JSON":                                UTF8, // F424
		"text/json":                                       UTF8,
		"text/json; charset=utf-8":                        UTF8, // F465
		"application/problem+json":                        UTF8,
		"application/vnd.x+json":                          UTF8, // F426
		"application/x+JSON":                              UTF8, // F432
		"application/+json":                               UTF8, // F433
		"application/*+json":                              UTF8, // F435
		"application/a+b+json":                            UTF8,
		"text/vnd.x+json":                                 UTF8, // F466
		"application/json; foo=bar":                       UTF8,
		`application/json; charset=utf-8; foo="a;b"`:      UTF8, // F422
		"application/json;":                               UTF8, // F418
		"application/json;;":                              UTF8, // F423
		"application/json;;charset=bogus":                 UTF8, // nothing counts behind what cannot be read
		"application/json,":                               UTF8, // F459
		"application/json, text/plain":                    UTF8, // F458
		"application/json,text/json":                      UTF8,
		"application / json":                              UTF8, // F461
		" \tapplication/json":                             UTF8,
		"application/json charset=utf-8":                  UTF8, // F462
		"application/json charset=utf-16":                 UTF8,
		"application/json; q=0.5":                         UTF8, // F468
		"application/json ;charset=utf-8":                 UTF8, // F419
		"Application/Json; Charset=Utf-8":                 UTF8, // F425
		`application/json;charset="UTF-8"`:                UTF8, // F276
		"application/json; charset = utf-8":               UTF8,
		"application/json; charset":                       UTF8, // F279
		"application/json; charset; charset=bogus":        UTF8,
		"application/json; charset=utf-8; charset=utf-16": UTF8, // F280
		"application/json; charset=;":                     UTF8, // no value is no charset
		"application/json; charset=@":                     UTF8,
		`application/json; charset="utf-16`:               UTF8, // no closing quotation mark
		"application/json; x=@; charset=bogus":            UTF8,
		"application/json; charset=unicode-1-1-utf-8":     UTF8,
		"application/json; charset=utf-16":                UTF16, // F253
		"application/json; charset=utf-16le":              UTF16, // F257
		"application/json; charset=Unicode":               UTF16,
		"application/json; charset=ucs-2":                 UTF16,
		`application/json; charset="UTF-16"`:              UTF16,
		`application/json; x="a\"; b"; charset=utf-16`:    UTF16,
		"application/vnd.api+json; charset=utf-16":        UTF16,          // F428
		"application/json; charset=utf8":                  UnknownCharset, // F274
		"application/json; charset=utf-16be":              UnknownCharset, // F258
		"application/json; charset=utf-32":                UnknownCharset,
		"application/json; charset=iso-8859-1":            UnknownCharset, // F269
		"application/json; charset=us-ascii":              UnknownCharset, // F270
		"application/json; charset='utf-8'":               UnknownCharset, // F277
		`application/json; charset=""`:                    UnknownCharset,
		`application/json; charset=" utf-8"`:              UnknownCharset,
		"application/json; charset=bogus; charset=utf-8":  UnknownCharset,
		"application/json; charset=bogus, text/xml":       UnknownCharset,
		"application/json; charset=":                      EmptyCharset, // F278
		"application/json; x=":                            EmptyCharset,
		"application/json; charset=utf-8; x=":             UTF8, // the first charset was found before
		"":                                                refused,
		"json":                                            refused,
		"application":                                     refused, // F453
		"application/":                                    refused, // F454
		"/json":                                           refused, // F455
		";charset=utf-8":                                  refused, // F457
		",application/json":                               refused,
		"*/*":                                             refused, // F438
		"*/json":                                          refused,
		"application/*":                                   refused, // F436
		"application/json*":                               refused, // F437
		"application/json+":                               refused,
		"application/json+x":                              refused, // F434
		"application/x+json+xml":                          refused, // F470
		"application/jsonx":                               refused,
		"application/xjson":                               refused,
		"application/j son":                               refused, // F463
		`"application/json"`:                              refused, // F460
		"é/json":                                          refused, // F464
		"model/gltf+json":                                 refused, // F467
		"text/x-json":                                     refused, // F440
		"text/plain":                                      refused, // F415
		"text/plain, application/json":                    refused,
		"application/xml":                                 refused,
		"application/x-www-form-urlencoded":               refused,
		"multipart/form-data; boundary=x":                 refused,
		"application/xml; charset=utf-8+json":             refused,
	} {
		got, ok := JSONInput([]string{contentType})
		if !ok {
			got = refused
		}
		if got != want {
			t.Errorf("%q: got %d, want %d", contentType, got, want)
		}
	}
}

func TestJSONInputOfSeveralHeaders(t *testing.T) {
	for _, test := range []struct {
		contentType []string
		want        bool
	}{
		{nil, false}, // F472
		{[]string{"application/json", "text/plain"}, true},  // F478
		{[]string{"text/plain", "application/json"}, false}, // F479
		{[]string{"", "application/json"}, true},            // an empty one is left out
	} {
		if _, ok := JSONInput(test.contentType); ok != test.want {
			t.Errorf("%q: got %t", test.contentType, ok)
		}
	}
}
