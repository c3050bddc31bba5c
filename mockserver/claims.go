package mockserver

import (
	"errors"
	"fmt"
)

// A decision notes the numbers of the claims that it follows, as in EVIDENCE.md, so that [Server.Why] can tell them.

// maxClaims is how many claims of one answer are noted. The first ones are.
const maxClaims = 8

// claimList are the numbers of claims, without their A. It takes no memory of its own.
type claimList struct {
	numbers [maxClaims]uint16
	count   uint8
}

// add notes claims such as A104, each of them once. "" is none.
func (l *claimList) add(claims ...string) {
	for _, claim := range claims {
		if claim == "" {
			continue
		}
		var number uint16
		for _, digit := range []byte(claim[1:]) {
			number = 10*number + uint16(digit-'0')
		}
		l.addNumber(number)
	}
}

func (l *claimList) addNumber(number uint16) {
	for _, known := range l.numbers[:l.count] {
		if known == number {
			return
		}
	}
	if int(l.count) < len(l.numbers) {
		l.numbers[l.count] = number
		l.count++
	}
}

func (l *claimList) addAll(other claimList) {
	for _, number := range other.numbers[:other.count] {
		l.addNumber(number)
	}
}

// texts are the numbers as they are written.
func (l *claimList) texts() []string {
	if l.count == 0 {
		return nil
	}
	texts := make([]string, l.count)
	for i, number := range l.numbers[:l.count] {
		texts[i] = fmt.Sprintf("A%03d", number)
	}
	return texts
}

// decided is an error with the claims that decided it.
type decided struct {
	error
	claims claimList
}

func (e *decided) Unwrap() error { return e.error }

// because adds the claims that decided an error.
func because(err error, claims ...string) error {
	d := &decided{error: err, claims: claimsOf(err)}
	d.claims.add(claims...)
	return d
}

// claimsOf are the claims that decided an error.
func claimsOf(err error) (claims claimList) {
	var d *decided
	if errors.As(err, &d) {
		claims = d.claims
	}
	return claims
}

// said is what is claimed of the server and of the documentation about the same. "" is nothing.
type said struct{ server, documented string }

// both is one claim about the server and the documentation.
func both(claim string) said { return said{claim, claim} }

// by is the claim that holds in a profile. errorMessages stands for all facts in which the documentation parts from the server.
func (s said) by(p *profile) string {
	if p.errorMessages {
		return s.documented
	}
	return s.server
}
