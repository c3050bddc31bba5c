package host

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/sync/semaphore"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/schema"
)

// A call that is large takes up to a hundred times the memory of its body, while it is worked on. So one such call has its turn at a time,
// and otherwise a few small ones.
const (
	smallTurn    = 1
	wholeTurn    = 8        // nobody else has a turn
	largeBody    = 32 << 10 // bytes
	largeRecords = 1000     // of the portal
)

func newTurns() *semaphore.Weighted { return semaphore.NewWeighted(wholeTurn) }

// holdAnswers keeps an answer until the turn of its call has ended, so that nobody waits for a client that reads slowly.
func (h *Host) holdAnswers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		call := controlFrom(c.Request().Context())
		held := &heldAnswer{ResponseWriter: c.Response().Writer}
		c.Response().Writer = held
		defer func() { // also when there is a panic
			c.Response().Writer = held.ResponseWriter
			h.endTurn(call)
		}()
		if err := next(c); err != nil {
			c.Error(err)
		}
		h.endTurn(call)
		held.send()
		return nil
	}
}

// heldAnswer is an answer that is not sent yet.
type heldAnswer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (a *heldAnswer) WriteHeader(status int) { a.status = status }

func (a *heldAnswer) Write(body []byte) (int, error) { return a.body.Write(body) }

func (a *heldAnswer) send() {
	if a.status == 0 {
		return
	}
	a.ResponseWriter.WriteHeader(a.status)
	_, _ = a.ResponseWriter.Write(a.body.Bytes()) // the client is gone when there is an error
}

// waitForTurn begins the turn of a call that has arrived as a whole. The error refuses a call that could make the process too large.
func (h *Host) waitForTurn(ctx context.Context, request *schema.Request, body int) error {
	call := controlFrom(ctx)
	turn := int64(smallTurn)
	if body > largeBody || request.Operation == "listRequests" || call.target.server.Records() > largeRecords {
		turn = wholeTurn
	}
	if err := h.turns.Acquire(ctx, turn); err != nil {
		return refuseControl(http.StatusServiceUnavailable, "the client has gone") // and does not see this
	}
	call.turn = turn
	var err error
	switch id := request.Operation; {
	case h.options.memory == nil:
	case begins(id, "add", "change", "replace", "save"):
		err = h.options.memory(true)
	case turn == wholeTurn && begins(id, "get", "list", "count"):
		err = h.options.memory(false)
	}
	if err != nil {
		return refuseControl(http.StatusConflict, "%s", err)
	}
	return nil
}

func begins(operationID string, verbs ...string) bool {
	return slices.ContainsFunc(verbs, func(verb string) bool { return strings.HasPrefix(operationID, verb) })
}

func (h *Host) endTurn(call *controlCall) {
	h.turns.Release(call.turn)
	call.turn = 0
}
