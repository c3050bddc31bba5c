package mockserver

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// The short form of a link is s/KEY.
func TestShortLinksAreMasked(t *testing.T) {
	log, option := logged()
	s := newServer(t, option)
	for target, want := range map[string]string{
		"/s/abc123": "/s/***", "/S/abc123/": "/S/***/", "//s/abc123": "//s/***", "/s%2Fabc123": "/***", "/s": "/s", "/sabc123/x": "/sabc123/x", "/s/abc123/x": "/s/***/***",
	} {
		log.Reset()
		mocktest.Send(s, "GET", target, "")
		if got := s.LastRequests(1)[0].Path; got != want || !strings.Contains(log.String(), `"path":"`+want+`"`) {
			t.Errorf("%s: got %s, want %s, in %s", target, got, want, log)
		}
	}
}

// A secret that is escaped twice is shown nowhere, be it of the portal or of what is before it.
func TestSecretsEscapedTwice(t *testing.T) {
	log, option := logged()
	s := newServer(t, option, WithPortal(protected()))
	s.Mask("Ctl-token")
	for _, target := range []string{"/x/%2543tl-token", "/x/%2570rotected/y", "/api/2.0/files/%2570rotected", "/api/2.0/files/rooms/%2570rotected/links", "/api/2.0/files/file/12/%2543tl-token"} {
		log.Reset()
		mocktest.Send(s, "GET", target, "", "Authorization", "Bearer "+s.Key(RoleOwner))
		shown := fmt.Sprintf("%+v", s.LastRequests(1)[0])
		if all := shown + log.String(); strings.Contains(all, "rotected") || strings.Contains(all, "tl-token") || !strings.Contains(all, "***") {
			t.Errorf("%s: %s", target, all)
		}
	}
}

func TestMaskedPath(t *testing.T) {
	s := newServer(t, WithPortal(protected(func(p *Portal) {
		p.Links = append(p.Links, Link{Key: "key/with/slashes", Entry: "20"})
	})))
	long := strings.Repeat("x", 41)
	for target, want := range map[string]string{
		mocktest.SettingsPath:                                      mocktest.SettingsPath,
		"/API/2.0/files/Settings/?a=b":                             "/API/2.0/files/Settings/",
		"/api/2.0/files/share/anything/password":                   "/api/2.0/files/share/***/password",
		"/api/2.0/files/share/share/password":                      "/api/2.0/files/share/share/password",
		"/api/2.0/files/share%2Fanything":                          "/api/2.0/files/***",
		"/api/2.0/files/sharex/anything":                           "/api/2.0/files/***/***",
		"/rooms/shared/anything":                                   "/rooms/***/***",
		"/api/2.0/files/protected":                                 "/api/2.0/files/***",
		"/x/protected/y":                                           "/x/***/y",
		"/x/unprotected/y":                                         "/x/***/y",
		"/x/%70rotected/y":                                         "/x/***/y",
		"/x/%2570rotected/y":                                       "/x/***/y",
		"/x/%25zz%2570rotected/y":                                  "/x/***/y",
		"/x/%2541y/%25zz":                                          "/x/%41y/%zz",
		"/x/%256bey%252fwith/slashes/y":                            "/***/***/***/***",
		"/x/%256bey%252Fwith%252fslashes/y":                        "/***/***/***",
		"/x/key/with/slashes/y":                                    "/***/***/***/***/***",
		"/x/" + long[1:] + "/" + long:                              "/x/" + long[1:] + "/***",
		"/api/2.0/" + long:                                         "/api/2.0/***",
		mocktest.SettingsPath + "?fields=a,b.c,b.c.d,x-y,%3Cb%3E,": mocktest.SettingsPath + "?fields=a,b.c,***,***,***,***",
		mocktest.SettingsPath + "?fields=protected&share=x":        mocktest.SettingsPath + "?fields=***",
		mocktest.SettingsPath + "?fields=" + long:                  mocktest.SettingsPath + "?fields=***",
		"/" + strings.Repeat("a/", 70):                             "/" + strings.Repeat("a/", 63) + "...",
		"/a?fields=" + strings.Repeat("a,", 70):                    "/a?fields=" + strings.Repeat("a,", 63) + "...",
	} {
		if got := maskedPath(newCall(httptest.NewRequest("GET", target, nil), s.era())); got != want {
			t.Errorf("%s: got %s, want %s", target, got, want)
		}
	}
}
