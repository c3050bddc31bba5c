package mockserver

import (
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// basic is the header Authorization of somebody with a password.
func basic(email, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(email+":"+password))
}

func TestBasic(t *testing.T) {
	p := authPortal()
	p.Users[1].Password = "with: colons"
	s := newServer(t, WithPortal(p))
	for _, test := range []struct{ name, authorization, want string }{
		{"right", basic("owner@example.com", "Owner-pass-1"), "owner@example.com *:write"},
		{"address in another case", basic("OWNER@Example.com", "Owner-pass-1"), "owner@example.com *:write"},
		{"password with colons", basic("admin@example.com", "with: colons"), "admin@example.com *:write"},
		{"a blank inside", strings.Replace(basic("owner@example.com", "Owner-pass-1"), "b3", "b 3", 1), "owner@example.com *:write"},
		{"an empty address", basic("", "Owner-pass-1"), ""},
		{"a user's ID", basic(ownerID, "Owner-pass-1"), ""},
		{"blanks around the address", basic(" owner@example.com ", "Owner-pass-1"), ""},
		{"a blank password", basic("nopass@example.com", "  "), ""},
		{"only a colon", basic("", ""), ""},
		{"blanks around it", "Basic  " + basic("user@example.com", "User-pass-1")[len("Basic "):] + " ", "user@example.com *:write"},
		{"password in another case", basic("owner@example.com", "owner-pass-1"), ""},
		{"password of somebody else", basic("owner@example.com", "User-pass-1"), ""},
		{"nobody", basic("nobody@example.com", "x"), ""},
		{"a user without a password", basic("nopass@example.com", ""), ""},
		{"a disabled user", basic("gone@example.com", "Gone-pass-1"), ""},
	} {
		c, answer, err := identified(s, "Authorization", test.authorization)
		if err != nil || whom(c) != test.want || answer.Get("WWW-Authenticate") != "Basic" {
			t.Errorf("%s: got %q, %v, %v, want %q", test.name, whom(c), answer, err, test.want)
		}
	}
}

func TestBasicThatCannotBeRead(t *testing.T) {
	s := newServer(t)
	for authorization, class := range map[string]string{
		"Basic !!!": "System.FormatException",
		"Basic " + base64.StdEncoding.EncodeToString([]byte("owner")):                        "System.Exception",
		"Basic " + strings.TrimRight(base64.StdEncoding.EncodeToString([]byte("a:b1")), "="): "System.FormatException",
		basic("owner@example.com", "Owner-pass-1") + ", x":                                   "System.FormatException",
	} {
		c, _, err := identified(s, "Authorization", authorization)
		var thrown *exception
		if !errors.As(err, &thrown) || thrown.status != http.StatusInternalServerError || thrown.class != class || c.caller != nil {
			t.Errorf("%s: got %v, want %s", authorization, err, class)
		}
	}
}
