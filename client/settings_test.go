package client_test

import (
	"context"
	"testing"
)

func TestFilesSettingsFromNewerPortal(t *testing.T) {
	portal, _ := serve(t, reply(200, jsonType, envelope(`{
		"externalShare": true, "externalShareSocialMedia": false, "brandNew": {"x": [1]},
		"defaultOrder": {"is_asc": false, "property": 99}, "automaticallyCleanUp": {"isAutoCleanUp": true, "gap": 77},
		"defaultSharingAccessRights": [2, 98], "extsConvertible": {".doc": [".docx"]}, "chunkUploadSize": 10485760
	}`)))
	settings, err := portal.FilesSettings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if !*settings.ExternalShare || *settings.ExternalShareSocialMedia || *settings.AutomaticallyCleanUp.Gap != 77 ||
		*settings.DefaultOrder.Property != 99 || settings.DefaultSharingAccessRights[1] != 98 ||
		settings.ExtsConvertible[".doc"][0] != ".docx" || *settings.ChunkUploadSize != 10485760 || settings.StoreOriginalFiles != nil {
		t.Errorf("got %+v", settings)
	}
}
