// Package client changes and reads the external sharing of an ONLYOFFICE DocSpace portal.
//
// # Start
//
// A [Portal] is one portal, called with one set of credentials. Make it once and keep it. It is safe for concurrent use.
//
//	portal, err := client.New("https://yourportal.onlyoffice.com", client.WithAPIKey(key)) // or client.FromEnv()
//
//	policy, err := portal.SharingPolicy(ctx)                // the seven flags of external sharing
//	settings, err := portal.FilesSettings(ctx)              // all of the Files settings
//	change, err := portal.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
//	inForce, err := portal.SetExternalShare(ctx, true)      // one switch
//	inForce, err = portal.SetExternalShareSocialMedia(ctx, true)
//	share, err := portal.Visitor().Unlock(ctx, shareKey, password)          // a password that somebody typed in
//	share, err = portal.ApplyExternalSharePassword(ctx, shareKey, password) // with the portal's credentials
//
//	link, err := portal.SetRoomLink(ctx, room, client.LinkSpec{Title: client.Set("Press"), Password: client.Set(password)})
//	link, err = portal.SetRoomLink(ctx, room, client.LinkSpec{ID: link.ID, Internal: client.On()}) // the rest stays
//	err = portal.RevokeRoomLink(ctx, room, link.ID)
//
//	visitor := portal.Visitor()
//	share, err = visitor.Open(ctx, link.Key.Reveal(), client.WithLinkPassword(password)) // what the link opens
//	for entry, err := range visitor.Entries(ctx, link.Key.Reveal(), 0) { … }             // and what is inside
//
// The same calls are there for files and folders, and so are [Portal.RoomLinks], which lists, and [Portal.RoomLink], which gives
// the primary link. [Portal.SetExternalSharingSettings] sets the whole policy of external sharing. [Portal.CreateRoom] and
// [Portal.DeleteRoom] make and remove a room. [Portal.Rooms], [Portal.Entries], [Portal.Room], [Portal.Folder] and [Portal.File]
// read what there is, and [Visitor.Entries], [Visitor.Folder] and [Visitor.File] what a link opens.
//
// # What an error means
//
// A nil error means that the portal did what was asked for. A status of 200 is not enough for that. The switches compare the
// value in force with the value asked for ([*NotInForceError]), and so do the calls that set a link or the policy, because a
// portal ignores some changes. Only a room is removed later, see [Portal.DeleteRoom]. [Portal.UpdateSharing] reads the policy
// back, and says what is in force when it failed halfway ([*UpdateError]). The password calls read the outcome in the answer
// ([*LinkError]). Every other failure is an [*Error]:
//
//	var failure *client.Error
//	switch {
//	case errors.Is(err, client.ErrInvalidPassword):   // the portal says that the password is wrong
//	case errors.Is(err, client.ErrTooManyAttempts):   // wait before the next try
//	case errors.Is(err, client.ErrUnauthorized):      // check the API key
//	case errors.Is(err, client.ErrLinkLimit):         // the entry has as many links as it can have; see also ErrLinkAccess …
//	case errors.Is(err, context.DeadlineExceeded):    // no complete answer in time
//	case errors.As(err, &failure):                    // failure.StatusCode, Message, Fields, RetryAfter, RequestID, RateLimit …
//	}
//
// A result is never nil without an error. The answers of other versions of the portal can be read: a property or a value that
// this version does not know is no error. Unknown properties of settings and shares are kept in Extra.
//
// # What is sent, and how often
//
// GET and PUT are repeated when no complete answer came, and after 429, 502, 503 and 504. A call is sent three times at most.
// Before each retry it waits as long as Retry-After says, or for a random time whose bound doubles. All calls of a Portal share
// one budget of retries ([RetryPolicy]). A POST is sent once, because the portal counts passwords. What makes a link or a room is
// sent once too: also [Portal.RoomLink], and [Portal.SetRoomLink] without an ID. [Portal.DeleteRoom] is repeated. [Visitor.Unlock]
// does not send a password that would lock the link.
//
// An attempt ends after 15 seconds ([WithAttemptTimeout]). A call with all its attempts ends after 60 seconds ([WithTimeout]),
// or at the deadline of its context when that is earlier. At most 4 MiB of an answer are read. At most fifty requests are
// under way at a time, because a portal takes no more from one caller. Further calls wait.
//
// # Credentials and secrets
//
// Give one of [WithAPIKey], [WithPortalToken], [WithBasicAuth], [WithCookie] and [WithTokenSource]. The credentials are sent to
// the portal's own scheme, host and port, and to no other address. A redirect to another origin is refused. Plain http to
// another machine is refused too, unless [WithInsecureHTTP] allows it.
//
// No error, log line or printed value contains a key, token, password, share key or cookie. Those of a [Link] or an [Entry] are a [Secret]. This also holds when the portal
// repeats a secret, in any usual spelling. A secret of one or two letters also hides these letters elsewhere in the portal's
// words.
//
// [Visitor.Unlock] sends no credentials of the Portal. It cannot remove what the transport of your own http.Client adds, as
// the transport of golang.org/x/oauth2 does. Use [WithTokenSource] instead.
//
// # Logs, metrics and traces
//
// [WithLogger] writes one line for each call. [WithHooks] calls functions before and after each attempt. [WithResponseInfo]
// gives the status, the attempts, the request id and the rate limit of a call. For traces, give [WithHTTPClient] a client
// with OpenTelemetry's otelhttp.NewTransport. The program in examples/opentelemetry does this.
//
// # The generated client
//
// [Portal.API] is the client that was generated from the contract, with the same credentials, retries and limits. [NewDoer]
// gives these to a generated client of your own. The generated client takes every status as success, so check the status
// yourself.
package client
