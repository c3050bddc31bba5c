package mockserver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// binder reads request bodies as the server's model binding does, and finds out how the other profile would read them.
type binder struct{}

// Bind fills the bodies of the three calls that have one. It implements [echo.Binder] for the generated stub.
func (binder) Bind(into any, c echo.Context) error {
	r, call := c.Request(), callFrom(c.Request().Context())
	if _, ok := jsonCharset(r.Header.Get(echo.HeaderContentType)); !ok {
		contentType := r.Header.Get(echo.HeaderContentType)
		if contentType == "" {
			contentType = "none"
		}
		return &unsupportedMedia{contentType: contentType}
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(call.unreadable, &tooLarge):
		return &exception{status: http.StatusRequestEntityTooLarge, message: fmt.Sprintf("Body: larger than %d bytes", tooLarge.Limit)}
	case call.unreadable != nil:
		return &badBody{key: "$", message: "The request body could not be read.", plain: "Body: could not be read to its end"}
	}
	// An empty body that did not say so is read, and found to have no JSON in it.
	declaredEmpty := r.ContentLength == 0
	switch dto := into.(type) {
	case *DisplayRequestDto:
		return bindFlag(dto, call, call.text, declaredEmpty)
	case *ExternalShareRequestParam:
		return bindPassword(dto, call.text, declaredEmpty)
	default:
		return fmt.Errorf("no binding for %T", into)
	}
}

// reading is what another profile reads out of the body of a switch.
type reading struct {
	profile *profile
	on      bool
}

// bindFlag leaves in dto.Set what the profile reads out of the body, and in call.readings what others read.
func bindFlag(dto *DisplayRequestDto, call *call, text []byte, declaredEmpty bool) error {
	p := call.state.profile
	on, bad := p.readFlag(text, declaredEmpty)
	for _, other := range p.others() {
		theirs, theirBad := other.readFlag(text, declaredEmpty)
		switch {
		case bad != nil && theirBad != nil:
		case theirBad != nil:
			call.hintf("profile %s refuses this body with 400: %s", other.name, theirBad.plain)
		case bad != nil && !call.caller.admin():
			call.hintf("profile %s reads %s, and refuses the caller with 403", other.name, other.flagReading())
		case bad != nil:
			call.hintf("profile %s reads %s, so it takes this body as %t and answers 200", other.name, other.flagReading(), theirs)
		default:
			call.readings = append(call.readings, reading{other, theirs})
		}
	}
	if bad != nil {
		return bad
	}
	dto.Set = &on
	return nil
}

// readFlag reads the switch out of a body, by the names that the profile knows.
func (p *profile) readFlag(text []byte, declaredEmpty bool) (bool, *badBody) {
	reader := &bodyReader{text: text, root: "ASC.Files.Core.ApiModels.RequestDto.DisplayRequestDto"}
	if declaredEmpty {
		return false, reader.notThere()
	}
	given := map[string]bool{}
	bad := reader.read(func(name string, value any) *badBody {
		for _, known := range p.flagNames {
			if !sameASCII(name, known) {
				continue
			}
			on, ok := value.(bool)
			if !ok {
				return reader.mismatch("$."+name, "expected true or false", value, "System.Boolean")
			}
			given[known] = on
		}
		return nil
	})
	if bad != nil {
		return false, bad
	}
	var on, found bool
	for _, known := range p.flagNames {
		value, ok := given[known]
		if ok && found && value != on && p.flagRequired {
			return false, &badBody{key: "$", message: "The values differ.", plain: fmt.Sprintf("Body: %s differ: give one of them, or the same value twice", strings.Join(p.flagNames, " and "))}
		}
		if ok {
			on, found = value, true
		}
	}
	if !found && p.flagRequired {
		return false, &badBody{key: "$", message: "The value is required.", plain: fmt.Sprintf("Body: neither %s is given: send one of them as true or false", strings.Join(p.flagNames, " nor "))}
	}
	return on, nil
}

func (p *profile) flagReading() string {
	if len(p.flagNames) == 1 {
		return "nothing but " + p.flagNames[0]
	}
	return strings.Join(p.flagNames, " and ")
}

func bindPassword(dto *ExternalShareRequestParam, text []byte, declaredEmpty bool) error {
	reader := &bodyReader{text: text, root: "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequestParam", missing: "RequestParam"}
	if declaredEmpty {
		return reader.notThere()
	}
	bad := reader.read(func(name string, value any) *badBody {
		if !sameASCII(name, "password") {
			return nil
		}
		switch value := value.(type) {
		case nil:
			dto.Password = nil
		case string:
			dto.Password = &value
		default:
			return reader.mismatch("$."+name, "expected a text or null", value, "System.String")
		}
		return nil
	})
	if bad != nil {
		return bad
	}
	return nil
}

// jsonCharset says whether the server reads bodies of this type, and in which encoding (ASP.NET Core's
// SystemTextJsonInputFormatter).
func jsonCharset(contentType string) (charset string, ok bool) {
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return "", false
	}
	kind, subtype, _ := strings.Cut(media, "/")
	switch {
	case media == "application/json", media == "text/json":
	case kind == "application" && strings.HasSuffix(subtype, "+json"):
	default:
		return "", false
	}
	charset = strings.ToLower(params["charset"])
	return charset, charset == "" || charset == "utf-8" || charset == "utf-16"
}

func fromUTF16(text []byte) []byte {
	units := make([]uint16, len(text)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(text[2*i:])
	}
	decoded := string(utf16.Decode(units))
	if len(text)%2 == 1 {
		decoded += string(utf8.RuneError) // half a unit
	}
	return []byte(decoded)
}
