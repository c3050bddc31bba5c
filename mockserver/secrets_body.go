package mockserver

import (
	"bytes"
	"encoding/json"
	"errors"
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
	if !json.Valid(body) {
		return []byte(text.Mask)
	}
	m := bodyMasker{rest: body, secrets: secrets, shown: make([]byte, 0, len(body))}
	if err := m.value("", 0); err != nil {
		return []byte(text.Mask)
	}
	return m.shown
}

// bodyMasker copies valid JSON, value by value. encoding/json would take several times as long, and the body of each password call that
// is right is masked before it is kept.
type bodyMasker struct {
	rest    []byte
	secrets *secrets
	shown   []byte
}

var errTooDeep = errors.New("nested too deeply")

// value copies the next value, masked. name is its name when it is in an object.
func (m *bodyMasker) value(name string, depth int) error {
	switch c := m.next(); c {
	case '"':
		value := string(m.text())
		if value != "" {
			value = text.Mask
		}
		m.shown = append(append(append(m.shown, '"'), value...), '"')
	case '{', '[':
		if depth == dotnet.MaxDepth {
			return errTooDeep
		}
		return m.container(c, depth+1)
	case 't', 'f', 'n':
		m.shown = append(m.shown, m.plain()...)
	default:
		if number := m.plain(); isFlagName(name) && (m.secrets == nil || !m.secrets.in(string(number))) {
			m.shown = append(m.shown, number...)
		} else {
			m.shown = append(m.shown, `"`+text.Mask+`"`...)
		}
	}
	return nil
}

func (m *bodyMasker) container(open byte, depth int) error {
	m.take()
	for first := true; m.next() != '}' && m.next() != ']'; first = false {
		if !first {
			m.rest = m.rest[1:] // a comma
			m.shown = append(m.shown, ',')
		}
		name := ""
		if open == '{' {
			m.next()
			name = unquoted(m.text())
			m.shown = append(append(append(m.shown, '"'), shownName(name)...), `":`...)
			m.next()
			m.rest = m.rest[1:] // a colon
		}
		if err := m.value(name, depth); err != nil {
			return err
		}
	}
	m.take()
	return nil
}

// next is the next byte that is not blank. Valid JSON has one, until its value ends.
func (m *bodyMasker) next() byte {
	for m.rest[0] <= ' ' {
		m.rest = m.rest[1:]
	}
	return m.rest[0]
}

// take copies the next byte.
func (m *bodyMasker) take() { m.shown, m.rest = append(m.shown, m.rest[0]), m.rest[1:] }

// text cuts a text off, and returns what is between its quotation marks.
func (m *bodyMasker) text() []byte {
	end := 1
	for m.rest[end] != '"' {
		if m.rest[end] == '\\' {
			end++
		}
		end++
	}
	inner := m.rest[1:end]
	m.rest = m.rest[end+1:]
	return inner
}

// plain cuts a number, true, false or null off.
func (m *bodyMasker) plain() []byte {
	end := bytes.IndexAny(m.rest, ",]} \t\r\n")
	if end < 0 {
		end = len(m.rest)
	}
	value := m.rest[:end]
	m.rest = m.rest[end:]
	return value
}

// unquoted is a name without its escapes.
func unquoted(name []byte) string {
	if !bytes.Contains(name, []byte{'\\'}) {
		return string(name)
	}
	var plain string
	_ = json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &plain) // it is valid
	return plain
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
