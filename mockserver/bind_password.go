package mockserver

import (
	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// bindPassword sets dto.Password to the password of the body. nil is none.
func bindPassword(dto *api.ExternalShareRequestParam, call *call) error {
	reader := call.jsonObject(requestDTO+"ExternalShareRequestParam", "RequestParam")
	if call.noBody() {
		return reader.Missing()
	}
	bad := reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		if !dotnet.EqualFold(name, "password") {
			return nil
		}
		password, ok := value.Text()
		switch {
		case value.IsNull():
			dto.Password = nil
		case ok:
			dto.Password = &password
		default:
			return reader.Mismatch("a text or null", "System.String")
		}
		return nil
	})
	if bad != nil {
		return bad
	}
	return nil
}
