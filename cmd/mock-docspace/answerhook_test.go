package main

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
)

// recordedWriter records the calls of an [http.ResponseWriter].
type recordedWriter struct {
	http.ResponseWriter
	calls *[]string
}

func (w recordedWriter) WriteHeader(status int) {
	*w.calls = append(*w.calls, "status")
	w.ResponseWriter.WriteHeader(status)
}

func (w recordedWriter) Write(p []byte) (int, error) {
	*w.calls = append(*w.calls, "body")
	return w.ResponseWriter.Write(p)
}

func TestHookRunsOnceBeforeTheAnswer(t *testing.T) {
	for name, test := range map[string]struct {
		handler func(http.ResponseWriter)
		want    []string
	}{
		"status and body": {func(w http.ResponseWriter) { w.WriteHeader(201); w.Write([]byte("a")); w.Write([]byte("b")) }, []string{"hook", "status", "body", "body"}},
		"body alone":      {func(w http.ResponseWriter) { w.Write([]byte("a")) }, []string{"hook", "body"}},
		"no answer":       {func(http.ResponseWriter) {}, nil},
	} {
		var calls []string
		test.handler(&hookedWriter{
			ResponseWriter: recordedWriter{httptest.NewRecorder(), &calls},
			beforeAnswer:   func() { calls = append(calls, "hook") },
		})
		if !slices.Equal(calls, test.want) {
			t.Errorf("%s: %v, want %v", name, calls, test.want)
		}
	}
}
