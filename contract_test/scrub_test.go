package contract_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
)

// scrubber removes keys, tokens, passwords, cookies, hosts and names from exchanges. It keeps only values that it knows to be
// harmless. Equal values become equal references, so a reader can still see that a cookie is sent as it was set.
type scrubber struct {
	known      map[string]string // references of secrets that are known from the start
	references map[string]string // by kind and value
	counts     map[string]int
}

func newScrubber() *scrubber {
	return &scrubber{known: map[string]string{}, references: map[string]string{}, counts: map[string]int{}}
}

// secret makes a value known. It is then replaced everywhere, in every encoding.
func (s *scrubber) secret(kind, value string) string {
	ref := s.ref(kind, value)
	if value != "" {
		s.known[value] = ref
	}
	return ref
}

// ref is the reference for a value.
func (s *scrubber) ref(kind, value string) string {
	if ref, known := s.known[value]; known {
		return ref
	}
	ref, known := s.references[kind+" "+value]
	if !known {
		s.counts[kind]++
		ref = fmt.Sprintf("{{%s-%d}}", kind, s.counts[kind])
		s.references[kind+" "+value] = ref
	}
	return ref
}

var referencePattern = regexp.MustCompile(`\{\{[a-z-]+-\d+\}\}`)

// withoutSecrets replaces the known secrets, the longest first.
func (s *scrubber) withoutSecrets(text string) string {
	values := make([]string, 0, len(s.known))
	for value := range s.known {
		values = append(values, value)
	}
	slices.SortFunc(values, func(a, b string) int { return len(b) - len(a) })
	for _, value := range values {
		for _, form := range encodings(value) {
			text = strings.ReplaceAll(text, form, s.known[value])
		}
	}
	return text
}

// encodings are the ways in which a value may be written in an exchange.
func encodings(value string) []string {
	quoted, _ := json.Marshal(value)
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value)
	forms := []string{value, string(quoted[1 : len(quoted)-1]), strings.Trim(strings.TrimSpace(plain.String()), `"`), url.PathEscape(value), url.QueryEscape(value)}
	if len(value) > 5 {
		forms = append(forms, withinBase64(value)...)
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
			forms = append(forms, encoding.EncodeToString([]byte(value)))
		}
	}
	slices.SortStableFunc(forms, func(a, b string) int { return len(b) - len(a) })
	return slices.DeleteFunc(slices.Compact(forms), func(form string) bool { return form == "" })
}

// withinBase64 are the base64 forms of a value inside a longer text. They depend on the offset of the value.
func withinBase64(value string) []string {
	var parts []string
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			encoded := encoding.EncodeToString(append(make([]byte, before), value...))
			parts = append(parts, encoded[(before*8+5)/6:(before+len(value))*8/6])
		}
	}
	return parts
}

// leaks says whether a text still has a known secret.
func (s *scrubber) leaks(text string) bool {
	text = referencePattern.ReplaceAllString(text, "")
	for value := range s.known {
		if len(value) > 3 && slices.ContainsFunc(encodings(value), func(form string) bool { return strings.Contains(text, form) }) {
			return true
		}
	}
	return false
}

var (
	guidPattern     = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	extension       = regexp.MustCompile(`^\.[a-z0-9_]{1,5}$`)
	shareKeySegment = regexp.MustCompile(`(?i)^(.*/files/share/)(?:([^/].*?)(/password/?)|([^/]+)(/?))$`) // a key before /password may have slashes
	zeroGUID        = "00000000-0000-0000-0000-000000000000"
)

// words are the names of properties and the example values in openapi.yaml. They are public.
var words = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	doc, err := contract()
	if err != nil {
		return words
	}
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case string:
			words[value] = true
		case []any:
			for _, entry := range value {
				walk(entry)
			}
		case map[string]any:
			for name, entry := range value {
				words[name] = true
				walk(entry)
			}
		}
	}
	for _, example := range doc.Components.Examples {
		walk(example.Value.Value)
	}
	for _, schema := range doc.Components.Schemas {
		addNames(words, schema)
	}
	for _, word := range []string{
		"One or more validation errors occurred.", "Unsupported Media Type", "Forbidden", "A non-empty request body is required.",
		"https://tools.ietf.org/html/rfc9110#section-15.5.1", "https://tools.ietf.org/html/rfc9110#section-15.5.4", "https://tools.ietf.org/html/rfc9110#section-15.5.16",
		"System.InvalidOperationException", "GET", "PUT", "POST",
	} {
		words[word] = true
	}
	return words
})

func addNames(words map[string]bool, schema *openapi3.SchemaRef) {
	for name, property := range schema.Value.Properties {
		words[name] = true
		addNames(words, property)
	}
}

// answerBody scrubs the body of an answer. A body that is not JSON is replaced as a whole.
func (s *scrubber) answerBody(body string) string {
	if body == "" {
		return ""
	}
	scrubbed, err := rewriteJSON(body, s.answerName, s.answerValue)
	if err != nil {
		return s.ref("body", body)
	}
	return s.withoutSecrets(scrubbed)
}

func (s *scrubber) answerName(name string) string {
	if words()[name] || extension.MatchString(name) || name == "" || name == "$" || strings.HasPrefix(name, "$.") && words()[name[2:]] || name == "RequestParam" {
		return name
	}
	return s.ref("name", name)
}

func (s *scrubber) answerValue(name string, value any) any {
	switch value := value.(type) {
	case json.Number:
		if name == "tenantId" && value != "0" {
			return json.Number("1")
		}
		if len(value) > 12 { // no number in openapi.yaml is as long
			return json.Number("999999999999")
		}
		return value
	case string:
		_, known := s.known[value]
		switch {
		case known || name == "password":
			return s.ref("password", value)
		case name == "href":
			return s.address(value)
		case value == zeroGUID, value == "", extension.MatchString(value):
			return value
		case guidPattern.FindString(value) == value:
			return s.ref("guid", strings.ToLower(value))
		case name != "id" && words()[value]:
			return value
		default:
			return s.ref("text", value)
		}
	}
	return value
}

// address scrubs the host, the key of a link and the query of a URL.
func (s *scrubber) address(text string) string {
	scheme, rest, found := strings.Cut(text, "://")
	if !found || scheme != "http" && scheme != "https" {
		return s.ref("text", text)
	}
	host, path, _ := strings.Cut(rest, "/")
	path, _, _ = strings.Cut("/"+path, "?")
	if at := strings.Index(strings.ToLower(path), "/api/"); at >= 0 {
		path = path[at:]
	} else {
		return s.ref("text", text)
	}
	return scheme + "://" + s.ref("host", host) + s.path(path)
}

// path scrubs a path. The suite wrote it, except the key of a link.
func (s *scrubber) path(path string) string {
	parts := shareKeySegment.FindStringSubmatch(path)
	if parts == nil {
		return s.withoutSecrets(path)
	}
	sent, end := parts[2]+parts[4], parts[3]+parts[5]
	key, err := url.PathUnescape(sent)
	if err != nil {
		key = sent
	}
	return s.withoutSecrets(parts[1]) + s.ref("share-key", key) + end
}

// requestBody scrubs the body of a request. The suite wrote malformed ones itself, so their secrets are known.
func (s *scrubber) requestBody(body string) string {
	changed := false
	scrubbed, err := rewriteJSON(body, func(name string) string { return name }, func(name string, value any) any {
		// Half a surrogate pair is not a password and must not change.
		if text, ok := value.(string); ok && strings.EqualFold(name, "password") && text != "" && text != string(utf8.RuneError) {
			changed = true
			return s.ref("password", text)
		}
		return value
	})
	if err != nil || !changed {
		scrubbed = body
	}
	return s.withoutSecrets(scrubbed)
}

// These headers are kept, with values that match headerValues.
var (
	requestHeaders = []string{"Accept", "Content-Type", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"}
	answerHeaders  = []string{
		"Content-Type", "Allow", "Api-Supported-Versions", "Access-Control-Allow-Origin", "Access-Control-Allow-Methods",
		"Access-Control-Allow-Headers", "Cache-Control", "Pragma", "Retry-After",
	}
	headerValues = regexp.MustCompile(`^$|^(application|text|multipart)/[a-z+*-]+(; (charset=(utf-8|UTF-8|iso-8859-1|utf-32)|boundary=x))?$|^\*(/\*)?$|^(GET|PUT|POST|OPTIONS|, )+$|^2\.0$|^no-cache(,no-store)?$|^\d{1,5}$|^(authorization|content-type|,)+$|^json$`)
)

func (s *scrubber) header(h http.Header, kept []string) http.Header {
	scrubbed := http.Header{}
	for _, name := range kept {
		for _, value := range h.Values(name) {
			if name == "Origin" {
				value = "https://" + s.ref("host", value)
			} else if !headerValues.MatchString(value) {
				value = s.ref("header", value)
			}
			scrubbed.Add(name, s.withoutSecrets(value))
		}
	}
	return scrubbed
}

func (s *scrubber) requestHeader(h http.Header) http.Header {
	scrubbed := s.header(h, requestHeaders)
	if value := h.Get("Authorization"); value != "" {
		scheme, credentials, found := strings.Cut(value, " ")
		if !found || scheme != "Bearer" && scheme != "bearer" && scheme != "Basic" {
			scheme, credentials = "", value
		} else {
			scheme += " "
		}
		ref := s.credentials(credentials)
		if plain, err := base64.StdEncoding.DecodeString(credentials); scheme == "Basic " && err == nil && bytes.Contains(plain, []byte(":")) {
			ref = s.ref("basic", credentials) // the server can decode this one
		}
		scrubbed.Set("Authorization", scheme+ref)
	}
	if r := (&http.Request{Header: h}); h.Get("Cookie") != "" {
		var cookies []string
		for _, cookie := range r.Cookies() {
			cookies = append(cookies, s.cookieName(cookie.Name)+"="+s.ref("cookie", cookie.Value))
		}
		scrubbed.Set("Cookie", strings.Join(cookies, "; "))
	}
	return scrubbed
}

// credentials replaces a key by a reference of the same kind. The kind decides which handler of the server reads it.
func (s *scrubber) credentials(value string) string {
	switch {
	case strings.HasPrefix(value, "sk-"):
		return s.ref("api-key", value)
	case strings.Count(value, ".") == 2:
		return s.ref("jwt", value)
	default:
		return s.ref("key", value)
	}
}

func (s *scrubber) answerHeader(h http.Header) http.Header {
	scrubbed := s.header(h, answerHeaders)
	if challenge, _, _ := strings.Cut(h.Get("WWW-Authenticate"), " "); challenge == "Basic" {
		scrubbed.Set("WWW-Authenticate", challenge)
	}
	for _, line := range h.Values("Set-Cookie") {
		cookie, err := http.ParseSetCookie(line)
		if err != nil {
			scrubbed.Add("Set-Cookie", s.ref("cookie", line))
			continue
		}
		kept := s.cookieName(cookie.Name) + "="
		if cookie.Value != "" {
			kept += s.ref("cookie", cookie.Value)
		}
		scrubbed.Add("Set-Cookie", kept+cookieAttributes(cookie))
	}
	return scrubbed
}

// cookieAttributes are the attributes of a cookie, without those that depend on the portal's address, on how it was installed and
// on the day.
func cookieAttributes(cookie *http.Cookie) string {
	attributes := ""
	for _, attribute := range []struct {
		there bool
		text  string
	}{
		{cookie.Path == "/", "path=/"}, {cookie.Domain != "", "domain"}, {!cookie.Expires.IsZero(), "expires"}, {cookie.MaxAge != 0, "max-age"},
		{cookie.HttpOnly, "httponly"},
	} {
		if attribute.there {
			attributes += "; " + attribute.text
		}
	}
	return attributes
}

func (s *scrubber) cookieName(name string) string {
	id, link := strings.CutPrefix(name, "sharelink")
	switch {
	case name == "asc_auth_key", name == "anonymous_session_key":
		return name
	case link && guidPattern.FindString(id) == id && id != "":
		return "sharelink" + s.ref("guid", strings.ToLower(id))
	default:
		return s.ref("cookie-name", name)
	}
}

// rewriteJSON changes names and values of a JSON text and keeps their order.
func rewriteJSON(text string, name func(string) string, value func(name string, value any) any) (string, error) {
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var out strings.Builder
	write := func(v any) error {
		encoder := json.NewEncoder(&trimmed{&out})
		encoder.SetEscapeHTML(false)
		return encoder.Encode(v)
	}
	var element func(member string) error
	element = func(member string) error {
		token, err := dec.Token()
		if err != nil {
			return err
		}
		open, nested := token.(json.Delim)
		if !nested {
			return write(value(member, token))
		}
		out.WriteString(open.String())
		for first := true; dec.More(); first = false {
			if !first {
				out.WriteByte(',')
			}
			inner := member
			if open == '{' {
				key, err := dec.Token()
				if err != nil {
					return err
				}
				inner = key.(string)
				if err := write(name(inner)); err != nil {
					return err
				}
				out.WriteByte(':')
			}
			if err := element(inner); err != nil {
				return err
			}
		}
		last, err := dec.Token()
		if err != nil {
			return err
		}
		out.WriteString(last.(json.Delim).String())
		return nil
	}
	if err := element(""); err != nil {
		return "", err
	}
	if dec.More() {
		return "", fmt.Errorf("there is more than one value")
	}
	return out.String(), nil
}

// trimmed removes the line break at the end of what an encoder writes.
type trimmed struct{ to *strings.Builder }

func (t *trimmed) Write(p []byte) (int, error) {
	t.to.Write(bytes.TrimSuffix(p, []byte("\n")))
	return len(p), nil
}
