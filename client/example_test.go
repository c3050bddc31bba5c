package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

// fakePortal serves a fresh portal of the profile v3.7.2, with one more link. The key YOUR_API_KEY is its owner's.
func fakePortal() (url string, stop func()) {
	portal, err := mockserver.New(mockserver.WithProfile(mockserver.ProfileV372))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := portal.AddLink(mockserver.Link{Key: "PROTECTED", Password: "Secret123!"}); err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(portal)
	return server.URL, server.Close
}

func Example() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()

	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	inForce, err := portal.SetExternalShare(ctx, true)
	fmt.Println(inForce, err)

	_, err = portal.ApplyExternalSharePassword(ctx, "PROTECTED", "wrong")
	fmt.Println(errors.Is(err, client.ErrInvalidPassword), err)
	// Output:
	// true <nil>
	// true docspace: applyExternalSharePassword: the password is wrong (status 4)
}

func ExampleNew() {
	_, err := client.New("portal.example", client.WithAPIKey("sk-1"))
	fmt.Println(err)
	_, err = client.New("http://portal.example", client.WithAPIKey("sk-1"))
	fmt.Println(err)
	portal, err := client.New("https://portal.example/", client.WithAPIKey("sk-1"), client.WithTimeout(10*time.Second))
	fmt.Println(portal, err)
	// Output:
	// docspace: base URL: it does not start with http:// or https://; expected something like https://yourportal.onlyoffice.com
	// docspace: base URL: credentials do not go over plain http to another machine; use https, or WithInsecureHTTP where the network can be trusted
	// DocSpace portal https://portal.example <nil>
}

func ExamplePortal_SetRoomLink() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	ctx, room := context.Background(), int32(10)
	link, err := portal.SetRoomLink(ctx, room, client.LinkSpec{Title: client.Set("Press"), Password: client.Set("Secret123!")})
	if err != nil {
		log.Fatal(err)
	}
	link, err = portal.SetRoomLink(ctx, room, client.LinkSpec{ID: link.ID, Title: client.Set("Newspapers")})
	fmt.Println(link.Title, link.Password, link.Password.Reveal(), err) // the password has stayed

	_, err = portal.SetRoomLink(ctx, room, client.LinkSpec{ID: link.ID, Password: client.Set("short")})
	fmt.Println(errors.Is(err, client.ErrPasswordPolicy))
	fmt.Println(portal.RevokeRoomLink(ctx, room, link.ID))
	// Output:
	// Newspapers *** Secret123! <nil>
	// true
	// <nil>
}

func ExamplePortal_RoomLinks() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	for link, err := range portal.RoomLinks(context.Background(), 10) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(link.Title, link.Access == client.FileShareRead, link.Key)
	}
	// Output:
	// Shared link true ***
	// Shared link true ***
}

func ExampleVisitor_Open() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()
	portal, err := client.New(url)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	share, err := portal.Visitor().Open(ctx, "PROTECTED")
	fmt.Println(*share.Title, errors.Is(err, client.ErrPasswordRequired))

	share, err = portal.Visitor().Open(ctx, "PROTECTED", client.WithPasswordFrom(func(_ context.Context, share *client.ExternalShare) (string, error) {
		fmt.Println("Password for", *share.Title+"?")
		return "Secret123!", nil
	}))
	fmt.Println(*share.Title, err)
	// Output:
	// Marketing true
	// Password for Marketing?
	// Marketing <nil>
}

func ExampleVisitor_Entries() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()
	portal, err := client.New(url)
	if err != nil {
		log.Fatal(err)
	}
	ctx, visitor := context.Background(), portal.Visitor()
	for _, err := range visitor.Entries(ctx, "PROTECTED", 0) {
		fmt.Println(errors.Is(err, client.ErrPasswordRequired))
	}
	if _, err := visitor.Open(ctx, "PROTECTED", client.WithLinkPassword("Secret123!")); err != nil {
		log.Fatal(err)
	}
	for entry, err := range visitor.Entries(ctx, "PROTECTED", 0) {
		fmt.Println(entry.Title, entry.Type == client.FileEntryTypeFolder, entry.Key, err)
		for inside, err := range visitor.Entries(ctx, "PROTECTED", entry.ID) {
			fmt.Println("-", inside.Title, inside.Security["Download"], err)
		}
	}
	// Output:
	// true
	// Offers true *** <nil>
	// - Price list.docx true <nil>
}

func ExamplePortal_CreateRoom() {
	url, stop := fakePortal() // "https://yourportal.onlyoffice.com"
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	room, err := portal.CreateRoom(ctx, client.RoomSpec{Title: "Customers", Type: client.RoomTypePublicRoom})
	if err != nil {
		log.Fatal(err)
	}
	link, err := portal.RoomLink(ctx, room.ID) // a public room comes with one
	fmt.Println(room.Title, link.Key, err)

	fmt.Println(portal.DeleteRoom(ctx, room.ID))
	_, err = portal.Room(ctx, room.ID)
	fmt.Println(errors.Is(err, client.ErrEntryNotFound))
	// Output:
	// Customers *** <nil>
	// <nil>
	// true
}

func ExamplePortal_SignIn() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	owner, err := portal.SignIn(ctx, "owner@example.com", "Owner-pass-1")
	if err != nil {
		log.Fatal(err)
	}
	inForce, err := owner.SetExternalShare(ctx, false)
	fmt.Println(inForce, err)
	fmt.Println(owner.SignOut(ctx))
	_, err = owner.SetExternalShare(ctx, true)
	fmt.Println(errors.Is(err, client.ErrUnauthorized))
	_, err = portal.SignIn(ctx, "owner@example.com", "wrong")
	fmt.Println(errors.Is(err, client.ErrUnauthorized))
	// Output:
	// false <nil>
	// <nil>
	// true
	// true
}

func ExampleFromEnv() {
	url, stop := fakePortal()
	defer stop()
	os.Setenv("DOCSPACE_URL", url)
	os.Setenv("DOCSPACE_API_KEY", "YOUR_API_KEY")
	defer os.Unsetenv("DOCSPACE_URL")
	defer os.Unsetenv("DOCSPACE_API_KEY")

	portal, err := client.FromEnv()
	if err != nil {
		log.Fatal(err)
	}
	policy, err := portal.SharingPolicy(context.Background())
	fmt.Println(policy.ExternalShare, err)
	// Output: true <nil>
}

func ExamplePortal_FilesSettings() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	settings, err := portal.FilesSettings(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("external sharing:", *settings.ExternalShare)
	fmt.Println("can be opened in the editor:", len(settings.ExtsWebEdited), "formats")
	fmt.Println("unknown properties:", len(settings.Extra))
	// Output:
	// external sharing: true
	// can be opened in the editor: 16 formats
	// unknown properties: 0
}

func ExamplePortal_SharingPolicy() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	policy, err := portal.SharingPolicy(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(policy.ExternalShare, policy.ExternalShareSocialMedia)
	if policy.BlockExistingLinksOnRestrict != nil { // nil for a portal before v3.7.1
		fmt.Println("switching off also stops older links:", *policy.BlockExistingLinksOnRestrict)
	}
	// Output:
	// true true
	// switching off also stops older links: true
}

func ExamplePortal_SetExternalShare() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	inForce, err := portal.SetExternalShare(context.Background(), false)
	fmt.Println(inForce, err)
	// Output: false <nil>
}

func ExamplePortal_SetExternalShareSocialMedia() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	if _, err := portal.SetExternalShare(ctx, false); err != nil {
		log.Fatal(err)
	}
	// The portal answers 200, and keeps social media off.
	_, err = portal.SetExternalShareSocialMedia(ctx, true)
	var kept *client.NotInForceError
	if errors.As(err, &kept) {
		fmt.Println("asked for", kept.Asked, "in force", kept.InForce)
	}
	// Output: asked for true in force false
}

func ExamplePortal_UpdateSharing() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	change, err := portal.UpdateSharing(context.Background(), client.SharingUpdate{ExternalShare: client.Off()})
	var failed *client.UpdateError
	switch {
	case errors.As(err, &failed):
		fmt.Println("failed at", failed.Step, "- in force:", failed.InForce)
	case err != nil:
		fmt.Println("nothing was changed:", err)
	default:
		fmt.Println("external sharing:", change.Before.ExternalShare, "->", change.After.ExternalShare)
		fmt.Println("social media:", change.Before.ExternalShareSocialMedia, "->", change.After.ExternalShareSocialMedia)
	}
	// Output:
	// external sharing: true -> false
	// social media: true -> false
}

func ExamplePortal_ApplyExternalSharePassword() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	share, err := portal.ApplyExternalSharePassword(context.Background(), "PROTECTED", "Secret123!")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(*share.Title, *share.IsRoom)
	// Output: Marketing true
}

func ExamplePortal_Unlock() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url) // a visitor needs no credentials, and Unlock sends none
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	for range 6 {
		_, err = portal.Unlock(ctx, "PROTECTED", "guess")
	}
	var failure *client.Error
	if errors.As(err, &failure) && errors.Is(err, client.ErrTooManyAttempts) {
		fmt.Println("the sixth attempt was not sent, because it would lock the link; wait", failure.RetryAfter.Round(time.Minute))
	}
	// Output: the sixth attempt was not sent, because it would lock the link; wait 1m0s
}

func ExamplePortal_VisitorJar() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := portal.Unlock(context.Background(), "PROTECTED", "Secret123!"); err != nil {
		log.Fatal(err)
	}
	visitor := &http.Client{Jar: portal.VisitorJar()} // it can open the entry of the link
	_, err = portal.Unlock(context.Background(), "PROTECTED", "")
	fmt.Println(visitor.Jar != nil, err)
	// Output: true <nil>
}

func ExamplePortal_API() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	// This is the body of the published page. The generated client takes every status as success, and compares no values.
	on := true
	resp, err := portal.API().ExternalShareWithResponse(context.Background(), api.DisplayRequestDto{DisplayValue: &on})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(resp.StatusCode(), resp.JSON200.Response)
	// Output: 200 false
}

func ExampleNewDoer() {
	url, stop := fakePortal()
	defer stop()
	doer, err := client.NewDoer(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	raw, err := api.NewClientWithResponses(url, api.WithHTTPClient(doer))
	if err != nil {
		log.Fatal(err)
	}
	resp, err := raw.GetFilesSettingsWithResponse(context.Background(), nil)
	fmt.Println(resp.StatusCode(), err)
	// Output: 200 <nil>
}

func ExampleError() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("sk-revoked"))
	if err != nil {
		log.Fatal(err)
	}
	_, err = portal.SetExternalShare(context.Background(), true)
	var failure *client.Error
	if errors.As(err, &failure) {
		fmt.Println(failure.Operation, failure.StatusCode, errors.Is(err, client.ErrUnauthorized))
	}
	fmt.Println(err)
	// Output:
	// externalShare 401 true
	// docspace: externalShare: not signed in: the credentials are missing, wrong or expired (HTTP 401)
}

func ExampleWithTokenSource() {
	url, stop := fakePortal()
	defer stop()
	// With golang.org/x/oauth2: token, err := source.Token(); return token.AccessToken, err
	current := func(context.Context) (string, error) { return "YOUR_API_KEY", nil }
	portal, err := client.New(url, client.WithTokenSource(current))
	if err != nil {
		log.Fatal(err)
	}
	_, err = portal.SharingPolicy(context.Background())
	fmt.Println(err)
	// Output: <nil>
}

func ExampleWithRetry() {
	// At most five attempts, with at most 10 seconds between two of them. A call is also repeated after 500.
	portal, err := client.New("https://portal.example", client.WithRetry(client.RetryPolicy{
		Attempts: 5, MaxDelay: 10 * time.Second, MaxRetryAfter: 10 * time.Second, InternalServerError: true,
	}))
	fmt.Println(portal, err)
	// Output: DocSpace portal https://portal.example <nil>
}

func ExampleWithClock() {
	fake, err := mockserver.New(mockserver.WithProfile(mockserver.ProfileV372))
	if err != nil {
		log.Fatal(err)
	}
	if _, err := fake.AddLink(mockserver.Link{Key: "PROTECTED", Password: "Secret123!"}); err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(fake)
	defer server.Close()
	fake.Clock().Freeze()

	portal, err := client.New(server.URL, client.WithClock(fake.Clock()))
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	for range 5 {
		_, _ = portal.Unlock(ctx, "PROTECTED", "a guess")
	}
	_, err = portal.Unlock(ctx, "PROTECTED", "Secret123!")
	var failure *client.Error
	fmt.Println(errors.Is(err, client.ErrTooManyAttempts), errors.As(err, &failure), failure.RetryAfter)

	fake.Clock().Advance(failure.RetryAfter) // nothing waits
	share, err := portal.Unlock(ctx, "PROTECTED", "Secret123!")
	fmt.Println(*share.Title, err)
	// Output:
	// true true 1m0s
	// Marketing <nil>
}

func ExampleWithLogger() {
	url, stop := fakePortal()
	defer stop()
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "duration" { // so that the output is always the same
			return slog.Attr{}
		}
		return a
	}}))
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"), client.WithLogger(logger))
	if err != nil {
		log.Fatal(err)
	}
	_, _ = portal.SetExternalShare(context.Background(), true)
	// Output: level=INFO msg="docspace call" operation=externalShare status=200 attempt=1
}

func ExampleWithHooks() {
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<html>")
	}))
	defer busy.Close()
	portal, err := client.New(busy.URL, client.WithHooks(client.Hooks{After: func(_ context.Context, attempt client.Attempt) {
		fmt.Println(attempt.Operation, attempt.Number, attempt.StatusCode) // count it, or measure it
	}}))
	if err != nil {
		log.Fatal(err)
	}
	_, err = portal.FilesSettings(context.Background())
	fmt.Println(errors.Is(err, client.ErrServer))
	// Output:
	// getFilesSettings 1 503
	// true
}

func ExampleWithResponseInfo() {
	url, stop := fakePortal()
	defer stop()
	portal, err := client.New(url, client.WithAPIKey("YOUR_API_KEY"))
	if err != nil {
		log.Fatal(err)
	}
	var info client.ResponseInfo
	_, err = portal.FilesSettings(client.WithResponseInfo(context.Background(), &info))
	fmt.Println(info.StatusCode, info.Attempts, err)
	// Output: 200 1 <nil>
}
