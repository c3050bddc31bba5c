// Command speed measures the fake beside a bare net/http handler, beside a small fake on Echo, and beside the same one with a journal and
// kin-openapi's look at the contract, and prints one table. It fails on no number: people read them, as ratios, because the machine may be
// busy.
//
//	go run ./internal/speed [-requests N] [-run REGEXP] [-profile DIRECTORY]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"text/tabwriter"
)

var (
	mixed = flag.Int("requests", 1_000_000, "how many mixed requests the programs get before their memory is measured")
	into  = flag.String("profile", "", "measure nothing, but write profiles of the program under load into this directory")
	only  = flag.String("run", "", "measure only the parts whose names match: start, memory, load, handler, portals")
)

func main() {
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt) // which ends the programs that are measured, too
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("%s: there are flags only", flag.Arg(0))
	}
	parts, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
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
	for _, part := range []struct {
		name    string
		measure func(context.Context, *table, []contender) error
	}{{"start", start}, {"memory", memory}, {"load", load}, {"handler", handlers}, {"portals", portals}} {
		if !parts.MatchString(part.name) {
			continue
		}
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
