package mockserver

import (
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

// DynamicIgnoreResolver.cs, ApiContext.cs.
func TestFieldsOfTheSettings(t *testing.T) {
	tests := []struct{ query, want string }{
		{"fields=externalShare", `{"externalShare":true}`},
		{"fields=externalShareSocialMedia,externalShare", `{"externalShare":true,"externalShareSocialMedia":true}`},
		{"fields[]=externalShare&fields[]=paramVersion", `{"paramVersion":"version","externalShare":true}`},
		{"fields%5B%5D=externalShare&fields%5B%5D=paramVersion", `{"paramVersion":"version","externalShare":true}`},
		{"fields=externalShare%2CparamVersion", `{"paramVersion":"version","externalShare":true}`},
		{"fields=nope", `{}`},
		{"fields=nope,externalShare", `{"externalShare":true}`},
		{"fields=", `{}`},
		{"fields", `{}`},
		{"fields=externalshare", `{}`},
		{"fields=ExternalShare", `{}`},
		{"FIELDS=externalShare", `{"externalShare":true}`},
		{"fields=automaticallyCleanUp", `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`},
		{"fields=automaticallyCleanUp.gap", `{"automaticallyCleanUp":{"gap":4}}`},
		// JsonPropertyName is not looked at when the object is picked.
		{"fields=defaultOrder", `{"defaultOrder":{"isAsc":false,"sortedBy":0}}`},
		{"fields=internalFormats", `{"internalFormats":{"Document":".docx","Spreadsheet":".xlsx","Presentation":".pptx","Pdf":".pdf"}}`},
		{"fields=extsWebTemplate,externalShare", `{"extsWebTemplate":[],"externalShare":true}`},
		// These exist for other calls.
		{"fields=externalShare&count=3&startIndex=1&sortBy=x&filterValue=y", `{"externalShare":true}`},
	}
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		for _, test := range tests {
			w := mocktest.Send(s, "GET", mocktest.SettingsPath+"?"+test.query, "", as(s, RoleUser)...)
			want := `{"response":` + test.want + `,"count":1,"links":[{"href":"http://example.com` + mocktest.SettingsPath + "?" + test.query + `","action":"GET"}],"status":0,"statusCode":200}`
			if w.Code != 200 || w.Body.String() != want {
				t.Errorf("?%s: got %d %s, want %s", test.query, w.Code, w.Body, want)
			}
		}
	})
}

func TestNestedNamesStayWithoutFields(t *testing.T) {
	s := newServer(t)
	if got := settingsOf(t, s, as(s, RoleOwner)...)["defaultOrder"]; got != `{"is_asc":false,"property":0}` {
		t.Errorf("defaultOrder = %s", got)
	}
}

func TestFieldsOfTheOtherCalls(t *testing.T) {
	eachProfile(t, func(t *testing.T, profile string) {
		s := newServer(t, WithProfile(profile))
		if got := response(t, mocktest.Send(s, "PUT", mocktest.ExternalPath+"?fields=nope", `{"set":true}`, as(s, RoleOwner)...)); got != "true" {
			t.Errorf("a boolean with fields: %s, want true", got)
		}
		for query, want := range map[string]string{
			"fields=title,status": `{"status":0,"title":"Marketing"}`,
			"fields=":             `{}`,
			"fields=Status":       `{}`,
		} {
			if got := response(t, mocktest.Send(s, "POST", mocktest.PasswordPath("KEY_FROM_URL")+"?"+query, `{}`)); got != want {
				t.Errorf("share with %s: %s, want %s", query, got, want)
			}
		}
	})
}
