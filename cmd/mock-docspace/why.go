package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mock-docspace/mock-docspace/internal/printable"
	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

type whyCommand struct {
	clientFlags
	connectFlags
	ControlAddr  string `placeholder:"HOST:PORT" help:"Address of the control API, when the server has it at an address of its own."`
	ControlToken string `placeholder:"TOKEN" help:"Token of the control API."`
	PortalName   string `placeholder:"NAME" help:"Name of a named portal, whose journal has the request (default: the main portal)."`

	ID string `arg:"" name:"id" help:"Number of the request, as in the header X-Mock-Sequence of its answer, in the log and in the journal; or last."`
}

// Help is the text that kong prints below the first line of the help.
func (c *whyCommand) Help() string {
	return `The command asks the journal of a running server. It prints the claims of EVIDENCE.md that decided the answer, how each of them is known, and what each profile would have done.`
}

const lastRequest = "last"

// Validate is called by kong. Its errors are about flags.
func (c *whyCommand) Validate() error {
	if c.ControlAddr != "" {
		if err := checkAddress("--control-addr", c.ControlAddr); err != nil {
			return err
		}
	}
	return c.check()
}

// Run asks for the explanation and prints it.
func (c *whyCommand) Run(ctx context.Context, p *process) error {
	sequence, err := strconv.ParseInt(c.ID, 10, 64)
	if c.ID != lastRequest && (err != nil || sequence < 1) {
		return asUsageError(fmt.Errorf("ID: must be the number of a request, or %s, not %.60q", lastRequest, c.ID))
	}
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	asked, err := c.connect(ctx)
	if err != nil {
		return err
	}
	if c.ID == lastRequest {
		if sequence, err = asked.last(ctx); err != nil {
			return err
		}
	}
	answer, err := asked.client.ExplainRequest(ctx, sequence)
	var why control.Explanation
	if err := asked.read(answer, err, &why); err != nil {
		return err
	}
	printWhy(p.stdout, why)
	return nil
}

// askedServer is a server whose control API is asked.
type askedServer struct {
	client  control.ClientInterface
	address string // as messages name it
}

func (c *whyCommand) connect(ctx context.Context) (*askedServer, error) {
	unix := c.Unix
	if c.ControlAddr != "" {
		unix = "" // the control API is somewhere else
	}
	httpClient, err := c.newClient(ctx, unix)
	if err != nil {
		return nil, asUsageError(err)
	}
	base, address, err := c.base(ctx)
	if err != nil {
		return nil, err
	}
	if c.ControlAddr != "" {
		scheme, _, _ := strings.Cut(base, "://")
		host, port, _ := net.SplitHostPort(c.ControlAddr) // Validate has seen it
		base = scheme + "://" + net.JoinHostPort(reachable(host), port)
		address = base
	}
	if c.PortalName != "" {
		base += "/portals/" + url.PathEscape(c.PortalName)
	}
	options := []control.ClientOption{control.WithHTTPClient(httpClient)}
	if c.ControlToken != "" {
		options = append(options, control.WithToken(c.ControlToken))
	}
	client, err := control.NewClient(base, options...)
	if err != nil {
		return nil, asUsageError(fmt.Errorf("--addr: %w", err))
	}
	return &askedServer{client, address}, nil
}

// last is the number of the last request in the journal.
func (s *askedServer) last(ctx context.Context) (int64, error) {
	one := 1
	answer, err := s.client.ListRequests(ctx, &control.ListRequestsParams{Last: &one})
	var requests []control.Request
	if err := s.read(answer, err, &requests); err != nil {
		return 0, err
	}
	if len(requests) == 0 {
		return 0, errors.New("the journal has no request")
	}
	return requests[0].Sequence, nil
}

// maxExplanation is the size of the largest answer that is read, in bytes: some requests with all that the journal keeps of them.
const maxExplanation = 1 << 20

// read reads an answer 200. The error says in one line why there is none.
func (s *askedServer) read(answer *http.Response, err error, into any) error {
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", s.address, connectionError(err))
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxExplanation))
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", s.address, connectionError(err))
	}
	if answer.Header.Get("X-Mock-Docspace") == "" {
		return fmt.Errorf("%s is something other than mock-docspace: it answers %s", s.address, answer.Status)
	}
	if answer.StatusCode == http.StatusOK && json.Unmarshal(body, into) == nil {
		return nil
	}
	var refused control.Error
	switch _ = json.Unmarshal(body, &refused); { // refused stays empty without JSON
	case answer.StatusCode == http.StatusUnauthorized:
		return errors.New("--control-token: the control API wants its token")
	case refused.Message != "":
		return errors.New(refused.Message)
	default:
		return fmt.Errorf("%s has no control API that explains requests: it answers %s: give --control-addr when it is elsewhere", s.address, answer.Status)
	}
}

// printWhy prints an explanation.
func printWhy(w io.Writer, why control.Explanation) {
	fmt.Fprintln(w, summaryOf(why.Request))
	fmt.Fprintln(w)
	for _, note := range why.Notes {
		printIndented(w, "", printable.Line(note))
	}
	printClaims(w, "", why.Claims)
	fmt.Fprintln(w, "\nWhat each profile does with this request:")
	names, says := make([]string, len(why.Profiles)), make([]string, len(why.Profiles))
	for i, p := range why.Profiles {
		names[i], says[i] = string(p.Profile), "the same"
		if p.Own {
			says[i] = "this answer"
		}
		if p.Does != nil {
			says[i] = *p.Does
		}
	}
	groups := namesBySaying(names, says)
	width := 0
	for _, group := range groups {
		width = max(width, len(group.names))
	}
	for _, group := range groups {
		printIndented(w, fmt.Sprintf("  %-*s  ", width, group.names), printable.Line(group.says))
		printClaims(w, strings.Repeat(" ", width+4), why.Profiles[slices.Index(says, group.says)].Claims)
	}
}

// summaryOf is a request and its answer in a line.
func summaryOf(r control.Request) string {
	line := fmt.Sprintf("%d: %s %s", r.Sequence, r.Method, r.Path)
	if r.Body != nil {
		line += " " + *r.Body
	}
	caller := "nobody"
	if r.Caller != nil {
		caller = *r.Caller
	}
	status := "no answer"
	if r.Status != 0 {
		status = strconv.Itoa(r.Status)
	}
	return printable.Line(line + " by " + caller + ": " + status)
}

// profilesOf names the profiles in which a claim holds.
func profilesOf(claim control.Claim) string {
	names := make([]string, len(claim.Profiles))
	for i, name := range claim.Profiles {
		names[i] = string(name)
	}
	switch len(names) {
	case len(mockserver.ProfileNames()):
		return "all profiles"
	case 1:
		return "profile " + names[0]
	default:
		return "profiles " + strings.Join(names, ", ")
	}
}

// printClaims prints claims, each with its evidence.
func printClaims(w io.Writer, indent string, claims []control.Claim) {
	for _, claim := range claims {
		text := claim.Claim
		if claim.Unsure != nil {
			text += " Unsure: " + *claim.Unsure + "."
		}
		number := fmt.Sprintf("%s%-5s  ", indent, claim.Number)
		printIndented(w, number, text)
		printIndented(w, strings.Repeat(" ", len(number)), fmt.Sprintf("%s: %s (%s)", claim.Evidence, claim.Citation, profilesOf(claim)))
	}
}
