//go:build linux

package image_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

const name = "ghcr.io/mock-docspace/mock-docspace"

// The examples use the image by its name, and flags and variables that the program has.
func TestExamples(t *testing.T) {
	g := NewWithT(t)
	page, err := os.ReadFile("../../cmd/mock-docspace/mock-docspace.1") // which has all of them
	g.Expect(err).NotTo(HaveOccurred())
	flags := strings.ReplaceAll(string(page), `\-`, "-")
	g.Expect(os.ReadFile("../../.github/workflows/release.yml")).To(ContainSubstring("IMAGE: ghcr.io/${{ github.repository }}"))
	for _, file := range []string{"compose/compose.yaml", "kubernetes/fake.yaml", "sharding/compose.yaml", "sharding/kubernetes.yaml", "workflows/services.yml"} {
		t.Run(file, func(t *testing.T) {
			g := NewWithT(t)
			text, err := os.ReadFile("../../examples/" + file)
			g.Expect(err).NotTo(HaveOccurred())
			for part := range strings.SplitSeq(string(text), "\n---\n") {
				var anything map[string]any
				g.Expect(yaml.Unmarshal([]byte(part), &anything)).To(Succeed())
			}
			images := regexp.MustCompile(`image: (ghcr\S+)`).FindAllStringSubmatch(string(text), -1)
			g.Expect(images).NotTo(BeEmpty())
			for _, image := range images {
				g.Expect(image[1]).To(Equal(name))
			}
			for _, word := range regexp.MustCompile(`MOCK_DOCSPACE_[A-Z_]+|--[a-z-]+\b`).FindAllString(strings.ReplaceAll(string(text), "--from-literal", ""), -1) {
				g.Expect(flags).To(ContainSubstring(word))
			}
		})
	}
}

// Each fake that nginx chooses from is a service in the two examples that run them.
func TestFakesBehindNginx(t *testing.T) {
	g := NewWithT(t)
	read := func(name string) string {
		text, err := os.ReadFile("../../examples/sharding/" + name)
		g.Expect(err).NotTo(HaveOccurred())
		return string(text)
	}
	fakes := regexp.MustCompile(`server (fake-\d):8092 `).FindAllStringSubmatch(read("nginx.conf"), -1)
	g.Expect(fakes).To(HaveLen(3))
	for _, fake := range fakes {
		g.Expect(read("compose.yaml")).To(ContainSubstring("\n  " + fake[1] + ": "))
		g.Expect(read("kubernetes.yaml")).To(ContainSubstring("  name: " + fake[1] + "\nspec:\n  selector: {statefulset.kubernetes.io/pod-name: " + fake[1] + "}\n"))
	}
}

// The portal files of the examples are portal files.
func TestPortalFilesOfExamples(t *testing.T) {
	g := NewWithT(t)
	compose, err := os.ReadFile("../../examples/compose/portal.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	kubernetes, err := os.ReadFile("../../examples/kubernetes/fake.yaml")
	g.Expect(err).NotTo(HaveOccurred())
	var config struct{ Data map[string]string }
	for part := range strings.SplitSeq(string(kubernetes), "\n---\n") {
		g.Expect(yaml.Unmarshal([]byte(part), &config)).To(Succeed())
		if config.Data != nil {
			break
		}
	}
	for _, text := range []string{string(compose), config.Data["portal.yaml"]} {
		g.Expect(text).NotTo(BeEmpty())
		portal, err := mockserver.ParsePortal("portal.yaml", []byte(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(portal.Users).To(HaveLen(1))
	}
}
