// Command external-sharing makes the four calls of the published page on external sharing. It reads the file settings,
// switches external sharing on, switches sharing to social networks on, and applies a password to a share link.
//
// It starts a fake portal, or uses the real one at DOCSPACE_URL with DOCSPACE_API_KEY, or with DOCSPACE_USER and DOCSPACE_PASSWORD. On a
// real portal the last step needs DOCSPACE_SHARE_KEY and DOCSPACE_SHARE_PASSWORD too.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

func main() {
	profile := flag.String("profile", mockserver.ProfileDocumented, "`profile` of the fake portal: documented or v3.7.2")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Stdout, *profile, os.Getenv)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "external-sharing:", err)
		os.Exit(1)
	}
}

// target is the portal that the calls are made to.
type target struct {
	name, url, key          string
	user, password          string // of somebody who signs in when there is no key
	shareKey, sharePassword string
}

func run(ctx context.Context, out io.Writer, profile string, getenv func(string) string) error {
	t := target{
		url: getenv("DOCSPACE_URL"), key: getenv("DOCSPACE_API_KEY"),
		user: getenv("DOCSPACE_USER"), password: getenv("DOCSPACE_PASSWORD"),
		shareKey: getenv("DOCSPACE_SHARE_KEY"), sharePassword: getenv("DOCSPACE_SHARE_PASSWORD"),
	}
	switch known := t.key != "" || t.user != "" && t.password != ""; {
	case t.url != "" && known:
		t.name = "the portal at DOCSPACE_URL"
	case t.url != "":
		return errors.New("DOCSPACE_URL is set: set DOCSPACE_API_KEY too, or DOCSPACE_USER and DOCSPACE_PASSWORD")
	case known:
		return errors.New("DOCSPACE_URL is not set: set it for a real portal, or none of the variables for the fake")
	default:
		url, stop, err := startFake(ctx, profile)
		if err != nil {
			return err
		}
		defer stop()
		t = target{
			name: "a fake portal (profile " + profile + ")", url: url, key: "YOUR_API_KEY",
			shareKey: "KEY_FROM_URL", sharePassword: "Secret123!",
		}
	}
	return t.walk(ctx, out)
}

// startFake serves a fake portal on loopback. Its switches are off at first, so that the steps change something.
func startFake(ctx context.Context, profile string) (url string, stop func(), err error) {
	settings := mockserver.FreshSettings()
	settings.ExternalShare, settings.ExternalShareSocialMedia = false, false
	portal, err := mockserver.New(mockserver.WithPortal(mockserver.Portal{Settings: &settings}), mockserver.WithProfile(profile))
	if err != nil {
		return "", nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: portal, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener) //nolint:errcheck // ends with stop
	return "http://" + listener.Addr().String(), func() { _ = server.Close() }, nil
}

// signIn gives a Portal with the key, or one of a person who signs in, and what ends the session.
func (t target) signIn(ctx context.Context) (portal *client.Portal, signOut func(), err error) {
	if t.key != "" {
		portal, err = client.New(t.url, client.WithAPIKey(t.key))
		return portal, func() {}, err
	}
	if portal, err = client.New(t.url); err != nil {
		return nil, nil, err
	}
	if portal, err = portal.SignIn(ctx, t.user, t.password); err != nil {
		return nil, nil, err
	}
	return portal, func() { _ = portal.SignOut(context.WithoutCancel(ctx)) }, nil
}

// walk makes the four calls, and stops at the first that fails.
func (t target) walk(ctx context.Context, out io.Writer) error {
	say := func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	portal, signOut, err := t.signIn(ctx)
	if err != nil {
		return err
	}
	defer signOut()
	say("On %s:", t.name)

	say("1. Read the file settings.")
	settings, err := portal.FilesSettings(ctx)
	if err != nil {
		return err
	}
	say("   In force: external sharing %s, social media %s.", onOff(settings.ExternalShare), onOff(settings.ExternalShareSocialMedia))

	say("2. Switch external sharing on.")
	inForce, err := portal.SetExternalShare(ctx, true)
	if err != nil {
		return err
	}
	say("   In force: external sharing %s.", onOff(&inForce))

	say("3. Switch sharing to social media on.")
	inForce, err = portal.SetExternalShareSocialMedia(ctx, true)
	if err != nil {
		return err
	}
	say("   In force: social media %s.", onOff(&inForce))

	say("4. Apply a password to a share link.")
	if t.shareKey == "" || t.sharePassword == "" {
		say("   Left out: DOCSPACE_SHARE_KEY and DOCSPACE_SHARE_PASSWORD are not both set.")
		return nil
	}
	share, err := portal.ApplyExternalSharePassword(ctx, t.shareKey, t.sharePassword)
	if err != nil {
		return err
	}
	if share.Title != nil {
		say("   The link is open, and leads to %q.", *share.Title)
	} else {
		say("   The link is open.")
	}
	return t.look(ctx, portal, say)
}

// look opens the link as a visitor without a password. The answer shows whether step 4 set the password or only checked it.
func (t target) look(ctx context.Context, portal *client.Portal, say func(string, ...any)) error {
	var outcome *client.LinkError
	switch _, err := portal.Unlock(ctx, t.shareKey, ""); {
	case err == nil:
		say("   A visitor gets in without a password: the call only checked it (as the server v3.7.2 does).")
	case errors.Is(err, client.ErrPasswordRequired):
		say("   A visitor is asked for the password.")
	case errors.As(err, &outcome):
		say("   A visitor does not get in: %v.", outcome.Unwrap())
	default:
		return err
	}
	return nil
}

func onOff(on *bool) string {
	switch {
	case on == nil:
		return "not reported"
	case *on:
		return "on"
	default:
		return "off"
	}
}
