package mockserver

import (
	"context"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// GetExternalShareData answers where a share link leads. It is the decision of the password call without a password, so that
// nothing is counted (SecurityController.cs).
func (o operations) GetExternalShareData(ctx context.Context, _ api.GetExternalShareDataRequestObject) (api.GetExternalShareDataResponseObject, error) {
	c := callFrom(ctx)
	use := newLinkUse(c, nil)
	decision := c.state.decide(c.state.profile, o.random, use)
	c.because("A1001")
	c.claims.addAll(decision.claims)
	if decision.entry != nil {
		if err := c.addInner(&decision.share, decision.entry); err != nil {
			return nil, err
		}
	}
	use.open(decision)
	response, err := pickedJSON(appendShare(make([]byte, 0, usualShare), decision.share), c.pickedFields())
	if err != nil {
		return nil, err
	}
	answer := c.success(response)
	answer.cookies = o.shareCookies(c, decision)
	return answer, nil
}

// addInner describes the file or folder of the query, when it is in the entry of the link. The server does so before it asks for the
// password. A file's own link has nothing inside (ExternalLinkHelper.cs; recorded: VE185, VE201).
func (c *call) addInner(share *api.ExternalShareDto, linked *Entry) error {
	id, kind := c.query.Get("fileid"), api.FileEntryTypeFile
	if id == "" {
		id, kind = c.query.Get("folderid"), api.FileEntryTypeFolder
	}
	if id == "" {
		return nil
	}
	if _, ok := dotnet.ParseInt32(id); !ok {
		return because(itemNotFound("Selector '' not found", "ASC.Files.Core.ThirdPartySelector.…"), "A1010")
	}
	inner := c.state.entries.inSpace(id, kind == api.FileEntryTypeFile)
	if inner == nil {
		c.because("A1006")
		return nil
	}
	above := inner
	if kind == api.FileEntryTypeFile {
		above = c.state.entries.parentOf(inner)
	}
	for ; above != nil; above = c.state.entries.parentOf(above) {
		if above == linked {
			kind := int32(kind)
			c.because("A1005")
			share.EntityID, share.EntityTitle, share.EntityType = &inner.ID, &inner.Title, &kind
			return nil
		}
	}
	if linked.Type == EntryFile {
		c.because("A1007")
	} else {
		c.because("A1006")
	}
	return nil
}
