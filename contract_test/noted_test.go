package contract_test

import (
	"fmt"
	"slices"
	"strings"
)

// noted is the name under which a citation has cases of [notedCases].
const noted = "noted"

// notedCase is what the server that ran was asked besides the recorded cases, and what was noted of its answers. The answers
// themselves were not kept: these cases need real time, many requests at once, other settings of the installation, an identity
// service, or code of a later branch, or are full of ids and keys that the server made.
type notedCase struct {
	ids   string // of the notes
	asked string
}

var notedCases = []notedCase{
	{"H044–H052", "What has three or five parts, but is no access token: 400 on all calls and on paths that do not exist."},
	{"H070–H077", "Access tokens that are over, or not yet valid, for 30 seconds to an hour, or without an end: two minutes do not matter."},
	{"H080–H089", "Scopes as a list, as one text, as a text of two, as none, and with the claim's name in capitals."},
	{"H090–H098", "`sub` in every form of a GUID, with blanks around it, as an address, empty and left out."},
	{"H099–H102", "Access tokens of unknown and disabled people, and one that is over and has no good `sub`."},
	{"H111", "An access token behind two blanks: 400."},
	{"H201", "A text in the form of an access token from a page of another origin: the same 400, without Access-Control-Allow-Origin."},
	{"H300–H330", "Access tokens while the identity service could not be reached: 403."},
	{"L101–L126", "Five wrong passwords, then right ones and malformed bodies until the refusal was over, and five more."},
	{"L131–L139", "What is no wrong password costs nothing, and a right one takes nothing back."},
	{"L151–L173", "request-x-real-ip in the query and as a header, twice, empty, in other letter case; X-Forwarded-For."},
	{"L180–L188", "One link under the forms of its key: each has its own count."},
	{"L196–L206", "Wrong passwords just before and just after they were a minute old."},
	{"L210–L260", "Answers that do not count: other statuses, bodies, media types, unknown keys."},
	{"L270–L275", "People with an account and visitors at one address: they share a count."},
	{"L280–L289", "Ten wrong passwords at once: exactly five were checked."},
	{"L3000–L3017", "What the limiter counts: all answers behind it, but not preflight requests and credentials that cannot be read."},
	{"L3211–L3217", "The refusal of the minute, with its headers, and what else stays on it."},
	{"L3245–L3266", "The refusal of the day, with its headers, and what it counts and spends."},
	{"L3270–L3280", "The refusals of too many requests at the same time, for writing and for reading."},
	{"L3301–L3308", "A minute that slides with each request."},
	{"VF336–VF348", "Links made and changed while external sharing was off for rooms and documents, and while internal was the default."},
	{"VL001–VL105", "Custom, public, form, collaboration and data rooms: the primary link, lists, and each access as a number and as a text."},
	{"VL106–VL135", "The links of a custom room asked, listed and set by owner, administrator, member, guest, stranger and nobody."},
	{"VL137–VL206", "Titles, passwords, times, ids, kinds and accesses of one room's links, good and bad, until their number was full."},
	{"VL207–VL214", "The same room: its primary link, its list, invitations, and links revoked."},
	{"VL215–VL220", "The primary link of a public room renamed, changed as it cannot be, and revoked."},
	{"VL221–VL288", "Links of files of one's own, in a custom room, a data room and a collaboration room."},
	{"VL289–VL312", "The links of somebody else's file, by everybody."},
	{"VL313–VL321", "Seven links of one file."},
	{"VL322–VL366", "Ids of no entry, and what is no number, at all calls about links."},
	{"VL367–VL377", "Links of a folder of one's own."},
	{"VL378–VL387", "The links of somebody else's folder, by everybody."},
	{"VL388–VL390", "A folder at the calls of rooms."},
	{"VL391–VL395", "API keys with other permissions."},
	{"VL396–VL405", "Other methods."},
	{"login window and block", "Wrong and right log ins just before and after a minute, and while a block lasted."},
	{"log ins at the same time", "Twenty wrong ones, twenty right ones, and four wrong ones with sixteen right ones, at once."},
	{"sessions that ended", "Tokens of somebody who was then switched off, and of sessions that the owner ended."},
	{"cookies of release/v3.8.0", "The branch's CookiesManager.cs, compiled and run: cookies set and deleted over http and https, with and without a base domain."},
	{"cookies of develop", "The branch's CookieAuthHandler.cs, compiled and run: bad cookies at the calls."},
}

func isNoted(ids string) bool {
	return slices.ContainsFunc(notedCases, func(c notedCase) bool { return c.ids == ids })
}

// notes are the noted cases as EVIDENCE.md shows them.
func notes() string {
	var text strings.Builder
	text.WriteString(`
The whole server was also asked what recordings cannot hold, with its limiter and a stand-in for the identity service. Only notes of its answers were kept.
Claims cite them as *noted*, and the specs of these claims show the same at the fake.

| noted cases | what was asked and seen |
|---|---|
`)
	for _, c := range notedCases {
		fmt.Fprintf(&text, "| %s | %s |\n", c.ids, c.asked)
	}
	return text.String()
}
