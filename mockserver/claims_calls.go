package mockserver

// callClaims are the claims about what the calls do alike, each under a number of its own.
type callClaims struct {
	noAccount said // 401 for callers without an account
	scope     said // 403 for an API key or access token without the permission
	media     said // 415
	body      said // 400 for a body that cannot be read
	fields    said // only some properties are answered
}

var (
	claimsOfSettings = &callClaims{noAccount: said{documented: "A004"}, scope: both("A408"), fields: both("A007")}
	claimsOfSwitches = &callClaims{noAccount: both("A401"), scope: both("A408"), media: said{"A116", "A117"}, fields: both("A118")}
	claimsOfPassword = &callClaims{scope: both("A408"), media: said{"A116", "A117"}, body: said{"A215", "A216"}, fields: both("A217")}
	claimsOfLinks    = &callClaims{noAccount: both("A1134"), scope: both("A1138"), media: said{"A1116", "A720"}, body: said{"A1116", "A720"}, fields: both("A1130")}
	claimsOfReading  = &callClaims{scope: both("A1226"), fields: both("A1217")}
)

// claimsOfCalls has the claims of every call.
var claimsOfCalls = map[Operation]*callClaims{
	GetFilesSettings:           claimsOfSettings,
	ExternalShare:              claimsOfSwitches,
	ExternalShareSocialMedia:   claimsOfSwitches,
	ApplyExternalSharePassword: claimsOfPassword,

	GetExternalShareData:            {scope: both("A1015"), fields: both("A1016")},
	ChangeExternalSharingSettings:   {noAccount: said{"A1059", "A1060"}, scope: both("A408"), media: said{"A116", "A117"}, body: said{"A1062", "A1063"}, fields: both("A1065")},
	GetRoomsPrimaryExternalLink:     claimsOfLinks,
	GetRoomLinks:                    claimsOfLinks,
	SetRoomLink:                     claimsOfLinks,
	GetFilePrimaryExternalLink:      claimsOfLinks,
	CreateFilePrimaryExternalLink:   claimsOfLinks,
	GetFileLinks:                    claimsOfLinks,
	SetFileExternalLink:             claimsOfLinks,
	GetFolderPrimaryExternalLink:    claimsOfLinks,
	CreateFolderPrimaryExternalLink: claimsOfLinks,
	GetFolderLinks:                  claimsOfLinks,
	SetFolderPrimaryExternalLink:    claimsOfLinks,

	GetFolderByFolderID: claimsOfReading,
	GetFolderInfo:       claimsOfReading,
	GetFileInfo:         claimsOfReading,
	GetRoomInfo:         claimsOfReading,
	GetRoomsFolder:      {noAccount: both("A1218"), scope: both("A1226"), fields: both("A1217")},
	CreateRoom:          {noAccount: both("A1219"), scope: both("A1226"), media: said{"A116", "A117"}, body: said{"A1220", "A1227"}, fields: both("A1217")},
	DeleteRoom:          {noAccount: both("A1231"), scope: both("A1231"), media: both("A1232"), body: both("A1232")},

	AuthenticateMe:       {scope: both("A1314"), media: said{"A116", "A117"}, body: both("A1309"), fields: both("A1316")},
	GetIsAuthentificated: {scope: both("A1330"), fields: both("A1330")},
	Logout:               {scope: both("A1326")},
	GetSelfProfile:       {noAccount: both("A1333"), scope: both("A1333"), fields: both("A1334")},
}

// noClaims are those of requests that are none of the calls.
var noClaims = &callClaims{}

// because notes claims that decide the answer of the call.
func (c *call) because(claims ...string) { c.claims.add(claims...) }

// claimsOfCall are the claims of the call that the request makes.
func (c *call) claimsOfCall() *callClaims {
	if claims := claimsOfCalls[c.operation()]; claims != nil {
		return claims
	}
	return noClaims
}

// becauseOf notes the claim that holds in the profile of the portal. When it refuses the call, others may do so with another body.
func (c *call) becauseOf(claim said) {
	c.refusal = claim
	c.because(claim.by(c.state.profile))
}
