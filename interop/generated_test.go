package interop_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// task is what a driver does at each of its profiles.
type task struct {
	what     string
	profiles []string
}

var (
	fourCalls = task{"makes the four calls", profiles}
	walk      = task{"signs in, makes and revokes a link, and signs out", mockserver.ProfileNames()}
)

// generated are clients that the generators of others make from openapi.yaml. The steps are lines of bash in a folder that is
// empty at first: build makes the client and compiles it with its driver, drive runs the driver, which checks what comes back. does
// is what the driver does, and at which profiles.
var generated = []struct {
	name         string
	needs        []string
	does         task
	build, drive string
}{
	{
		"OpenAPI Generator for python", []string{"java", "python"}, fourCalls,
		`openapi-generator -g python -o client; install-python-client`,
		`PYTHONPATH=site python "$DRIVERS/openapi-generator.py"`,
	},
	{
		"OpenAPI Generator for java", []string{"java"}, fourCalls,
		`openapi-generator -g java --library native -o .
		mvn --quiet --batch-mode "-Dmaven.repo.local=$TOOLS/java/repository" \
			-Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip package
		javac -cp 'target/classes:target/lib/*' -d driver "$DRIVERS/openapi-generator.java"`,
		`java -cp 'driver:target/classes:target/lib/*' Driver`,
	},
	{
		"OpenAPI Generator for go", []string{"java"}, fourCalls,
		`openapi-generator -g go -o . --git-host example.com --git-user-id docspace --git-repo-id client
		go vet .
		go build -o driver "$DRIVERS/openapi-generator.go"`,
		`./driver`,
	},
	{
		"OpenAPI Generator for typescript-fetch", []string{"java", "node"}, fourCalls,
		`openapi-generator -g typescript-fetch -o client --additional-properties importFileExtension=.js
		compile-typescript "$DRIVERS/openapi-generator.ts"`,
		`node out/driver.js`,
	},
	{
		"OpenAPI Generator for typescript-axios", []string{"java", "node"}, walk,
		`openapi-generator -g typescript-axios -o client --additional-properties importFileExtension=.js
		compile-typescript "$DRIVERS/openapi-generator-axios.ts"`,
		`node out/driver.js`,
	},
	{
		"openapi-typescript and openapi-fetch", []string{"node"}, fourCalls,
		`openapi-typescript "$CONTRACT" --enum -o schema.ts
		compile-typescript "$DRIVERS/openapi-fetch.ts"`,
		`node out/driver.js`,
	},
	{
		"openapi-python-client", []string{"python"}, fourCalls,
		`openapi-python-client generate --path "$CONTRACT" --meta setup --output-path client --fail-on-warning
		install-python-client`,
		`PYTHONPATH=site python "$DRIVERS/openapi-python-client.py"`,
	},
	{
		"openapi-to-postmanv2, for newman", []string{"node"}, fourCalls,
		`openapi2postmanv2 -s "$CONTRACT" -o collection.json`,
		`NODE_PATH=$TOOLS/node/node_modules node "$DRIVERS/newman.js"`,
	},
}

// prelude is what the steps have in common.
const prelude = `
export PATH=$TOOLS/python/bin:$TOOLS/node/node_modules/.bin:$PATH GOWORK=off
openapi-generator() { java -Dlog.level=error -jar "$TOOLS/java/openapi-generator-cli.jar" generate -i "$CONTRACT" "$@"; }
install-python-client() {
	pip install --quiet --no-index --no-deps --no-build-isolation --target site ./client
	python -m compileall -q site
}
compile-typescript() {
	cp "$1" driver.ts
	echo '{"type": "module"}' >package.json
	ln -s "$TOOLS/node/node_modules" node_modules
	tsc --strict --target es2022 --module nodenext --outDir out driver.ts
}
`

var _ = Describe("The client made by", func() {
	for _, client := range generated {
		Describe(client.name, Ordered, func() {
			var folder string
			step := func(ctx context.Context, lines string, env ...string) *exec.Cmd {
				GinkgoHelper()
				root, err := filepath.Abs("..")
				Expect(err).NotTo(HaveOccurred())
				cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", prelude+lines)
				cmd.Dir = folder
				cmd.Env = append(os.Environ(), "CONTRACT="+filepath.Join(root, "openapi.yaml"), "DRIVERS="+filepath.Join(root, "interop", "drivers"), "TOOLS="+tools)
				cmd.Env = append(cmd.Env, env...)
				return cmd
			}

			BeforeAll(func() {
				need(client.needs...)
				folder = GinkgoT().TempDir()
			})
			It("is built", func(ctx SpecContext) {
				run(step(ctx, client.build), regexp.MustCompile(`^$`))
			}, SpecTimeout(10*time.Minute)) // the first time Maven downloads what it builds with
			for _, profile := range client.does.profiles {
				It(client.does.what+" at "+profile, func(ctx SpecContext) {
					run(step(ctx, client.drive, "DOCSPACE_URL="+startFake(profile), "PROFILE="+profile), regexp.MustCompile(`(?m)^(Ran \d+ tests|Made .*)`))
				}, SpecTimeout(3*time.Minute))
			}
		})
	}
})
