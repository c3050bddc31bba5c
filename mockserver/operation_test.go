package mockserver

import (
	"slices"
	"strings"
	"testing"
)

func TestOperationsAreThoseOfTheContract(t *testing.T) {
	var got []string
	for path, item := range contractDocument().Paths.Map() {
		for method, operation := range item.Operations() {
			got = append(got, method+" "+path+" "+strings.ToLower(operation.OperationID)) // which the generator writes in its own way
		}
	}
	var want []string
	for _, o := range Operations() {
		want = append(want, o.Method()+" "+o.Path()+" "+strings.ToLower(string(o)))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, the contract has %q", want, got)
	}
	if o := Operation("nope"); o.Method() != "" || o.Path() != "" {
		t.Errorf("an unknown operation has %q and %q", o.Method(), o.Path())
	}
}
