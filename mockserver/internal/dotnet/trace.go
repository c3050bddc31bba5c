package dotnet

import (
	"crypto/rand"
	"encoding/hex"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// HeaderTraceParent carries the trace context of the client.
const HeaderTraceParent = "Traceparent"

// traceParent is a trace context of version 00, or of a later one that begins in the same way (W3C Trace Context).
var traceParent = text.Pattern{Text: `^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`}

// ClientTraceID is the trace id that a client sent in [HeaderTraceParent], as 32 hexadecimal digits. It is "" unless there is
// exactly one header and its value is valid.
func ClientTraceID(headers []string) string {
	if len(headers) != 1 || len(headers[0]) > 512 {
		return ""
	}
	parts := traceParent.FindStringSubmatch(headers[0])
	if parts == nil || !isFollowed(parts) {
		return ""
	}
	return parts[2]
}

// isFollowed says whether the parts of a trace context are good. Version ff never is, and version 00 has nothing at its end.
func isFollowed(parts []string) bool {
	version, trace, parent, more := parts[1], parts[2], parts[3], parts[5]
	return version != "ff" && (version != "00" || more == "") && !isZero(trace) && !isZero(parent)
}

func isZero(hexadecimal string) bool { return strings.Trim(hexadecimal, "0") == "" }

// TraceContext is the traceId of a problem, which follows the traceparent of the request: the server takes its trace and flags, and
// makes a span of its own. Without a good one it mints all (W3CPropagator.cs and Activity.cs (runtime); recorded: F1212, F1213,
// F1218, F1573).
func TraceContext(headers []string) string {
	header := JoinValues(headers)
	parts := traceParent.FindStringSubmatch(header)
	if parts == nil || !isFollowed(parts) {
		return "00-" + randomHex(16) + "-" + randomHex(8) + "-00"
	}
	trace, flags, more := parts[2], parts[4], parts[5]
	if more != "" {
		// Activity.cs knows no version that is longer, and takes the header for an identifier of before W3C Trace Context.
		if !strings.HasSuffix(more, ".") && !strings.HasSuffix(more, "_") {
			header += "."
		}
		return "|" + header + randomHex(4) + "_"
	}
	const highestFlag = 0x80 // Activity.cs uses it for itself
	number, _ := hex.DecodeString(flags)
	return "00-" + trace + "-" + randomHex(8) + "-" + hex.EncodeToString([]byte{number[0] &^ highestFlag})
}

func randomHex(bytes int) string {
	id := make([]byte, bytes)
	_, _ = rand.Read(id)
	return hex.EncodeToString(id)
}
