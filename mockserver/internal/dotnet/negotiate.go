package dotnet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// The content types of answers.
const (
	ContentJSON     = "application/json; charset=utf-8"
	ContentTextJSON = "text/json; charset=utf-8"
	ContentProblem  = "application/problem+json; charset=utf-8"
)

// Negotiate returns the content type of a success, for the values of the headers Accept and Accept-Charset, and whether its body
// is UTF-16; see [WithCharset]. The type is text/json when the caller prefers it, and application/json otherwise. With */* no other value counts
// (DefaultOutputFormatterSelector.cs, aspnetcore).
func Negotiate(accept, acceptCharset []string) (contentType string, utf16 bool) {
	return negotiateType(accept), prefersUTF16(acceptCharset)
}

// WithCharset is a content type of the constants above with the charset that the caller prefers.
func WithCharset(contentType string, utf16 bool) string {
	if media, ok := strings.CutSuffix(contentType, "utf-8"); ok && utf16 {
		return media + "utf-16"
	}
	return contentType
}

func negotiateType(accept []string) string {
	if len(accept) == 1 && accept[0] == "*/*" {
		return ContentJSON // most clients
	}
	ranges := make([]mediaRange, 0, 8) // enough for browsers
	for _, value := range accept {
		ranges = appendRanges(ranges, value)
	}
	for _, r := range ranges {
		if r.kind == "*" && r.subtype == "*" {
			return ContentJSON
		}
	}
	sortByQuality(ranges)
	for _, r := range ranges {
		switch {
		case r.narrow || r.subtype != "*" && !EqualFold(r.subtype, "json"):
		case r.kind == "*", EqualFold(r.kind, "application"):
			return ContentJSON
		case EqualFold(r.kind, "text"):
			return ContentTextJSON
		}
	}
	return ContentJSON
}

// mediaRange is an entry of the header Accept.
type mediaRange struct {
	kind, subtype string
	narrow        bool // it has a parameter before q. The server's own types have none, so they do not match it.
	quality       float64
}

// appendRanges leaves out what it cannot read (AcceptHeaderParser.cs, aspnetcore).
func appendRanges(ranges []mediaRange, value string) []mediaRange {
	for rest, _ := skipCommas(value); rest != ""; {
		r, behind, ok := cutRange(rest)
		if !ok {
			comma := strings.IndexByte(rest, ',')
			if comma < 0 {
				return ranges
			}
			rest, _ = skipCommas(rest[comma:])
			continue
		}
		next, separated := skipCommas(behind)
		if separated || next == "" {
			ranges = append(ranges, r)
		}
		rest = next
	}
	return ranges
}

func cutRange(text string) (r mediaRange, rest string, ok bool) {
	media := parseMedia(text)
	if media.subtype == "" {
		return r, "", false
	}
	r = mediaRange{kind: media.kind, subtype: media.subtype, quality: 1}
	for weighted := false; ; {
		parameter, state := media.next()
		switch {
		case state == parametersOverrun:
			return r, "", false
		case state == parametersEnd:
			return r, media.rest, true
		case EqualFold(parameter.name, "q"):
			weighted = true
			if r.quality, ok = parseQuality(parameter.value); !ok {
				return r, "", false
			}
		case !weighted && parameter.name != "*":
			r.narrow = true
		}
	}
}

// parseQuality reads digits with at most one point, as .NET's AllowDecimalPoint does.
func parseQuality(text string) (quality float64, ok bool) {
	if strings.Trim(text, "0123456789.") != "" {
		return 0, false
	}
	quality, err := strconv.ParseFloat(text, 64)
	return quality, err == nil
}

// sortByQuality puts the best first. The sort of .NET is not stable (ArraySortHelper.cs, runtime). It sorts three entries by
// exchanging them, so that two equal ones may change places. Any other number up to 16 keeps its order. More are not modelled.
func sortByQuality(ranges []mediaRange) {
	if len(ranges) == 3 {
		for _, pair := range [][2]int{{0, 1}, {0, 2}, {1, 2}} {
			if a, b := &ranges[pair[0]], &ranges[pair[1]]; a.quality < b.quality {
				*a, *b = *b, *a
			}
		}
		return
	}
	slices.SortStableFunc(ranges, func(a, b mediaRange) int { return cmp.Compare(b.quality, a.quality) })
}
