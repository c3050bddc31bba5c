package mockserver

import "regexp"

const headerTraceParent = "Traceparent"

// traceParent is a trace context of version 00, or of a later one that begins in the same way (W3C Trace Context).
var traceParent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$`)

// traceID is the trace id of a traceparent, "" unless there is exactly one and it is valid.
func traceID(headers []string) string {
	if len(headers) != 1 || len(headers[0]) > 512 {
		return ""
	}
	parts := traceParent.FindStringSubmatch(headers[0])
	if parts == nil {
		return ""
	}
	version, trace, parent, more := parts[1], parts[2], parts[3], parts[4]
	if version == "ff" || version == "00" && more != "" || isZero(trace) || isZero(parent) {
		return ""
	}
	return trace
}

func isZero(hexadecimal string) bool {
	for _, digit := range hexadecimal {
		if digit != '0' {
			return false
		}
	}
	return true
}
