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
)

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
	default:
		return ""
	}
}
