package mockserver

// HeaderVersion is a header of every answer. Its value is [Version]. It shows that the answer is not from a real portal.
const HeaderVersion = "X-Mock-Docspace"

const (
	headerHint     = "X-Mock-Hint"            // how another profile answers this request
	headerContract = "X-Mock-Contract"        // the request's violations of openapi.yaml
	headerFault    = "X-Mock-Fault"           // in a request: IDs of faults for it; in an answer: IDs of the applied faults
	headerVersions = "api-supported-versions" // a header of the real server
)
