package main

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestContractChanges(t *testing.T) {
	g := NewWithT(t)
	changes, err := contractChanges("openapi.yaml", `[{"id":"response-required-property-removed",
		"text":"removed the required property `+"`response/entityTitle` from the response with the `200`"+` status","level":3,
		"operation":"POST","operationId":"applyExternalSharePassword","path":"/api/2.0/files/share/{key}/password"}]`)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(changes).To(HaveLen(1))
	g.Expect(changes[0].names).To(Equal([]string{"applyExternalSharePassword", "/api/2.0/files/share/{key}/password", "entityTitle"}))
	g.Expect(changes[0].isIn(announced(changelog, "v0.2.0"))).To(BeTrue())

	_, err = contractChanges("openapi.yaml", "Error: no such file")
	g.Expect(err).To(HaveOccurred())
}

func TestGoChanges(t *testing.T) {
	g := NewWithT(t)
	changes := goChanges("mockserver/control", "- (*Client).GetState: removed\n- State: old is comparable, new is not\n- Version: value changed from \"0.1.0\" to \"0.2.0\"\n")
	g.Expect(changes).To(HaveLen(2))
	g.Expect(changes[0].names).To(Equal([]string{"control.Client.GetState"}))
	g.Expect(changes[1].names).To(Equal([]string{"control.State"}))
}
