package client

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime"
	"slices"
	"strings"
)

// bodyShape is the kind of body that an answer other than success has.
type bodyShape int

const (
	emptyBody     bodyShape = iota
	errorEnvelope           // ErrorApiResponse
	problem                 // problem details, alone or in the envelope of a success
	plainText               // the portal sends it to an address that it does not allow
	foreignBody             // HTML and everything else
)

// maxFields is how many paths an error names, and how many messages for each.
const maxFields = 20

// maxPlainText is the longest plain text that counts as a message, in bytes.
const maxPlainText = 4 << 10

// errorBody is what the body of such an answer says.
type errorBody struct {
	shape     bodyShape
	message   string
	exception string              // the type of the server's exception
	fields    map[string][]string // messages by JSON path
	trace     string              // the server's own id of the request; only problem details have it
}

// readErrorBody reads as much of a body as it can. It never fails, because the error is reported in any case.
func readErrorBody(contentType string, body []byte) errorBody {
	if len(body) > maxErrorBody {
		return errorBody{shape: foreignBody}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return errorBody{shape: emptyBody}
	}
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "text/plain" && len(body) <= maxPlainText:
		return errorBody{shape: plainText, message: string(body)}
	case media != "application/json" && media != "text/json" && !strings.HasSuffix(media, "+json"):
		return errorBody{shape: foreignBody}
	}
	// Each property is decoded by itself, so that a wrong one does not hide the others.
	var properties map[string]json.RawMessage
	if json.Unmarshal(body, &properties) != nil {
		return errorBody{shape: foreignBody}
	}
	if isObject(properties["error"]) {
		return readErrorEnvelope(properties["error"])
	}
	if isObject(properties["response"]) {
		return readProblem(properties["response"])
	}
	return readProblem(body)
}

// readErrorEnvelope reads the property error of an ErrorApiResponse.
func readErrorEnvelope(text []byte) errorBody {
	var exception struct {
		Message string `json:"message"`
		Type    string `json:"type"`
	}
	_ = json.Unmarshal(text, &exception) // whatever could be read counts
	return errorBody{shape: errorEnvelope, message: exception.Message, exception: exception.Type}
}

// readProblem reads problem details. The message is the first of a field, or else the detail, or else the title.
func readProblem(text []byte) errorBody {
	var details struct {
		Title  string              `json:"title"`
		Detail string              `json:"detail"`
		Errors map[string][]string `json:"errors"`
		Trace  string              `json:"traceId"`
	}
	_ = json.Unmarshal(text, &details) // whatever could be read counts
	said := errorBody{shape: problem, message: details.Title, fields: details.Errors, trace: details.Trace}
	if details.Detail != "" {
		said.message = details.Detail
	}
	for _, path := range sortedKeys(details.Errors) {
		if messages := details.Errors[path]; len(messages) > 0 {
			said.message = messages[0]
			break
		}
	}
	return said
}

func isObject(text json.RawMessage) bool { return len(text) > 0 && text[0] == '{' }

func sortedKeys(m map[string][]string) []string { return slices.Sorted(maps.Keys(m)) }
