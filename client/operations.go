package client

import (
	"net/http"
	"strings"
)

// The operations, by their names in the contract. [Error.Operation] is one of them.
const (
	opFilesSettings            = "getFilesSettings"
	opExternalShare            = "externalShare"
	opExternalShareSocialMedia = "externalShareSocialMedia"
	opApplyPassword            = "applyExternalSharePassword"
	opExternalSharingSettings  = "changeExternalSharingSettings"
	opShareData                = "getExternalShareData"
	opRoomPrimaryLink          = "getRoomsPrimaryExternalLink"
	opRoomLinks                = "getRoomLinks"
	opSetRoomLink              = "setRoomLink"
	opFilePrimaryLink          = "getFilePrimaryExternalLink"
	opFileLinks                = "getFileLinks"
	opSetFileLink              = "setFileExternalLink"
	opCreateFileLink           = "createFilePrimaryExternalLink"
	opFolderPrimaryLink        = "getFolderPrimaryExternalLink"
	opFolderLinks              = "getFolderLinks"
	opSetFolderLink            = "setFolderPrimaryExternalLink" // it sets any link
	opCreateFolderLink         = "createFolderPrimaryExternalLink"
	opFolderContent            = "getFolderByFolderId"
	opFolder                   = "getFolderInfo"
	opFile                     = "getFileInfo"
	opRooms                    = "getRoomsFolder"
	opRoom                     = "getRoomInfo"
	opCreateRoom               = "createRoom"
	opDeleteRoom               = "deleteRoom"
	opSignIn                   = "authenticateMe"
	opIsSignedIn               = "getIsAuthentificated"
	opSignOut                  = "logout"
	opSelf                     = "getSelfProfile"
)

// entryOperations are the operations of entries by method and the segment before the number of the entry.
var entryOperations = map[[2]string]string{
	{http.MethodGet, "files"}:    opFolderContent,
	{http.MethodGet, "folder"}:   opFolder,
	{http.MethodGet, "file"}:     opFile,
	{http.MethodGet, "rooms"}:    opRoom,
	{http.MethodDelete, "rooms"}: opDeleteRoom,
}

// linkOperations are the operations of links by method, kind of entry and last segment of the path.
var linkOperations = map[[3]string]string{
	{http.MethodGet, "rooms", "link"}:   opRoomPrimaryLink,
	{http.MethodGet, "rooms", "links"}:  opRoomLinks,
	{http.MethodPut, "rooms", "links"}:  opSetRoomLink,
	{http.MethodGet, "file", "link"}:    opFilePrimaryLink,
	{http.MethodPost, "file", "link"}:   opCreateFileLink,
	{http.MethodGet, "file", "links"}:   opFileLinks,
	{http.MethodPut, "file", "links"}:   opSetFileLink,
	{http.MethodGet, "folder", "link"}:  opFolderPrimaryLink,
	{http.MethodPost, "folder", "link"}: opCreateFolderLink,
	{http.MethodGet, "folder", "links"}: opFolderLinks,
	{http.MethodPut, "folder", "links"}: opSetFolderLink,
}

// operationOf finds the operation of a request of the generated client by its method and address.
func operationOf(req *http.Request) string {
	if req.URL == nil {
		return ""
	}
	method, path := req.Method, req.URL.Path
	switch {
	case method == http.MethodGet && strings.HasSuffix(path, "/files/settings"):
		return opFilesSettings
	case method == http.MethodPut && strings.HasSuffix(path, "/files/settings/external"):
		return opExternalShare
	case method == http.MethodPut && strings.HasSuffix(path, "/files/settings/externalsocialmedia"):
		return opExternalShareSocialMedia
	case method == http.MethodPost && strings.Contains(path, "/files/share/") && strings.HasSuffix(path, "/password"):
		return opApplyPassword
	case method == http.MethodPut && strings.HasSuffix(path, "/files/settings/externalsharingsettings"):
		return opExternalSharingSettings
	case method == http.MethodPost && strings.HasSuffix(path, "/api/2.0/authentication"):
		return opSignIn
	case method == http.MethodGet && strings.HasSuffix(path, "/api/2.0/authentication"):
		return opIsSignedIn
	case method == http.MethodPost && strings.HasSuffix(path, "/authentication/logout"):
		return opSignOut
	case method == http.MethodGet && strings.HasSuffix(path, "/people/@self"):
		return opSelf
	}
	segments := strings.Split(req.URL.EscapedPath(), "/") // escaped, because a share key may have a slash in it
	switch n := len(segments); {
	case n >= 3 && method == http.MethodGet && segments[n-3] == "files" && segments[n-2] == "share" && segments[n-1] != "":
		return opShareData
	case n >= 4 && segments[n-4] == "files":
		return linkOperations[[3]string{method, segments[n-3], segments[n-1]}]
	case n >= 2 && method == http.MethodGet && segments[n-2] == "files" && segments[n-1] == "rooms":
		return opRooms
	case n >= 2 && method == http.MethodPost && segments[n-2] == "files" && segments[n-1] == "rooms":
		return opCreateRoom
	case n >= 3 && segments[n-1] != "" && (segments[n-2] == "files" || segments[n-3] == "files"):
		return entryOperations[[2]string{method, segments[n-2]}]
	default:
		return ""
	}
}
