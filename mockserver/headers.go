package mockserver

import "net/http"

// HeaderVersion is a header of every answer. Its value is [Version]. It shows that the answer is not from a real portal.
const HeaderVersion = "X-Mock-Docspace"

const (
	headerHint     = "X-Mock-Hint"            // how another profile answers this request
	headerContract = "X-Mock-Contract"        // the request's violations of openapi.yaml
	headerSequence = "X-Mock-Sequence"        // the number of the request in the journal
	headerFault    = "X-Mock-Fault"           // in a request: IDs of faults for it; in an answer: IDs of the applied faults
	headerVersions = "Api-Supported-Versions" // a header of the real server
)

// ownHeaders are the headers of answers that a real portal does not send.
const ownHeaders = HeaderVersion + ", " + headerHint + ", " + headerContract + ", " + headerFault + ", " + headerSequence

// usualHeaders is how many headers of an answer setHeader sets, as a rule.
const usualHeaders = 7

// setHeader sets a header of the answer, whose name has its canonical form. The values of one call lie in one piece of memory.
func (c *call) setHeader(header http.Header, name, value string) {
	c.headerValues = append(c.headerValues, value)
	last := len(c.headerValues)
	header[name] = c.headerValues[last-1 : last : last]
}
