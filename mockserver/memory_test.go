package mockserver

import (
	"flag"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mock-docspace/mock-docspace/mockserver/internal/mocktest"
)

var memoryRequests = flag.Int("memory-requests", 50_000, "how many requests TestMemoryIsFlat makes; 1000000 takes a minute")

// Many requests leave no more in memory than 10,000 do.
func TestMemoryIsFlat(t *testing.T) {
	clock := mocktest.NewClock()
	s := newServer(t, WithPortal(protected()), WithProfile(ProfileDocumented), WithClock(clock.Now))
	client := http.Client{Transport: s.Transport()}
	owner := "Bearer " + s.Key(RoleOwner)
	ask := func(i int) {
		clock.Advance(10 * time.Millisecond)
		method, path, body := "GET", mocktest.SettingsPath+fmt.Sprintf("?fields=externalShare,x%d", i), ""
		switch i % 5 {
		case 1:
			method, path, body = "PUT", mocktest.ExternalPath, fmt.Sprintf(`{"set":%t,"%d":%d}`, i%2 == 0, i, i)
		case 2:
			method, path, body = "POST", mocktest.PasswordPath("protected"), mocktest.PasswordBody(fmt.Sprint(i))
		case 3:
			method, path, body = "POST", mocktest.PasswordPath(fmt.Sprint(i)), mocktest.PasswordBody("")
		case 4:
			method, path = "GET", fmt.Sprintf("/nowhere/%d", i)
		}
		r, _ := http.NewRequest(method, "http://portal"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("User-Agent", fmt.Sprint("app/", i))
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255))
		if i%2 == 0 {
			r.Header.Set("Authorization", owner)
		}
		if i%1000 == 0 {
			addFault(t, s, Fault{ID: "delay", Delay: time.Nanosecond, Times: 1})
			defer s.RemoveFault("delay")
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	for i := range 10_000 {
		ask(i)
	}
	before, goroutines := inUse(), runtime.NumGoroutine()
	for i := 10_000; i < *memoryRequests; i++ {
		ask(i)
	}
	after := inUse()
	t.Logf("%d KiB after 10000 requests, %d KiB after %d", before>>10, after>>10, *memoryRequests)
	if grown := after - before; grown > 1<<20 {
		t.Errorf("memory has grown by %d KiB", grown>>10)
	}
	if got := runtime.NumGoroutine(); got > goroutines+1 {
		t.Errorf("%d goroutines, before %d", got, goroutines)
	}
	runtime.KeepAlive(s)
}

// A portal that has not been asked anything is small: a test may have hundreds.
func TestFreshPortalIsSmall(t *testing.T) {
	contractNames() // what all portals share
	newServer(t)
	const many = 200
	portals := make([]*Server, many)
	before := inUse()
	for i := range portals {
		portals[i] = newServer(t)
	}
	if each := (inUse() - before) / many; each > 64<<10 {
		t.Errorf("%d bytes", each)
	}
	runtime.KeepAlive(portals)
}

// inUse is the memory in use once everything has been given back.
func inUse() int64 {
	var stats runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc) + int64(stats.StackInuse)
}
