package snippets_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// runner builds and runs snippets. It has a copy of this module, so that they leave nothing in it, and the program.
type runner struct {
	dir     string
	module  string // the copy
	program string // mock-docspace
	suite   string // docspace-contract
}

// shared is the runner of all tests.
var shared *runner

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "mock-docspace-snippets-")
	if err == nil {
		defer os.RemoveAll(dir)
		shared, err = newRunner(context.Background(), dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "snippets:", err)
		return 1
	}
	return m.Run()
}

const root = "../.."

func newRunner(ctx context.Context, dir string) (*runner, error) {
	r := &runner{dir: dir, module: filepath.Join(dir, "module"), program: filepath.Join(dir, "mock-docspace")}
	if err := copyModule(r.module); err != nil {
		return nil, err
	}
	if text, err := r.command(ctx, r.module, "go", "build", "-o", r.program, "./cmd/mock-docspace").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the program was not built: %w\n%s", err, text)
	}
	return r, nil
}

// buildSuite builds docspace-contract as go test does, so that what is compiled already need not be compiled again.
func (r *runner) buildSuite(ctx context.Context) error {
	r.suite = filepath.Join(r.dir, "docspace-contract")
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-ldflags=-w", "-o", r.suite, "./contract_test")
	cmd.Dir = root
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("docspace-contract was not built: %w\n%s", err, text)
	}
	return nil
}

// copyModule copies what belongs to the module, without what was built.
func copyModule(to string) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		within, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, within)
		switch {
		case entry.IsDir() && (within == "bin" || within == "reports" || within == ".git" || within == "helpers"):
			return fs.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case !entry.Type().IsRegular():
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a file of another test, which is gone again
		}
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, info.Mode().Perm())
	})
}

// near is what needs no proxy.
const near = "127.0.0.1,localhost,.localhost"

// command runs without the portal that the variables of the user may name, and without what make has set. With -trimpath what was
// built in one copy is known in the next one, and is what make build makes; without what debuggers want it links in half the time.
func (r *runner) command(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Dir = dir
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		switch {
		case strings.HasPrefix(name, "DOCSPACE_"), strings.HasPrefix(name, "CONTRACT_"), strings.HasPrefix(name, "MOCK_DOCSPACE_"):
		case strings.HasPrefix(name, "MAKE"), name == "MFLAGS", name == "GOFLAGS", name == "GOWORK":
		default:
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "GOFLAGS=-trimpath -ldflags=-w", "GOWORK=off", "CGO_ENABLED=0", "NO_PROXY="+near, "no_proxy="+near)
	return cmd
}

// freePort is one that nobody listens on. It is not from the range that the system takes ports from, so that no other test is
// given it meanwhile.
func freePort(taken map[int]bool) (int, error) {
	for range 1000 {
		port := 20000 + rand.IntN(10000)
		if taken[port] {
			continue
		}
		listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			taken[port] = true
			return port, listener.Close()
		}
	}
	return 0, errors.New("there is no free port from 20000 to 29999")
}
