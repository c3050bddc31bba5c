package client

import (
	"net/url"
	"testing"
)

func TestOriginOf(t *testing.T) {
	for _, same := range [][2]string{{"https://h", "https://H:443/x"}, {"http://h:80", "http://h?x"}, {"http://[::1]", "http://[::1]:80"}} {
		a, _ := url.Parse(same[0])
		b, _ := url.Parse(same[1])
		if originOf(a) != originOf(b) {
			t.Errorf("%s and %s differ", a, b)
		}
	}
	for _, other := range [][2]string{{"https://h", "http://h"}, {"https://h", "http://h:443"}, {"https://h", "https://h:444"}, {"https://h", "https://a.h"}, {"https://h", "https://h."}} {
		a, _ := url.Parse(other[0])
		b, _ := url.Parse(other[1])
		if originOf(a) == originOf(b) {
			t.Errorf("%s and %s are the same", a, b)
		}
	}
}
