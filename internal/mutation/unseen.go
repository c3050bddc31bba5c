package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// least is the part of the edits, in percent, that the tests must see.
const least = 95

// part is a part of the code whose edits are counted together.
type part struct {
	name    string
	folders []string
	label   string // of the targets of the suite that meet it
	alone   bool   // the suite runs also where other tests saw the edit, to know what it sees alone
}

// parts are in the order in which a file is looked for.
var parts = []part{
	{"control API", []string{"mockserver/host", "mockserver/internal/portalname"}, "/in-process/", true},
	{"client", []string{"client", "mockserver/matchers"}, "/in-process/", false}, // what tests of apps use
	{"calls", []string{"mockserver", "internal/kestrel"}, "/in-process/", true},
	{"program", []string{"cmd/mock-docspace"}, "/program/", false},
}

// folders are those of all parts.
var folders = []string{"mockserver", "internal/kestrel", "client", "cmd/mock-docspace"}

func partOf(file string) part {
	for _, p := range parts {
		if slices.ContainsFunc(p.folders, func(folder string) bool { return strings.HasPrefix(file, folder+"/") }) {
			return p
		}
	}
	panic("no part has " + file) // folders are those of all parts
}

// slow are the packages whose tests are about documents and workflows, and take longer than all the others.
var slow = regexp.MustCompile(`/(contract_test|action|interop|internal/(snippets|mutation|breaking|floors|reference))$`)

// trial is what happened to an edit.
type trial struct {
	edit
	builds bool
	tests  string // what saw it, of all tests, or ""
	suite  string // the spec that saw it, or ""
}

// random makes edits that know no fact until there are enough that compile.
func (r *runner) random(ctx context.Context, out io.Writer, only string, count int, seed uint64) (code int, err error) {
	if err := r.begin(ctx); err != nil {
		return 0, err
	}
	defer os.RemoveAll(r.work)
	chosen, err := r.shuffled(only, seed)
	if err != nil {
		return 0, err
	}
	packages, err := r.packages(ctx)
	if err != nil {
		return 0, err
	}
	if o, why := r.try(ctx, "unchanged", nil); o != survived {
		return 0, fmt.Errorf("the suite does not pass without an edit: %s", why)
	}
	if seen, why := r.test(ctx, "", packages...); seen {
		return 0, fmt.Errorf("the tests do not pass without an edit: %s", why)
	}

	started := time.Now()
	score := map[string]*tally{}
	for _, p := range parts {
		score[p.name] = &tally{}
	}
	for t := range r.trials(ctx, chosen, packages, count) {
		score[partOf(t.file).name].add(t)
		switch {
		case t.tests == "":
			fmt.Fprintf(out, "SURVIVED  %s:%d\n          %s\n", t.file, t.line, t.id())
		case r.verbose:
			fmt.Fprintf(out, "seen      %s:%d %s\n          %s; the suite: %s\n", t.file, t.line, t.what, t.tests, t.suite)
		}
	}
	if ctx.Err() != nil {
		return 0, errors.New("interrupted")
	}
	all := &tally{}
	fmt.Fprintf(out, "\n%-12s %12s %18s\n", "seed "+strconv.FormatUint(seed, 10), "by all tests", "by the suite alone")
	for _, p := range parts {
		one := score[p.name]
		alone := ""
		if p.alone {
			alone = ratio(one.suite, one.edits)
		}
		fmt.Fprintf(out, "%-12s %12s %18s\n", p.name, ratio(one.tests, one.edits), alone)
		all.edits, all.tests = all.edits+one.edits, all.tests+one.tests
	}
	fmt.Fprintf(out, "%-12s %12s in %s\n", "all", ratio(all.tests, all.edits), time.Since(started).Round(time.Second))
	if all.tests*100 < all.edits*least {
		return exitSurvived, nil
	}
	return 0, nil
}

// tally counts edits, and those that were seen.
type tally struct{ edits, tests, suite int }

func (t *tally) add(one trial) {
	t.edits++
	if one.tests != "" {
		t.tests++
	}
	if one.suite != "" {
		t.suite++
	}
}

func ratio(seen, of int) string {
	if of == 0 {
		return "0/0"
	}
	return fmt.Sprintf("%d/%d %3d %%", seen, of, seen*100/of)
}

// shuffled are the edits that are not accepted, in an order that depends on the seed.
func (r *runner) shuffled(only string, seed uint64) ([]edit, error) {
	pattern, err := regexp.Compile(only)
	if err != nil {
		return nil, err
	}
	all, err := editsOf(r.root, folders...)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(e edit) bool {
		_, ok := accepted[e.id()]
		return ok || !pattern.MatchString(e.id())
	})
	if len(all) == 0 {
		return nil, fmt.Errorf("no edit matches %q", only)
	}
	random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a sample that can be taken again
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return takingTurns(all), nil
}

// takingTurns orders edits so that the parts take turns, whatever their size is.
func takingTurns(all []edit) []edit {
	type place struct {
		edit
		turn int
	}
	turns, places := map[string]int{}, make([]place, 0, len(all))
	for _, e := range all {
		name := partOf(e.file).name
		places = append(places, place{e, turns[name]})
		turns[name]++
	}
	slices.SortStableFunc(places, func(a, b place) int { return a.turn - b.turn })
	for i, p := range places {
		all[i] = p.edit
	}
	return all
}

// packages are those whose tests may see an edit, without the suite and the slow ones.
func (r *runner) packages(ctx context.Context) ([]string, error) {
	out, err := r.command(ctx, r.root, "go", "list", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	return slices.DeleteFunc(strings.Fields(string(out)), slow.MatchString), nil
}

// trials returns what happened to the first edits that compile, in any order.
func (r *runner) trials(ctx context.Context, chosen []edit, packages []string, count int) <-chan trial {
	var mu sync.Mutex
	next, built := 0, 0
	take := func() (number int, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == len(chosen) || built >= count || ctx.Err() != nil {
			return 0, false
		}
		next++
		built++ // until it is known that it does not compile
		return next - 1, true
	}
	done := make(chan trial)
	var workers sync.WaitGroup
	for range max(1, r.workers) {
		workers.Go(func() {
			for number, ok := take(); ok; number, ok = take() {
				t := r.trial(ctx, strconv.Itoa(number), chosen[number], packages)
				if t.builds {
					done <- t
					continue
				}
				mu.Lock()
				built--
				mu.Unlock()
			}
		})
	}
	go func() {
		workers.Wait()
		close(done)
	}()
	return done
}

// trial runs the tests of the package, then the suite, then the tests of the other packages.
func (r *runner) trial(ctx context.Context, name string, e edit, packages []string) trial {
	t := trial{edit: e}
	dir := filepath.Join(r.work, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return t
	}
	defer os.RemoveAll(dir)
	overlay, err := r.overlay(dir, e.file, func(text string) (string, error) { return e.apply(text), nil })
	if err != nil {
		return t
	}
	own := "./" + path.Dir(e.file)
	build := r.command(ctx, r.root, "go", "build", own)
	withOverlay(overlay, build)
	if build.Run() != nil {
		return t
	}
	t.builds = true
	p := partOf(e.file)
	if seen, why := r.test(ctx, overlay, own); seen {
		t.tests = why
	}
	if t.tests == "" || p.alone {
		if o, why := r.suite(ctx, dir, overlay, p.label); o == caught || o == brokeTheSuite {
			t.suite = why
			if t.tests == "" {
				t.tests = "the suite"
			}
		}
	}
	if t.tests == "" {
		if seen, why := r.test(ctx, overlay, packages...); seen {
			t.tests = why
		}
	}
	return t
}

var failedTest = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)|^(panic: .*)|^FAIL\s+(\S+)`)

// test runs the tests of packages until the first failure, and says what failed.
func (r *runner) test(ctx context.Context, overlay string, packages ...string) (failed bool, why string) {
	tests := r.command(ctx, r.root, "go", append([]string{"test", "-failfast", "-timeout=3m"}, packages...)...)
	withOverlay(overlay, tests)
	out, err := tests.CombinedOutput()
	if err == nil {
		return false, ""
	}
	if match := failedTest.FindSubmatch(out); match != nil {
		return true, string(match[1]) + string(match[2]) + string(match[3])
	}
	return true, lastLines(out, 1)
}
