package mockserver

import (
	"net/http"
	"strconv"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// answer is a whole HTTP answer, for all four operations of the generated stub. The stub's own answers would not have the
// server's order of properties, and would not leave out the same ones.
type answer struct {
	status      int
	contentType string // "" for an empty body
	body        []byte
	cookies     []string // Set-Cookie
}

func (a answer) write(w http.ResponseWriter) error {
	if a.contentType != "" {
		w.Header().Set("Content-Type", a.contentType)
	}
	for _, cookie := range a.cookies {
		w.Header().Add("Set-Cookie", cookie)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, err := w.Write(a.body)
	return err
}

// VisitGetFilesSettingsResponse writes the answer.
func (a answer) VisitGetFilesSettingsResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitExternalShareResponse writes the answer.
func (a answer) VisitExternalShareResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitExternalShareSocialMediaResponse writes the answer.
func (a answer) VisitExternalShareSocialMediaResponse(w http.ResponseWriter) error { return a.write(w) }

// VisitApplyExternalSharePasswordResponse writes the answer.
func (a answer) VisitApplyExternalSharePasswordResponse(w http.ResponseWriter) error {
	return a.write(w)
}

// envelope wraps a response, which is JSON (CommonApiResponse.cs: response, count, links, status, statusCode).
func (c *call) envelope(response []byte, status, statusCode int) []byte {
	b := make([]byte, 0, len(response)+len(c.href)+100)
	b = append(b, `{"response":`...)
	b = append(b, response...)
	b = append(b, `,"count":1,"links":[{"href":`...)
	b = dotnet.AppendJSON(b, c.href)
	b = append(b, `,"action":`...)
	b = dotnet.AppendJSON(b, c.request.Method)
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
func (c *call) success(response []byte) answer {
	return c.formatted(answer{status: http.StatusOK, contentType: c.contentType, body: c.envelope(response, 0, http.StatusOK)})
}
