package mockserver

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

func TestMaskedBody(t *testing.T) {
	for body, want := range map[string]string{
		``:                       ``,
		"  \n":                   ``,
		`{}`:                     `{}`,
		"\xef\xbb\xbf{}":         `{}`,
		`null`:                   `null`,
		`true`:                   `true`,
		`"secret"`:               `"***"`,
		`5`:                      `"***"`,
		`{"set": 1.50e3}`:        `{"set":1.50e3}`,
		`{"SET":"true"}`:         `{"SET":"***"}`,
		`{"set":true,"set":1}`:   `{"set":true,"set":1}`,
		`{"password":"", "a":1}`: `{"password":"","***":"***"}`,
		`{"Password":null}`:      `{"Password":null}`,
		`{"password":1234}`:      `{"password":"***"}`,
		`{"externalShare":[true,{"response":["x",2]}]}`: `{"externalShare":[true,{"response":["***","***"]}]}`,
		`{"set":true`:     text.Mask,
		`{"set":true} x`:  text.Mask,
		`{"set":true} {}`: text.Mask,
		`{"set" true}`:    text.Mask,
		`secret`:          text.Mask,
		strings.Repeat("[", dotnet.MaxDepth) + strings.Repeat("]", dotnet.MaxDepth):     strings.Repeat("[", dotnet.MaxDepth) + strings.Repeat("]", dotnet.MaxDepth),
		strings.Repeat("[", dotnet.MaxDepth+1) + strings.Repeat("]", dotnet.MaxDepth+1): text.Mask,
	} {
		if got := string(maskedBody([]byte(body), nil)); got != want {
			t.Errorf("%s: got %s, want %s", body, got, want)
		}
	}
}
