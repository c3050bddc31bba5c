package main

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/goccy/go-yaml"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

type openapiCommand struct {
	Control bool `env:"-" help:"Print the contract of the control API instead."`
}

// Run prints the contract of the calls, or the contract of the control API.
func (c *openapiCommand) Run(p *process) error {
	text := mockserver.OpenAPI()
	if c.Control {
		var err error
		if text, err = yaml.YAMLToJSON(control.OpenAPI()); err != nil {
			return fmt.Errorf("the contract cannot be read: %w", err)
		}
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", "  "); err != nil {
		return fmt.Errorf("the contract cannot be read: %w", err)
	}
	if indented.Bytes()[indented.Len()-1] != '\n' {
		indented.WriteByte('\n')
	}
	_, err := indented.WriteTo(p.stdout)
	return err
}
