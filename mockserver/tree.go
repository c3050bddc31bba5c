package mockserver

import "strings"

// entryTree is what is in the rooms and folders of a portal. It is made with the state, so that a list need not look at all entries.
type entryTree struct {
	parents map[*Entry]*Entry
	inside  map[*Entry]*contents
	rooms   []*Entry // of all sections
}

// contents is what is in a room or folder.
type contents struct {
	folders, files       []*Entry // right in it
	allFolders, allFiles int      // at any depth
	makers               []made   // of these files
}

// made is how many files a person has made.
type made struct {
	email string
	files int
}

// plant makes the tree of the entries. What is in the trash is in no folder any more, whatever its parent says.
func (n entryNames) plant(entries []Entry) entryTree {
	t := entryTree{parents: make(map[*Entry]*Entry, len(entries)), inside: map[*Entry]*contents{}}
	for i := range entries {
		e := &entries[i]
		if e.Type == EntryRoom {
			t.rooms = append(t.rooms, e)
		}
		parent := n.parentOf(e)
		if parent == nil || e.Section == SectionTrash && parent.Section != SectionTrash {
			continue
		}
		t.parents[e] = parent
		c := t.inside[parent]
		if c == nil {
			c = &contents{}
			t.inside[parent] = c
		}
		if e.Type == EntryFile {
			c.files = append(c.files, e)
		} else {
			c.folders = append(c.folders, e)
		}
	}
	counted := make(map[*contents]bool, len(t.inside))
	for _, c := range t.inside {
		t.count(c, counted)
	}
	return t
}

// count counts what is in a folder, and in the folders in it.
func (t entryTree) count(c *contents, counted map[*contents]bool) {
	if counted[c] {
		return
	}
	counted[c] = true
	c.allFolders, c.allFiles = len(c.folders), len(c.files)
	for _, file := range c.files {
		c.addMade(file.CreatedBy, 1)
	}
	for _, folder := range c.folders {
		if inner := t.inside[folder]; inner != nil {
			t.count(inner, counted)
			c.allFolders += inner.allFolders
			c.allFiles += inner.allFiles
			for _, m := range inner.makers {
				c.addMade(m.email, m.files)
			}
		}
	}
}

// of is what is in a room or folder.
func (t entryTree) of(e *Entry) contents {
	if c := t.inside[e]; c != nil {
		return *c
	}
	return contents{}
}

func (c *contents) addMade(email string, files int) {
	for i := range c.makers {
		if c.makers[i].email == email {
			c.makers[i].files += files
			return
		}
	}
	c.makers = append(c.makers, made{email, files})
}

// madeBy is how many of the files a person has made.
func (c contents) madeBy(u *User) int {
	n := 0
	for _, m := range c.makers {
		if strings.EqualFold(m.email, u.Email) {
			n += m.files
		}
	}
	return n
}
