package client_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// A request of the generated client gets its operation from its method and address.
func TestOperationOfRequest(t *testing.T) {
	for request, want := range map[string]string{
		"GET /api/2.0/files/settings":                            "getFilesSettings",
		"GET /gateway/api/2.0/files/settings":                    "getFilesSettings",
		"GET /api/2.0/files/settings?fields=a":                   "getFilesSettings",
		"PUT /api/2.0/files/settings/external":                   "externalShare",
		"PUT /api/2.0/files/settings/externalsocialmedia":        "externalShareSocialMedia",
		"POST /api/2.0/files/share/KEY/password":                 "applyExternalSharePassword",
		"POST /api/2.0/files/share/a%2Fb/password":               "applyExternalSharePassword",
		"PUT /gw/api/2.0/files/settings/externalsharingsettings": "changeExternalSharingSettings",
		"GET /api/2.0/files/share/KEY":                           "getExternalShareData",
		"GET /api/2.0/files/share/a%2Fb?fileId=1":                "getExternalShareData",
		"GET /api/2.0/files/rooms/10/link":                       "getRoomsPrimaryExternalLink",
		"GET /gw/api/2.0/files/rooms/10/links?type=1":            "getRoomLinks",
		"PUT /api/2.0/files/rooms/10/links":                      "setRoomLink",
		"GET /api/2.0/files/file/10/link":                        "getFilePrimaryExternalLink",
		"POST /api/2.0/files/file/10/link":                       "createFilePrimaryExternalLink",
		"GET /api/2.0/files/file/10/links":                       "getFileLinks",
		"PUT /api/2.0/files/file/10/links":                       "setFileExternalLink",
		"GET /api/2.0/files/folder/10/link":                      "getFolderPrimaryExternalLink",
		"POST /api/2.0/files/folder/10/link":                     "createFolderPrimaryExternalLink",
		"GET /api/2.0/files/folder/10/links":                     "getFolderLinks",
		"PUT /api/2.0/files/folder/10/links":                     "setFolderPrimaryExternalLink",
		"POST /api/2.0/files/rooms/10/link":                      "",
		"PUT /api/2.0/files/rooms/10/link":                       "",
		"GET /api/2.0/files/share/":                              "",
		"PUT /api/2.0/files/settings":                            "",
		"GET /api/2.0/files/settings/external":                   "",
		"GET /api/2.0/files/share/KEY/password":                  "",
		"POST /api/2.0/files/share/KEY":                          "",
		"GET /api/2.0/files/10":                                  "getFolderByFolderId",
		"GET /gw/api/2.0/files/10?count=1&startIndex=2":          "getFolderByFolderId",
		"GET /api/2.0/files/folder/10":                           "getFolderInfo",
		"GET /api/2.0/files/file/10?version=1":                   "getFileInfo",
		"GET /api/2.0/files/rooms":                               "getRoomsFolder",
		"POST /api/2.0/files/rooms":                              "createRoom",
		"GET /api/2.0/files/rooms/10":                            "getRoomInfo",
		"DELETE /api/2.0/files/rooms/10":                         "deleteRoom",
		"DELETE /api/2.0/files/rooms":                            "",
		"DELETE /api/2.0/files/folder/10":                        "",
		"POST /api/2.0/files/file/10":                            "",
		"GET /api/2.0/files/rooms/":                              "",
		"GET /files":                                             "",
		"GET /api/2.0/people":                                    "",
	} {
		t.Run(request, func(t *testing.T) {
			var seen []string
			doer, err := client.NewDoer("https://portal.example", client.WithHTTPClient(&http.Client{Transport: &script{answers: []answer{status(403)}}}),
				client.WithHooks(client.Hooks{Before: func(_ context.Context, a client.Attempt) { seen = append(seen, a.Operation) }}))
			if err != nil {
				t.Fatal(err)
			}
			method, path, _ := strings.Cut(request, " ")
			req, err := http.NewRequest(method, "https://portal.example"+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := doer.Do(req); err != nil || len(seen) != 1 || seen[0] != want {
				t.Errorf("got %q, %v", seen, err)
			}
		})
	}
}
