package host

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host/page"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/portalname"
)

// The paths of the page that people open in a browser, and of its files.
const (
	pagePath  = controlPath + "/"
	filesPath = pagePath + "page/"
)

// servePage answers requests for the page of a portal, and people who open the portal itself. It returns false when a request is for
// something else. Page and files have nothing of the portal in them: so they are there without the token, for which the page asks.
func (h *Host) servePage(w http.ResponseWriter, r *http.Request, control bool) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	name, isFile := strings.CutPrefix(r.URL.Path, filesPath)
	switch path := r.URL.Path; {
	case path == "/" && wantsHTML(r) && control && h.options.noControl: // at the control API's own address, where no calls of a portal are
		w.Header().Set(mockserver.HeaderVersion, mockserver.Version)
		http.Redirect(w, r, portalname.PrefixFrom(r.Context())+pagePath, http.StatusTemporaryRedirect)
		return true
	case path == "/" && wantsHTML(r):
		w.Header().Set(mockserver.HeaderVersion, mockserver.Version)
		address := ""
		if control {
			address = portalname.PrefixFrom(r.Context()) + pagePath
		}
		page.Welcome(w, r, address)
		return true
	case !control, path != controlPath && path != pagePath && !isFile:
		return false
	}
	w.Header().Set(mockserver.HeaderVersion, mockserver.Version)
	switch {
	case !sameSite(r):
		writeRefusal(w, refuseControl(http.StatusForbidden, "the page of the portal is not shown by other sites: open its address yourself"))
	case h.rebound(r):
		writeRefusal(w, refuseControl(http.StatusForbidden, "Host %.60q may be that of a web page: open the page by an IP address or localhost, or give the server a token", r.Host))
	case r.URL.Path == controlPath:
		http.Redirect(w, r, portalname.PrefixFrom(r.Context())+pagePath, http.StatusTemporaryRedirect)
	case !isFile:
		page.Serve(w, r, "index.html")
	case name == "about.json":
		w.Header().Set(echo.HeaderCacheControl, "no-store")
		w.Header().Set(echo.HeaderXContentTypeOptions, "nosniff")
		write(w, http.StatusOK, dotnet.ContentJSON, dotnet.AppendJSON(nil, h.about(r)))
	default:
		return page.Serve(w, r, name)
	}
	return true
}

// about is what the page knows without asking the portal: which fake this is, where its portals are, and which calls they have.
type about struct {
	Version string      `json:"version"`
	Address string      `json:"address"`
	Calls   []aboutCall `json:"calls"`
}

type aboutCall struct {
	Operation mockserver.Operation `json:"operation"`
	Method    string               `json:"method"`
	Path      string               `json:"path"`
}

func (h *Host) about(r *http.Request) about {
	a := about{Version: mockserver.Version, Address: h.address(r)}
	for _, operation := range mockserver.Operations() {
		a.Calls = append(a.Calls, aboutCall{operation, operation.Method(), operation.Path()})
	}
	return a
}

// wantsHTML says whether a browser asks for a page to show: it names HTML. Programs ask for anything, or name JSON that they like as much.
func wantsHTML(r *http.Request) bool {
	var page, data float64 // their qualities
	for _, accepted := range strings.Split(strings.Join(r.Header.Values(echo.HeaderAccept), ","), ",") {
		media, parameters, err := mime.ParseMediaType(accepted)
		if err != nil {
			continue
		}
		quality := 1.0
		if given, ok := parameters["q"]; ok {
			quality, _ = strconv.ParseFloat(given, 64) // 0 when it is no number
		}
		switch {
		case media == echo.MIMETextHTML:
			page = max(page, quality)
		case strings.HasSuffix(media, "json"):
			data = max(data, quality)
		}
	}
	return page > data
}
