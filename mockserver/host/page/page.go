// Package page has the page of the fake, which people open in a browser: its HTML, styles and scripts. It knows nothing of portals.
// What the page shows and does goes through the control API, at the address below which the page is served.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"html"
	"net/http"
	"path"
	"time"
)

//go:embed *.html *.css *.svg *.js
var files embed.FS

// policy lets the page load only what has its own origin. Nothing is inline, but for an empty icon, and no other page can frame it.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// contentTypes are the types of the files. The tables of the machine could have others.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// Serve answers with a file of the page, such as index.html. It returns false when there is no such file. Browsers may keep a file, but
// ask each time whether it is still the same.
func Serve(w http.ResponseWriter, r *http.Request, name string) bool {
	if name == welcome {
		return false
	}
	content, err := files.ReadFile(name)
	if err != nil {
		return false
	}
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", fmt.Sprintf("%q", fmt.Sprintf("%.16x", sha256.Sum256(content))))
	serve(w, r, name, content)
	return true
}

const welcome = "welcome.html"

// Welcome answers people who open the address of a portal. It says what this is, and links to the page, whose path is "" when it is not
// at this address.
func Welcome(w http.ResponseWriter, r *http.Request, page string) {
	content, err := files.ReadFile(welcome)
	if err != nil {
		panic(err) // it is embedded
	}
	style, link := `<link rel="icon" href="data:,">`, "The page of this portal is not at this address: the control API is switched off, or has another address."
	if page != "" {
		page = html.EscapeString(page)
		style = `<link rel="icon" href="` + page + `page/icon.svg"><link rel="stylesheet" href="` + page + `page/page.css">`
		link = `<a href="` + page + `">Look at this portal</a>: its switches, links, people and requests.`
	}
	content = bytes.Replace(content, []byte("<!-- style -->"), []byte(style), 1)
	content = bytes.Replace(content, []byte("<!-- link -->"), []byte(link), 1)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Vary", "Accept")
	serve(w, r, welcome, content)
}

func serve(w http.ResponseWriter, r *http.Request, name string, content []byte) {
	header := w.Header()
	header.Set("Content-Type", contentTypes[path.Ext(name)])
	header.Set("Content-Security-Policy", policy)
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}
