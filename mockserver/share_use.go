package mockserver

import (
	"net/http"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// linkUse is the use of a share link by one request.
type linkUse struct {
	key      string
	password string // "" is none
	caller   *User  // nil is anonymous
	request  *http.Request
	query    dotnet.Query
	now      time.Time
	opened   *openedLinks
}

func newLinkUse(c *call, password *string) linkUse {
	use := linkUse{key: c.route.parameter, caller: c.caller, request: c.request, query: c.query, now: c.started, opened: c.era.opened}
	if password != nil {
		use.password = *password
	}
	return use
}

// open remembers that a person with an account has opened the link.
func (use linkUse) open(d linkDecision) {
	if d.opened != nil && use.caller != nil {
		use.opened.add(use.caller, d.opened, d.linkID)
	}
}
