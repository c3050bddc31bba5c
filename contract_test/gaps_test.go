package contract_test

// gaps are the known differences between the fake and a portal.
var gaps = []string{
	"The fake has four calls. Where a portal has another call under a path that looks like one of them, the 404 has a hint.",
	"Messages are in English. The server writes some of them in the caller's language. Stack traces are cut to their beginning.",
	"The wording and the positions in `v3.7.2`'s JSON errors are close to the server's, but not the same. The status and the key in `errors` are the same.",
	"OAuth access tokens are accepted without a check of their signature, because there is no identity service. CORS is `*` for them too.",
	"Bodies of more than 1 MiB are refused with 413. A portal takes 100 MiB.",
	"The request limiter is off, as shipped. When it is switched on, it also limits loopback addresses, which the shipped configuration leaves out.",
	"The portal's own filters (suspended, unpaid, restricted to addresses) never refuse anything. `openapi.yaml` describes what they would answer.",
	"Link passwords that are set at `documented` need not meet the portal's password rules.",
	"A portal keeps an audit trail, notifies its web clients of changes, and adds opened links to lists. The fake does none of this.",
	"The fake does not imitate what a reverse proxy adds or removes in front of a portal (compression, its own headers, bodies of 502 and 503).",
	"The configuration of hosted portals (limits of requests, origins, cookies) is not public. The fake is like a self-hosted portal.",
	"Social media that is stored as on while external sharing is off cannot be seen from outside. `docspace-contract` cannot restore that.",
	"The state is in memory. It is lost when the process ends, unless it is kept in a file.",
	"Go's server refuses requests that are not HTTP, and headers of more than 32 KiB. These answers do not have the fake's headers.",
}
