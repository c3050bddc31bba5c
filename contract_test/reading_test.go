package contract_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// The properties that rooms, folders and files have for everybody who reads them.
var (
	roomNames = strings.Fields("parentId filesCount foldersCount new mute tags logo pinned roomType private indexing denyDownload inRoom fileEntryType id " +
		"rootFolderId canShare security availableShareRights title access shared sharedForUser sharedExternal parentShared shortWebUrl created updated " +
		"rootFolderType isFavorite")
	fileNames = strings.Fields("folderId version versionGroup contentLength pureContentLength fileStatus editingBy mute viewUrl webUrl fileType fileExst " +
		"thumbnailStatus formFillingStatus viewAccessibility fileEntryType id rootFolderId originId originTitle canShare security availableShareRights title " +
		"access shared sharedForUser sharedExternal parentShared shortWebUrl created updated rootFolderType")
)

// readingSpecs describe the calls that read rooms, folders and files, and those that make and remove a room (FoldersController.cs,
// FilesController.cs, VirtualRoomsController.cs, FileSecurity.cs).
func readingSpecs(t *target) {
	// read reads something as a person, or as the visitor of a link.
	read := func(ctx SpecContext, path, token string, header ...string) answer {
		GinkgoHelper()
		r := request{path: path, key: token, header: http.Header{}}
		for i := 0; i < len(header); i += 2 {
			r.header.Set(header[i], header[i+1])
		}
		return t.send(ctx, r)
	}
	// countRooms is the number of rooms. At a live portal it changes at any time: others make rooms, and removed ones go in the background.
	countRooms := func(ctx SpecContext) float64 {
		GinkgoHelper()
		return read(ctx, "files/rooms", "YOUR_API_KEY").member("response", "total").(float64)
	}
	// startWithInner puts the folder 70 into the room 10, the folder 71 into that, and the file 71 into that. The folder 72 and the file
	// 72 in it are documents of the user.
	startWithInner := func(ctx SpecContext, change func(*mockserver.Portal)) {
		GinkgoHelper()
		t.startWith(ctx, func(p *mockserver.Portal) {
			p.Entries = append(p.Entries,
				mockserver.Entry{ID: "70", Title: "Sub", Type: mockserver.EntryFolder, Parent: "10"},
				mockserver.Entry{ID: "71", Title: "Below", Type: mockserver.EntryFolder, Parent: "folder/70"},
				mockserver.Entry{ID: "71", Title: "note.txt", Type: mockserver.EntryFile, Parent: "folder/71", CreatedBy: "owner@example.com"},
				mockserver.Entry{ID: "72", Title: "Mine", Type: mockserver.EntryFolder, Parent: mockserver.ParentMy, CreatedBy: "user@example.com"},
				mockserver.Entry{ID: "72", Title: "Offer.docx", Type: mockserver.EntryFile, Parent: "folder/72", CreatedBy: "user@example.com"})
			p.Links = append(p.Links,
				mockserver.Link{Key: "below", Entry: "folder/71"}, mockserver.Link{Key: "note", Entry: "file/71"}, mockserver.Link{Key: "mine", Entry: "folder/72"})
			if change != nil {
				change(p)
			}
		})
	}
	nothing := func(*mockserver.Portal) {}

	Describe("getFolderInfo", func() {
		BeforeEach(t.usePortal)

		It("describes a room to a visitor with the properties in their order", t.holds("A1201"), func(ctx SpecContext) {
			a := read(ctx, "files/folder/10", "", "Request-Token", "open")
			Expect(a).To(haveStatus(http.StatusOK))
			names := strings.NewReplacer(" fileEntryType ", " passwordProtected expired fileEntryType ", " title ", " requestToken external isLinkExpired title ").
				Replace(strings.Join(roomNames, " "))
			Expect(a.names()).To(Equal(strings.Fields(names)))
			Expect(a).To(haveMember(Equal("open"), "response", "requestToken"))
			Expect(a).To(haveMember(BeTrue(), "response", "external"))
			Expect(a).To(haveMember(BeEquivalentTo(2), "response", "access"))
		})

		DescribeTable("says what the caller may do:", t.holds("A1201"),
			func(ctx SpecContext, path, token string, access int, able, unable string) {
				startWithInner(ctx, nothing)
				t.makeStandIns(ctx, "open")
				a := read(ctx, path, token)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeEquivalentTo(access), "response", "access"))
				for _, action := range strings.Fields(able) {
					Expect(a).To(haveMember(BeTrue(), "response", "security", action), action)
				}
				for _, action := range strings.Fields(unable) {
					Expect(a).To(haveMember(BeFalse(), "response", "security", action), action)
				}
			},
			Entry("who made the room", "files/rooms/10", "YOUR_API_KEY", 0, "Read Create EditRoom EditAccess ChangeOwner Embed", "UseChat Reconnect"),
			Entry("an administrator", "files/rooms/10", "admin-token", 3, "Read Copy Move Pin Duplicate Download ChangeOwner", "Create EditAccess Mute CopyLink Embed"),
			Entry("a member", "files/rooms/10", "user-token", 2, "Read Copy Pin Mute Download CopyLink", "Create EditAccess CopySharedLink Move"),
			t.ofFake(Entry("an administrator, a folder in the room", "files/folder/71", "admin-token", 3, "Read Download CopySharedLink", "Copy Pin Create CopyLink")),
			t.ofFake(Entry("a member, a folder in the room", "files/folder/71", "user-token", 2, "Read Copy Download CopyLink", "Pin Create CopySharedLink")),
			t.ofFake(Entry("the owner of documents", "files/folder/72", "user-token", 0, "Read Create Delete Move EditAccess CopyLink", "Pin Mute ChangeOwner")),
			t.ofFake(Entry("a member, a file in the room", "files/file/71", "user-token", 2, "Read Copy Download CopyLink", "Edit Delete Comment")),
			t.ofFake(Entry("who made the room, a file in it", "files/file/71", "YOUR_API_KEY", 0, "Read Edit Delete Comment Lock Embed", "FillForms OpenForm AskAi")),
			t.ofFake(Entry("an administrator in the archive", "files/rooms/60", "admin-token", 0, "Read Delete Copy Move Download", "Pin Create")),
		)

		t.tableOfFake("counts what is in it, at any depth:", t.holds("A1203"),
			func(ctx SpecContext, path string, files, folders int) {
				startWithInner(ctx, nothing)
				a := read(ctx, path, "YOUR_API_KEY")
				Expect(a).To(haveMember(BeEquivalentTo(files), "response", "filesCount"))
				Expect(a).To(haveMember(BeEquivalentTo(folders), "response", "foldersCount"))
				Expect(read(ctx, path, "user-token")).To(haveMember(BeEquivalentTo(files), "response", "new"))
			},
			Entry("a room", "files/rooms/10", 1, 2),
			Entry("a folder in it", "files/folder/70", 1, 1),
			Entry("the folder with the file", "files/folder/71", 1, 0),
		)

		DescribeTable("is for those who may read:", t.holds("A1204"),
			func(ctx SpecContext, token string, status int) {
				paths := []string{"files/rooms/10", "files/folder/10", "files/10"}
				if t.live && token != "YOUR_API_KEY" {
					Skip(needsPeople)
				}
				if !t.live {
					startWithInner(ctx, func(p *mockserver.Portal) {
						p.Entries[0].CreatedBy = "room-admin@example.com"
						p.Entries[0].Members = append(p.Entries[0].Members, mockserver.Member{User: "guest@example.com", Access: 3})
					})
					paths = append(paths, "files/folder/71", "files/71", "files/file/71")
				}
				for _, path := range paths {
					Expect(read(ctx, path, token)).To(haveStatus(status), path)
				}
			},
			Entry("the owner", "YOUR_API_KEY", http.StatusOK),
			Entry("an administrator", "admin-token", http.StatusOK),
			Entry("who made the room", "room-admin-token", http.StatusOK),
			Entry("a member", "user-token", http.StatusOK),
			Entry("not for somebody whose rights were taken", "guest-token", http.StatusForbidden),
		)

		t.tableOfFake("reads documents:", t.holds("A1205"),
			func(ctx SpecContext, token string, status int) {
				startWithInner(ctx, nothing)
				for _, path := range []string{"files/rooms/72", "files/folder/72", "files/72", "files/file/72"} {
					a := read(ctx, path, token)
					Expect(a).To(haveStatus(status), path)
					if status == http.StatusForbidden {
						Expect(a).To(haveMember(HavePrefix("You don't have enough permission to view the f"), "error", "message"))
					}
				}
			},
			Entry("those of the owner", "user-token", http.StatusOK),
			Entry("not for an administrator", "YOUR_API_KEY", http.StatusForbidden),
			Entry("not for others", "guest-token", http.StatusForbidden),
		)

		DescribeTable("refuses visitors without a link:", t.holds("A1206"),
			func(ctx SpecContext, path string, status int, message string) {
				startWithInner(ctx, nothing)
				a := read(ctx, path, "")
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(Equal(message), "error", "message"))
				if status == http.StatusUnauthorized {
					Expect(a).To(haveMember(BeNil(), "error", "type"))
					Expect(a).To(haveMember(BeNil(), "error", "stack"))
				}
			},
			Entry("a room", "files/rooms/10", http.StatusUnauthorized, "System error."),
			t.ofFake(Entry("a folder", "files/folder/71", http.StatusUnauthorized, "System error.")),
			t.ofFake(Entry("a room of the archive", "files/folder/60", http.StatusUnauthorized, "System error.")),
			Entry("what is in a room", "files/10", http.StatusForbidden, "You don't have enough permission to view the folder content"),
			t.ofFake(Entry("what is in documents", "files/72", http.StatusForbidden, "You don't have enough permission to view the folder content")),
		)

		DescribeTable("says what is not there:", t.holds("A1209"),
			func(ctx SpecContext, path, token string, status int, message string) {
				a := t.send(ctx, request{path: path, key: token, off: true})
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(Equal(message), "error", "message"))
			},
			Entry("a folder", "files/folder/999", "", http.StatusNotFound, "The required folder was not found"),
			Entry("a room", "files/rooms/999", "YOUR_API_KEY", http.StatusNotFound, "The required folder was not found"),
			Entry("a file", "files/file/999", "", http.StatusNotFound, "The required file was not found"),
			t.ofFake(Entry("a version of a file", "files/file/40?version=2", "YOUR_API_KEY", http.StatusNotFound, "The required file was not found")),
			Entry("what is in a folder", "files/999", "guest-token", http.StatusNotFound, "The required folder was not found"),
			Entry("what is in a folder, for nobody", "files/999", "", http.StatusForbidden, "Access denied"),
			Entry("an id that is no number", "files/folder/abc", "", http.StatusNotFound, "Selector '' not found"),
			Entry("what is in an id that is no number, for nobody", "files/abc", "", http.StatusForbidden, "Access denied"),
		)
	})

	Describe("getFileInfo", func() {
		BeforeEach(t.usePortal)

		t.itOfFake("describes a file with the properties in their order", t.holds("A1202"), func(ctx SpecContext) {
			startWithInner(ctx, func(p *mockserver.Portal) {
				p.Links = append(p.Links, mockserver.Link{Key: "offer", Entry: "file/72", Expires: beginning.Add(time.Hour)})
			})
			names := strings.Join(fileNames, " ")
			names = strings.Replace(names, " title ", " requestToken external expirationDate isLinkExpired title ", 1)
			a := read(ctx, "files/file/72", "", "Request-Token", "offer")
			Expect(a.names()).To(Equal(strings.Fields(names)))
			Expect(a).To(haveMember(Equal(".docx"), "response", "fileExst"))
			Expect(a).To(haveMember(BeTrue(), "response", "viewAccessibility", "WebEdit"))
			Expect(a).To(haveMember(HaveSuffix("&share=offer"), "response", "webUrl"))
			Expect(read(ctx, "files/file/72", "user-token")).To(haveNames(Not(ContainElement("requestToken"))))
		})

		t.itOfFake("refuses visitors without a link", t.holds("A1207", "A1208"), func(ctx SpecContext) {
			startWithInner(ctx, nothing)
			status, message := http.StatusForbidden, "You don't have enough permission to view the file"
			if t.documented() {
				status, message = http.StatusUnauthorized, "System error."
			}
			for _, path := range []string{"files/file/71", "files/file/72?share=note", "files/file/40"} {
				a := read(ctx, path, "")
				Expect(a).To(haveStatus(status))
				Expect(a).To(haveMember(Equal(message), "error", "message"))
			}
		})

		t.itOfFake("shows a file of the trash that has a link to visitors, and to its owner", t.holds("A1216"), func(ctx SpecContext) {
			t.startWith(ctx, func(p *mockserver.Portal) {
				p.Entries = append(p.Entries,
					mockserver.Entry{ID: "80", Title: "old.txt", Type: mockserver.EntryFile, Section: mockserver.SectionTrash, CreatedBy: "user@example.com"},
					mockserver.Entry{ID: "81", Title: "older.txt", Type: mockserver.EntryFile, Section: mockserver.SectionTrash, CreatedBy: "user@example.com"})
				p.Links = append(p.Links, mockserver.Link{Key: "old", Entry: "file/80", Password: "Secret123!"})
			})
			a := read(ctx, "files/file/80", "")
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveNames(Not(ContainElement("requestToken"))))
			Expect(a).To(haveMember(BeEquivalentTo(3), "response", "rootFolderType"))
			Expect(read(ctx, "files/file/80", "user-token")).To(haveStatus(http.StatusOK))
			Expect(read(ctx, "files/file/80", "YOUR_API_KEY")).To(haveStatus(http.StatusForbidden))
			Expect(read(ctx, "files/file/81", "").StatusCode).NotTo(Equal(http.StatusOK))
		})
	})

	Describe("getFolderByFolderId", func() {
		BeforeEach(t.usePortal)

		t.itOfFake("lists folders before files, page by page", t.holds("A1203"), func(ctx SpecContext) {
			startWithInner(ctx, func(p *mockserver.Portal) {
				p.Entries = append(p.Entries, mockserver.Entry{ID: "90", Title: "b.txt", Type: mockserver.EntryFile, Parent: "10"}, mockserver.Entry{ID: "91", Title: "a.txt", Type: mockserver.EntryFile, Parent: "10"})
			})
			a := read(ctx, "files/10", "YOUR_API_KEY")
			Expect(a.names()).To(Equal([]string{"files", "folders", "current", "pathParts", "startIndex", "count", "total", "new"}))
			Expect(a).To(haveMember(BeEquivalentTo(3), "response", "total"))
			Expect(a).To(haveMember(BeTrue(), "response", "current", "isShareable"))
			Expect(a).To(haveMember(BeEquivalentTo(14), "response", "pathParts", 0, "folderType"))
			Expect(a).To(haveMember(BeEquivalentTo(10), "response", "pathParts", 1, "id"))
			Expect(a).To(haveMember(BeEquivalentTo(1), "count"))
			for start, want := range []struct{ folders, files []any }{{[]any{70.0}, nil}, {nil, []any{90.0}}, {nil, []any{91.0}}, {nil, nil}} {
				a := read(ctx, fmt.Sprintf("files/10?count=1&startIndex=%d", start), "YOUR_API_KEY")
				ids := func(list string) (ids []any) {
					for i := range a.member("response", list).([]any) {
						ids = append(ids, a.member("response", list, i, "id"))
					}
					return ids
				}
				Expect(ids("folders")).To(Equal(want.folders))
				Expect(ids("files")).To(Equal(want.files))
				Expect(a).To(haveMember(BeEquivalentTo(len(want.folders)+len(want.files)), "response", "count"))
			}
		})

		DescribeTable("opens with the key of a link:", t.holds("A1210"),
			func(ctx SpecContext, key, path string) {
				startWithInner(ctx, nothing)
				Expect(read(ctx, path, "", "Request-Token", key)).To(haveStatus(http.StatusOK))
				Expect(read(ctx, path+"?share="+key, "")).To(haveStatus(http.StatusOK))
				for _, token := range t.presentPeople("guest-token") {
					Expect(read(ctx, path, token, "Request-Token", key)).To(haveStatus(http.StatusOK))
				}
			},
			Entry("a room", "open", "files/rooms/10"),
			Entry("what is in a room", "open", "files/10"),
			t.ofFake(Entry("a folder in a room", "open", "files/folder/71")),
			t.ofFake(Entry("a file in a room", "open", "files/file/71")),
			t.ofFake(Entry("a folder", "below", "files/folder/71")),
			t.ofFake(Entry("what is in a folder", "below", "files/71")),
			t.ofFake(Entry("a file in a folder", "below", "files/file/71")),
			t.ofFake(Entry("a file", "note", "files/file/71")),
			t.ofFake(Entry("documents", "mine", "files/72")),
		)

		It("opens a protected link with the remembered password, and neither alone", t.holds("A1211"), func(ctx SpecContext) {
			cookie := t.postPassword(ctx, "protected", "", rightPassword).Cookies()[0]
			remembered := cookie.Name + "=" + cookie.Value
			Expect(read(ctx, "files/10", "", "Request-Token", "protected")).To(haveStatus(http.StatusForbidden))
			Expect(read(ctx, "files/10", "", "Cookie", remembered)).To(haveStatus(http.StatusForbidden))
			a := read(ctx, "files/folder/10", "", "Request-Token", "protected", "Cookie", remembered)
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveMember(BeFalse(), "response", "passwordProtected"))
			Expect(read(ctx, "files/10", "", "Request-Token", "protected", "Cookie", remembered)).To(haveStatus(http.StatusOK))
		})

		DescribeTable("stays closed to visitors", t.holds("A1212"),
			func(ctx SpecContext, key, path string, change func(*mockserver.Portal)) {
				startWithInner(ctx, change)
				Expect(read(ctx, path, "", "Request-Token", key)).To(haveStatus(http.StatusForbidden))
			},
			Entry("with an internal link", "internal", "files/10", nothing),
			Entry("with a link that is over", "expired", "files/10", nothing),
			Entry("with a key that no link has", "nope", "files/10", nothing),
			t.ofFake(Entry("in the archive", "archived", "files/60", nothing)),
			t.ofFake(Entry("in the trash", "trashed", "files/50", func(p *mockserver.Portal) {
				for i := range p.Links {
					if p.Links[i].Key == "trashed" {
						p.Links[i].Password = ""
					}
				}
			})),
			Entry("while existing links into rooms are blocked", "open", "files/10", func(p *mockserver.Portal) { p.Settings.ExternalShare = false }),
			t.ofFake(Entry("while existing links into documents are blocked", "mine", "files/72", func(p *mockserver.Portal) { p.Settings.ExternalShare = false })),
		)

		It("stays open to visitors while external sharing is off, and existing links are not blocked", t.holds("A1212"), func(ctx SpecContext) {
			startWithInner(ctx, func(p *mockserver.Portal) {
				p.Settings.ExternalShare, p.Settings.BlockExistingLinksOnRestrict = false, false
			})
			Expect(read(ctx, "files/10", "", "Request-Token", "open")).To(haveStatus(http.StatusOK))
		})

		t.tableOfFake("does not open with a link to something else:", t.holds("A1213"),
			func(ctx SpecContext, key, path string) {
				startWithInner(ctx, nothing)
				for _, token := range []string{"", "guest-token"} {
					Expect(read(ctx, path, token, "Request-Token", key)).To(haveStatus(http.StatusForbidden))
				}
			},
			Entry("the room of a folder", "below", "files/10"),
			Entry("the folder of a folder", "below", "files/70"),
			Entry("the folder of a file", "note", "files/71"),
			Entry("another section", "open", "files/72"),
		)

		t.itOfFake("stays open to people with an account who have opened a link", t.holds("A1214"), func(ctx SpecContext) {
			startWithInner(ctx, nothing)
			Expect(read(ctx, "files/71", "guest-token")).To(haveStatus(http.StatusForbidden))
			Expect(linkStatus(t.postPassword(ctx, "below", "guest-token", `{}`))).To(BeEquivalentTo(statusOK))
			a := read(ctx, "files/71", "guest-token")
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a).To(haveMember(Equal("below"), "response", "current", "requestToken"))
			Expect(read(ctx, "files/file/71", "guest-token")).To(haveStatus(http.StatusOK))
			Expect(read(ctx, "files/70", "guest-token")).To(haveStatus(http.StatusForbidden))
			Expect(read(ctx, "files/71", "")).To(haveStatus(http.StatusForbidden))
		})

		DescribeTable("shows visitors what they may not read as the section of shared entries:", t.holds("A1215"),
			func(ctx SpecContext, key, path, parent string, number, section, parts int) {
				startWithInner(ctx, nothing)
				a := read(ctx, path, "", "Request-Token", key)
				Expect(a).To(haveMember(BeEquivalentTo(number), "response", parent))
				Expect(a).To(haveMember(BeEquivalentTo(section), "response", "rootFolderType"))
				if parts > 0 {
					Expect(read(ctx, strings.Replace(path, "/folder/", "/", 1), "", "Request-Token", key).member("response", "pathParts")).To(HaveLen(parts))
				}
			},
			Entry("the parent of a room", "open", "files/folder/10", "parentId", 4, 6, 1),
			t.ofFake(Entry("the parent of a folder in it", "open", "files/folder/71", "parentId", 70, 14, 3)),
			t.ofFake(Entry("the parent of a folder", "below", "files/folder/71", "parentId", 4, 6, 1)),
			t.ofFake(Entry("the folder of a file", "note", "files/file/71", "folderId", 4, 6, 0)),
			t.ofFake(Entry("the folder of a file in it", "below", "files/file/71", "folderId", 71, 14, 0)),
			t.ofFake(Entry("the parent of documents", "mine", "files/folder/72", "parentId", 4, 6, 1)),
		)

		DescribeTable("has the properties that `fields` names:", t.holds("A1217"),
			func(ctx SpecContext, path, response string) {
				startWithInner(ctx, nothing)
				Expect(read(ctx, path, "YOUR_API_KEY")).To(haveBody(HavePrefix(`{"response":` + response + `,"count":1,`)))
			},
			Entry("a room", "files/rooms/10?fields=title,id", `{"id":10,"title":"Marketing"}`),
			t.ofFake(Entry("a file", "files/file/71?fields=id,originId,originTitle", `{"id":71,"originId":71,"originTitle":"Below"}`)),
			t.ofFake(Entry("what is in a room", "files/10?fields=total,count", `{"count":1,"total":1}`)),
			Entry("names of entries, in a list", "files/10?fields=id,title", `{}`),
			Entry("a part of an object", "files/10?fields=current.title,startIndex", `{"current":{"title":"Marketing"},"startIndex":0}`),
		)
	})

	Describe("getRoomsFolder", func() {
		BeforeEach(t.usePortal)

		t.tableOfFake("lists the rooms that the caller may read:", t.holds("A1218"),
			func(ctx SpecContext, token, query string, ids ...any) {
				t.startWith(ctx, func(p *mockserver.Portal) {
					p.Entries = append(p.Entries, mockserver.Entry{ID: "90", Title: "Another", Type: mockserver.EntryRoom, CreatedBy: "room-admin@example.com"})
				})
				a := read(ctx, "files/rooms"+query, token)
				Expect(a).To(haveStatus(http.StatusOK))
				var listed []any
				for i := range a.member("response", "folders").([]any) {
					listed = append(listed, a.member("response", "folders", i, "id"))
				}
				Expect(listed).To(Equal(ids))
				Expect(a).To(haveMember(BeEmpty(), "response", "files"))
			},
			Entry("the owner", "YOUR_API_KEY", "", 10.0, 90.0),
			Entry("the second one", "YOUR_API_KEY", "?startIndex=1", 90.0),
			Entry("who made one", "room-admin-token", "", 90.0),
			Entry("a member", "user-token", "", 10.0),
			Entry("the archive", "YOUR_API_KEY", "?searchArea=1", 60.0),
			Entry("all", "admin-token", "?searchArea=2", 10.0, 60.0, 90.0),
		)

		t.itOfFake("hints at what would make it another list on a portal", t.holds("A1234"), func(ctx SpecContext) {
			for _, path := range []string{"files/rooms?type=6", "files/rooms?FilterValue=x", "files/10?sortBy=AZ"} {
				Expect(t.send(ctx, request{path: path, key: "YOUR_API_KEY", off: true})).To(haveHeader("X-Mock-Hint", ContainSubstring("does not filter and sort")), path)
			}
			for _, path := range []string{"files/rooms?count=1&searchArea=0", "files/10?startIndex=1&fields=total"} {
				Expect(t.send(ctx, request{path: path, key: "YOUR_API_KEY", off: true})).To(haveNoHeader("X-Mock-Hint"), path)
			}
		})

		It("needs an account", t.holds("A1218"), func(ctx SpecContext) {
			Expect(read(ctx, "files/rooms", "")).To(haveStatus(http.StatusUnauthorized))
			Expect(read(ctx, "files/rooms?share=open", "")).To(haveStatus(http.StatusUnauthorized))
		})

		t.tableOfFake("needs an API key for rooms, and folders one for files:", t.holds("A1226"),
			func(ctx SpecContext, key, path string, status int) {
				Expect(read(ctx, path, key)).To(haveStatus(status))
			},
			Entry("rooms", roomsAPIKey, "files/rooms", http.StatusOK),
			Entry("a room", roomsAPIKey, "files/rooms/10", http.StatusOK),
			Entry("a folder with a key for rooms", roomsAPIKey, "files/folder/10", http.StatusForbidden),
			Entry("what is in a folder with a key for rooms", roomsAPIKey, "files/10", http.StatusForbidden),
			Entry("rooms with a key for files", readAPIKey, "files/rooms", http.StatusForbidden),
			Entry("a room with a key for files", readAPIKey, "files/rooms/10", http.StatusForbidden),
			Entry("a folder", readAPIKey, "files/folder/10", http.StatusOK),
		)
	})

	Describe("createRoom", func() {
		BeforeEach(t.usePortal)

		create := func(ctx SpecContext, token, body string) answer {
			GinkgoHelper()
			return t.send(ctx, request{method: http.MethodPost, path: "files/rooms", key: token, body: body, off: true})
		}

		DescribeTable("is for", t.holds("A1219"),
			func(ctx SpecContext, token string, status int) {
				a := create(ctx, t.tokenOfSameRole(token), `{"title":"Customers","roomType":5}`)
				Expect(a).To(haveStatus(status))
				if status == http.StatusForbidden {
					Expect(a).To(haveMember(Equal("You don't have enough permission to create"), "error", "message"))
				}
			},
			Entry("the owner", "YOUR_API_KEY", http.StatusOK),
			Entry("an administrator", "admin-token", http.StatusOK),
			Entry("a room administrator", "room-admin-token", http.StatusOK),
			Entry("no user", "user-token", http.StatusForbidden),
			Entry("no guest", "guest-token", http.StatusForbidden),
			Entry("nobody", "", http.StatusUnauthorized),
		)

		DescribeTable("refuses a body", t.holds("A1220", "A1227"),
			func(ctx SpecContext, body, key string) {
				before := countRooms(ctx)
				a := create(ctx, "YOUR_API_KEY", body)
				Expect(a).To(haveStatus(http.StatusBadRequest))
				if t.documented() {
					Expect(a).To(haveMember(HavePrefix("Body: "), "error", "message"))
				} else {
					Expect(a).To(haveMember(HaveKey(key), "response", "errors"))
				}
				if !t.live {
					Expect(countRooms(ctx)).To(Equal(before), "no room is made")
				}
			},
			Entry("without a type", `{"title":"m"}`, "$"),
			Entry("without a title", `{"roomType":5}`, "$"),
			Entry("with nothing", `{}`, "$"),
			Entry("with a title that is too long", `{"title":"`+strings.Repeat("x", 171)+`","roomType":5}`, "Title"),
			Entry("with a title that is no text", `{"title":5,"roomType":5}`, "$.title"),
			Entry("with a type that is a list", `{"title":"m","roomType":[5]}`, "$.roomType"),
			Entry("with a type that has no such name", `{"title":"m","roomType":"room"}`, "$.roomType"),
			Entry("with an encryption that is a text", `{"title":"m","roomType":5,"private":"true"}`, "$.private"),
			Entry("with a cover that is a number", `{"title":"m","roomType":5,"cover":1}`, "$.cover"),
			Entry("that is missing", ``, ""),
			Entry("that is null", `null`, ""),
		)

		DescribeTable("refuses a text that is too long, of", t.holds("A1233"),
			func(ctx SpecContext, name string, most int) {
				with := func(length int) answer {
					return create(ctx, "room-admin-token", `{"title":"m","roomType":5,"`+name+`":"`+strings.Repeat("0", length)+`"}`)
				}
				refused := with(most + 1)
				Expect(refused).To(haveStatus(http.StatusBadRequest))
				Expect(string(refused.body)).To(MatchRegexp(`(?i)\b%s\b.* %d\b`, name, most))
				Expect(with(most)).To(haveStatus(http.StatusOK))
			},
			Entry("a colour", "color", 6),
			Entry("a cover", "cover", 50),
		)

		DescribeTable("refuses", t.holds("A1221"),
			func(ctx SpecContext, body, message string) {
				a := create(ctx, "YOUR_API_KEY", body)
				Expect(a).To(haveStatus(http.StatusBadRequest))
				Expect(a).To(haveMember(Equal(message), "error", "message"))
			},
			Entry("an empty title", `{"title":"","roomType":5}`, "The value cannot be an empty string. (Parameter 'title')"),
			Entry("a title of blanks", `{"title":"  ","roomType":5}`, "The value cannot be an empty string. (Parameter 'title')"),
			Entry("a title that is null", `{"title":null,"roomType":5}`, "Value cannot be null. (Parameter 'title')"),
			Entry("a type that there is not", `{"title":"m","roomType":3}`, "Specified argument was out of the range of valid values. (Parameter 'roomType')\nActual value was 3."),
			Entry("an encrypted room without people", `{"title":"m","roomType":5,"private":true}`, "Value cannot be null. (Parameter 'shares')"),
		)

		DescribeTable("takes", t.holds("A1221"),
			func(ctx SpecContext, roomType string, number int) {
				a := create(ctx, "YOUR_API_KEY", `{"title":"m","ROOMTYPE":`+roomType+`}`)
				Expect(a).To(haveMember(BeEquivalentTo(number), "response", "roomType"))
			},
			Entry("a number", `8`, 8),
			Entry("a text with a number", `"2"`, 2),
			Entry("a name", `"publicROOM"`, 6),
		)

		It("makes a title of what it gets", t.holds("A1222"), func(ctx SpecContext) {
			a := create(ctx, "YOUR_API_KEY", `{"title":" a/b*c:d\t\ud83d\ude00 ","roomType":5}`)
			Expect(a).To(haveMember(Equal("a_b_c_d___"), "response", "title"))
		})

		DescribeTable("makes the link of", t.holds("A1223"),
			func(ctx SpecContext, roomType string, access int, title string) {
				a := create(ctx, "YOUR_API_KEY", `{"title":"Customers","roomType":`+roomType+`}`)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeFalse(), "response", "shared"), "the answer does not know the link")
				id := fmt.Sprintf("%.0f", a.member("response", "id"))
				links := t.send(ctx, request{path: "files/rooms/" + id + "/links?type=1", key: "YOUR_API_KEY"})
				Expect(links.member("response")).To(HaveLen(min(1, access)))
				room := read(ctx, "files/rooms/"+id, "YOUR_API_KEY")
				Expect(room).To(haveMember(Equal(access > 0), "response", "shared"))
				if access == 0 {
					return
				}
				Expect(links).To(haveMember(BeEquivalentTo(access), "response", 0, "access"))
				Expect(links).To(haveMember(BeTrue(), "response", 0, "sharedLink", "primary"))
				Expect(links).To(haveMember(Equal(title), "response", 0, "sharedLink", "title"))
				key := links.member("response", 0, "sharedLink", "requestToken").(string)
				Expect(linkStatus(t.postPassword(ctx, key, "", `{}`))).To(BeEquivalentTo(statusOK))
				Expect(read(ctx, "files/"+id, "", "Request-Token", key)).To(haveStatus(http.StatusOK))
			},
			Entry("a public room", "6", 2, "Shared link"),
			Entry("a form room", "1", 7, "Link to fill out"),
			Entry("no custom room", "5", 0, ""),
			Entry("no data room", "8", 0, ""),
		)

		It("makes a public room while external sharing is off, or refuses it", t.holds("A1224", "A1225"), func(ctx SpecContext) {
			t.setSwitch(ctx, "external", false)
			a := create(ctx, "YOUR_API_KEY", `{"title":"Customers","roomType":6}`)
			if t.documented() {
				Expect(a).To(haveStatus(http.StatusForbidden))
			} else {
				Expect(a).To(haveStatus(http.StatusOK))
			}
			Expect(create(ctx, "YOUR_API_KEY", `{"title":"Customers","roomType":5}`)).To(haveStatus(http.StatusOK))
		})
	})

	Describe("deleteRoom", func() {
		BeforeEach(t.usePortal)

		remove := func(ctx SpecContext, id, token, body string) answer {
			GinkgoHelper()
			return t.send(ctx, request{method: http.MethodDelete, path: "files/rooms/" + id, key: token, body: body, off: true})
		}

		// A portal removes a room in the background.
		expectGone := func(ctx SpecContext, path string) {
			GinkgoHelper()
			patience := time.Second
			if t.live {
				patience = answerTimeout
			}
			Eventually(func() answer { return read(ctx, path, "YOUR_API_KEY") }).WithTimeout(patience).WithPolling(patience / 100).Should(haveStatus(http.StatusNotFound))
		}

		It("removes the room that the caller has made", t.holds("A1228"), func(ctx SpecContext) {
			made := t.send(ctx, request{method: http.MethodPost, path: "files/rooms", key: "YOUR_API_KEY", body: `{"title":"Customers","roomType":5}`})
			id := fmt.Sprintf("%.0f", made.member("response", "id"))
			Expect(read(ctx, "files/rooms/"+id, "YOUR_API_KEY")).To(haveStatus(http.StatusOK))
			before := countRooms(ctx)
			a := remove(ctx, id, "YOUR_API_KEY", `{"deleteAfter":false}`)
			Expect(a).To(haveStatus(http.StatusOK))
			Expect(a.member("response")).To(SatisfyAll(
				HaveKeyWithValue("Operation", 2.0), HaveKeyWithValue("progress", 0.0), HaveKeyWithValue("error", ""), HaveKeyWithValue("processed", "0"),
				HaveKeyWithValue("finished", false), HaveKeyWithValue("status", 0.0), HaveKeyWithValue("id", MatchRegexp(`^[0-9a-f-]{36}$`))))
			expectGone(ctx, "files/rooms/"+id)
			if !t.live {
				Expect(countRooms(ctx)).To(Equal(before-1), "the room is not listed")
			}
		})

		It("removes what is in the room, and the links to it", t.holds("A1229"), func(ctx SpecContext) {
			startWithInner(ctx, nothing)
			Expect(read(ctx, "files/10", "", "Request-Token", "open")).To(haveStatus(http.StatusOK))
			Expect(remove(ctx, "10", "YOUR_API_KEY", `{}`)).To(haveStatus(http.StatusOK))
			expectGone(ctx, "files/folder/10")
			Expect(linkStatus(t.postPassword(ctx, "open", "", `{}`))).To(BeEquivalentTo(statusInvalid))
			if t.live {
				return // nothing was in it
			}
			for _, path := range []string{"files/folder/71", "files/file/71"} {
				Expect(read(ctx, path, "YOUR_API_KEY")).To(haveStatus(http.StatusNotFound), path)
			}
			for _, key := range []string{"below", "note"} {
				Expect(linkStatus(t.postPassword(ctx, key, "", `{}`))).To(BeEquivalentTo(statusInvalid), key)
			}
			Expect(linkStatus(t.postPassword(ctx, "mine", "", `{}`))).To(BeEquivalentTo(statusOK))
			Expect(read(ctx, "files/folder/72", "user-token")).To(haveStatus(http.StatusOK))
		})

		It("leaves no link to the next room", t.holds("A1229"), func(ctx SpecContext) {
			create := func(roomType int) string {
				a := t.send(ctx, request{method: http.MethodPost, path: "files/rooms", key: "YOUR_API_KEY", body: fmt.Sprintf(`{"title":"Customers","roomType":%d}`, roomType)})
				return fmt.Sprintf("%.0f", a.member("response", "id"))
			}
			linksOf := func(id string) answer {
				return t.send(ctx, request{path: "files/rooms/" + id + "/links", key: "YOUR_API_KEY"})
			}
			first := create(6)
			key := linksOf(first).member("response", 0, "sharedLink", "requestToken").(string)
			Expect(remove(ctx, first, "YOUR_API_KEY", `{}`)).To(haveStatus(http.StatusOK))
			expectGone(ctx, "files/rooms/"+first)
			Expect(linksOf(create(5)).member("response")).To(BeEmpty())
			Expect(linkStatus(t.postPassword(ctx, key, "", `{}`))).To(BeEquivalentTo(statusInvalid))
		})

		DescribeTable("answers the same, and", t.holds("A1230"),
			func(ctx SpecContext, id, token string, after int) {
				a := remove(ctx, id, token, `{"deleteAfter":true}`)
				Expect(a).To(haveStatus(http.StatusOK))
				Expect(a).To(haveMember(BeEquivalentTo(2), "response", "Operation"))
				if after == http.StatusNotFound {
					expectGone(ctx, "files/rooms/"+id)
				}
				Expect(read(ctx, "files/rooms/"+id, "YOUR_API_KEY")).To(haveStatus(after))
			},
			Entry("removes no room of another", "10", "admin-token", http.StatusOK),
			Entry("removes no room for a member", "10", "user-token", http.StatusOK),
			Entry("removes no room for a stranger", "10", "room-admin-token", http.StatusOK),
			t.ofFake(Entry("removes an archived room for an administrator", "60", "admin-token", http.StatusNotFound)),
			t.ofFake(Entry("removes no archived room for a room administrator", "60", "room-admin-token", http.StatusOK)),
			Entry("removes nothing that is not there", "999", "YOUR_API_KEY", http.StatusNotFound),
		)

		It("needs an account, and an API key for rooms", t.holds("A1231"), func(ctx SpecContext) {
			Expect(remove(ctx, "10", "", `{}`)).To(haveStatus(http.StatusUnauthorized))
			if t.hasPerson(readAPIKey) {
				Expect(remove(ctx, "10", readAPIKey, `{}`)).To(haveStatus(http.StatusForbidden))
			}
			Expect(read(ctx, "files/rooms/10", "YOUR_API_KEY")).To(haveStatus(http.StatusOK))
			if t.hasPerson(roomsAPIKey) {
				Expect(remove(ctx, "10", roomsAPIKey, `{}`)).To(haveStatus(http.StatusOK))
				expectGone(ctx, "files/rooms/10")
			}
		})

		DescribeTable("refuses a body", t.holds("A1232"),
			func(ctx SpecContext, body, media string, status int) {
				a := t.send(ctx, request{method: http.MethodDelete, path: "files/rooms/10", key: "YOUR_API_KEY", body: body, media: media, off: true})
				Expect(a).To(haveStatus(status))
				Expect(read(ctx, "files/rooms/10", "YOUR_API_KEY")).To(haveStatus(http.StatusOK))
			},
			Entry("that is no object", `[]`, "application/json", http.StatusBadRequest),
			Entry("that is null", `null`, "application/json", http.StatusBadRequest),
			Entry("whose deleteAfter is a text", `{"deleteAfter":"true"}`, "application/json", http.StatusBadRequest),
			Entry("whose deleteAfter is null", `{"DeleteAfter":null}`, "application/json", http.StatusBadRequest),
			Entry("that is missing", ``, "application/json", http.StatusBadRequest),
			Entry("that is no JSON", `deleteAfter=true`, "text/plain", http.StatusUnsupportedMediaType),
		)
	})
}
