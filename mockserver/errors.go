package mockserver

import (
	"fmt"
	"net/http"
)

// The errors of a call. Each type is one part of the server that makes error answers. errorhandler.go turns them into bodies.
type (
	// exception is an exception of the server. Its exception handler answers it as an ErrorApiResponse (ResponseWrapper.cs).
	exception struct {
		status     int
		message    string
		traced     bool // the answer has class, stack and hresult
		class      string
		method     string // the first line of the stack
		hresult    int32
		retryAfter int // seconds; 0 is none
	}
	// refusal is an answer of the framework's middleware: a status without a body. message is for profiles with errorMessages.
	refusal struct {
		status  int
		message string
		header  http.Header
	}
	// filterProblem is an answer of a resource filter: problem details without an envelope (ApiKeyScopesFilter.cs).
	filterProblem struct {
		status int
	}
	// unsupportedMedia is the error for a body whose Content-Type is not JSON.
	unsupportedMedia struct {
		contentType string
	}
)

func (e *exception) Error() string { return fmt.Sprintf("%d: %s", e.status, e.message) }

func (e *refusal) Error() string { return fmt.Sprintf("%d: %s", e.status, e.message) }

func (e *filterProblem) Error() string { return fmt.Sprintf("%d: problem", e.status) }

func (e *unsupportedMedia) Error() string { return "415: " + e.contentType }

// notAdmin is the answer to people who are neither the owner nor a DocSpace administrator (FilesSettingsHelper.cs). The
// server writes the message in the caller's language, and the fake writes it in English. The "…" stands for the part of the
// stack that was not read.
func notAdmin() error {
	return &exception{
		status: http.StatusForbidden, traced: true, hresult: -2146233079,
		class:   "System.InvalidOperationException",
		message: "You don't have enough permission to perform the operation",
		method:  "ASC.Web.Files.Classes.FilesSettingsHelper.…",
	}
}
