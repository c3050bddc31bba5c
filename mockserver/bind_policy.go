package mockserver

import (
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// bindPolicy sets the five switches of the policy. One that the body leaves out is off.
func bindPolicy(dto *api.ExternalSharingSettingsRequestDto, call *call) error {
	reader := call.jsonObject("ASC.Files.Core.ApiModels.RequestDto.ExternalSharingSettingsRequestDto", "")
	switches := map[string]**bool{
		"externalShare":                 &dto.ExternalShare,
		"defaultShareLinkInternal":      &dto.DefaultShareLinkInternal,
		"externalShareApplyToDocuments": &dto.ExternalShareApplyToDocuments,
		"externalShareApplyToRooms":     &dto.ExternalShareApplyToRooms,
		"blockExistingLinksOnRestrict":  &dto.BlockExistingLinksOnRestrict,
	}
	for _, value := range switches {
		*value = new(bool)
	}
	if call.noBody() {
		return call.missingBody(reader, said{"A1062", "A1064"}, func(p *profile) bool { return p.policyNeedsBody }, "{takes|take} a missing body for a policy with everything off")
	}
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		for known, into := range switches {
			if !dotnet.EqualFold(name, known) {
				continue
			}
			on, ok := value.Bool()
			if !ok {
				return reader.Mismatch("true or false", "System.Boolean")
			}
			**into = on
		}
		return nil
	})
	if bad != nil {
		return bad
	}
	return nil
}
