package mockserver

// tree is what is in the rooms and folders of a portal. It is made with the state, so that a list need not look at all entries.
type tree struct {
	inside map[*Entry]*contents
	rooms  []*Entry // of all sections
}

// contents is what is in a room or folder.
type contents struct {
	folders, files       []*Entry // right in it
	allFolders, allFiles int      // at any depth
}

// plant makes the tree of the entries. What is in the trash is in no folder any more, whatever its parent says.
func (n entryNames) plant(entries []Entry) tree {
	t := tree{inside: map[*Entry]*contents{}}
	for i := range entries {
		e := &entries[i]
		if e.Type == EntryRoom {
			t.rooms = append(t.rooms, e)
		}
		parent := n.parentOf(e)
		if parent == nil || e.Section == SectionTrash && parent.Section != SectionTrash {
			continue
		}
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
func (t tree) count(c *contents, counted map[*contents]bool) {
	if counted[c] {
		return
	}
	counted[c] = true
	c.allFolders, c.allFiles = len(c.folders), len(c.files)
	for _, folder := range c.folders {
		if inner := t.inside[folder]; inner != nil {
			t.count(inner, counted)
			c.allFolders += inner.allFolders
			c.allFiles += inner.allFiles
		}
	}
}

// of is what is in a room or folder.
func (t tree) of(e *Entry) contents {
	if c := t.inside[e]; c != nil {
		return *c
	}
	return contents{}
}

// countFiles counts the files in a folder, at any depth, that the condition holds for.
func (t tree) countFiles(folder *Entry, condition func(*Entry) bool) int {
	n := 0
	c := t.of(folder)
	for _, file := range c.files {
		if condition(file) {
			n++
		}
	}
	for _, inner := range c.folders {
		n += t.countFiles(inner, condition)
	}
	return n
}
