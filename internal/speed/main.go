// Command speed measures the fake beside a bare net/http handler, beside a small fake on Echo, and beside the same one with a journal and
// kin-openapi's look at the contract, and prints one table. It fails on no number: people read them, as ratios, because the machine may be
// busy.
//
//	go run ./internal/speed [-requests N] [-run REGEXP] [-profile DIRECTORY]
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"syscall"
	"text/tabwriter"
)

var (
	mixed = flag.Int("requests", 1_000_000, "how many mixed requests the programs get before their memory is measured")
	into  = flag.String("profile", "", "measure nothing, but write profiles of the program under load into this directory")
	only  = flag.String("run", "", "measure only the parts whose names match")
)

func main() {
	flag.Usage = usage
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) // the programs that are measured end, too
	err := run(ctx)
	if ctx.Err() != nil {
		err = errors.New("interrupted")
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

// leastRequests is the least -requests, which the connections share.
const leastRequests = 1000

// part is a part of the table.
type part struct {
	name, what string
	measure    func(context.Context, *table, []contender) error
}

// parts are what is measured, in this order.
var parts = []part{
	{"start", "from the start of a program to its first answers", start},
	{"memory", "what programs take at first, and after -requests", memory},
	{"load", "programs that answer over connections", load},
	{"handler", "the same calls without connections", handlers},
	{"portals", "what tests do most with the fake", portals},
}

func usage() {
	out := flag.CommandLine.Output()
	fmt.Fprintln(out, "Measures the fake (ours) beside a bare net/http handler, a small fake on Echo, and the same with a journal and a look at the contract (watched).")
	fmt.Fprintln(out, "The parts:")
	for _, part := range parts {
		fmt.Fprintf(out, "  %-8s %s\n", part.name, part.what)
	}
	fmt.Fprintln(out, "The flags:")
	flag.PrintDefaults()
}

func run(ctx context.Context) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("%s: there are flags only", flag.Arg(0))
	}
	if *mixed < leastRequests {
		return fmt.Errorf("-requests: must be at least %d, not %d", leastRequests, *mixed)
	}
	wanted, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	if !slices.ContainsFunc(parts, func(p part) bool { return wanted.MatchString(p.name) }) {
		return fmt.Errorf("-run: %q is the name of no part: see -h", *only)
	}
	if *into != "" {
		if err := os.MkdirAll(*into, 0o750); err != nil {
			return fmt.Errorf("-profile: %w", err)
		}
	}
	directory, err := os.MkdirTemp("", "speed-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	compared, err := prepare(ctx, directory)
	if err != nil {
		return err
	}
	if *into != "" {
		return writeProfiles(ctx, *into, compared[0])
	}
	t := &table{tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)}
	fmt.Println("Times, allocations and memory: less is better. A goal such as Echo ≤ 1.5 is the ratio to that column.")
	for _, part := range parts {
		if !wanted.MatchString(part.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, "measuring", part.name, "…")
		t.head(part.name)
		if err := part.measure(ctx, t, compared); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// contenders are how many are compared.
const contenders = 4

// table is what is printed. Each row has the values of all contenders, in their order, and the first one as a ratio to the last two.
type table struct{ *tabwriter.Writer }

func (t *table) head(part string) {
	fmt.Fprintln(t, part+"\tours\tnet/http\tEcho\tEcho watched\tours/Echo\tours/watched\tgoal")
}

// row has no value for a contender that is not measured.
func (t *table) row(name, unit string, values []float64, goal string) {
	fmt.Fprintf(t, "%s, %s", name, unit)
	for i := range contenders {
		if i < len(values) {
			fmt.Fprintf(t, "\t%s", number(values[i]))
		} else {
			fmt.Fprint(t, "\t-")
		}
	}
	for i := contenders - 2; i < contenders; i++ {
		if i < len(values) {
			fmt.Fprintf(t, "\t%.2f", values[0]/values[i])
		} else {
			fmt.Fprint(t, "\t-")
		}
	}
	fmt.Fprintf(t, "\t%s\n", goal)
}

func number(value float64) string {
	if value >= 100 {
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.3g", value)
}
