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
	ours := p.readFlag(body)
	call.claims.addAll(ours.claims)
	read := func(other *profile) flagReading { return other.readFlag(body) }
	askOthers(p, readFlagAlike, read, func(other *profile, theirs flagReading) {
		switch {
		case ours.bad != nil && theirs.bad != nil:
			call.refusal = theirs.refusal
		case theirs.bad != nil:
			call.differs(other, "{refuses|refuse} this body with 400: %s", theirs.bad.Explanation).claims.addAll(theirs.claims)
		case ours.bad != nil && !call.caller.admin():
			theirs.claims.add("A119")
			call.differs(other, "{reads|read} %s, and {refuses|refuse} the caller with 403", other.flagNamesRead()).claims.addAll(theirs.claims)
		case ours.bad != nil:
			call.readsOtherwise(otherReading{other, theirs})
		default:
			call.otherReadings = append(call.otherReadings, otherReading{other, theirs})
		}
	})
	if ours.bad != nil {
		return ours.bad
	}
	dto.Set = &ours.on
	return nil
}

// readsOtherwise hints that another profile reads another value, and answers 200.
func (c *call) readsOtherwise(other otherReading) {
	c.differs(other.profile, "{reads|read} %s, so {it takes|they take} this body as %t and {answers|answer} 200", other.profile.flagNamesRead(), other.on).claims.addAll(other.claims)
}

// flagReading is what a profile reads from the body of a switch, and by which claims.
type flagReading struct {
	on      bool
	bad     *dotnet.BodyError
	refusal said // the claim about bad, in every profile
	claims  claimList
}

// claimOfNoSwitch is about a value that is no switch.
var claimOfNoSwitch = said{"A109", "A110"}

// switchNames are the names of a switch that some profile reads.
var switchNames = [...]string{"displayValue", "set"}

// switchBody is the body of a switch. It is read once for all profiles.
type switchBody struct {
	values [len(switchNames)]switchValue
	bad    *dotnet.BodyError // the mistake that every profile finds
	claim  said              // about this mistake
}

// switchValue is the last value of a name, or the first mistake in one.
type switchValue struct {
	on, ok bool
	bad    *dotnet.BodyError
	place  int // the number of the property with the mistake
}

// sent says whether the body has the name.
func (v switchValue) sent() bool { return v.ok || v.bad != nil }

func readSwitch(call *call) (body switchBody) {
	reader := call.jsonObject(requestDTO+"DisplayRequestDto", "")
	if call.noBody() {
		return switchBody{bad: reader.Missing(), claim: said{"A113", "A114"}}
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
	switch {
	case body.bad == nil:
	case body.bad.Key == "": // null, or a body of chunks with nothing in it
		body.claim = said{"A113", "A114"}
	default:
		body.claim = said{"A111", "A112"}
	}
	return body
}

// readFlag reads the switch from a body, by the names that the profile knows.
func (p *profile) readFlag(body switchBody) (read flagReading) {
	claim, place := body.claim, math.MaxInt
	read.bad = body.bad
	for _, known := range p.flagNames {
		if value := body.values[slices.Index(switchNames[:], known)]; value.bad != nil && value.place < place {
			read.bad, claim, place = value.bad, claimOfNoSwitch, value.place
		}
	}
	if read.bad != nil {
		read.claims.add(claim.by(p))
		read.refusal = claim
		return read
	}
	found := ""
	for _, known := range p.flagNames {
		value := body.values[slices.Index(switchNames[:], known)]
		if value.ok && found != "" && value.on != read.on && p.flagRequired {
			read.claims.add("A108")
			read.on, read.bad = false, &dotnet.BodyError{Key: "$", Message: "The values differ.", Explanation: fmt.Sprintf("Body: %s differ: give one of them, or the same value twice", strings.Join(p.flagNames, " and "))}
			return read
		}
		if value.ok {
			read.on, found = value.on, known
		}
	}
	switch {
	case found == "" && p.flagRequired:
		read.claims.add("A105")
		read.bad = &dotnet.BodyError{Key: "$", Message: "The value is required.", Explanation: fmt.Sprintf("Body: neither %s is given: send one of them as true or false", strings.Join(p.flagNames, " nor "))}
	case found == "":
		read.claims.add("A104")
	case found == switchNames[0]:
		read.claims.add("A107")
	default:
		read.claims.add("A103")
	}
	if !slices.Contains(p.flagNames, switchNames[0]) && body.values[0].sent() {
		read.claims.add("A106")
	}
	return read
}

// flagNamesRead lists the names that the profile reads.
func (p *profile) flagNamesRead() string {
	if len(p.flagNames) == 1 {
		return "nothing but " + p.flagNames[0]
	}
	return strings.Join(p.flagNames, " and ")
}
