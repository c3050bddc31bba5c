package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// The types are those of Postman's collection format 2.1.

type postmanFile struct {
	Info struct {
		ID          string `json:"_postman_id"`
		Name        string `json:"name"`
		Description string `json:"description"`
		Schema      string `json:"schema"`
	} `json:"info"`
	Item     []postmanItem     `json:"item"`
	Auth     *postmanAuth      `json:"auth"`
	Variable []postmanKeyValue `json:"variable"`
}

// postmanItem is a folder or a request.
type postmanItem struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description,omitempty"`
	Item        []postmanItem    `json:"item,omitempty"`
	Event       []postmanEvent   `json:"event,omitempty"`
	Behavior    *postmanBehavior `json:"protocolProfileBehavior,omitempty"`
	Request     *postmanRequest  `json:"request,omitempty"`
	Response    *[]struct{}      `json:"response,omitempty"`
}

type postmanBehavior struct {
	DisableCookies bool `json:"disableCookies"`
}

type postmanEvent struct {
	Listen string `json:"listen"`
	Script struct {
		Type string   `json:"type"`
		Exec []string `json:"exec"`
	} `json:"script"`
}

type postmanRequest struct {
	Method      string            `json:"method"`
	Header      []postmanKeyValue `json:"header"`
	Auth        *postmanAuth      `json:"auth,omitempty"`
	Body        *postmanBody      `json:"body,omitempty"`
	URL         postmanURL        `json:"url"`
	Description string            `json:"description"`
}

type postmanAuth struct {
	Type   string            `json:"type"`
	Bearer []postmanKeyValue `json:"bearer,omitempty"`
}

type postmanBody struct {
	Mode    string `json:"mode"`
	Raw     string `json:"raw"`
	Options struct {
		Raw struct {
			Language string `json:"language"`
		} `json:"raw"`
	} `json:"options"`
}

type postmanURL struct {
	Raw      string            `json:"raw"`
	Host     []string          `json:"host"`
	Path     []string          `json:"path"`
	Query    []postmanKeyValue `json:"query,omitempty"`
	Variable []postmanKeyValue `json:"variable,omitempty"`
}

type postmanKeyValue struct {
	Key         string `json:"key"`
	Value       string `json:"value"`
	Type        string `json:"type,omitempty"`
	Description string `json:"description,omitempty"`
	Disabled    bool   `json:"disabled,omitempty"`
}

// postmanID is the same whenever the collection is written, so that an import replaces the one before.
func postmanID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/mock-docspace/mock-docspace/collections/"+name)).String()
}

func postmanCollection(chapters []resolved) (string, error) {
	var all postmanFile
	all.Info.ID, all.Info.Name, all.Info.Description = postmanID(""), title, description
	all.Info.Schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
	all.Auth = &postmanAuth{Type: "bearer", Bearer: []postmanKeyValue{{Key: "token", Value: "{{token}}", Type: "string"}}}
	for _, v := range variables {
		all.Variable = append(all.Variable, postmanKeyValue{Key: v.name, Value: v.value, Type: "string", Description: v.description})
	}
	for _, c := range chapters {
		item := postmanItem{ID: postmanID(c.name), Name: c.name, Description: c.about}
		for _, r := range c.requests {
			item.Item = append(item.Item, r.postman(c.name))
		}
		all.Item = append(all.Item, item)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "\t")
	err := encoder.Encode(all)
	return text.String(), err
}

func (r request) postman(within string) postmanItem {
	item := postmanItem{ID: postmanID(within + "/" + r.name), Name: r.name, Response: &[]struct{}{}}
	item.Request = &postmanRequest{Method: r.method, Header: []postmanKeyValue{}, URL: r.postmanURL(), Description: r.about}
	if r.noCookies {
		item.Behavior = &postmanBehavior{DisableCookies: true}
	}
	if r.visitor {
		item.Request.Auth = &postmanAuth{Type: "noauth"}
	}
	for _, h := range r.headers {
		item.Request.Header = append(item.Request.Header, postmanKeyValue{Key: h.name, Value: h.value})
	}
	if r.cookie.name != "" {
		item.Request.Header = append(item.Request.Header, postmanKeyValue{Key: "Cookie", Value: r.cookie.name + "=" + r.cookie.value})
	}
	if r.bodyText != "" {
		item.Request.Header = append(item.Request.Header, postmanKeyValue{Key: "Content-Type", Value: "application/json"})
		item.Request.Body = &postmanBody{Mode: "raw", Raw: r.bodyText}
		item.Request.Body.Options.Raw.Language = "json"
	}
	event := postmanEvent{Listen: "test"}
	event.Script.Type, event.Script.Exec = "text/javascript", r.postmanTests()
	item.Event = []postmanEvent{event}
	return item
}

func (r request) postmanURL() postmanURL {
	url := postmanURL{Raw: "{{baseUrl}}" + r.route + r.query(), Host: []string{"{{baseUrl}}"}, Path: strings.Split(strings.TrimPrefix(r.route, "/"), "/")}
	for _, p := range r.queryValues {
		url.Query = append(url.Query, postmanKeyValue{Key: p.name, Value: p.value, Description: p.description, Disabled: p.off})
	}
	for _, p := range r.pathValues {
		url.Variable = append(url.Variable, postmanKeyValue{Key: p.name, Value: p.value, Description: p.description})
	}
	return url
}

// query is that of the parameters that are sent.
func (r request) query() string {
	var sent []string
	for _, p := range r.queryValues {
		if !p.off {
			sent = append(sent, p.name+"="+p.value)
		}
	}
	if len(sent) == 0 {
		return ""
	}
	return "?" + strings.Join(sent, "&")
}

// postmanTests are lines of JavaScript.
func (r request) postmanTests() []string {
	lines := []string{"pm.test('The status is 200', () => pm.response.to.have.status(200));"}
	for _, e := range r.expect {
		want := fmt.Sprint(e.value)
		if _, ok := e.value.(string); ok {
			want = fmt.Sprintf("pm.variables.replaceIn('%s')", want)
		}
		lines = append(lines, fmt.Sprintf("pm.test('%s is %v', () => pm.expect(pm.response.json().%s).to.eql(%s));", e.path, e.value, e.path, want))
	}
	for _, k := range r.keep {
		lines = append(lines,
			fmt.Sprintf("pm.test('%s is kept as %s', () => {", k.path, k.variable),
			fmt.Sprintf("  const value = pm.response.json().%s;", k.path),
			"  pm.expect(value).to.be.ok;",
			fmt.Sprintf("  pm.collectionVariables.set('%s', value);", k.variable),
			"});")
	}
	for _, name := range r.forget {
		value, _ := initial(name)
		lines = append(lines, fmt.Sprintf("pm.collectionVariables.set('%s', '%s');", name, value))
	}
	return lines
}
