package client_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/mock-docspace/mock-docspace/client"
)

const policyQuery = "fields=externalShare,externalShareSocialMedia,enableThirdParty,defaultShareLinkInternal," +
	"externalShareApplyToDocuments,externalShareApplyToRooms,blockExistingLinksOnRestrict"

func TestSharingPolicy(t *testing.T) {
	on, off := client.On(), client.Off()
	all := client.SharingPolicy{
		ExternalShare: true, ExternalShareSocialMedia: true, EnableThirdParty: true, DefaultShareLinkInternal: off,
		ExternalShareApplyToDocuments: on, ExternalShareApplyToRooms: on, BlockExistingLinksOnRestrict: on,
	}
	const three = `{"externalShare":true,"externalShareSocialMedia":false,"enableThirdParty":true}`
	for name, test := range map[string]struct {
		answers []answer
		sent    int
		want    client.SharingPolicy
	}{
		"the filter is obeyed":   {[]answer{ok(policyFlags)}, 1, all},
		"the filter is ignored":  {[]answer{{status: 200, body: settingsAnswer(t)}}, 1, all},
		"without the newer four": {[]answer{ok(three)}, 1, client.SharingPolicy{ExternalShare: true, EnableThirdParty: true}},
		"one of the newer four": {[]answer{ok(`{"externalShare":false,"externalShareSocialMedia":false,"enableThirdParty":false,"externalShareApplyToRooms":false}`)}, 1,
			client.SharingPolicy{ExternalShareApplyToRooms: off}},
		"null is absent": {[]answer{ok(strings.ReplaceAll(three, "}", `,"blockExistingLinksOnRestrict":null}`))}, 1,
			client.SharingPolicy{ExternalShare: true, EnableThirdParty: true}},
		"all is filtered away":   {[]answer{ok(`{}`), ok(policyFlags)}, 2, all},
		"part is filtered away":  {[]answer{ok(`{"externalShare":true,"enableThirdParty":true}`), ok(policyFlags)}, 2, all},
		"the whole has no newer": {[]answer{ok(`{}`), ok(three)}, 2, client.SharingPolicy{ExternalShare: true, EnableThirdParty: true}},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answers...)
			policy, err := portal.SharingPolicy(context.Background())
			if err != nil || !reflect.DeepEqual(*policy, test.want) {
				t.Errorf("got %+v, %v", policy, err)
			}
			if len(s.sent) != test.sent || s.sent[0].query != policyQuery || s.sent[0].body != "" {
				t.Errorf("sent %+v", s.sent)
			}
			for _, second := range s.sent[1:] { // which asks for all settings
				if second.query != "" || second.method != "GET" || second.path != "/api/2.0/files/settings" {
					t.Errorf("then sent %+v", second)
				}
			}
		})
	}
}

// A flag that is missing in all answers is an error, and not false.
func TestSharingPolicyIncomplete(t *testing.T) {
	for name, test := range map[string]struct {
		whole, missing string
	}{
		"nothing":          {`{}`, "externalShare"},
		"no social media":  {`{"externalShare":true,"enableThirdParty":true}`, "externalShareSocialMedia"},
		"no third parties": {`{"externalShare":true,"externalShareSocialMedia":true}`, "enableThirdParty"},
		"null":             {`{"externalShare":null,"externalShareSocialMedia":true,"enableThirdParty":true}`, "externalShare"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok(`{}`), ok(test.whole), successOf("GET"))
			policy, err := portal.SharingPolicy(context.Background())
			mustBe(t, err, client.ErrMalformedResponse)
			e := asError(t, err)
			if policy != nil || len(s.sent) != 2 || e.Operation != "getFilesSettings" || e.StatusCode != 200 || e.Attempts != 1 ||
				!strings.HasSuffix(err.Error(), "property response."+test.missing+" is missing") {
				t.Errorf("got %v, %+v, sent %d times", policy, e, len(s.sent))
			}
		})
	}
}

func TestSharingPolicyFails(t *testing.T) {
	for name, test := range map[string]struct {
		answers []answer
		sent    int
		class   error
	}{
		"at once":             {[]answer{status(401)}, 1, client.ErrUnauthorized},
		"at the whole":        {[]answer{ok(`{}`), status(403)}, 2, client.ErrForbidden},
		"wrong type":          {[]answer{ok(`{"externalShare":"yes"}`), successOf("GET")}, 1, client.ErrMalformedResponse},
		"always":              {[]answer{status(503)}, 3, client.ErrServer},
		"always at the whole": {[]answer{ok(`{}`), status(503)}, 4, client.ErrServer},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, test.answers...)
				policy, err := portal.SharingPolicy(context.Background())
				mustBe(t, err, test.class)
				if policy != nil || len(s.sent) != test.sent || asError(t, err).Operation != "getFilesSettings" {
					t.Errorf("got %v, %v, sent %d times", policy, err, len(s.sent))
				}
			})
		})
	}
}

// Printing shows what is on and off, and not addresses in memory.
func TestPolicyAndUpdateAsText(t *testing.T) {
	policy := client.SharingPolicy{ExternalShare: true, EnableThirdParty: true, ExternalShareApplyToRooms: client.Off()}
	for value, want := range map[any]string{
		policy: "externalShare on, externalShareSocialMedia off, enableThirdParty on, externalShareApplyToRooms off",
		client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.Off()}: "externalShare on, externalShareSocialMedia off",
		client.SharingUpdate{}: "",
	} {
		if got := fmt.Sprintf("%+v", value); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
