package dotnet

import "net/http"

// ProblemTypes are the addresses that ASP.NET Core puts as type into problems, by status. It knows no other.
var ProblemTypes = map[int]string{
	http.StatusBadRequest:           "https://tools.ietf.org/html/rfc9110#section-15.5.1",
	http.StatusForbidden:            "https://tools.ietf.org/html/rfc9110#section-15.5.4",
	http.StatusNotFound:             "https://tools.ietf.org/html/rfc9110#section-15.5.5",
	http.StatusUnsupportedMediaType: "https://tools.ietf.org/html/rfc9110#section-15.5.16",
}
