# make help lists the targets. Most need only Go, make and git. lint needs Node; page needs Node and Chromium; helpers needs Node and Python;
# interop needs Python, Node and a JDK.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

SPECTRAL := @stoplight/spectral-cli@6.16.3
ACTIONLINT := github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0
GOLANGCI := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOTESTSUM := gotest.tools/gotestsum@v1.13.0
GORELEASER := github.com/goreleaser/goreleaser/v2@v2.15.1
CYCLONEDX := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
GREMLINS := github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0
FUZZTIME := 10s
COUNT := 100
SEED := 1
RELEASE_TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mock-docspace/release
INTEROP_TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mock-docspace/interop
HELPERS_TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mock-docspace/helpers
PAGE_TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/mock-docspace/page
IMAGES := reports/page
BASE := origin/main

# Tests run without the variables of the user that name a real portal or change the suite.
HERE := env $(foreach name,$(filter DOCSPACE_% CONTRACT_%,$(.VARIABLES)),-u $(name))

export CGO_ENABLED ?= 0

##@ Use

.PHONY: help
help: ## List the targets.
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} /^[a-z-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Make the four calls of external sharing, then share a room, on a fake portal, or on the portal at DOCSPACE_URL with DOCSPACE_API_KEY.
	@go run ./examples/external-sharing
	@go run ./examples/share-a-room

.PHONY: build
build: ## Build bin/mock-docspace.
	go build -trimpath -o bin/mock-docspace ./cmd/mock-docspace

.PHONY: run
run: ## Serve a fresh portal on 127.0.0.1:8092.
	@go run ./cmd/mock-docspace

##@ Check

.PHONY: test
test: ## Run all tests: unit tests, examples, and the contract suite against the fake and the program. The end sums them up.
	@mkdir -p reports
	@$(HERE) go run $(GOTESTSUM) --format pkgname --format-icons text --format-hide-empty-pkg -- -vet=all -ldflags=-w ./...
	@cat reports/contract.txt

.PHONY: snippets
snippets: ## Run every snippet of README, CONTRIBUTING and docs, as make test does, and name those that cannot run.
	$(HERE) go test -count=1 -v -run '^TestSnippets$$' ./internal/snippets

.PHONY: examples
examples: ## Test the OpenTelemetry example, which is a module of its own.
	cd examples/opentelemetry && go vet ./... && go test ./...

.PHONY: race
race: ## Run the tests under the race detector (needs a C compiler).
	CGO_ENABLED=1 $(HERE) go test -race $$(go list ./... | grep -v '/contract_test\|/internal/snippets')
	@# The tests that are skipped run the suite once more. The other targets have the same code, or are another process.
	CGO_ENABLED=1 $(HERE) go test -race -skip '^Test(Program|RecordAndReplay)' ./contract_test -ginkgo.label-filter='in-process v3.7.2'

.PHONY: contract-bin
contract-bin: ## Build the contract suite as a program, bin/docspace-contract, which runs without Go.
	go test -c -trimpath -o bin/docspace-contract ./contract_test

.PHONY: contract-live
contract-live: contract-bin ## Check the portal at DOCSPACE_URL with DOCSPACE_API_KEY. The suite restores its two settings.
	@: "$${DOCSPACE_URL:?set it to the address of the portal}" "$${DOCSPACE_API_KEY:?set it to an API key of an administrator}"
	@bin/docspace-contract

.PHONY: mutation
mutation: ## Put wrong behaviours into the fake, one at a time, and fail unless the contract suite finds each (RUN=regexp selects some).
	@go run ./internal/mutation -run '$(RUN)'

.PHONY: mutation-random
mutation-random: ## Make COUNT edits at random in the fake, the client and the program, and fail unless the tests see 95 % of them (SEED chooses, RUN=regexp selects some).
	@go run ./internal/mutation -random $(COUNT) -seed $(SEED) -run '$(RUN)'

.PHONY: mutation-tool
mutation-tool: ## Mutate the lines that differ from BASE with gremlins, and run the unit tests of mockserver.
	go run $(GREMLINS) unleash --diff $(BASE) --exclude-files 'gen\.go$$' ./mockserver

.PHONY: bench
bench: ## Measure the fake beside net/http and Echo, and the client beside net/http, as ratios in one run (takes about five minutes).
	@go run ./internal/speed
	@go test -count=1 -v -run '^TestRatios$$' ./client -ratios
	go test -run '^$$' -bench . -benchmem ./client ./mockserver

.PHONY: profile
profile: ## Write CPU and heap profiles of the program under the load of make bench into profiles/, as text, and as SVG when Graphviz is installed.
	@go run ./internal/speed -profile profiles

.PHONY: fuzz
fuzz: ## Run each fuzz target for FUZZTIME.
	@for package in $$(grep -rl --include='*_test.go' '^func Fuzz' . | xargs -n 1 dirname | sort -u); do \
		targets=$$(go test -list '^Fuzz' $$package | grep '^Fuzz'); \
		for target in $$targets; do \
			$(HERE) go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x $$package; \
		done; \
	done

.PHONY: interop-tools interop
interop-tools: # what make interop needs, in INTEROP_TOOLS
	interop/install $(INTEROP_TOOLS)
interop: interop-tools ## Run the official Python SDK, schemathesis, Prism, generated clients, the collections and docs/moving.md against the program (needs Python, Node, a JDK and Maven).
	INTEROP_TOOLS=$(INTEROP_TOOLS) go test -count=1 -timeout 30m -v ./interop -ginkgo.v
	INTEROP_TOOLS=$(INTEROP_TOOLS) $(HERE) go test -count=1 -v -run '^TestInterop$$' ./internal/snippets

.PHONY: helpers
helpers: build ## Check the helpers for JavaScript and Python: generated types, linters, tests and examples (needs Node and Python with venv).
	@$(MAKE) --no-print-directory -j2 --output-sync helpers-javascript helpers-python

.PHONY: helpers-javascript helpers-python
helpers-javascript:
	MOCK_DOCSPACE_PROGRAM=$(CURDIR)/bin/mock-docspace helpers/javascript/check
helpers-python:
	MOCK_DOCSPACE_PROGRAM=$(CURDIR)/bin/mock-docspace helpers/python/check $(HELPERS_TOOLS)/python

.PHONY: recipes
recipes: ## Compile the Testcontainers recipes of docs/containers.md (needs Node, Python and a JDK with Maven; runs none, and takes minutes).
	helpers/recipes/compile

.PHONY: page
page: build ## Test the page of the fake in Chromium, and write its screenshots into IMAGES (needs Node and Chromium).
	@browser/run $(PAGE_TOOLS) $(CURDIR)/bin/mock-docspace $(abspath $(IMAGES))

.PHONY: lint
lint: ## Check the two contracts (needs Node).
	npx --yes $(SPECTRAL) lint --fail-severity=warn openapi.yaml mockserver/control/openapi.yaml

.PHONY: lint-go
lint-go: ## Check the Go code.
	go run $(GOLANGCI) run

.PHONY: lint-workflows
lint-workflows: ## Check the GitHub workflows, here and in examples.
	go run $(ACTIONLINT) .github/workflows/*.yml examples/workflows/*.yml

.PHONY: breaking
breaking: ## Fail on a breaking change of the contracts or the Go API that CHANGELOG.md does not announce.
	go run ./internal/breaking

.PHONY: breaking-test
breaking-test: ## Test make breaking: make breaking changes in a copy of the repository.
	BREAKING_TEST=1 go test -count=1 -v -run '^TestGate$$' ./internal/breaking

.PHONY: vulnerabilities
vulnerabilities: ## Look for known vulnerabilities in the code that is used (needs vuln.go.dev).
	go run $(GOVULNCHECK) ./...

##@ Change

GENERATED := client/api/api.gen.go mockserver/internal/api/api.gen.go mockserver/internal/api/requests.gen.go mockserver/internal/api/openapi.json mockserver/control/control.gen.go mockserver/control/REFERENCE.md mockserver/internal/controlapi/controlapi.gen.go mockserver/internal/controlapi/requests.gen.go collections/postman.json collections/bruno

.PHONY: generate
generate: ## Generate code, pages and collections from openapi.yaml and mockserver/control/openapi.yaml.
	go generate ./client/... ./mockserver/... ./internal/collections

.PHONY: generate-check
generate-check: ## Fail when make generate would change a file.
	@kept=$$(mktemp -d); tar cf - $(GENERATED) | tar xf - -C "$$kept"; \
	trap 'rm -rf collections/bruno; cp -r "$$kept"/. .; rm -r "$$kept"' EXIT; \
	go generate ./client/... ./mockserver/... ./internal/collections; \
	for file in $(GENERATED); do \
		if ! diff -qr "$$file" "$$kept/$$file"; then \
			echo "The generated files are stale: run make generate and commit what it changes." >&2; exit 1; \
		fi; \
	done; \
	echo "The generated files are up to date."

.PHONY: evidence
evidence: ## Generate EVIDENCE.md and the claims of the fake from the assumptions and a run of the contract suite. make test says when they are stale.
	$(HERE) CONTRACT_EVIDENCE=1 go test -count=1 -run "^TestClaimsFile$$" ./contract_test
	$(HERE) CONTRACT_EVIDENCE=1 go test -count=1 -run "^TestContract$$" ./contract_test

.PHONY: man
man: ## Generate the man page from the flags of the program.
	go test -count=1 -run '^TestManPageIsUpToDate$$' ./cmd/mock-docspace -man

.PHONY: clean
clean: ## Remove the built programs and the reports.
	rm -rf bin reports dist

##@ Release

# goreleaser takes minutes to compile, so the tools are kept. A goreleaser in PATH is not used: another version may write other files.
RELEASE := PATH="$(RELEASE_TOOLS):$$PATH" goreleaser

.PHONY: release-tools
release-tools: ## Build the tools of a release into ~/.cache, unless they are there.
	@internal/release/install "$(RELEASE_TOOLS)" $(GORELEASER) $(CYCLONEDX)

.PHONY: release-check
release-check: release-tools ## Check the configuration of the release.
	$(RELEASE) check

.PHONY: release-snapshot
release-snapshot: release-tools ## Build all files of a release into dist, and publish nothing.
	GORELEASER_CURRENT_TAG=v$$(sed -n 's/^const Version = "\(.*\)"$$/\1/p' mockserver/doc.go) $(RELEASE) release --snapshot --clean --skip=sign $(RELEASE_FLAGS)

.PHONY: release
release: release-tools # publishes TAG; only the workflow runs it
	@mkdir -p bin
	@$(MAKE) --no-print-directory release-notes >bin/notes.md
	$(RELEASE) release --clean --release-notes bin/notes.md

.PHONY: release-test
release-test: release-tools ## Build a release in two folders, and fail unless all files are the same and complete (TARGETS=linux/amd64 builds a part).
	RELEASE_TEST=1 TARGETS='$(TARGETS)' PATH="$(RELEASE_TOOLS):$$PATH" go test -count=1 -v -timeout 30m ./internal/release

.PHONY: image-test
image-test: ## Build the image and run it, without Docker (needs Linux, root and buildah).
	IMAGE_TEST=1 go test -count=1 -v ./internal/image

.PHONY: image-programs
image-programs: # what the image of a release is made from, in dist/image
	@mkdir -p dist/image/data
	@for processor in amd64 arm64; do install -D dist/mock-docspace_linux_$${processor}_*/mock-docspace dist/image/linux/$$processor/mock-docspace; done

.PHONY: release-files
release-files: # the completions and the man page, for goreleaser
	@mkdir -p bin/release
	@go build -trimpath -o bin/release/program ./cmd/mock-docspace
	@bin/release/program completion bash >bin/release/mock-docspace.bash
	@bin/release/program completion zsh >bin/release/_mock-docspace
	@bin/release/program completion fish >bin/release/mock-docspace.fish
	@cp cmd/mock-docspace/mock-docspace.1 bin/release
	@rm bin/release/program

.PHONY: release-notes
release-notes: # the section of TAG in CHANGELOG.md; fails when the tag does not fit the repository
	@go run ./internal/release '$(TAG)'
