package main

import (
	"net/http"
	"runtime"
	"slices"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// metrics count what all portals do together. No label is what a caller sends: there are only so many series.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	faults     *prometheus.CounterVec
	hints      *prometheus.CounterVec
	violations *prometheus.CounterVec
}

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "mock_docspace", Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: counter("requests_total", "Requests, by operation (none: none of the four calls), method and status (none: no answer was given).", "operation", "method", "status"),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "mock_docspace", Name: "request_duration_seconds", Help: "Time from the arrival of a request to the end of its answer.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"operation"}),
		faults:     counter("faults_applied_total", "Faults applied to requests, by operation and kind.", "operation", "kind"),
		hints:      counter("hints_total", "Requests that the other profile would have answered otherwise.", "operation"),
		violations: counter("contract_violations_total", "Places in requests that do not keep to the contract.", "operation"),
	}
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Namespace: "mock_docspace", Name: "build_info", Help: "1.",
		ConstLabels: prometheus.Labels{"version": mockserver.Version, "goversion": runtime.Version()},
	})
	build.Set(1)
	m.registry.MustRegister(m.requests, m.durations, m.faults, m.hints, m.violations, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, operation := range append(mockserver.Operations(), "") { // a rate wants to begin at 0
		m.durations.WithLabelValues(none(operation))
		m.hints.WithLabelValues(none(operation))
		m.violations.WithLabelValues(none(operation))
	}
	return m
}

// observe is a [mockserver.WithObserver].
func (m *metrics) observe(o mockserver.Observation) {
	operation := none(o.Operation)
	m.requests.WithLabelValues(operation, knownMethod(o.Method), none(strconv.Itoa(o.Status))).Inc()
	m.durations.WithLabelValues(operation).Observe(o.Duration.Seconds())
	for _, kind := range o.Faults {
		m.faults.WithLabelValues(operation, string(kind)).Inc()
	}
	if o.Hint {
		m.hints.WithLabelValues(operation).Inc()
	}
	m.violations.WithLabelValues(operation).Add(float64(o.Violations))
}

func none[T ~string](value T) string {
	if value == "" || value == "0" {
		return "none"
	}
	return string(value)
}

// knownMethod is a method that HTTP has, or "other": callers can make up any.
func knownMethod(method string) string {
	if slices.Contains([]string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect, http.MethodOptions, http.MethodTrace,
	}, method) {
		return method
	}
	return "other"
}

// watch adds what is looked up when the metrics are asked for.
func (m *metrics) watch(h *host.Host) {
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "mock_docspace", Name: name, Help: help}, value))
	}
	gauge("portals", "Portals, the main one included.", func() float64 { return float64(1 + len(h.Portals())) })
	gauge("journal_entries", "Requests in the journals of all portals.", func() float64 {
		held, _ := h.JournalSize()
		return float64(held)
	})
	gauge("journal_dropped", "Requests that the journals have dropped since they were last cleared.", func() float64 {
		_, dropped := h.JournalSize()
		return float64(dropped)
	})
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
