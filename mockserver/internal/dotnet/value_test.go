package dotnet

import (
	"fmt"
	"testing"
)

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		`2`: "2 2", `-7`: "-7 -7", `2147483647`: "2147483647 2147483647", `2147483648`: "no no", `2.0`: "no no", `2e0`: "no no",
		`"2"`: "no 2", `"-7"`: "no -7", `" 2"`: "no no", `"2147483648"`: "no no", `"two"`: "no no", `""`: "no no", `true`: "no no", `null`: "no no", `[2]`: "no no", `{}`: "no no",
	} {
		got, containers := "", false
		bad := NewObjectReader([]byte(`{"a":`+text+`}`), "", "", inOnePiece).Read(func(_ string, value Value) *BodyError {
			number, isNumber := value.Int()
			either, isEither := IntOrText(value)
			got = fmt.Sprint(number, either)
			if !isNumber {
				got = fmt.Sprint("no ", either)
			}
			if !isEither {
				got = "no no"
			}
			containers = value.IsContainer()
			return nil
		})
		if bad != nil || got != want || containers != (text[0] == '[' || text[0] == '{') {
			t.Errorf("%s: got %s, %t, %v, want %s", text, got, containers, bad, want)
		}
	}
}
