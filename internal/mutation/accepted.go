package main

const pieces = "a log is written in pieces of another size"

// accepted are edits that no test has to see, by their ids, with the reason. The random mode leaves them out.
var accepted = map[string]string{
	"mockserver/internal/member/member.go: Member.UnmarshalJSON: len(text) > 0 is len(text) >= 0": "encoding/json gives no empty text",
	"mockserver/host/control_body.go: viaJSON: panic(err) is gone":                                "both types describe the same JSON, so there is no error",
	"cmd/mock-docspace/linewriter.go: package: 32 is 33":                                          pieces, "cmd/mock-docspace/linewriter.go: package: 32 is 31": pieces,
	"cmd/mock-docspace/linewriter.go: package: 10 is 11": pieces, "cmd/mock-docspace/linewriter.go: package: 10 is 9": pieces,
	"cmd/mock-docspace/linewriter.go: lineWriter.take: cap(spare) > pieceSize is cap(spare) >= pieceSize": "memory of one size more or less is kept",
	"client/errors_kinds.go: statusKind: 399 is 400":                                                      "400 has a kind of its own above",
	"cmd/mock-docspace/statefile.go: readState: false is true":                                            "who calls it looks at the error first",
}
