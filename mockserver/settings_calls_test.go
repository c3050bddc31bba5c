package mockserver

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

func TestFlagsFollowTheModel(t *testing.T) {
	for _, profile := range ProfileNames() {
		t.Run(profile, rapid.MakeCheck(func(t *rapid.T) {
			s, err := New(WithProfile(profile))
			if err != nil {
				t.Fatal(err)
			}
			external, social := true, true
			put := func(path string, on, want bool) {
				body := fmt.Sprintf(`{"displayValue":%t,"set":%t}`, on, on)
				w := mocktest.Send(s, "PUT", path, body, as(s, RoleDocSpaceAdmin)...)
				start := fmt.Sprintf(`{"response":%t,"count":1,"links":[{"href":"http://example.com%s","action":"PUT"}],"status":0,"statusCode":200}`, want, path)
				if w.Code != 200 || w.Body.String() != start {
					t.Fatalf("PUT %s %s: got %d %s, want %s", path, body, w.Code, w.Body, start)
				}
			}
			t.Repeat(map[string]func(*rapid.T){
				"external": func(t *rapid.T) {
					external = rapid.Bool().Draw(t, "on")
					social = social && external
					put(mocktest.ExternalPath, external, external)
				},
				"social": func(t *rapid.T) {
					on := rapid.Bool().Draw(t, "on")
					social = external && on
					put(mocktest.SocialPath, on, social)
				},
				"reset": func(*rapid.T) {
					s.Reset()
					external, social = true, true
				},
				"": func(t *rapid.T) {
					w := mocktest.Send(s, "GET", mocktest.SettingsPath+"?fields=externalShare,externalShareSocialMedia,defaultShareLinkInternal,blockExistingLinksOnRestrict", "", as(s, RoleUser)...)
					var got struct{ Response map[string]bool }
					if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
						t.Fatal(err)
					}
					want := map[string]bool{"externalShare": external, "externalShareSocialMedia": social, "defaultShareLinkInternal": false, "blockExistingLinksOnRestrict": true}
					if !reflect.DeepEqual(got.Response, want) {
						t.Fatalf("got %v, want %v", got.Response, want)
					}
				},
			})
		}))
	}
}
