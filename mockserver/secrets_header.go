package mockserver

import (
	"net/http"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// maxHeaderValue is the largest size of a shown value, in bytes.
const maxHeaderValue = 256

// isHeaderName says whether a header name has the usual form. The name of a header can be secret too.
func isHeaderName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return name != "" && len(name) <= 64
}

// appendHeader appends the name and the value of a header, with secrets masked.
func appendHeader(header []string, name, value string, secrets *secrets) []string {
	_, shown := headerForms[name]
	switch {
	case shown:
		return append(header, name, text.Shorten(secrets.mask(value), maxHeaderValue))
	case isHeaderName(name) && !secrets.in(name):
		return append(header, name, text.Mask)
	default:
		return append(header, text.Mask, text.Mask)
	}
}

const (
	weightForm   = `([ \t]*;[ \t]*q=[01](\.[0-9]{0,3})?)?`
	mediaForm    = `(\*|application|audio|font|image|message|model|multipart|text|video)/(\*|[A-Za-z0-9][A-Za-z0-9.+-]{0,60})`
	charsetForm  = `[ \t]*;[ \t]*(?i:charset="?(utf-?8|utf-?16(le|be)?|us-ascii|iso-8859-[0-9]{1,2}|windows-[0-9]{3,4})"?)`
	codingForm   = `(\*|gzip|x-gzip|compress|deflate|br|zstd|identity)`
	languageForm = `(\*|[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?)`
	cacheForm    = `(no-cache|no-store|no-transform|only-if-cached|must-revalidate|private|public|(max-age|max-stale|min-fresh)=[0-9]{1,10}|max-stale)`
	ipForm       = `([0-9]{1,3}(\.[0-9]{1,3}){3}|\[?[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}(\.[0-9]{1,3}){0,3}\]?)`
	portForm     = `(:[0-9]{1,5})?`
	hostForm     = `([A-Za-z0-9][A-Za-z0-9.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])` + portForm
)

func oneOfForm(form string) *text.Pattern { return &text.Pattern{Text: `^(` + form + `)$`} }

func listOfForm(form string) *text.Pattern {
	return &text.Pattern{Text: `^(` + form + `)([ \t]*,[ \t]*(` + form + `))*$`}
}

// headerForms has the headers whose values are shown, and the form that a shown value must have. nil is any text. Any other
// header may have a credential: the server also takes the cookie of a link from a header of the same name.
var headerForms = map[string]*text.Pattern{
	"Accept":                         listOfForm(mediaForm + `(` + charsetForm + `|[ \t]*;[ \t]*v=b3)?` + weightForm),
	"Accept-Encoding":                listOfForm(codingForm + weightForm),
	"Accept-Language":                listOfForm(languageForm + weightForm),
	"Access-Control-Request-Headers": listOfForm(`[A-Za-z0-9-]{1,64}`),
	"Access-Control-Request-Method":  oneOfForm(`[A-Z]{1,20}`),
	"Cache-Control":                  listOfForm(cacheForm),
	"Connection":                     listOfForm(`(?i:keep-alive|close|upgrade|te|trailers|http2-settings)`),
	"Content-Encoding":               listOfForm(codingForm),
	"Content-Length":                 oneOfForm(`[0-9]{1,19}`),
	"Content-Type":                   oneOfForm(`(?i:` + mediaForm + `)(` + charsetForm + `)?`),
	"Expect":                         oneOfForm(`(?i:100-continue)`),
	"Origin":                         oneOfForm(`null|[a-z][a-z0-9+.-]{0,30}://` + hostForm),
	"User-Agent":                     nil,
	"X-Forwarded-For":                listOfForm(ipForm + portForm + `|unknown`),
	"X-Forwarded-Host":               listOfForm(hostForm),
	"X-Forwarded-Proto":              listOfForm(`https?`),
	"X-Request-Id":                   nil,
	headerFault:                      listOfForm(`[A-Za-z0-9][A-Za-z0-9._-]{0,63}`),
	portalname.Header:                &portalname.Pattern,
}

// HeaderShown says whether the journal shows values of this header. Even then a value of an unusual form is ***. Values of all
// other headers are always ***.
func HeaderShown(name string) bool {
	_, shown := headerForms[http.CanonicalHeaderKey(name)]
	return shown
}

var mediaType = oneOfForm(`(?i:` + mediaForm + `)`)

// shownHeader is the value of a header in headerForms, or *** when it does not have its form. A Content-Type with other
// parameters keeps the media type.
func shownHeader(name, value string) string {
	form := headerForms[name]
	if form == nil || form.MatchString(value) {
		return value
	}
	if media, _, found := strings.Cut(value, ";"); found && name == "Content-Type" && mediaType.MatchString(strings.TrimSpace(media)) {
		return strings.TrimSpace(media) + "; " + text.Mask
	}
	return text.Mask
}
