package mockserver

import (
	"fmt"
	"net/http"
)

// The errors of a call, by who makes the answer on the server. errorhandler.go turns them into bodies.
type (
	// exception is thrown, and answered by the exception handler as an ErrorApiResponse (ResponseWrapper.cs).
	exception struct {
		status     int
		message    string
		traced     bool // class, stack and number are told
		class      string
		method     string // where the stack begins
		hresult    int32
		retryAfter int // seconds; 0 is none
	}
	// refusal comes from the framework's middleware: a status without a body. message is for the profiles that explain.
	refusal struct {
		status  int
		message string
		header  http.Header
	}
	// filterProblem comes from a resource filter: a bare problem (ApiKeyScopesFilter.cs).
	filterProblem struct {
		status int
	}
	// unsupportedMedia is a body that is not declared as JSON.
	unsupportedMedia struct {
		contentType string
	}
)

func (e *exception) Error() string { return fmt.Sprintf("%d: %s", e.status, e.message) }

func (e *refusal) Error() string { return fmt.Sprintf("%d: %s", e.status, e.message) }

func (e *filterProblem) Error() string { return fmt.Sprintf("%d: problem", e.status) }

func (e *unsupportedMedia) Error() string { return "415: " + e.contentType }

// notAdmin is the answer to people who are neither the owner nor a DocSpace administrator (FilesSettingsHelper.cs). The
// server words it in the language of the caller; here it is English. The stack is cut where it was not read.
func notAdmin() error {
	return &exception{
		status: http.StatusForbidden, traced: true, hresult: -2146233079,
		class:   "System.InvalidOperationException",
		message: "You don't have enough permission to perform the operation",
		method:  "ASC.Web.Files.Classes.FilesSettingsHelper.…",
	}
}
