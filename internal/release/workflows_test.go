package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	targetLine  = regexp.MustCompile(`(?m)^([a-z][a-z -]*):`)
	makeCommand = regexp.MustCompile(`(?m)^\s+(?:- )?(?:run: )?(?:sudo env \S+ )?make ([^#\n]*)`)
	targetName  = regexp.MustCompile(`^[a-z-]+$`) // and no variable
)

// What the workflows make, the Makefile has. The workflow of a release seldom runs, and then its mistake is seen too late.
func TestWorkflowsMakeTargetsThatExist(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{}
	for _, line := range targetLine.FindAllStringSubmatch(string(makefile), -1) {
		for target := range strings.FieldsSeq(line[1]) {
			exists[target] = true
		}
	}
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, command := range makeCommand.FindAllStringSubmatch(string(text), -1) {
			for target := range strings.FieldsSeq(command[1]) {
				if targetName.MatchString(target) && !exists[target] {
					t.Errorf("%s: there is no make %s", filepath.Base(file), target)
				}
			}
		}
	}
}
