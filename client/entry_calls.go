package client

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// Folder reads a room or folder. Without one of this number the error matches [ErrEntryNotFound]. A caller who may not read it
// gets [ErrForbidden], and one without credentials [ErrUnauthorized].
func (p *Portal) Folder(ctx context.Context, folder int32) (Folder, error) {
	return entryReader{portal: p}.folder(ctx, folder)
}

// File reads what there is to know of a file, without its content. Without one of this number the error matches
// [ErrEntryNotFound]. A caller who may not read it gets [ErrForbidden].
func (p *Portal) File(ctx context.Context, file int32) (File, error) {
	return entryReader{portal: p}.file(ctx, file)
}

// Entries lists what is right in a room or folder: the folders, and then the files. It asks for the next hundred when the last
// ones are used up. After an error the list ends. Entries of a third party's storage, whose IDs are no numbers, are an
// [ErrMalformedResponse].
func (p *Portal) Entries(ctx context.Context, folder int32) iter.Seq2[Entry, error] {
	return entryReader{portal: p}.entries(ctx, folder)
}

// entryReader reads entries: as the Portal, or as its visitor with the key of a link.
type entryReader struct {
	portal  *Portal
	visitor *Visitor // nil is the Portal
	key     string
}

// sendRead sends a read with one of these clients.
type sendRead func(raw *api.Client, c *call) (*http.Response, error)

func (r entryReader) folder(ctx context.Context, folder int32) (Folder, error) {
	return readEntry(ctx, r, opFolder, (*call).folderOf, func(raw *api.Client, c *call) (*http.Response, error) {
		return raw.GetFolderInfo(c, folder, nil)
	})
}

func (r entryReader) file(ctx context.Context, file int32) (File, error) {
	return readEntry(ctx, r, opFile, (*call).fileOf, func(raw *api.Client, c *call) (*http.Response, error) {
		return raw.GetFileInfo(c, file, nil)
	})
}

func (r entryReader) entries(ctx context.Context, folder int32) iter.Seq2[Entry, error] {
	return pagesOf(func(start int) (page []Entry, total int64, err error) {
		folders, files, total, err := r.content(ctx, opFolderContent, start, func(raw *api.Client, c *call) (*http.Response, error) {
			return raw.GetFolderByFolderID(c, folder, &api.GetFolderByFolderIDParams{Count: Set(int32(maxListed)), StartIndex: Set(int32(start))}) //nolint:gosec // as many entries as a portal listed
		})
		for i := range folders {
			page = append(page, folders[i].Entry)
		}
		for i := range files {
			page = append(page, files[i].Entry)
		}
		return page, total, err
	})
}

// content gives one page of what is in a folder, and how many entries there are. Without a total a full page is not the last
// one.
func (r entryReader) content(ctx context.Context, operation string, start int, send sendRead) (folders []Folder, files []File, total int64, err error) {
	type page struct {
		folders []Folder
		files   []File
		total   *int32
	}
	got, err := readEntry(ctx, r, operation, func(c *call, seen *api.FolderContentDto) (all page, err error) {
		switch {
		case seen.Folders == nil:
			return all, c.missingProperty("folders")
		case seen.Files == nil:
			return all, c.missingProperty("files")
		}
		all.total = seen.Total
		for i := range seen.Folders {
			folder, err := c.folderOf(&seen.Folders[i])
			if err != nil {
				return page{}, err
			}
			all.folders = append(all.folders, folder)
		}
		for i := range seen.Files {
			file, err := c.fileOf(&seen.Files[i])
			if err != nil {
				return page{}, err
			}
			all.files = append(all.files, file)
		}
		return all, nil
	}, send)
	switch n := len(got.folders) + len(got.files); {
	case got.total != nil:
		total = int64(*got.total)
	case n >= maxListed:
		total = int64(start + n + 1)
	}
	return got.folders, got.files, total, err
}

// readEntry sends a read, and takes what it answers.
func readEntry[D, T any](ctx context.Context, r entryReader, operation string, take func(*call, *D) (T, error), send sendRead) (T, error) {
	ctx = r.portal.withSharedDeadline(ctx)
	read, err := readOnce(ctx, r, operation, take, send)
	return read, r.explain(ctx, err)
}

func readOnce[D, T any](ctx context.Context, r entryReader, operation string, take func(*call, *D) (T, error), send sendRead) (read T, err error) {
	c, err := r.begin(ctx, operation)
	defer func() { c.end(err) }()
	if err != nil {
		return read, err
	}
	resp, err := send(r.raw(), c)
	seen, _, err := decodeAnswer[D](c, resp, err)
	if err != nil {
		return read, err
	}
	return take(c, seen)
}

func (r entryReader) begin(ctx context.Context, operation string) (*call, error) {
	c, err := r.portal.begin(ctx, operation)
	if r.visitor == nil {
		return c, err
	}
	c.arguments = func() []string { return []string{r.key} }
	if err == nil {
		err = checkShareKey(c, r.key)
	}
	if err == nil && !fitsHeader(r.key) {
		err = c.refuse("the share key has characters that no header can have", ErrInvalidShareKey, ErrInvalidArgument)
	}
	return c, err
}

// raw is the generated client that sends the requests.
func (r entryReader) raw() *api.Client {
	raw := r.portal.raw
	if r.visitor == nil {
		return raw
	}
	withKey := func(_ context.Context, req *http.Request) error {
		req.Header.Set("Request-Token", r.key)
		return nil
	}
	return &api.Client{Server: raw.Server, Client: r.visitor.doer, RequestEditors: append(slices.Clone(raw.RequestEditors), withKey)}
}

// explain asks the portal why a link opens nothing to a visitor. A portal refuses a link that is over, or not unlocked yet, as it
// refuses an entry that the link does not lead to: with 401 or 403 (FileSecurity.cs).
func (r entryReader) explain(ctx context.Context, err error) error {
	var refused *Error
	if r.visitor == nil || !errors.As(err, &refused) || !errors.Is(err, ErrForbidden) && !errors.Is(err, ErrUnauthorized) {
		return err
	}
	var closed *LinkError
	_, reason := r.visitor.askShare(ctx, r.key, nil)
	switch {
	case errors.As(reason, &closed):
		return closed
	case reason != nil:
		return err
	}
	elsewhere := *refused
	elsewhere.kinds, elsewhere.detail = []error{ErrForbidden}, "the link is open, and does not lead to this entry"
	return &elsewhere
}

// fitsHeader says whether the text arrives in a header as it is.
func fitsHeader(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return text[0] != ' ' && text[len(text)-1] != ' '
}
