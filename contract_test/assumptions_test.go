package contract_test

import (
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// The evidence of a claim. Every spec has exactly one of these as a label.
const (
	observed  = "observed"  // recorded from a real portal; the citation is the recording
	executed  = "executed"  // the server of tag v3.7.2-server was run and answered so; the citation is the recorded case
	source    = "source"    // read in the public source; the citation is the file
	reference = "reference" // published documentation; the citation is the page
	ours      = "ours"      // a claim about the fake or the client
)

var evidences = []string{observed, executed, source, reference, ours}

// assumption is one claim about DocSpace, or about this project where the evidence is ours. The specs that name its number
// show it.
type assumption struct {
	number   string
	claim    string
	profiles []string // the profiles in which the fake behaves so
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

// controlContract is the citation of the claims about the control API.
const controlContract = "mockserver/control/openapi.yaml"

// topic groups assumptions.
type topic struct {
	title       string
	assumptions []assumption
}

const clientTopic = "The client"

var topics = []topic{
	{"Settings", []assumption{
		{"A001", "A success is an envelope with response, count, links, status 0 and statusCode, in this order. Its link is the URL of the request.", both, source, "CommonApiResponse.cs"},
		{"A002", "The settings have 64 properties in the order of the DTO, for everybody with an account.", both, source, "FilesSettingsDto.cs"},
		{"A003", "A fresh portal has the initial values of the server and of its shipped configuration.", both, source, "FilesSettings.cs, appsettings.json"},
		{"A004", "The settings are refused without credentials: 401.", documented, reference, pageSettings},
		{"A005", "The server answers the settings without credentials. Neutral constants replace the portal's values.", v372, source, "SettingsController.cs, FilesSettings.cs"},
		{"A006", "A caller who is not signed in sees external sharing as on, whatever the portal's state is.", v372, source, "FilesSettings.cs"},
		{"A007", "`fields` keeps only the properties of an object that it names exactly. An unknown or empty name keeps nothing.", both, source, "DynamicIgnoreResolver.cs, ApiContext.cs"},
		{"A008", "`fields` reaches into nested objects. It shows their properties under the names that these have in C#.", both, source, "DynamicIgnoreResolver.cs"},
		{"A009", "`count`, `startIndex`, `sortBy` and `filterValue` have no effect.", both, source, "ApiContext.cs"},
		{"A010", "A 200 has X-RateLimit-Limit, -Remaining and -Reset.", documented, reference, pageRateLimits},
		{"A011", "A 200 never has X-RateLimit-*.", v372, source, "RateLimitOperationFilter.cs, BaseStartup.cs"},
		{"A012", "The answer is JSON whatever Accept says. It is text/json when Accept names nothing else. It is never 406.", both, source, "DefaultOutputFormatterSelector.cs (aspnetcore)"},
		{"A013", "People with an account see each switch and the rest of the sharing policy as it is stored. Others who get an answer see only `enableThirdParty` as it is stored.", both, source, "FilesSettings.cs"},
	}},
	{"The two switches", []assumption{
		{"A101", "The answer is the value that is now in force.", both, source, "SettingsController.cs"},
		{"A102", "The same call gets the same answer again.", both, source, "FilesSettings.cs"},
		{"A103", "`set` switches. Its name is read in any letter case and with escapes. The last of two wins. Other properties are ignored.", both, source, "DisplayRequestDto.cs, DynamicIgnoreResolver.cs"},
		{"A104", "A body without `set` switches off. The answer is 200.", v372, source, "DisplayRequestDto.cs"},
		{"A105", "A body with neither `displayValue` nor `set` is refused: 400.", documented, ours, "the fake protects from a switch that nobody meant"},
		{"A106", "`displayValue` is ignored, whatever its value is.", v372, source, "DisplayRequestDto.cs"},
		{"A107", "`displayValue` switches in the same way as `set`.", documented, reference, page},
		{"A108", "A body in which `displayValue` and `set` differ is refused: 400.", documented, ours, "the page and the reference know one name each"},
		{"A109", "A value that is not a boolean is refused with validation problems in a success envelope: 400. The key names the property.", v372, source, "CommonApiResponse.cs, ResponseWrapper.cs"},
		{"A110", "A value that is not a boolean is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A111", "JSON that is malformed or not an object is refused with validation problems: 400. The key begins with $.", v372, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A112", "JSON that is malformed or not an object is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A113", "An empty body and null are refused with validation problems: 400. The key is empty.", v372, source, "BodyModelBinder.cs (aspnetcore)"},
		{"A114", "An empty body and null are refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A115", "The server reads JSON as `application/json`, `text/json` and `application/*+json`, in UTF-8 or UTF-16.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A116", "Any other content type, or none, is refused with a problem in a success envelope: 415.", v372, source, "UnsupportedContentTypeFilter.cs (aspnetcore), CommonApiResponse.cs"},
		{"A117", "Any other content type, or none, is refused with an ErrorApiResponse: 415.", documented, ours, "the reference has no 415; the shape is that of its other errors"},
		{"A118", "`fields` has no effect because the answer is not an object.", both, source, "DynamicIgnoreResolver.cs"},
		{"A119", "The owner and DocSpace administrators may use the switches. Anybody else with an account is refused: 403 with message, type and stack.", both, source, "FilesSettings.cs, FileSecurity.cs, ResponseWrapper.cs"},
		{"A120", "The server checks the media type and the body before it checks the role.", both, source, "FilesSettings.cs"},
		{"A121", "Switching external sharing off also switches social media off.", both, source, "FilesSettings.cs"},
		{"A122", "Switching external sharing on does not switch social media on again.", both, source, "FilesSettings.cs"},
		{"A123", "While external sharing is off, social media stays off: 200 false. It is stored as off too.", both, source, "FilesSettings.cs"},
		{"A124", "Switching social media off does not change external sharing.", both, source, "FilesSettings.cs"},
		{"A125", "The switches do not change the rest of the sharing policy.", both, source, "FilesSettings.cs"},
		{"A126", "Social media stays as it is stored. It is in force only while external sharing is on.", both, source, "FilesSettings.cs"},
		{"A127", "A body is read as UTF-16 when its content type says so.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A128", "A byte order mark is skipped.", both, source, "SystemTextJsonInputFormatter.cs (aspnetcore)"},
		{"A129", "A body may be nested 32 levels deep. A deeper one is refused: 400.", both, source, "JsonOptions.cs (aspnetcore), MvcOptions.cs (aspnetcore)"},
	}},
	{"The password of a link", []assumption{
		{"A201", "A key that no link has is answered with 200 and Invalid, never with 404. Keys are compared exactly.", both, source, "ExternalLinkHelper.cs, Signature.cs"},
		{"A202", "A link whose time is over is Expired, whatever the password is.", both, source, "ExternalShare.cs, FileShareOptions.cs"},
		{"A203", "An internal link denies visitors. The answer is ExternalAccessDenied and describes nothing.", both, source, "ExternalShare.cs"},
		{"A204", "For people with an account an internal link is like any other.", both, source, "ExternalShare.cs"},
		{"A205", "A link without a password is open, whatever is posted.", both, source, "ExternalShare.cs"},
		{"A206", "The right password opens the link. Its property is read in any letter case. Other properties are ignored.", both, source, "ExternalShare.cs, ExternalShareRequestDto.cs"},
		{"A207", "A password is compared exactly, with its letter case and its blanks. The answer to a wrong one is InvalidPassword and describes nothing.", both, source, "ExternalShare.cs"},
		{"A208", "No password, null and an empty one are answered with RequiredPassword. The answer describes the entry.", both, source, "ExternalShare.cs, ExternalLinkHelper.cs"},
		{"A209", "The members of a room need no password for its link. For folders and files everybody needs one.", both, source, "ExternalLinkHelper.cs"},
		{"A210", "A link whose entry does not exist is Invalid. The answer describes nothing.", both, source, "ExternalLinkHelper.cs"},
		{"A211", "A link whose entry is in the trash or in the archive is Invalid. The answer describes the entry. A wrong password is found first.", both, source, "ExternalLinkHelper.cs"},
		{"A212", "An open link is answered with the DTO in its order. Properties that are null are left out.", both, source, "ExternalShareDto.cs"},
		{"A213", "Rooms and folders are type 1, and isRoom tells them apart. Files are type 2. Titles are not escaped.", both, source, "FileEntryTypeEnum.cs, ExternalShareDto.cs, SystemTextJsonOutputFormatter.cs (aspnetcore)"},
		{"A214", "`isRoomMember` is true only for members of the room.", both, source, "ExternalLinkHelper.cs"},
		{"A215", "A body that cannot be read is refused with validation problems: 400. It does not count as an attempt. An empty one is reported under RequestParam.", v372, source, "ExternalShareRequestDto.cs, SecurityController.cs"},
		{"A216", "A body that cannot be read is refused with an ErrorApiResponse: 400. It does not count as an attempt.", documented, reference, pageErrors},
		{"A217", "`fields` filters the answer.", both, source, "DynamicIgnoreResolver.cs"},
		{"A218", "While external sharing is off and existing links are blocked, visitors are denied. The answer is ExternalAccessDenied and describes the entry.", both, source, "ExternalLinkHelper.cs, ExternalShare.cs"},
		{"A219", "The server checks the restriction after the password. It remembers a right password. It answers no password and a wrong one as usual.", both, source, "ExternalShare.cs"},
		{"A220", "The restriction does not apply to people with an account.", both, source, "ExternalShare.cs"},
		{"A221", "A right password sets a cookie that is named sharelink and the id of the link. An open link sets anonymous_session_key. Both are HttpOnly and SameSite=Strict, and last for the session.", both, source, "CookiesManager.cs, ExternalLinkHelper.cs"},
		{"A222", "Behind https the cookies are Secure, and the links in answers are https.", both, source, "CookiesManager.cs"},
		{"A223", "People with an account get no anonymous_session_key. Callers who have a session get none either.", both, source, "ExternalLinkHelper.cs"},
		{"A224", "A remembered password, in a cookie or a header, opens the link, whatever is posted.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A225", "A wrong password deletes the cookie of a remembered password that does not match.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A226", "A password that the owner or an administrator sends becomes the password of the link.", documented, reference, page},
		{"A227", "A password that the owner or an administrator sends is checked like anybody's. It is never set.", v372, source, "SecurityController.cs"},
		{"A228", "A password that anybody else sends is checked. It is never set.", both, source, "SecurityController.cs"},
		{"A229", "The password call never removes a link's password.", both, source, "SecurityController.cs"},
		{"A230", "Everybody who may read a room needs no password for its link: its members, its creator, the owner and administrators.", both, source, "ExternalLinkHelper.cs, FileSecurity.cs"},
		{"A231", "A portal makes keys of 111 characters. A key is the signed id of the link. Its letter case counts.", both, source, "Signature.cs, ExternalShare.cs"},
		{"A232", "A signed token with the link and its password opens the link. It may stand in the header Request-Token, in `share` of the query, or in place of the key.", both, source, "ExternalShare.cs, CookiesManager.cs"},
		{"A233", "A password that is set is remembered for the caller who set it. It makes the passwords that others have remembered invalid.", documented, ours, "the page says that it is set, and no more"},
		{"A234", "A link keeps its password when its time is over, and when its entry does not exist or is in the trash or in the archive.", both, ours, "there is nothing that another one could protect"},
		{"A235", "A password of more than 255 characters is not set: 400.", documented, ours, "no portal stores one (FileLinkRequestDto.cs)"},
		{"A236", "The password of an internal link or of a restricted one can be set.", documented, ours, "the page says that it is set, and no more"},
		{"A237", "The cookie of a link holds its signed password. The cookie of a visitor holds a signed GUID that is new each time.", both, source, "Signature.cs, ExternalLinkHelper.cs"},
	}},
	{"Too many wrong passwords", []assumption{
		{"A301", "After five wrong passwords every further call is refused, also with the right password: 403, without Retry-After.", v372, source, "BruteForceLoginManager.cs, ResponseWrapper.cs"},
		{"A302", "After as many wrong passwords as at v3.7.2 a call is refused, also with the right password: 429, with Retry-After.", documented, reference, pagePassword},
		{"A303", "Only wrong passwords are counted. A right one does not take them back.", both, source, "SecurityController.cs, BruteForceLoginManager.cs"},
		{"A304", "Wrong passwords are counted for each link, with its key in any letter case.", both, source, "BruteForceLoginManager.cs"},
		{"A305", "Wrong passwords are counted for each client address.", both, source, "BruteForceLoginManager.cs, MessageSettings.cs, BaseStartup.cs"},
		{"A306", "The query parameter request-x-real-ip is taken for the client address.", both, source, "MessageSettings.cs"},
		{"A307", "The refusal lasts 60 seconds. Further calls do not extend it. The count begins at zero afterwards.", both, source, "BruteForceLoginManager.cs, LoginSettings.cs"},
		{"A308", "A wrong password is forgotten after 60 seconds.", both, source, "BruteForceLoginManager.cs, LoginSettings.cs"},
		{"A309", "Each portal has its own settings for how many wrong passwords are allowed, within what time, and for how long calls are refused.", both, source, "LoginSettings.cs"},
		{"A310", "The refusal clears the count.", both, source, "BruteForceLoginManager.cs"},
		{"A311", "Callers with an account are counted like visitors of the same address.", both, source, "BruteForceLoginManager.cs"},
		{"A312", "Only the password call of that link is refused. The server reads the body first.", both, source, "SecurityController.cs"},
	}},
	{"Credentials", []assumption{
		{"A401", "Without credentials the switches answer 401. The password call is open.", both, source, "SettingsController.cs, SecurityController.cs"},
		{"A402", "A portal token signs in as Bearer, as the bare Authorization, or as the cookie asc_auth_key. The cookie comes first.", both, source, "CookieAuthHandler.cs, BaseStartup.cs"},
		{"A403", "A token that is not valid, or whose user is disabled, leaves the caller anonymous.", both, source, "CookieAuthHandler.cs, SecurityContext.cs"},
		{"A404", "A cookie that is not valid is deleted.", both, source, "CookieAuthHandler.cs, CookiesManager.cs"},
		{"A405", "Basic signs in by e-mail address and password. Every answer to it has a challenge. A wrong address or password leaves the caller anonymous.", both, source, "BasicAuthHandler.cs"},
		{"A406", "Basic that cannot be read is answered with 500 everywhere.", both, source, "BasicAuthHandler.cs"},
		{"A407", "An API key signs in only as Bearer. It has the rights of its user.", both, source, "ApiKeyBearerAuthHandler.cs, BaseStartup.cs"},
		{"A408", "An API key needs files:read or files:write to read, and files:write to change. Otherwise the answer is 403, empty at the switches and a problem elsewhere.", both, source, "AuthorizationExtension.cs, ApiKeyScopesFilter.cs"},
		{"A409", "An API key that is unknown, expired, inactive or of a disabled user is answered with 403 and a problem where anonymous callers are not refused, and with 401 elsewhere.", both, source, "ApiKeyBearerAuthHandler.cs, ApiKeyScopesFilter.cs"},
		{"A410", "An access token needs the GUID of a user as sub. Otherwise the answer is 401 with a body, everywhere.", both, source, "JwtBearerAuthHandler.cs"},
		{"A411", "The scopes of an access token are checked only at the switches.", both, source, "AuthorizationExtension.cs, ScopesAuthorizationHandler.cs"},
		{"A412", "Credentials are checked before the body.", both, source, "BaseStartup.cs"},
		{"A413", "The scopes of an access token can be one text, separated by blanks.", both, ours, "as OAuth 2.0 has it; how the server reads it was not traced"},
		{"A414", "An access token that has expired, or whose user is unknown or disabled, leaves the caller anonymous.", both, source, "JwtBearerAuthHandler.cs"},
	}},
	{"Routing and headers", []assumption{
		{"A501", "The server finds a path in any letter case, with escapes, with a slash at the end, and under version 2 as well as 2.0.", both, source, "DefaultRoute.cs, PathTokenizer.cs (aspnetcore), DictionaryJumpTable.cs (aspnetcore)"},
		{"A502", "Another method, also HEAD and OPTIONS, is answered with 405, Allow and no body.", v372, source, "HttpMethodMatcherPolicy.cs (aspnetcore)"},
		{"A503", "Another method, also HEAD and OPTIONS, is answered with 405, Allow and an ErrorApiResponse.", documented, ours, "the reference has no 405; the shape is that of its other errors"},
		{"A504", "A path that does not exist is answered with 404 and no body.", v372, source, "DefaultRoute.cs, BaseStartup.cs"},
		{"A505", "A path that does not exist is answered with 404 and an ErrorApiResponse.", documented, ours, "the reference has no 404 for these; the shape is that of its other errors"},
		{"A506", "One unknown segment below files is read as the id of a folder: 404 with a body.", both, source, "FoldersController.cs"},
		{"A507", "Every answer has Server-Timing. The answers of a call have api-supported-versions.", both, source, "BaseStartup.cs"},
		{"A508", "Any origin may read answers, also errors, without credentials.", both, source, "DynamicCorsPolicyProvider.cs, appsettings.json"},
		{"A509", "A preflight request is answered with 204 and allows what it asks for, before credentials are checked.", both, source, "DynamicCorsPolicyProvider.cs, BaseStartup.cs"},
		{"A510", "The server is Kestrel. It keeps only the answers of exceptions out of caches.", both, source, "WebHostExtensions.cs, ResponseWrapper.cs"},
		{"A511", "The answer of an exception has none of the cookies and headers that were set before.", both, source, "ExceptionHandlerMiddleware.cs (aspnetcore)"},
		{"A512", "Links have the host and the scheme that a proxy on the same machine reports.", both, source, "BaseStartup.cs"},
	}},
	{"The fake itself", []assumption{
		{"A601", "X-Mock-Hint is there exactly where the other profile would answer differently.", both, ours, "docs/server.md"},
		{"A602", "A call that a portal has and the fake does not have is answered with 404 and a hint that says so.", both, ours, "docs/server.md"},
		{"A603", "A body of more than 1 MiB is refused: 413.", both, ours, "a portal takes 100 MiB (Program.cs)"},
		{"A604", "Every exchange matches openapi.yaml in both directions, and every answer has the headers of its kind.", both, ours, "openapi.yaml"},
		{"A605", "A reset brings back the portal and clears the counts.", both, ours, "docs/control.md"},
		{"A606", "The log shows no secret.", both, ours, "docs/server.md"},
		{"A607", "Portals on the same server have their own links and cookies.", both, ours, "docs/control.md"},
		{"A608", "The fake answers every recorded request as the server did, but for the exceptions that name a gap.", v372, executed, strings.Join(recordedNames(), "; ")},
	}},
	{clientTopic, []assumption{
		{"A701", "The client reads the settings and the sharing policy.", both, ours, "docs/client.md"},
		{"A702", "The client switches at either profile, because it sends both names.", both, ours, "docs/client.md"},
		{"A703", "The client reports a value in force that differs from the one it asked for.", both, ours, "docs/client.md"},
		{"A704", "The client changes both switches in the order that works. It says what is in force after a failure halfway.", both, ours, "docs/client.md"},
		{"A705", "The client signs in with an API key, a portal token, or e-mail address and password.", both, ours, "docs/client.md"},
		{"A706", "The client reports refusals as typed errors: no credentials, no role, no scope.", both, ours, "docs/client.md"},
		{"A707", "The client reports the outcome of a link by the error.", both, ours, "docs/client.md"},
		{"A708", "The client reports too many attempts. It does not send the attempt that would lock the link.", both, ours, "docs/client.md"},
		{"A709", "A visitor whom a link has let in stays in, because the client keeps the portal's cookies.", both, ours, "docs/client.md"},
	}},
	{"Too many requests", []assumption{
		{"A801", "Requests beyond the limit of a sliding minute are refused: 429 with an ErrorApiResponse, Retry-After and X-RateLimit-*.", documented, reference, pageRateLimits},
		{"A802", "Requests beyond the limit of a sliding minute are refused: 429 with X-RateLimit-* and no body.", v372, source, "RateLimiterSettings.cs, BaseStartup.cs"},
		{"A803", "Requests are counted for each user, whatever the credentials and the address are.", both, source, "BaseStartup.cs"},
		{"A804", "Requests without an account are counted for each address of a connection, before the server asks for credentials.", both, source, "BaseStartup.cs"},
		{"A805", "Credentials that cannot be read are answered before requests are counted.", both, source, "BaseStartup.cs"},
		{"A806", "Preflight requests are not counted.", both, source, "BaseStartup.cs"},
		{"A807", "POST and PUT have a limit for each day. The day is a fixed window.", both, source, "RateLimiterSettings.cs"},
		{"A808", "The limit of the minute is checked before that of the day.", both, source, "BaseStartup.cs"},
		{"A809", "Requests that write have a limit of how many run at the same time.", both, source, "RateLimiterSettings.cs"},
		{"A810", "Requests that read have their own limit of how many run at the same time.", both, source, "RateLimiterSettings.cs"},
		{"A811", "A fresh portal does not limit requests.", both, source, "appsettings.json"},
	}},
	{"Steering the fake", []assumption{
		{"A901", "The clock stands still where it is frozen. It moves by the time that it is advanced, and goes on from there when it is resumed. Links and keys expire by it.", both, ours, controlContract},
		{"A902", "A fault comes in place of the call, which has no effect. It applies only to its operation, and as often as it says.", both, ours, controlContract},
		{"A903", "A fault of kind status has the body that the profile has for it. The kind rateLimit is 429 with Retry-After. The kind proxy is a page in HTML.", both, ours, controlContract},
		{"A904", "A fault that damages the answer (truncated, malformed, empty, another content type) does not undo the effect of the call.", both, ours, controlContract},
		{"A905", "A fault of kind reset or hang gives no answer, and the call has no effect.", both, ours, controlContract},
		{"A906", "A fault with `header` applies only to requests that name it. X-Mock-Fault in the answer names the fault.", both, ours, controlContract},
		{"A907", "The first matching fault that is not used up is applied. A delay is applied together with those after it.", both, ours, controlContract},
		{"A908", "A fault with a probability applies to the same requests again when the seed is the same.", both, ours, controlContract},
		{"A909", "Faults come before credentials, bodies and limits. They apply only to the four calls.", both, ours, controlContract},
		{"A910", "The journal has every request to the portal in order, with operation, caller, status and hint. It does not have calls of the control API.", both, ours, controlContract},
		{"A911", "Each parameter filters the journal, and the count in the same way. The journal does not use the numbers of forgotten requests again.", both, ours, controlContract},
		{"A912", "The journal shows no secret.", both, ours, controlContract},
		{"A913", "A request that does not match openapi.yaml gets the profile's answer with X-Mock-Contract. The journal says what is wrong and where.", both, ours, "docs/control.md"},
		{"A914", "A snapshot brings back the portal, and limits count from zero. It does not change clock, faults and journal, nor the state that a reset brings back.", both, ours, controlContract},
		{"A915", "The state can be read, replaced, and changed by a merge patch. A null in the patch gives the value of a fresh portal.", both, ours, controlContract},
		{"A916", "Links, users, API keys and entries can be added, changed and removed. The change counts from the next request on.", both, ours, controlContract},
		{"A917", "A named portal is reached by its path, by X-Mock-Portal, and by its host. It has its own state, clock, faults, journal and limits. After it is deleted the answer is 404.", both, ours, controlContract},
		{"A918", "A call that breaks the control contract is answered with 400, an object that does not exist with 404, a conflict with 409. Each refusal is one line and changes nothing.", both, ours, controlContract},
		{"A919", "The control API refuses requests that a web page of another site can have sent: 403.", both, ours, controlContract},
		{"A920", "A reset also ends faults, empties the journal and resets the clock. Snapshots stay.", both, ours, controlContract},
		{"A921", "Values that a portal leaves out are as on a fresh one: a link leads to the first entry, an entry is in rooms or documents, and each number of a limit is filled in by itself.", both, ours, "docs/server.md"},
		{"A922", "With `--contract enforce` a request that does not match openapi.yaml is refused with 400, unless it is refused for another reason, and has no effect.", both, ours, "docs/control.md"},
	}},
}

// unsure holds the part of a claim that is only the best reading of a source, or that follows from the source without
// being stated there.
var unsure = map[string]string{
	"A109": "the wording and the position in the messages",
	"A111": "the key for a chunked body that is empty",
	"A116": "that the envelope says 0 and 200, which follows from the order of the filters",
	"A128": "the byte order mark is skipped by .NET's JSON library",
	"A215": "the wording and the position in the messages",
	"A230": "that the owner and administrators may read every room",
	"A411": "how scopes in one text are read, see A413",
	"A501": "that version 2 is 2.0; a proxy in front may know only 2.0",
	"A502": "that API versioning does not answer first",
	"A507": "api-supported-versions on a 400 and a 415",
	"A508": "hosted portals may be configured otherwise",
	"A802": "Retry-After, which differs between versions of the limiter",
	"A810": "X-RateLimit-* of the limits of requests that run at the same time",
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

// holds gives the labels of a spec that shows an assumption: its number and its evidence. Where the profiles differ, a spec
// names one assumption for each profile, and shows the one of the target's profile.
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
