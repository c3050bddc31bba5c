package mockserver

import (
	"context"
	"fmt"
	"unicode/utf16"
)

// operations implements the generated stub. Each call takes the portal as it is and gives an answer or an error;
// everything about HTTP that is the same for all of them is done around it.
type operations struct{ *Server }

func (o operations) GetFilesSettings(ctx context.Context, _ GetFilesSettingsRequestObject) (GetFilesSettingsResponseObject, error) {
	c := callFrom(ctx)
	body := c.state.settings.anonymous
	if c.caller != nil {
		body = c.state.settings.signedIn
	}
	return c.success(body().answer(c.query.fields())), nil
}

func (o operations) ExternalShare(ctx context.Context, r ExternalShareRequestObject) (ExternalShareResponseObject, error) {
	return o.setFlag(callFrom(ctx), *r.Body.Set, func(s Settings, on bool) (Settings, bool) {
		s = s.setExternalShare(on)
		return s, s.ExternalShare
	})
}

func (o operations) ExternalShareSocialMedia(ctx context.Context, r ExternalShareSocialMediaRequestObject) (ExternalShareSocialMediaResponseObject, error) {
	return o.setFlag(callFrom(ctx), *r.Body.Set, func(s Settings, on bool) (Settings, bool) {
		s = s.setSocialMedia(on)
		return s, s.socialMediaInForce()
	})
}

// setFlag changes the switches and answers the value that is then in force.
func (o operations) setFlag(c *call, on bool, change func(Settings, bool) (Settings, bool)) (answer, error) {
	if !c.caller.admin() {
		return answer{}, notAdmin()
	}
	var inForce bool
	o.update(func(s *state) *state {
		var settings Settings
		settings, inForce = change(*s.portal.Settings, on)
		for _, other := range c.readings {
			if theirs, value := change(*s.portal.Settings, other.on); theirs != settings || value != inForce {
				c.hintf("profile %s reads %s, so it takes this body as %t and answers 200", other.profile.name, other.profile.flagReading(), other.on)
			}
		}
		return s.withSettings(settings)
	})
	return c.success(appendJSON(nil, inForce)), nil
}

func (o operations) ApplyExternalSharePassword(ctx context.Context, r ApplyExternalSharePasswordRequestObject) (ApplyExternalSharePasswordResponseObject, error) {
	c := callFrom(ctx)
	a := application{key: c.route.key, caller: c.caller, request: c.request, query: c.query, now: c.started}
	if r.Body.Password != nil {
		a.password = *r.Body.Password
	}
	p := c.state.profile
	var result applied
	var tooLong error
	ran, wait := o.passwords.Load().attempt(a.key, c.ip, c.state.portal.Limits.PasswordAttempts, a.now, func() (wrong bool) {
		current := o.current.Load()
		result = current.apply(p, o.secret, a)
		if result.setPassword {
			if tooLong = passwordTooLong(a.password); tooLong != nil {
				return false
			}
			o.update(func(s *state) *state {
				current, result = s, s.apply(p, o.secret, a)
				if result.setPassword {
					return s.withPassword(result.linkID, a.password)
				}
				return s
			})
		}
		for _, other := range p.others() {
			c.hintPassword(other, result, current.apply(other, o.secret, a))
		}
		return result.share.Status == ExternalShareStatusInvalidPassword
	})
	if tooLong != nil {
		return nil, tooLong
	}
	if !ran {
		for _, other := range p.others() {
			if other.tooManyPasswords != p.tooManyPasswords {
				c.hintf("profile %s answers too many wrong passwords with %d", other.name, other.tooManyPasswords)
			}
		}
		return nil, tooManyPasswords(p, wait)
	}
	response, err := shareBody(result.share, c.query.fields())
	if err != nil {
		return nil, err
	}
	answer := c.success(response)
	cookie := "sharelink" + result.linkID
	switch {
	case result.remember != "":
		answer.cookies = append(answer.cookies, newCookie(cookie, result.remember, c.cookiePath, c.https))
	case result.forget:
		answer.cookies = append(answer.cookies, deletedCookie(cookie, c.cookiePath))
	}
	if _, err := c.request.Cookie(sessionCookie); result.session && err != nil {
		answer.cookies = append(answer.cookies, newCookie(sessionCookie, o.secret.sign(o.newID()), c.cookiePath, c.https))
	}
	return answer, nil
}

// passwordTooLong refuses what no portal stores as the password of a link (FileLinkRequestDto.cs: [StringLength(255)], which
// counts UTF-16 units).
func passwordTooLong(password string) error {
	const most = 255
	if n := len(utf16.Encode([]rune(password))); n > most {
		return &badBody{key: "Password",
			message: fmt.Sprintf("The field Password must be a string with a maximum length of %d.", most),
			plain:   fmt.Sprintf("Body: $.password: has %d characters, the password of a link has at most %d", n, most)}
	}
	return nil
}

// hintPassword tells a caller whose password was stored that the other profile would not have stored it, and the reverse.
func (c *call) hintPassword(other *profile, ours, theirs applied) {
	switch {
	case ours.setPassword && !theirs.setPassword:
		c.hintf("profile %s does not set the password of the link: it checks it, and answers status %d", other.name, theirs.share.Status)
	case theirs.setPassword && !ours.setPassword:
		c.hintf("profile %s sets the password of the link, and answers status %d", other.name, theirs.share.Status)
	case ours.share.Status != theirs.share.Status:
		c.hintf("profile %s answers status %d here", other.name, theirs.share.Status)
	case theirs.remember == "" && ours.remember != "":
		c.hintf("profile %s sets no cookie of the link here", other.name)
	case ours.remember != theirs.remember:
		c.hintf("profile %s sets the cookie of the link here", other.name)
	}
}

func shareBody(share ExternalShareDto, fields []string) ([]byte, error) {
	encoded := appendJSON(nil, share)
	if fields == nil {
		return encoded, nil
	}
	object, err := parseObject(encoded)
	if err != nil {
		return nil, err
	}
	return object.pick(fields).encode(), nil
}
