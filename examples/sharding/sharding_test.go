// Package sharding_test puts a real nginx with nginx.conf in front of three fakes.
package sharding_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

const around = `
daemon off;
master_process off;
pid %[1]s/pid;
events {}
http {
	access_log off;
	client_body_temp_path %[1]s/body;
	proxy_temp_path %[1]s/proxy;
	fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi;
	scgi_temp_path %[1]s/scgi;
	include %[1]s/default.conf;
}
`

// startFakes starts three fakes behind nginx, and returns the address of nginx and the fakes.
func startFakes(t *testing.T) (string, []*host.Host) {
	t.Helper()
	nginx, err := exec.LookPath("nginx")
	if err != nil {
		if _, err = os.Stat("/usr/sbin/nginx"); err != nil {
			t.Skip("this test needs nginx")
		}
		nginx = "/usr/sbin/nginx" // Debian's, for a user without sbin in PATH
	}
	g := NewWithT(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	g.Expect(err).NotTo(HaveOccurred())
	address := free.Addr().String()
	g.Expect(free.Close()).To(Succeed())
	text, err := os.ReadFile("nginx.conf")
	g.Expect(err).NotTo(HaveOccurred())
	config := strings.Replace(string(text), "listen 8092;", "listen "+address+";", 1)
	var fakes []*host.Host
	for i := 1; i <= 3; i++ {
		fake, err := host.New()
		g.Expect(err).NotTo(HaveOccurred())
		server := httptest.NewServer(fake)
		t.Cleanup(server.Close)
		fakes = append(fakes, fake)
		g.Expect(config).To(ContainSubstring(fmt.Sprintf("server fake-%d:8092 ", i)))
		config = strings.Replace(config, fmt.Sprintf("server fake-%d:8092 ", i), "server "+server.Listener.Addr().String()+" ", 1)
	}
	dir := t.TempDir()
	g.Expect(os.WriteFile(filepath.Join(dir, "default.conf"), []byte(config), 0o600)).To(Succeed())
	g.Expect(os.WriteFile(filepath.Join(dir, "nginx.conf"), fmt.Appendf(nil, around, dir), 0o600)).To(Succeed())
	cmd := exec.Command(nginx, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-e", filepath.Join(dir, "error.log"))
	g.Expect(cmd.Start()).To(Succeed())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		if t.Failed() {
			log, _ := os.ReadFile(filepath.Join(dir, "error.log"))
			t.Logf("%s", log)
		}
	})
	g.Eventually(func() error {
		connection, err := net.Dial("tcp", address)
		if err == nil {
			err = connection.Close()
		}
		return err
	}, "10s").Should(Succeed())
	return "http://" + address, fakes
}

// send sends a request, and returns status and body.
func send(t *testing.T, method, url, body string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestPortalsAreShared(t *testing.T) {
	g := NewWithT(t)
	address, fakes := startFakes(t)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(address, "http://"))
	const settings = "/api/2.0/files/settings?fields=externalShare"
	const count = 60
	for n := range count {
		name := fmt.Sprintf("test-%d", n)
		status, text := send(t, "POST", address+"/__mock/portals", `{"name":"`+name+`"}`, "X-Mock-Portal", name)
		g.Expect(status).To(Equal(http.StatusCreated), text)
		var made struct {
			URL  string
			Keys map[string]string
		}
		g.Expect(json.Unmarshal([]byte(text), &made)).To(Succeed())
		g.Expect(made.URL).To(Equal(address + "/portals/" + name))
		key := "Bearer " + made.Keys["owner"]
		status, text = send(t, "PUT", made.URL+"/api/2.0/files/settings/external", `{"set":false}`, "Authorization", key)
		g.Expect(status).To(Equal(http.StatusOK), text)

		// Whichever way a request names the portal, it gets there.
		for way, request := range map[string][]string{
			"path":   {made.URL + settings},
			"slash":  {strings.Replace(made.URL, "/portals", "//portals", 1) + settings},
			"header": {address + settings, "X-Mock-Portal", name},
			"host":   {address + settings, "Host", name + ".localhost:" + port},
		} {
			status, text = send(t, "GET", request[0], "", append(request[1:], "Authorization", key)...)
			g.Expect(status).To(Equal(http.StatusOK), way)
			g.Expect(text).To(ContainSubstring(`{"externalShare":false}`), way)
		}
		status, text = send(t, "GET", made.URL+"/__mock/journal/count", "")
		g.Expect(status).To(Equal(http.StatusOK))
		g.Expect(text).To(Equal(`{"count":5}` + "\n"))
		status, _ = send(t, "GET", address+"/__mock/portals/"+name, "")
		g.Expect(status).To(Equal(http.StatusOK))
	}
	total := 0
	for _, fake := range fakes {
		total += len(fake.Portals())
		g.Expect(fake.Portals()).NotTo(BeEmpty(), "every fake has some") // not how many: the ports of the fakes decide it, and are others each time
	}
	g.Expect(total).To(Equal(count))

	for n := range count {
		status, _ := send(t, "DELETE", fmt.Sprintf("%s/__mock/portals/test-%d", address, n), "")
		g.Expect(status).To(Equal(http.StatusNoContent))
	}
	for _, fake := range fakes {
		g.Expect(fake.Portals()).To(BeEmpty())
	}
}

func TestMainPortalIsOnOneFake(t *testing.T) {
	g := NewWithT(t)
	address, fakes := startFakes(t)
	for range 12 {
		status, _ := send(t, "GET", address+"/api/2.0/files/settings", "")
		g.Expect(status).To(Equal(http.StatusUnauthorized))
	}
	var counts []int
	for _, fake := range fakes {
		held, _ := fake.JournalSize()
		counts = append(counts, held)
	}
	g.Expect(counts).To(ConsistOf(0, 0, 12))
}

func TestPortalWithoutANameIsRefused(t *testing.T) {
	g := NewWithT(t)
	address, _ := startFakes(t)
	status, text := send(t, "POST", address+"/__mock/portals", `{}`)
	g.Expect(status).To(Equal(http.StatusBadRequest))
	g.Expect(text).To(ContainSubstring("X-Mock-Portal"))
	status, _ = send(t, "GET", address+"/__mock/portals", "")
	g.Expect(status).To(Equal(http.StatusOK))
}
