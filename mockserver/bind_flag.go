package mockserver

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/api"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/dotnet"
)

// bindFlag sets dto.Set to the value that the profile reads from the body, and call.otherReadings to those of other profiles.
func bindFlag(dto *api.DisplayRequestDto, call *call) error {
	body := readSwitch(call)
	p := call.state.profile
	on, bad := p.readFlag(body)
	read := func(other *profile) flagReading {
		on, bad := other.readFlag(body)
		return flagReading{on, bad}
	}
	askOthers(p, readFlagAlike, read, func(other *profile, theirs flagReading) {
		switch {
		case bad != nil && theirs.bad != nil:
		case theirs.bad != nil:
			call.differs(other, "{refuses|refuse} this body with 400: %s", theirs.bad.Explanation)
		case bad != nil && !call.caller.admin():
			call.differs(other, "{reads|read} %s, and {refuses|refuse} the caller with 403", other.flagNamesRead())
		case bad != nil:
			call.readsOtherwise(other, theirs.on)
		default:
			call.otherReadings = append(call.otherReadings, otherReading{other, theirs.on})
		}
	})
	if bad != nil {
		return bad
	}
	dto.Set = &on
	return nil
}

// readsOtherwise hints that another profile reads another value, and answers 200.
func (c *call) readsOtherwise(other *profile, on bool) {
	c.differs(other, "{reads|read} %s, so {it takes|they take} this body as %t and {answers|answer} 200", other.flagNamesRead(), on)
}

// flagReading is what a profile reads from the body of a switch.
type flagReading struct {
	on  bool
	bad *dotnet.BodyError
}

// switchNames are the names of a switch that some profile reads.
var switchNames = [...]string{"displayValue", "set"}

// switchBody is the body of a switch. It is read once for all profiles.
type switchBody struct {
	values [len(switchNames)]switchValue
	bad    *dotnet.BodyError // the mistake that every profile finds
}

// switchValue is the last value of a name, or the first mistake in one.
type switchValue struct {
	on, ok bool
	bad    *dotnet.BodyError
	place  int // the number of the property with the mistake
}

func readSwitch(call *call) (body switchBody) {
	reader := call.jsonObject(requestDTO+"DisplayRequestDto", "")
	if call.noBody() {
		return switchBody{bad: reader.Missing()}
	}
	place := 0
	body.bad = reader.Read(func(name string, value dotnet.Value) *dotnet.BodyError {
		place++
		for i, known := range switchNames {
			if !dotnet.EqualFold(name, known) {
				continue
			}
			read := &body.values[i]
			if on, ok := value.Bool(); ok {
				read.on, read.ok = on, true
			} else if read.bad == nil {
				read.bad, read.place = reader.Mismatch("true or false", "System.Boolean"), place
			}
		}
		return nil
	})
	return body
}

// readFlag reads the switch from a body, by the names that the profile knows.
func (p *profile) readFlag(body switchBody) (bool, *dotnet.BodyError) {
	bad, place := body.bad, math.MaxInt
	for _, known := range p.flagNames {
		if value := body.values[slices.Index(switchNames[:], known)]; value.bad != nil && value.place < place {
			bad, place = value.bad, value.place
		}
	}
	if bad != nil {
		return false, bad
	}
	var on, found bool
	for _, known := range p.flagNames {
		value := body.values[slices.Index(switchNames[:], known)]
		if value.ok && found && value.on != on && p.flagRequired {
			return false, &dotnet.BodyError{Key: "$", Message: "The values differ.", Explanation: fmt.Sprintf("Body: %s differ: give one of them, or the same value twice", strings.Join(p.flagNames, " and "))}
		}
		if value.ok {
			on, found = value.on, true
		}
	}
	if !found && p.flagRequired {
		return false, &dotnet.BodyError{Key: "$", Message: "The value is required.", Explanation: fmt.Sprintf("Body: neither %s is given: send one of them as true or false", strings.Join(p.flagNames, " nor "))}
	}
	return on, nil
}

// flagNamesRead lists the names that the profile reads.
func (p *profile) flagNamesRead() string {
	if len(p.flagNames) == 1 {
		return "nothing but " + p.flagNames[0]
	}
	return strings.Join(p.flagNames, " and ")
}
