package dotnet

import "strings"

// strictMedia is a value of the form of a media type or of a Content-Disposition, as ASP.NET Core's strict parsers read it
// (MediaTypeHeaderValue.cs, ContentDispositionHeaderValue.cs, aspnetcore).
type strictMedia struct {
	name       string // such as multipart/form-data
	parameters []parameter
}

func (m strictMedia) isMultipart() bool { return EqualFold(m.name, "multipart/form-data") }

func (m strictMedia) isForm() bool {
	return m.isMultipart() || EqualFold(m.name, "application/x-www-form-urlencoded")
}

// parameter is the value of the first parameter of a name, without quotation marks. It is "" when there is none.
func (m strictMedia) parameter(name string) string {
	for _, p := range m.parameters {
		if EqualFold(p.name, name) {
			return p.value
		}
	}
	return ""
}

// parseStrict reads a media type. It takes nothing that it cannot read to the end.
func parseStrict(text string) (m strictMedia, ok bool) {
	media := parseMedia(text)
	m.name = media.kind + "/" + media.subtype
	m.parameters, ok = parseParameters(media.rest)
	return m, ok && media.subtype != ""
}

// parseDisposition reads the value of a Content-Disposition.
func parseDisposition(text string) (m strictMedia, ok bool) {
	name, rest := cutToken(text)
	m.name = name
	m.parameters, ok = parseParameters(rest)
	return m, ok && name != ""
}

// parseParameters reads all that follows a type. A parameter needs no value, and the last may be missing behind its semicolon.
func parseParameters(text string) (parameters []parameter, ok bool) {
	for strings.HasPrefix(text, ";") {
		p := parameter{}
		p.name, text = cutToken(text[1:])
		if p.name == "" {
			break
		}
		if strings.HasPrefix(text, "=") {
			value, rest := cutToken(text[1:])
			if value == "" {
				if quoted, behind, found := cutQuoted(rest); found {
					value, rest = unquote(quoted), behind
				}
			}
			p.value, text = value, rest
		}
		parameters = append(parameters, p)
	}
	return parameters, text == ""
}
