package contract_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/mock-docspace/mock-docspace/mockserver"
)

// These are credentials of the suite's own portal.
const (
	ownerAPIKey    = "sk-0000000000000000000000000000000000000000000000000000000000000001"
	adminAPIKey    = "sk-0000000000000000000000000000000000000000000000000000000000000002"
	userAPIKey     = "sk-0000000000000000000000000000000000000000000000000000000000000003"
	readAPIKey     = "sk-0000000000000000000000000000000000000000000000000000000000000004"
	writeAPIKey    = "sk-0000000000000000000000000000000000000000000000000000000000000005"
	roomsAPIKey    = "sk-0000000000000000000000000000000000000000000000000000000000000006"
	expiredAPIKey  = "sk-0000000000000000000000000000000000000000000000000000000000000007"
	inactiveAPIKey = "sk-0000000000000000000000000000000000000000000000000000000000000008"
	disabledAPIKey = "sk-0000000000000000000000000000000000000000000000000000000000000009"
	unknownAPIKey  = "sk-ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"

	ownerID = "66faa6e4-f133-11ea-b126-00ffeec8b4ef"
	userID  = "66faa6e4-f133-11ea-b126-00ffeec8b4f2"
	goneID  = "66faa6e4-f133-11ea-b126-00ffeec8b4ff"
)

// portalFile is the suite's own portal, in the form that the program reads.
const portalFile = `
tenantId: 7
users:
  - {id: ` + ownerID + `, email: owner@example.com, role: owner, password: Owner-pass-1, tokens: [YOUR_API_KEY, another-token]}
  - {email: admin@example.com, role: docSpaceAdmin, tokens: [admin-token]}
  - {email: room-admin@example.com, role: roomAdmin, tokens: [room-admin-token]}
  - {id: ` + userID + `, email: user@example.com, role: user, password: User-pass-1, tokens: [user-token]}
  - {email: guest@example.com, role: guest, tokens: [guest-token]}
  - {email: colon@example.com, role: docSpaceAdmin, password: "a:b:c"}
  - {id: ` + goneID + `, email: gone@example.com, role: docSpaceAdmin, password: Gone-pass-1, tokens: [gone-token], disabled: true}
apiKeys:
  - {key: ` + ownerAPIKey + `, user: owner@example.com}
  - {key: ` + adminAPIKey + `, user: admin@example.com, permissions: ["*"]}
  - {key: ` + userAPIKey + `, user: user@example.com, permissions: ["*"]}
  - {key: ` + readAPIKey + `, user: owner@example.com, permissions: ["files:read"]}
  - {key: ` + writeAPIKey + `, user: owner@example.com, permissions: ["files:write"]}
  - {key: ` + roomsAPIKey + `, user: owner@example.com, permissions: ["rooms:read", "rooms:write"]}
  - {key: ` + expiredAPIKey + `, user: owner@example.com, expires: 2020-01-01T00:00:00Z}
  - {key: ` + inactiveAPIKey + `, user: owner@example.com, active: false}
  - {key: ` + disabledAPIKey + `, user: gone@example.com}
  - {key: "sk-*:read", user: owner@example.com, permissions: ["*:read"]}
  - {key: "sk-*:write", user: owner@example.com, permissions: ["*:write"]}
  - {key: "sk-files:read-files:write", user: owner@example.com, permissions: ["files:read", "files:write"]}
  - {key: "sk-rooms:read-*", user: owner@example.com, permissions: ["rooms:read", "*"]}
  - {key: "sk-files:*", user: owner@example.com, permissions: ["files:*"]}
  - {key: "sk-accounts:write", user: owner@example.com, permissions: ["accounts:write"]}
entries:
  - {id: "10", title: Marketing, type: room, createdBy: owner@example.com, members: [user@example.com]}
  - {id: "30", title: Plans, type: folder, section: documents, createdBy: owner@example.com}
  - {id: "40", title: Größe & <Maß>.docx, type: file, section: documents, createdBy: owner@example.com}
  - {id: "50", title: Thrown away, type: folder, section: trash}
  - {id: "60", title: Put away, type: room, section: archive}
links:
  - {key: open, id: 3fa85f64-5717-4562-b3fc-2c963f66afa0, entry: "10"}
  - {key: protected, id: 3fa85f64-5717-4562-b3fc-2c963f66afa1, entry: "10", password: Secret123!}
  - {key: open-folder, id: 3fa85f64-5717-4562-b3fc-2c963f66afa2, entry: "30"}
  - {key: protected-file, id: 3fa85f64-5717-4562-b3fc-2c963f66afa3, entry: "40", password: Secret123!}
  - {key: expired, entry: "10", password: Secret123!, expires: 2020-01-01T00:00:00Z}
  - {key: internal, entry: "10", internal: true}
  - {key: internal-protected, entry: "10", internal: true, password: Secret123!}
  - {key: trashed, id: 3fa85f64-5717-4562-b3fc-2c963f66afa9, entry: "50", password: Secret123!}
  - {key: archived, entry: "60"}
  - {key: orphan, entry: "99"}
  - {key: "a+b c%3F#ü", entry: "10"}
`

// startWith starts the target again, with a changed portal.
func (t *target) startWith(ctx context.Context, change func(*mockserver.Portal)) {
	GinkgoHelper()
	if t.live {
		t.useStandIns(ctx, false, change)
		return
	}
	t.change = change
	t.launch(ctx)
}

// reset lets the portal be as at the start of the spec.
func (t *target) reset(ctx context.Context) {
	GinkgoHelper()
	if t.live {
		t.usePortal()
		return
	}
	t.control(ctx, http.MethodPost, "reset", "")
}

// startEnforcing starts the target again, so that it refuses requests that do not match openapi.yaml.
func (t *target) startEnforcing(ctx context.Context) {
	GinkgoHelper()
	t.contract = mockserver.ContractEnforce
	t.launch(ctx)
}

// listenWithTLS makes the portal listen with TLS too. From then on the spec uses that address.
func (t *target) listenWithTLS() {
	GinkgoHelper()
	if t.handler == nil {
		Skip("needs a portal in this process, which can listen with TLS")
	}
	listener, before := httptest.NewTLSServer(t.handler), t.transport
	t.url, t.transport = listener.URL, listener.Client().Transport
	DeferCleanup(func() {
		t.transport = before
		listener.Close()
	})
}

// ownPortal is the suite's own portal. It is read once, because nearly every spec starts with it.
var ownPortal = sync.OnceValues(func() (mockserver.Portal, error) { return mockserver.ParsePortal("portal.yaml", []byte(portalFile)) })

// portal is the portal that the target starts with.
func (t *target) portal() mockserver.Portal {
	GinkgoHelper()
	p, err := ownPortal()
	Expect(err).NotTo(HaveOccurred())
	// A spec may change the lists, and what is in them.
	p.Users, p.APIKeys, p.Entries, p.Links = slices.Clone(p.Users), slices.Clone(p.APIKeys), slices.Clone(p.Entries), slices.Clone(p.Links)
	settings := *p.Settings
	p.Settings, p.Profile = &settings, t.profile
	if t.change != nil {
		t.change(&p)
	}
	return p
}

// portalText is that portal, written as a portal file.
func (t *target) portalText() []byte {
	GinkgoHelper()
	server, err := mockserver.New(mockserver.WithPortal(t.portal()), mockserver.WithProfile(t.profile), mockserver.WithPasswordRounds(1))
	Expect(err).NotTo(HaveOccurred())
	text, err := json.Marshal(server.State()) // JSON is YAML too
	Expect(err).NotTo(HaveOccurred())
	return text
}
