package dotnet

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
	"strings"
)

// HeaderTraceParent carries the trace context of the client.
const HeaderTraceParent = "Traceparent"

// traceParent is a trace context of version 00, or of a later one that begins in the same way (W3C Trace Context).
var traceParent = regexp.MustCompile(`^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$`)

// ClientTraceID is the trace id that a client sent in [HeaderTraceParent], as 32 hexadecimal digits. It is "" unless there is
// exactly one header and its value is valid.
func ClientTraceID(headers []string) string {
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

func isZero(hexadecimal string) bool { return strings.Trim(hexadecimal, "0") == "" }

// NewTraceContext is the traceId that ASP.NET Core mints for a problem: a whole trace context, which is not sampled.
func NewTraceContext() string {
	var id [24]byte
	_, _ = rand.Read(id[:])
	return "00-" + hex.EncodeToString(id[:16]) + "-" + hex.EncodeToString(id[16:]) + "-00"
}
