package host

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/control"
	"github.com/mock-docspace/mock-docspace/mockserver/internal/controlapi"
)

func (c controller) GetHealth(context.Context, controlapi.GetHealthRequestObject) (controlapi.GetHealthResponseObject, error) {
	return controlapi.GetHealth200JSONResponse{Status: control.HealthStatusOk, Version: mockserver.Version}, nil
}

func (c controller) GetReady(context.Context, controlapi.GetReadyRequestObject) (controlapi.GetReadyResponseObject, error) {
	return controlapi.GetReady200JSONResponse{Status: control.HealthStatusOk, Version: mockserver.Version}, nil
}

func (c controller) GetContract(context.Context, controlapi.GetContractRequestObject) (controlapi.GetContractResponseObject, error) {
	return document(control.OpenAPI()), nil
}

// document is an answer of plain text, in UTF-8.
type document []byte

// VisitGetContractResponse writes the answer. The stub would not name the encoding.
func (d document) VisitGetContractResponse(w http.ResponseWriter) error {
	write(w, http.StatusOK, "text/plain; charset=utf-8", d)
	return nil
}

func (c controller) GetMetrics(ctx context.Context, _ controlapi.GetMetricsRequestObject) (controlapi.GetMetricsResponseObject, error) {
	if c.options.metrics == nil {
		return nil, refuseControl(http.StatusNotFound, "this server has no metrics")
	}
	return metrics{c.options.metrics, controlFrom(ctx).request}, nil
}

// metrics lets another handler answer.
type metrics struct {
	handler http.Handler
	request *http.Request
}

// VisitGetMetricsResponse writes the answer.
func (m metrics) VisitGetMetricsResponse(w http.ResponseWriter) error {
	m.handler.ServeHTTP(w, m.request)
	return nil
}
