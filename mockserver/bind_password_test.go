package mockserver

import (
	"errors"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// The contract suite has the usual bodies: here is what is read out of those whose names or values are unusual.
func TestBindPassword(t *testing.T) {
	const none = "(none)"
	for _, test := range []struct{ body, want, key string }{
		{`{"PASSWORD":"a"}`, "a", ""},
		{`{"password":"a","Password":"b"}`, "b", ""},
		{`{"password":"a","password":null}`, none, ""},
		{`{"password":null,"password":""}`, "", ""},
		{`{"pa\u0073sword":"\u0061\ud83d\ude00"}`, "a😀", ""},
		{`{"password":" a "}`, " a ", ""},
		{`{"pass":"a","passwordx":"b","paſſword":"c"}`, none, ""},
		{`{"more":{"password":"a"}}`, none, ""},
		{`{"password":true}`, none, "$.password"},
		{`{"PASSWORD":{}}`, none, "$.PASSWORD"},
		{`{"password":[]}`, none, "$.password"},
		{`{"password":"\ud83d"}`, none, "$.password"},
		{`{"password":"a}`, none, "$.password"},
		{`[]`, none, "$"},
		{`"a"`, none, "$"},
		{`null`, none, "RequestParam"},
		{``, none, "$"},
	} {
		var dto api.ExternalShareRequestParam
		err := bindPassword(&dto, callWithBody(test.body))
		var bad *dotnet.BodyError
		if errors.As(err, &bad) != (test.key != "") || bad != nil && bad.Key != test.key {
			t.Errorf("%s: got %v, want a mistake in %q", test.body, err, test.key)
		}
		got := none
		if dto.Password != nil {
			got = *dto.Password
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.body, got, test.want)
		}
	}
	var bad *dotnet.BodyError
	if err := bindPassword(new(api.ExternalShareRequestParam), callWithoutBody()); !errors.As(err, &bad) || bad.Key != "RequestParam" {
		t.Errorf("no body: %v", err)
	}
	if err := bindPassword(new(api.ExternalShareRequestParam), callWithBody(`{"password":12345}`)); err == nil || strings.Contains(err.Error(), "12345") || !strings.Contains(err.Error(), "expected a text or null, got a number") {
		t.Errorf("a number: %v", err)
	}
}
