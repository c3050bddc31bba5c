package main

// ofShareLinks are wrong behaviours of the call that tells where a link leads, of the policy, and beside the calls.
var ofShareLinks = []mutant{
	// Where a link leads.
	{"where a link leads is decided without a password", "share_get.go", "use := newLinkUse(c, nil)", "password := c.query.Get(\"password\") + \"x\"\n\tuse := newLinkUse(c, &password)"},
	{"asking where a link leads counts nothing", "share_get.go", "use := newLinkUse(c, nil)\n\tdecision := c.state.decide(c.state.profile, o.random, use)", "use := newLinkUse(c, nil)\n\tattempt := c.era.passwords.begin(use.key, c.ip, c.state.portal.Limits.PasswordAttempts, use.now)\n\tif attempt == nil {\n\t\treturn nil, tooManyPasswords()\n\t}\n\tattempt.end()\n\tdecision := c.state.decide(c.state.profile, o.random, use)"},
	{"asking where a link leads is no wrong password", "share_get.go", "use.open(decision)\n", "use.open(decision)\n\tif attempt := c.era.passwords.begin(use.key, c.ip, c.state.portal.Limits.PasswordAttempts, use.now); attempt != nil {\n\t\tattempt.wrong = true\n\t\tattempt.end()\n\t}\n"},
	{"people with an account have opened a link when they asked where it leads", "share_get.go", "use.open(decision)\n", ""},
	{"where a link leads is filtered by fields", "share_get.go", "decision.share), c.pickedFields())", "decision.share), nil)"},
	{"an open link gives a session when it is asked where it leads", "share_get.go", "answer.cookies = o.shareCookies(c, decision)\n", ""},
	{"asking where a link leads deletes no cookie of the link", "share_get.go", "answer.cookies = o.shareCookies(c, decision)\n", "decision.forget = decision.cookie != \"\" && decision.opened == nil && use.cookie(decision.cookie) != \"\"\n\tanswer.cookies = o.shareCookies(c, decision)\n"},
	{"a key of blanks leads nowhere", "share_get.go", "use := newLinkUse(c, nil)\n", "if c.route.parameter == \" \" {\n\t\treturn nil, nullReference(\"\")\n\t}\n\tuse := newLinkUse(c, nil)\n"},
	{"everybody may ask where a link leads", "operation.go", "\"files/share/{key}\", readScopes, true, \"\"}", "\"files/share/{key}\", readScopes, false, \"\"}"},
	{"an API key that may read files may ask where a link leads", "operation.go", "\"files/share/{key}\", readScopes, true, \"\"}", "\"files/share/{key}\", writeScopes, true, \"\"}"},

	// The entry within that of a link.
	{"an inner file comes before an inner folder", "share_get.go", "if id == \"\" {\n\t\tid, kind = c.query", "if c.query.Get(\"folderid\") != \"\" {\n\t\tid, kind = c.query"},
	{"an empty fileId is as none", "share_get.go", "if id == \"\" {\n\t\tid, kind = c.query", "if _, sent := c.query[\"fileid\"]; !sent {\n\t\tid, kind = c.query"},
	{"nothing inner is described when nothing is asked for", "share_get.go", "if id == \"\" {\n\t\treturn nil\n\t}", ""},
	{"an inner id is a number", "share_get.go", "if _, ok := dotnet.ParseInt32(id); !ok {", "if _, ok := dotnet.ParseInt32(id); !ok && id == \"\" {"},
	{"an inner id has 32 bits", "share_get.go", "dotnet.ParseInt32(id)", "dotnet.ParseInt32(id[:min(len(id), 9)])"},
	{"an inner id that is no number is 404", "errors.go", "status: http.StatusNotFound, traced: true, hresult: -2146233088", "status: http.StatusBadRequest, traced: true, hresult: -2146233088"},
	{"files and folders have ids of their own", "share_get.go", "inSpace(id, kind == api.FileEntryTypeFile)", "inSpace(id, kind != api.FileEntryTypeFile)"},
	{"an inner entry may be far inside", "share_get.go", "for ; above != nil; above = c.state.entries.parentOf(above) {", "if above != nil {"},
	{"an entry that is elsewhere is not described", "share_get.go", "if above == linked {", "if above != nil {"},
	{"the entry of the link is within itself", "share_get.go", "above := inner\n\tif kind == api.FileEntryTypeFile {\n", "above := inner\n\tif kind == api.FileEntryTypeFile || inner == linked {\n"},
	{"a file is not within itself", "share_get.go", "if kind == api.FileEntryTypeFile {\n\t\tabove =", "if kind == api.FileEntryTypeFile && inner != linked {\n\t\tabove ="},
	{"an inner entry is described while a password is asked for", "share_get.go", "if decision.entry != nil {", "if decision.opened != nil {"},
	{"an inner entry is described by its own title", "share_get.go", "&inner.ID, &inner.Title", "&inner.ID, &linked.Title"},
	{"an inner file is type 2", "share_get.go", "kind := int32(kind)", "kind := int32(api.FileEntryTypeFolder)"},
	{"the trash does not hide an inner entry", "share_get.go", "if decision.entry != nil {", "if decision.entry != nil && decision.share.Status != api.ExternalShareStatusInvalid {"},
	{"the restriction does not hide an inner entry", "share_get.go", "if decision.entry != nil {", "if decision.entry != nil && decision.share.Status != api.ExternalShareStatusExternalAccessDenied {"},

	// The sharing policy.
	{"the policy is for administrators", "settings_calls.go", "c := callFrom(ctx)\n\tif !c.caller.admin() {\n", "c := callFrom(ctx)\n\tif c.caller == nil {\n"},
	{"the policy needs an account", "operation.go", "\"files/settings/externalsharingsettings\", writeScopes, false, \"\"}", "\"files/settings/externalsharingsettings\", writeScopes, true, \"\"}"},
	{"an API key needs files:write for the policy", "operation.go", "\"files/settings/externalsharingsettings\", writeScopes, false, \"\"}", "\"files/settings/externalsharingsettings\", readScopes, false, \"\"}"},
	{"the policy switches external sharing", "settings.go", "s = s.setExternalShare(policy.ExternalShare)\n", ""},
	{"the policy switches social media off too", "settings.go", "s = s.setExternalShare(policy.ExternalShare)\n", "s.ExternalShare = policy.ExternalShare\n"},
	{"new links are internal while external sharing is off", "settings.go", "!policy.ExternalShare || policy.DefaultShareLinkInternal", "policy.DefaultShareLinkInternal"},
	{"new links are what is sent while external sharing is on", "settings.go", "!policy.ExternalShare || policy.DefaultShareLinkInternal", "!policy.ExternalShare"},
	{"the policy brings the default of new links back", "settings.go", "!policy.ExternalShare || policy.DefaultShareLinkInternal", "!policy.ExternalShare || policy.DefaultShareLinkInternal || s.DefaultShareLinkInternal"},
	{"the policy sets whether it applies to documents", "settings.go", "s.ExternalShareApplyToDocuments = policy.ExternalShareApplyToDocuments\n", ""},
	{"the policy sets whether it applies to rooms", "settings.go", "s.ExternalShareApplyToRooms = policy.ExternalShareApplyToRooms\n", ""},
	{"the policy sets whether it blocks existing links", "settings.go", "s.BlockExistingLinksOnRestrict = policy.BlockExistingLinksOnRestrict\n", ""},
	{"documents and rooms are not mistaken for each other", "settings_calls.go", "ExternalShareApplyToDocuments: *r.Body.ExternalShareApplyToDocuments", "ExternalShareApplyToDocuments: *r.Body.ExternalShareApplyToRooms"},
	{"the policy is stored", "settings_calls.go", "after = s.portal.Settings.setPolicy(policy)\n\t\treturn s.withSettings(after)", "after = s.portal.Settings.setPolicy(policy)\n\t\treturn s"},
	{"the answer is the policy in force", "settings_calls.go", "DefaultShareLinkInternal:      &after.DefaultShareLinkInternal", "DefaultShareLinkInternal:      &policy.DefaultShareLinkInternal"},
	{"the policy is filtered by fields", "settings_calls.go", "BlockExistingLinksOnRestrict:  &after.BlockExistingLinksOnRestrict,\n\t}, c.pickedFields())", "BlockExistingLinksOnRestrict:  &after.BlockExistingLinksOnRestrict,\n\t}, nil)"},
	{"a switch that the policy leaves out is off", "bind_policy.go", "*value = new(bool)\n\t}", "*value = new(bool)\n\t\t**value = value == &dto.BlockExistingLinksOnRestrict\n\t}"},
	{"the switches of the policy have names in any letter case", "bind_policy.go", "!dotnet.EqualFold(name, known)", "name != known"},
	{"a switch of the policy is true or false", "bind_policy.go", "if !ok {\n", "if !ok && name == \"\" {\n"},
	{"the type of the policy has its name", "bind_policy.go", "RequestDto.ExternalSharingSettingsRequestDto", "RequestDto.DisplayRequestDto"},
	{"the policy needs a body", "bind_policy.go", "if call.noBody() {\n", "if call.noBody() && call.body == nil {\n"},

	// Beside the API.
	{"the liveness has any letter case", "probes.go", "dotnet.EqualFold(strings.TrimSuffix(path, \"/\"), \"liveness\")", "path == \"health\""},
	{"no cache keeps the liveness", "probes.go", "header.Set(echo.HeaderCacheControl, \"no-store, no-cache\")\n", ""},
	{"a file is not handled without an action", "probes.go", "strings.HasSuffix(dotnet.ToLower(path), \"filehandler.ashx\")", "path == \"handler\""},
	{"who may not read a list of rooms is refused", "neighbours.go", "case c.caller == nil && !n.anonymous && !c.apiKey:", "case false:"},
}
