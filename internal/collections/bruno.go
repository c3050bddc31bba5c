package main

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// brunoFolder has the texts of the files by their names. Bruno sorts by seq, people and Git by the names of files.
func brunoFolder(chapters []resolved) map[string]string {
	var known []string
	for _, v := range variables {
		known = append(known, v.name+": "+v.value)
	}
	files := map[string]string{
		"bruno.json": fmt.Sprintf("{\n  \"version\": \"1\",\n  \"name\": %q,\n  \"type\": \"collection\"\n}\n", title),
		"collection.bru": blocks(
			block("auth", "mode: bearer"),
			block("auth:bearer", "token: {{token}}"),
			block("vars:pre-request", known...),
			block("docs", append(strings.Split(description+"\n", "\n"), variableTable()...)...),
		),
	}
	for i, c := range chapters {
		folder := fileName(i, c.name)
		files[path.Join(folder, "folder.bru")] = blocks(
			block("meta", "name: "+c.name, fmt.Sprintf("seq: %d", i+1)),
			block("auth", "mode: inherit"),
			block("docs", c.about),
		)
		for j, r := range c.requests {
			files[path.Join(folder, fileName(j, r.name)+".bru")] = r.bruno(j + 1)
		}
	}
	return files
}

func variableTable() []string {
	table := []string{"| variable | |", "|---|---|"}
	for _, v := range variables {
		table = append(table, fmt.Sprintf("| `%s` | %s |", v.name, v.description))
	}
	return table
}

func fileName(i int, name string) string {
	return fmt.Sprintf("%d-%s", i+1, regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), "-"))
}

// block is one of a .bru file, "" when it has no lines.
func block(name string, lines ...string) string {
	if len(lines) == 0 {
		return ""
	}
	var text strings.Builder
	text.WriteString(name + " {\n")
	for _, line := range lines {
		text.WriteString(strings.TrimRight("  "+line, " ") + "\n")
	}
	return text.String() + "}\n"
}

func blocks(all ...string) string {
	var filled []string
	for _, one := range all {
		if one != "" {
			filled = append(filled, one)
		}
	}
	return strings.Join(filled, "\n")
}

func (r request) bruno(seq int) string {
	auth, body := "inherit", "none"
	if r.visitor {
		auth = "none"
	}
	var bodyLines []string
	if r.bodyText != "" {
		body, bodyLines = "json", strings.Split(r.bodyText, "\n")
	}
	var query, route, headers, asserts []string
	for _, p := range r.queryValues {
		off := ""
		if p.off {
			off = "~"
		}
		query = append(query, off+p.name+": "+p.value)
	}
	for _, p := range r.pathValues {
		route = append(route, p.name+": "+p.value)
	}
	for _, h := range r.headers {
		headers = append(headers, h.name+": "+h.value)
	}
	asserts = append(asserts, "res.status: eq 200")
	for _, e := range r.expect {
		asserts = append(asserts, fmt.Sprintf("res.body.%s: eq %v", e.path, e.value))
	}
	for _, k := range r.keep {
		asserts = append(asserts, "res.body."+k.path+": isDefined")
	}
	return blocks(
		block("meta", "name: "+r.name, "type: http", fmt.Sprintf("seq: %d", seq)),
		block(strings.ToLower(r.method), "url: {{baseUrl}}"+r.route+r.query(), "body: "+body, "auth: "+auth),
		block("params:query", query...),
		block("params:path", route...),
		block("headers", headers...),
		block("body:json", bodyLines...),
		block("assert", slices.Compact(asserts)...),
		block("script:pre-request", r.brunoBefore()...),
		block("script:post-response", r.brunoAfter()...),
		block("docs", strings.Split(r.about, "\n")...),
	)
}

// Bruno cannot switch cookies off for one request, and its jar wins over a header. So scripts change the jar.

func (r request) brunoBefore() []string {
	if r.cookie.name == "" {
		return nil
	}
	// Without domain: null it would be refused for an address of numbers.
	return []string{fmt.Sprintf("const value = encodeURIComponent(bru.interpolate('%s'));", r.cookie.value),
		fmt.Sprintf("await bru.cookies.jar().setCookie(req.getUrl(), {key: '%s', value, domain: null});", r.cookie.name)}
}

// brunoAfter keeps nothing of a refusal: a block of variables would.
func (r request) brunoAfter() []string {
	var lines []string
	for _, k := range r.keep {
		lines = append(lines, fmt.Sprintf("if (res.getStatus() === 200) bru.setVar('%s', res.getBody().%s);", k.variable, k.path))
	}
	if r.noCookies {
		lines = append(lines, "await bru.cookies.jar().deleteCookie(req.getUrl(), '"+sessionCookie+"');")
	}
	for _, name := range r.forget {
		lines = append(lines, fmt.Sprintf("bru.deleteVar('%s');", name))
	}
	return lines
}
