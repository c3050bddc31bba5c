package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mock-docspace/mock-docspace/internal/speed/rivals"
	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// sink throws an answer away.
type sink struct{ header http.Header }

func (s sink) Header() http.Header { return s.header }

func (s sink) Write(b []byte) (int, error) { return len(b), nil }

func (s sink) WriteHeader(int) {}

// repeated makes one and the same request of a handler over and over.
func repeated(handler http.Handler, r request) func() {
	template := r.new()
	return func() {
		one := *template
		one.Body, one.ContentLength = io.NopCloser(strings.NewReader(r.body)), int64(len(r.body))
		handler.ServeHTTP(sink{http.Header{}}, &one)
	}
}

// cost is what one call of a function takes: the least time, allocations and bytes of many short runs, because nothing else has disturbed
// those.
type cost struct{ micros, allocations, bytes float64 }

// costs measures functions in turns.
func costs(rounds, run int, functions ...func()) []cost {
	all := slices.Repeat([]cost{{math.Inf(1), math.Inf(1), math.Inf(1)}}, len(functions))
	for range rounds {
		for i, f := range functions {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			for range run {
				f()
			}
			took := micros(time.Since(began)) / float64(run)
			runtime.ReadMemStats(&after)
			all[i].micros = min(all[i].micros, took)
			all[i].allocations = min(all[i].allocations, float64(after.Mallocs-before.Mallocs)/float64(run))
			all[i].bytes = min(all[i].bytes, float64(after.TotalAlloc-before.TotalAlloc)/float64(run))
		}
	}
	return all
}

// handlers measures the three calls without a connection.
func handlers(_ context.Context, t *table, compared []contender) error {
	for _, call := range []struct {
		name string
		request
		goal, allocations string
	}{{"GET", getSettings, "watched ≤ 0.29", "net/http + 4"}, {"PUT", putExternal, "watched ≤ 1.11", ""}, {"password", postPassword, "watched ≤ 1.25", ""}} {
		var functions []func()
		for _, c := range compared {
			functions = append(functions, repeated(c.handler, call.request))
		}
		var times, allocations []float64
		for _, found := range costs(200, 100, functions...) {
			times, allocations = append(times, found.micros), append(allocations, found.allocations)
		}
		t.row(call.name+" in the handler", "µs", times, call.goal)
		t.row(call.name+" in the handler", "allocations", allocations, call.allocations)
	}
	return nil
}

// large is the portal with as many more links as a portal may have.
func large() mockserver.Portal {
	p := portal()
	for i := range 4_980 {
		id := strconv.Itoa(100_000 + i)
		p.Entries = append(p.Entries, mockserver.Entry{ID: id, Title: "File", Type: mockserver.EntryFile, Parent: "room/10"})
		p.Links = append(p.Links, mockserver.Link{Entry: "file/" + id, Password: rivals.LinkPassword})
	}
	return p
}

// ending is what [mockserver.Start] needs of a test.
type ending struct{ cleanups []func() }

func (*ending) Helper() {}

func (*ending) Fatalf(format string, arguments ...any) { panic(fmt.Sprintf(format, arguments...)) }

func (e *ending) Cleanup(f func()) { e.cleanups = append(e.cleanups, f) }

func (e *ending) end() {
	for _, f := range e.cleanups {
		f()
	}
}

// portals measures what tests do most: new portals, in this process and by name, and resets. A portal with as many links as it may have
// is measured beside a small one.
func portals(ctx context.Context, t *table, _ []contender) error {
	var test ending
	begin := costs(20, 20, func() { mockserver.Start(&test) })[0]
	test.end()
	t.row("mockserver.Start", "µs", []float64{begin.micros}, "≤ 200 µs")
	t.row("mockserver.Start", "KiB", []float64{begin.bytes / 1024}, "≤ 200 KiB")

	shared, err := host.New()
	if err != nil {
		return err
	}
	defer shared.Close()
	type named struct {
		Name string
		Keys map[string]string
	}
	var added []named
	ask := func(method, path, key string, wanted int) []byte {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, method, "http://127.0.0.1"+path, nil)
		if key != "" {
			r.Header.Set("Authorization", "Bearer "+key)
		}
		if shared.ServeHTTP(w, r); w.Code != wanted {
			panic(w.Body.String())
		}
		return w.Body.Bytes()
	}
	before := inUse()
	made := costs(50, 20, func() {
		var portal named
		if err := json.Unmarshal(ask(http.MethodPost, "/__mock/portals", "", http.StatusCreated), &portal); err != nil {
			panic(err)
		}
		added = append(added, portal)
	})[0]
	fresh := inUse()
	for _, portal := range added {
		ask(http.MethodGet, "/portals/"+portal.Name+rivals.SettingsPath, portal.Keys["owner"], http.StatusOK)
	}
	asked := inUse()
	thousand := func(after int64) []float64 {
		return []float64{float64(after-before) / float64(len(added)) * 1000 / (1 << 20)}
	}
	t.row("POST /__mock/portals", "µs", []float64{made.micros}, "≤ 300 µs")
	t.row("1000 portals", "MiB", thousand(fresh), "≤ 64 MiB")
	t.row("1000 portals whose settings were read", "MiB", thousand(asked), "≤ 64 MiB")

	small, err := mockserver.New(mockserver.WithPortal(portal()))
	if err != nil {
		return err
	}
	big, err := mockserver.New(mockserver.WithPortal(large()))
	if err != nil {
		return err
	}
	reset := costs(100, 100, small.Reset, big.Reset)
	t.row("reset", "µs", []float64{reset[0].micros}, "≤ 50 µs")
	t.row("reset with nearly 10000 links and entries", "µs", []float64{reset[1].micros}, "≤ 50 µs")
	for _, call := range []struct {
		name string
		request
	}{{"GET", getSettings}, {"PUT", putExternal}, {"password", postPassword}} {
		found := costs(200, 100, repeated(small, call.request), repeated(big, call.request))
		t.row(call.name+" with nearly 10000 links and entries, beside a small portal", "ratio", []float64{found[1].micros / found[0].micros}, "≤ 1.20")
	}
	return nil
}

// inUse is the memory in use, in bytes, once everything has been given back.
func inUse() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc) + int64(stats.StackInuse) //nolint:gosec // less than 2^63
}

func sizeOf(file string) (float64, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / (1 << 20), nil
}
