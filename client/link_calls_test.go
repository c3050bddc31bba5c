package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// What is sent for each kind of entry, and which operation is told.
func TestLinkRequests(t *testing.T) {
	ctx := context.Background()
	id := theLink(t)
	spec := client.LinkSpec{Title: client.Set("a2"), Access: client.Set(client.FileShareComment), Password: client.Set("Secret123!"), Internal: client.Off()}
	made := linkJSON(linkID, 6, `"password":"Secret123!"`)
	set := func(link client.Link, err error) error {
		if err == nil && link.ID != id {
			return fmt.Errorf("got %v", link)
		}
		return err
	}
	const (
		roomBody   = `{"access":6,"internal":false,"title":"a2","linkType":1,"password":"Secret123!"}`
		fileBody   = `{"access":6,"title":"a2","internal":false,"password":"Secret123!"}`
		folderBody = `{"access":6,"title":"a2","password":"Secret123!","internal":false}`
	)
	for operation, test := range map[string]struct {
		call              func(*client.Portal) error
		answer            string
		want, query, body string
	}{
		"getRoomsPrimaryExternalLink":     {func(p *client.Portal) error { return set(p.RoomLink(ctx, 10)) }, made, "GET rooms/10/link", "", ""},
		"setRoomLink":                     {func(p *client.Portal) error { return set(p.SetRoomLink(ctx, 10, spec)) }, made, "PUT rooms/10/links", "", roomBody},
		"getFilePrimaryExternalLink":      {func(p *client.Portal) error { return set(p.FileLink(ctx, 7)) }, made, "GET file/7/link", "", ""},
		"createFilePrimaryExternalLink":   {func(p *client.Portal) error { return set(p.CreateFileLink(ctx, 7, spec)) }, made, "POST file/7/link", "", fileBody},
		"setFileExternalLink":             {func(p *client.Portal) error { return set(p.SetFileLink(ctx, 7, spec)) }, made, "PUT file/7/links", "", fileBody},
		"getFolderPrimaryExternalLink":    {func(p *client.Portal) error { return set(p.FolderLink(ctx, 8)) }, made, "GET folder/8/link", "", ""},
		"createFolderPrimaryExternalLink": {func(p *client.Portal) error { return set(p.CreateFolderLink(ctx, 8, spec)) }, made, "POST folder/8/link", "", folderBody},
		"setFolderPrimaryExternalLink":    {func(p *client.Portal) error { return set(p.SetFolderLink(ctx, 8, spec)) }, made, "PUT folder/8/links", "", folderBody},
		"getRoomLinks":                    {func(p *client.Portal) error { _, err := collect(p.RoomLinks(ctx, 10)); return err }, "[" + made + "]", "GET rooms/10/links", "type=1", ""},
		"getFileLinks":                    {func(p *client.Portal) error { _, err := collect(p.FileLinks(ctx, 7)); return err }, "[" + made + "]", "GET file/7/links", "count=100&startIndex=0", ""},
		"getFolderLinks":                  {func(p *client.Portal) error { _, err := collect(p.FolderLinks(ctx, 8)); return err }, "[" + made + "]", "GET folder/8/links", "", ""},
	} {
		t.Run(operation, func(t *testing.T) {
			var seen []string
			hooks := client.WithHooks(client.Hooks{Before: func(_ context.Context, a client.Attempt) { seen = append(seen, a.Operation) }})
			portal, s := scripted(t, []client.Option{hooks, client.WithAPIKey("sk-1")}, ok(test.answer))
			if err := test.call(portal); err != nil {
				t.Error(err)
			}
			if s.requests() != test.want || s.sent[0].query != test.query || s.sent[0].body != test.body || s.sent[0].header.Get("Authorization") != "Bearer sk-1" {
				t.Errorf("sent %+v", s.sent)
			}
			if len(seen) != 1 || seen[0] != operation {
				t.Errorf("the hook saw %q", seen)
			}
			failing, _ := scripted(t, nil, status(401))
			if err := test.call(failing); !errors.Is(err, client.ErrUnauthorized) || asError(t, err).Operation != operation {
				t.Errorf("got %v", err)
			}
			var nobody *client.Portal
			if err := test.call(nobody); !errors.Is(err, client.ErrInvalidArgument) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// collect gives the links of a list up to its first error, which is the last item.
func collect(list func(func(client.Link, error) bool)) (ids []string, err error) {
	for link, failure := range list {
		if failure != nil {
			err = failure
			continue
		}
		ids = append(ids, link.ID.String())
	}
	return ids, err
}

// A new link takes Read, and the portal's choice in all that the spec leaves out.
func TestNewLinkHasDefaults(t *testing.T) {
	portal, s := scripted(t, nil, ok(linkJSON(linkID, 2, `"internal":true`, `"expirationDate":"2027-01-01T00:00:00.0000000Z"`)))
	if _, err := portal.SetFileLink(context.Background(), 7, client.LinkSpec{}); err != nil || s.sent[0].body != `{"access":2}` {
		t.Errorf("got %v, sent %s", err, s.sent[0].body)
	}
}

// pages answers with these numbers of links, and says the total when it is not negative.
func pages(total int, sizes ...int) []answer {
	var answers []answer
	n := 0
	for _, size := range sizes {
		var links []string
		for range size {
			n++
			links = append(links, linkJSON(fmt.Sprintf("00000000-0000-0000-0000-%012d", n), 2))
		}
		body := fmt.Sprintf(`{"response":[%s],"count":%d,"links":[],"status":0,"statusCode":200}`, strings.Join(links, ","), size)
		if total >= 0 {
			body = strings.Replace(body, `"links":[]`, fmt.Sprintf(`"total":%d,"links":[]`, total), 1)
		}
		answers = append(answers, answer{status: 200, body: body})
	}
	return answers
}

func TestPagesOfLinks(t *testing.T) {
	for name, test := range map[string]struct {
		answers []answer
		links   int
		starts  string
	}{
		"none":          {pages(0, 0), 0, "0"},
		"one page":      {pages(3, 3), 3, "0"},
		"without total": {pages(-1, 100, 1), 100, "0"},
		"three pages":   {pages(250, 100, 100, 50), 250, "0 100 200"},
		"small pages":   {pages(3, 1, 1, 1), 3, "0 1 2"},
		"fewer come":    {pages(250, 100, 0), 100, "0 100"}, // the total also counts what the caller may not see
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answers...)
			links, err := collect(portal.FileLinks(context.Background(), 7))
			var starts []string
			for _, r := range s.sent {
				starts = append(starts, strings.TrimPrefix(r.query, "count=100&startIndex="))
			}
			if err != nil || len(links) != test.links || strings.Join(starts, " ") != test.starts {
				t.Errorf("got %d links, %v, asked from %v", len(links), err, starts)
			}
		})
	}
}

// Who stops early sends no further request, and an error ends the list.
func TestListOfLinksEnds(t *testing.T) {
	ctx := context.Background()
	portal, s := scripted(t, nil, pages(200, 100, 100)...)
	for range portal.FileLinks(ctx, 7) {
		break
	}
	if len(s.sent) != 1 {
		t.Errorf("sent %s", s.requests())
	}
	portal, s = scripted(t, nil, pages(200, 100)[0], status(403))
	links, err := collect(portal.FileLinks(ctx, 7))
	mustBe(t, err, client.ErrForbidden)
	if len(links) != 100 || len(s.sent) != 2 {
		t.Errorf("got %d links, sent %s", len(links), s.requests())
	}
	for _, response := range []string{`null`, `{}`, `[{}]`, `[` + linkJSON(linkID, 2) + `,{"access":2}]`} {
		portal, _ := scripted(t, nil, ok(response))
		links, err := collect(portal.RoomLinks(ctx, 10))
		mustBe(t, err, client.ErrMalformedResponse)
		if len(links) > 0 {
			t.Errorf("%s: got %v", response, links)
		}
	}
}

// A change is not sent when the link would lose something by it.
func TestChangesThatAreNotSent(t *testing.T) {
	for name, test := range map[string]struct {
		spec   client.LinkSpec
		link   string
		open   answer // to a visitor
		kind   error
		change bool
	}{
		"no such link":        {client.LinkSpec{}, "", answer{}, client.ErrLinkNotFound, false},
		"expired":             {client.LinkSpec{}, linkJSON(linkID, 2, `"isExpired":true`, `"password":"Secret123!"`), answer{}, client.ErrLinkExpired, false},
		"expired, new end":    {client.LinkSpec{Expires: client.Set(time.Time{})}, linkJSON(linkID, 2, `"isExpired":true`, `"password":"Secret123!"`), answer{}, nil, true},
		"untold password":     {client.LinkSpec{}, linkJSON(linkID, 2), ok(`{"status":3}`), client.ErrPasswordRequired, false},
		"no password":         {client.LinkSpec{}, linkJSON(linkID, 2), ok(`{"status":0}`), nil, true},
		"nobody can tell":     {client.LinkSpec{}, linkJSON(linkID, 2), status(403), nil, true},
		"untold, given again": {client.LinkSpec{Password: client.Set("")}, linkJSON(linkID, 2), answer{}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			answers := []answer{ok("[" + test.link + "]")}
			if test.open.status != 0 {
				answers = append(answers, test.open)
			}
			portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, append(answers, ok(linkJSON(linkID, 2, `"password":null`)))...)
			test.spec.ID = theLink(t)
			_, err := portal.SetFileLink(context.Background(), 7, test.spec)
			if test.kind != nil {
				mustBe(t, err, test.kind, client.ErrInvalidArgument)
			}
			if strings.Contains(s.requests(), "PUT") != test.change {
				t.Errorf("got %v, sent %s", err, s.requests())
			}
			if test.open.status != 0 && (s.sent[1].path != "/api/2.0/files/share/SHARESECRET" || s.sent[1].header.Get("Authorization") != "") {
				t.Errorf("sent %+v", s.sent[1])
			}
		})
	}
}

// A change is not sent when the portal does not say what the link is now, and the error says why.
func TestChangesOfLinksThatCannotBeRead(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, answer{status: 403, body: errorJSON(403, "Access denied", `"System.Security.SecurityException"`)})
	_, err := portal.SetFileLink(context.Background(), 7, client.LinkSpec{ID: theLink(t)})
	mustBe(t, err, client.ErrForbidden, client.ErrAccessDenied)
	if strings.Contains(s.requests(), "PUT") {
		t.Errorf("sent %s", s.requests())
	}
}

// A portal that does not tell passwords is tried as a visitor.
func TestPasswordsThatAreNotTold(t *testing.T) {
	for name, test := range map[string]struct {
		open answer
		want string
	}{
		"in force":        {ok(`{"status":3}`), ""},
		"not in force":    {ok(`{"status":0}`), "password"},
		"nobody can tell": {ok(`{"status":5}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, ok(linkJSON(linkID, 2)), test.open)
			link, err := portal.SetRoomLink(context.Background(), 10, client.LinkSpec{Password: client.Set("Secret123!")})
			checkNotInForce(t, err, "setRoomLink", test.want)
			if link.ID != theLink(t) || s.requests() != "PUT rooms/10/links, GET share/SHARESECRET" {
				t.Errorf("got %v, sent %s", link, s.requests())
			}
		})
	}
}

func TestRevokeLink(t *testing.T) {
	none := answer{status: 200, body: `{"count":0,"links":[],"status":0,"statusCode":200}`}
	limit := answer{status: 403, body: errorJSON(403, "The maximum number of links may not exceed 0", `"System.InvalidOperationException"`)}
	const plain = `{"linkId":"` + linkID + `","access":0,"internal":false,"linkType":1}`
	for name, test := range map[string]struct {
		answers []answer
		sent    []string
		left    bool
	}{
		"gone":                 {[]answer{none}, []string{plain}, false},
		"remade":               {[]answer{ok(linkJSON("00000000-0000-0000-0000-000000000009", 2))}, []string{plain}, false},
		"not there":            {[]answer{limit}, []string{plain}, false},
		"kept":                 {[]answer{ok(linkJSON(linkID, 2))}, []string{plain}, true},
		"of a data room":       {[]answer{ok(linkJSON(linkID, 2, `"internal":true`)), none}, []string{plain, strings.Replace(plain, "false", "true", 1)}, false},
		"kept in a data room":  {[]answer{ok(linkJSON(linkID, 2, `"internal":true`))}, []string{plain, strings.Replace(plain, "false", "true", 1)}, true},
		"sent again after 503": {[]answer{status(503), none}, []string{plain, plain}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, test.answers...)
				err := portal.RevokeRoomLink(context.Background(), 10, theLink(t))
				properties := ""
				if test.left {
					properties = "access"
				}
				checkNotInForce(t, err, "setRoomLink", properties)
				var bodies []string
				for _, r := range s.sent {
					bodies = append(bodies, r.body)
				}
				if strings.Join(bodies, "\n") != strings.Join(test.sent, "\n") {
					t.Errorf("sent %q", bodies)
				}
			})
		})
	}
}

func TestRevokeLinkFails(t *testing.T) {
	ctx := context.Background()
	for name, test := range map[string]struct {
		answer answer
		kinds  []error
	}{
		"not allowed": {answer{status: 403, body: errorJSON(403, "Access denied", `"System.Security.SecurityException"`)}, []error{client.ErrForbidden, client.ErrAccessDenied}},
		"some JSON":   {answer{status: 200, body: `{}`}, []error{client.ErrMalformedResponse}},
		"no link":     {ok(`{}`), []error{client.ErrMalformedResponse}},
	} {
		t.Run(name, func(t *testing.T) {
			portal, _ := scripted(t, nil, test.answer)
			mustBe(t, portal.RevokeFileLink(ctx, 7, theLink(t)), test.kinds...)
			mustBe(t, portal.RevokeFolderLink(ctx, 8, theLink(t)), test.kinds...)
		})
	}
	portal, s := scripted(t, nil, status(500))
	mustBe(t, portal.RevokeRoomLink(ctx, 10, types.UUID{}), client.ErrInvalidArgument)
	if len(s.sent) > 0 {
		t.Errorf("sent %s", s.requests())
	}
}

// What makes a link is sent once, whatever comes back. What changes one is sent again.
func TestWhatMakesLinksIsSentOnce(t *testing.T) {
	ctx := context.Background()
	id := theLink(t)
	zero := types.UUID{}
	for name, test := range map[string]struct {
		call func(*client.Portal) error
		sent int
	}{
		"room's primary":    {func(p *client.Portal) error { _, err := p.RoomLink(ctx, 10); return err }, 1},
		"file's primary":    {func(p *client.Portal) error { _, err := p.FileLink(ctx, 7); return err }, 1},
		"folder's primary":  {func(p *client.Portal) error { _, err := p.FolderLink(ctx, 8); return err }, 1},
		"new, of a room":    {func(p *client.Portal) error { _, err := p.SetRoomLink(ctx, 10, client.LinkSpec{}); return err }, 1},
		"new, of a file":    {func(p *client.Portal) error { _, err := p.SetFileLink(ctx, 7, client.LinkSpec{}); return err }, 1},
		"new, of a folder":  {func(p *client.Portal) error { _, err := p.SetFolderLink(ctx, 8, client.LinkSpec{}); return err }, 1},
		"create for file":   {func(p *client.Portal) error { _, err := p.CreateFileLink(ctx, 7, client.LinkSpec{}); return err }, 1},
		"create for folder": {func(p *client.Portal) error { _, err := p.CreateFolderLink(ctx, 8, client.LinkSpec{}); return err }, 1},
		"list":              {func(p *client.Portal) error { _, err := collect(p.FileLinks(ctx, 7)); return err }, 3},
		"revocation":        {func(p *client.Portal) error { return p.RevokeFolderLink(ctx, 8, id) }, 3},
		"policy": {func(p *client.Portal) error {
			_, err := p.SetExternalSharingSettings(ctx, client.ExternalSharingSettings{})
			return err
		}, 3},
		"where a link leads": {func(p *client.Portal) error { _, err := p.Visitor().Open(ctx, "KEY"); return err }, 3},
		"generated, new": {func(p *client.Portal) error {
			_, err := p.API().SetFileExternalLinkWithResponse(ctx, 7, nil, api.FileLinkRequest{LinkID: &zero})
			return err
		}, 1},
		"generated, primary": {func(p *client.Portal) error {
			_, err := p.API().GetRoomsPrimaryExternalLinkWithResponse(ctx, 10, nil)
			return err
		}, 1},
		"generated, change": {func(p *client.Portal) error {
			_, err := p.API().SetRoomLinkWithResponse(ctx, 10, nil, api.RoomLinkRequest{LinkID: &id})
			return err
		}, 3},
	} {
		for what, first := range map[string]answer{"503": status(503), "429": status(429), "reset": {err: errors.New("reset")}} {
			t.Run(name+" "+what, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					portal, s := scripted(t, nil, first)
					if err := test.call(portal); err == nil && !strings.HasPrefix(name, "generated") || len(s.sent) != test.sent {
						t.Errorf("got %v, sent %s", err, s.requests())
					}
				})
			})
		}
	}
	t.Run("change", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			portal, s := scripted(t, nil, ok("["+linkJSON(linkID, 2, `"password":"Secret123!"`)+"]"), status(503))
			_, err := portal.SetRoomLink(ctx, 10, client.LinkSpec{ID: id})
			mustBe(t, err, client.ErrServer)
			if len(s.sent) != 4 {
				t.Errorf("sent %s", s.requests())
			}
		})
	})
}

// net/http sends a GET again when a connection that was kept breaks. The portal may have made the link by then.
func TestPrimaryLinkOnStaleConnection(t *testing.T) {
	var count atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/links") {
			reply(200, jsonType, envelope(`[]`))(w, r)
			return
		}
		count.Add(1)
		panic(http.ErrAbortHandler)
	}))
	defer server.Close()
	portal := newPortal(t, server.URL, client.WithHTTPClient(&http.Client{Transport: &http.Transport{}}))
	if links, err := collect(portal.FileLinks(context.Background(), 7)); err != nil || len(links) > 0 { // this connection is kept
		t.Fatal(links, err)
	}
	_, err := portal.FileLink(context.Background(), 7)
	mustBe(t, err, client.ErrConnection)
	if count.Load() != 1 {
		t.Errorf("%d requests", count.Load())
	}
}

// No error repeats the secrets of a link: those that were sent, and those that it has already.
func TestLinkCallsKeepSecrets(t *testing.T) {
	ctx := context.Background()
	kept := linkJSON(linkID, 2, `"password":"PASSSECRETkept"`)
	for name, status := range map[string]int{"refused": 403, "unreadable": 400, "broken": 500} {
		t.Run(name, func(t *testing.T) {
			w := &watch{}
			portal, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.Method == "GET" {
					reply(200, jsonType, envelope("["+kept+"]"))(w, r)
					return
				}
				reply(status, jsonType, errorJSON(status, echoes(r)+" SHARESECRET http://portal/s/SHARESECRETshort PASSSECRETkept", "null"))(w, r)
			}, append(w.options(), client.WithAPIKey(apiKey), client.WithRetry(client.RetryPolicy{Attempts: 1}))...)
			ctx := client.WithResponseInfo(ctx, &w.info)
			_, err := portal.SetRoomLink(ctx, 10, client.LinkSpec{ID: theLink(t), Title: client.Set("b")})
			checkErrorSecrets(t, err)
			_, err = portal.SetFileLink(ctx, 7, client.LinkSpec{ID: theLink(t), Password: client.Set(password)})
			checkErrorSecrets(t, err)
			w.check(t)
		})
	}
	for name, call := range map[string]func(*client.Portal) error{
		"made": func(p *client.Portal) error {
			_, err := p.SetFolderLink(ctx, 8, client.LinkSpec{Password: client.Set(password)})
			return err
		},
		"posted": func(p *client.Portal) error {
			_, err := p.CreateFileLink(ctx, 7, client.LinkSpec{Password: client.Set(password)})
			return err
		},
		"opened": func(p *client.Portal) error { _, err := p.Visitor().Open(ctx, shareKey); return err },
		"generated": func(p *client.Portal) error {
			_, err := p.API().SetFileExternalLink(ctx, 7, nil, api.FileLinkRequest{Password: client.Set(password)})
			return err
		},
		"generated share": func(p *client.Portal) error { _, err := p.API().GetExternalShareData(ctx, shareKey, nil); return err },
	} {
		t.Run(name, func(t *testing.T) {
			portal := newPortal(t, "https://portal.example", client.WithAPIKey(apiKey), client.WithHTTPClient(doer(func(r *http.Request) (*http.Response, error) {
				if r.Body == nil {
					r.Body = http.NoBody
				}
				return nil, fmt.Errorf("no route to %s with %s", r.URL, echoes(r))
			})))
			checkErrorSecrets(t, call(portal))
		})
	}
}
