package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// `fields` filters problems too, under the names that their properties have in C# (recorded: F1181 to F1193).
func TestFieldsOfProblems(t *testing.T) {
	s := newServer(t, WithProfile(ProfileV372))
	for _, test := range []struct{ fields, body, contentType, want string }{
		{"status", `{`, "application/json", `{"response":{"status":400},`},
		{"nope", `{`, "application/json", `{"response":{},`},
		{"traceId", `{`, "application/json", `{"response":{},`},
		{"", `{`, "application/json", `{"response":{},`},
		{"title,errors.$", `{`, "application/json", `{"response":{"errors":{"$":["Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. Path: $ | LineNumber: 0 | BytePositionInLine: 1."]},"title":"One or more validation errors occurred."},`},
		{"status,title,detail,instance,type", `{`, "application/json", `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400},`},
		{"extensions", `{`, "application/json", `{"response":{"extensions":{"traceId":"00-`},
		{"status,type", `{}`, "text/plain", `{"response":{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.16","status":415},`},
		{"errors", `{}`, "text/plain", `{"response":{},`},
	} {
		w := mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL")+"?fields="+test.fields, test.body, "Content-Type", "", "Content-Type", test.contentType)
		if !strings.HasPrefix(w.Body.String(), test.want) {
			t.Errorf("%s of %s: got %s, want %s", test.fields, test.body, w.Body, test.want)
		}
	}
}
