package client

import (
	"bytes"
	"encoding/json"
	"mime"
	"slices"
	"strings"
)

// shape is what kind of body an answer other than success has.
type shape int

const (
	empty         shape = iota
	errorEnvelope       // ErrorApiResponse
	problem             // problem details, bare or in a success envelope
	plainText           // the address restriction answers so
	foreign             // HTML and all else
)

// maxFields is how many paths an error names, and how many messages for each.
const maxFields = 20

// maxPlainText is the longest text that passes for a message.
const maxPlainText = 4 << 10

type errorBody struct {
	shape   shape
	message string
	kind    string
	fields  map[string][]string
	trace   string // the server's own id of the request; only problem details have it
}

// readErrorBody never fails: an error is reported with as much as can be read of its body.
func readErrorBody(contentType string, body []byte) errorBody {
	if len(body) > maxErrorBody {
		return errorBody{shape: foreign}
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return errorBody{shape: empty}
	}
	media, _, _ := mime.ParseMediaType(contentType)
	switch {
	case media == "text/plain":
		if len(body) > maxPlainText {
			return errorBody{shape: foreign}
		}
		return errorBody{shape: plainText, message: string(body)}
	case media != "application/json" && media != "text/json" && !strings.HasSuffix(media, "+json"):
		return errorBody{shape: foreign}
	}
	type problemDetails struct {
		Title  string              `json:"title"`
		Detail string              `json:"detail"`
		Errors map[string][]string `json:"errors"`
		Trace  string              `json:"traceId"`
	}
	// Piece by piece, so that one odd property does not hide the others.
	var parts map[string]json.RawMessage
	if json.Unmarshal(body, &parts) != nil {
		return errorBody{shape: foreign}
	}
	var exception struct {
		Message string `json:"message"`
		Type    string `json:"type"`
	}
	if raw, ok := parts["error"]; ok && isObject(raw) {
		_ = json.Unmarshal(raw, &exception) // what it could read counts
		return errorBody{shape: errorEnvelope, message: exception.Message, kind: exception.Type}
	}
	source := json.RawMessage(body)
	if raw, ok := parts["response"]; ok && isObject(raw) {
		source = raw
	}
	var details problemDetails
	_ = json.Unmarshal(source, &details) // what it could read counts
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

func isObject(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '{' }

func sortedKeys(m map[string][]string) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
