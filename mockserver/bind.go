package mockserver

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// binder reads request bodies as the server's model binding does, and also as other profiles do, for hints.
type binder struct{}

// Bind fills the bodies of the calls that have one. It implements [echo.Binder] for the generated stub.
func (binder) Bind(into any, c echo.Context) error {
	call := callFrom(c.Request().Context())
	if err := call.readable(); err != nil {
		return err
	}
	before := call.claims.count
	err := call.explainEncoding(bind(into, call))
	if err != nil && call.claims.count == before { // otherwise it was decided by a claim of its own
		call.becauseOf(call.claimsOfCall().body)
	}
	return err
}

func bind(into any, call *call) error {
	switch dto := into.(type) {
	case *api.DisplayRequestDto:
		return bindFlag(dto, call)
	case *api.ExternalShareRequestParam:
		return bindPassword(dto, call)
	case *api.ExternalSharingSettingsRequestDto:
		return bindPolicy(dto, call)
	case *api.RoomLinkRequest, *api.FileLinkRequest, *api.FolderLinkRequest:
		return bindLink(call)
	case *api.CreateRoomRequestDto:
		return bindRoom(call)
	case *api.DeleteRoomRequest:
		return bindRemoval(call)
	case *api.AuthRequestDto:
		return bindLogin(call)
	default:
		return fmt.Errorf("no binding for %T", into)
	}
}

// explainEncoding says of a body that is no JSON that it was not decoded, when it is declared as encoded: the server ignores
// Content-Encoding (recorded: F481, F482). The words of the server stay.
func (c *call) explainEncoding(err error) error {
	encoding := c.encoding()
	if err == nil || encoding == "" || json.Valid(c.body) {
		return err
	}
	var bad *dotnet.BodyError
	if !errors.As(err, &bad) {
		return err
	}
	explained := *bad
	explained.Explanation = "Body: is not decoded, and " + encoding
	return &explained
}

// encoding says what the body is declared as encoded with; "" is nothing.
func (c *call) encoding() string {
	encoding := strings.TrimSpace(strings.Join(c.request.Header["Content-Encoding"], ", "))
	if encoding == "" || dotnet.EqualFold(encoding, "identity") {
		return ""
	}
	return "Content-Encoding is " + shownHeader("Content-Encoding", encoding) + ": send plain JSON, without this header"
}

// readable says why the server does not begin to read the body as JSON. The order is that of the server: it reads forms, which
// no call has, before it looks for JSON (FormValueProviderFactory.cs (aspnetcore), InputFormatter.cs (aspnetcore); recorded: F451).
func (c *call) readable() error {
	contentType := c.request.Header[echo.HeaderContentType]
	if !c.jsonMedia && dotnet.IsForm(contentType) && c.request.Header.Get(echo.HeaderContentLength) != "0" {
		unreadable, badKey := c.formError(contentType)
		if unreadable != "" {
			c.becauseOf(said{server: "A137"})
			return &dotnet.BodyError{Message: "Failed to read the request form. " + unreadable, Explanation: "Body: is not a form that can be read: send a JSON object, as application/json"}
		}
		if badKey != "" {
			c.becauseOf(said{server: "A137"})
			return badArgument(badKey, "Microsoft.AspNetCore.Mvc.ModelBinding.JQueryKeyValuePairNormalizer.…")
		}
	}
	unsupported := func() error {
		c.becauseOf(c.claimsOfCall().media)
		return &unsupportedMedia{contentType: strings.Join(contentType, ", ")}
	}
	switch {
	case !c.jsonMedia:
		return unsupported()
	case c.noBody():
		return nil
	case c.charset == dotnet.UnknownCharset:
		c.becauseOf(said{server: "A136"})
		return unsupported()
	case c.charset == dotnet.EmptyCharset:
		c.becauseOf(said{server: "A136"})
		return outOfRange("index", "Microsoft.Extensions.Primitives.StringSegment.…")
	default:
		if c.bodyErr != nil {
			c.becauseOf(said{server: c.bodyClaim()})
		}
		return c.bodyErr
	}
}

// bodyClaim is the claim about a body that did not arrive whole or that is not in its charset; "" when there is none.
func (c *call) bodyClaim() string {
	switch {
	case c.bodyDropped:
		return "A140"
	case c.decoded:
		return "A136"
	case c.request.ContentLength < 0:
		return "A141"
	default:
		return ""
	}
}

// formError is [dotnet.FormError] of the body, and also says when the body did not arrive whole.
func (c *call) formError(contentType []string) (unreadable, badKey string) {
	var thrown *exception
	if errors.As(c.bodyErr, &thrown) {
		return thrown.message, ""
	}
	return dotnet.FormError(contentType, c.body)
}

// noBody says whether the server finds no body. With chunks it finds an empty one, which is no JSON.
func (c *call) noBody() bool { return c.request.ContentLength == 0 }

// refuses says whether the portal's profile refuses the call by one of its facts. Where profiles part in it, the hint says what the others
// do: refusal is what those do that refuse the call, and otherwise what the rest do. claim is about both.
func (c *call) refuses(claim said, by func(*profile) bool, refusal, otherwise string, args ...any) bool {
	refused, differently := by(c.state.profile), refusal
	c.becauseOf(claim)
	if refused {
		differently = otherwise
	}
	for _, other := range profiles {
		if by(other) != refused {
			c.differs(other, differently, args...).because(claim.by(other))
		}
	}
	return refused
}

// missingBody is the error for a body that is missing, nil when the profile needs none. otherwise is what profiles do that need none.
func (c *call) missingBody(reader *dotnet.ObjectReader, claim said, needs func(*profile) bool, otherwise string) error {
	if c.refuses(claim, needs, "{refuses|refuse} this call without a body, with 400", otherwise) {
		return reader.Missing()
	}
	return nil
}

// longerThan refuses a text that has more characters than most, in UTF-16 units, which [StringLength] counts. whose is our own name for
// the text, such as "a title of a room".
func longerThan(most int, key, property, whose, text string) *dotnet.BodyError {
	n := len(utf16.Encode([]rune(text)))
	if n <= most {
		return nil
	}
	return &dotnet.BodyError{Key: key, Message: fmt.Sprintf("The field %s must be a string with a maximum length of %d.", property, most),
		Explanation: fmt.Sprintf("Body: $.%s: has %d characters, %s has at most %d", strings.ToLower(property), n, whose, most)}
}

// requestDTO is the namespace of most classes into which the server reads bodies.
const requestDTO = "ASC.Files.ApiModels.RequestDto."

// jsonObject is the reader of the body. class is what the server reads it into. parameter is the key of the error for a body that
// is missing.
func (c *call) jsonObject(class, parameter string) *dotnet.ObjectReader {
	return dotnet.NewObjectReader(c.body, class, parameter, c.isBodySplit)
}
