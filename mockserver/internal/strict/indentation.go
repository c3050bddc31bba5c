package strict

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/token"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/text"
)

// explain says what YAML expects where the library has found a mistake, and where. The library names the value before a line that stands
// too far to the right, and says of no mistake what would be right.
func explain(lines []string, message string, at *token.Position) (*token.Position, string) {
	number := at.Line
	switch {
	case strings.HasPrefix(message, "found character '\t'"):
		return at, "a tab: expected blanks, which YAML indents with"
	case message == "non-map value is specified", message == "unexpected key name":
		return at, `expected a key and its value, as in "key: value" with a blank after the colon`
	case message == "mapping value is not allowed in this context":
		number = nextKey(lines, at)
	case !strings.HasPrefix(message, "value is not allowed in this context"):
		number = 0
	}
	if number < 1 || number > len(lines) {
		return at, message
	}
	if expected := expectedColumns(lines, number); expected != "" {
		return &token.Position{Line: number, Column: indentation(lines[number-1]) + 1}, "wrong indentation: expected " + expected
	}
	return at, message
}

// nextKey is the line of the key that the library took for a part of the value before it. It is 0 when that is in the same line.
func nextKey(lines []string, at *token.Position) int {
	for number := at.Line + 1; number <= len(lines); number++ {
		if found := levelsIn(lines, number); len(found) > 0 && !found[len(found)-1].dash {
			return number
		}
	}
	return 0
}

// level is a column in which keys stand below each other, or the dashes of a list.
type level struct {
	line, column int
	dash         bool
	key          string
}

func (l level) String() string {
	name := `"` + l.key + `"`
	if l.dash {
		name = "the dash"
	}
	return fmt.Sprintf("column %d, as %s in line %d", l.column, name, l.line)
}

// expectedColumns names the columns around that of a line in which something like it may stand. It is empty when the line has one of them,
// so that its mistake is another one.
func expectedColumns(lines []string, number int) string {
	above := levelsAbove(lines, number)
	if len(above) == 0 {
		return ""
	}
	own := levelsIn(lines, number)
	if len(own) == 0 {
		if last := above[0]; !last.dash && strings.HasSuffix(strings.TrimSpace(lines[last.line-1]), ":") {
			return fmt.Sprintf("column %d or more, for the value of %q in line %d", last.column+1, last.key, last.line)
		}
		return ""
	}
	var right, left *level // the nearest ones
	for i, l := range above {
		switch {
		case l.dash != own[0].dash:
		case l.column == own[0].column:
			return ""
		case l.column > own[0].column:
			right = &above[i]
		case left == nil:
			left = &above[i]
		}
	}
	switch {
	case right != nil && left != nil:
		return right.String() + ", or " + left.String()
	case right != nil:
		return right.String()
	case left != nil:
		return left.String()
	default:
		return ""
	}
}

// levelsAbove are the levels that a line could belong to, the deepest first.
func levelsAbove(lines []string, number int) []level {
	var open []level
	for number--; number > 0; number-- {
		found := levelsIn(lines, number)
		for i := len(found) - 1; i >= 0; i-- {
			l := found[i]
			if len(open) > 0 {
				inner := open[len(open)-1]
				if l.column > inner.column || l.column == inner.column && (l.dash || !inner.dash) { // a list may stand below the key that it belongs to
					continue
				}
			}
			open = append(open, l)
		}
	}
	return open
}

// levelsIn are the levels that a line shows: those of its dashes, and that of its key.
func levelsIn(lines []string, number int) []level {
	line := strings.TrimRight(lines[number-1], " ")
	var found []level
	column := indentation(line)
	for rest := line[column:]; ; rest = line[column:] {
		after, isDash := strings.CutPrefix(rest, "- ")
		switch {
		case rest == "-":
			return append(found, level{line: number, column: column + 1, dash: true})
		case isDash:
			found = append(found, level{line: number, column: column + 1, dash: true})
			column += len("- ") + indentation(after)
			continue
		}
		if key := keyForm.FindStringSubmatch(rest); key != nil {
			found = append(found, level{line: number, column: column + 1, key: key[1]})
		}
		return found
	}
}

var keyForm = text.Pattern{Text: `^([A-Za-z0-9_]{1,60}):( |$)`}

// indentation is how many blanks a line begins with.
func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
