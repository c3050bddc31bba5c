package dotnet

import "testing"

func TestSentCookie(t *testing.T) {
	for _, test := range []struct {
		headers []string
		want    string
	}{
		{nil, ""},
		{[]string{"a=1"}, "1"},
		{[]string{"A=1"}, "1"},
		{[]string{"x=0;a=1; y=2"}, "1"},
		{[]string{"a=1; a=2"}, "2"},
		{[]string{"a=1; a="}, "1"},
		{[]string{"a=1", "a=2"}, "2"},
		{[]string{"a=1;;  a"}, "1"},
		{[]string{"a=%2b%41"}, "+A"},
		{[]string{`a="1"`}, `"1"`},
		{[]string{"a= 1"}, ""},
		{[]string{"a=1 2"}, ""},
		{[]string{"a=1,a=2"}, ""},
		{[]string{"x=\xff; =; a=1 "}, "1"},
		{[]string{"aa=1; b=a=2"}, ""},
		{[]string{"a=1=="}, "1=="},
		{[]string{"a"}, ""},
		{[]string{"a =1"}, ""},
		{[]string{"%61=1"}, ""},
		{[]string{`a="1`}, ""},
		{[]string{"b a=1; x y=2; =3; a=4;"}, "4"},
	} {
		if got := SentCookie(test.headers, "a"); got != test.want {
			t.Errorf("%q: got %q, want %q", test.headers, got, test.want)
		}
	}
}
