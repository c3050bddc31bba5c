package main

import "slices"

// mutant is one wrong behaviour: a text that exists once in a file of mockserver, and the text that replaces it.
type mutant struct {
	fact string // the fact that it breaks
	file string
	old  string
	new  string
}

// mutants are all that the contract suite must catch.
var mutants = slices.Concat(planned, atRandom, ofFramework, ofControl)

// planned are wrong behaviours for the facts that matter most.
var planned = []mutant{
	// The switches.
	{"switching external sharing off switches social media off", "settings.go", "if !on {\n\t\ts.ExternalShareSocialMedia = false\n\t}", "_ = on"},
	{"switching external sharing on does not switch social media on", "settings.go", "if !on {\n\t\ts.ExternalShareSocialMedia = false\n\t}", "s.ExternalShareSocialMedia = on"},
	{"social media is in force only while external sharing is on", "settings.go", "return s.ExternalShare && s.ExternalShareSocialMedia }", "return s.ExternalShareSocialMedia }"},
	{"social media is stored as off while external sharing is off", "settings.go", "s.ExternalShareSocialMedia = s.ExternalShare && on", "s.ExternalShareSocialMedia = on"},
	{"switching social media off does not change external sharing", "settings.go", "s.ExternalShareSocialMedia = s.ExternalShare && on", "s.ExternalShareSocialMedia = s.ExternalShare && on\n\ts.ExternalShare = s.ExternalShare && on"},
	{"the answer is the value in force, not the one asked for", "settings_calls.go", "return s, s.socialMediaInForce()", "return s, on"},
	{"the call external answers with external sharing", "settings_calls.go", "return s, s.ExternalShare\n", "return s, s.socialMediaInForce()\n"},
	{"the switches are for administrators", "settings_calls.go", "if !c.caller.admin() {", "if c.caller == nil {"},
	{"the switches are for DocSpace administrators too", "portal_users.go", "(u.Role == RoleOwner || u.Role == RoleDocSpaceAdmin)", "u.Role == RoleOwner"},
	{"room administrators are not administrators", "portal_users.go", "u.Role == RoleDocSpaceAdmin)", "u.Role == RoleDocSpaceAdmin || u.Role == RoleRoomAdmin)"},
	{"a refusal for the role is 403", "errors.go", "status: http.StatusForbidden, traced: true", "status: http.StatusUnauthorized, traced: true"},
	{"a refusal for the role has its hresult", "errors.go", "-2146233079", "-2146233078"},
	{"a refusal for the role names the exception", "errors.go", "traced: true, hresult: -2146233079", "traced: false, hresult: -2146233079"},
	{"v3.7.2 reads only set", "profile.go", "flagNames:         []string{\"set\"},", "flagNames:         []string{\"set\", \"displayValue\"},"},
	{"documented reads displayValue", "profile.go", "[]string{\"displayValue\", \"set\"}", "[]string{\"set\"}"},
	{"documented needs one of the two names", "profile.go", "flagRequired:      true,", "flagRequired:      false,"},
	{"v3.7.2 shows the settings to everybody", "profile.go", "anonymousSettings: true,", "anonymousSettings: false,"},
	{"v3.7.2 sets no password", "profile.go", "anonymousSettings: true,", "anonymousSettings: true,\n\t\tadminSetsPassword: true,"},
	{"documented sets the password", "profile.go", "adminSetsPassword: true,", "adminSetsPassword: false,"},
	{"documented explains its errors", "profile.go", "errorMessages:     true,", "errorMessages:     false,"},
	{"v3.7.2 answers too many passwords with 403", "profile.go", "tooManyPasswords:  http.StatusForbidden,", "tooManyPasswords:  http.StatusTooManyRequests,"},
	{"documented answers too many passwords with 429", "profile.go", "tooManyPasswords:  http.StatusTooManyRequests,", "tooManyPasswords:  http.StatusForbidden,"},
	{"documented sends the limit with a 200", "profile.go", "rateLimitHeaders:  true,", "rateLimitHeaders:  false,"},

	// The settings.
	{"enableThirdParty is shown as stored without an account", "settings_body.go", "anonymous: sync.OnceValue(func() settingsBody {\n\t\t\treturn newSettingsBody(freshSettingsBody().\n\t\t\t\twith(\"enableThirdParty\", s.EnableThirdParty)", "anonymous: sync.OnceValue(func() settingsBody {\n\t\t\treturn newSettingsBody(freshSettingsBody().\n\t\t\t\twith(\"enableThirdParty\", true)"},
	{"callers without an account see external sharing as on", "settings_body.go", "with(\"externalShare\", true)", "with(\"externalShare\", s.ExternalShare)"},
	{"callers without an account see organizeRoomsGrouping as off", "settings_body.go", "with(\"organizeRoomsGrouping\", false).", "with(\"organizeRoomsGrouping\", true)."},
	{"callers without an account see the sharing policy as off", "settings_body.go", "with(\"blockExistingLinksOnRestrict\", false)", "with(\"blockExistingLinksOnRestrict\", s.BlockExistingLinksOnRestrict)"},
	{"each property of the sharing policy has its own value", "settings_body.go", "with(\"externalShareApplyToRooms\", s.ExternalShareApplyToRooms)", "with(\"externalShareApplyToRooms\", s.ExternalShareApplyToDocuments)"},
	{"a fresh portal applies the policy to rooms", "settings.go", "ExternalShareApplyToRooms:     true,", "ExternalShareApplyToRooms:     false,"},
	{"the settings are those of a fresh portal", "settings.json", "\"maxUploadThreadCount\":15", "\"maxUploadThreadCount\":16"},
	{"the settings have 64 properties", "settings.json", "\"convertNotify\":false,", ""},

	// Restrictions.
	{"the policy restricts only while external sharing is off", "settings.go", "if s.ExternalShare || !s.BlockExistingLinksOnRestrict {", "if !s.BlockExistingLinksOnRestrict {"},
	{"existing links can stay open", "settings.go", "if s.ExternalShare || !s.BlockExistingLinksOnRestrict {", "if s.ExternalShare {"},
	{"the policy can leave rooms out", "settings.go", "return s.ExternalShareApplyToRooms", "return true"},
	{"the policy can leave documents out", "settings.go", "return s.ExternalShareApplyToDocuments", "return true"},
	{"the policy does not apply to people with an account", "share.go", "status == api.ExternalShareStatusOk && use.caller == nil && !link.Internal &&", "status == api.ExternalShareStatusOk && !link.Internal &&"},
	{"the policy is checked after the password", "share.go", "case status == api.ExternalShareStatusOk && use.caller == nil && !link.Internal &&", "case use.caller == nil && !link.Internal &&"},

	// Links.
	{"an expired link is Expired", "share.go", "link.Expires.Before(use.now)", "link.Expires.Before(use.now) && use.caller == nil"},
	{"an expired link is Expired before it is internal", "share.go", "case !link.Expires.IsZero() && link.Expires.Before(use.now):\n\t\treturn use.refused(api.ExternalShareStatusExpired)\n\tcase link.Internal && use.caller == nil:\n\t\treturn use.refused(api.ExternalShareStatusExternalAccessDenied)", "case link.Internal && use.caller == nil:\n\t\treturn use.refused(api.ExternalShareStatusExternalAccessDenied)\n\tcase !link.Expires.IsZero() && link.Expires.Before(use.now):\n\t\treturn use.refused(api.ExternalShareStatusExpired)"},
	{"an internal link denies visitors", "share.go", "case link.Internal && use.caller == nil:", "case link.Internal && use.caller == nil && link.Password == \"\":"},
	{"a link without a password is open", "share.go", "case link.Password == \"\":", "case link.Password == \"\" && use.password == \"\":"},
	{"a remembered password opens", "share.go", "case use.remembers(secret, link, d.cookie):", "case use.password == \"\" && use.remembers(secret, link, d.cookie):"},
	{"no password is RequiredPassword", "share.go", "status = api.ExternalShareStatusRequiredPassword", "return use.refused(api.ExternalShareStatusInvalidPassword)"},
	{"a password is compared exactly", "internal/text/text.go", "sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))", "sha256.Sum256([]byte(strings.ToLower(a))), sha256.Sum256([]byte(strings.ToLower(b)))"},
	{"a password is not trimmed", "internal/text/text.go", "sha256.Sum256([]byte(a)), ", "sha256.Sum256([]byte(strings.TrimSpace(a))), "},
	{"a right password is remembered", "share.go", "d.remember = secret.passwordKey(link.Password)", "d.remember = \"\""},
	{"the answer to a wrong password describes nothing", "share.go", "d.share = use.refused(api.ExternalShareStatusInvalidPassword).share", "d.share = describeEntry(s.entries[link.Entry])\n\t\td.share.Status = api.ExternalShareStatusInvalidPassword"},
	{"a wrong password deletes a stale cookie", "share.go", "d.forget = err == nil", "d.forget = false && err == nil"},
	{"a link without an entry is Invalid", "share.go", "refused(api.ExternalShareStatusInvalid).share\n\t\td.keepOldPassword()", "refused(api.ExternalShareStatusExternalAccessDenied).share\n\t\td.keepOldPassword()"},
	{"an entry in the archive is Invalid", "share.go", "entry.Section == SectionTrash || entry.Section == SectionArchive", "entry.Section == SectionTrash"},
	{"a link to the trash keeps its password", "share.go", "d.share.Status = api.ExternalShareStatusInvalid\n\t\td.keepOldPassword()", "d.share.Status = api.ExternalShareStatusInvalid"},
	{"callers who may read the room need no password", "share.go", "if entry.Type == EntryRoom && mayRead(use.caller, entry) {", "if entry.Type == EntryRoom && isMember(use.caller, entry) {"},
	{"everybody needs the password of a folder", "share.go", "if entry.Type == EntryRoom && mayRead(use.caller, entry) {", "if mayRead(use.caller, entry) {"},
	{"an open link shows the tenant", "share.go", "d.share.TenantID = s.portal.TenantID", "d.share.TenantID = 0"},
	{"an open link shows its id", "share.go", "d.share.LinkID = uuid.MustParse(link.ID)", "d.share.LinkID = uuid.Nil"},
	{"shared is false for visitors", "share.go", "d.share.Shared = use.caller != nil", "d.share.Shared = true"},
	{"isAuthenticated is shown also after a refusal", "share.go", "IsAuthenticated: use.caller != nil}}", "IsAuthenticated: false}}"},
	{"the creator of a room is its member", "share_access.go", "if strings.EqualFold(e.CreatedBy, u.Email) {", "if false {"},
	{"a file is type 2", "share.go", "kind = api.FileEntryTypeFile", "kind = api.FileEntryTypeFolder"},
	{"isRoom is left out for files", "share.go", "kind = api.FileEntryTypeFile\n\t\treturn d", "kind, d.IsRoom = api.FileEntryTypeFile, new(bool)\n\t\treturn d"},
	{"a Request-Token can hold the password", "share_remember.go", "[]string{use.key, r.Header.Get(\"Request-Token\"), use.query.Get(\"share\")}", "[]string{use.key, use.query.Get(\"share\")}"},
	{"share in the query can hold the password", "share_remember.go", "[]string{use.key, r.Header.Get(\"Request-Token\"), use.query.Get(\"share\")}", "[]string{use.key, r.Header.Get(\"Request-Token\")}"},
	{"a token opens only its own link", "share_remember.go", "ok && token.ID == link.ID &&", "ok &&"},
	{"a header with the name of the cookie can hold the password", "share_remember.go", "if value := r.Header.Get(cookie); value != \"\" && text.SameSecret(value, want) {", "if value := r.Header.Get(cookie); value != \"\" && value == link.ID {"},
	{"a portal accepts only what it has signed", "signature.go", "return text.SameSecret(s.sign(v), signed)", "return signed != text.Mask"},
	{"a key that a portal makes has 111 characters", "signature.go", "base64.StdEncoding.EncodeToString(digest[:])", "base64.RawStdEncoding.EncodeToString(digest[:])"},

	// Cookies.
	{"cookies are HttpOnly", "internal/dotnet/cookie.go", "\"; samesite=strict; httponly\"", "\"; samesite=strict\""},
	{"cookies are SameSite=Strict", "internal/dotnet/cookie.go", "samesite=strict", "samesite=lax"},
	{"cookies are Secure over https", "internal/dotnet/cookie.go", "if secure {", "if !secure {"},
	{"a deleted cookie expires in the past", "internal/dotnet/cookie.go", "1970 00:00:00", "2070 00:00:00"},
	{"the remembered password comes before the session", "share_password.go", "cookies = append(cookies, dotnet.NewCookie(sessionCookie, o.secret.sign(o.newID()), c.cookiePath, c.https))", "cookies = append([]string{dotnet.NewCookie(sessionCookie, o.secret.sign(o.newID()), c.cookiePath, c.https)}, cookies...)"},
	{"people with an account get no session cookie", "share.go", "d.session = use.caller == nil", "d.session = true"},
	{"a visitor keeps the session", "share_password.go", "decision.session && err != nil {", "decision.session || err == nil && decision.session {"},

	// Too many passwords.
	{"five wrong passwords are answered", "portal_default.go", "PasswordAttempts{Count: 5,", "PasswordAttempts{Count: 6,"},
	{"the portal has its own limit of wrong passwords", "bruteforce.go", "if len(list.at) >= limit.Count {", "if len(list.at) >= 5 {"},
	{"a block lasts as long as the portal says", "bruteforce.go", "now.Add(limit.Block)", "now.Add(limit.Window)"},
	{"a block clears the count", "bruteforce.go", "list.at, list.blocked = nil, now.Add(limit.Block)", "list.blocked = now.Add(limit.Block)"},
	{"a block is not extended", "bruteforce.go", "if list.blocked.After(now) {\n", "if list.blocked.After(now) {\n\t\tlist.blocked = now.Add(limit.Block)\n"},
	{"a wrong password is forgotten after its window", "bruteforce.go", "now.Sub(a.at[0]) > window", "now.Sub(a.at[0]) > 2*window"},
	{"only wrong passwords count", "share.go", "return d.share.Status == api.ExternalShareStatusInvalidPassword", "return d.share.Status != api.ExternalShareStatusOk"},
	{"a right password does not reset the count", "share_password.go", "if decision.wrongPassword() {\n\t\tattempt.count()\n\t}", "if decision.wrongPassword() {\n\t\tattempt.count()\n\t} else {\n\t\tattempt.list.at = nil\n\t}"},
	{"keys are counted in any letter case", "bruteforce.go", "[]byte(strings.ToLower(key) +", "[]byte(strings.Clone(key) +"},
	{"each address is counted separately", "bruteforce.go", "+ \"\\x00\" + ip)", "+ \"\\x00\" + strings.Repeat(ip, 0))"},
	{"request-x-real-ip is taken as the address", "call.go", "c.ip = c.query.Get(\"request-x-real-ip\")", "c.ip = \"\""},
	{"Retry-After is the rest of the block", "bruteforce.go", "return nil, list.blocked.Sub(now)", "return nil, limit.Block"},
	{"v3.7.2 sends no Retry-After with a block", "bruteforce.go", "if p.tooManyPasswords == http.StatusTooManyRequests {", "if p.tooManyPasswords >= http.StatusForbidden {"},

	// Too many requests.
	{"the limit of a minute is exact", "ratelimit.go", "case c.recent >= limit.PerMinute:", "case c.recent > limit.PerMinute:"},
	{"the minute is a sliding window", "ratelimit.go", "now.Sub(c.at[n].Time) >= time.Minute", "now.Sub(c.at[0].Time) >= time.Minute"},
	{"writes that run at the same time have a limit", "ratelimit.go", "running, atATime := &c.writes, limit.ConcurrentWrites", "running, atATime := &c.writes, limit.ConcurrentReads"},
	{"reads that run at the same time have their own limit", "ratelimit.go", "running, atATime = &c.reads, limit.ConcurrentReads", "running, atATime = &c.writes, limit.ConcurrentReads"},
	{"requests that have ended do not count as running", "ratelimit.go", "*running--", "*running -= 0"},
	{"the day limits only writes", "ratelimit.go", "daily := method == http.MethodPost || method == http.MethodPut", "daily := true"},
	{"the day limits POST too", "ratelimit.go", "daily := method == http.MethodPost || method == http.MethodPut", "daily := method == http.MethodPut"},
	{"the day has 24 hours", "ratelimit.go", "if now.Sub(c.day) >= 24*time.Hour {", "if now.Sub(c.day) >= 25*time.Hour {"},
	{"a fresh portal has no limit", "ratelimit.go", "if r.refused && limit.Enabled {", "if r.refused {"},
	{"each user is counted separately", "ratelimit_answer.go", "if call.caller != nil {", "if call.caller != nil && call.apiKey {"},
	{"without an account each address is counted separately", "ratelimit_answer.go", "id := \"address \" + call.remote", "id := \"address \""},
	{"a refusal shows the limit", "ratelimit_answer.go", "h.Set(\"X-RateLimit-Limit\"", "h.Set(\"X-RateLimit-Max\""},
	{"requests are limited before they are authorized", "chain.go", "e.Use(s.limitRate)       // 429", "defer e.Use(s.limitRate)"},
	{"a reset clears the counts", "change.go", "s.forgetCounts()\n\ts.ClearRequests()", "s.ClearRequests()"},

	// Credentials.
	{"the cookie comes before the header", "auth_session.go", "if cookie, err := r.Cookie(\"asc_auth_key\"); err == nil && cookie.Value != \"\" {", "if cookie, err := r.Cookie(\"asc_auth_key\"); err == nil && header == \"\" {"},
	{"socketio.sid is deleted too", "auth_session.go", "[]string{\"asc_auth_key\", \"socketio.sid\"}", "[]string{\"asc_auth_key\"}"},
	{"disabled users are anonymous", "caller.go", "if u == nil || u.Disabled {", "if u == nil {"},
	{"Basic challenges with every answer", "auth.go", "answer.Set(echo.HeaderWWWAuthenticate, \"Basic\")", "_ = answer"},
	{"Basic is not for users without a password", "auth_basic.go", "u.Password != \"\" && text.SameSecret", "text.SameSecret"},
	{"Basic without a colon is 500", "auth_basic.go", "status: http.StatusInternalServerError, class: \"System.IndexOutOfRangeException\"", "status: http.StatusUnauthorized, class: \"System.IndexOutOfRangeException\""},
	{"a token expires at its time", "auth_jwt.go", "float64(c.started.Unix()) >= expiry", "float64(c.started.Unix()) < expiry"},
	{"scopes can be a text", "auth_jwt.go", "scopes = strings.Fields(text)", "scopes = []string{text}"},
	{"*:read is not enough to change", "authorize.go", "accepted := []string{scopeWrite, \"files:write\"}", "accepted := []string{scopeWrite, \"files:write\", scopeRead}"},
	{"files:read is enough to read", "authorize.go", "append(accepted, scopeRead, \"files:read\")", "append(accepted, scopeRead)"},
	{"an API key without the scope is a problem where visitors may call", "authorize.go", "case c.apiKey:\n\t\t// [AllowAnonymous]", "case c.apiKey && c.caller != nil:\n\t\t// [AllowAnonymous]"},
	{"an access token needs no scope where visitors may call", "authorize.go", "case c.apiKey:\n\t\t// [AllowAnonymous]", "case c.apiKey || c.caller != nil:\n\t\t// [AllowAnonymous]"},
	{"expired API keys are unknown", "state.go", "(!k.Expires.IsZero() && !k.Expires.After(now))", "false"},
	{"inactive API keys are unknown", "state.go", "(k.Active != nil && !*k.Active)", "false"},
	{"credentials are checked before the path", "chain.go", "e.Use(s.authenticate)    // Basic that cannot be read: 500; a token without a subject: 401\n\te.Use(s.limitRate)       // 429\n\te.Use(s.readRequest)     // for the contract watch, the journal and the binder\n\te.Use(s.dispatch)        // 404, 405", "e.Use(s.dispatch)\n\te.Use(s.authenticate)\n\te.Use(s.limitRate)\n\te.Use(s.readRequest)"},

	// Bodies.
	{"the last of two wins", "bind_flag.go", "given[known] = on\n", "if _, twice := given[known]; !twice {\n\t\t\t\tgiven[known] = on\n\t\t\t}\n"},
	{"names are read in any letter case", "bind_flag.go", "if !dotnet.EqualFold(name, known) {", "if name != known {"},
	{"null is not a password", "bind_password.go", "case value.IsNull():", "case value.IsNull() && ok:"},
	{"+json is JSON", "internal/dotnet/media.go", "media.subtype[strings.LastIndexByte(media.subtype, '+')+1:]", "media.subtype"},
	{"UTF-16 is read", "internal/dotnet/media.go", "\"utf-16\": UTF16, ", ""},
	{"a byte order mark is skipped", "internal/dotnet/objectreader.go", "bytes.TrimPrefix(text, []byte(\"\\xef\\xbb\\xbf\"))", "bytes.TrimPrefix(text, nil)"},
	{"a body has at most 32 levels", "internal/dotnet/jsonreader.go", "const MaxDepth = 32", "const MaxDepth = 33"},
	{"a body is required", "internal/dotnet/objectreader.go", "return b.Missing()", "return nil"},
	{"nothing follows the body", "internal/dotnet/objectreader.go", "return b.read() // the end", "return nil"},
	{"a body that cannot be read is reported under RequestParam", "bind_password.go", ", \"RequestParam\")", ", \"\")"},
	{"a body has at most 100 MiB", "body.go", "const maxBody = 100 << 20", "const maxBody = 101 << 20"},
	{"415 says 200 in its envelope", "errorhandler.go", "call.fields()), 0, http.StatusOK)", "fieldsOf(call.query)), 1, http.StatusUnsupportedMediaType)"},
	{"400 is a validation problem of status 1", "errorhandler.go", "call.fields()), 1, http.StatusBadRequest)", "fieldsOf(call.query)), 0, http.StatusBadRequest)"},
	{"the role is checked after the body", "bind_flag.go", "p := call.state.profile\n\ton, bad :=", "p := call.state.profile\n\tif !call.caller.admin() {\n\t\treturn notAdmin()\n\t}\n\ton, bad :="},

	// Answers.
	{"the envelope has a count", "answer.go", "`,\"count\":1,\"links\":[{\"href\":`", "`,\"links\":[{\"href\":`"},
	{"the envelope's link has the method", "answer.go", "AppendJSON(b, c.request.Method)", "AppendJSON(b, http.MethodGet)"},
	{"text/json is sent to callers who accept nothing else", "internal/dotnet/negotiate.go", "return ContentTextJSON", "return ContentJSON"},
	{"an empty answer has no Content-Type", "answer.go", "if a.contentType != \"\" {", "if true {"},
	{"nulls are written in errors", "errorhandler.go", "dotnet.AppendJSON(nil, api.ErrorAPIResponse{Error: dto, Status: 1, StatusCode: int32(e.status)})", "dotnet.AppendJSON(nil, map[string]any{\"error\": map[string]any{\"message\": dto.Message}, \"status\": 1, \"statusCode\": e.status})"},
	{"titles are not escaped", "internal/dotnet/encode.go", "enc.SetEscapeHTML(false)", "enc.SetEscapeHTML(true)"},
	{"fields are compared exactly", "fields.go", "whole := slices.Contains(fields, p.name)", "whole := slices.ContainsFunc(fields, func(f string) bool { return strings.EqualFold(f, p.name) })"},
	{"a nested object has other names with fields", "fields.go", "\"property\": \"sortedBy\"", "\"property\": \"property\""},
	{"fields[] is a list too", "fields.go", "if list := q[\"fields[]\"]; len(list) > 0 {\n\t\treturn list\n\t}", ""},
	{"fields are separated by commas", "fields.go", "return strings.Split(list[0], \",\")", "return strings.Split(list[0], \";\")"},
	{"exceptions are kept out of caches", "errorhandler.go", "\"no-cache,no-store\"", "\"no-cache\""},
	{"an exception removes the challenge", "errorhandler.go", "header.Del(echo.HeaderWWWAuthenticate)\n", ""},
	{"an exception removes cookies", "errorhandler.go", "header.Del(echo.HeaderSetCookie)\n", ""},
	{"the server is Kestrel", "chain.go", "\"Kestrel\"", "\"nginx\""},
	{"api-supported-versions is sent", "chain.go", "Set(headerVersions, \"2.0\")", "Set(headerVersions, \"3.0\")"},
	{"secrets are not logged", "secrets_path.go", "case beneathShare, share, short: // share%2Fkey is one segment\n\t\t\tparts[i] = text.Mask", "case share, short:\n\t\t\tparts[i] = part"},

	// Routing and origins.
	{"paths are found in any letter case", "paths.go", "is := func(i int, literal string) bool { return dotnet.EqualFold(rest[i], literal) }", "is := func(i int, literal string) bool { return rest[i] == literal }"},
	{"share keys keep their case", "paths.go", "password.key = rest[1]", "password.key = dotnet.ToLower(rest[1])"},
	{"a slash at the end is ignored", "paths.go", "segments = segments[:len(segments)-1]\n\t}", "_ = segments\n\t}"},
	{"only version 2.0 exists", "internal/dotnet/version.go", "return first == 2 && second == 0 &&", "return first > 0 &&"},
	{"dot segments are resolved", "internal/dotnet/url.go", "segments = segments[:max(0, len(segments)-1)]", "segments = append(segments, part)"},
	{"another method is 405", "route.go", "status:  http.StatusMethodNotAllowed,", "status:  http.StatusNotFound,"},
	{"405 has Allow", "route.go", "{echo.HeaderAllow: {route.method}}", "{echo.HeaderAllow: {\"GET\", \"PUT\"}}"},
	{"one segment is a folder", "paths.go", ", folder: rest[0]}", "}"},
	{"the nearest proxy reports the host", "internal/dotnet/forwarded.go", "host = f.host", "_ = f.host"},
	{"any origin may read", "cors.go", "AccessControlAllowOrigin, \"*\")", "AccessControlAllowOrigin, r.Header.Get(echo.HeaderOrigin))"},
	{"preflight is 204", "cors.go", "c.NoContent(http.StatusNoContent)", "c.NoContent(http.StatusOK)"},
	{"preflight allows the method asked for", "cors.go", "AccessControlAllowMethods, dotnet.QuoteValues([]string{wanted}))", "AccessControlAllowMethods, \"GET, PUT, POST\")"},
}
