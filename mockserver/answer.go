package mockserver

import (
	"net/http"
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// answer is a whole HTTP answer, for all operations of the generated stub. The stub's own answers would not have the
// server's order of properties, and would not leave out the same ones.
type answer struct {
	status      int
	contentType string // "" for an empty body
	body        []byte
	cookies     []string // Set-Cookie
	call        *call    // of an answer to the stub
}

func (c *call) write(w http.ResponseWriter, a *answer) error {
	header := w.Header()
	if a.contentType != "" {
		c.setHeader(header, "Content-Type", a.contentType)
	}
	for _, cookie := range a.cookies {
		header.Add("Set-Cookie", cookie)
	}
	c.setHeader(header, "Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, err := w.Write(a.body)
	return err
}

// The stub asks for one method of each call, and all are the same.

// VisitGetFilesSettingsResponse writes the answer.
func (a *answer) VisitGetFilesSettingsResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitExternalShareResponse writes the answer.
func (a *answer) VisitExternalShareResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitExternalShareSocialMediaResponse writes the answer.
func (a *answer) VisitExternalShareSocialMediaResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitApplyExternalSharePasswordResponse writes the answer.
func (a *answer) VisitApplyExternalSharePasswordResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetExternalShareDataResponse writes the answer.
func (a *answer) VisitGetExternalShareDataResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitChangeExternalSharingSettingsResponse writes the answer.
func (a *answer) VisitChangeExternalSharingSettingsResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetRoomsPrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitGetRoomsPrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetRoomLinksResponse writes the answer.
func (a *answer) VisitGetRoomLinksResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitSetRoomLinkResponse writes the answer.
func (a *answer) VisitSetRoomLinkResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetFilePrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitGetFilePrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitCreateFilePrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitCreateFilePrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetFileLinksResponse writes the answer.
func (a *answer) VisitGetFileLinksResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitSetFileExternalLinkResponse writes the answer.
func (a *answer) VisitSetFileExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetFolderPrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitGetFolderPrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitCreateFolderPrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitCreateFolderPrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetFolderLinksResponse writes the answer.
func (a *answer) VisitGetFolderLinksResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitSetFolderPrimaryExternalLinkResponse writes the answer.
func (a *answer) VisitSetFolderPrimaryExternalLinkResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetFolderByFolderIDResponse writes the answer.
func (a *answer) VisitGetFolderByFolderIDResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitGetFolderInfoResponse writes the answer.
func (a *answer) VisitGetFolderInfoResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetFileInfoResponse writes the answer.
func (a *answer) VisitGetFileInfoResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetRoomsFolderResponse writes the answer.
func (a *answer) VisitGetRoomsFolderResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitCreateRoomResponse writes the answer.
func (a *answer) VisitCreateRoomResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetRoomInfoResponse writes the answer.
func (a *answer) VisitGetRoomInfoResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitDeleteRoomResponse writes the answer.
func (a *answer) VisitDeleteRoomResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitAuthenticateMeResponse writes the answer.
func (a *answer) VisitAuthenticateMeResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetIsAuthentificatedResponse writes the answer.
func (a *answer) VisitGetIsAuthentificatedResponse(w http.ResponseWriter) error {
	return a.call.write(w, a)
}

// VisitLogoutResponse writes the answer.
func (a *answer) VisitLogoutResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// VisitGetSelfProfileResponse writes the answer.
func (a *answer) VisitGetSelfProfileResponse(w http.ResponseWriter) error { return a.call.write(w, a) }

// envelope wraps a response that is one object or value, as JSON.
func (c *call) envelope(response []byte, status, statusCode int) []byte {
	return c.envelopeOf(response, 1, noTotal, status, statusCode)
}

// noTotal stands for a total that is not told.
const noTotal = -1

// envelopeOf wraps a response of count items, which is JSON, or none when it is nil (CommonApiResponse.cs: response, count, total,
// links, status, statusCode).
func (c *call) envelopeOf(response []byte, count, total, status, statusCode int) []byte {
	b := make([]byte, 0, len(response)+len(c.href)+100)
	b = append(b, '{')
	if response != nil {
		b = append(b, `"response":`...)
		b = append(append(b, response...), ',')
	}
	b = append(b, `"count":`...)
	b = strconv.AppendInt(b, int64(count), 10)
	if total != noTotal {
		b = append(b, `,"total":`...)
		b = strconv.AppendInt(b, int64(total), 10)
	}
	b = append(b, `,"links":[{"href":`...)
	b = dotnet.AppendText(b, c.href)
	b = append(b, `,"action":`...)
	b = dotnet.AppendText(b, c.request.Method)
	b = append(b, `}],"status":`...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, `,"statusCode":`...)
	b = strconv.AppendInt(b, int64(statusCode), 10)
	return append(b, '}')
}

// formatted is an answer that a formatter of the framework writes. It is in UTF-16 when the caller wants that
// (TextOutputFormatter.cs (aspnetcore)).
func (c *call) formatted(a answer) answer {
	if c.utf16 {
		a.contentType, a.body = dotnet.WithCharset(a.contentType, true), dotnet.ToUTF16(a.body)
	}
	return a
}

// success is the answer 200 with a response, which is JSON.
func (c *call) success(response []byte) *answer { return c.successOf(response, 1, noTotal) }

// successOf is the answer 200 with a response of count items, or with none.
func (c *call) successOf(response []byte, count, total int) *answer {
	return c.successIn(c.envelopeOf(response, count, total, 0, http.StatusOK))
}

// successIn is the answer 200 with a response that is in its envelope.
func (c *call) successIn(envelope []byte) *answer {
	c.succeeded = c.formatted(answer{status: http.StatusOK, contentType: c.contentType, body: envelope, call: c})
	return &c.succeeded
}
