package mockserver

import (
	"net/http"
)

// Operation is one of the four calls, by the operationId that openapi.yaml and the published reference give it.
type Operation string

// The calls.
const (
	GetFilesSettings           Operation = "getFilesSettings"
	ExternalShare              Operation = "externalShare"
	ExternalShareSocialMedia   Operation = "externalShareSocialMedia"
	ApplyExternalSharePassword Operation = "applyExternalSharePassword"
)

// Operations are all of them, in the order of openapi.yaml.
func Operations() []Operation {
	return []Operation{GetFilesSettings, ExternalShare, ExternalShareSocialMedia, ApplyExternalSharePassword}
}

// Method is the HTTP method of the call; "" for what is none of the four.
func (o Operation) Method() string {
	switch o {
	case GetFilesSettings:
		return http.MethodGet
	case ExternalShare, ExternalShareSocialMedia:
		return http.MethodPut
	case ApplyExternalSharePassword:
		return http.MethodPost
	default:
		return ""
	}
}

// Path is the path of the call as openapi.yaml spells it; "" for what is none of the four.
func (o Operation) Path() string {
	switch o {
	case GetFilesSettings:
		return "/api/2.0/files/settings"
	case ExternalShare:
		return "/api/2.0/files/settings/external"
	case ExternalShareSocialMedia:
		return "/api/2.0/files/settings/externalsocialmedia"
	case ApplyExternalSharePassword:
		return "/api/2.0/files/share/{key}/password"
	default:
		return ""
	}
}
