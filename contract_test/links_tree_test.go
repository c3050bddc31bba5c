package contract_test

import (
	"context"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	gomegatypes "github.com/onsi/gomega/types"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// The rooms, folders and files in which the specs make links. room-admin@example.com made the rooms, user@example.com the documents.
const (
	customRoom  = "rooms/201"
	publicRoom  = "rooms/202" // with its primary link
	formRoom    = "rooms/203" // with its primary link
	collabRoom  = "rooms/204"
	dataRoom    = "rooms/205"
	aiRoom      = "rooms/206"
	archiveRoom = "rooms/207"

	customFolder = "folder/301"
	publicFolder = "folder/302"
	formFolder   = "folder/303"
	myFolder     = "folder/304"
	sharedFolder = "folder/305" // manager@example.com has ReadWrite there
	innerFolder  = "folder/306" // in it

	customDocument = "file/401"
	customText     = "file/402"
	dataText       = "file/403"
	publicText     = "file/404"
	formDocument   = "file/405"
	formText       = "file/406"
	myText         = "file/407"
	myDocument     = "file/408" // in myFolder
	trashedText    = "file/409"
	archivedText   = "file/410"
	collabText     = "file/411"
)

// Who may what in these rooms: maker made them, manager is RoomManager, member may read. The keeper is a guest with the access of a
// RoomManager.
const (
	makerToken    = "room-admin-token"
	managerToken  = "manager-token"
	memberToken   = "user-token"
	strangerToken = "stranger-token"
	guestToken    = "guest-token"
	keeperToken   = "keeper-token"
	ownerToken    = "YOUR_API_KEY"
	adminToken    = "admin-token"
)

const (
	publicPrimary = "3fa85f64-5717-4562-b3fc-2c963f66b001"
	formPrimary   = "3fa85f64-5717-4562-b3fc-2c963f66b002"
	linksDocDBKey = "the-key-of-the-installation"
)

// addTree adds these entries, and the people, to the suite's own portal.
func addTree(p *mockserver.Portal) {
	const maker, user = "room-admin@example.com", "user@example.com"
	p.DocDBKey = linksDocDBKey
	for _, u := range []struct {
		name string
		role mockserver.Role
	}{{"manager", mockserver.RoleUser}, {"stranger", mockserver.RoleRoomAdmin}, {"keeper", mockserver.RoleGuest}} {
		p.Users = append(p.Users, mockserver.User{Email: u.name + "@example.com", Role: u.role, Tokens: []string{u.name + "-token"}})
	}
	room := func(id string, kind int) mockserver.Entry {
		return mockserver.Entry{ID: id, Title: "Room " + id, Type: mockserver.EntryRoom, RoomType: kind, CreatedBy: maker, Members: []mockserver.Member{
			{User: user, Access: 2}, {User: "manager@example.com", Access: 9}, {User: "keeper@example.com", Access: 9},
		}}
	}
	archived := room("207", 5)
	archived.Section = mockserver.SectionArchive
	shared := mockserver.Entry{ID: "305", Title: "Shared", Type: mockserver.EntryFolder, Parent: mockserver.ParentMy, CreatedBy: user,
		Members: []mockserver.Member{{User: "manager@example.com", Access: 1}, {User: "stranger@example.com", Access: 2}}}
	p.Entries = append(p.Entries, room("201", 5), room("202", 6), room("203", 1), room("204", 2), room("205", 8), room("206", 9), archived, shared)
	for _, e := range []struct {
		place, title, parent, by string
	}{
		{customFolder, "Folder", "room/201", maker}, {publicFolder, "Folder", "room/202", maker}, {formFolder, "Folder", "room/203", maker},
		{myFolder, "Mine", mockserver.ParentMy, user}, {innerFolder, "Inner", "folder/305", "manager@example.com"},
		{customDocument, "Plan.docx", "folder/301", maker}, {customText, "notes.txt", "room/201", maker}, {dataText, "notes.txt", "room/205", maker},
		{publicText, "notes.txt", "room/202", maker}, {formDocument, "Form.pdf", "room/203", maker}, {formText, "notes.txt", "room/203", maker},
		{myText, "notes.txt", mockserver.ParentMy, user}, {myDocument, "Letter.DOCX", "folder/304", user},
		{trashedText, "old.txt", "", user}, {archivedText, "old.txt", "room/207", maker}, {collabText, "notes.txt", "room/204", maker},
	} {
		kind, id, _ := strings.Cut(e.place, "/")
		entry := mockserver.Entry{ID: id, Title: e.title, Type: mockserver.EntryType(kind), Parent: e.parent, CreatedBy: e.by}
		if e.place == trashedText {
			entry.Section = mockserver.SectionTrash
		}
		p.Entries = append(p.Entries, entry)
	}
	p.Links = append(p.Links,
		mockserver.Link{ID: publicPrimary, Entry: "room/202", Primary: true, Access: 2},
		mockserver.Link{ID: formPrimary, Entry: "room/203", Primary: true, Access: 7})
}

// startTree replaces the portal by one with these entries. change is nil, or changes it further.
func (t *target) startTree(ctx context.Context, change func(*mockserver.Portal)) {
	GinkgoHelper()
	if t.live {
		t.useStandIns(ctx, true, change)
		return
	}
	t.change = func(p *mockserver.Portal) {
		addTree(p)
		if change != nil {
			change(p)
		}
	}
	t.putPortal(ctx)
}

// startRoom gives a custom room without links, and who may make some there.
func (t *target) startRoom(ctx context.Context) (room, token string) {
	GinkgoHelper()
	t.startTree(ctx, nil)
	return customRoom, makerToken
}

// now is the time of the portal, as far as the suite knows it.
func (t *target) now() time.Time {
	if t.live {
		return time.Now().UTC()
	}
	return t.clock
}

// setLink makes, changes or revokes a link.
func (t *target) setLink(ctx context.Context, token, place, body string) answer {
	GinkgoHelper()
	return t.send(ctx, request{method: http.MethodPut, path: "files/" + place + "/links", key: token, body: body})
}

// setLinkWith does so with a body that does not match openapi.yaml.
func (t *target) setLinkWith(ctx context.Context, token, place, body string) answer {
	GinkgoHelper()
	return t.send(ctx, request{method: http.MethodPut, path: "files/" + place + "/links", key: token, body: body, off: true})
}

// postLink makes the primary link of a folder or file.
func (t *target) postLink(ctx context.Context, token, place, body string) answer {
	GinkgoHelper()
	return t.send(ctx, request{method: http.MethodPost, path: "files/" + place + "/link", key: token, body: body})
}

// primaryLink asks for the primary link.
func (t *target) primaryLink(ctx context.Context, token, place string) answer {
	GinkgoHelper()
	return t.send(ctx, request{path: "files/" + place + "/link", key: token})
}

// listLinks lists the links. place may have a query.
func (t *target) listLinks(ctx context.Context, token, place string) answer {
	GinkgoHelper()
	path, query, found := strings.Cut(place, "?")
	if found {
		query = "?" + query
	}
	return t.send(ctx, request{path: "files/" + path + "/links" + query, key: token})
}

// sharedLink is a link as the answers describe it.
type sharedLink struct {
	ID, Title, ShareLink, Password, ExpirationDate, RequestToken string
	Internal, Primary, DenyDownload, IsExpired                   bool
	LinkType                                                     int
}

// link is the link of an answer.
func (a answer) link() sharedLink {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusOK))
	var share struct{ SharedLink sharedLink }
	a.decodeResponse(&share)
	return share.SharedLink
}

// links are the links of a list.
func (a answer) links() []sharedLink {
	GinkgoHelper()
	Expect(a).To(haveStatus(http.StatusOK))
	var shares []struct{ SharedLink sharedLink }
	a.decodeResponse(&shares)
	links := make([]sharedLink, len(shares))
	for i, share := range shares {
		links[i] = share.SharedLink
	}
	return links
}

// beLink matches an answer with a link: its access, its kind (1 is a share link, 3 an invitation, 4 a primary link) and its title.
func beLink(access, kind int, title string) gomegatypes.GomegaMatcher {
	return SatisfyAll(haveStatus(http.StatusOK), haveMember(BeEquivalentTo(access), "response", "access"),
		haveMember(BeEquivalentTo(kind), "response", "subjectType"), haveMember(title, "response", "sharedLink", "title"))
}

// haveInLink matches an answer by a property of its link.
func haveInLink(expected any, name string) gomegatypes.GomegaMatcher {
	return haveMember(expected, "response", "sharedLink", name)
}

// beRefused matches the answer of an exception.
func beRefused(status int, message string) gomegatypes.GomegaMatcher {
	return SatisfyAll(haveStatus(status), haveMember(message, "error", "message"))
}

// beWithoutLink matches a success without a link.
func beWithoutLink() gomegatypes.GomegaMatcher {
	return SatisfyAll(haveStatus(http.StatusOK), haveEnvelope("count", "links", "status", "statusCode"), haveMember(BeEquivalentTo(0), "count"))
}

const (
	noRight     = "Access denied"
	noSuchRole  = "The role is not available for this user type"
	badPassword = "Password must contain from 8 to 30 characters, only latin letters, no spaces"
	badExpiry   = "Value does not fall within the expected range. (Parameter 'expirationDate')"
)

func tooManyLinks(most string) string { return "The maximum number of links may not exceed " + most }

// haveValidationProblem matches a 400 of the server with one problem.
func (t *target) haveValidationProblem(key, message string) gomegatypes.GomegaMatcher {
	if t.documented() {
		return SatisfyAll(haveStatus(http.StatusBadRequest), haveMember(MatchRegexp("^(Body|Query): "), "error", "message"))
	}
	return SatisfyAll(haveStatus(http.StatusBadRequest), haveMember(HaveLen(1), "response", "errors"),
		haveMember(HavePrefix(message), "response", "errors", key, 0))
}

// state is everything that a fake knows. At a live portal it is what the rooms of the spec have.
func (t *target) state(ctx context.Context) string {
	GinkgoHelper()
	if t.live {
		return t.stateOfStandIns(ctx)
	}
	return string(t.control(ctx, http.MethodGet, "state", "").body)
}
