package client

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A body of somebody else's that cannot be read again names no link, so the call is not sent again.
func TestBodiesThatNameNoLink(t *testing.T) {
	for name, getBody := range map[string]func() (io.ReadCloser, error){
		"one that fails":    func() (io.ReadCloser, error) { return nil, errors.New("gone") },
		"one without an id": func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(`{}`)), nil },
		"no JSON":           func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(`linkId`)), nil },
		"one without an end": func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader(`{"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}`), iotest.ErrReader(errors.New("gone")))), nil
		},
	} {
		if namesLink(getBody) {
			t.Errorf("%s names a link", name)
		}
	}
	if !namesLink(func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(`{"linkId":"3fa85f64-5717-4562-b3fc-2c963f66afa6"}`)), nil
	}) {
		t.Error("one with an id names none")
	}
}
