package main

import (
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// metrics count the requests of all portals together. No label has a value that a caller chooses, so that the number of series
// is bounded.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	faults     *prometheus.CounterVec
	hints      *prometheus.CounterVec
	violations *prometheus.CounterVec
	addProcess func() // makes the metrics of the runtime and the process, for the first reader: a start would wait for them
}

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "mock_docspace", Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total", "Requests by operation (none: not one of the four calls), method and status (none: no answer).", "operation", "method", "status"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "mock_docspace", Name: "request_duration_seconds", Help: "Time from the arrival of a request to the end of its answer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"operation"}),
		faults:     counter("faults_applied_total", "Faults that were applied to requests, by operation and kind.", "operation", "kind"),
		hints:      counter("hints_total", "Requests that another profile would have answered differently.", "operation"),
		violations: counter("contract_violations_total", "Violations of the contract in requests.", "operation"),
	}
	m.addProcess = sync.OnceFunc(func() {
		m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	})
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: "mock_docspace", Name: "build_info", Help: "Always 1; the labels have the version.",
		ConstLabels: prometheus.Labels{"version": mockserver.Version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.durations, m.faults, m.hints, m.violations, build)
	for _, operation := range append(mockserver.Operations(), "") { // a rate has to begin at 0
		m.durations.WithLabelValues(orNone(operation))
		m.hints.WithLabelValues(orNone(operation))
		m.violations.WithLabelValues(orNone(operation))
	}
	return m
}

// observe counts one request. It is called by each portal, as [mockserver.WithObserver] says.
func (m *metrics) observe(o mockserver.Observation) {
	operation := orNone(o.Operation)
	m.requests.WithLabelValues(operation, knownMethod(o.Method), orNone(strconv.Itoa(o.Status))).Inc()
	m.durations.WithLabelValues(operation).Observe(o.Duration.Seconds())
	for _, kind := range o.Faults {
		m.faults.WithLabelValues(operation, string(kind)).Inc()
	}
	if o.Hint {
		m.hints.WithLabelValues(operation).Inc()
	}
	m.violations.WithLabelValues(operation).Add(float64(o.Violations))
}

func orNone[T ~string](value T) string {
	if value == "" || value == "0" {
		return "none"
	}
	return string(value)
}

// knownMethod returns a method of HTTP as it is, and "other" for a method that a caller made up.
func knownMethod(method string) string {
	if slices.Contains([]string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect, http.MethodOptions, http.MethodTrace,
	}, method) {
		return method
	}
	return "other"
}

// registerHost adds the metrics that are read from the host when they are requested.
func (m *metrics) registerHost(h *host.Host) {
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "mock_docspace", Name: name, Help: help}, value))
	}
	gauge("portals", "Portals, with the main portal.", func() float64 { return float64(1 + len(h.Portals())) })
	gauge("journal_entries", "Requests in the journals of all portals.", func() float64 {
		held, _ := h.JournalSize()
		return float64(held)
	})
	gauge("journal_dropped", "Requests that the journals have dropped since they were last cleared.", func() float64 {
		_, dropped := h.JournalSize()
		return float64(dropped)
	})
}

// handler answers with all metrics.
func (m *metrics) handler() http.Handler {
	all := promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.addProcess()
		all.ServeHTTP(w, r)
	})
}
