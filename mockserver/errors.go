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

func (e *unsupportedMedia) Error() string { return "415: " + e.describe() }

func (e *unsupportedMedia) describe() string {
	if e.contentType == "" {
		return "none"
	}
	return e.contentType
}

// The exceptions of the framework. The "…" stands for the part of the stack that was not read.

// badHTTPRequest is the exception of a body that Kestrel cannot read.
func badHTTPRequest(message string) *exception {
	return &exception{
		status: http.StatusInternalServerError, traced: true, hresult: -2146232800, message: message,
		class:  "Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException",
		method: "Microsoft.AspNetCore.Server.Kestrel.Core.…",
	}
}

// outOfRange is the exception of an argument that is too small or too large.
func outOfRange(parameter, method string) *exception {
	return &exception{
		status: http.StatusBadRequest, traced: true, hresult: -2146233086,
		message: "Specified argument was out of the range of valid values. (Parameter '" + parameter + "')",
		class:   "System.ArgumentOutOfRangeException", method: method,
	}
}

// badArgument is the exception of an argument that cannot be used.
func badArgument(message, method string) *exception {
	return &exception{
		status: http.StatusBadRequest, traced: true, hresult: -2147024809, message: message,
		class: "System.ArgumentException", method: method,
	}
}

// missingArgument is the exception of an argument that is null.
func missingArgument(parameter, method string) *exception {
	return &exception{
		status: http.StatusBadRequest, traced: true, hresult: -2147467261,
		message: "Value cannot be null. (Parameter '" + parameter + "')",
		class:   "System.ArgumentNullException", method: method,
	}
}

// undecodable is the exception of a body that is not in its charset.
func undecodable(message string) *exception {
	return &exception{
		status: http.StatusBadRequest, traced: true, hresult: -2147024809, message: message,
		class: "System.Text.DecoderFallbackException", method: "System.Text.DecoderExceptionFallbackBuffer.…",
	}
}

// badURI is the exception of a text that is no absolute URI.
func badURI(message string) *exception {
	return &exception{
		status: http.StatusInternalServerError, traced: true, hresult: -2146233033, message: message,
		class: "System.UriFormatException", method: "System.Uri.…",
	}
}

// nullReference is the exception of code that uses a value which is not there.
func nullReference(method string) *exception {
	return &exception{
		status: http.StatusInternalServerError, traced: true, hresult: -2147467261,
		message: "Object reference not set to an instance of an object.",
		class:   "System.NullReferenceException", method: method,
	}
}

// notAdmin is the answer to people who are neither the owner nor a DocSpace administrator (FilesSettingsHelper.cs). The
// server writes the message in the caller's language, and the fake writes it in English.
func notAdmin() error {
	return invalidOperation("You don't have enough permission to perform the operation", "ASC.Web.Files.Classes.FilesSettingsHelper.…")
}

// accessDenied is the exception of somebody who may not do what he wants with an entry.
func accessDenied(method string) *exception {
	return &exception{
		status: http.StatusForbidden, traced: true, hresult: -2146233078,
		message: "Access denied", class: "System.Security.SecurityException", method: method,
	}
}

// itemNotFound is the exception of an entry that is not there.
func itemNotFound(message, method string) *exception {
	return &exception{
		status: http.StatusNotFound, traced: true, hresult: -2146233088,
		message: message, class: "ASC.Common.Web.ItemNotFoundException", method: method,
	}
}

// invalidOperation is the exception of something that is not possible now, or not for this caller.
func invalidOperation(message, method string) *exception {
	return &exception{
		status: http.StatusForbidden, traced: true, hresult: -2146233079,
		message: message, class: "System.InvalidOperationException", method: method,
	}
}
