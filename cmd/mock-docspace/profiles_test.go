package main

import (
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

func TestProfiles(t *testing.T) {
	code, stdout, stderr := runToEnd(t, nil, "profiles")
	if code != exitOK || stderr != "" {
		t.Fatalf("exit %d, stderr %q", code, stderr)
	}
	for _, want := range append(mockserver.ProfileNames(),
		"\n\nmaxVectorizationFileSize\n  documented, v3.7.2, v3.8  10485760\n  next                      31457280\n",
		"\n  v3.7.2, v3.8, next  nothing but set;", "release/v3.8.0 at 99e9af98", "develop at d45942e4", "2026-11-28", "not released") {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
	for line := range strings.Lines(stdout) {
		if len(line) > terminalWidth+1 || strings.TrimRight(line, " \n")+"\n" != line {
			t.Errorf("%d characters, or blanks at the end: %q", len(line), line)
		}
	}
}

func TestProfilesDiff(t *testing.T) {
	const cookies, session, size, switches = "cookies that are Secure", "bad session cookie", "maxVectorizationFileSize", "body of the two switches"
	for _, test := range []struct {
		diff string
		has  []string
	}{
		{"v3.7.2,v3.8", []string{cookies}},
		{"v3.8,next", []string{session, size}},
		{"v3.7.2, next", []string{cookies, session, size}},
		{"v3.7.2,documented", []string{switches}},
		{"documented,next", []string{switches, cookies, session, size}},
	} {
		code, stdout, stderr := runToEnd(t, nil, "profiles", "--diff", test.diff)
		if code != exitOK || stderr != "" {
			t.Fatalf("%s: exit %d, stderr %q", test.diff, code, stderr)
		}
		from, to, _ := strings.Cut(test.diff, ",")
		if want := "moves from " + from + " to " + strings.TrimSpace(to) + ":\n\nfollows\n  " + from + " "; !strings.Contains(stdout, want) {
			t.Errorf("%s: %s", test.diff, stdout)
		}
		for _, about := range []string{cookies, session, size, switches} {
			want := false
			for _, has := range test.has {
				want = want || has == about
			}
			if got := strings.Contains(stdout, "\n"+about); got != want {
				t.Errorf("%s: %s is there: %t", test.diff, about, got)
			}
		}
	}
}

func TestProfilesDiffOfWrongNames(t *testing.T) {
	for diff, want := range map[string]string{
		"v3.7.2":           "--diff: give two profiles, such as v3.7.2,v3.8",
		"v3.7.2,v3.8,next": "--diff: give two profiles, such as v3.7.2,v3.8",
		"v3.7.2,v9":        `--diff: unknown profile "v9": use documented, v3.7.2, v3.8 or next`,
		"v3.7.2,":          "--diff: give two profiles, such as v3.7.2,v3.8",
		"next,next":        "--diff: give two different profiles, not next twice",
		"":                 "--diff: give two profiles, such as v3.7.2,v3.8",
	} {
		code, stdout, stderr := runToEnd(t, nil, "profiles", "--diff", diff)
		if code != exitUsage || stdout != "" || stderr != "mock-docspace: "+want+"\n" {
			t.Errorf("%q: exit %d, stdout %q, stderr %q", diff, code, stdout, stderr)
		}
	}
	for _, args := range [][]string{{"profiles", "--diff"}, {"profiles", "v3.8"}} {
		if code, stdout, stderr := runToEnd(t, nil, args...); code != exitUsage || stdout != "" || strings.Count(stderr, "\n") != 1 {
			t.Errorf("%v: exit %d, stdout %q, stderr %q", args, code, stdout, stderr)
		}
	}
}

// A line is as long as the terminal, and not longer; the next one stands below the text.
func TestPrintIndentedFillsLines(t *testing.T) {
	half := strings.Repeat("x", terminalWidth/2-2)
	for last, want := range map[string]string{
		half:       "a  " + half + " " + half + "\n",
		half + "y": "a  " + half + "\n   " + half + "y\n",
	} {
		var printed strings.Builder
		if printIndented(&printed, "a  ", half+" "+last); printed.String() != want {
			t.Errorf("got %q, want %q", printed.String(), want)
		}
	}
}
