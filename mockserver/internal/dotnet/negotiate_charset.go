package dotnet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// acceptedCharset is an entry of the header Accept-Charset.
type acceptedCharset struct {
	name     string
	weighted bool // whether it names a quality
	quality  float64
}

// prefersUTF16 says whether utf-16 comes before utf-8 in the values of the header Accept-Charset (TextOutputFormatter.cs,
// aspnetcore). A star means the first encoding of the formatter, which is UTF-8.
func prefersUTF16(acceptCharset []string) bool {
	var charsets []acceptedCharset
	for _, value := range acceptCharset {
		charsets = append(charsets, parseCharsets(value)...)
	}
	for _, charset := range sortCharsets(charsets) {
		switch {
		case charset.name == "*", EqualFold(charset.name, "utf-8"):
			return false
		case EqualFold(charset.name, "utf-16"):
			return true
		}
	}
	return false
}

// parseCharsets looks for entries at each place behind one that it cannot read (HttpHeaderParser.cs, aspnetcore). It leaves out
// the places within a name, because what is wrong behind the name stays wrong.
func parseCharsets(value string) (charsets []acceptedCharset) {
	for value != "" {
		entry, _ := skipCommas(value)
		if entry == "" {
			break
		}
		charset, rest, ok := cutCharset(entry)
		next, separated := skipCommas(rest)
		if !ok || !separated && next != "" {
			value = entry[max(1, len(charset.name)):]
			continue
		}
		charsets = append(charsets, charset)
		value = next
	}
	return charsets
}

func cutCharset(text string) (charset acceptedCharset, rest string, ok bool) {
	charset.name, rest = cutToken(text)
	charset.quality = 1
	if charset.name == "" {
		return charset, "", false
	}
	if rest == "" || rest[0] != ';' {
		return charset, rest, true
	}
	rest = skipBlanks(rest[1:])
	if rest == "" || rest[0] != 'q' && rest[0] != 'Q' {
		return charset, "", false
	}
	rest = skipBlanks(rest[1:])
	if rest == "" || rest[0] != '=' {
		return charset, "", false
	}
	charset.weighted = true
	charset.quality, rest, ok = cutQuality(skipBlanks(rest[1:]))
	return charset, rest, ok
}

// cutQuality cuts a number from 0 to 1 off, with at most eight digits behind the point (HeaderUtilities.cs, aspnetcore).
func cutQuality(text string) (quality float64, rest string, ok bool) {
	const digits = "0123456789"
	rest = strings.TrimLeft(text, digits)
	if len(text)-len(rest) != 1 {
		return 0, "", false
	}
	if strings.HasPrefix(rest, ".") {
		rest = strings.TrimLeft(rest[1:], digits)
	}
	number := text[:len(text)-len(rest)]
	quality, err := strconv.ParseFloat(number, 64)
	return quality, skipBlanks(rest), err == nil && quality <= 1 && len(number) <= len("0.12345678")
}

// sortCharsets puts the best first. Without any quality the order stays, and those of quality 0 count too. With one, those of
// quality 0 are left out, and the server's way of sorting turns the order of equal ones.
func sortCharsets(charsets []acceptedCharset) []acceptedCharset {
	if !slices.ContainsFunc(charsets, func(c acceptedCharset) bool { return c.weighted && c.quality > 0 }) {
		return charsets
	}
	var sorted []acceptedCharset
	for _, charset := range charsets {
		if charset.quality == 0 {
			continue
		}
		place, found := bisect(sorted, charset)
		if found {
			place++
		}
		sorted = slices.Insert(sorted, place, charset)
	}
	slices.Reverse(sorted)
	return sorted
}

// bisect finds an equal entry in a rising order, or where one belongs. Of several it finds the one that .NET's List finds, which
// is not always the first.
func bisect(sorted []acceptedCharset, charset acceptedCharset) (place int, found bool) {
	low, high := 0, len(sorted)-1
	for low <= high {
		middle := low + (high-low)/2
		switch order := compareCharsets(sorted[middle], charset); {
		case order == 0:
			return middle, true
		case order < 0:
			low = middle + 1
		default:
			high = middle - 1
		}
	}
	return low, false
}

// compareCharsets puts a star before the other names of its quality.
func compareCharsets(a, b acceptedCharset) int {
	switch {
	case a.quality != b.quality:
		return cmp.Compare(a.quality, b.quality)
	case a.name == "*" && b.name != "*":
		return -1
	case a.name != "*" && b.name == "*":
		return 1
	default:
		return 0
	}
}
