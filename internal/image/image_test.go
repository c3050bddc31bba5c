//go:build linux

// Package image_test builds the image with buildah, which needs no daemon, and runs it as a container runtime would: in the folder of the image
// as root, which is read-only, as the user of the image, and as process 1.
package image_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/client"
)

const mostBytes = 25 << 20

// image is an image that was built.
type image struct {
	root   string // the folder with its files
	config config
}

type config struct {
	User                 string
	Env, Entrypoint, Cmd []string
	ExposedPorts         map[string]any
	Healthcheck          struct{ Test []string }
}

func TestImage(t *testing.T) {
	if os.Getenv("IMAGE_TEST") == "" {
		t.Skip("make image-test runs it")
	}
	i := build(t)
	t.Run("is small", i.isSmall)
	t.Run("prints a token", i.printsAToken)
	t.Run("takes a token, a portal file and a volume", i.takesFiles)
}

func build(t *testing.T) *image {
	t.Helper()
	g := NewWithT(t)
	g.Expect(os.Getuid()).To(BeZero(), "only root can run an image without a daemon")
	programs, store := t.TempDir(), t.TempDir()
	g.Expect(os.Mkdir(filepath.Join(programs, "data"), 0o755)).To(Succeed())
	output(t, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(programs, "linux", runtime.GOARCH, "mock-docspace"), "../../cmd/mock-docspace")
	buildah := func(args ...string) string {
		return output(t, "buildah", append([]string{"--storage-driver", "vfs", "--root", filepath.Join(store, "root"), "--runroot", filepath.Join(store, "run")}, args...)...)
	}
	buildah("build", "--isolation", "chroot", "--format", "docker", "--build-context", "programs="+programs,
		"--build-arg", "TARGETOS=linux", "--build-arg", "TARGETARCH="+runtime.GOARCH, "--tag", "mock-docspace", "../..")
	var about struct{ Docker struct{ Config config } }
	g.Expect(json.Unmarshal([]byte(buildah("inspect", "--type", "image", "mock-docspace")), &about)).To(Succeed())
	i := image{config: about.Docker.Config}
	container := strings.TrimSpace(buildah("from", "--pull-never", "mock-docspace"))
	i.root = strings.TrimSpace(buildah("mount", container))
	return &i
}

func (i *image) isSmall(t *testing.T) {
	g := NewWithT(t)
	var size int64
	var files []string
	g.Expect(filepath.WalkDir(i.root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		size += info.Size()
		files = append(files, strings.TrimPrefix(path, i.root))
		return err
	})).To(Succeed())
	g.Expect(files).To(Equal([]string{"/mock-docspace"}))
	g.Expect(size).To(BeNumerically("<=", mostBytes))
	g.Expect(i.config.ExposedPorts).To(HaveKey("8092/tcp"))
	t.Logf("%.1f MiB", float64(size)/(1<<20))
}

func (i *image) printsAToken(t *testing.T) {
	g := NewWithT(t)
	c := i.start(t, nil, nil)
	g.Expect(c.status(t, "")).To(Equal(http.StatusUnauthorized))
	var token []string
	g.Eventually(func() []string {
		token = regexp.MustCompile(`token=([A-Z0-9]+)`).FindStringSubmatch(c.log(t))
		return token
	}, "5s").ShouldNot(BeNil(), "the log has a token")
	g.Expect(c.status(t, token[1])).To(Equal(http.StatusOK))
	portal, err := client.New(c.url, client.WithAPIKey("YOUR_API_KEY"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(portal.SetExternalShare(t.Context(), true)).To(BeTrue())
	c.stop(t)
}

func (i *image) takesFiles(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "portal.yaml")
	g.Expect(os.WriteFile(file, []byte("profile: v3.7.2\nusers:\n  - {email: o@example.com, role: owner, tokens: [KEY_OF_THE_FILE]}\n"), 0o644)).To(Succeed())
	volume := t.TempDir()
	g.Expect(os.Chown(volume, 65532, 65532)).To(Succeed())
	mounts := map[string]string{"/portal.yaml": file, "/data": volume}
	variables := []string{"MOCK_DOCSPACE_CONTROL_TOKEN=given", "MOCK_DOCSPACE_STATE=/data/state.json"}
	for _, before := range []bool{true, false} {
		c := i.start(t, variables, mounts, "--portal", "/portal.yaml")
		g.Expect(c.status(t, "given")).To(Equal(http.StatusOK))
		portal, err := client.New(c.url, client.WithPortalToken("KEY_OF_THE_FILE"))
		g.Expect(err).NotTo(HaveOccurred())
		settings, err := portal.FilesSettings(t.Context())
		g.Expect(err).NotTo(HaveOccurred())
		g.Expect(*settings.ExternalShare).To(Equal(before), "the state is that of the volume")
		g.Expect(portal.SetExternalShare(t.Context(), false)).To(BeFalse())
		c.stop(t)
	}
}

// container is a process that runs in the image.
type container struct {
	image   *image
	root    string
	env     []string
	url     string
	cmd     *exec.Cmd
	logFile string
}

// start runs the image with more variables, files and folders at their places, and arguments. It waits until the image's own check says that
// it is healthy.
func (i *image) start(t *testing.T, variables []string, mounts map[string]string, args ...string) *container {
	t.Helper()
	g := NewWithT(t)
	port := freePort(t)
	c := &container{image: i, root: t.TempDir(), url: "http://127.0.0.1:" + port, logFile: filepath.Join(t.TempDir(), "log")}
	for _, variable := range append(i.config.Env, variables...) {
		c.env = append(c.env, strings.Replace(variable, "0.0.0.0:8092", "0.0.0.0:"+port, 1)) // 8092 may be taken on this machine
	}
	for place, from := range mounts {
		if info, err := os.Stat(from); err == nil && !info.IsDir() {
			g.Expect(os.WriteFile(i.root+place, nil, 0o600)).To(Succeed()) // a runtime makes such places too
		}
	}
	mount(t, i.root, c.root, syscall.MS_RDONLY)
	for place, from := range mounts {
		mount(t, from, c.root+place, 0)
	}

	command := append(append(i.config.Entrypoint, i.config.Cmd...), args...)
	c.cmd = c.command(t.Context(), command)
	c.cmd.SysProcAttr.Cloneflags = syscall.CLONE_NEWPID
	log, err := os.Create(c.logFile)
	g.Expect(err).NotTo(HaveOccurred())
	defer log.Close()
	c.cmd.Stderr = log
	stdout, err := c.cmd.StdoutPipe()
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(c.cmd.Start()).To(Succeed())
	t.Cleanup(func() { _ = c.cmd.Process.Kill(); _ = c.cmd.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	g.Expect(err).NotTo(HaveOccurred(), c.log(t))
	g.Expect(line).To(HaveSuffix("listening on http://0.0.0.0:" + port + "\n"))

	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(string(status)).To(And(MatchRegexp(`(?m)^Uid:\s+65532\s`), MatchRegexp(`(?m)^NSpid:.*\s1$`)))
	g.Expect(i.config.Healthcheck.Test[0]).To(Equal("CMD"))
	if text, err := c.command(t.Context(), i.config.Healthcheck.Test[1:]).CombinedOutput(); err != nil {
		t.Fatalf("the health check: %v: %s", err, text)
	}
	return c
}

// command is a command inside the container.
func (c *container) command(ctx context.Context, args []string) *exec.Cmd {
	user, group, _ := strings.Cut(c.image.config.User, ":")
	id := func(text string) uint32 { n, _ := strconv.ParseUint(text, 10, 32); return uint32(n) }
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Path, cmd.Err, cmd.Dir, cmd.Env = args[0], nil, "/", c.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: c.root, Credential: &syscall.Credential{Uid: id(user), Gid: id(group)}}
	return cmd
}

// status is the status with which the control API answers.
func (c *container) status(t *testing.T, token string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.url+"/__mock/state", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("X-Mock-Token", token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

func (c *container) log(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(c.logFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// stop ends the container as a runtime does, which waits for ten seconds.
func (c *container) stop(t *testing.T) {
	t.Helper()
	g := NewWithT(t)
	begun := time.Now()
	g.Expect(c.cmd.Process.Signal(syscall.SIGTERM)).To(Succeed())
	g.Expect(c.cmd.Wait()).To(Succeed(), c.log(t))
	g.Expect(time.Since(begun)).To(BeNumerically("<", 10*time.Second))
}

// mount lets a file or folder be seen at another place until the test ends.
func mount(t *testing.T, from, to string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount(from, to, "", syscall.MS_BIND, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(to, syscall.MNT_DETACH) })
	if flags != 0 {
		if err := syscall.Mount("", to, "", syscall.MS_BIND|syscall.MS_REMOUNT|flags, ""); err != nil {
			t.Fatal(err)
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return port
}

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	text, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v: %s", name, args, err, complaint.String())
	}
	return string(text)
}
