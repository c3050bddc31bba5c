package dotnet

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

var (
	plainGUID  = text.Pattern{Text: `^[0-9a-fA-F]{32}$`}
	dashedGUID = text.Pattern{Text: `^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`}
	// structGUID is a GUID as C writes it: {0x66faa6e4,0xf133,0x11ea,{0xb1,0x26,0x00,0xff,0xee,0xc8,0xb4,0xef}}.
	structGUID = text.Pattern{Text: `^\{(0[xX][0-9a-fA-F]+,){3}\{(0[xX][0-9a-fA-F]+,){7}0[xX][0-9a-fA-F]+\}\}$`}
)

// ParseGUID reads a GUID in each of the forms of Guid.TryParse, and writes it with dashes and in lower case.
func ParseGUID(text string) (guid string, ok bool) {
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "{") && !strings.Contains(text, "-") {
		return parseStructGUID(strings.Join(strings.Fields(text), ""))
	}
	if inside, found := enclosed(text, "{", "}"); found && strings.Contains(inside, "-") {
		text = inside
	} else if inside, found := enclosed(text, "(", ")"); found && strings.Contains(inside, "-") {
		text = inside
	}
	switch {
	case dashedGUID.MatchString(text):
		return ToLower(text), true
	case plainGUID.MatchString(text):
		return withDashes(ToLower(text)), true
	default:
		return "", false
	}
}

func enclosed(text, open, closing string) (inside string, found bool) {
	if inside, found = strings.CutPrefix(text, open); !found {
		return "", false
	}
	return strings.CutSuffix(inside, closing)
}

// parseStructGUID reads the form of C. Its numbers can have fewer digits or more zeros than they need.
func parseStructGUID(text string) (guid string, ok bool) {
	if !structGUID.MatchString(text) {
		return "", false
	}
	var digits []byte
	for i, number := range strings.Split(strings.Trim(strings.ReplaceAll(text, "{", ""), "}"), ",") {
		size := 2
		if i < 3 {
			size = []int{8, 4, 4}[i]
		}
		value, err := strconv.ParseUint(number[len("0x"):], 16, 4*size)
		if err != nil {
			return "", false
		}
		digits = fmt.Appendf(digits, "%0*x", size, value)
	}
	return withDashes(string(digits)), true
}

// withDashes puts the dashes between 32 digits.
func withDashes(digits string) string {
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}
