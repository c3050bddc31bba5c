package client

import (
	"context"
	"iter"
	"strconv"
)

// Entries lists what is right in a folder that the link with this key opens, as [Portal.Entries] does. The folder 0 is the one
// to which the link leads. Send a password first, with [Visitor.Open] or [Visitor.Unlock], when the link has one.
//
// The key goes in a header, with the cookies of the Visitor and without the portal's credentials. When the link does not open,
// the error is a [*LinkError]; a portal that refuses is asked for the reason. When the link is open and leads elsewhere, the
// error matches [ErrForbidden].
func (v *Visitor) Entries(ctx context.Context, key string, folder int32) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		r, id, err := v.reader(ctx, opFolderContent, key, folder, FileEntryTypeFolder)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		r.entries(ctx, id)(yield)
	}
}

// Folder reads a room or folder that the link with this key opens. The folder 0 is the one to which the link leads. The errors
// are those of [Visitor.Entries] and [Portal.Folder].
func (v *Visitor) Folder(ctx context.Context, key string, folder int32) (Folder, error) {
	ctx = v.withSharedDeadline(ctx)
	r, id, err := v.reader(ctx, opFolder, key, folder, FileEntryTypeFolder)
	if err != nil {
		return Folder{}, err
	}
	return r.folder(ctx, id)
}

// File reads what there is to know of a file that the link with this key opens. The file 0 is the one to which the link leads.
// The errors are those of [Visitor.Entries] and [Portal.File].
func (v *Visitor) File(ctx context.Context, key string, file int32) (File, error) {
	ctx = v.withSharedDeadline(ctx)
	r, id, err := v.reader(ctx, opFile, key, file, FileEntryTypeFile)
	if err != nil {
		return File{}, err
	}
	return r.file(ctx, id)
}

// reader makes the reader of a visitor, and finds the number of the link's own entry when none is given. A file can have the
// number of a folder, so the link has to lead to what is asked for.
func (v *Visitor) reader(ctx context.Context, operation, key string, entry int32, kind FileEntryType) (entryReader, int32, error) {
	r := entryReader{visitor: v, key: key}
	if v == nil {
		r.visitor = &Visitor{}
	}
	r.portal = r.visitor.portal
	c, err := r.begin(ctx, operation) // only for the refusals
	if err != nil || entry != 0 {
		return r, entry, err
	}
	share, err := v.askShare(ctx, key, nil)
	if err != nil {
		return r, 0, err
	}
	if share.Type != nil && *share.Type != kind {
		return r, 0, c.refuse("the link leads to an entry of another kind; ask for a folder or for a file", ErrInvalidArgument)
	}
	id, err := strconv.ParseInt(valueOf(share.ID), 10, 32)
	if err != nil {
		return r, 0, c.refuse("the link leads to an entry without a number, such as one of a third party's storage", ErrInvalidArgument)
	}
	return r, int32(id), nil
}

func (v *Visitor) withSharedDeadline(ctx context.Context) context.Context {
	if v == nil {
		return ctx
	}
	return v.portal.withSharedDeadline(ctx)
}
