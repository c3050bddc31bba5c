package contract_test

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// How something is known. Every spec carries exactly one of these as a label.
const (
	observed  = "observed"  // recorded from a real portal; the citation is the recording
	source    = "source"    // read in the public source; the citation is the file
	reference = "reference" // published documentation; the citation is the page
	ours      = "ours"      // about the fake or the client themselves
)

var evidences = []string{observed, source, reference, ours}

// assumption is one claim about DocSpace, or about this project where the evidence is ours. The specs that name its number
// are how to see it.
type assumption struct {
	number   string
	claim    string
	profiles []string // those in which the fake does so
	evidence string
	citation string
}

var (
	both       = mockserver.ProfileNames()
	documented = []string{mockserver.ProfileDocumented}
	v372       = []string{mockserver.ProfileV372}
)

// Pages of the published documentation.
const (
	page           = "configure-external-file-sharing-settings"
	pageSettings   = "API reference, getFilesSettings"
	pageSwitches   = "API reference, externalShare and externalShareSocialMedia"
	pagePassword   = "API reference, applyExternalSharePassword"
	pageErrors     = "API reference, ErrorApiResponse"
	pageRateLimits = "API reference, rate limits"
)

// controlContract is what promises how the fake is steered.
const controlContract = "mockserver/control/openapi.yaml"

// topic is what some assumptions are about.
type topic struct {
	title       string
	assumptions []assumption
}

const clientTopic = "The client"

var topics = []topic{
	{"Settings", []assumption{
		{"A001", "A success is an envelope of response, count, links, status 0 and statusCode, in this order; a link is the URL asked for.", both, source, "CommonApiResponse.cs"},
		{"A002", "The settings are 64 properties in the order of the DTO, for everybody with an account.", both, source, "FilesSettingsDto.cs"},
		{"A003", "A fresh portal has the values that the server and its shipped configuration begin with.", both, source, "FilesSettings.cs, appsettings.json"},
		{"A004", "The settings are refused without credentials: 401.", documented, reference, pageSettings},
		{"A005", "The settings are answered without credentials, with neutral constants in place of the portal's values.", v372, source, "SettingsController.cs, FilesSettings.cs"},
		{"A006", "Who is not signed in sees external sharing as on, whatever the portal's state.", v372, source, "FilesSettings.cs"},
		{"A007", "`fields` leaves of an object the properties that it names, exactly; an unknown or empty name leaves nothing.", both, source, "DynamicIgnoreResolver.cs, ApiContext.cs"},
		{"A008", "`fields` reaches into nested objects, which it shows under the names of their properties in C#.", both, source, "DynamicIgnoreResolver.cs"},
		{"A009", "`count`, `startIndex`, `sortBy` and `filterValue` have no effect.", both, source, "ApiContext.cs"},
		{"A010", "X-RateLimit-Limit, -Remaining and -Reset come with a 200.", documented, reference, pageRateLimits},
		{"A011", "X-RateLimit-* never come with a 200.", v372, source, "RateLimitOperationFilter.cs, BaseStartup.cs"},
		{"A012", "The answer is JSON whatever Accept says, as text/json when nothing else is wanted; never 406.", both, source, "DefaultOutputFormatterSelector.cs (aspnetcore)"},
		{"A013", "Each switch and the rest of the sharing policy is shown as it is stored to people with an account; of them all `enableThirdParty` alone to others who are answered.", both, source, "FilesSettings.cs"},
	}},
	{"The two switches", []assumption{
		{"A101", "The answer is the value now in force.", both, source, "SettingsController.cs"},
		{"A102", "The same call again has the same answer.", both, source, "FilesSettings.cs"},
		{"A103", "`set` switches; its name is read in any letter case and with escapes, the last of two wins, other properties are ignored.", both, source, "DisplayRequestDto.cs, DynamicIgnoreResolver.cs"},
		{"A104", "A body without `set` switches off, with 200.", v372, source, "DisplayRequestDto.cs"},
		{"A105", "A body without `displayValue` and `set` is refused: 400.", documented, ours, "the fake protects from a switch that nobody meant"},
		{"A106", "`displayValue` is ignored, whatever its value.", v372, source, "DisplayRequestDto.cs"},
		{"A107", "`displayValue` switches as `set` does.", documented, reference, page},
		{"A108", "`displayValue` and `set` that differ are refused: 400.", documented, ours, "the page and the reference know one name each"},
		{"A109", "A value that is no boolean is refused with validation problems in a success envelope: 400, the key names the property.", v372, source, "CommonApiResponse.cs, ResponseWrapper.cs"},
		{"A110", "A value that is no boolean is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A111", "JSON that is malformed or no object is refused with validation problems: 400, the key begins with $.", v372, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A112", "JSON that is malformed or no object is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A113", "An empty body and null are refused with validation problems: 400, the key is empty.", v372, source, "BodyModelBinder.cs (aspnetcore)"},
		{"A114", "An empty body and null are refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A115", "JSON is read as `application/json`, `text/json` and `application/*+json`, in UTF-8 or UTF-16.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A116", "Any other content type, and none, is 415 with a problem in a success envelope.", v372, source, "UnsupportedContentTypeFilter.cs (aspnetcore), CommonApiResponse.cs"},
		{"A117", "Any other content type, and none, is 415 with an ErrorApiResponse.", documented, ours, "the reference has no 415; the shape is that of its other errors"},
		{"A118", "`fields` has no effect: the answer is no object.", both, source, "DynamicIgnoreResolver.cs"},
		{"A119", "The switches are for the owner and DocSpace administrators; anybody else with an account is refused: 403 with message, type and stack.", both, source, "FilesSettings.cs, FileSecurity.cs, ResponseWrapper.cs"},
		{"A120", "Media type and body are looked at before the role is.", both, source, "FilesSettings.cs"},
		{"A121", "External sharing off switches social media off too.", both, source, "FilesSettings.cs"},
		{"A122", "External sharing on does not bring social media back.", both, source, "FilesSettings.cs"},
		{"A123", "While external sharing is off, social media stays off: 200 false, also stored.", both, source, "FilesSettings.cs"},
		{"A124", "Social media off leaves external sharing alone.", both, source, "FilesSettings.cs"},
		{"A125", "The rest of the sharing policy does not change with the switches.", both, source, "FilesSettings.cs"},
		{"A126", "Social media stays as it is stored, and is in force only while external sharing is on.", both, source, "FilesSettings.cs"},
		{"A127", "A body is read as UTF-16 when its content type says so.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A128", "A byte order mark is skipped.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A129", "A body may be nested 32 deep, and no deeper: 400.", both, source, "JsonOptions.cs (aspnetcore), MvcOptions.cs (aspnetcore)"},
	}},
	{"The password of a link", []assumption{
		{"A201", "A key that no link has is answered 200 with Invalid, never 404; keys are compared exactly.", both, source, "ExternalLinkHelper.cs, Signature.cs"},
		{"A202", "A link whose time is over is Expired, whatever the password.", both, source, "ExternalShare.cs, FileShareOptions.cs"},
		{"A203", "An internal link denies visitors: ExternalAccessDenied, nothing told.", both, source, "ExternalShare.cs"},
		{"A204", "An internal link is as any other for people with an account.", both, source, "ExternalShare.cs"},
		{"A205", "A link without a password is open, whatever is posted.", both, source, "ExternalShare.cs"},
		{"A206", "The right password opens; its property is read in any letter case, others are ignored.", both, source, "ExternalShare.cs, ExternalShareRequestDto.cs"},
		{"A207", "A password is compared exactly, letter case and blanks too: InvalidPassword, nothing told.", both, source, "ExternalShare.cs"},
		{"A208", "No password, null and an empty one are RequiredPassword, with the entry.", both, source, "ExternalShare.cs, ExternalLinkHelper.cs"},
		{"A209", "A room's members need no password for its link; for folders and files everybody does.", both, source, "ExternalLinkHelper.cs"},
		{"A210", "A link whose entry is gone is Invalid, with nothing told.", both, source, "ExternalLinkHelper.cs"},
		{"A211", "A link whose entry is in the trash or in the archive is Invalid, with the entry; a wrong password is found first.", both, source, "ExternalLinkHelper.cs"},
		{"A212", "An open link is answered with the DTO in its order; what is null is left out.", both, source, "ExternalShareDto.cs"},
		{"A213", "Rooms and folders are type 1, told apart by isRoom; files are type 2; titles are not escaped.", both, source, "FileEntryTypeEnum.cs, ExternalShareDto.cs, SystemTextJsonOutputFormatter.cs (aspnetcore)"},
		{"A214", "`isRoomMember` is true for members of the room only.", both, source, "ExternalLinkHelper.cs"},
		{"A215", "A body that cannot be read is 400 with validation problems and counts no attempt; an empty one is reported under RequestParam.", v372, source, "ExternalShareRequestDto.cs, SecurityController.cs"},
		{"A216", "A body that cannot be read is 400 with an ErrorApiResponse and counts no attempt.", documented, reference, pageErrors},
		{"A217", "`fields` filters the answer.", both, source, "DynamicIgnoreResolver.cs"},
		{"A218", "While external sharing is off and existing links are blocked, visitors are denied: ExternalAccessDenied, with the entry.", both, source, "ExternalLinkHelper.cs, ExternalShare.cs"},
		{"A219", "The restriction comes after the password: a right one is remembered, none and a wrong one are told as ever.", both, source, "ExternalShare.cs"},
		{"A220", "The restriction does not hold for people with an account.", both, source, "ExternalShare.cs"},
		{"A221", "A right password sets the cookie sharelink and the id of the link, an open link anonymous_session_key: HttpOnly, SameSite=Strict, for the session.", both, source, "CookiesManager.cs, ExternalLinkHelper.cs"},
		{"A222", "Behind https the cookies are Secure and the links are https.", both, source, "CookiesManager.cs"},
		{"A223", "People with an account, and who has a session, get no anonymous_session_key.", both, source, "ExternalLinkHelper.cs"},
		{"A224", "A remembered password, as cookie or header, lets in, whatever is posted.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A225", "A wrong password takes back a remembered one that does not fit.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A226", "A password sent by the owner or an administrator is set as the link's.", documented, reference, page},
		{"A227", "A password sent by the owner or an administrator is checked like anybody's, and never set.", v372, source, "SecurityController.cs"},
		{"A228", "A password sent by anybody else is checked, and never set.", both, source, "SecurityController.cs"},
		{"A229", "The password call never removes a link's password.", both, source, "SecurityController.cs"},
		{"A230", "Who may read a room needs no password for its link: its members, who made it, the owner and administrators.", both, source, "ExternalLinkHelper.cs, FileSecurity.cs"},
		{"A231", "A portal makes keys of 111 characters, which are the signed id of the link; their letter case counts.", both, source, "Signature.cs, ExternalShare.cs"},
		{"A232", "A signed token with the link and its password lets in, in the header Request-Token, in `share` of the query, or as the key.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A233", "A password that is set is remembered for who set it, and ends what others remember.", documented, ours, "the page says that it is set, and no more"},
		{"A234", "A link whose time is over, or whose entry is gone or put away, keeps its password.", both, ours, "there is nothing that another one could protect"},
		{"A235", "A password of more than 255 characters is not set: 400.", documented, ours, "no portal stores one (FileLinkRequestDto.cs)"},
		{"A236", "The password of an internal link, or of a restricted one, can be set.", documented, ours, "the page says that it is set, and no more"},
		{"A237", "The cookie of a link holds its signed password, the one of a visitor a signed GUID that is new each time.", both, source, "Signature.cs, ExternalLinkHelper.cs"},
	}},
	{"Too many wrong passwords", []assumption{
		{"A301", "After five wrong passwords every further call is refused, the right password too: 403, without Retry-After.", v372, source, "BruteForceLoginManager.cs, ResponseWrapper.cs"},
		{"A302", "Too many wrong passwords, as many as at v3.7.2, are refused with 429 and Retry-After, the right one too then.", documented, reference, pagePassword},
		{"A303", "Wrong passwords alone are counted; a right one does not forgive.", both, source, "SecurityController.cs, BruteForceLoginManager.cs"},
		{"A304", "They are counted for each link, its key in any letter case.", both, source, "BruteForceLoginManager.cs"},
		{"A305", "They are counted for each client address.", both, source, "BruteForceLoginManager.cs, MessageSettings.cs, BaseStartup.cs"},
		{"A306", "The query parameter request-x-real-ip is believed to be the address.", both, source, "MessageSettings.cs"},
		{"A307", "The refusal lasts 60 seconds, which further calls do not extend, and begins from zero afterwards.", both, source, "BruteForceLoginManager.cs, LoginSettings.cs"},
		{"A308", "A wrong password is forgotten after 60 seconds.", both, source, "BruteForceLoginManager.cs, LoginSettings.cs"},
		{"A309", "The portal has its own numbers for how many, within what time, and for how long.", both, source, "LoginSettings.cs"},
		{"A310", "The refusal erases what was counted.", both, source, "BruteForceLoginManager.cs"},
		{"A311", "People with an account are counted like visitors of their address.", both, source, "BruteForceLoginManager.cs"},
		{"A312", "Nothing but the password call of that link is refused, and bodies are read first.", both, source, "SecurityController.cs"},
	}},
	{"Credentials", []assumption{
		{"A401", "Without credentials the switches are 401; the password call is open.", both, source, "SettingsController.cs, SecurityController.cs"},
		{"A402", "A portal token signs in as Bearer, as the bare Authorization, or as the cookie asc_auth_key, which comes first.", both, source, "CookieAuthHandler.cs, BaseStartup.cs"},
		{"A403", "A token that is not valid, or whose user is disabled, is nobody's.", both, source, "CookieAuthHandler.cs, SecurityContext.cs"},
		{"A404", "A cookie that is not valid is deleted.", both, source, "CookieAuthHandler.cs, CookiesManager.cs"},
		{"A405", "Basic signs in by e-mail address and password, and challenges with every answer; wrong ones are nobody's.", both, source, "BasicAuthHandler.cs"},
		{"A406", "Basic that cannot be read is 500 everywhere.", both, source, "BasicAuthHandler.cs"},
		{"A407", "An API key signs in as Bearer alone, with the rights of its user.", both, source, "ApiKeyBearerAuthHandler.cs, BaseStartup.cs"},
		{"A408", "An API key needs files:read or files:write to read, files:write to change: 403, empty at the switches, a problem elsewhere.", both, source, "AuthorizationExtension.cs, ApiKeyScopesFilter.cs"},
		{"A409", "An API key that is unknown, expired, inactive or of a disabled user is a problem 403 where nobody anonymous is refused, and 401 elsewhere.", both, source, "ApiKeyBearerAuthHandler.cs, ApiKeyScopesFilter.cs"},
		{"A410", "An access token needs a user's GUID as sub: 401 with a body, everywhere.", both, source, "JwtBearerAuthHandler.cs"},
		{"A411", "The scopes of an access token are looked at at the switches only.", both, source, "AuthorizationExtension.cs, ScopesAuthorizationHandler.cs"},
		{"A412", "Credentials are looked at before the body is.", both, source, "BaseStartup.cs"},
		{"A413", "The scopes of an access token can be a text with blanks.", both, ours, "as OAuth 2.0 has it; how the server reads it was not traced"},
		{"A414", "An access token that is over, or whose user is unknown or disabled, is nobody's.", both, source, "JwtBearerAuthHandler.cs"},
	}},
	{"Routing and headers", []assumption{
		{"A501", "Paths are found in any letter case, escaped, with a slash at the end, and under version 2 as under 2.0.", both, source, "DefaultRoute.cs, PathTokenizer.cs (aspnetcore), DictionaryJumpTable.cs (aspnetcore)"},
		{"A502", "Another method is 405 with Allow and no body; HEAD and OPTIONS too.", v372, source, "HttpMethodMatcherPolicy.cs (aspnetcore)"},
		{"A503", "Another method is 405 with Allow and an ErrorApiResponse; HEAD and OPTIONS too.", documented, ours, "the reference has no 405; the shape is that of its other errors"},
		{"A504", "What is not there is 404 with no body.", v372, source, "DefaultRoute.cs, BaseStartup.cs"},
		{"A505", "What is not there is 404 with an ErrorApiResponse.", documented, ours, "the reference has no 404 for these; the shape is that of its other errors"},
		{"A506", "One unknown segment beneath files is read as the id of a folder: 404 with a body.", both, source, "FoldersController.cs"},
		{"A507", "Server-Timing is on every answer, api-supported-versions on those of a call.", both, source, "BaseStartup.cs"},
		{"A508", "Any origin may read, errors too, without credentials.", both, source, "DynamicCorsPolicyProvider.cs, appsettings.json"},
		{"A509", "A preflight request is 204 and allows what it asks for, before credentials are looked at.", both, source, "DynamicCorsPolicyProvider.cs, BaseStartup.cs"},
		{"A510", "The server is Kestrel, and keeps nothing out of caches but the answers of exceptions.", both, source, "WebHostExtensions.cs, ResponseWrapper.cs"},
		{"A511", "The answer of an exception has none of the cookies and headers that were set before.", both, source, "ExceptionHandlerMiddleware.cs (aspnetcore)"},
		{"A512", "Links have the host and the scheme that a proxy on the same machine tells.", both, source, "BaseStartup.cs"},
	}},
	{"The fake itself", []assumption{
		{"A601", "X-Mock-Hint is there where the other profile would have answered otherwise, and only there.", both, ours, "README.md"},
		{"A602", "A call that a portal has and the fake has not is 404 with a hint that says so.", both, ours, "README.md"},
		{"A603", "A body of more than 1 MiB is refused: 413.", both, ours, "a portal takes 100 MiB (Program.cs)"},
		{"A604", "Every exchange keeps to openapi.yaml, in both directions, and every answer has the headers of its kind.", both, ours, "openapi.yaml"},
		{"A605", "A reset brings back the portal and forgets what was counted.", both, ours, "README.md"},
		{"A606", "No secret is logged.", both, ours, "README.md"},
		{"A607", "Portals beside each other have links and cookies of their own.", both, ours, "README.md"},
	}},
	{clientTopic, []assumption{
		{"A701", "The client reads settings and policy.", both, ours, "README.md"},
		{"A702", "The client switches at either profile, since it sends both names.", both, ours, "README.md"},
		{"A703", "The client says so when another value is in force than was asked for.", both, ours, "README.md"},
		{"A704", "The client changes both switches in the order that works, and says what is in force after a failure halfway.", both, ours, "README.md"},
		{"A705", "The client signs in with an API key, a portal token, or e-mail address and password.", both, ours, "README.md"},
		{"A706", "The client tells refusals by typed errors: no credentials, no role, no scope.", both, ours, "README.md"},
		{"A707", "The client tells by the error what became of a link.", both, ours, "README.md"},
		{"A708", "The client tells too many attempts, and does not send the one that would lock the link.", both, ours, "README.md"},
		{"A709", "The client's visitors stay in with the portal's cookies.", both, ours, "README.md"},
	}},
	{"Too many requests", []assumption{
		{"A801", "Requests beyond the limit of a sliding minute are refused: 429 with an ErrorApiResponse, Retry-After and X-RateLimit-*.", documented, reference, pageRateLimits},
		{"A802", "Requests beyond the limit of a sliding minute are refused: 429 with X-RateLimit-* and no body.", v372, source, "RateLimiterSettings.cs, BaseStartup.cs"},
		{"A803", "Requests are counted for each user, whatever the credentials and the address.", both, source, "BaseStartup.cs"},
		{"A804", "Without an account they are counted for each address of a connection, before credentials are asked for.", both, source, "BaseStartup.cs"},
		{"A805", "Credentials that cannot be read are answered before requests are counted.", both, source, "BaseStartup.cs"},
		{"A806", "Preflight requests are not counted.", both, source, "BaseStartup.cs"},
		{"A807", "POST and PUT have a limit for each day, a fixed window.", both, source, "RateLimiterSettings.cs"},
		{"A808", "The limit of the minute comes before that of the day.", both, source, "BaseStartup.cs"},
		{"A809", "Requests that write have a limit at a time.", both, source, "RateLimiterSettings.cs"},
		{"A810", "Requests that read have a limit at a time of their own.", both, source, "RateLimiterSettings.cs"},
		{"A811", "A fresh portal limits no requests.", both, source, "appsettings.json"},
	}},
	{"Steering the fake", []assumption{
		{"A901", "The clock stands where it is frozen, moves by what it is advanced, and goes on from there once resumed; links and keys expire by it.", both, ours, controlContract},
		{"A902", "A fault comes instead of the call, which has no effect: for its operation alone, and as often as it says.", both, ours, controlContract},
		{"A903", "A fault of kind status has the body that the profile has for it, rateLimit is 429 with Retry-After, proxy a page in HTML.", both, ours, controlContract},
		{"A904", "A fault that spoils the answer leaves the call its effect: truncated, malformed, empty, of another content type.", both, ours, controlContract},
		{"A905", "A fault of kind reset or hang gives no answer, and the call has no effect.", both, ours, controlContract},
		{"A906", "A fault with `header` hits those requests alone that name it; what was hit is named in X-Mock-Fault.", both, ours, controlContract},
		{"A907", "Of faults that match the first one that is not used up is applied; a delay goes together with those after it.", both, ours, controlContract},
		{"A908", "A fault with a probability hits the same requests again for the same seed.", both, ours, controlContract},
		{"A909", "Faults come before credentials, bodies and limits; nothing but the four calls meets them.", both, ours, controlContract},
		{"A910", "The journal has every request to the portal in order, with operation, caller, status and hint; calls of the control API are not in it.", both, ours, controlContract},
		{"A911", "The journal is filtered by each of its parameters, the count by the same; what it forgets it does not number again.", both, ours, controlContract},
		{"A912", "The journal shows no secret.", both, ours, controlContract},
		{"A913", "A request that does not keep to openapi.yaml has the profile's answer, with X-Mock-Contract, and the journal says what is wrong where.", both, ours, "README.md"},
		{"A914", "A snapshot brings back the portal, and limits count from zero; clock, faults and journal stay, and so does what a reset goes back to.", both, ours, controlContract},
		{"A915", "The state can be read, replaced, and changed by a merge patch, whose nulls are the values of a fresh portal.", both, ours, controlContract},
		{"A916", "Links, users, API keys and entries are added, changed and removed, and count from the next request on.", both, ours, controlContract},
		{"A917", "A named portal is reached by its path, by X-Mock-Portal, and by its host; its state, clock, faults, journal and limits are its own; deleted it is 404.", both, ours, controlContract},
		{"A918", "What breaks the control contract is 400, what is not there 404, what does not fit 409, each with one line; nothing is changed.", both, ours, controlContract},
		{"A919", "The control API refuses what a web page of another site can have sent: 403.", both, ours, controlContract},
		{"A920", "A reset also ends faults, empties the journal and sets the clock right; snapshots stay.", both, ours, controlContract},
		{"A921", "What a portal leaves out is as on a fresh one: the first entry for a link, rooms or documents for an entry, each number of a limit by itself.", both, ours, "README.md"},
		{"A922", "With `--contract enforce` what does not keep to openapi.yaml is refused with 400, unless it is refused anyway, and has no effect.", both, ours, "README.md"},
	}},
}

// unsure says what of a claim is the best reading of a source, or follows from what was read and stands nowhere.
var unsure = map[string]string{
	"A109": "the wording and the position in the messages",
	"A111": "the key for a chunked body that is empty",
	"A116": "that the envelope says 0 and 200, which follows from the order of the filters",
	"A128": "the skipping is that of .NET's JSON library",
	"A215": "the wording and the position in the messages",
	"A230": "that the owner and administrators may read every room",
	"A411": "how scopes in one text are read, see A413",
	"A501": "that version 2 is 2.0; a proxy in front may know 2.0 alone",
	"A502": "that no answer of the API's versioning comes first",
	"A507": "api-supported-versions on a 400 and a 415",
	"A508": "hosted portals may be configured otherwise",
	"A802": "Retry-After, which differs between versions of the limiter",
	"A810": "X-RateLimit-* of the limits at a time",
	"A811": "hosted portals may be configured otherwise",
}

// assumptions finds an assumption by its number.
var assumptions = func() map[string]assumption {
	all := map[string]assumption{}
	for _, topic := range topics {
		for _, a := range topic.assumptions {
			all[a.number] = a
		}
	}
	return all
}()

// holds are the labels of a spec that shows an assumption: its number and its evidence. Where the profiles differ, a spec
// names one for each, and shows the one of the target's profile.
func (t *target) holds(numbers ...string) Labels {
	var labels Labels
	for _, number := range numbers {
		if a, known := assumptions[number]; !known {
			labels = append(labels, number)
		} else if slices.Contains(a.profiles, t.profile) {
			labels = append(labels, a.number, a.evidence)
		}
	}
	return labels
}
