package client

import (
	"context"
	"encoding/json"

	"github.com/mock-docspace/mock-docspace/client/api"
)

// FilesSettings are the portal's Files settings. Every property is optional: a portal may leave out any of them.
type FilesSettings struct {
	api.FilesSettingsDto

	// Extra holds the properties that this version does not know, as JSON by name. It is nil when there are none.
	Extra map[string]json.RawMessage `json:"-"`
}

// FilesSettings reads the portal's Files settings: the caller's preferences, the portal's switches and the tables of
// formats. A real portal also answers callers without credentials. It then gives constants and not its state. To read only
// the switches, call [Portal.SharingPolicy].
func (p *Portal) FilesSettings(ctx context.Context) (settings *FilesSettings, err error) {
	c, err := p.begin(ctx, opFilesSettings)
	defer func() { c.end(err) }()
	if err != nil {
		return nil, err
	}
	resp, err := p.get(c, p.requests.settings)
	settings, body, err := decodeAnswer[FilesSettings](c, resp, err)
	if err != nil {
		return nil, err
	}
	settings.Extra = unknownOf[api.FilesSettingsDto](body)
	return settings, nil
}
