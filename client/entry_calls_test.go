package client_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/mock-docspace/mock-docspace/client"
)

// contentJSON is what is in a folder, as the server answers it. A total below zero is left out.
func contentJSON(folders, files []string, total int) string {
	content := fmt.Sprintf(`{"files":[%s],"folders":[%s],"current":%s,"pathParts":[],"startIndex":0,"count":%d,"new":0`,
		strings.Join(files, ","), strings.Join(folders, ","), folderJSON(10), len(folders)+len(files))
	if total >= 0 {
		content += fmt.Sprintf(`,"total":%d`, total)
	}
	return content + "}"
}

// contents are pages with these numbers of folders and files, whose ids count from 1.
func contents(total int, sizes ...[2]int) []answer {
	var answers []answer
	n := 0
	for _, size := range sizes {
		var lists [2][]string
		for kind := range lists {
			for range size[kind] {
				n++
				lists[kind] = append(lists[kind], []func(int, ...string) string{folderJSON, fileJSON}[kind](n))
			}
		}
		answers = append(answers, ok(contentJSON(lists[0], lists[1], total)))
	}
	return answers
}

// titles gives the entries of a list up to its first error, which is the last item.
func titles(list iter.Seq2[client.Entry, error]) (all []string, err error) {
	for entry, failure := range list {
		if failure != nil {
			err = failure
			continue
		}
		all = append(all, fmt.Sprintf("%s %d", entry.Title, entry.ID))
	}
	return all, err
}

func TestEntriesOfFolder(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, contents(3, [2]int{1, 2})...)
	got, err := titles(portal.Entries(context.Background(), 10))
	if err != nil || strings.Join(got, ", ") != "Customers 1, Plan.docx 2, Plan.docx 3" {
		t.Errorf("got %q, %v", got, err)
	}
	if s.requests() != "GET 10" || s.sent[0].query != "count=100&startIndex=0" || s.sent[0].header.Get("Authorization") != "Bearer sk-1" || s.sent[0].header.Get("Request-Token") != "" {
		t.Errorf("sent %+v", s.sent)
	}
}

func TestPagesOfEntries(t *testing.T) {
	for name, test := range map[string]struct {
		answers []answer
		entries int
		starts  string
	}{
		"none":                   {contents(0, [2]int{}), 0, "0"},
		"three pages":            {contents(250, [2]int{100, 0}, [2]int{20, 80}, [2]int{0, 50}), 250, "0 100 200"},
		"small pages":            {contents(3, [2]int{1, 0}, [2]int{0, 1}, [2]int{0, 1}), 3, "0 1 2"},
		"fewer come":             {contents(250, [2]int{0, 100}, [2]int{}), 100, "0 100"},
		"more come":              {contents(1, [2]int{1, 1}), 2, "0"},
		"without total":          {contents(-1, [2]int{100, 0}, [2]int{0, 99}), 199, "0 100"},
		"without total, no more": {contents(-1, [2]int{100, 0}, [2]int{}), 100, "0 100"},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answers...)
			entries, err := titles(portal.Entries(context.Background(), 10))
			var starts []string
			for _, r := range s.sent {
				starts = append(starts, strings.TrimPrefix(r.query, "count=100&startIndex="))
			}
			if err != nil || len(entries) != test.entries || strings.Join(starts, " ") != test.starts {
				t.Errorf("got %d entries, %v, asked from %v", len(entries), err, starts)
			}
		})
	}
}

// Who stops early sends no further request, and an error ends the list.
func TestListOfEntriesEnds(t *testing.T) {
	ctx := context.Background()
	portal, s := scripted(t, nil, contents(200, [2]int{100, 0}, [2]int{0, 100})...)
	for range portal.Entries(ctx, 10) {
		break
	}
	if len(s.sent) != 1 {
		t.Errorf("sent %s", s.requests())
	}
	portal, s = scripted(t, nil, contents(200, [2]int{100, 0})[0], status(403))
	entries, err := titles(portal.Entries(ctx, 10))
	mustBe(t, err, client.ErrForbidden)
	if len(entries) != 100 || len(s.sent) != 2 || asError(t, err).Operation != "getFolderByFolderId" {
		t.Errorf("got %d entries, %v, sent %s", len(entries), err, s.requests())
	}
	for response, want := range map[string]string{
		`null`:                             "property response is missing",
		`{}`:                               "property response.folders is missing",
		`{"folders":[],"total":0}`:         "property response.files is missing",
		`{"folders":null,"files":[]}`:      "property response.folders is missing",
		`{"folders":[{}],"files":[]}`:      "property response.id is missing",
		`{"folders":[],"files":[{}]}`:      "property response.id is missing",
		`{"folders":[{"id":"sbox-77"}]}`:   "property response.folders.id: expected a whole number, got string",
		`{"folders":{},"files":[]}`:        "property response.folders: expected an array, got object",
		`{"folders":[],"files":[1]}`:       "property response.files: expected an object, got number",
		`{"folders":[],"files":[`:          "the JSON is broken or cut off",
		`{"folders":[{"id":1}],"files":7}`: "property response.files: expected an array, got number",
	} {
		portal, s := scripted(t, nil, ok(response))
		entries, err := titles(portal.Entries(ctx, 10))
		mustBe(t, err, client.ErrMalformedResponse)
		if len(entries) > 0 || !strings.Contains(err.Error(), want) || len(s.sent) != 1 {
			t.Errorf("%s: got %v, %v, sent %s", response, entries, err, s.requests())
		}
	}
}

// What a portal refuses has the kind of its status, and what is not there one of its own.
func TestReadsThatFail(t *testing.T) {
	ctx := context.Background()
	refusal := func(status int, message string) answer {
		return answer{status: status, body: errorJSON(status, message, "null")}
	}
	for operation, call := range map[string]func(*client.Portal) error{
		"getFolderInfo":       func(p *client.Portal) error { _, err := p.Folder(ctx, 10); return err },
		"getFileInfo":         func(p *client.Portal) error { _, err := p.File(ctx, 7); return err },
		"getRoomInfo":         func(p *client.Portal) error { _, err := p.Room(ctx, 10); return err },
		"getFolderByFolderId": func(p *client.Portal) error { _, err := titles(p.Entries(ctx, 10)); return err },
	} {
		for name, test := range map[string]struct {
			answer answer
			kinds  []error
		}{
			"not there":   {refusal(404, "The required folder was not found"), []error{client.ErrNotFound, client.ErrEntryNotFound}},
			"no such URL": {status(404), []error{client.ErrNotFound}},
			"refused":     {refusal(403, "You don't have enough permission to view the file"), []error{client.ErrForbidden}},
			"anonymous":   {refusal(401, "System error."), []error{client.ErrUnauthorized}},
			"cut off":     {answer{status: 200, body: `{"response":{"id":1`}, []error{client.ErrMalformedResponse}},
		} {
			t.Run(operation+" "+name, func(t *testing.T) {
				portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, test.answer)
				err := call(portal)
				mustBe(t, err, test.kinds...)
				if asError(t, err).Operation != operation || len(s.sent) != 1 {
					t.Errorf("got %v, sent %s", err, s.requests())
				}
			})
		}
		t.Run(operation+" again", func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, nil, answer{err: errors.New("reset")}, status(503), status(429))
				mustBe(t, call(portal), client.ErrRateLimited)
				if len(s.sent) != 3 {
					t.Errorf("sent %s", s.requests())
				}
			})
		})
		var nobody *client.Portal
		mustBe(t, call(nobody), client.ErrInvalidArgument)
		mustBe(t, call(&client.Portal{}), client.ErrInvalidArgument)
	}
}
