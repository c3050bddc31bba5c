package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"sync"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// maskedBody is a body as JSON without secrets. Texts become ***, and so do names that openapi.yaml does not have. Numbers
// become *** too, except for the value of a switch that is not one of secrets. secrets may be nil. A body that is not valid
// JSON becomes *** as a whole.
func maskedBody(body []byte, secrets *secrets) []byte {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(body)) == 0 {
		return nil
	}
	m := bodyMasker{dec: json.NewDecoder(bytes.NewReader(body)), secrets: secrets}
	m.dec.UseNumber()
	if err := m.value("", 0); err != nil {
		return []byte(text.Mask)
	}
	if _, err := m.dec.Token(); !errors.Is(err, io.EOF) {
		return []byte(text.Mask)
	}
	return m.shown
}

type bodyMasker struct {
	dec     *json.Decoder
	secrets *secrets
	shown   []byte
}

var errTooDeep = errors.New("nested too deeply")

// value copies the next value, masked. name is its name when it is in an object.
func (m *bodyMasker) value(name string, depth int) error {
	token, err := m.dec.Token()
	if err != nil {
		return err
	}
	switch value := token.(type) {
	case nil:
		m.shown = append(m.shown, "null"...)
	case bool:
		m.shown = strconv.AppendBool(m.shown, value)
	case json.Number:
		if isFlagName(name) && (m.secrets == nil || !m.secrets.in(value.String())) {
			m.shown = append(m.shown, value...)
		} else {
			m.shown = append(m.shown, `"`+text.Mask+`"`...)
		}
	case string:
		if value != "" {
			value = text.Mask
		}
		m.shown = append(m.shown, `"`+value+`"`...)
	case json.Delim:
		if depth == dotnet.MaxDepth {
			return errTooDeep
		}
		return m.container(value, depth+1)
	}
	return nil
}

func (m *bodyMasker) container(open json.Delim, depth int) error {
	m.shown = append(m.shown, open.String()...)
	for first := true; m.dec.More(); first = false {
		if !first {
			m.shown = append(m.shown, ',')
		}
		name := ""
		if open == '{' {
			token, err := m.dec.Token()
			if err != nil {
				return err
			}
			name, _ = token.(string)
			m.shown = append(m.shown, `"`+shownName(name)+`":`...)
		}
		if err := m.value(name, depth); err != nil {
			return err
		}
	}
	end, err := m.dec.Token()
	if err != nil {
		return err
	}
	if end, ok := end.(json.Delim); ok {
		m.shown = append(m.shown, end.String()...)
	}
	return nil
}

func isFlagName(name string) bool {
	return dotnet.EqualFold(name, "set") || dotnet.EqualFold(name, "displayValue")
}

// shownName is the name of a property, or *** when openapi.yaml does not have it, because it may be secret.
func shownName(name string) string {
	if !isFlagName(name) && !contractNames()[dotnet.ToLower(name)] {
		return text.Mask
	}
	return name
}

// contractNames are the names of all properties in openapi.yaml, in lower case, with those that an answer to `fields` has instead.
var contractNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, name := range api.ContractProperties {
		names[dotnet.ToLower(name)] = true
	}
	for _, picked := range nestedNames {
		for _, name := range picked {
			names[dotnet.ToLower(name)] = true
		}
	}
	return names
})
