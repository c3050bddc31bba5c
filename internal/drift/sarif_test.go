package drift_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mock-docspace/mock-docspace/internal/drift"
)

// sarifSchema is the public schema, as the npm package @microsoft/jest-sarif has it.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	g := NewWithT(t)
	file, err := os.Open(filepath.Join("testdata", "sarif-2.1.0-rtm.5.json.gz"))
	g.Expect(err).NotTo(HaveOccurred())
	defer file.Close()
	text, err := gzip.NewReader(file)
	g.Expect(err).NotTo(HaveOccurred())
	document, err := jsonschema.UnmarshalJSON(text)
	g.Expect(err).NotTo(HaveOccurred())
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	g.Expect(compiler.AddResource("sarif.json", document)).To(Succeed())
	schema, err := compiler.Compile("sarif.json")
	g.Expect(err).NotTo(HaveOccurred())
	return schema
}

func TestSARIFMatchesItsSchema(t *testing.T) {
	g := NewWithT(t)
	schema := sarifSchema(t)
	golden, err := os.ReadFile(filepath.Join("testdata", "report.sarif"))
	g.Expect(err).NotTo(HaveOccurred())
	deviating, err := drift.NewReport(found()).SARIF()
	g.Expect(err).NotTo(HaveOccurred())
	empty, err := drift.NewReport(drift.Run{Program: "docspace-contract"}).SARIF()
	g.Expect(err).NotTo(HaveOccurred())
	for _, text := range [][]byte{golden, deviating, empty} {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(schema.Validate(document)).To(Succeed())
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(bytes.ReplaceAll(golden, []byte(`"startLine": 29`), []byte(`"startLine": 0`))))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(schema.Validate(document)).NotTo(Succeed(), "the schema looks")
}
