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
	executed  = "executed"  // the server of tag v3.7.2-server was run and answered so; the citation is the recorded or noted case
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
	allProfiles = mockserver.ProfileNames()
	documented  = []string{mockserver.ProfileDocumented}
	servers     = []string{mockserver.ProfileV372, mockserver.ProfileV38, mockserver.ProfileNext} // the server, and what it is to become

	recordedServer = []string{mockserver.ProfileV372}
	partitioned    = []string{mockserver.ProfileV38, mockserver.ProfileNext}
	beforeNext     = []string{mockserver.ProfileDocumented, mockserver.ProfileV372, mockserver.ProfileV38}
	next           = []string{mockserver.ProfileNext}
)

// Pages of the published documentation.
const (
	page           = "configure-external-file-sharing-settings"
	pageSettings   = "API reference, getFilesSettings"
	pageSwitches   = "API reference, externalShare and externalShareSocialMedia"
	pagePassword   = "API reference, applyExternalSharePassword"
	pagePolicy     = "API reference, changeExternalSharingSettings"
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
		{"A001", "A success is an envelope with response, count, links, status 0 and statusCode, in this order. Its link is the address of the request: its path decoded, its query as it was sent.", allProfiles, executed, "framework.json: F001, F713, F668, F714, F1046, F1049, F1050, F1052, F1056, F1093"},
		{"A002", "The settings have 64 properties in the order of the DTO.", allProfiles, executed, "bodies.json: body-Z2-0522"},
		{"A003", "A fresh portal has the initial values of the server and of its shipped configuration.", allProfiles, executed, "bodies.json: body-Z2-0522"},
		{"A004", "The settings are refused without credentials: 401.", documented, reference, pageSettings},
		{"A005", "The server answers the settings without credentials. Neutral constants replace the portal's values.", servers, executed, "bodies.json: body-Z2-0385"},
		{"A006", "A caller who is not signed in sees external sharing as on, whatever the portal's state is.", servers, executed, "framework.json: F1414, F1433, F1567"},
		{"A007", "`fields` keeps only the properties that it names exactly. An unknown or empty name keeps nothing.", allProfiles, executed, "framework.json: F1093, F1094, F1096, F1097, F1098, F1099, F1100, F1108, F1109, F1117, F1135, F1137, F1138, F1142, F1143, F1147, F1157, F1159, F1165, F1606"},
		{"A008", "`fields` reaches into nested objects. It shows their properties under the names that these have in C#.", allProfiles, executed, "framework.json: F1110, F1112, F1113, F1114, F1115, F1120, F1121, F1122, F1145, F1604, F1607"},
		{"A009", "`count`, `startIndex`, `sortBy` and `filterValue` have no effect.", allProfiles, executed, "framework.json: F1194, F1195, F1196, F1197, F1198, F1199, F1200, F1201, F1203, F1207, F1208"},
		{"A010", "A 200 has X-RateLimit-Limit, -Remaining and -Reset.", documented, reference, pageRateLimits},
		{"A011", "A 200 never has X-RateLimit-*.", servers, executed, "framework.json: F001; sharing.json: VA001, VB001, VD001, VD017"},
		{"A012", "The answer is JSON whatever Accept says, never 406. It is text/json when Accept prefers a bare text/json or text/*. Problems and exceptions do not look at Accept.", allProfiles, executed, "framework.json: F494, F495, F496, F497, F499, F500, F501, F503, F504, F505, F507, F508, F510, F512, F513, F515, F518, F519, F520, F521, F522, F524, F525, F526, F530, F532, F533, F535, F537, F538, F544, F546, F547, F552, F553, F558, F559, F560, F414"},
		{"A013", "People with an account see each switch and the rest of the sharing policy as it is stored. Others who get an answer see only `enableThirdParty` as it is stored.", allProfiles, source, "FilesSettings.cs"},
		{"A014", "`extsConvertible` and the other lists have their extensions in the server's order.", servers, executed, "bodies.json: body-Z2-0385, body-Z2-0522"},
		{"A015", "A name with a dot and anything after it keeps a plain property, a list or a dictionary whole.", servers, executed, "framework.json: F1105, F1107, F1124, F1125, F1129, F1146; bodies.json: body-Z2-0863"},
		{"A016", "`fields[]` comes before `fields`. One `fields` is split at its commas, several are not. A semicolon and a malformed escape are ordinary characters.", servers, executed, "framework.json: F1152, F1154, F1155, F1160, F1161, F1162, F1164, F1582, F1583, F1584, F1585, F1587, F1588, F1589, F1590, F1591, F1592, F1594, F1595, F1598, F1600, F1601, F1608"},
		{"A017", "`fields` filters problems in an envelope too. The trace id is under `extensions` then. Problems without an envelope and exceptions stay whole.", servers, executed, "framework.json: F1181, F1183, F1185, F1186, F1187, F1191, F1192, F1193; bodies.json: body-Z2-0321"},
		{"A018", "Visitors of a link read the settings: 200 with the neutral constants. They send a key that leads somewhere as Request-Token or as `share`.", documented, reference, pageSettings},
		{"A019", "`extsFilesVectorized` also has `.md` and `.json`, and `maxVectorizationFileSize` is 31457280.", next, source, "appsettings.json (develop)"},
	}},
	{"The two switches", []assumption{
		{"A101", "The answer is the value that is now in force.", allProfiles, executed, "framework.json: F001, F002"},
		{"A102", "The same call gets the same answer again.", allProfiles, executed, "sharing.json: VB001, VB002; random.json: Z2-0168"},
		{"A103", "`set` switches. Its name is read in any letter case and with escapes. The last of two wins. Other properties are ignored.", allProfiles, executed, "framework.json: F001, F002, F005, F006, F007, F008, F010, F014, F015, F016, F020, F021, F023, F024, F026, F027, F028, F153, F165, F315, F1295, F1304, F1305, F1306"},
		{"A104", "A body without `set` switches off. The answer is 200.", servers, executed, "framework.json: F003, F025, F316; bodies.json: body-Z2-0045"},
		{"A105", "A body with neither `displayValue` nor `set` is refused: 400.", documented, ours, "the fake protects from a switch that nobody meant"},
		{"A106", "`displayValue` is ignored, whatever its value is.", servers, executed, "framework.json: F011"},
		{"A107", "`displayValue` switches in the same way as `set`.", documented, reference, page},
		{"A108", "A body in which `displayValue` and `set` differ is refused: 400.", documented, ours, "the page and the reference know one name each"},
		{"A109", "A value that is not a boolean is refused with validation problems in a success envelope: 400. The key names the property, in the letter case of the sender. The place is that behind the token.", servers, executed, "framework.json: F017, F018, F030, F031, F033, F034, F035, F037, F038, F041, F043, F044, F045, F071, F076, F077, F078, F079, F081, F082, F085, F086, F087, F317, F318, F324"},
		{"A110", "A value that is not a boolean is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A111", "JSON that is malformed or not an object is refused with validation problems: 400. There is always one.", servers, executed, "framework.json: F090, F091, F092, F093, F094, F203, F204, F206, F210, F211, F319, F321, F323"},
		{"A112", "JSON that is malformed or not an object is refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A113", "A body that is missing or empty and the value null are refused with validation problems: 400. The key is empty.", servers, executed, "framework.json: F202, F238, F239, F248, F192, F263"},
		{"A114", "An empty body and null are refused with an ErrorApiResponse: 400.", documented, reference, pageErrors},
		{"A115", "The server reads `application/json`, `text/json` and what ends with `+json` below application and text. It ignores parameters, and what follows the type.", allProfiles, executed, "framework.json: F417, F418, F419, F420, F422, F424, F425, F426, F430, F431, F432, F433, F435, F465, F466, F468, F423, F458, F459, F461, F462, F478"},
		{"A116", "Any other content type, or none, is refused with a problem in a success envelope that says 0 and 200: 415.", servers, executed, "framework.json: F415, F434, F436, F437, F438, F439, F440, F441, F442, F443, F444, F446, F448, F452, F453, F454, F455, F457, F460, F463, F467, F470, F472, F474, F476, F477, F479, F485, F489, F490, F491, F492, F400; policy.json: VF041"},
		{"A117", "Any other content type, or none, is refused with an ErrorApiResponse: 415.", documented, ours, "the reference has no 415; the shape is that of its other errors"},
		{"A118", "`fields` has no effect because the answer is not an object.", allProfiles, executed, "framework.json: F1189, F1609; bodies.json: body-Z2-0045, body-Z2-0168"},
		{"A119", "The owner and DocSpace administrators may use the switches. Anybody else with an account is refused: 403 with message, type and stack.", allProfiles, executed, "framework.json: F001, F401, F402, F412, F414, F542; bodies.json: body-Z2-0039, body-Z2-0321, body-Z2-0512, body-Z2-0560"},
		{"A120", "The server checks the media type and the body before it checks the role.", allProfiles, executed, "framework.json: F399, F400, F1439; policy.json: VF040"},
		{"A121", "Switching external sharing off also switches social media off.", allProfiles, executed, "sharing.json: VB169, VB170, VB185, VB186"},
		{"A122", "Switching external sharing on does not switch social media on again.", allProfiles, executed, "sharing.json: VB178, VB179, VB190, VB191"},
		{"A123", "While external sharing is off, social media stays off: 200 false. It is stored as off too.", allProfiles, source, "FilesSettings.cs"},
		{"A124", "Switching social media off does not change external sharing.", allProfiles, executed, "sharing.json: VB105, VB193, VB178"},
		{"A125", "The switches do not change the rest of the sharing policy.", allProfiles, executed, "sharing.json: VB170, VB178, VB182, VB195"},
		{"A126", "Social media stays as it is stored. It is in force only while external sharing is on.", allProfiles, source, "FilesSettings.cs"},
		{"A127", "A body is read as UTF-16 with the low byte first when its charset is utf-16, utf-16le or unicode, in any letter case and in quotes. The first charset counts.", allProfiles, executed, "framework.json: F253, F254, F255, F256, F257, F260, F262, F264, F265, F275, F276, F280, F428"},
		{"A128", "One byte order mark of UTF-8 is skipped. It does not count in positions.", allProfiles, executed, "framework.json: F245, F249, F250, F252"},
		{"A129", "A body may be nested 32 levels deep. A deeper one is refused: 400. The place is that of the bracket which opens level 33.", allProfiles, executed, "framework.json: F217, F218, F219, F221, F223, F225, F226, F227, F230, F231, F234, F237, F389, F391"},
	}},
	{"How bodies are read", []assumption{
		{"A130", "The message about malformed JSON says what was found and what was expected, in the words of .NET.", servers, executed, "framework.json: F046, F047, F050, F054, F055, F060, F062, F063, F064, F065, F067, F069, F100, F101, F102, F103, F104, F106, F107, F108, F109, F110, F117, F121, F123, F124, F130, F142, F147, F148, F149, F150, F155, F156, F161, F162, F166, F169, F170, F171, F174, F175, F176, F177, F178, F196, F198, F200, F201, F1230, F1234, F1237, F1246, F1249, F1259, F1279, F1288, F1307, F1309, F1316, F1393, F1395, F1396"},
		{"A131", "The key is the place in the object at the root: `$`, but `$.name` from the colon to the end of a value. A name with a special character stands in brackets.", servers, executed, "framework.json: F094, F095, F096, F097, F098, F152, F180, F181, F184, F185, F186, F188, F189, F1262, F1263, F1264, F1265, F1340, F1341, F1343, F1344, F1345, F1346, F1348, F1349, F1351, F1352, F1353, F1358, F1360, F1363, F1366, F1369, F1383, F1387, F1392"},
		{"A132", "The message names the line and the byte of what is wrong, from 0. Only LF ends a line. Bytes are those of UTF-8, also for UTF-16.", servers, executed, "framework.json: F076, F077, F078, F081, F082, F097, F111, F112, F113, F115, F116, F134, F240, F242, F243, F244, F260, F290, F1228, F1266, F1328, F1331, F1336"},
		{"A133", "A wrong literal is quoted with all the rest of the body.", servers, executed, "framework.json: F051, F057, F095, F190, F193, F1220, F1221, F1223, F1224, F1226, F1227, F1228, F1255, F1273, F1276, F1334, F1389"},
		{"A134", "A root that is not an object is refused by its first token, with the name of the DTO. What follows is not read, but after null and numbers.", servers, executed, "framework.json: F203, F206, F207, F210, F212, F213, F214, F363, F364, F365, F367, F368, F1238, F1330, F1331, F1332, F1335, F1336, F1338, F1339"},
		{"A135", "Bytes that are not UTF-8, and half of a surrogate pair, are read where nobody looks: in unknown values and names. In the password and in a name at the root they are refused.", servers, executed, "framework.json: F283, F284, F285, F286, F287, F288, F292, F293, F349, F377, F1387, F1388, F1390, F1391"},
		{"A136", "Other charsets are refused with 415. A charset without `=` is none. An empty one, and half of a unit of UTF-16, are answered like exceptions: 400.", servers, executed, "framework.json: F258, F261, F269, F270, F271, F274, F277, F278, F279, F281"},
		{"A137", "A form is read before its type is refused. One that cannot be read is refused with validation problems: 400. Others get 415.", servers, executed, "framework.json: F451, F487, F1407, F1408, F1411, F1413, F1416, F1418, F1419, F1420, F1421, F1422, F1423, F1424, F1426, F1430, F1431, F1432, F1434, F1436, F1437, F1438, F1439"},
		{"A138", "The settings do not read a body.", servers, executed, "framework.json: F394, F395, F1414, F1433"},
		{"A139", "Content-Encoding is ignored.", servers, executed, "framework.json: F481, F482, F483"},
		{"A140", "A Content-Length of more than 100 MiB is refused at once with 500. Callers without credentials get 401.", servers, source, "Program.cs, HttpRequestStream.cs (aspnetcore)"},
		{"A141", "A body in damaged chunks is answered with 500.", servers, source, "Http1ChunkedEncodingMessageBody.cs (aspnetcore)"},
	}},
	{"The password of a link", []assumption{
		{"A201", "A key that no link has is answered with 200 and Invalid, never with 404. So is the key of a link that is gone.", allProfiles, executed, "sharing.json: VD061, VD066, VD109, VD155, VD169, VD176"},
		{"A202", "A link whose time is over is Expired, whatever the password is.", allProfiles, executed, "sharing.json: VD043, VD044, VD047, VD048"},
		{"A203", "An internal link denies visitors. The answer is ExternalAccessDenied and describes nothing.", allProfiles, executed, "sharing.json: VD031, VD035, VD036, VD037, VD042"},
		{"A204", "For people with an account an internal link is like any other.", allProfiles, executed, "sharing.json: VD032, VD033, VD034, VD039, VD040"},
		{"A205", "A link without a password is open, whatever is posted.", allProfiles, executed, "sharing.json: VD025, VD030, VD049, VD053, VD054, VD059"},
		{"A206", "The right password opens the link. Its property is read in any letter case. Other properties are ignored.", allProfiles, executed, "sharing.json: VD001, VD124, VD125, VD144; random.json: Z2-0081"},
		{"A207", "A password is compared exactly, with its letter case and its blanks. The answer to a wrong one is InvalidPassword and describes nothing.", allProfiles, executed, "sharing.json: VD009, VD115, VD116, VD117, VD145"},
		{"A208", "No password, null and an empty one are answered with RequiredPassword. The answer describes the entry.", allProfiles, executed, "sharing.json: VD017, VD096, VD102, VD118, VD119, VD121"},
		{"A209", "The members of a room need no password for its link. For folders and files everybody needs one.", allProfiles, executed, "sharing.json: VD021, VD096, VD102; random.json: Z2-0261, Z2-0707"},
		{"A210", "A link whose entry does not exist is Invalid. The answer describes nothing.", allProfiles, source, "ExternalLinkHelper.cs"},
		{"A211", "A link whose entry is in the trash or in the archive is Invalid. The answer describes the entry. A wrong password is found first.", allProfiles, executed, "sharing.json: VD067, VD068, VD071, VD072, VD075, VD077"},
		{"A212", "An open link is answered with the DTO in its order. Properties that are null are left out.", allProfiles, executed, "sharing.json: VD001, VD049, VD085, VD097"},
		{"A213", "Rooms and folders are type 1, and isRoom tells them apart. Files are type 2.", allProfiles, executed, "sharing.json: VD001, VD085, VD092, VD097, VD104"},
		{"A214", "`isRoomMember` is true only for who was invited to the room, also at the link of a folder in it and of a room in the archive. It is false for who made the room, and at the link of a file.", allProfiles, executed, "sharing.json: VD002, VD004, VD005, VD021, VD069, VD105; random.json: Z2-0707"},
		{"A215", "A body that cannot be read is refused with validation problems: 400. It does not count as an attempt. An empty one is reported under RequestParam.", servers, executed, "framework.json: F334, F335, F336, F339, F340, F341, F344, F345, F346, F353, F354, F355, F356, F357, F358, F359, F360, F362, F363, F369, F370, F371, F372, F373, F376, F381, F382, F383, F384, F388, F392, F393"},
		{"A216", "A body that cannot be read is refused with an ErrorApiResponse: 400. It does not count as an attempt.", documented, reference, pageErrors},
		{"A217", "`fields` filters the answer.", allProfiles, executed, "framework.json: F1173, F1175, F1180, F1188"},
		{"A218", "While external sharing is off and existing links are blocked, visitors are denied. The answer is ExternalAccessDenied and describes the entry.", allProfiles, executed, "random.json: Z2-0521"},
		{"A219", "The server checks the restriction after the password. It remembers a right password. It asks for a missing one as usual.", allProfiles, executed, "random.json: Z2-0521, Z2-0827"},
		{"A220", "The restriction does not apply to people with an account.", allProfiles, executed, "random.json: Z2-0588, Z2-0707"},
		{"A221", "A right password sets a cookie that is named sharelink and the id of the link. An open link sets anonymous_session_key. Both are HttpOnly and last for the session. The deletion of a token that is not valid comes before them.", allProfiles, executed, "sharing.json: VD001, VD025, VD220; credentials.json: cK-K150, cK-K157"},
		{"A222", "Over https the cookies are Secure and SameSite=None, as installers set it, or as the portal says. Over http None is Strict. The scheme is that of `origin` in the query, or else that of the request, which the links in answers show.", allProfiles, source, "CookiesManager.cs"},
		{"A223", "People with an account get no anonymous_session_key. Callers who have a session get none either.", allProfiles, executed, "sharing.json: VD002, VD026, VD221, VD222; credentials.json: cK-K151, cK-K152"},
		{"A224", "A remembered password, in a cookie or a header, opens the link, whatever is posted.", allProfiles, executed, "sharing.json: VD191, VD192, VD193, VE025, VE026; credentials.json: cK-K101"},
		{"A225", "A wrong password deletes the cookie of a remembered password that does not match.", allProfiles, executed, "sharing.json: VD195; credentials.json: cK-K105, cK-K108, cS-S13, cS-S14"},
		{"A226", "A password that the owner or an administrator sends becomes the password of the link.", documented, reference, page},
		{"A227", "A password that the owner or an administrator sends is checked like anybody's. It is never set.", servers, executed, "sharing.json: VD002, VD010, VD011, VD018"},
		{"A228", "A password that anybody else sends is checked. It is never set.", allProfiles, executed, "sharing.json: VD005, VD009, VD013, VD014"},
		{"A229", "The password call never removes a link's password.", allProfiles, executed, "sharing.json: VD017, VD118, VD119, VD121"},
		{"A230", "Everybody who may read a room needs no password for its link: its members, its creator, the owner and administrators. The answer does not describe the link.", allProfiles, executed, "sharing.json: VD018, VD019, VD020, VD021; credentials.json: cK-K001D"},
		{"A231", "A portal makes keys of 111 characters. A key is the signed id of the link. The id alone opens nothing.", allProfiles, executed, "sharing.json: VD001, VD025, VD085, VD169, VD176"},
		{"A232", "A signed token with the password opens the link, in the header Request-Token or in `share` of the query. It may be the token of another link with the same password. In place of the key only the link in it counts.", allProfiles, executed, "sharing.json: VD182, VD188, VD189, VE069; credentials.json: cK-K136, cK-K138"},
		{"A233", "A password that is set is remembered for the caller who set it. It makes the passwords that others have remembered invalid.", documented, ours, "the page says that it is set, and no more"},
		{"A234", "A link keeps its password when its time is over, and when its entry does not exist or is in the trash or in the archive.", allProfiles, ours, "there is nothing that another one could protect"},
		{"A235", "A password of more than 255 characters is not set: 400.", documented, ours, "no portal stores one (FileLinkRequestDto.cs)"},
		{"A236", "The password of an internal link or of a restricted one can be set.", documented, ours, "the page says that it is set, and no more"},
		{"A237", "The cookie of a link holds its signed password. The cookie of a visitor holds a signed GUID that is new each time.", allProfiles, executed, "sharing.json: VD001, VD030, VD191; credentials.json: cK-K150"},
		{"A240", "With = or a blank at its end a signed key opens the same link. With two =, or with another last letter, it opens none.", allProfiles, executed, "sharing.json: VD161, VD164; credentials.json: cK-K141, cK-K142, cK-K143"},
		{"A241", "Keys, tokens and remembered passwords are signed with docDbKey. Two portals with the same one make the same keys.", allProfiles, executed, "sharing.json: VD170, VD182, VD191; credentials.json: cK-K120, cK-K101"},
		{"A242", "People with an account who have opened another link of a room may read the room, and so may those who bring such a link. Only the last link that they opened counts, and it must still open.", allProfiles, source, "FileSecurity.cs, ExternalLinkHelper.cs"},
		{"A243", "A folder or file is where its parent is: in a room, in personal documents, in the archive or in the trash. A room and a file may have the same id.", allProfiles, executed, "sharing.json: VD069, VD075, VD085, VD097, VD105"},
		{"A244", "The first place that has a remembered password decides: the header of the link, then its cookie, then Request-Token, then `share`. A header that is empty hides the cookie.", allProfiles, executed, "sharing.json: VE021, VE033, VE037, VE041, VE045, VE049"},
		{"A245", "Over https with SameSite=None a cookie is also Partitioned.", partitioned, executed, "noted: cookies of release/v3.8.0"},
		{"A246", "A cookie is deleted once as before, over https once more as Partitioned, and with a base domain in the same ways for that domain.", partitioned, executed, "noted: cookies of release/v3.8.0"},
		{"A247", "The cookies of a link are for the base domain when the host in Origin ends with it and is not that of the request. Deletions never are.", allProfiles, executed, "credentials.json: cS-S05, cS-S06, cS-S07, cS-S11, cS-S17, cK-K072"},
		{"A248", "As the installers set it, the cookies of a link are Secure and SameSite=None over https, and SameSite=Strict over http. An `origin` in the query decides which of them.", allProfiles, executed, "sharing.json: VD211, VD213; credentials.json: cS-S01, cS-S02, cS-S03, cS-S04"},
		{"A249", "People with an account who bring an open link of a room, as Request-Token or in `share`, need no password for the other links of the room.", allProfiles, executed, "sharing.json: VD209, VD210"},
	}},
	{"Too many wrong passwords", []assumption{
		{"A301", "After five wrong passwords every further call is refused, also with the right password: 403, without Retry-After.", allProfiles, executed, "noted: L101–L126"},
		{"A303", "Only wrong passwords are counted, and passwords while they are checked. A right one does not take them back.", allProfiles, executed, "noted: L131–L139, L210–L260, L280–L289"},
		{"A304", "Wrong passwords are counted for each text of a key, in any letter case. The key with = at its end has a count of its own.", allProfiles, executed, "noted: L180–L188"},
		{"A305", "Wrong passwords are counted for each client address.", allProfiles, executed, "noted: L151–L173"},
		{"A306", "The query parameter request-x-real-ip is taken for the client address, whatever text it is. Several of them are joined.", allProfiles, executed, "noted: L151–L173"},
		{"A307", "The refusal lasts 60 seconds. Further calls do not extend it. The count begins at zero afterwards.", allProfiles, executed, "noted: L101–L126"},
		{"A308", "A wrong password is forgotten when 60 seconds are over, not later.", allProfiles, executed, "noted: L196–L206"},
		{"A309", "Each portal has its own settings for how many wrong passwords are allowed, within what time, and for how long calls are refused.", allProfiles, source, "LoginSettings.cs"},
		{"A310", "The refusal clears the count.", allProfiles, executed, "noted: L101–L126"},
		{"A311", "Callers with an account are counted like visitors of the same address.", allProfiles, executed, "noted: L270–L275"},
		{"A312", "Only the password call of that link is refused. The server reads the body first.", allProfiles, executed, "noted: L101–L126"},
	}},
	{"Credentials", []assumption{
		{"A401", "Without credentials the switches answer 401. The password call is open.", allProfiles, executed, "framework.json: F396, F397, F398, F742"},
		{"A402", "A portal token signs in as Bearer, as the bare Authorization, or as the cookie asc_auth_key. The cookie comes first.", allProfiles, executed, "credentials.json: cH-H160A, cH-H161B, cK-K001B, cK-K053B, cK-K055B, cK-K062B"},
		{"A403", "A token that is not valid, or whose user is disabled, leaves the caller anonymous.", allProfiles, executed, "sharing.json: VB093; credentials.json: cH-H165B, cH-H174B, cK-K003D, cK-K004B"},
		{"A404", "A cookie that is not valid is deleted, and so is socketio.sid. When the header selects Basic, an API key or an access token, the cookies are neither read nor deleted.", beforeNext, executed, "credentials.json: cK-K035B, cK-K036A, cK-K050A, cK-K051A, cK-K056B, cK-K057B"},
		{"A405", "Basic signs in by e-mail address and password. Blanks in the base64 do not matter. Every answer to it has a challenge. A wrong address or password leaves the caller anonymous.", allProfiles, executed, "sharing.json: VA023, VA024; credentials.json: cH-H121B, cH-H123B, cH-H197"},
		{"A406", "Basic that is not base64, or has no colon, is answered with 500 everywhere.", allProfiles, executed, "sharing.json: VA025, VA026; credentials.json: cH-H124D, cH-H125B, cH-H194, cH-H195"},
		{"A407", "An API key signs in only as Bearer. It has the rights of its user.", allProfiles, executed, "sharing.json: VA015, VB095; credentials.json: cH-H014B, cH-H023B, cH-H034B, cH-H037B"},
		{"A408", "An API key needs files:read or files:write to read, and files:write to change. Otherwise the answer is 403, empty at the switches and the policy, and a problem elsewhere.", allProfiles, executed, "framework.json: F404, F405, F407, F409, F411; bodies.json: body-Z2-0047; policy.json: VF008, VF009, VF010"},
		{"A409", "An API key that is unknown, expired, inactive or of a disabled user is answered with 403 and a problem where anonymous callers are not refused, and with 401 elsewhere. A second blank after Bearer belongs to the key.", allProfiles, executed, "credentials.json: cH-H016B, cH-H016D, cH-H024A, cH-H024B, cH-H025B, cH-H027A"},
		{"A410", "An access token needs the GUID of a user as sub, in any form that .NET reads. Otherwise the answer is 401 with a body, everywhere.", allProfiles, executed, "noted: H090–H098"},
		{"A411", "The scopes of an access token are checked only at the switches.", allProfiles, executed, "noted: H080–H089"},
		{"A412", "Credentials are checked before the body.", allProfiles, executed, "framework.json: F396, F397, F1438; routes.json: VR059, VR060"},
		{"A413", "The scopes of an access token are compared whole, with their letter case: a text is one scope, also when it has blanks. The name of the claim has any letter case.", allProfiles, executed, "noted: H080–H089"},
		{"A414", "An access token that has expired or not begun, or that never expires, leaves the caller anonymous, and so does one whose user is unknown or disabled. Two minutes do not matter. This is checked before sub.", allProfiles, executed, "noted: H070–H077, H099–H102"},
		{"A415", "The scheme needs its letter case and one blank: Basic, Bearer with sk- or with three or five parts of base64url. Anything else is taken for a portal token.", allProfiles, executed, "credentials.json: cH-H014B, cH-H017B, cH-H039A, cH-H139A, cH-H141B, cH-H152B"},
		{"A416", "Several Authorization headers are one text with commas, without the empty ones.", allProfiles, executed, "credentials.json: cH-H004A, cH-H007A, cH-H009B, cH-H010A, cH-H012A, cH-H013B"},
		{"A417", "A portal token may have escapes, once more in a cookie. Bearer anywhere in it takes its first seven letters away.", allProfiles, executed, "credentials.json: cH-H163D, cH-H166D, cH-H170B, cK-K024B, cK-K026B, cK-K032B"},
		{"A418", "The name of a cookie has any letter case, and the last value that is not empty wins. A cookie that breaks the grammar is as one that was not sent.", allProfiles, executed, "credentials.json: cK-K009A, cK-K012B, cK-K014B, cK-K018B, cK-K023A, cK-K037B"},
		{"A419", "What has the form of an access token and cannot be read is answered with 400 everywhere, without Access-Control-Allow-Origin. A portal that does not reach its identity service answers 403 instead.", allProfiles, executed, "noted: H044–H052, H111, H201, H300–H330"},
		{"A420", "Without `identity` in the portal, the signature, algorithm, issuer and audience of an access token are not checked. With it they are: RS256 or ES256, by a key of the set, for the audience.", allProfiles, ours, "a portal asks its identity service"},
		{"A421", "A cookie that is not valid is deleted where an account is needed and at paths that do not exist. On the settings call, the password call and where a link leads it is left alone.", next, executed, "noted: cookies of develop"},
		{"A422", "Credentials in another place do not count: Proxy-Authorization, X-Api-Key, headers that are named as a cookie, and the query.", allProfiles, executed, "credentials.json: cH-H180A, cH-H180B, cH-H181A, cH-H182B, cH-H183B, cH-H191"},
	}},
	{"Routing and headers", []assumption{
		{"A501", "The server finds a path in any letter case, with escapes, with one slash at the end, and without dot segments. Its version is any spelling of 2.0.", allProfiles, executed, "framework.json: F668, F669, F672, F673, F684, F686, F695, F696, F697, F698, F699, F713, F714, F717, F723, F1459, F1460, F1461, F1463, F1472, F1480, F1491, F1499, F1500"},
		{"A502", "Another method, also HEAD and OPTIONS, is answered with 405, Allow and no body. The letter case of a method does not matter.", servers, executed, "framework.json: F561, F562, F563, F564, F565, F566, F567, F568, F569, F573, F574, F577, F578, F579, F580, F581, F582, F583, F584, F585, F588, F593, F598, F601, F602, F603, F604, F605, F608, F413, F687, F789, F810, F1489, F1507, F1517"},
		{"A503", "Another method, also HEAD and OPTIONS, is answered with 405, Allow and an ErrorApiResponse.", documented, ours, "the reference has no 405; the shape is that of its other errors"},
		{"A504", "A path that does not exist is answered with 404 and no body, also one with two slashes in a row and one with another version.", servers, executed, "framework.json: F662, F663, F664, F665, F666, F671, F674, F675, F676, F677, F679, F681, F682, F683, F688, F690, F694, F701, F702, F703, F705, F708, F711, F721, F722, F724, F725, F728, F729, F819, F820, F822, F1464, F1465, F1466, F1473, F1474, F1477, F1478, F1481, F1482, F1485, F1492, F1496, F1502, F1504, F1505, F1511"},
		{"A505", "A path that does not exist is answered with 404 and an ErrorApiResponse.", documented, ours, "the reference has no 404 for these; the shape is that of its other errors"},
		{"A506", "One unknown segment below files is read as the id of an entry: 403 with a body to callers without an account, 404 with a body to others.", allProfiles, executed, "bodies.json: body-Z2-0198, body-Z2-0272, body-Z2-0375"},
		{"A507", "Every answer has Server-Timing. A success and the answer of an exception within a call have api-supported-versions, others do not.", allProfiles, executed, "framework.json: F001, F401, F795, F090, F396, F404, F407, F415, F561, F617, F725, F278, F644, F1471"},
		{"A508", "Any origin may read answers, also errors, without credentials.", allProfiles, executed, "framework.json: F635, F636, F637, F638, F640, F641, F642"},
		{"A509", "A preflight request is answered with 204 and allows what it asks for, before credentials are checked, at any path. The lists of headers are joined without blanks.", allProfiles, executed, "framework.json: F617, F618, F619, F620, F622, F623, F624, F625, F627, F628, F629, F632, F633"},
		{"A510", "The server is Kestrel. It keeps only the answers of exceptions out of caches.", allProfiles, source, "WebHostExtensions.cs, ResponseWrapper.cs"},
		{"A511", "The answer of an exception has none of the cookies and headers that were set before.", allProfiles, executed, "sharing.json: VA025; credentials.json: cH-H125B; random.json: Z2-0116, Z2-0456"},
		{"A512", "Links have the host and the scheme that a proxy on the same machine reports, whatever scheme that is. Of a list the first counts when all addresses in X-Forwarded-For are known, and the last when one is not.", allProfiles, executed, "framework.json: F1059, F1060, F1061, F1063, F1064, F1065, F1066, F1068, F1071, F1072, F1073, F1074, F1075, F1077, F1078, F1079, F1080, F1081, F1083, F1084, F1085, F1086, F1087"},
		{"A513", "An Origin that is not an address is answered with 500 everywhere, as the portals of installers do, and without Access-Control-*.", servers, executed, "framework.json: F644, F645, F648, F650, F657, F659, F660, F1542, F1547, F1555, F1556, F1557, F1561, F1562, F1563, F1564, F646, F653, F654, F655, F656, F658"},
		{"A514", "A Host that is not an address is answered with 500.", servers, executed, "credentials.json: cX-X093B"},
		{"A515", "A key is decoded once. `%2F` and malformed escapes stay as they were sent.", servers, executed, "framework.json: F745, F746, F747, F748, F750, F751, F753, F754, F755, F758, F776, F778, F780, F781, F782, F783, F784, F786, F791, F1510, F1537, F1538"},
		{"A516", "A key of blanks only is answered with 500.", servers, executed, "framework.json: F392, F795, F797, F798, F1533, F1534, F1536, F1539"},
		{"A517", "A version below zero is answered with 400 and a body.", servers, executed, "framework.json: F1471"},
		{"A518", "JSON escapes control characters, the byte order mark, and what is beyond 16 bits, in capital hexadecimal digits. Other letters and signs stay.", servers, executed, "framework.json: F779, F799, F800, F804, F805, F1050, F1057, F1536, F1540"},
		{"A519", "A lone question mark stays in the link.", servers, executed, "framework.json: F692, F1047"},
		{"A520", "The trace and the flags of a valid traceparent are those of a problem. Otherwise the trace is new.", servers, executed, "framework.json: F1212, F1213, F1214, F1215, F1218, F1219, F1568, F1570, F1573, F1574, F1575, F1576, F1578, F1579"},
		{"A521", "Accept-Charset with utf-16 makes the answer UTF-16.", servers, source, "TextOutputFormatter.cs (aspnetcore)"},
		{"A522", "Other names in Accept-Charset make it UTF-8. The answer of an exception is always UTF-8.", servers, executed, "framework.json: F1444, F1448, F1451, F1452, F1453, F1454"},
		{"A523", "An `origin` in the query that is an address without a host, as of a file, leads to no portal: 404 with a problem. With an API key it is 500.", servers, executed, "credentials.json: cX-X102, cX-X107, cX-X108, cX-X109"},
		{"A524", "Only X-Forwarded-For, -Proto and -Host of a proxy count. Forwarded, X-Forwarded-Scheme, -Prefix and other headers do not.", allProfiles, executed, "credentials.json: cX-X080B, cX-X082B, cX-X083B, cX-X084B, cX-X085B, cX-X087B"},
		{"A525", "`/liveness` answers `Healthy` to everybody and to any method. No cache may keep it.", allProfiles, executed, "framework.json: F731; routes.json: VR281, VR282, VR286, VR288"},
		{"A526", "`filehandler.ashx` without an action is answered with 500 to everybody and to any method.", allProfiles, executed, "routes.json: VR393, VR394, VR396, VR398, VR399, VR400"},
		{"A527", "`files/share` without a key is the folder of that name to GET, and the rights of files and folders to POST, PUT and DELETE, which need an account.", servers, executed, "routes.json: VR065, VR067, VR069, VR070, VR071, VR072, VR073, VR075, VR080"},
		{"A528", "The lists of rooms and of the sections need an account. They are read with GET, and a room is made with POST.", servers, executed, "routes.json: VR105, VR108, VR109, VR111, VR112, VR115, VR117, VR119, VR120, VR129, VR133, VR134, VR137, VR139, VR140"},
	}},
	{"The fake itself", []assumption{
		{"A601", "X-Mock-Hint names exactly the profiles that would answer differently, and those that do the same together. X-RateLimit-* and the constants among all settings do not count.", allProfiles, ours, "docs/server.md"},
		{"A602", "A call that a portal has and the fake does not have is answered with 404 to those who may make it. A hint says what a portal answers.", allProfiles, ours, "docs/server.md"},
		{"A604", "Every exchange matches openapi.yaml in both directions, and every answer has the headers of its kind.", allProfiles, ours, "openapi.yaml"},
		{"A605", "A reset brings back the portal and clears the counts.", allProfiles, ours, "docs/control.md"},
		{"A606", "The log shows no secret.", allProfiles, ours, "docs/server.md"},
		{"A607", "Portals on the same server have their own links and cookies.", allProfiles, ours, "docs/control.md"},
		{"A608", "The fake answers every recorded request as the server did, but for the exceptions that name a gap.", recordedServer, executed, strings.Join(recordedNames(), "; ")},
		{"A609", "Access-Control-Expose-Headers names the headers of the fake's own, and no other, on the answers that any origin may read.", allProfiles, ours, "docs/server.md"},
		{"A610", "The control API says why an answer is what it is: the claims that decided it, with their evidence, and what each profile does. The header X-Mock-Sequence names the request.", allProfiles, ours, controlContract},
		{"A611", "Every claim that an answer names is in this file, and holds in the profile of the portal. All but four kinds of answers to the calls name one.", allProfiles, ours, "contract_test/why_test.go"},
	}},
	{clientTopic, []assumption{
		{"A701", "The client reads the settings and the sharing policy.", allProfiles, ours, "docs/client.md"},
		{"A702", "The client switches at every profile, because it sends both names.", allProfiles, ours, "docs/client.md"},
		{"A703", "The client reports a value in force that differs from the one it asked for.", allProfiles, ours, "docs/client.md"},
		{"A704", "The client changes both switches in the order that works. It says what is in force after a failure halfway.", allProfiles, ours, "docs/client.md"},
		{"A705", "The client signs in with an API key, a portal token, or e-mail address and password.", allProfiles, ours, "docs/client.md"},
		{"A706", "The client reports refusals as typed errors: no credentials, no role, no scope.", allProfiles, ours, "docs/client.md"},
		{"A707", "The client reports the outcome of a link by the error.", allProfiles, ours, "docs/client.md"},
		{"A708", "The client reports too many attempts. It does not send the attempt that would lock the link, and counts by the portal's clock when it has that.", allProfiles, ours, "docs/client.md"},
		{"A709", "A visitor whom a link has let in stays in, because the client keeps the portal's cookies.", allProfiles, ours, "docs/client.md"},
	}},
	{"Links as the reference has them", []assumption{
		{"A710", "A primary link that was revoked is gone for good: 404. It does not come back in a public room either.", documented, reference, "API reference, getRoomsPrimaryExternalLink"},
		{"A711", "The links of a file are listed without total.", documented, reference, "API reference, getFileLinks"},
		{"A712", "Form rooms take no links: 403.", documented, reference, "API reference, setRoomLink"},
		{"A713", "An access or a kind of link that there is not is refused: 400.", documented, reference, "API reference, setRoomLink"},
		{"A714", "A change without linkType keeps to what the body says.", documented, reference, "API reference, setRoomLink"},
		{"A715", "A file or folder has one primary link.", documented, reference, "API reference, FileShareLink"},
		{"A716", "Callers without an account and without the key of a link are refused the primary link of a file or folder: 401.", documented, reference, "API reference, getFilePrimaryExternalLink"},
		{"A717", "No answer tells the password of a link.", documented, reference, "API reference, FileShareLink"},
		{"A718", "`canRevoke` says whether the caller may revoke the link.", documented, reference, "API reference, FileShareDto"},
		{"A719", "The primary link of a file is made with the title of the body.", documented, reference, "API reference, createFilePrimaryExternalLink"},
		{"A720", "A body of a link that cannot be read is refused with an ErrorApiResponse: 400 or 415.", documented, reference, pageErrors},
		{"A721", "An access that is none, and a text that is no time, are refused: 400.", documented, reference, "API reference, setRoomLink"},
	}},
	{"Too many requests", []assumption{
		{"A801", "Requests beyond the limit of a sliding minute are refused: 429 with an ErrorApiResponse, Retry-After and X-RateLimit-*.", documented, reference, pageRateLimits},
		{"A802", "Requests beyond the limit of a sliding minute are refused: 429 with X-RateLimit-Limit and X-RateLimit-Remaining, without X-RateLimit-Reset, Retry-After and a body.", servers, executed, "noted: L3211–L3217, L3301–L3308"},
		{"A803", "Requests are counted for each user, whatever the credentials and the address are.", allProfiles, source, "BaseStartup.cs"},
		{"A804", "Requests without an account are counted for each address of a connection, before the server asks for credentials and looks for the call.", allProfiles, executed, "noted: L3000–L3017"},
		{"A805", "Credentials that cannot be read are answered before requests are counted.", allProfiles, executed, "noted: L3000–L3017"},
		{"A806", "Preflight requests are not counted.", allProfiles, executed, "noted: L3000–L3017"},
		{"A807", "POST and PUT have a limit for each day. The day begins with the first of them. Its refusal has Retry-After and X-RateLimit-Reset.", allProfiles, executed, "noted: L3245–L3266"},
		{"A808", "The limit of the minute is checked first, then that of requests at the same time, then that of the day. A request has a place in the minute also when a later limit refuses it.", allProfiles, executed, "noted: L3211–L3217, L3245–L3266, L3270–L3280"},
		{"A809", "Requests that write have a limit of how many run at the same time.", allProfiles, executed, "noted: L3270–L3280"},
		{"A810", "Requests that read have their own limit of how many run at the same time.", allProfiles, executed, "noted: L3270–L3280"},
		{"A811", "A fresh portal does not limit requests.", allProfiles, source, "appsettings.json"},
	}},
	{"Steering the fake", []assumption{
		{"A901", "The clock stands still where it is frozen. It moves by the time that it is advanced, and goes on from there when it is resumed. Links and keys expire by it.", allProfiles, ours, controlContract},
		{"A902", "A fault comes in place of the call, which has no effect. It applies only to its operation, and as often as it says.", allProfiles, ours, controlContract},
		{"A903", "A fault of kind status has the body that the profile has for it. The kind rateLimit is 429 with Retry-After. The kind proxy is a page in HTML.", allProfiles, ours, controlContract},
		{"A904", "A fault that damages the answer (truncated, malformed, empty, another content type) does not undo the effect of the call.", allProfiles, ours, controlContract},
		{"A905", "A fault of kind reset or hang gives no answer, and the call has no effect.", allProfiles, ours, controlContract},
		{"A906", "A fault with `header` applies only to requests that name it. X-Mock-Fault in the answer names the fault.", allProfiles, ours, controlContract},
		{"A907", "The first matching fault that is not used up is applied. A delay is applied together with those after it.", allProfiles, ours, controlContract},
		{"A908", "A fault with a probability applies to the same requests again when the seed is the same.", allProfiles, ours, controlContract},
		{"A909", "Faults come before credentials, bodies and limits. They apply only to the calls of openapi.yaml.", allProfiles, ours, controlContract},
		{"A910", "The journal has every request to the portal in order, with operation, caller, status and hint. It does not have calls of the control API.", allProfiles, ours, controlContract},
		{"A911", "Each parameter filters the journal, and the count in the same way. The journal does not use the numbers of forgotten requests again.", allProfiles, ours, controlContract},
		{"A912", "The journal shows no secret.", allProfiles, ours, controlContract},
		{"A913", "A request that does not match openapi.yaml gets the profile's answer with X-Mock-Contract. The journal says what is wrong and where.", allProfiles, ours, "docs/control.md"},
		{"A914", "A snapshot brings back the portal, and limits count from zero. It does not change clock, faults and journal, nor the state that a reset brings back.", allProfiles, ours, controlContract},
		{"A915", "The state can be read, replaced, and changed by a merge patch. A null in the patch gives the value of a fresh portal.", allProfiles, ours, controlContract},
		{"A916", "Links, users, API keys and entries can be added, changed and removed. The change counts from the next request on.", allProfiles, ours, controlContract},
		{"A917", "A named portal is reached by its path, by X-Mock-Portal, and by its host. It has its own state, clock, faults, journal and limits. After it is deleted the answer is 404.", allProfiles, ours, controlContract},
		{"A918", "A call that breaks the control contract is answered with 400, an object that does not exist with 404, a conflict with 409. Each refusal is one line and changes nothing.", allProfiles, ours, controlContract},
		{"A919", "The control API refuses requests that a web page of another site can have sent: 403.", allProfiles, ours, controlContract},
		{"A920", "A reset also ends faults, empties the journal and resets the clock. Snapshots stay.", allProfiles, ours, controlContract},
		{"A921", "Values that a portal leaves out are as on a fresh one: a link leads to the first entry, an entry is in rooms or documents, and each number of a limit is filled in by itself.", allProfiles, ours, "docs/server.md"},
		{"A922", "With `--contract enforce` a request that does not match openapi.yaml is refused with 400, unless it is refused for another reason, and has no effect.", allProfiles, ours, "docs/control.md"},
		{"A930", "A request that is under way when the portal is reset, restored from a snapshot or replaced belongs to the state before: it is answered, and changes nothing of the new state.", allProfiles, ours, "docs/control.md"},
	}},
	{"Where a link leads", []assumption{
		{"A1001", "The answer to where a link leads is that of the password call without a password, for links of every kind and for every caller.", allProfiles, executed, "share-get.json: VE086, VE087, VE088, VE089, VE090, VE091, VE092, VE093, VE096, VE097, VE099, VE100, VE101, VE107, VE108, VE112, VE115, VE116, VE164, VE165"},
		{"A1002", "A key that no link has is Invalid, never 404. So is the key of a link that is gone.", allProfiles, executed, "share-get.json: VE098, VE111"},
		{"A1003", "Nothing is counted as an attempt. After too many wrong passwords this call still answers.", allProfiles, source, "SecurityController.cs"},
		{"A1004", "A remembered password opens the link: in a header, a cookie, Request-Token or `share`. The first of them that is there decides, also when it is wrong.", allProfiles, executed, "share-get.json: VE004, VE008, VE012, VE016, VE020, VE024, VE032, VE036, VE040, VE048, VE052, VE056, VE060, VE064, VE076"},
		{"A1005", "With `fileId` or `folderId` in the query the answer also has id, title and type of that entry, when it is the room or folder of the link or somewhere in it. The names have any letter case.", allProfiles, executed, "share-get.json: VE181, VE182, VE197, VE198, VE201, VE202"},
		{"A1006", "Of an entry that is elsewhere or not there, the answer says nothing.", allProfiles, executed, "share-get.json: VE179, VE180, VE183, VE184, VE193, VE194, VE195, VE196, VE199, VE200"},
		{"A1007", "The link of a file has nothing inside, not even the file.", allProfiles, source, "ExternalLinkHelper.cs"},
		{"A1008", "`fileId` comes before `folderId`. An empty one is as one that is not sent.", allProfiles, executed, "share-get.json: VE185, VE187"},
		{"A1009", "The inner entry is described before the trash, the restriction and the password are looked at.", allProfiles, source, "ExternalLinkHelper.cs"},
		{"A1010", "A `fileId` or `folderId` that is no number of 32 bits is answered with 404.", allProfiles, executed, "share-get.json: VE189, VE191, VE192"},
		{"A1011", "`fileId` and `folderId` are not read where the answer describes no entry.", allProfiles, source, "ExternalLinkHelper.cs"},
		{"A1012", "A key of blanks is Invalid here. The password call answers it with 500.", allProfiles, executed, "share-get.json: VE211; framework.json: F795"},
		{"A1013", "An open link gives visitors without a session anonymous_session_key. No cookie of a link is set or deleted.", allProfiles, executed, "share-get.json: VE004, VE036, VE087, VE091, VE100, VE165"},
		{"A1014", "The cookie of a session that is not valid is deleted.", beforeNext, executed, "share-get.json: VE085"},
		{"A1015", "Nobody needs credentials. An API key needs files:read or files:write, otherwise the answer is 403 with a problem.", allProfiles, executed, "share-get.json: VE205, VE206, VE207, VE208"},
		{"A1016", "`fields` filters the answer.", allProfiles, executed, "share-get.json: VE209"},
		{"A1017", "An open link is remembered for people with an account, as by the password call. They then may read the room.", allProfiles, source, "ExternalLinkHelper.cs, FileSecurity.cs"},
		{"A1018", "Another method than GET at a link is answered with 405, Allow and no body. A slash at the end does not matter.", servers, executed, "share-get.json: VE210, VE212, VE213, VE214, VE216, VE217, VE218"},
	}},
	{"The sharing policy", []assumption{
		{"A1051", "The answer is the policy that is now in force, with its five switches in order. The same call gets the same answer again.", allProfiles, executed, "policy.json: VF001, VF002"},
		{"A1052", "A switch that is left out is switched off.", allProfiles, executed, "policy.json: VF012, VF028, VF038"},
		{"A1053", "While external sharing is off, new links are internal, whatever is sent. While it is on, they are what is sent.", allProfiles, executed, "policy.json: VF012, VF028, VF034, VF036, VF038"},
		{"A1054", "Names are read in any letter case and with escapes. The last of two wins. Other properties are ignored.", allProfiles, executed, "policy.json: VF028, VF030, VF032"},
		{"A1055", "The settings show the new policy to people with an account at once, and constants to others.", allProfiles, executed, "policy.json: VF013, VF029, VF037, VF073, VF074"},
		{"A1056", "External sharing off also switches social media off. On does not switch it on again.", allProfiles, executed, "policy.json: VF013, VF029, VF282"},
		{"A1057", "The policy sets the default of new links. The switch of external sharing leaves it alone.", allProfiles, executed, "policy.json: VF256, VF257, VF308, VF334"},
		{"A1058", "The owner and DocSpace administrators may set the policy. Anybody else with an account is refused: 403 with message, type and stack.", allProfiles, executed, "policy.json: VF001, VF002, VF003, VF004, VF005"},
		{"A1059", "Without an account the policy is refused: 401 and no body.", servers, executed, "policy.json: VF007, VF011"},
		{"A1060", "Without an account the policy is refused: 401 with an ErrorApiResponse.", documented, reference, pagePolicy},
		{"A1061", "While external sharing is off, visitors are denied only where existing links are blocked and the policy applies to the section. The password is asked for first.", allProfiles, executed, "policy.json: VF051, VF065, VF077, VF091, VF103, VF117, VF129, VF133, VF137, VF142, VF143, VF155, VF169, VF181, VF195, VF207, VF221, VF233, VF237, VF241, VF246, VF247"},
		{"A1062", "A body that cannot be read is refused with validation problems that name the switch, and changes nothing: 400.", servers, executed, "policy.json: VF014, VF015, VF016, VF017, VF018, VF019, VF020, VF021, VF022, VF023, VF024, VF025, VF026, VF027"},
		{"A1063", "A body that cannot be read is refused with an ErrorApiResponse, and changes nothing: 400.", documented, reference, pagePolicy},
		{"A1064", "The body is optional. Without one the answer is 200, and every switch is off.", documented, reference, pagePolicy},
		{"A1065", "`fields` filters the answer.", allProfiles, executed, "policy.json: VF042"},
	}},
	{"Links of rooms, folders and files", []assumption{
		{"A1101", "The primary link of a room is made by the first call that asks for it, with access 2 and the title Shared link. Later calls answer the same link.", allProfiles, executed, "noted: VL001–VL105"},
		{"A1102", "A link is described with the properties of FileShareDto in their order. What is null is left out, and sharedTo is the same as sharedLink.", allProfiles, executed, "noted: VL001–VL105"},
		{"A1103", "What the caller may edit of a link depends on the kind of room: the primary link of a public room has no other internal and no end, a link in a form room has no end. canRevoke is only told of links that come back.", servers, executed, "noted: VL001–VL105, VL106–VL135"},
		{"A1104", "A share link of a custom or public room has access 10, 7, 5, 6 or 2. Another one is refused: 403.", allProfiles, executed, "noted: VL001–VL105"},
		{"A1105", "A file or folder may have six primary links, in a public room one. The call for the primary link answers the first of them in the order of lists.", servers, source, "FileSharing.cs, FileSecurity.cs"},
		{"A1106", "Collaboration, data and AI rooms take no share links of their own: 403. Their list is empty.", allProfiles, executed, "noted: VL001–VL105"},
		{"A1107", "A room has one primary link and five others. The role is refused before the number, and what the text of a body says before both.", allProfiles, executed, "noted: VL001–VL105, VL137–VL206"},
		{"A1108", "An access is a number, a number as a text, or an exact name.", allProfiles, executed, "noted: VL001–VL105, VL137–VL206"},
		{"A1109", "An access that there is not is refused as a role: 403. So is a kind of link that there is not.", servers, executed, "noted: VL001–VL105, VL137–VL206"},
		{"A1110", "The primary link of a file is made with the title Shared link, whatever the body says.", servers, executed, "noted: VL221–VL288"},
		{"A1111", "A link has its own title with its blanks, of at most 255 characters, or else the usual one. A password has at most 255 characters too.", allProfiles, executed, "noted: VL137–VL206"},
		{"A1112", "The links of a file and the primary link of a folder have a count of 1 to 100 and a startIndex in their query. Other values are refused: 400.", allProfiles, source, "ApiControllerBase.cs"},
		{"A1113", "A password has 8 to 30 printable characters of ASCII without blanks. Blanks around it do not count where a link of a room or folder is set.", allProfiles, executed, "noted: VL137–VL206, VL221–VL288, VL367–VL377"},
		{"A1114", "A change has what its body says. A password that it leaves out is removed. The key stays the same, and opens what the link is now.", allProfiles, executed, "noted: VL137–VL206"},
		{"A1115", "A link ends at a time of at most ten years from now. What is no time, and a time that is over, are none.", allProfiles, executed, "noted: VL137–VL206"},
		{"A1116", "A body that cannot be read is refused with validation problems: 400. Without JSON it is 415. The keys name the parameters RoomLink, File and FolderLink.", servers, executed, "noted: VL137–VL206, VL221–VL288"},
		{"A1117", "Answers tell the password of a link in clear.", servers, executed, "noted: VL137–VL206, VL221–VL288"},
		{"A1118", "A linkId that is not there yet is that of a new link. A link that is made again with the same id has the same key.", allProfiles, executed, "noted: VL137–VL206, VL391–VL395"},
		{"A1119", "`linkType` 0 or none makes an invitation: one of a room, without a key, a password and internal. Its end is not over.", allProfiles, executed, "noted: VL137–VL206, VL207–VL214"},
		{"A1120", "Callers without an account are refused the primary link of a file or folder: 403. With the key of a link they get that of what is in a public room.", servers, executed, "noted: VL289–VL312, VL378–VL387"},
		{"A1121", "A change of a share link of a room without linkType 1 removes password, internal and denyDownload.", servers, source, "FileStorageService.cs"},
		{"A1122", "A change that the kind of room does not allow is ignored whole, and the answer is the link as it was: another access or internal of a public room's link, and a data room's link without internal.", allProfiles, executed, "noted: VL215–VL220, VL221–VL288"},
		{"A1123", "A form room has a primary link with access 7 and the title Link to fill out.", servers, executed, "noted: VL001–VL105"},
		{"A1124", "The primary link of a public or form room has no end.", allProfiles, source, "FileStorageService.cs"},
		{"A1125", "Access 0 revokes a link: 200 without response. Its key opens nothing afterwards.", allProfiles, executed, "noted: VL207–VL214, VL221–VL288"},
		{"A1126", "A primary link that was revoked comes back with another id and key: in public and form rooms at once, elsewhere with the next call that asks for it.", servers, executed, "noted: VL215–VL220"},
		{"A1127", "Links are listed by their access in the order 10, 7, 5, 6, 2, and then by id. Those of rooms and folders have a count and no total.", allProfiles, executed, "noted: VL001–VL105, VL207–VL214, VL367–VL377"},
		{"A1128", "`type` lists invitations (0) or share links (1) of a room. Another value is refused: 400.", allProfiles, executed, "noted: VL001–VL105, VL207–VL214"},
		{"A1129", "A change that is refused leaves the link as it was.", allProfiles, executed, "noted: VL137–VL206"},
		{"A1130", "`fields` filters the description of links, and of each link of a list.", allProfiles, executed, "noted: VL001–VL105, VL313–VL321"},
		{"A1131", "Who made a room and its managers set its links. The owner and administrators, other members, strangers and guests do not: 403. They see an empty list.", allProfiles, executed, "noted: VL106–VL135"},
		{"A1132", "Who owns documents, or may write there, sets the links of files and folders in them, and who sets the links of a room those of what is in it. Others do not: 403.", allProfiles, executed, "noted: VL289–VL312, VL378–VL387"},
		{"A1133", "The primary link of a room is told to everybody who may read the room, and makes nobody a maker of links. That of a file or folder is told to who sets links, and in a public room to who reads it.", allProfiles, executed, "noted: VL106–VL135, VL289–VL312"},
		{"A1134", "The calls about links need an account: 401 without a body.", allProfiles, executed, "noted: VL106–VL135, VL289–VL312, VL378–VL387"},
		{"A1135", "The primary link of a public room is made by everybody who may read the room.", allProfiles, source, "FileSharing.cs"},
		{"A1136", "An entry that is not there is answered with 404, also where no account is needed. Ids that are no numbers are those of other storages.", allProfiles, executed, "noted: VL322–VL366"},
		{"A1137", "Other methods are answered with 405 and Allow.", allProfiles, executed, "noted: VL396–VL405"},
		{"A1138", "An API key needs a permission for rooms to use the links of rooms, and for files to use those of files and folders: 403.", allProfiles, executed, "noted: VL391–VL395"},
		{"A1139", "While external sharing is off for their section, links are internal. In public rooms none is set: 403.", allProfiles, executed, "noted: VF336–VF348"},
		{"A1140", "Links of what is in the archive or in the trash are not set: 403.", allProfiles, executed, "noted: VF336–VF348"},
		{"A1141", "New links are internal when that is the default, whatever the body says, but for POST, for public rooms, and with an id of their own.", allProfiles, executed, "noted: VF336–VF348"},
		{"A1142", "POST makes the primary link of a file or folder from its body, or answers the one that is there. Access 0 makes nothing.", allProfiles, executed, "noted: VL221–VL288, VL367–VL377"},
		{"A1143", "A new key has 111 characters, is signed with docDbKey, and works at once where it leads and with the password.", allProfiles, executed, "noted: VL001–VL105, VL137–VL206"},
		{"A1144", "A link of a file has an access that its format allows. One of a folder has 10, 7, 5, 6 or 2.", allProfiles, executed, "noted: VL221–VL288, VL367–VL377"},
		{"A1145", "In a form room links are for filling out: access 7 or 2 of the room and its folders, and 7 of forms, as primary links only.", servers, source, "FileSecurity.cs, FileSharing.cs"},
		{"A1146", "The links of a file are listed with total, as many as count says, from startIndex on. The count is what is left, below zero beyond the end.", servers, executed, "noted: VL221–VL288, VL313–VL321"},
		{"A1147", "The links of a folder are reached by the calls of rooms too.", allProfiles, executed, "noted: VL388–VL390"},
		{"A1148", "A file or folder has six links besides its primary ones, in a public room five.", allProfiles, executed, "noted: VL313–VL321"},
		{"A1149", "An access that is none, such as null or a name in another letter case, is taken for 0, and a text that is no time for no end.", servers, executed, "noted: VL137–VL206"},
	}},
	readingTopic,
	signInTopic,
	{clientTopic + ": people, rooms, and what is inside", []assumption{
		{"A1901", "The client makes, reads, lists and removes rooms. It does not send the removal of a room that the caller may not remove.", allProfiles, ours, "docs/client.md"},
		{"A1902", "A visitor of the client reads and lists what a link opens. When nothing opens, the error says why.", allProfiles, ours, "docs/client.md"},
		{"A1903", "The client signs a person in, acts as that person, and ends the session. It tells why somebody cannot sign in, and does not send the password that would lock a person out.", allProfiles, ours, "docs/client.md"},
	}},
}

// unsure holds the part of a claim that is only the best reading of a source, or that follows from the source without
// being stated there.
var unsure = map[string]string{
	"A811":  "hosted portals may be configured otherwise",
	"A1230": "later versions of the server may refuse before they answer",
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
