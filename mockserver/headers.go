package mockserver

// HeaderVersion carries [Version] on every answer, so that nobody takes the fake for a real portal.
const HeaderVersion = "X-Mock-Docspace"

// The names of the other headers that the fake adds, and of one that the server has.
const (
	headerHint     = "X-Mock-Hint"            // how another profile would have answered
	headerContract = "X-Mock-Contract"        // where the request breaks openapi.yaml
	headerFault    = "X-Mock-Fault"           // in a request: IDs of faults that are meant for it; in an answer: those that were applied
	headerVersions = "api-supported-versions" // the server's own
)
