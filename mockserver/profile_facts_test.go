package mockserver

import (
	"reflect"
	"testing"
)

// Every fact of a profile has a line in the table: a profile that differs in one field says something else.
func TestEveryFactIsTold(t *testing.T) {
	say := func(p *profile) []string {
		var says []string
		for _, fact := range profileFacts {
			says = append(says, fact.says(p))
		}
		return says
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[profile]()) {
		if field.Name == "name" {
			continue
		}
		documented, _ := profileByName(ProfileDocumented)
		plain := documented.but(func(*profile) {})
		changed := documented.but(func(p *profile) {
			flags := map[string]*bool{
				"flagRequired":         &p.flagRequired,
				"anonymousSettings":    &p.anonymousSettings,
				"adminSetsPassword":    &p.adminSetsPassword,
				"errorMessages":        &p.errorMessages,
				"rateLimitHeaders":     &p.rateLimitHeaders,
				"limitsTellEnd":        &p.limitsTellEnd,
				"partitionedCookies":   &p.partitionedCookies,
				"keepsBadSession":      &p.keepsBadSession,
				"policyNeedsBody":      &p.policyNeedsBody,
				"remakesPrimary":       &p.remakesPrimary,
				"severalPrimaries":     &p.severalPrimaries,
				"formRoomLinks":        &p.formRoomLinks,
				"unknownIsForbidden":   &p.unknownIsForbidden,
				"linkTypeDropsOptions": &p.linkTypeDropsOptions,
				"anonymousPrimary":     &p.anonymousPrimary,
				"postIgnoresTitle":     &p.postIgnoresTitle,
				"showsLinkPassword":    &p.showsLinkPassword,
				"canRevokeRemade":      &p.canRevokeRemade,
				"listTotal":            &p.listTotal,

				"anonymousFileForbidden":    &p.anonymousFileForbidden,
				"publicRoomsWhileForbidden": &p.publicRoomsWhileForbidden,

				"loginNeedsBody":    &p.loginNeedsBody,
				"logoutReadsCookie": &p.logoutReadsCookie,
			}
			if flag := flags[field.Name]; flag != nil {
				*flag = !*flag
			}
			switch field.Name {
			case "follows":
				p.follows += "."
			case "flagNames":
				p.flagNames = []string{"other"}
			case "vectorized":
				p.vectorized = nil
			case "maxVectorizationFileSize":
				p.maxVectorizationFileSize++
			}
		})
		if reflect.DeepEqual(say(plain), say(changed)) {
			t.Errorf("%s changes no line of the table", field.Name)
		}
	}
}

func TestProfileFacts(t *testing.T) {
	facts, err := ProfileFacts(ProfileV372, ProfileV38)
	if err != nil || len(facts) != len(profileFacts) {
		t.Fatal(len(facts), err)
	}
	var differ []string
	for _, fact := range facts {
		if len(fact.Says) != 2 || fact.Says[0] == "" || fact.Says[1] == "" {
			t.Errorf("%s: %q", fact.About, fact.Says)
		}
		if fact.Differs() {
			differ = append(differ, fact.About)
		}
	}
	if want := []string{"follows", "cookies that are Secure and SameSite=None"}; !reflect.DeepEqual(differ, want) {
		t.Errorf("v3.7.2 and v3.8 differ in %q, want %q", differ, want)
	}
	if _, err := ProfileFacts(ProfileV372, "v9"); err == nil || err.Error() != `unknown profile "v9": use documented, v3.7.2, v3.8 or next` {
		t.Errorf("got %v", err)
	}
	if facts, _ := ProfileFacts(); facts[0].Differs() {
		t.Error("no profiles differ")
	}
	facts, _ = ProfileFacts(ProfileNames()...)
	for _, fact := range facts {
		if !fact.Differs() {
			t.Errorf("all profiles agree in %s", fact.About)
		}
	}
}
