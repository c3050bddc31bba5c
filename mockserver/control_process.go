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
	return control.GetContract200TextResponse(control.OpenAPI()), nil
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
