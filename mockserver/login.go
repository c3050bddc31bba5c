package mockserver

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

const (
	// DefaultPasswordSalt is the salt of a portal that does not say another one.
	DefaultPasswordSalt = "mock-docspace"

	// passwordRounds is how often a portal hashes a password, and passwordSize how many bytes the hash has (PasswordHasher.cs).
	passwordRounds, passwordSize = 100_000, 32

	loginMethod = "ASC.Web.Api.Controllers.AuthenticationController.…"
)

// signInWithPassword makes a session for the person of the body. The order is the server's (AuthenticationController.cs).
func (o operations) signInWithPassword(c *call) (Session, error) {
	r := c.login
	c.noteLogin(o.rounds)
	byPassword := r.provider == "email" || r.provider == "" && r.profile == ""
	switch {
	case r.confirm && r.confirmKey != "":
		return Session{}, because(itemNotFound("The user could not be found", loginMethod), "A1312") // recorded: auth-A127
	case r.confirm, !byPassword:
		return Session{}, because(loginFailed(), "A1312")
	case r.userName == "", r.password == "" && r.passwordHash == nil:
		return Session{}, because(loginFailed(), "A1306")
	}
	// The server judges the attempts for a name and an address one after the other. So right passwords at the same time all pass, as
	// they do not with the password of a link.
	defer o.loginLocks.lock(newAttemptID(r.userName, c.ip))()
	attempt := c.era.passwords.begin(r.userName, c.ip, c.state.portal.Limits.PasswordAttempts, c.started)
	if attempt == nil {
		refused := &exception{status: http.StatusForbidden, message: "Too many login attempts. Please try again later"}
		return Session{}, because(refused, "A1317", "A1322")
	}
	defer attempt.end()
	u := c.era.state.Load().findLogin(*r, o.rounds)
	if u == nil {
		attempt.wrong = true
		return Session{}, because(loginFailed(), "A1304")
	}
	return o.newSession(c, u.ID)
}

// refusedPerson says why somebody who knows the password does not sign in.
func refusedPerson(u *User) error {
	switch {
	case u == nil:
		return loginFailed()
	case u.Disabled:
		return because(invalidOperation("User disabled", loginMethod), "A1305")
	default:
		return nil
	}
}

// loginFailed is the refusal of a person whom the portal does not know (ResponseWrapper.cs).
func loginFailed() error {
	return &exception{status: http.StatusUnauthorized, message: "User authentication failed"}
}

// noteLogin hints at what a portal would do with a body that the fake does not.
func (c *call) noteLogin(rounds int) {
	r := c.login
	switch {
	case r.provider != "" && r.provider != "email", r.provider == "" && r.profile != "":
		c.note("mock-docspace has no other service to sign in with, like a portal where none is set up: send userName and password")
	case r.confirm:
		c.note("mock-docspace mails no keys, so it knows none: send userName and password without confirmData")
	case r.token != "":
		c.note("mock-docspace has no other service to sign in with, like a portal where none is set up, and ignores accessToken and codeOAuth without a provider")
	case r.code:
		c.note("mock-docspace has no second factor, like a portal where none is on, and ignores its code")
	case r.recaptcha != "":
		c.note("mock-docspace has no captcha, like a portal without keys for one, and ignores recaptchaResponse")
	case rounds != passwordRounds:
		c.note("--password-rounds: passwords are hashed %d times here, and on a portal %d times, also for passwordHash", rounds, passwordRounds)
	}
}

// findLogin finds the person whose name and password are in the body, nil for nobody.
func (s *state) findLogin(r loginRequest, rounds int) *User {
	hash := ""
	if r.passwordHash != nil {
		hash = strings.TrimSpace(*r.passwordHash)
	}
	if hash == "" {
		password := strings.TrimSpace(r.password)
		if password == "" {
			return nil
		}
		hash = s.passwordHash(password, rounds)
	}
	u := s.userOfName(r.userName)
	if u == nil || strings.TrimSpace(u.Password) == "" {
		return nil
	}
	// A stored password is hashed once, until something else than a call changes the portal.
	stored, _ := s.hashes.LoadOrStore(u.Password, sync.OnceValue(func() string { return s.passwordHash(strings.TrimSpace(u.Password), rounds) }))
	if !text.SameSecret(hash, stored.(func() string)()) {
		return nil
	}
	return u
}

// passwordHash hashes a password as a portal's own pages do.
func (s *state) passwordHash(password string, rounds int) string {
	key, err := pbkdf2.Key(sha256.New, password, []byte(s.portal.PasswordSalt), rounds, passwordSize)
	if err != nil {
		return "" // only a build with other rules for secrets refuses these sizes
	}
	return hex.EncodeToString(key)
}

// userOfName finds a person by e-mail address or ID. The server's database finds an address also with blanks after it, and without
// its accents (recorded: auth-A029, auth-A217).
func (s *state) userOfName(name string) *User {
	if id, ok := dotnet.ParseGUID(name); ok {
		return s.usersByID[id]
	}
	name = strings.TrimRight(name, " ")
	if u := s.usersByEmail[strings.ToLower(name)]; u != nil {
		return u
	}
	name = collated(name)
	i := slices.IndexFunc(s.portal.Users, func(u User) bool { return collated(u.Email) == name })
	if i < 0 {
		return nil
	}
	return &s.portal.Users[i]
}

// collated is a text as the server's database compares it: in lower case and without accents.
func collated(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(name)))
}

// cultures are the languages of a portal (best reading; recorded of en-US and de: auth-A162 to auth-A170).
var cultures = strings.Fields("az cs de en-GB en-US es fr it lv nl pl pt-BR pt ro sk sl fi vi tr el-GR bg ru sr-Latn-RS sr-Cyrl-RS uk-UA hy-AM ar-SA " +
	"si lo-LA zh-CN ja-JP ko-KR sq-AL")

// isCulture says whether a text names a language of the portal. It is kept as it was sent.
func isCulture(name string) bool {
	return slices.ContainsFunc(cultures, func(culture string) bool { return dotnet.EqualFold(culture, name) })
}

// attemptLocks let one attempt at a time through for each name and address. Two of them can share a lock.
type attemptLocks [64]sync.Mutex

func (l *attemptLocks) lock(id attemptID) (unlock func()) {
	mutex := &l[int(id[0])%len(l)]
	mutex.Lock()
	return mutex.Unlock
}
