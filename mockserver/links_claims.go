package mockserver

// The claims about links, by where the links are.

// claimOfPrimary is the claim about the primary link there.
func (l linkPlace) claimOfPrimary(p *profile) string {
	switch {
	case l.isRoom() && l.roomType == roomForm && p.formRoomLinks:
		return "A1123"
	case l.isRoom():
		return "A1101"
	case l.entry.Type == EntryFile:
		return said{"A1110", "A719"}.by(p)
	default:
		return said{"A1105", "A715"}.by(p)
	}
}

// claimOfAccess is the claim about the accesses that a link there can have.
func (l linkPlace) claimOfAccess(p *profile, link *Link) string {
	switch {
	case link.Invitation:
		return "A1119"
	case l.isRoom() && l.roomType == roomForm:
		return said{"A1145", "A712"}.by(p)
	case l.roomType == roomForm:
		return said{server: "A1145"}.by(p)
	case l.isRoom() && (l.roomType == roomCustom || l.roomType == roomPublic):
		return "A1104"
	case l.isRoom():
		return "A1106"
	default:
		return "A1144"
	}
}

// claimOfNew is the claim about a link that is made there.
func (l linkPlace) claimOfNew(p *profile, link *Link) string {
	if link.Primary {
		return l.claimOfNumber(p, link)
	}
	return l.claimOfAccess(p, link)
}

// claimOfNumber is the claim about how many links there can be there.
func (l linkPlace) claimOfNumber(p *profile, link *Link) string {
	switch {
	case link.Invitation:
		return "A1119"
	case l.isRoom():
		return "A1107"
	case link.Primary:
		return said{"A1105", "A715"}.by(p)
	case l.roomType == roomForm:
		return said{server: "A1145"}.by(p)
	default:
		return "A1148"
	}
}

// anonymousClaim is the claim about callers without an account; "" for others.
func (k linkCall) anonymousClaim(p *profile) string {
	if k.caller != nil {
		return ""
	}
	return said{server: "A1120"}.by(p)
}
