package mockserver

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) checkEntry(e *Entry, at string) {
	c.text(e.ID, at+".id", "an id")
	c.segment(e.ID, at+".id")
	c.optionalText(e.Title, at+".title")
	c.optionalText(e.Parent, at+".parent")
	c.oneOf(string(e.Type), at+".type", string(EntryRoom), string(EntryFolder), string(EntryFile))
	c.unique(e.idSpace(), e.ID, at+".id")
	if kind, id, _ := strings.Cut(e.ID, "/"); len(c.names[id]) > 1 && slices.ContainsFunc(c.names[id], func(other *Entry) bool { return string(other.Type) == kind }) {
		c.fail(at+".id", "is also the name of the %s %.60s: choose another", kind, id)
	}
	if e.RoomType != 0 && e.Type != EntryRoom {
		c.fail(at+".roomType", "only a room has one")
	}
	c.oneOfNumbers(e.RoomType, at+".roomType", 0, 1, 2, 5, 6, 8, 9)
	if e.Section != "" || e.Parent == "" {
		c.oneOf(string(e.Section), at+".section", string(SectionRooms), string(SectionDocuments), string(SectionTrash), string(SectionArchive))
	}
	if e.CreatedBy != "" {
		c.user(e.CreatedBy, at+".createdBy")
	}
	access := map[string]int{}
	for i, member := range e.Members {
		c.user(member.User, fmt.Sprintf("%s.members[%d]", at, i))
		name := strings.ToLower(member.User)
		if other, twice := access[name]; twice && other != member.Access {
			c.fail(fmt.Sprintf("%s.members[%d]", at, i), "is a member already, with another access: leave one of them out")
		}
		access[name] = member.Access
		c.oneOfNumbers(member.Access, fmt.Sprintf("%s.members[%d].access", at, i), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	}
}

// checkParents refuses parents that are not there, that can have nothing inside, and that are inside themselves.
func (c *checker) checkParents() {
	for i := range c.portal.Entries {
		if e := &c.portal.Entries[i]; e.Parent != "" {
			c.checkParent(e, fmt.Sprintf("entries[%d]", i))
		}
	}
	rooted := map[*Entry]bool{} // those that are known to be in no circle
	for i := range c.portal.Entries {
		above := map[*Entry]bool{}
		for e := &c.portal.Entries[i]; e != nil && !rooted[e] && c.err == nil; e = c.names.parentOf(e) {
			if above[e] {
				c.fail(fmt.Sprintf("entries[%d].parent", i), "leads back to %.60s: no folder can be inside itself", e.fullName())
			}
			above[e] = true
		}
		for e := range above {
			rooted[e] = true
		}
	}
}

func (c *checker) checkParent(e *Entry, at string) {
	if e.Type == EntryRoom {
		c.fail(at+".parent", "a room is in nothing else: leave it out")
	}
	section := SectionDocuments
	if e.Parent != ParentMy {
		parent, mistake := c.names.look(e.Parent)
		switch {
		case mistake != "":
			c.fail(at+".parent", "%s", mistake)
			return
		case parent == nil:
			c.fail(at+".parent", "there is no room or folder %.60q: give room/ID, folder/ID or %s", e.Parent, ParentMy)
			return
		case parent.Type == EntryFile:
			c.fail(at+".parent", "%.60q is a file, which has nothing inside", e.Parent)
			return
		}
		section = parent.Section
	}
	if section != "" && (e.Section == SectionRooms || e.Section == SectionDocuments) && e.Section != section {
		c.fail(at+".section", "is %s, but the parent %.60s is in %s: leave it out", e.Section, e.Parent, section)
	}
}

func (c *checker) completeLink(l *Link, at string, newID func() string, secret secret) {
	c.id(&l.ID, at+".id", newID)
	if l.Key == "" {
		l.Key = secret.mintKey(l.ID)
	}
	c.text(l.Key, at+".key", "a key")
	c.segment(l.Key, at+".key")
	c.unique("link", l.Key, at+".key")
	c.optionalText(l.Password, at+".password")
	c.optionalText(l.Title, at+".title")
	c.optionalText(l.Entry, at+".entry")
	c.time(l.Expires, at+".expires")
	c.oneOfNumbers(l.Access, at+".access", accessesOf(l)...)
	if l.MaxUses != 0 && !l.Invitation {
		c.fail(at+".maxUses", "only an invitation has one")
	}
	if l.MaxUses < 0 || l.MaxUses > 1000 {
		c.fail(at+".maxUses", "must be between 1 and 1000, not %d", l.MaxUses)
	}
	if l.Invitation && l.Primary {
		c.fail(at+".primary", "an invitation is never the primary link")
	}
	if e := c.names.find(l.Entry); l.Invitation && e != nil && e.Type != EntryRoom {
		c.fail(at+".invitation", "only a room has one")
	}
	switch {
	case l.Entry != "":
		if _, mistake := c.names.look(l.Entry); mistake != "" {
			c.fail(at+".entry", "%s", mistake)
		}
	case len(c.portal.Entries) == 0:
		c.fail(at+".entry", "is missing, and the portal has no entries")
	default:
		l.Entry = c.names.nameOf(&c.portal.Entries[0])
	}
}

// accessesOf are the numbers that the access of a link can be. The first one is that of an access that was left out.
func accessesOf(l *Link) []int {
	if l.Invitation {
		return []int{0, 2, 5, 6, 7, 9, 10, 11}
	}
	return []int{0, 2, 5, 6, 7, 10}
}

// oneOfNumbers refuses a number that is not allowed. The first one is that of a value that was left out.
func (c *checker) oneOfNumbers(value int, at string, allowed ...int) {
	if !slices.Contains(allowed, value) {
		c.fail(at, "must be one of %s, not %d", strings.Trim(strings.ReplaceAll(fmt.Sprint(allowed[1:]), " ", ", "), "[]"), value)
	}
}
