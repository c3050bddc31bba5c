package interop_test

import (
	"encoding/json"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// The collections are run as people run them, from the top, at a fresh portal.
var _ = Describe("The collection for", func() {
	for _, collection := range []struct {
		app, folder string
		command     string // the variable baseUrl=… follows
		times       int    // the story can be told again
		profiles    []string
		summary     string
	}{
		{"Postman", ".", "newman run postman.json -n 2 --env-var", 2, profiles, `(?m)^.*(requests|assertions) │.*$`},
		{"Bruno", "bruno", "bru run -r --env-var", 1, []string{mockserver.ProfileV372}, `(?m)^.*(Requests|Assertions) +│.*$`}, // the requests are the same
	} {
		for _, profile := range collection.profiles {
			It(collection.app+" makes every call, and leaves nothing behind, at "+profile, func(ctx SpecContext) {
				need("node")
				url := start("--profile", profile)
				var before, after, broken any
				read(url+"/__mock/state", &before)
				command := strings.Fields(collection.command)
				cmd := exec.CommandContext(ctx, filepath.Join(tools, "node", "node_modules", ".bin", command[0]), append(command[1:], "baseUrl="+url)...)
				cmd.Dir = filepath.Join("..", "collections", collection.folder)
				run(cmd, regexp.MustCompile(collection.summary))
				read(url+"/__mock/state", &after)
				Expect(withoutLinks(after)).To(Equal(withoutLinks(before)))
				read(url+"/__mock/journal?violated=true", &broken)
				Expect(broken).To(BeEmpty(), "requests that break openapi.yaml")
				for _, operation := range mockserver.Operations() {
					var found struct{ Count int }
					read(url+"/__mock/journal/count?operation="+string(operation), &found)
					Expect(found.Count).To(BeNumerically(">=", collection.times), string(operation))
				}
			}, SpecTimeout(3*time.Minute))
		}
	}
})

// withoutLinks is a state without its links: the primary ones of the file and the folder stay.
func withoutLinks(state any) map[string]any {
	GinkgoHelper()
	all, ok := state.(map[string]any)
	Expect(ok).To(BeTrue())
	for _, name := range []string{"links", "loginEvents"} {
		delete(all, name)
	}
	return all
}

func read(url string, into any) {
	GinkgoHelper()
	answer, err := http.Get(url)
	Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	Expect(answer.StatusCode).To(Equal(http.StatusOK))
	Expect(json.NewDecoder(answer.Body).Decode(into)).To(Succeed())
}
