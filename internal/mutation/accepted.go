package main

// accepted are edits that no test has to see, by their ids, with the reason. The random mode leaves them out.
var accepted = map[string]string{
	"mockserver/internal/member/member.go: Member.UnmarshalJSON: len(text) > 0 is len(text) >= 0": "encoding/json gives no empty text",
	"cmd/mock-docspace/statefile.go: readState: false is true":                                    "who calls it looks at the error first",
}
