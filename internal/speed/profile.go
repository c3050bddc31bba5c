package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"syscall"
)

// writeProfiles runs the program under the load of the table, and writes its profiles into a directory: as files of pprof, as text, and
// as pictures where Graphviz is installed.
func writeProfiles(ctx context.Context, directory string, ours contender) error {
	directory, err := filepath.Abs(directory)
	if err != nil {
		return err
	}
	if err := ours.build(ctx, "-tags", "pprof"); err != nil {
		return err
	}
	ours.environ = []string{"PROFILE_DIR=" + directory}
	p, err := ours.running(ctx)
	if err != nil {
		return err
	}
	defer p.stop() //nolint:errcheck // it has ended, unless something else went wrong
	if err := p.pressMixed(ctx); err != nil {
		return err
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := p.Wait(); err != nil {
		return err
	}
	for _, report := range []struct{ from, to, sample string }{
		{"cpu", "cpu", "cpu"}, {"memory", "in-use", "inuse_space"}, {"memory", "allocations", "alloc_objects"},
	} {
		from, to := filepath.Join(directory, report.from+".pprof"), filepath.Join(directory, report.to)
		if err := pprof(ctx, "-sample_index="+report.sample, "-top", "-cum", "-nodecount=80", "-output="+to+".txt", from); err != nil {
			return err
		}
		fmt.Println(to + ".txt")
		if _, err := exec.LookPath("dot"); err != nil {
			continue
		}
		if err := pprof(ctx, "-sample_index="+report.sample, "-svg", "-output="+to+".svg", from); err != nil {
			return err
		}
		fmt.Println(to + ".svg")
	}
	return nil
}

func pprof(ctx context.Context, arguments ...string) error {
	command := exec.CommandContext(ctx, "go", append([]string{"tool", "pprof"}, arguments...)...) //nolint:gosec // the profiles that have just been written
	if text, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go tool pprof: %w\n%s", err, text)
	}
	return nil
}
