// Package member has the members of rooms, which the portal file and the control API write in the same two forms.
package member

import "encoding/json"

// Member is a user with rights to an entry. In a portal file the e-mail address alone is a member too, without an access of its
// own.
type Member struct {
	User   string `json:"user" strict:"alone"` // e-mail address
	Access int    `json:"access,omitzero"`     // of FileShare: 2 Read, 9 RoomManager, 10 Editing ...; 3 Restrict is none; 0 was not said
}

// object is a Member whose JSON is always an object.
type object Member

// MarshalJSON writes a member whose access was not said as the e-mail address alone.
func (m Member) MarshalJSON() ([]byte, error) {
	if m.Access == 0 {
		return json.Marshal(m.User)
	}
	return json.Marshal(object(m))
}

// UnmarshalJSON reads both forms.
func (m *Member) UnmarshalJSON(text []byte) error {
	*m = Member{}
	if len(text) > 0 && text[0] == '"' {
		return json.Unmarshal(text, &m.User)
	}
	return json.Unmarshal(text, (*object)(m))
}
