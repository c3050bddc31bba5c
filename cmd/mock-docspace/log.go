package main

import (
	"bytes"
	"io"
	"log/slog"
	"os/signal"
	"strings"
	"syscall"

	"github.com/mock-docspace/mock-docspace/internal/printable"
)

// outputFlags say how the program writes to stderr.
type outputFlags struct {
	LogFormat string `group:"output" default:"text" enum:"text,json" placeholder:"FORMAT" help:"Format of the lines on stderr: text or json (default: ${default}). With json, the passwords of the portal are masked."`
	Quiet     bool   `group:"output" help:"Write only warnings and errors to stderr."`
}

func (f *outputFlags) logger(stderr io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{}
	if f.Quiet {
		options.Level = slog.LevelWarn
	}
	if f.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(printable.JSONLog{Out: stderr}, options))
	}
	return slog.New(slog.NewTextHandler(stderr, options))
}

// startLog makes the logger of the program. Its lines go to stderr in the background, and a client can do nothing about a pipe that nobody
// reads. Go would end the program for writing to one whose reader has gone.
func (f *outputFlags) startLog(stderr *lineWriter) *slog.Logger {
	signal.Ignore(syscall.SIGPIPE)
	stderr.tell(func(dropped int) []byte {
		var line bytes.Buffer
		f.logger(&line).Warn("lines of this log were dropped, because they could not be written in time", "lines", dropped)
		return line.Bytes()
	})
	return f.logger(stderr)
}

// panicLog is the error log of an [http.Server]. It keeps only panics, which are our mistakes; the other lines are about
// connections that clients broke off.
type panicLog struct{ logger *slog.Logger }

func (l panicLog) Write(line []byte) (int, error) {
	if bytes.HasPrefix(line, []byte("http: panic serving")) {
		l.logger.Error("panic", "error", strings.TrimSpace(string(line)))
	}
	return len(line), nil
}
