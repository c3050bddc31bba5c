package mockserver

// The claims about who reads what.

// claimOfReader is the claim by which the caller reads an entry.
func (r reader) claimOfReader(d reading) string {
	switch {
	case d.link != nil && r.link == nil:
		return "A1214" // opened before
	case d.link != nil:
		return "A1210"
	case r.caller == nil:
		return "A1216"
	case d.place.section == SectionDocuments:
		return "A1205"
	default:
		return "A1204"
	}
}

// claimOfDenial is the claim by which the caller does not read a room or folder.
func (r reader) claimOfDenial(e *Entry) string {
	switch {
	case r.caller == nil:
		return "A1206"
	case r.state.entries.sectionOf(e) == SectionDocuments:
		return "A1205"
	default:
		return "A1204"
	}
}

// claimOfDeniedFile is the claim by which the caller does not read a file.
func (r reader) claimOfDeniedFile(e *Entry) string {
	if r.caller == nil {
		return said{server: "A1207"}.by(r.call.state.profile)
	}
	return r.claimOfDenial(e)
}

// claimOfLink is the claim about the link whose key the caller sends, when it does not open the entry; "" when there is none.
func (r reader) claimOfLink() string {
	switch {
	case r.use.token() == "":
		return ""
	case r.link != nil:
		return "A1213" // it opens something else, or nothing there
	default:
		return "A1212"
	}
}
