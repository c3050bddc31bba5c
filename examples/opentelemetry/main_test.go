package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// Each attempt is a span, the portal receives the trace id, and no span has a share key.
func TestTraced(t *testing.T) {
	spans := tracetest.NewSpanRecorder()
	provider := trace.NewTracerProvider(trace.WithSpanProcessor(spans))
	fake, err := mockserver.New()
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	first := true
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told = append(told, r.Header.Get("Traceparent"))
		if first {
			first = false
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	defer server.Close()
	portal, err := client.New(server.URL, client.WithAPIKey("YOUR_API_KEY"), client.WithHTTPClient(traced(provider)), client.WithRetry(client.RetryPolicy{BaseDelay: 1}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, parent := provider.Tracer("test").Start(context.Background(), "parent")
	if _, err := portal.SharingPolicy(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := portal.Unlock(ctx, "KEY_FROM_URL", "Secret123!"); err != nil {
		t.Fatal(err)
	}
	id := parent.SpanContext().TraceID().String()
	if len(spans.Ended()) != 2 || len(told) != 3 || !strings.Contains(told[0], id) || !strings.Contains(told[1], id) || told[0] == told[1] {
		t.Errorf("%d spans, the portal was told %q", len(spans.Ended()), told)
	}
	for _, span := range spans.Ended() {
		for _, attribute := range span.Attributes() {
			if strings.Contains(attribute.Value.Emit(), "KEY_FROM_URL") {
				t.Errorf("the share key is in a span: %v", attribute)
			}
		}
	}
}
