package mockserver

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	contentJSON    = "application/json; charset=utf-8"
	contentProblem = "application/problem+json; charset=utf-8"
)

// answer is a whole HTTP answer. It serves all four operations of the generated stub, which would encode without the
// server's order and omissions.
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

// envelope wraps a response, given as JSON (CommonApiResponse.cs: response, count, links, status, statusCode).
func (c *call) envelope(response []byte, method string, status, statusCode int) []byte {
	b := make([]byte, 0, len(response)+len(c.href)+100)
	b = append(b, `{"response":`...)
	b = append(b, response...)
	b = append(b, `,"count":1,"links":[`...)
	b = appendJSON(b, LinkDto{Href: c.href, Action: method})
	b = append(b, `],"status":`...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, `,"statusCode":`...)
	b = strconv.AppendInt(b, int64(statusCode), 10)
	return append(b, '}')
}

// success is the answer 200.
func (c *call) success(response []byte) answer {
	return answer{status: http.StatusOK, contentType: c.contentType, body: c.envelope(response, c.route.method, 0, http.StatusOK)}
}

// negotiate is the content type of a success: JSON, and text/json only for who prefers it. Whatever else is accepted is
// not looked at, and with */* nothing is (ASP.NET Core's defaults).
func negotiate(accept string) string {
	type option struct {
		media string
		q     float64
	}
	var options []option
	for _, part := range strings.Split(accept, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		if media == "*/*" {
			return contentJSON
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			q, _ = strconv.ParseFloat(text, 64)
		}
		options = append(options, option{media, q})
	}
	slices.SortStableFunc(options, func(a, b option) int {
		switch {
		case a.q > b.q:
			return -1
		case a.q < b.q:
			return 1
		default:
			return 0
		}
	})
	for _, o := range options {
		switch o.media {
		case "application/json", "application/*":
			return contentJSON
		case "text/json", "text/*":
			return "text/json; charset=utf-8"
		}
	}
	return contentJSON
}
