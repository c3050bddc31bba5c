package mockserver

import (
	"context"
	"net/http"

	"github.com/mock-docspace/mock-docspace/mockserver/control"
)

func (c controller) GetHealth(context.Context, control.GetHealthRequestObject) (control.GetHealthResponseObject, error) {
	return control.GetHealth200JSONResponse{Status: control.HealthStatusOk, Version: Version}, nil
}

func (c controller) GetReady(context.Context, control.GetReadyRequestObject) (control.GetReadyResponseObject, error) {
	return control.GetReady200JSONResponse{Status: control.HealthStatusOk, Version: Version}, nil
}

func (c controller) GetContract(context.Context, control.GetContractRequestObject) (control.GetContractResponseObject, error) {
	return document(control.OpenAPI()), nil
}

// document is an answer of plain text.
type document []byte

// VisitGetContractResponse writes the answer. The stub would leave the encoding to be guessed.
func (d document) VisitGetContractResponse(w http.ResponseWriter) error {
	return answer{status: http.StatusOK, contentType: "text/plain; charset=utf-8", body: d}.write(w)
}

func (c controller) GetMetrics(ctx context.Context, _ control.GetMetricsRequestObject) (control.GetMetricsResponseObject, error) {
	if c.options.metrics == nil {
		return nil, refuseControl(http.StatusNotFound, "this server has no metrics")
	}
	return metrics{c.options.metrics, controlFrom(ctx).request}, nil
}

// metrics is the answer of another handler.
type metrics struct {
	handler http.Handler
	request *http.Request
}

// VisitGetMetricsResponse writes the answer.
func (m metrics) VisitGetMetricsResponse(w http.ResponseWriter) error {
	m.handler.ServeHTTP(w, m.request)
	return nil
}
