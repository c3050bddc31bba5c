// Command opentelemetry traces the calls of the client: a span for each attempt, with the trace handed on to the portal. It
// is a module of its own, so that nobody inherits OpenTelemetry from the client.
//
// It reads DOCSPACE_URL and DOCSPACE_API_KEY, and prints the spans.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/exporters/stdout/stdouttrace"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"

	"github.com/mock-docspace/mock-docspace/client"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "opentelemetry:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	exporter, err := stdouttrace.New(stdouttrace.WithPrettyPrint())
	if err != nil {
		return err
	}
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter))
	defer func() { _ = provider.Shutdown(ctx) }()

	portal, err := client.FromEnv(client.WithHTTPClient(traced(provider)))
	if err != nil {
		return err
	}
	ctx, span := provider.Tracer("example").Start(ctx, "read the sharing policy")
	defer span.End()
	policy, err := portal.SharingPolicy(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "external sharing:", policy.ExternalShare)
	return nil
}

// traced is a client whose transport makes a span for each request. It sits beneath retries and redirect rule, so that each
// attempt has a span of its own. Spans of otelhttp hold the address: leave out the calls with a share key in their path.
func traced(provider *trace.TracerProvider) *http.Client {
	transport := otelhttp.NewTransport(http.DefaultTransport,
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithFilter(func(r *http.Request) bool { return r.Method != http.MethodPost }),
	)
	return &http.Client{Transport: transport}
}
