package contract_test

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
	"github.com/mock-docspace/mock-docspace/mockserver/host"
)

// The real server of tag v3.7.2-server was run and its answers were recorded. Here the fake gets the same requests. These
// files are no recordings of --record, which have another form and come from the portals of users.

//go:embed testdata/recorded/*.json
var recordedFolder embed.FS

// recordedFile holds cases that were asked of one server, in this order. testdata/recorded/README.md describes the form.
type recordedFile struct {
	name           string
	What           string            `json:"what"`
	StoodIn        string            `json:"stood_in"`
	Date           string            `json:"date"`
	Host           string            `json:"host"`
	HeadersLeftOut []string          `json:"headers_left_out"`
	Portal         string            `json:"portal"`
	Sequence       bool              `json:"sequence"` // each case builds on those before it
	Vars           map[string]string `json:"vars"`
	Bodies         map[string]string `json:"bodies"`
	Cases          []recordedCase    `json:"cases"`
}

// recordedCase is one request with the answer of the server.
type recordedCase struct {
	ID       string       `json:"id"`
	Title    string       `json:"title"`
	Settings []bool       `json:"settings"` // external sharing and social media before the request
	Request  wireRequest  `json:"request"`
	Response wireResponse `json:"response"`
	// Save keeps values of the answer for later requests, by the names of variables: json:response.token or cookie:asc_auth_key.
	Save map[string]string `json:"save"`
}

type wireRequest struct {
	Method  string      `json:"method"`
	Target  string      `json:"target"`
	Headers [][2]string `json:"headers"`
	Body    *string     `json:"body"`
	Bytes   []byte      `json:"body_b64"`
	Chunked bool        `json:"chunked"`
	Raw     []byte      `json:"raw_b64"` // the whole request
}

type wireResponse struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"`
	Body    string      `json:"body"`
	Bytes   []byte      `json:"body_b64"`
	BodyRef string      `json:"body_ref"` // a name in the bodies of the file
}

// recordedFiles are all files of recorded answers. They are part of this program, so an error in one is a mistake of ours.
var recordedFiles = sync.OnceValue(func() []*recordedFile {
	var files []*recordedFile
	for _, name := range recordedNames() {
		file := &recordedFile{name: name}
		text, err := recordedFolder.ReadFile(path.Join("testdata/recorded", name))
		if err == nil {
			err = json.Unmarshal(text, file)
		}
		if err != nil {
			panic(fmt.Sprintf("%s: %s", file.name, err))
		}
		files = append(files, file)
	}
	return files
})

// recordedNames are the names of these files.
func recordedNames() []string {
	entries, _ := recordedFolder.ReadDir("testdata/recorded") // it is part of this program
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// find returns the case with this id, or nil.
func (f *recordedFile) find(id string) *recordedCase {
	at := slices.IndexFunc(f.Cases, func(c recordedCase) bool { return c.ID == id })
	if at < 0 {
		return nil
	}
	return &f.Cases[at]
}

// upTo are the cases that are asked so that the case with this id has its answer: itself, and in a sequence all before it.
func (f *recordedFile) upTo(id string) []recordedCase {
	at := slices.IndexFunc(f.Cases, func(c recordedCase) bool { return c.ID == id })
	if f.Sequence {
		return f.Cases[:at+1]
	}
	return f.Cases[at : at+1]
}

// isRecorded says whether a file has a case with this id.
func isRecorded(id string) bool {
	return slices.ContainsFunc(recordedFiles(), func(f *recordedFile) bool { return f.find(id) != nil })
}

// recordedSpecs ask a fresh portal for the answers of each file, in the order of the file, because wrong passwords add up.
func recordedSpecs(t *target) {
	if t.live || t.profile != mockserver.ProfileV372 {
		return
	}
	Describe("recorded answers", Label("recorded"), func() {
		for _, file := range recordedFiles() {
			cases := file.Cases
			if runOptions.Recorded != "" {
				if file.find(runOptions.Recorded) == nil {
					continue
				}
				cases = file.upTo(runOptions.Recorded)
			}
			It("are those of "+file.name, t.holds("A608"), func(ctx SpecContext) {
				file := t.startRecorded(file)
				var deviations []deviatingCase
				var problems []string
				for i := range cases {
					c := &cases[i]
					d, err := t.ask(ctx, file, c)
					Expect(err).NotTo(HaveOccurred(), c.ID)
					excepted := exceptions[c.ID] != ""
					if c.ID == runOptions.Recorded {
						fmt.Println(d.whole(t.name))
					}
					switch {
					case runOptions.Recorded != "" && c.ID != runOptions.Recorded:
					case !d.same() && !excepted:
						deviations = append(deviations, d)
					case d.same() && excepted:
						problems = append(problems, c.ID+" is among the exceptions, but it is the same")
					}
				}
				if text := strings.Join(append(problems, describeDeviations(deviations)...), "\n"); text != "" {
					Fail(text)
				}
			})
		}
	})
}

// startRecorded starts the portal of a file of recorded answers. The result is the file with variables of its own, for values that are
// saved.
func (t *target) startRecorded(file *recordedFile) *recordedFile {
	GinkgoHelper()
	playing := *file
	if playing.Vars = maps.Clone(file.Vars); playing.Vars == nil {
		playing.Vars = map[string]string{}
	}
	if t.handler == nil { // a program
		own := runProgram(t.profile, []byte(file.Portal))
		DeferCleanup(own.end)
		t.url = own.url
		return &playing
	}
	portal, err := mockserver.ParsePortal(file.name, []byte(file.Portal))
	Expect(err).NotTo(HaveOccurred())
	server, err := mockserver.New(mockserver.WithPortal(portal), mockserver.WithProfile(t.profile), mockserver.WithPasswordRounds(1))
	Expect(err).NotTo(HaveOccurred())
	t.url = host.Start(GinkgoT(), host.WithMain(server)).URL
	return &playing
}

// ask puts the switches as they were before a case, and sends its request.
func (t *target) ask(ctx context.Context, file *recordedFile, c *recordedCase) (deviatingCase, error) {
	for i, on := range c.Settings {
		name := []string{"external", "externalsocialmedia"}[i]
		if err := t.putRecordedSwitch(ctx, file, name, on); err != nil {
			return deviatingCase{}, err
		}
	}
	address, err := url.Parse(t.url)
	if err != nil {
		return deviatingCase{}, err
	}
	sent := c.Request.wire(file, address.Host)
	d := deviatingCase{file: file, recorded: c, expected: file.comparable(c, &c.Response, file.Host)}
	got, err := exchangeBytes(ctx, address.Host, sent)
	if err != nil {
		d.got = "no answer: " + err.Error()
	} else {
		d.got = file.comparable(c, got, address.Host)
		for name, where := range c.Save {
			file.Vars[name] = got.value(where)
		}
	}
	return d, nil
}

// putRecordedSwitch sets a switch as the owner of the recorded portal.
func (t *target) putRecordedSwitch(ctx context.Context, file *recordedFile, name string, on bool) error {
	owner := file.Vars["owner"]
	if owner == "" {
		owner = file.Vars["ck_owner"]
	}
	body := fmt.Appendf(nil, `{"set":%t}`, on)
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, t.url+"/api/2.0/files/settings/"+name, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+owner)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	if _, err := wholeBody(resp); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the switch %s cannot be set: %s", name, resp.Status)
	}
	return nil
}
