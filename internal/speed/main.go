// Command speed measures the fake beside a bare net/http handler and beside a small fake on Echo, and prints one table. It fails on no
// number: people read them, as ratios, because this machine may be busy.
//
//	go run ./internal/speed [-requests N] [-run REGEXP]
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"text/tabwriter"
)

var (
	mixed = flag.Int("requests", 1_000_000, "how many mixed requests the programs get before their memory is measured")
	only  = flag.String("run", "", "measure only the parts whose names match: start, memory, load, handler, portals")
)

func main() {
	flag.Parse()
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "speed:", err)
		os.Exit(1)
	}
}

func run() error {
	parts, err := regexp.Compile(*only)
	if err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	directory, err := os.MkdirTemp("", "speed-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory) //nolint:errcheck // a temporary directory
	contenders, err := build(directory)
	if err != nil {
		return err
	}
	t := &table{tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)}
	t.head()
	for _, part := range []struct {
		name    string
		measure func(*table, []contender) error
	}{{"start", start}, {"memory", memory}, {"load", load}, {"handler", handlers}, {"portals", portals}} {
		if !parts.MatchString(part.name) {
			continue
		}
		if err := part.measure(t, contenders); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
		if err := t.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// table is what is printed. Each row has the values of all contenders, in their order, and the first one as a ratio to the last one.
type table struct{ *tabwriter.Writer }

func (t *table) head() {
	fmt.Fprintln(t, "\tours\tnet/http\tEcho\tours/Echo\tgoal\t")
}

// row has a negative value for a contender that is not measured.
func (t *table) row(name, unit string, values [3]float64, goal string) {
	fmt.Fprintf(t, "%s, %s", name, unit)
	for _, value := range values {
		if value < 0 {
			fmt.Fprint(t, "\t-")
			continue
		}
		fmt.Fprintf(t, "\t%s", number(value))
	}
	ratio := "-"
	if values[2] > 0 {
		ratio = fmt.Sprintf("%.2f", values[0]/values[2])
	}
	fmt.Fprintf(t, "\t%s\t%s\t\n", ratio, goal)
}

// own is a row of the fake alone.
func (t *table) own(name, unit string, value float64, goal string) {
	t.row(name, unit, [3]float64{value, -1, -1}, goal)
}

func number(value float64) string {
	if value >= 100 {
		return fmt.Sprintf("%.0f", value)
	}
	return fmt.Sprintf("%.3g", value)
}
