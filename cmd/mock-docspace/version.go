package main

import (
	"cmp"
	"runtime/debug"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// A build without the repository can set them, with -ldflags '-X main.commit=… -X main.date=…'. They come before what Go has noted.
var commit, date string

// versionLine is what --version prints: the version, and what is known of where this build comes from. info is what Go has noted in the
// program; it is nil when that is nothing.
func versionLine(info *debug.BuildInfo, commit, date string) string {
	noted := map[string]string{}
	module := ""
	if info != nil {
		for _, setting := range info.Settings {
			noted[setting.Key] = setting.Value
		}
		module = info.Main.Version
	}
	var from []string
	if hash := cmp.Or(commit, noted["vcs.revision"]); hash != "" {
		from = append(from, "commit "+hash)
	} else if module != "" && module != "(devel)" { // as go install notes it, which sees no commits
		from = append(from, "module "+module)
	}
	if at := cmp.Or(date, noted["vcs.time"]); at != "" {
		from = append(from, at)
	}
	if commit == "" && noted["vcs.modified"] == "true" {
		from = append(from, "modified since")
	}
	line := "mock-docspace " + mockserver.Version
	if len(from) > 0 {
		line += " (" + strings.Join(from, ", ") + ")"
	}
	return line
}
