package main

// ofReading are wrong behaviours of the calls that read rooms, folders and files, and of those that make and remove a room.
var ofReading = []mutant{
	{"administrators do not read personal documents", "read_who.go", "found.admin = u.admin() && (section == SectionRooms || section == SectionArchive)", "found.admin = u.admin()"},
	{"a member whose rights were taken does not read", "read_who.go", "found.member.Access == accessRestrict || ", ""},
	{"a link opens nothing in the archive and in the trash", "read_who.go", "closed := section == SectionTrash || section == SectionArchive || ", "closed := "},
	{"a restriction closes existing links to visitors", "read_who.go", " || u == nil && s.portal.Settings.restricts(section)", ""},
	{"an internal link opens nothing to visitors", "read_who.go", "(!link.Internal || r.caller != nil) && ", ""},
	{"a link that is over opens nothing", "read_who.go", "!link.expired(r.use.now) && ", ""},
	{"a protected link needs its remembered password", "read_who.go", " && (link.Password == \"\" || r.use.remembers(r.secret, link))", ""},
	{"who has opened a link keeps reading", "read_who.go", "r.state.linksByID[r.use.opened.last(r.caller, e)]", "r.state.linksByID[\"\"]"},
	{"a visitor does not see what the room of a link is in", "read_who.go", "found.parent = linked != e || found.place.isRoom() && u != nil", "found.parent = true"},
	{"visitors without a link get 401 for a folder", "read_calls.go", "return nil, because(notSignedIn(), \"A1206\", r.claimOfLink())", "return nil, notReadable(foldersMethod, \"folder content\")"},
	{"what is in a folder that is not there is 403 for visitors", "read_calls.go", "if err != nil && c.caller == nil {", "if err != nil && c.caller == nil && c.apiKey {"},
	{"a page begins where startIndex says", "read_calls.go", "page(inside.files, start-len(inside.folders), count-len(list.folders))", "page(inside.files, start, count-len(list.folders))"},
	{"counts are of any depth", "tree.go", "c.allFiles += inner.allFiles\n", ""},
	{"the archive is not among the rooms", "read_calls.go", "area == areaActive && archived || ", ""},
	{"fields picks nothing of the entries of a list", "read_calls.go", "return pickedJSON(w.end(), fields)", "return w.end(), nil"},
	{"users make no rooms", "room_create.go", "u.admin() || u != nil && u.Role == RoleRoomAdmin", "u != nil && u.Role != RoleGuest"},
	{"a public room comes with its link", "room_create.go", "p.Links = append(p.Links, link)", ""},
	{"a room belongs to who made it", "room_create.go", "CreatedBy: k.caller.Email", "CreatedBy: \"\""},
	{"only who may remove a room does", "room_delete.go", "!reads || !d.mayRemove()", "!reads || d.maker"},
	{"what is in a room goes with it", "room_delete.go", "\tp.dropInside()\n", ""},
	{"the links to a room go with it", "room_delete.go", " && names.find(l.Entry) == nil", " && names.find(l.Entry) == nil && l.Password != \"\""},
	{"a file operation has not begun", "room_delete.go", "w.bool(\"finished\", false)", "w.bool(\"finished\", true)"},
	{"deleteAfter is true or false", "bind_room.go", "!ok && dotnet.EqualFold", "!ok && !value.IsNull() && !dotnet.EqualFold"},
}
