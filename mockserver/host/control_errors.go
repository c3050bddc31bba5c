package host

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"

	"github.com/labstack/echo/v4"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/strict"
)

// controlFailure is an error answer of the control API.
type controlFailure struct {
	status int
	body   control.Error
}

func (e *controlFailure) Error() string { return fmt.Sprintf("%d: %s", e.status, e.body.Message) }

func refuseControl(status int, format string, args ...any) *controlFailure {
	return &controlFailure{status: status, body: control.Error{Message: fmt.Sprintf(format, args...)}}
}

// conflict refuses a value of the body that the contract allows, but the portal does not.
func conflict(path, message string) *controlFailure {
	failure := refuseControl(http.StatusConflict, "%s: %s", path, message)
	failure.body.Path = &path
	return failure
}

func noPortal(name string) *controlFailure {
	return refuseControl(http.StatusNotFound, "there is no portal of the name %.80q: POST %s/portals makes one", name, controlPath)
}

// handleControlError turns every error into the body that the contract describes. It is Echo's HTTPErrorHandler.
func (h *Host) handleControlError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	var dropped *mockserver.DroppedError
	if errors.As(err, &dropped) {
		number, through := int64(dropped.Dropped), int64(dropped.Through) //nolint:gosec // no journal counts that far
		h.writeControlError(c, http.StatusConflict, control.DroppedError{Message: dropped.Error(), Dropped: &number, Through: &through})
		return
	}
	failure := controlFailureOf(err)
	if failure == nil {
		h.options.logger.Error("unexpected error", "error", err)
		failure = refuseControl(http.StatusInternalServerError, "mock-docspace failed; please report it with its log")
	}
	body := failure.body
	if sent := controlFrom(c.Request().Context()).body; sent != nil && body.Path != nil && body.Line == nil {
		if line, column, known := sent.Position(*body.Path); known {
			body.Line, body.Column = &line, &column
		}
	}
	h.writeControlError(c, failure.status, body)
}

func (h *Host) writeControlError(c echo.Context, status int, body any) {
	if err := c.JSON(status, body); err != nil {
		h.options.logger.Debug("answer not written", "error", err)
	}
}

// recordPath matches the beginning of a path that leads to one user, API key, entry or link.
var recordPath = regexp.MustCompile(`^(users|apiKeys|entries|links)\[\d+\]\.`)

// controlFailureOf is the answer for an error, nil for an unexpected one.
func controlFailureOf(err error) *controlFailure {
	var (
		failure  *controlFailure
		file     *strict.Error
		portal   *mockserver.PortalError
		fault    *mockserver.FaultError
		filter   *mockserver.FilterError
		notFound *mockserver.NotFoundError
		echoed   *echo.HTTPError
	)
	switch {
	case errors.As(err, &failure):
		return failure
	case errors.As(err, &file):
		failure = refuseControl(http.StatusBadRequest, "%s", file.Message)
		if errors.As(err, new(*strict.TooLargeError)) {
			failure.status = http.StatusRequestEntityTooLarge
		}
		if file.Path != "" {
			failure.body.Path = &file.Path
		} else {
			failure.body.Message = "the body " + file.Message
		}
		if file.Line > 0 {
			failure.body.Line, failure.body.Column = &file.Line, &file.Column
		}
		return failure
	case errors.As(err, &portal):
		return conflict(portal.Path, portal.Message)
	case errors.As(err, &fault):
		return conflict(fault.Path, fault.Message)
	case errors.As(err, &filter):
		return refuseControl(http.StatusConflict, "query parameter %s: %s", filter.Path, filter.Message)
	case errors.As(err, &notFound):
		return refuseControl(http.StatusNotFound, "%s", notFound)
	case errors.Is(err, ErrPortalExists), errors.Is(err, ErrTooManyPortals), errors.Is(err, mockserver.ErrTooManySnapshots), errors.Is(err, mockserver.ErrNoJournal):
		return refuseControl(http.StatusConflict, "%s", err)
	case errors.Is(err, mockserver.ErrSnapshotName):
		return refuseControl(http.StatusBadRequest, "%s", err)
	case errors.As(err, &echoed) && echoed.Code == http.StatusNotFound:
		return refuseControl(http.StatusNotFound, "there is no such call: GET %s/openapi.yaml lists those that there are", controlPath)
	case errors.As(err, &echoed) && echoed.Code == http.StatusMethodNotAllowed:
		return refuseControl(http.StatusMethodNotAllowed, "this path does not have this method: see the header Allow")
	case errors.As(err, &echoed) && echoed.Code == http.StatusBadRequest:
		return refuseControl(http.StatusBadRequest, "a parameter cannot be read: see %s/openapi.yaml", controlPath)
	default:
		return nil
	}
}

// recordMistake shortens the path of a mistake in a portal to its place in the user, API key, entry or link of the body.
func recordMistake(err error) error {
	var mistake *mockserver.PortalError
	if errors.As(err, &mistake) {
		return &mockserver.PortalError{Path: recordPath.ReplaceAllString(mistake.Path, ""), Message: mistake.Message}
	}
	return err
}
