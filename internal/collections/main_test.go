package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/getkin/kin-openapi/openapi3"
)

const contract = `openapi: 3.0.3
info: {title: Little API, version: '1'}
paths:
  /links/{key}:
    put:
      operationId: changeLink
      description: Changes a link.
      parameters:
        - {name: key, in: path, required: true, description: The key. It is long., schema: {type: string}}
        - {name: share, in: query, schema: {type: string}, example: KEY_FROM_URL}
        - {name: only, in: query, schema: {type: array, items: {type: string}}, example: [a, b]}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {access: {type: integer}, title: {type: string}}}
            example: {title: Offers, access: 2}
      responses: {'200': {description: It is done.}}
`

func little(t *testing.T) *openapi3.T {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromData([]byte(contract))
	NewWithT(t).Expect(err).NotTo(HaveOccurred())
	return document
}

var change = step{name: "Change it", operation: "changeLink", path: map[string]string{"key": "{{shareKey}}"}}

func TestRequest(t *testing.T) {
	g := NewWithT(t)
	s := change
	s.query = map[string]string{"only": "c"}
	s.expect = []expectation{{"response.title", "Offers"}, {"response.access", 2}}
	s.keep = []kept{{"linkId", "response.id"}}
	s.forget = []string{"roomId"}
	chapters, err := resolve(little(t), []chapter{{name: "Links", about: "All about links.", steps: []step{s}}})
	g.Expect(err).NotTo(HaveOccurred())

	text, err := postmanCollection(chapters)
	g.Expect(err).NotTo(HaveOccurred())
	var postman postmanFile
	g.Expect(json.Unmarshal([]byte(text), &postman)).To(Succeed())
	item := postman.Item[0].Item[0]
	g.Expect(item.Request.Method).To(Equal("PUT"))
	g.Expect(item.Request.URL.Raw).To(Equal("{{baseUrl}}/links/:key?only=c"))
	g.Expect(item.Request.URL.Variable).To(Equal([]postmanKeyValue{{Key: "key", Value: "{{shareKey}}", Description: "The key."}}))
	g.Expect(item.Request.URL.Query).To(Equal([]postmanKeyValue{{Key: "share", Value: "{{shareKey}}", Disabled: true}, {Key: "only", Value: "c"}}))
	g.Expect(item.Request.Body.Raw).To(MatchJSON(`{"access": 2, "title": "Offers"}`))
	g.Expect(item.Event[0].Script.Exec).To(ContainElements(
		"pm.test('The status is 200', () => pm.response.to.have.status(200));",
		"pm.test('response.access is 2', () => pm.expect(pm.response.json().response.access).to.eql(2));",
		"  pm.collectionVariables.set('linkId', value);",
		"pm.collectionVariables.set('roomId', '10');"))

	g.Expect(brunoFolder(chapters)).To(HaveKeyWithValue("1-links/1-change-it.bru", `meta {
  name: Change it
  type: http
  seq: 1
}

put {
  url: {{baseUrl}}/links/:key?only=c
  body: json
  auth: inherit
}

params:query {
  ~share: {{shareKey}}
  only: c
}

params:path {
  key: {{shareKey}}
}

body:json {
  {
    "access": 2,
    "title": "Offers"
  }
}

assert {
  res.status: eq 200
  res.body.response.title: eq Offers
  res.body.response.access: eq 2
  res.body.response.id: isDefined
}

script:post-response {
  if (res.getStatus() === 200) bru.setVar('linkId', res.getBody().response.id);
  bru.deleteVar('roomId');
}

docs {
  Changes a link.
}
`))
}

func TestWrongStories(t *testing.T) {
	for want, spoil := range map[string]func(*step){
		"Change it: the contract has no call nope":                         func(s *step) { s.operation = "nope" },
		"Change it: changeLink: the step has no value for key in the path": func(s *step) { s.path = nil },
		"Change it: changeLink: the call has no parameter nope":            func(s *step) { s.query = map[string]string{"nope": "1"} },
		"Change it: changeLink: the body has no property nope":             func(s *step) { s.body = map[string]any{"nope": 1} },
		"Change it: changeLink: there is no variable nope":                 func(s *step) { s.forget = []string{"nope"} },
		"Change it: changeLink: there is no variable neither":              func(s *step) { s.keep = []kept{{"neither", "response"}} },
	} {
		s := change
		spoil(&s)
		_, err := resolve(little(t), []chapter{{steps: []step{s}}})
		NewWithT(t).Expect(err).To(MatchError(want))
	}
	_, err := resolve(little(t), nil)
	NewWithT(t).Expect(err).To(MatchError("no request in internal/collections/story.go makes these calls: changeLink"))
}

// What is written twice is the same, and what was there before is gone.
func TestFolder(t *testing.T) {
	g := NewWithT(t)
	folder := filepath.Join(t.TempDir(), "collections")
	read := func() map[string]string {
		files := map[string]string{}
		g.Expect(filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			files[path] = string(text)
			return err
		})).To(Succeed())
		return files
	}
	g.Expect(run("../../openapi.yaml", folder)).To(Succeed())
	first := read()
	g.Expect(os.WriteFile(filepath.Join(folder, "bruno", "old.bru"), nil, 0o600)).To(Succeed())
	g.Expect(run("../../openapi.yaml", folder)).To(Succeed())
	g.Expect(read()).To(Equal(first))
}

func TestIDsAreUnique(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "collections")
	g.Expect(run("../../openapi.yaml", file)).To(Succeed())
	text, err := os.ReadFile(filepath.Join(file, "postman.json"))
	g.Expect(err).NotTo(HaveOccurred())
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, `"id": `) {
			g.Expect(seen).NotTo(HaveKey(line), "two folders or requests have the same name")
			seen[line] = true
		}
	}
	g.Expect(seen).NotTo(BeEmpty())
}
