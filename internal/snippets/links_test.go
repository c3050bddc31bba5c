package snippets_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	. "github.com/onsi/gomega"
)

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.+?) *$`)
	fenced  = regexp.MustCompile("(?ms)^```.*?^```$")
)

// anchors are what GitHub makes of the headings of a page.
func anchors(text string) []string {
	var found []string
	for _, title := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(text, ""), -1) {
		anchor := strings.ToLower(regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(title[1], ""))
		found = append(found, strings.ReplaceAll(anchor, " ", "-"))
	}
	return found
}

func TestLinksLeadSomewhere(t *testing.T) {
	for _, d := range append(documents(t), pages(t, "helpers/*/README.md")...) { // make helpers checks the snippets of those
		for _, found := range link.FindAllStringSubmatch(fenced.ReplaceAllString(d.text, ""), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			file, anchor, _ := strings.Cut(found[1], "#")
			target := filepath.Join(root, filepath.Dir(d.name), file)
			if file == "" {
				target = filepath.Join(root, d.name)
			}
			if anchor == "" {
				_, err := os.Stat(target)
				NewWithT(t).Expect(err).NotTo(HaveOccurred(), "%s: %s", d.name, found[1])
				continue
			}
			text, err := os.ReadFile(target)
			NewWithT(t).Expect(err).NotTo(HaveOccurred(), "%s: %s", d.name, found[1])
			NewWithT(t).Expect(anchors(string(text))).To(ContainElement(anchor), "%s: %s", d.name, found[1])
		}
	}
}

func TestAnchors(t *testing.T) {
	NewWithT(t).Expect(anchors("# The `file`: a, b\n\n```sh\n# no heading\n```\n\n## TLS, HTTP/2 and more\n")).To(Equal([]string{"the-file-a-b", "tls-http2-and-more"}))
}
