package dotnet

import "testing"

func TestNewCookie(t *testing.T) {
	for _, test := range []struct {
		value, path string
		secure      bool
		want        string
	}{
		{"plain", "/", false, "n=plain; path=/; samesite=strict; httponly"},
		{"a;b c", "/", true, "n=a%3Bb+c; path=/; secure; samesite=strict; httponly"},
		{"ü\r\n", "/portals/mine/", false, "n=%C3%BC%0D%0A; path=/portals/mine/; samesite=strict; httponly"},
	} {
		if got := NewCookie("n", test.value, test.path, test.secure); got != test.want {
			t.Errorf("%q: got %q, want %q", test.value, got, test.want)
		}
	}
}

func TestDeletedCookie(t *testing.T) {
	if got, want := DeletedCookie("n", "/portals/mine/"), "n=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/portals/mine/"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
