// Command collections writes the calls of a contract as collections that people import and run: one for Postman, and a folder for Bruno.
//
//	collections openapi.yaml FOLDER
//
// It writes FOLDER/postman.json and FOLDER/bruno. Both have the requests of story.go, in its order.
package main

//go:generate go run . ../../openapi.yaml ../../collections

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "collections: give the contract, and the folder to write into: collections openapi.yaml collections")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "collections:", err)
		os.Exit(1)
	}
}

func run(contract, folder string) error {
	document, err := openapi3.NewLoader().LoadFromFile(contract)
	if err != nil {
		return err
	}
	chapters, err := resolve(document, story)
	if err != nil {
		return fmt.Errorf("%s: %w", contract, err)
	}
	postman, err := postmanCollection(chapters)
	if err != nil {
		return err
	}
	bruno := filepath.Join(folder, "bruno")
	if err := os.RemoveAll(bruno); err != nil { //nolint:gosec // who runs make generate names the folder; it may have requests with old names
		return err
	}
	if err := write(bruno, brunoFolder(chapters)); err != nil {
		return err
	}
	return write(folder, map[string]string{"postman.json": postman})
}

func write(folder string, files map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // files for everybody
			return err
		}
		if err := os.WriteFile(file, []byte(files[name]), 0o644); err != nil { //nolint:gosec // files for everybody
			return err
		}
	}
	return nil
}
