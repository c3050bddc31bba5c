package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const contract = `openapi: 3.0.3
info: {title: Little API, version: '1', description: It has one call.}
tags: [{name: links, description: Share links.}]
paths:
  /links/{key}:
    parameters:
      - {name: key, in: path, required: true, description: The key., schema: {type: string}}
    patch:
      operationId: changeLink
      tags: [links]
      summary: Change a link
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Link'}}}
      responses:
        '404': {description: There is no such link.}
        '200':
          description: The link.
          content: {application/json: {schema: {$ref: '#/components/schemas/Link'}}}
components:
  schemas:
    Link:
      type: object
      description: A share link.
      required: [key]
      properties:
        access: {type: integer, enum: [1, 2], description: What a visitor | may do.}
        days: {type: integer, format: int32, minimum: 1, maximum: 30}
        key: {type: string}
        parent: {$ref: '#/components/schemas/Link'}
        tags: {type: array, nullable: true, items: {type: string}}
      example: {key: abc}
`

func TestPage(t *testing.T) {
	name := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(name, []byte(contract), 0o600); err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(filepath.Dir(name), "REFERENCE.md")
	if err := run(name, into); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(into)
	if err != nil {
		t.Fatal(err)
	}
	rest := string(text)
	for _, want := range []string{ // in this order
		"# Little API\n",
		"| [links](#links) | Share links. |\n",
		"### PATCH /links/{key}\n",
		"`changeLink`: Change a link.\n",
		"| `key` (required) | path | string | The key. |\n",
		"Body: [Link](#link). Such as `{\"key\":\"abc\"}`.\n",
		"| 200 | [Link](#link) | The link. |\n",
		"| 404 | – | There is no such link. |\n",
		"### Link\n",
		"| `key` (required) | string |  |\n",
		"| `access` | integer `1`, `2` | What a visitor \\| may do. |\n",
		"| `days` | integer (int32) 1 to 30 |  |\n",
		"| `parent` | [Link](#link) |  |\n",
		"| `tags` | list of string or null |  |\n",
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("no %q in the rest of the page:\n%s", want, rest)
		}
		rest = after
	}
}

func TestContractThatCannotBeRead(t *testing.T) {
	into := filepath.Join(t.TempDir(), "REFERENCE.md")
	if err := run(filepath.Join(t.TempDir(), "nope.yaml"), into); err == nil {
		t.Error("no error")
	}
	if _, err := os.Stat(into); err == nil {
		t.Error("a page was written")
	}
}
