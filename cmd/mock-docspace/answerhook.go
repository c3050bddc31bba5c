package main

import "net/http"

// hookedWriter calls a function before the first byte of the answer.
type hookedWriter struct {
	http.ResponseWriter
	beforeAnswer func()
	started      bool
}

func (w *hookedWriter) WriteHeader(status int) {
	w.start()
	w.ResponseWriter.WriteHeader(status)
}

func (w *hookedWriter) Write(p []byte) (int, error) {
	w.start()
	return w.ResponseWriter.Write(p)
}

func (w *hookedWriter) start() {
	if !w.started {
		w.started = true
		w.beforeAnswer()
	}
}

// Unwrap is for [http.ResponseController].
func (w *hookedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
