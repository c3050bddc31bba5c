package mockserver

import "net/http"

// Operation names a call of the contract. The names are the operationId of openapi.yaml and of the published reference.
type Operation string

// The four calls of external sharing.
const (
	GetFilesSettings           Operation = "getFilesSettings"
	ExternalShare              Operation = "externalShare"
	ExternalShareSocialMedia   Operation = "externalShareSocialMedia"
	ApplyExternalSharePassword Operation = "applyExternalSharePassword"
)

// The calls around share links. SetFolderPrimaryExternalLink sets any link, whatever the vendor's name says.
const (
	GetExternalShareData            Operation = "getExternalShareData"
	ChangeExternalSharingSettings   Operation = "changeExternalSharingSettings"
	GetRoomsPrimaryExternalLink     Operation = "getRoomsPrimaryExternalLink"
	GetRoomLinks                    Operation = "getRoomLinks"
	SetRoomLink                     Operation = "setRoomLink"
	GetFilePrimaryExternalLink      Operation = "getFilePrimaryExternalLink"
	CreateFilePrimaryExternalLink   Operation = "createFilePrimaryExternalLink"
	GetFileLinks                    Operation = "getFileLinks"
	SetFileExternalLink             Operation = "setFileExternalLink"
	GetFolderPrimaryExternalLink    Operation = "getFolderPrimaryExternalLink"
	CreateFolderPrimaryExternalLink Operation = "createFolderPrimaryExternalLink"
	GetFolderLinks                  Operation = "getFolderLinks"
	SetFolderPrimaryExternalLink    Operation = "setFolderPrimaryExternalLink"
)

// The calls that read what links lead to, and those that make and remove a room.
const (
	GetFolderByFolderID Operation = "getFolderByFolderId"
	GetFolderInfo       Operation = "getFolderInfo"
	GetFileInfo         Operation = "getFileInfo"
	GetRoomsFolder      Operation = "getRoomsFolder"
	CreateRoom          Operation = "createRoom"
	GetRoomInfo         Operation = "getRoomInfo"
	DeleteRoom          Operation = "deleteRoom"
)

// The calls that sign people in and out. GetIsAuthentificated is spelt as in the published reference.
const (
	AuthenticateMe       Operation = "authenticateMe"
	GetIsAuthentificated Operation = "getIsAuthentificated"
	Logout               Operation = "logout"
	GetSelfProfile       Operation = "getSelfProfile"
)

// operationFacts are what is known of a call before it is made.
type operationFacts struct {
	operation Operation
	method    string
	path      string   // below /api/2.0/, as in openapi.yaml
	scopes    []string // of which the caller needs one (AuthorizationExtension.cs)
	anonymous bool     // needs no account ([AllowAnonymous])
	entry     EntryType
}

// operationTable has all calls, in the order of openapi.yaml. entry is what a call is about; on the server a room is a folder
// too, so that the calls of rooms take folders, and those of folders take rooms (recorded: VL388).
var operationTable = []*operationFacts{
	{GetFilesSettings, http.MethodGet, "files/settings", readScopes, true, ""},
	{ExternalShare, http.MethodPut, "files/settings/external", writeScopes, false, ""},
	{ExternalShareSocialMedia, http.MethodPut, "files/settings/externalsocialmedia", writeScopes, false, ""},
	{ApplyExternalSharePassword, http.MethodPost, "files/share/{key}/password", writeScopes, true, ""},

	{GetExternalShareData, http.MethodGet, "files/share/{key}", readScopes, true, ""},
	{ChangeExternalSharingSettings, http.MethodPut, "files/settings/externalsharingsettings", writeScopes, false, ""},
	{GetRoomsPrimaryExternalLink, http.MethodGet, "files/rooms/{id}/link", roomReadScopes, false, EntryRoom},
	{GetRoomLinks, http.MethodGet, "files/rooms/{id}/links", roomReadScopes, false, EntryRoom},
	{SetRoomLink, http.MethodPut, "files/rooms/{id}/links", roomWriteScopes, false, EntryRoom},
	{GetFilePrimaryExternalLink, http.MethodGet, "files/file/{id}/link", readScopes, true, EntryFile},
	{CreateFilePrimaryExternalLink, http.MethodPost, "files/file/{id}/link", writeScopes, false, EntryFile},
	{GetFileLinks, http.MethodGet, "files/file/{id}/links", readScopes, false, EntryFile},
	{SetFileExternalLink, http.MethodPut, "files/file/{id}/links", writeScopes, false, EntryFile},
	{GetFolderPrimaryExternalLink, http.MethodGet, "files/folder/{id}/link", readScopes, true, EntryFolder},
	{CreateFolderPrimaryExternalLink, http.MethodPost, "files/folder/{id}/link", writeScopes, false, EntryFolder},
	{GetFolderLinks, http.MethodGet, "files/folder/{id}/links", readScopes, false, EntryFolder},
	{SetFolderPrimaryExternalLink, http.MethodPut, "files/folder/{id}/links", writeScopes, false, EntryFolder},

	{GetFolderByFolderID, http.MethodGet, "files/{folderId}", readScopes, true, EntryFolder},
	{GetFolderInfo, http.MethodGet, "files/folder/{folderId}", readScopes, true, EntryFolder},
	{GetFileInfo, http.MethodGet, "files/file/{fileId}", readScopes, true, EntryFile},
	{GetRoomsFolder, http.MethodGet, "files/rooms", roomReadScopes, false, ""},
	{CreateRoom, http.MethodPost, "files/rooms", roomWriteScopes, false, ""},
	{GetRoomInfo, http.MethodGet, "files/rooms/{id}", roomReadScopes, true, EntryRoom},
	{DeleteRoom, http.MethodDelete, "files/rooms/{id}", roomWriteScopes, false, EntryRoom},

	{AuthenticateMe, http.MethodPost, "authentication", []string{scopeWrite}, true, ""},
	{GetIsAuthentificated, http.MethodGet, "authentication", []string{scopeRead, scopeWrite}, true, ""},
	{Logout, http.MethodPost, "authentication/logout", []string{scopeWrite}, true, ""},
	{GetSelfProfile, http.MethodGet, "people/@self", selfReadScopes, false, ""},
}

var factsOf = func() map[Operation]*operationFacts {
	facts := make(map[Operation]*operationFacts, len(operationTable))
	for _, f := range operationTable {
		facts[f.operation] = f
	}
	return facts
}()

// Operations returns all calls, in the order of openapi.yaml: the four of external sharing are first.
func Operations() []Operation {
	all := make([]Operation, len(operationTable))
	for i, f := range operationTable {
		all[i] = f.operation
	}
	return all
}

// Method returns the HTTP method of the call, or "" when o is no call of the contract.
func (o Operation) Method() string {
	if f := factsOf[o]; f != nil {
		return f.method
	}
	return ""
}

// Path returns the path of the call as in openapi.yaml, with {key} for a share key, and {id}, {folderId} or {fileId} for the number of an entry. It is "" when
// o is no call of the contract.
func (o Operation) Path() string {
	if f := factsOf[o]; f != nil {
		return apiRoot + f.path
	}
	return ""
}
