package mockserver

import (
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// loginRequest is the body of the call that signs in.
type loginRequest struct {
	userName, password string
	passwordHash       *string // nil is none
	provider, profile  string  // of a service that vouches for the person
	recaptcha          string
	token              string // of such a service
	code               bool   // the body has a code of a second factor
	session            bool   // the cookie ends with the session of the browser
	confirm            bool   // the body has a confirmation
	confirmKey         string
	culture            string
}

// bindLogin reads the body of the call that signs in.
func bindLogin(call *call) error {
	const class = "ASC.Web.Api.ApiModel.RequestsDto.AuthRequestsDto"
	r := &loginRequest{}
	call.login = r
	reader := call.jsonObject(class, "")
	if call.noBody() {
		return call.missingBody(reader, said{"A1310", "A1311"}, func(p *profile) bool { return p.loginNeedsBody }, "{answers|answer} this call without a body with 401")
	}
	var hash, email string
	texts := map[string]*string{
		"username": &r.userName, "password": &r.password, "passwordhash": &hash, "provider": &r.provider, "serializedprofile": &r.profile,
		"recaptcharesponse": &r.recaptcha, "culture": &r.culture, "accesstoken": &r.token, "codeoauth": &r.token,
	}
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		name = dotnet.ToLower(name)
		if into := texts[name]; into != nil {
			text, ok := value.Text()
			if !ok && !value.IsNull() {
				return reader.Mismatch("a text or null", "System.String")
			}
			if *into = text; name == "passwordhash" {
				r.passwordHash = &hash
				if value.IsNull() {
					r.passwordHash = nil
				}
			}
			return nil
		}
		switch name {
		case "session":
			on, ok := value.Bool()
			if !ok {
				return reader.Mismatch("true or false", "System.Boolean")
			}
			r.session = on
		case "recaptchatype":
			if _, ok := value.Int(); !ok {
				return reader.Mismatch("a whole number", "ASC.Web.Core.RecaptchaType")
			}
		case "code", "tfakey": // of the next step, where there is a second factor
			r.code = true
		case "confirmdata":
			r.confirm, r.confirmKey, email = false, "", ""
			return bindConfirmation(reader, value, r, &email)
		}
		return nil
	})
	switch {
	case bad != nil:
		return bad
	case email != "" && !isMailAddress(email):
		return &dotnet.BodyError{Key: "ConfirmData.Email", Message: "The Email field is not a valid e-mail address.",
			Explanation: "Body: $.confirmData.email: is no e-mail address"}
	default:
		return nil
	}
}

// bindConfirmation reads a key that a portal has mailed.
func bindConfirmation(reader *dotnet.ObjectReader, value dotnet.Value, r *loginRequest, email *string) *dotnet.BodyError {
	const class = "ASC.Web.Api.ApiModel.RequestsDto.ConfirmData"
	switch {
	case value.IsNull():
		return nil
	case !value.IsObject():
		return reader.Mismatch("an object or null", class)
	}
	r.confirm = true
	return reader.Inside(class, func(name string, value dotnet.Value) *dotnet.BodyError {
		text, isText := value.Text()
		_, isBool := value.Bool()
		switch dotnet.ToLower(name) {
		case "email":
			if *email = text; !isText && !value.IsNull() {
				return reader.Mismatch("a text or null", "System.String")
			}
		case "key":
			if r.confirmKey = text; !isText && !value.IsNull() {
				return reader.Mismatch("a text or null", "System.String")
			}
		case "first":
			if !isBool && !value.IsNull() {
				return reader.Mismatch("true, false or null", "System.Nullable`1[System.Boolean]")
			}
		}
		return nil
	})
}

// isMailAddress says whether a text passes for an e-mail address (EmailAddressAttribute.cs (runtime)).
func isMailAddress(text string) bool {
	before, after, found := strings.Cut(text, "@")
	return found && before != "" && after != "" && !strings.ContainsAny(after, "@\r\n") && !strings.ContainsAny(before, "\r\n")
}
