package mockserver

import (
	"slices"
	"testing"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// ApiContext.cs.
func TestFieldsOf(t *testing.T) {
	for query, want := range map[string][]string{
		"":                                 nil,
		"field=a":                          nil,
		"fields":                           {""},
		"fields=":                          {""},
		"fields=a":                         {"a"},
		"fields=a,b,":                      {"a", "b", ""},
		"fields=a%2Cb":                     {"a", "b"},
		"FIELDS=%20a":                      {" a"},
		"fields=a,x&fields=b":              {"a,x", "b"},
		"fields[]=a&fields[]=b,c":          {"a", "b,c"},
		"fields%5B%5D=a&fields=b":          {"a"},
		"count=3&startIndex=1&fields=a.b":  {"a.b"},
		"filterValue=fields&sortBy=fields": nil,
	} {
		got := fieldsOf(dotnet.ParseQuery(query))
		if !slices.Equal(got, want) || (got == nil) != (want == nil) {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
	}
}

// DynamicIgnoreResolver.cs.
func TestPick(t *testing.T) {
	whole, err := parseObject([]byte(`{"b":true,"a":1,"list":[2],"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4},"defaultOrder":{"is_asc":false,"property":0},"plain":{"is_asc":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		fields []string
		want   string
	}{
		{nil, string(whole.encode())},
		{[]string{}, `{}`},
		{[]string{""}, `{}`},
		{[]string{"a", "b", "a"}, `{"b":true,"a":1}`}, // in the order of the object
		{[]string{"A", "nope", "list"}, `{"list":[2]}`},
		{[]string{"automaticallyCleanUp"}, `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`},
		{[]string{"automaticallyCleanUp.gap"}, `{"automaticallyCleanUp":{"gap":4}}`},
		{[]string{"automaticallyCleanUp.nope"}, `{"automaticallyCleanUp":{}}`},
		{[]string{"automaticallyCleanUp.gap", "automaticallyCleanUp"}, `{"automaticallyCleanUp":{"isAutoCleanUp":true,"gap":4}}`},
		// The converter does not look at JsonPropertyName when the object is picked.
		{[]string{"defaultOrder"}, `{"defaultOrder":{"isAsc":false,"sortedBy":0}}`},
		{[]string{"defaultOrder.sortedBy"}, `{"defaultOrder":{"sortedBy":0}}`},
		{[]string{"defaultOrder.is_asc", "defaultOrder.property"}, `{"defaultOrder":{}}`},
		// It knows no other nested object: behind the point of anything else nothing is looked at.
		{[]string{"plain"}, `{"plain":{"is_asc":1}}`},
		{[]string{"plain.nope"}, `{"plain":{"is_asc":1}}`},
		{[]string{"a.b", "list.0"}, `{"a":1,"list":[2]}`},
		{[]string{"a."}, `{"a":1}`},
		{[]string{"automaticallyCleanUp.gap.x"}, `{"automaticallyCleanUp":{"gap":4}}`},
		{[]string{"automaticallyCleanUp."}, `{"automaticallyCleanUp":{}}`},
	} {
		before := string(whole.encode())
		if got := string(whole.pick(test.fields).encode()); got != test.want {
			t.Errorf("%q: got %s, want %s", test.fields, got, test.want)
		}
		if after := string(whole.encode()); after != before {
			t.Errorf("%q: the object has become %s", test.fields, after)
		}
	}
}
