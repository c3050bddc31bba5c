package mockserver

import (
	"slices"
	"testing"
)

func TestOperationsAreThoseOfTheContract(t *testing.T) {
	var got []string
	for path, item := range contractDocument().Paths.Map() {
		for method, operation := range item.Operations() {
			got = append(got, method+" "+path+" "+operation.OperationID)
		}
	}
	var want []string
	for _, o := range Operations() {
		want = append(want, o.Method()+" "+o.Path()+" "+string(o))
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
