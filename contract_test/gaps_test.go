package contract_test

// gaps are what the fake is known not to do as a portal does it.
var gaps = []string{
	"Four calls, no more. Where a portal has another call under a path that looks like ours, the 404 carries a hint.",
	"Messages are English; the server words some in the caller's language. Stack traces are cut to their beginning.",
	"The wording and positions in `v3.7.2`'s JSON errors are close to the server's, not the same; the status and the key in `errors` are.",
	"OAuth access tokens are believed without their signature being checked: there is no identity service. CORS is `*` for them too.",
	"Bodies of more than 1 MiB are refused with 413; a portal takes 100 MiB.",
	"The request limiter is off, as shipped; switched on, it also holds for loopback, which the shipped configuration leaves out.",
	"The portal's own filters (suspended, unpaid, restricted to addresses) never refuse anything. `openapi.yaml` describes what they would answer.",
	"Link passwords set at `documented` need not meet the portal's password rules.",
	"A portal keeps an audit trail, tells its web clients of changes, and puts a link that was opened into lists; the fake does neither.",
	"What a reverse proxy adds or takes away in front of a portal (compression, its own headers, bodies of 502 and 503) is not imitated.",
	"How hosted portals are configured (limits of requests, origins, cookies) is not public; the fake is like one of one's own.",
	"Social media that is stored as on while external sharing is off cannot be seen from outside. `docspace-contract` cannot put that back.",
	"State is in memory, and gone with the process unless it is kept in a file.",
	"What is no HTTP, or has headers of more than 32 KiB, is refused by Go's server, without the fake's headers.",
}
