// Command opentelemetry traces the calls of the client. Each attempt is a span, and the portal receives the trace id. The
// command is a module of its own, so that the client does not depend on OpenTelemetry.
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

// traced is a client whose transport makes a span for each request. The retries of the portal's client are above it, so each
// attempt has its own span. otelhttp writes the address into the span, so the filter leaves out the calls with a share key in
// their path.
func traced(provider *trace.TracerProvider) *http.Client {
	transport := otelhttp.NewTransport(http.DefaultTransport,
		otelhttp.WithTracerProvider(provider),
		otelhttp.WithPropagators(propagation.TraceContext{}),
		otelhttp.WithFilter(func(r *http.Request) bool { return r.Method != http.MethodPost }),
	)
	return &http.Client{Transport: transport}
}
