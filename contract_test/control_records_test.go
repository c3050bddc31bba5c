package contract_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// controlRecordSpecs describe how the users, API keys, entries and links of a portal are read and named.
func controlRecordSpecs(t *target) {
	Describe("control API: records", func() {
		same := func(a, b any) {
			GinkgoHelper()
			was, err := json.Marshal(a)
			Expect(err).NotTo(HaveOccurred())
			Expect(json.Marshal(b)).To(MatchJSON(was))
		}
		get := func(ctx SpecContext, path string, steps ...any) any {
			GinkgoHelper()
			return t.control(ctx, http.MethodGet, path, "").member(steps...)
		}
		last := func(list any) any { return list.([]any)[len(list.([]any))-1] }

		DescribeTable("are read as they are, one by one and as a list", t.holds("A916"),
			func(ctx SpecContext, path, idName, body, patch string) {
				state := get(ctx, "state", path).([]any)
				same(get(ctx, path), state)
				for _, item := range state {
					same(get(ctx, path+"/"+url.PathEscape(item.(map[string]any)[idName].(string))), item)
				}
				added := t.control(ctx, http.MethodPost, path, body)
				Expect(added).To(haveStatus(http.StatusCreated))
				same(last(get(ctx, path)), added.member())
				Expect(get(ctx, path)).To(HaveLen(len(state) + 1))
				one := path + "/" + url.PathEscape(added.member(idName).(string))
				changed := t.control(ctx, http.MethodPatch, one, patch)
				Expect(changed).To(haveStatus(http.StatusOK))
				Expect(changed.body).NotTo(Equal(added.body))
				same(get(ctx, one), changed.member())
				same(last(get(ctx, "state", path)), changed.member())
				Expect(t.control(ctx, http.MethodDelete, one, "")).To(haveStatus(http.StatusNoContent))
				same(get(ctx, path), state)
			},
			Entry("users", "users", "id", `{"email":"new@example.com","role":"guest"}`, `{"culture":"de"}`),
			Entry("API keys", "apiKeys", "key", `{"user":"owner@example.com"}`, `{"permissions":["files:read"]}`),
			Entry("entries", "entries", "id", `{"type":"folder","title":"New"}`, `{"parent":"room/10"}`),
			Entry("links", "links", "id", `{"entry":"30"}`, `{"title":"For you"}`),
		)

		It("are found by their ids in any letter case, keys and entries only as they are", t.holds("A916"), func(ctx SpecContext) {
			Expect(get(ctx, "users/"+strings.ToUpper(ownerID), "email")).To(Equal("owner@example.com"))
			Expect(get(ctx, "links/3FA85F64-5717-4562-B3FC-2C963F66AFA0", "key")).To(Equal("open"))
			Expect(t.control(ctx, http.MethodPatch, "users/"+strings.ToUpper(ownerID), `{"id":`+quote(strings.ToUpper(ownerID))+`}`)).To(haveMember(ownerID, "id"))
			t.control(ctx, http.MethodPost, "apiKeys", `{"key":"sk-lower","user":"owner@example.com"}`)
			Expect(t.tryControl(ctx, http.MethodGet, "apiKeys/sk-LOWER", "")).To(haveStatus(http.StatusNotFound))
			t.control(ctx, http.MethodPost, "entries", `{"id":"letters","type":"folder"}`)
			Expect(t.tryControl(ctx, http.MethodGet, "entries/LETTERS", "")).To(haveStatus(http.StatusNotFound))
		})

		It("that are not there are neither read, changed nor removed", t.holds("A918"), func(ctx SpecContext) {
			before := t.control(ctx, http.MethodGet, "state", "")
			const nobody = "00000000-0000-4000-8000-000000000000"
			for path, message := range map[string]string{
				"users/" + nobody: "no user has the id \"" + nobody, "links/" + nobody: "no link has the id \"" + nobody,
				"apiKeys/sk-nothing": "there is no such API key", "entries/99": `no entry has the id "99"`, "entries/file%2F30": `"file/30" names a file, but 30 is a folder`,
			} {
				for _, method := range []string{http.MethodGet, http.MethodPatch, http.MethodDelete} {
					body := ""
					if method == http.MethodPatch {
						body = `{}`
					}
					a := t.tryControl(ctx, method, path, body)
					Expect(a).To(haveStatus(http.StatusNotFound), "%s %s", method, path)
					Expect(a).To(haveMember(ContainSubstring(message), "message"), "%s %s", method, path)
					Expect(a).NotTo(haveBody(ContainSubstring("sk-nothing")), "a key is secret")
				}
			}
			Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
		})

		const protectedID, file, room = "links/3fa85f64-5717-4562-b3fc-2c963f66afa1", "entries/40", "entries/10"
		DescribeTable("that do not fit the portal are refused with their place in the body:", t.holds("A918"),
			func(ctx SpecContext, method, path, body, place, message string) {
				before := t.control(ctx, http.MethodGet, "state", "")
				a := t.tryControl(ctx, method, path, body)
				Expect(a).To(haveStatus(http.StatusConflict))
				Expect(a).To(haveMember(place, "path"))
				Expect(a).To(haveMember(And(HavePrefix(place+": "), ContainSubstring(message)), "message"))
				Expect(t.control(ctx, http.MethodGet, "state", "")).To(haveBody(string(before.body)))
			},
			Entry("a user with the address of another", "POST", "users", `{"email":"OWNER@example.com","role":"user"}`, "email", "is the same as users[0].email"),
			Entry("a user who gets the address of a later one", "PATCH", "users/"+ownerID, `{"email":"admin@example.com"}`, "email", "is the same as users[1].email"),
			Entry("a user with the token of another", "POST", "users", `{"email":"n@example.com","role":"user","tokens":["user-token"]}`, "tokens[0]", "is the same as users[3].tokens[0]"),
			Entry("a user with the id of another", "POST", "users", `{"email":"n@example.com","role":"user","id":"`+userID+`"}`, "id", "is the same as users[3].id"),
			Entry("the id of a user", "PATCH", "users/"+userID, `{"id":"`+goneID+`"}`, "id", "cannot be changed"),
			Entry("a key that is there", "POST", "apiKeys", `{"key":"`+ownerAPIKey+`","user":"owner@example.com"}`, "key", "is the same as apiKeys[0].key"),
			Entry("the text of a key", "PATCH", "apiKeys/"+ownerAPIKey, `{"key":"sk-other"}`, "key", "cannot be changed"),
			Entry("the user of a key", "PATCH", "apiKeys/"+ownerAPIKey, `{"user":"nobody@example.com"}`, "user", "no user has the e-mail address"),
			Entry("a folder with the id of a room", "POST", "entries", `{"id":"10","type":"folder"}`, "id", "is the same as entries[0].id"),
			Entry("the id of an entry", "PATCH", file, `{"id":"41"}`, "id", "cannot be changed"),
			Entry("an entry in nothing", "PATCH", file, `{"parent":"99"}`, "parent", `there is no room or folder "99"`),
			Entry("an entry in a file", "PATCH", "entries/30", `{"parent":"40"}`, "parent", `is a file, which has nothing inside`),
			Entry("an entry in itself", "PATCH", "entries/30", `{"parent":"30"}`, "parent", `no folder can be inside itself`),
			Entry("a room in a room", "PATCH", room, `{"parent":"60"}`, "parent", "a room is in nothing else"),
			Entry("an entry in another section than what it is in", "PATCH", file, `{"parent":"30","section":"rooms"}`, "section", "leave it out"),
			Entry("the type of a room, of a file", "PATCH", file, `{"roomType":2}`, "roomType", "only a room has one"),
			Entry("the creator of an entry", "PATCH", room, `{"createdBy":"nobody@example.com"}`, "createdBy", "no user has the e-mail address"),
			Entry("a member", "PATCH", room, `{"members":["user@example.com","nobody@example.com"]}`, "members[1]", "no user has the e-mail address"),
			Entry("a member twice", "PATCH", room, `{"members":["user@example.com",{"user":"USER@example.com","access":10}]}`, "members[1]", "is a member already"),
			Entry("a link with the key of another", "PATCH", protectedID, `{"key":"open"}`, "key", "is the same as links[0].key"),
			Entry("a link that gets the key of a later one", "PATCH", "links/3fa85f64-5717-4562-b3fc-2c963f66afa0", `{"key":"protected"}`, "key", "is the same as links[1].key"),
			Entry("the id of a link", "PATCH", protectedID, `{"id":"3fa85f64-5717-4562-b3fc-2c963f66afa0"}`, "id", "cannot be changed"),
			Entry("a link to another kind of entry", "PATCH", protectedID, `{"entry":"file/10"}`, "entry", `names a file, but 10 is a room`),
			Entry("an access that no link has", "PATCH", protectedID, `{"access":9}`, "access", "must be one of 2, 5, 6, 7, 10, not 9"),
			Entry("the users of what invites nobody", "PATCH", protectedID, `{"maxUses":1}`, "maxUses", "only an invitation has one"),
			Entry("an invitation that is primary", "PATCH", protectedID, `{"invitation":true,"primary":true}`, "primary", "an invitation is never the primary link"),
			Entry("an invitation to a file", "PATCH", "links/3fa85f64-5717-4562-b3fc-2c963f66afa3", `{"invitation":true}`, "invitation", "only a room has one"),
			Entry("a key of blanks", "PATCH", protectedID, `{"key":"  "}`, "key", "cannot be a segment of a path"),
		)

		It("of entries are named by their kinds where an id alone is not enough", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "entries", `{"id":"10","type":"file","title":"Ten"}`)
			a := t.tryControl(ctx, http.MethodGet, room, "")
			Expect(a).To(haveStatus(http.StatusNotFound))
			Expect(a).To(haveMember(`"10" can be a room and a file: write room/10 or file/10`, "message"))
			Expect(get(ctx, "entries/room%2F10", "title")).To(Equal("Marketing"))
			Expect(get(ctx, "entries/file%2F10", "title")).To(Equal("Ten"))
			Expect(told("open", "title")(t, ctx)).To(Equal("Marketing"), "links lead where they led")
			t.control(ctx, http.MethodPatch, file, `{"parent":"room/10"}`)
			t.control(ctx, http.MethodDelete, "entries/file%2F10", "")
			Expect(get(ctx, room, "title")).To(Equal("Marketing"))
			Expect(told("open", "title")(t, ctx)).To(Equal("Marketing"))
			Expect(told("protected-file", "title")(t, ctx)).To(Equal("Größe & <Maß>.docx"))
		})

		It("of entries keep what is in them and leads to them when they become of another kind", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPatch, file, `{"parent":"folder/30"}`)
			t.control(ctx, http.MethodPatch, "links/3fa85f64-5717-4562-b3fc-2c963f66afa2", `{"entry":"folder/30"}`)
			t.control(ctx, http.MethodPatch, "entries/30", `{"type":"room","section":"rooms"}`)
			Expect(get(ctx, file, "parent")).To(Equal("room/30"))
			Expect(told("open-folder", "title")(t, ctx)).To(Equal("Plans"))
		})

		It("of entries are gone with what they are in, and a link by a full name leads to no other", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "entries", `{"id":"31","type":"folder","parent":"30"}`)
			t.control(ctx, http.MethodPatch, file, `{"parent":"31"}`)
			t.control(ctx, http.MethodPatch, "links/3fa85f64-5717-4562-b3fc-2c963f66afa2", `{"entry":"folder/30"}`)
			t.control(ctx, http.MethodPatch, "links/3fa85f64-5717-4562-b3fc-2c963f66afa3", `{"entry":"file/40"}`)
			t.control(ctx, http.MethodDelete, "entries/30", "")
			for _, path := range []string{"entries/30", "entries/31", file} {
				Expect(t.tryControl(ctx, http.MethodGet, path, "")).To(haveStatus(http.StatusNotFound))
			}
			t.control(ctx, http.MethodPost, "entries", `{"id":"30","type":"folder"}`)
			t.control(ctx, http.MethodPost, "entries", `{"id":"40","type":"file"}`)
			for _, key := range []string{"open-folder", "protected-file"} {
				Expect(opening(key, nil, rightPassword)(t, ctx)).To(BeEquivalentTo(statusInvalid), "the new one is another: %s", key)
			}
			Expect(told("open", "title")(t, ctx)).To(Equal("Marketing"))
		})

		It("of a user who is renamed or removed follow in sessions, keys, rooms and memberships", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPatch, "state", `{"sessions":[{"token":"session","user":"USER@example.com"},{"token":"other","user":"guest@example.com"}]}`)
			t.control(ctx, http.MethodPatch, file, `{"createdBy":"User@example.com"}`)
			t.control(ctx, http.MethodPatch, "entries/60", `{"members":["guest@example.com","User@example.com"]}`)
			t.control(ctx, http.MethodPatch, "users/"+userID, `{"email":"renamed@example.com"}`)
			Expect(get(ctx, "state", "sessions", 0, "user")).To(Equal("renamed@example.com"))
			Expect(get(ctx, "state", "sessions", 1, "user")).To(Equal("guest@example.com"))
			Expect(get(ctx, file, "createdBy")).To(Equal("renamed@example.com"))
			Expect(get(ctx, "entries/60", "members")).To(Equal([]any{"guest@example.com", "renamed@example.com"}))
			t.control(ctx, http.MethodDelete, "users/"+userID, "")
			Expect(get(ctx, "state", "sessions")).To(HaveLen(1))
			Expect(get(ctx, "state", "sessions", 0, "token")).To(Equal("other"))
			Expect(get(ctx, file)).NotTo(HaveKey("createdBy"))
			Expect(get(ctx, room, "createdBy")).To(Equal("owner@example.com"), "of others nothing is taken")
			Expect(get(ctx, "entries/60", "members")).To(Equal([]any{"guest@example.com"}))
			Expect(t.tryControl(ctx, http.MethodGet, "apiKeys/"+userAPIKey, "")).To(haveStatus(http.StatusNotFound))
		})

		It("get free values where they leave them out", t.holds("A916"), func(ctx SpecContext) {
			t.control(ctx, http.MethodPost, "entries", `{"id":"99x","type":"file"}`)
			Expect(t.control(ctx, http.MethodPost, "entries", `{"type":"file"}`)).To(haveMember("61", "id"), "after the last number")
			user := t.control(ctx, http.MethodPost, "users", `{"email":"new@example.com","role":"docSpaceAdmin"}`)
			Expect(user).To(haveMember(HaveLen(36), "id"))
			Expect(switching(authorization(user.member("tokens", 0).(string)))(t, ctx)).To(Equal(200), "somebody without password and tokens gets a token")
			Expect(t.control(ctx, http.MethodPost, "users", `{"email":"with@example.com","role":"guest","password":"Guest-pass-1"}`).body).NotTo(ContainSubstring("tokens"))
			link := t.control(ctx, http.MethodPost, "links", `{}`)
			Expect(link).To(haveMember("10", "entry"))
			Expect(opening(link.member("key").(string), nil, `{}`)(t, ctx)).To(BeEquivalentTo(statusOK))
		})
	})
}
