package mockserver

import (
	"net/http"
)

// Operation names one of the four calls. The names are the operationId of openapi.yaml and of the published reference.
type Operation string

// The four calls.
const (
	GetFilesSettings           Operation = "getFilesSettings"
	ExternalShare              Operation = "externalShare"
	ExternalShareSocialMedia   Operation = "externalShareSocialMedia"
	ApplyExternalSharePassword Operation = "applyExternalSharePassword"
)

// Operations returns the four calls, in the order of openapi.yaml.
func Operations() []Operation {
	return []Operation{GetFilesSettings, ExternalShare, ExternalShareSocialMedia, ApplyExternalSharePassword}
}

// Method returns the HTTP method of the call, or "" when o is none of the four.
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

// Path returns the path of the call as in openapi.yaml, with {key} for a share key. It is "" when o is none of the four.
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
