package mockserver

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// DefaultPortal is a fresh portal. It has an owner, an administrator, a user and a guest. Each has an API key, which is the
// same in every process, and the owner also has the token YOUR_API_KEY. It has one room with one link, and in the room a
// folder with a file. The key of the link is KEY_FROM_URL, and it has no password. With these two names the scripts of the
// published page run when only their address is changed.
func DefaultPortal() Portal {
	settings := FreshSettings()
	p := Portal{
		Profile:  ProfileDocumented,
		TenantID: 1,

		PasswordSalt: DefaultPasswordSalt,
		Users: []User{
			{ID: "66faa6e4-f133-11ea-b126-00ffeec8b4ef", Email: "owner@example.com", Role: RoleOwner, Password: "Owner-pass-1", Tokens: []string{"YOUR_API_KEY"}},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a01", Email: "admin@example.com", Role: RoleDocSpaceAdmin, Password: "Admin-pass-1"},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a02", Email: "user@example.com", Role: RoleUser, Password: "User-pass-1"},
			{ID: "0f6d3b52-6c5e-4f0c-9d5e-0b5a4c1f7a03", Email: "guest@example.com", Role: RoleGuest, Password: "Guest-pass-1"},
		},
		Entries: []Entry{
			{ID: "10", Title: "Marketing", Type: EntryRoom, Section: SectionRooms, CreatedBy: "owner@example.com", Members: []Member{{User: "user@example.com"}}},
			{ID: "11", Title: "Offers", Type: EntryFolder, Parent: "room/10", CreatedBy: "owner@example.com"},
			{ID: "12", Title: "Price list.docx", Type: EntryFile, Parent: "folder/11", CreatedBy: "owner@example.com"},
		},
		Links: []Link{{Key: "KEY_FROM_URL", ID: "3fa85f64-5717-4562-b3fc-2c963f66afa6", Entry: "10"}},

		Settings: &settings,
		Limits:   freshLimits(),
	}
	for _, u := range p.Users {
		digest := sha256.Sum256([]byte("mock-docspace " + u.Email))
		p.APIKeys = append(p.APIKeys, APIKey{Key: "sk-" + hex.EncodeToString(digest[:]), User: u.Email, Permissions: []string{"*"}})
	}
	return p
}

func freshLimits() Limits {
	return Limits{
		PasswordAttempts: PasswordAttempts{Count: 5, Window: time.Minute, Block: time.Minute},
		RateLimit:        RateLimit{PerMinute: 1500, ConcurrentReads: 50, ConcurrentWrites: 15, WritesPerDay: 10000},
	}
}

// withDefaults is a copy of p with all defaults filled in. When p has some lists and DefaultPortal fills in the others,
// references to missing items are left out: an API key of a user who is not in p would be a mistake.
func (p Portal) withDefaults() Portal {
	fresh := DefaultPortal()
	p.Profile = cmp.Or(p.Profile, fresh.Profile)
	p.TenantID = cmp.Or(p.TenantID, fresh.TenantID)
	if p.Settings == nil {
		p.Settings = fresh.Settings
	}
	missing := func(email string) bool { return p.findUser(email) == nil }
	if p.Users == nil {
		p.Users = fresh.Users
	}
	if p.APIKeys == nil {
		p.APIKeys = slices.DeleteFunc(fresh.APIKeys, func(k APIKey) bool { return missing(k.User) })
	}
	p.PasswordSalt = cmp.Or(p.PasswordSalt, fresh.PasswordSalt)
	if p.Entries == nil {
		p.Entries = fresh.Entries
		for i := range p.Entries {
			e := &p.Entries[i]
			if missing(e.CreatedBy) {
				e.CreatedBy = ""
			}
			e.Members = slices.DeleteFunc(e.Members, func(m Member) bool { return missing(m.User) })
		}
	}
	if p.Links == nil {
		names := nameEntries(p.Entries)
		p.Links = slices.DeleteFunc(fresh.Links, func(l Link) bool { return names.find(l.Entry) == nil })
	}
	p = p.clone()
	for i := range p.Entries {
		if e := &p.Entries[i]; e.Section == "" && (e.Parent == "" || e.Parent == ParentMy) {
			e.Section = SectionDocuments
			if e.Type == EntryRoom {
				e.Section = SectionRooms
			}
		}
	}
	attempts, rate := &p.Limits.PasswordAttempts, &p.Limits.RateLimit
	attempts.Count = cmp.Or(attempts.Count, fresh.Limits.PasswordAttempts.Count)
	attempts.Window = cmp.Or(attempts.Window, fresh.Limits.PasswordAttempts.Window)
	attempts.Block = cmp.Or(attempts.Block, fresh.Limits.PasswordAttempts.Block)
	rate.PerMinute = cmp.Or(rate.PerMinute, fresh.Limits.RateLimit.PerMinute)
	rate.ConcurrentReads = cmp.Or(rate.ConcurrentReads, fresh.Limits.RateLimit.ConcurrentReads)
	rate.ConcurrentWrites = cmp.Or(rate.ConcurrentWrites, fresh.Limits.RateLimit.ConcurrentWrites)
	rate.WritesPerDay = cmp.Or(rate.WritesPerDay, fresh.Limits.RateLimit.WritesPerDay)
	return p
}
