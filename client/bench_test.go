package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

// The fake's settings.json is the answer of a fresh portal of v3.7.2. It has 64 properties and 14 KB.
func settingsAnswer(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("../mockserver/settings.json")
	if err != nil {
		tb.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		tb.Fatal(err)
	}
	return envelope(compact.String())
}

const policyFlags = `{"enableThirdParty":true,"externalShare":true,"externalShareSocialMedia":true,"defaultShareLinkInternal":false,` +
	`"externalShareApplyToDocuments":true,"externalShareApplyToRooms":true,"blockExistingLinksOnRestrict":true}`

// bench has the ways of calling that are compared. All of them call one server in this process.
type bench struct {
	url       string
	http      *http.Client
	generated *api.ClientWithResponses
	portal    *client.Portal
}

func newBench(tb testing.TB) *bench {
	settings := settingsAnswer(tb)
	portal, server := serve(tb, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", jsonType)
		switch {
		case r.Method == http.MethodPut:
			io.WriteString(w, envelope("true"))
		case r.URL.RawQuery != "":
			io.WriteString(w, envelope(policyFlags))
		default:
			io.WriteString(w, settings)
		}
	}, client.WithAPIKey("sk-1"))
	plain := &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	generated, err := api.NewClientWithResponses(server.URL, api.WithHTTPClient(plain), api.WithRequestEditorFn(func(_ context.Context, req *http.Request) error {
		req.Header.Set("Authorization", "Bearer sk-1")
		return nil
	}))
	if err != nil {
		tb.Fatal(err)
	}
	return &bench{url: server.URL + "/api/2.0/files/settings", http: plain, generated: generated, portal: portal}
}

// floor is the cheapest way: net/http, and encoding/json into the same struct, without a deadline, a limit or a check.
func (b *bench) floor(method, address string, body, into any) error {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, address, content)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer sk-1")
	req.Header.Set("Accept", "application/json")
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := b.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

func (b *bench) calls() map[string]func() error {
	ctx, on := context.Background(), true
	display := api.DisplayRequestDto{Set: &on, DisplayValue: &on}
	return map[string]func() error{
		"get floor": func() error {
			var settings struct {
				api.FilesSettingsWrapper
				Response client.FilesSettings `json:"response"`
			}
			return b.floor(http.MethodGet, b.url, nil, &settings)
		},
		"get generated": func() error { _, err := b.generated.GetFilesSettingsWithResponse(ctx, nil); return err },
		"get facade":    func() error { _, err := b.portal.FilesSettings(ctx); return err },
		"put floor": func() error {
			var inForce api.BooleanWrapper
			return b.floor(http.MethodPut, b.url+"/external", display, &inForce)
		},
		"put generated": func() error { _, err := b.generated.ExternalShareWithResponse(ctx, display); return err },
		"put facade":    func() error { _, err := b.portal.SetExternalShare(ctx, true); return err },
		"policy":        func() error { _, err := b.portal.SharingPolicy(ctx); return err },
	}
}

func BenchmarkCalls(b *testing.B) {
	calls := newBench(b).calls()
	for _, name := range sortedNames(calls) {
		b.Run(strings.ReplaceAll(name, " ", "/"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := calls[name](); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// ratioLimits are the promises: how much more the facade may cost than the floor, and the flags compared to all settings.
var ratioLimits = []struct {
	name, what, beside string
	allocs             bool
	limit              float64
}{
	{"facade_get_time", "get facade", "get floor", false, 1.05},
	{"facade_get_allocs", "get facade", "get floor", true, 1.05},
	{"facade_put_time", "put facade", "put floor", false, 1.05},
	{"facade_put_allocs", "put facade", "put floor", true, 1.05},
	{"policy_time", "policy", "get facade", false, 1.0 / 8},
	{"policy_allocs", "policy", "get facade", true, 1.0 / 20},
}

var measure = flag.Bool("ratios", false, "measure times too, and print all ratios")

// Allocations are always counted. Times are measured only with -ratios, because other work on the machine disturbs them. The
// ways are measured one after the other in many rounds, and the medians of the rounds are compared.
func TestRatios(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates too")
	}
	b := newBench(t)
	calls := b.calls()
	names := sortedNames(calls)
	rounds, repeat := 20, 20
	if *measure {
		rounds = 400
	}
	times, allocs := map[string][]float64{}, map[string][]float64{}
	for round := range rounds + 2 { // the first two warm up
		for i := range names {
			name := names[(i+round)%len(names)]
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			for range repeat {
				if err := calls[name](); err != nil {
					t.Fatal(name, err)
				}
			}
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if round >= 2 {
				times[name] = append(times[name], took.Seconds())
				allocs[name] = append(allocs[name], float64(after.Mallocs-before.Mallocs)/float64(repeat))
			}
		}
	}
	for _, name := range names {
		if *measure {
			fmt.Printf("call %-14s %7.1f us %6.0f allocs\n", strings.ReplaceAll(name, " ", "_"), median(times[name])/float64(repeat)*1e6, median(allocs[name]))
		}
	}
	for _, r := range ratioLimits {
		values := times
		if r.allocs {
			values = allocs
		}
		turns := make([]float64, rounds) // a ratio compares two measurements of the same round
		for turn := range turns {
			turns[turn] = values[r.what][turn] / values[r.beside][turn]
		}
		ratio := median(turns)
		if *measure {
			fmt.Printf("ratio %s %.3f\n", r.name, ratio)
		}
		if r.allocs && ratio > r.limit {
			t.Errorf("%s is %.3f, more than %.3f: %.0f beside %.0f", r.name, ratio, r.limit, median(values[r.what]), median(values[r.beside]))
		}
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

func BenchmarkNewPortal(b *testing.B) {
	server := httptest.NewServer(nil)
	defer server.Close()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := client.New(server.URL, client.WithAPIKey("sk-1")); err != nil {
			b.Fatal(err)
		}
	}
}
