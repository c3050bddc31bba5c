package mockserver

import (
	"slices"
	"strconv"
	"strings"
)

// ProfileFact is something in which the profiles differ.
type ProfileFact struct {
	About  string   // such as "settings without credentials"
	Says   []string // what each profile does, in the order in which the profiles were asked for
	Advice string   // what an app should do so that it works with all profiles; "" is nothing
}

// Differs says whether two of the profiles do not agree.
func (f ProfileFact) Differs() bool {
	return slices.ContainsFunc(f.Says, func(says string) bool { return says != f.Says[0] })
}

// ProfileFacts is the table of all facts in which the profiles differ, for some of them: what each one follows is first. It
// returns an error for a name that is none of [ProfileNames].
func ProfileFacts(names ...string) ([]ProfileFact, error) {
	asked := make([]*profile, len(names))
	for i, name := range names {
		p, known := profileByName(name)
		if !known {
			return nil, unknownProfile(name)
		}
		asked[i] = p
	}
	facts := make([]ProfileFact, len(profileFacts))
	for i, fact := range profileFacts {
		facts[i] = ProfileFact{About: fact.about, Advice: fact.advice, Says: make([]string, len(asked))}
		for j, p := range asked {
			facts[i].Says[j] = fact.says(p)
		}
	}
	return facts, nil
}

// profileFacts say the facts of profile in words. Each one but the first is about one or two of its fields.
var profileFacts = []struct {
	about  string
	says   func(*profile) string
	advice string
}{
	{"follows", func(p *profile) string { return p.follows }, ""},
	{
		"body of the two switches",
		func(p *profile) string {
			if p.flagRequired {
				return strings.Join(p.flagNames, " or ") + "; neither of them, or two that differ, is a 400"
			}
			return p.flagNamesRead() + "; a body without it switches off, with 200"
		},
		`Send {"displayValue":true,"set":true}: all profiles read it as true. Compare the answer with the value that you sent.`,
	},
	{
		"settings without credentials",
		func(p *profile) string {
			if p.anonymousSettings {
				return "200 with constants"
			}
			return "401; 200 with constants for the visitor of a link (a key that leads somewhere, in Request-Token or share=)"
		},
		"Read the settings with credentials. The constants say nothing about the portal.",
	},
	{
		"password call of the owner or an administrator",
		func(p *profile) string {
			if p.adminSetsPassword {
				return "sets the password of the link"
			}
			return "checks the password, as for everybody"
		},
		"Set the password of a link with another call. Read the status in the answer.",
	},
	{
		"bodies of 400, 401, 404, 405, 415 and 429",
		func(p *profile) string {
			if p.errorMessages {
				return "an ErrorApiResponse with a message"
			}
			return "those of the framework: validation problems in a success envelope, a problem, or none"
		},
		"Go by the HTTP status. Expect any body, or none.",
	},
	{
		"X-RateLimit-* on a 200",
		func(p *profile) string { return yesOrNo(p.rateLimitHeaders) },
		"Do without these headers.",
	},
	{
		"Retry-After and X-RateLimit-Reset on a 429",
		func(p *profile) string {
			if p.limitsTellEnd {
				return "always"
			}
			return "only when the limit of the day refuses"
		},
		"Wait for a while of your own where Retry-After is missing.",
	},
	{
		"cookies that are Secure and SameSite=None",
		func(p *profile) string {
			if p.partitionedCookies {
				return "also Partitioned; deleted once more as such, and once more for the base domain"
			}
			return "not Partitioned; deleted once"
		},
		"Expect several Set-Cookie for one cookie. Inside a page of another site a browser keeps a Partitioned cookie for that site only.",
	},
	{
		"bad session cookie on the settings call and the password call",
		func(p *profile) string {
			if p.keepsBadSession {
				return "not deleted"
			}
			return "deleted"
		},
		"Delete the cookie yourself when you sign out.",
	},
	{
		"policy call without a body",
		choose(func(p *profile) bool { return p.policyNeedsBody }, "400", "the same as {}: everything off"),
		"Send all five switches.",
	},
	{
		"primary link after it was revoked",
		choose(func(p *profile) bool { return p.remakesPrimary }, "made anew by the next call that asks for it; at once in public rooms and form rooms", "404, and it is not made again"),
		"Do not ask for the primary link of what is no longer shared.",
	},
	{
		"primary links of a file or folder",
		choose(func(p *profile) bool { return p.severalPrimaries }, "up to six outside public rooms and form rooms", "one"),
		"Make one primary link, and find links by their IDs.",
	},
	{
		"share link of a form room",
		choose(func(p *profile) bool { return p.formRoomLinks }, "its primary link, to fill out", "403"),
		"Expect both.",
	},
	{
		"unknown linkType or access of a link",
		choose(func(p *profile) bool { return p.unknownIsForbidden }, "403", "400"),
		"Send known values.",
	},
	{
		"change of a share link of a room without linkType 1",
		choose(func(p *profile) bool { return p.linkTypeDropsOptions }, "removes password, internal and denyDownload", "keeps to what the body says"),
		"Send linkType 1 with every change.",
	},
	{
		"primary link of a file or folder, without an account",
		choose(func(p *profile) bool { return p.anonymousPrimary }, "403 where the caller may not see it", "401 without the key of a link"),
		"Ask for links with an account.",
	},
	{
		"title in the call that makes the primary link of a file",
		choose(func(p *profile) bool { return p.postIgnoresTitle }, "ignored", "taken"),
		"Set the title with a change.",
	},
	{
		"password of a link in answers",
		choose(func(p *profile) bool { return p.showsLinkPassword }, "in clear", "left out"),
		"Keep the password that you set.",
	},
	{
		"canRevoke of a link",
		choose(func(p *profile) bool { return p.canRevokeRemade }, "the link comes back with another key when it is revoked", "the caller may revoke the link"),
		"Revoke links without asking it.",
	},
	{
		"total of the links of a file",
		choose(func(p *profile) bool { return p.listTotal }, "in the body", "not there"),
		"Ask for more until an answer is not full.",
	},
	{
		"file that an anonymous caller may not read",
		choose(func(p *profile) bool { return p.anonymousFileForbidden }, "403", "401"),
		"Expect both.",
	},
	{
		"public room made while external sharing is off for rooms",
		choose(func(p *profile) bool { return p.publicRoomsWhileForbidden }, "made, with its link", "403"),
		"Switch external sharing on first.",
	},
	{
		"signing in without a body",
		choose(func(p *profile) bool { return p.loginNeedsBody }, "400", "401, as with {}"),
		"Send a body.",
	},
	{
		"session that signing out ends",
		choose(func(p *profile) bool { return p.logoutReadsCookie }, "that of the cookie asc_auth_key; a token in Authorization stays good", "that of the cookie asc_auth_key, or else that of Authorization"),
		"Send the token as the cookie when you sign out.",
	},
	{
		"extsFilesVectorized",
		func(p *profile) string { return strings.Join(p.vectorized, " ") },
		"Read the list from the settings.",
	},
	{
		"maxVectorizationFileSize",
		func(p *profile) string { return strconv.Itoa(p.maxVectorizationFileSize) },
		"Read the size from the settings.",
	},
}

// choose says one of two things, by a fact.
func choose(fact func(*profile) bool, yes, no string) func(*profile) string {
	return func(p *profile) string {
		if fact(p) {
			return yes
		}
		return no
	}
}

func yesOrNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}
