package dotnet

import (
	"strconv"
	"strings"
	"unicode"
)

// Version reads the segment of a path that has the version of the API. is20 says whether it means 2.0. outOfRange is the
// parameter that the server says is out of range, when a number is negative; "" when none is (ApiVersionParser.cs
// (aspnet-api-versioning); recorded: F1459 to F1472).
func Version(segment string) (is20 bool, outOfRange string) {
	if segment == "2.0" {
		return true, "" // nearly all
	}
	numbers, status, ok := cutStatus(segment)
	if !ok {
		return false, ""
	}
	major, minor, hasMinor := strings.Cut(numbers, ".")
	if major == "" {
		return false, ""
	}
	first, ok := parseInt(major)
	second, minorOK := 0, true
	if hasMinor {
		second, minorOK = parseInt(minor)
	}
	switch {
	case !ok || !minorOK:
		return false, ""
	case first < 0:
		return false, "majorVersion"
	case second < 0:
		return false, "minorVersion"
	default:
		return first == 2 && second == 0 && status == "", ""
	}
}

// cutStatus parts the numbers of a version from its status, such as the beta of 2.0-beta. A sign is no hyphen.
func cutStatus(segment string) (numbers, status string, ok bool) {
	hyphen := strings.IndexByte(segment, '-')
	if hyphen <= 0 {
		return segment, "", true
	}
	status = segment[hyphen+1:]
	for i, r := range status {
		if !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r) && r != '.') {
			return "", "", false
		}
	}
	return segment[:hyphen], status, true
}

// parseInt reads a number as .NET's int.Parse does: with a sign, and with white space around it.
func parseInt(text string) (number int, ok bool) {
	long, err := strconv.ParseInt(strings.Trim(text, " \t\n\v\f\r"), 10, 32)
	return int(long), err == nil
}
