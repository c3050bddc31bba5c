package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

const healthTimeout = 3 * time.Second

type healthcheckCommand struct {
	clientFlags
	connectFlags
}

// Help is the text that kong prints below the first line of the help.
func (c *healthcheckCommand) Help() string {
	return `For container images without curl. The command requests /__mock/health. If the control API is switched off or has another address, mock-docspace answers 404, which counts as healthy too. --unix overrides --addr. The command waits 3 s for an answer.`
}

// Validate is called by kong. Its errors are about flags.
func (c *healthcheckCommand) Validate() error { return c.check() }

// Run sends the request. It returns an error unless a healthy mock-docspace answers.
func (c *healthcheckCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	client, err := c.newClient(ctx, c.Unix)
	if err != nil {
		return asUsageError(err)
	}
	base, address, err := c.base(ctx)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/__mock/health", http.NoBody)
	if err != nil {
		return asUsageError(fmt.Errorf("--addr: %w", err))
	}
	answer, err := client.Do(r)
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", address, connectionError(err))
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16)) // only the status and the headers matter
	ours := answer.Header.Get("X-Mock-Docspace") != ""
	switch {
	case answer.StatusCode == http.StatusOK && ours, answer.StatusCode == http.StatusNotFound && ours:
		return nil
	case ours:
		return fmt.Errorf("%s is not healthy: %s", address, answer.Status)
	default:
		return fmt.Errorf("%s is something other than mock-docspace: it answers %s", address, answer.Status)
	}
}
