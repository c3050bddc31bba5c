package main

import (
	"bytes"
	"encoding/json"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

type openapiCommand struct{}

// Run prints the contract of the four calls.
func (c *openapiCommand) Run(p *process) error {
	text, err := mockserver.GetSpecJSON()
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, text, "", "  "); err != nil {
		return err
	}
	indented.WriteByte('\n')
	_, err = indented.WriteTo(p.stdout)
	return err
}
