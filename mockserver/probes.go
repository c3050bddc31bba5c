package mockserver

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// answerProbe answers the paths beside the API that need no data. Any method is right, and nobody is asked who they are. It returns
// false when the path is none of them.
func (c *call) answerProbe(w http.ResponseWriter) (done bool, err error) {
	path := strings.Join(c.parts, "/")
	switch {
	case dotnet.EqualFold(strings.TrimSuffix(path, "/"), "liveness"): // HealthCheckOptions.cs (aspnetcore); recorded: VR281, VR286
		c.because("A525")
		header := w.Header()
		header.Set(echo.HeaderCacheControl, "no-store, no-cache")
		header.Set("Pragma", "no-cache")
		header.Set("Expires", "Thu, 01 Jan 1970 00:00:00 GMT")
		return true, c.write(w, &answer{status: http.StatusOK, contentType: "text/plain", body: []byte("Healthy")})
	case strings.HasSuffix(dotnet.ToLower(path), "filehandler.ashx") && c.query.Get("action") == "":
		c.because("A526")
		// The handler of files does not know what to do (Startup.cs, FileHandler.ashx.cs; recorded: VR393, VR396).
		return true, &exception{
			status: http.StatusInternalServerError, traced: true, hresult: -2146233088,
			message: "Bad request.", class: "ASC.Common.Web.HttpException", method: "ASC.Web.Files.FileHandlerService.…",
		}
	default:
		return false, nil
	}
}
