package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// connection asks over one connection, with as little work of its own as possible.
type connection struct {
	net.Conn
	answers *bufio.Reader
}

func dial(ctx context.Context, address string) (*connection, error) {
	c, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &connection{c, bufio.NewReaderSize(c, 32<<10)}, nil
}

// ask sends a request, and reads its answer, which has to be a success.
func (c *connection) ask(request string) error {
	if _, err := io.WriteString(c, request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.answers, nil)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, answer.Body)
	if err == nil && answer.StatusCode/100 != 2 {
		err = fmt.Errorf("the answer is %s", answer.Status)
	}
	return errors.Join(err, answer.Body.Close())
}

// press makes requests over a number of connections at once, one after the other, and returns how long each took.
func (p *process) press(ctx context.Context, connections, each int, requests ...request) ([]time.Duration, error) {
	texts := make([]string, len(requests))
	for i, r := range requests {
		texts[i] = r.text()
	}
	took, errs := make([][]time.Duration, connections), make([]error, connections)
	var wait sync.WaitGroup
	for n := range connections {
		wait.Go(func() {
			c, err := dial(ctx, p.address)
			if err != nil {
				errs[n] = err
				return
			}
			defer c.Close()
			took[n] = make([]time.Duration, 0, each)
			for i := range each {
				began := time.Now()
				if err := c.ask(texts[i%len(texts)]); err != nil {
					errs[n] = err
					return
				}
				took[n] = append(took[n], time.Since(began))
			}
		})
	}
	wait.Wait()
	return slices.Concat(took...), errors.Join(errs...)
}

// pressMixed makes as many requests of all kinds as -requests says.
func (p *process) pressMixed(ctx context.Context) error {
	const connections = 4 // more would be refused as too many passwords at once
	_, err := p.press(ctx, connections, *mixed/connections, getSettings, putExternal, getSettings, postPassword)
	return err
}

// load measures the three calls over 1 and 32 connections. The programs are asked in turns, so that other work of the machine slows
// all of them down.
func load(ctx context.Context, t *table, compared []contender) error {
	var running []*process
	for _, c := range programs(compared) {
		p, err := c.running(ctx)
		if err != nil {
			return err
		}
		defer p.stop() //nolint:errcheck // it is killed
		running = append(running, p)
	}
	for _, call := range []struct {
		name string
		request
		connections []int
	}{{"GET", getSettings, []int{1, 32}}, {"PUT", putExternal, []int{1, 32}}, {"password", postPassword, []int{1}}} { // six passwords at once are one too many
		for _, connections := range call.connections {
			const rounds, requests = 9, 3200
			each, late := make([][]float64, len(running)), make([][]float64, len(running))
			for range rounds {
				for i, p := range running {
					began := time.Now()
					took, err := p.press(ctx, connections, requests/connections, call.request)
					if err != nil {
						return fmt.Errorf("%s of %s: %w", call.name, compared[i].name, err)
					}
					each[i] = append(each[i], micros(time.Since(began))/requests)
					slices.Sort(took)
					late[i] = append(late[i], micros(took[len(took)*99/100]))
				}
			}
			name := fmt.Sprintf("%s over %d connections", call.name, connections)
			if connections == 1 {
				name = call.name + " over 1 connection"
			}
			t.row(name, "µs", medians(each), "")
			goal := ""
			if connections > 1 {
				goal = "Echo ≤ 2"
			}
			t.row(name+": p99", "µs", medians(late), goal)
		}
	}
	return nil
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

func median(values []float64) float64 {
	return slices.Sorted(slices.Values(values))[len(values)/2]
}

func medians(of [][]float64) []float64 {
	values := make([]float64, len(of))
	for i := range of {
		values[i] = median(of[i])
	}
	return values
}

// start measures how long it takes from the start of a program to its first answer, and how long the first PUT takes after that.
func start(ctx context.Context, t *table, compared []contender) error {
	const rounds = 21
	n := len(programs(compared))
	toGet, toPut, put := make([][]float64, n), make([][]float64, n), make([][]float64, n)
	for range rounds {
		for i, c := range programs(compared) {
			for _, one := range []struct {
				request
				took *[]float64
			}{{getSettings, &toGet[i]}, {putExternal, &toPut[i]}} {
				began := time.Now()
				p, err := c.launch(ctx)
				if err != nil {
					return err
				}
				err = p.first(ctx, one.request)
				*one.took = append(*one.took, micros(time.Since(began))/1000)
				if one.request == getSettings && err == nil {
					var took []time.Duration
					if took, err = p.press(ctx, 1, 1, putExternal); err == nil {
						put[i] = append(put[i], micros(took[0]))
					}
				}
				if err := errors.Join(err, p.stop()); err != nil {
					return err
				}
			}
		}
	}
	t.row("start to the first GET", "ms", medians(toGet), "Echo ≤ 1.5")
	t.row("start to the first PUT", "ms", medians(toPut), "Echo ≤ 2")
	t.row("the first PUT after a GET", "µs", medians(put), "Echo ≤ 2")
	return nil
}

// memory measures the resident memory of the programs when nobody asks anything, and after many requests.
func memory(ctx context.Context, t *table, compared []contender) error {
	n := len(programs(compared))
	size, idle, after := make([]float64, n), make([]float64, n), make([]float64, n)
	for i, c := range programs(compared) {
		if err := func() error {
			var err error
			if size[i], err = sizeOf(c.program); err != nil {
				return err
			}
			p, err := c.running(ctx)
			if err != nil {
				return err
			}
			defer p.stop()            //nolint:errcheck // it is killed
			<-time.After(time.Second) // whatever goes on after the start
			idle[i] = p.resident()
			err = p.pressMixed(ctx)
			after[i] = p.resident()
			return err
		}(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	t.row("size of the program", "MiB", size, "≤ 20 MiB")
	t.row("memory, idle", "MiB", idle, "≤ 15 MiB")
	t.row(fmt.Sprintf("memory after %d requests", *mixed), "MiB", after, "≤ 25 MiB")
	return nil
}
