package mockserver

import (
	"slices"
	"strings"
	"sync"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// maxShownParts is the largest number of shown path segments, and of shown fields.
const maxShownParts = 64

// fieldName is the form of a field in the parameter fields.
var fieldName = text.Pattern{Text: `^[A-Za-z_]{1,40}(\.[A-Za-z_]{1,40})?$`}

// maskedPath is the decoded path with share keys masked, and the parameter fields. It has no other part of the query.
func maskedPath(c *call) string {
	var path string
	switch {
	case c.route.facts == nil, c.route.parameter != "" && !c.route.byNumber():
		path = strings.Join(c.maskedParts(make([]string, 1, 8)), "/") // the first is empty, for the first slash
	case c.request.URL.Path == c.route.path.routed && c.request.URL.RawPath == "":
		path = c.route.path.routed // most calls
	default:
		path = "/" + strings.Join(c.parts, "/")
	}
	if fields := fieldsOf(c.query); fields != nil {
		shown := make([]string, min(len(fields), maxShownParts))
		for i, field := range fields[:len(shown)] {
			if shown[i] = text.Mask; fieldName.MatchString(field) && !c.secrets().in(field) {
				shown[i] = field
			}
		}
		if len(fields) > len(shown) {
			shown[len(shown)-1] = "..."
		}
		path += "?fields=" + strings.Join(shown, ",")
	}
	return path
}

// maskedParts appends the segments of the path, with share keys masked. On an unknown path any segment may be a key. So segments
// that are long, or that contain a secret of this portal, are masked too, also when it is escaped twice.
func (c *call) maskedParts(all []string) []string {
	const longest = 40
	before := len(all)
	all = append(all, c.parts[:min(len(c.parts), maxShownParts)]...)
	parts := all[before:]
	for i := range parts {
		parts[i] = withSlashes(parts[i])
	}
	if len(c.parts) > len(parts) {
		parts[len(parts)-1] = "..."
	}
	across := sync.OnceValue(c.hasSecretAcrossSegments) // the key of a link in its place is *** without a search
	first := slices.IndexFunc(parts, func(part string) bool { return part != "" })
	beneathShare := false
	for i, part := range parts {
		share := len(part) >= len("share") && dotnet.EqualFold(part[:len("share")], "share")
		short := i == first && dotnet.EqualFold(part[:1], "s") && (len(part) == 1 || part[1] == '/')
		switch {
		case part == "", beneathShare && dotnet.EqualFold(part, "password"), dotnet.EqualFold(part, "share"), short && len(part) == 1:
		case beneathShare, share, short: // share%2Fkey is one segment
			parts[i] = text.Mask
		case i < 3 && c.route.path != nil: // api/2.0/files
		case len(part) > longest, c.secrets().in(part), c.secrets().in(dotnet.Unescape(part)), across():
			parts[i] = text.Mask
		}
		beneathShare = beneathShare || share || short // share/key, or s/key, the short form of a link
	}
	return all
}

// hasSecretAcrossSegments says whether the path contains a secret with a slash.
func (c *call) hasSecretAcrossSegments() bool {
	path, secrets := withSlashes(strings.Join(c.parts, "/")), c.secrets()
	for _, path := range []string{path, dotnet.Unescape(path)} {
		for start, end := secrets.find(path, 0); start >= 0; start, end = secrets.find(path, start+1) {
			if strings.Contains(path[start:end], "/") {
				return true
			}
		}
	}
	return false
}
