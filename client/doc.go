// Package client changes and reads the external sharing of an ONLYOFFICE DocSpace portal.
//
// # Start
//
// A [Portal] is one portal, reached with one set of credentials. It is safe for concurrent use; make one and keep it.
//
//	portal, err := client.New("https://yourportal.onlyoffice.com", client.WithAPIKey(key))
//	settings, err := portal.FilesSettings(ctx)
//	inForce, err := portal.SetExternalShare(ctx, true)
//	inForce, err = portal.SetExternalShareSocialMedia(ctx, true)
//	share, err := portal.ApplyExternalSharePassword(ctx, shareKey, password)
//
// # What an error means
//
// A nil error means that the portal did what was asked for, not only that it answered 200. [Portal.SetExternalShare]
// and [Portal.SetExternalShareSocialMedia] compare the value in force with the one asked for ([*NotInForceError]), and
// [Portal.ApplyExternalSharePassword] reads the outcome in the answer ([*LinkError]). All else is an [*Error]:
//
//	var failure *client.Error
//	switch {
//	case errors.Is(err, client.ErrInvalidPassword):      // the portal says that the password is wrong
//	case errors.Is(err, client.ErrTooManyAttempts):      // wait before the next try
//	case errors.Is(err, client.ErrUnauthorized):         // check the API key
//	case errors.Is(err, context.DeadlineExceeded):       // no complete answer in time
//	case errors.As(err, &failure):                       // failure.StatusCode, failure.Message, failure.RetryAfter …
//	}
//
// No error text contains a key, token, password, share key or cookie, even where the portal repeats one.
//
// # What is sent
//
// Credentials go to the portal's own scheme, host and port, and nowhere else: a redirect to another origin is refused.
// Nothing is retried, and a POST is sent once at most. Every call ends within 30 seconds ([WithTimeout]) or at the
// deadline of its context, whichever comes first, and reads no more than 4 MiB.
//
// # Beneath
//
// [Portal.API] is the client generated from the contract, on the same transport. It takes every status as success, so
// its callers look at the status themselves.
package client

//go:generate go tool oapi-codegen -config ../oapi-config.yaml -package client -generate models,client -o client.gen.go ../openapi.yaml
