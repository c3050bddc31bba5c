package mockserver

import (
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// bindPassword sets dto.Password to the password of the body. nil is none.
func bindPassword(dto *api.ExternalShareRequestParam, body []byte, declaredEmpty bool) error {
	reader := dotnet.NewObjectReader(body, "ASC.Files.Core.ApiModels.RequestDto.ExternalShareRequestParam", "RequestParam")
	if declaredEmpty {
		return reader.Missing()
	}
	bad := reader.Read(func(name string, value any) *dotnet.BodyError {
		if !dotnet.EqualFold(name, "password") {
			return nil
		}
		switch value := value.(type) {
		case nil:
			dto.Password = nil
		case string:
			dto.Password = &value
		default:
			return reader.Mismatch("$."+name, "expected a text or null", value, "System.String")
		}
		return nil
	})
	if bad != nil {
		return bad
	}
	return nil
}
