package client_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
)

// folderJSON and fileJSON are entries as the server answers them to a visitor, with other properties.
func folderJSON(id int, more ...string) string {
	return entryJSON(fmt.Sprintf(`{"parentId":2,"filesCount":3,"foldersCount":1,"roomType":5,"fileEntryType":1,"id":%d,"title":"Customers","access":2,"shared":true,`+
		`"security":{"Read":true,"Delete":false},"requestToken":"SHARESECRET","shortWebUrl":"http://portal/s/SHARESECRETshort",`+
		`"created":"2026-11-28T10:00:00.0000000+03:00","updated":"2026-11-28T09:00:00.0000000Z"`, id), more)
}

func fileJSON(id int, more ...string) string {
	return entryJSON(fmt.Sprintf(`{"folderId":10,"version":4,"contentLength":"6 bytes","pureContentLength":6,"viewUrl":"http://portal/a?key=SHARESECRET",`+
		`"webUrl":"http://portal/b?key=SHARESECRET","fileEntryType":2,"id":%d,"title":"Plan.docx","access":10,"shared":false,"security":{"Read":true,"Edit":true},`+
		`"requestToken":"SHARESECRET","shortWebUrl":"http://portal/s/SHARESECRETshort","created":"2026-11-28T10:00:00.0000000+03:00","updated":"2026-11-28T09:00:00.0000000Z"`, id), more)
}

func entryJSON(properties string, more []string) string {
	for _, property := range more {
		properties += "," + property // the last one of a name counts
	}
	return properties + "}"
}

func TestFolderOfAnswer(t *testing.T) {
	portal, _ := scripted(t, nil, ok(folderJSON(10)))
	folder, err := portal.Folder(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	created, updated := folder.Created, folder.Updated
	if !created.Equal(time.Date(2026, 11, 28, 7, 0, 0, 0, time.UTC)) || !updated.Equal(time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("got %s and %s", created, updated)
	}
	if folder.Key.Reveal() != "SHARESECRET" || folder.ShortWebURL.Reveal() != "http://portal/s/SHARESECRETshort" {
		t.Errorf("got %q and %q", folder.Key.Reveal(), folder.ShortWebURL.Reveal())
	}
	checkSecrets(t, folder)
	checkSecrets(t, &folder)
	folder.Key, folder.ShortWebURL = client.Secret{}, client.Secret{}
	want := client.Folder{
		Entry: client.Entry{
			ID: 10, Type: client.FileEntryTypeFolder, Title: "Customers", Access: client.FileShareRead, Shared: true,
			Security: map[string]bool{"Read": true, "Delete": false}, Created: created, Updated: updated,
		},
		ParentID: 2, RoomType: client.RoomTypeCustomRoom, FilesCount: 3, FoldersCount: 1,
	}
	if !reflect.DeepEqual(folder, want) {
		t.Errorf("got %+v, want %+v", folder, want)
	}
}

func TestFileOfAnswer(t *testing.T) {
	portal, _ := scripted(t, nil, ok(fileJSON(7)))
	file, err := portal.File(context.Background(), 7)
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]client.Secret{
		"SHARESECRET": file.Key, "http://portal/s/SHARESECRETshort": file.ShortWebURL,
		"http://portal/a?key=SHARESECRET": file.ViewURL, "http://portal/b?key=SHARESECRET": file.WebURL,
	} {
		if secret.Reveal() != name {
			t.Errorf("got %q, want %q", secret.Reveal(), name)
		}
	}
	checkSecrets(t, file)
	file.Key, file.ShortWebURL, file.ViewURL, file.WebURL = client.Secret{}, client.Secret{}, client.Secret{}, client.Secret{}
	want := client.File{
		Entry: client.Entry{
			ID: 7, Type: client.FileEntryTypeFile, Title: "Plan.docx", Size: 6, Access: client.FileShareEditing,
			Security: map[string]bool{"Read": true, "Edit": true}, Created: file.Created, Updated: file.Updated,
		},
		FolderID: 10, Version: 4,
	}
	if !reflect.DeepEqual(file, want) {
		t.Errorf("got %+v, want %+v", file, want)
	}
}

// A portal leaves out what does not concern the caller, and newer ones have other numbers.
func TestEntriesOfOtherPortals(t *testing.T) {
	ctx := context.Background()
	portal, _ := scripted(t, nil, ok(`{"id":10}`))
	folder, err := portal.Folder(ctx, 10)
	if want := (client.Folder{Entry: client.Entry{ID: 10, Type: client.FileEntryTypeFolder}}); err != nil || !reflect.DeepEqual(folder, want) {
		t.Errorf("got %+v, %v", folder, err)
	}
	file, err := portal.File(ctx, 10)
	if want := (client.File{Entry: client.Entry{ID: 10, Type: client.FileEntryTypeFile}}); err != nil || !reflect.DeepEqual(file, want) {
		t.Errorf("got %+v, %v", file, err)
	}
	portal, _ = scripted(t, nil, ok(folderJSON(10, `"roomType":77`, `"access":99`, `"security":{"Teleport":true}`, `"new":8`, `"extra":[]`)))
	if folder, err := portal.Folder(ctx, 10); err != nil || folder.RoomType != 77 || folder.Access != 99 || !folder.Security["Teleport"] {
		t.Errorf("got %+v, %v", folder, err)
	}
}

// An answer that is no entry is an error, without the values of the body.
func TestMalformedEntries(t *testing.T) {
	for response, want := range map[string]string{
		`null`:                            "property response is missing",
		`{}`:                              "property response.id is missing",
		`{"title":"x"}`:                   "property response.id is missing",
		`{"id":"sbox-77-SHARESECRET"}`:    "property response.id: expected a whole number, got string",
		`{"id":99999999999}`:              "property response.id: expected a whole number, got number",
		`{"id":10,"security":[]}`:         "property response.security: expected an object, got array",
		`{"id":10,"created":"yesterday"}`: "a property has an unreadable value",
		`[]`:                              "property response: expected an object, got array",
	} {
		portal, _ := scripted(t, nil, ok(response))
		_, folderErr := portal.Folder(context.Background(), 10)
		_, fileErr := portal.File(context.Background(), 10)
		for _, err := range []error{folderErr, fileErr} {
			mustBe(t, err, client.ErrMalformedResponse)
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: got %q", response, err)
			}
			checkSecrets(t, err)
		}
	}
}
