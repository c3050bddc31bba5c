// Package client changes and reads the external sharing of an ONLYOFFICE DocSpace portal.
//
// # Start
//
// A [Portal] is one portal, reached with one set of credentials. It is safe for concurrent use; make one and keep it.
//
//	portal, err := client.New("https://yourportal.onlyoffice.com", client.WithAPIKey(key)) // or client.FromEnv()
//
//	policy, err := portal.SharingPolicy(ctx)                // the seven flags of external sharing
//	settings, err := portal.FilesSettings(ctx)              // all of the Files settings
//	change, err := portal.UpdateSharing(ctx, client.SharingUpdate{ExternalShare: client.On(), SocialMedia: client.On()})
//	inForce, err := portal.SetExternalShare(ctx, true)      // one switch
//	inForce, err = portal.SetExternalShareSocialMedia(ctx, true)
//	share, err := portal.Visitor().Unlock(ctx, shareKey, password)          // what somebody types in
//	share, err = portal.ApplyExternalSharePassword(ctx, shareKey, password) // with the portal's credentials
//
// # What an error means
//
// A nil error means that the portal did what was asked for, not only that it answered 200. The switches compare the value
// in force with the one asked for ([*NotInForceError]), [Portal.UpdateSharing] reads it back and says how things stand when
// it could not finish ([*UpdateError]), and the password calls read the outcome in the answer ([*LinkError]). All else is an
// [*Error]:
//
//	var failure *client.Error
//	switch {
//	case errors.Is(err, client.ErrInvalidPassword):   // the portal says that the password is wrong
//	case errors.Is(err, client.ErrTooManyAttempts):   // wait before the next try
//	case errors.Is(err, client.ErrUnauthorized):      // check the API key
//	case errors.Is(err, context.DeadlineExceeded):    // no complete answer in time
//	case errors.As(err, &failure):                    // failure.StatusCode, Message, Fields, RetryAfter, RequestID, RateLimit …
//	}
//
// No result is ever nil without an error. Answers of other versions decode: properties and values that this version does
// not know are no errors, and unknown properties are kept in Extra.
//
// # What is sent, and how often
//
// GET and PUT are repeated when no complete answer came, and on 429, 502, 503 and 504: three times in all, after a random
// time that doubles or after what Retry-After says, and within a budget that all calls of the Portal share ([RetryPolicy]).
// A POST is sent once, since the portal counts passwords; and [Visitor.Unlock] does not send the one that would lock the
// link.
//
// An attempt ends within 15 seconds ([WithAttemptTimeout]), a call with all its attempts within 60 ([WithTimeout]) or at the
// deadline of its context, whichever comes first. No more than 4 MiB of an answer are read. Fifty requests are under way at
// a time, as many as a portal takes from one caller; calls beyond that wait their turn.
//
// # Credentials and secrets
//
// One of [WithAPIKey], [WithPortalToken], [WithBasicAuth], [WithCookie] and [WithTokenSource]. They go to the portal's own
// scheme, host and port and nowhere else: a redirect to another origin is refused, and so is plain http to another machine
// unless [WithInsecureHTTP] allows it.
//
// No error, log line or printed value contains a key, token, password, share key or cookie, even where the portal repeats
// one, in any usual spelling. A secret as short as a letter or two also hides harmlessHeaders letters in what the portal says.
//
// [Visitor.Unlock] sends no credentials of the Portal. What the transport of a http.Client of your own adds (as the one of
// golang.org/x/oauth2 does) is out of its reach: use [WithTokenSource] instead.
//
// # Seeing what happens
//
// [WithLogger] writes one line a call, [WithHooks] is called around each attempt, and [WithResponseInfo] gives what an answer
// says beside its content. For traces, give [WithHTTPClient] a client with OpenTelemetry's otelhttp.NewTransport; a program
// that does so is in examples/opentelemetry.
//
// # Beneath
//
// [Portal.API] is the client generated from the contract, with the same credentials, retries and limits; [NewDoer] gives
// those to a generated client of your own. It takes every status as success, so its callers look at the status themselves.
package client
