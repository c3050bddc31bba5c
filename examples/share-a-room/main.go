// Command share-a-room walks the whole way of a share link: somebody signs in, makes a room and a protected link to it that ends in
// an hour; a visitor opens the link with the password and lists what is inside; the link is revoked, and the visitor is out. What was
// made is removed at the end, also when the walk fails or is interrupted.
//
// It starts a fake portal, or uses the real one at DOCSPACE_URL. There it signs in with DOCSPACE_USER and DOCSPACE_PASSWORD, or
// uses DOCSPACE_API_KEY.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/mockserver"
)

func main() {
	profile := flag.String("profile", mockserver.ProfileDocumented, "`profile` of the fake portal: documented or v3.7.2")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, func() {
		stop() // so that a second signal ends the program at once
		fmt.Fprintln(os.Stderr, "share-a-room: ends, and removes what it made; interrupt it again to end at once")
	})
	err := run(ctx, os.Stdout, *profile, os.Getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, "share-a-room:", err)
		os.Exit(1)
	}
}

// target is the portal on which the walk is made.
type target struct {
	name, url      string
	key            string // of an API key; "" without one
	user, password string // "" without a password

	fill func(room int32) error // puts a file into a room; nil on a real portal, where that is another call
	say  func(format string, args ...any)
}

func run(ctx context.Context, out io.Writer, profile string, getenv func(string) string) error {
	t := target{
		name: "the portal at DOCSPACE_URL", url: getenv("DOCSPACE_URL"), key: getenv("DOCSPACE_API_KEY"),
		user: getenv("DOCSPACE_USER"), password: getenv("DOCSPACE_PASSWORD"),
		say: func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) },
	}
	switch signsIn := t.user != "" && t.password != ""; {
	case t.url != "" && !signsIn && t.key == "":
		return errors.New("DOCSPACE_URL is set: set DOCSPACE_API_KEY too, or DOCSPACE_USER and DOCSPACE_PASSWORD")
	case t.url == "" && (signsIn || t.key != ""):
		return errors.New("DOCSPACE_URL is not set: set it for a real portal, or none of the variables for the fake")
	case t.url == "":
		stop, err := t.startFake(ctx, profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	return t.walk(ctx)
}

// startFake serves a fake portal on loopback.
func (t *target) startFake(ctx context.Context, profile string) (stop func(), err error) {
	portal, err := mockserver.New(mockserver.WithProfile(profile))
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: portal, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener) //nolint:errcheck // ends with stop
	t.name, t.url = "a fake portal (profile "+profile+")", "http://"+listener.Addr().String()
	t.user, t.password = "owner@example.com", "Owner-pass-1"
	t.fill = func(room int32) error {
		_, err := portal.AddEntry(mockserver.Entry{
			Title: "Offer.docx", Type: mockserver.EntryFile, Parent: "room/" + strconv.Itoa(int(room)), CreatedBy: t.user,
		})
		return err
	}
	return func() { _ = server.Close() }, nil
}

// cleanupTime is how long the end of the walk may take, when the walk itself is over.
const cleanupTime = 30 * time.Second

// walk goes the whole way, and stops at the first step that fails. It removes what it has made in every case.
func (t *target) walk(ctx context.Context) (err error) {
	t.say("On %s:", t.name)
	atEnd := func(what string, remove func(context.Context) error) {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTime)
		defer cancel()
		if failed := remove(late); failed != nil {
			err = errors.Join(err, fmt.Errorf("%s: %w", what, failed))
		}
	}

	t.say("1. Sign in.")
	owner, signOut, err := t.signIn(ctx)
	if err != nil {
		return err
	}
	defer func() { atEnd("the session may not be ended", signOut) }()

	title := "share-a-room " + rand.Text()[:6]
	t.say("2. Make a room, %q.", title)
	// Not interrupted, as nobody would know then whether there is a room. So it is with the session.
	room, err := owner.CreateRoom(context.WithoutCancel(ctx), client.RoomSpec{Title: title, Type: client.RoomTypeCustomRoom})
	if room.ID == 0 {
		if !errors.Is(err, client.ErrInvalidArgument) && !errors.Is(err, client.ErrForbidden) {
			err = fmt.Errorf("%w; if there is a room %q, remove it", err, title)
		}
		return err
	}
	defer func() {
		atEnd(fmt.Sprintf("the room %d, %q, is not removed", room.ID, title), func(ctx context.Context) error {
			err := owner.DeleteRoom(ctx, room.ID)
			if _, gone := owner.Room(ctx, room.ID); errors.Is(gone, client.ErrEntryNotFound) {
				err = nil // the answer was lost
			}
			if err == nil {
				t.say("7. The room is removed.")
			}
			return err
		})
	}()
	if err != nil { // for example a room of another kind
		return err
	}
	t.say("   Room %d.", room.ID)
	if t.fill != nil {
		if err := t.fill(room.ID); err != nil {
			return err
		}
	}
	return t.share(ctx, owner, room)
}

// signIn gives a Portal that acts as somebody with an account, and what ends that.
func (t *target) signIn(ctx context.Context) (signedIn *client.Portal, signOut func(context.Context) error, err error) {
	if t.user == "" || t.password == "" {
		t.say("   Left out: DOCSPACE_USER and DOCSPACE_PASSWORD are not both set. The API key does.")
		signedIn, err = client.New(t.url, client.WithAPIKey(t.key))
		return signedIn, func(context.Context) error { return nil }, err
	}
	portal, err := client.New(t.url)
	if err != nil {
		return nil, nil, err
	}
	signedIn, err = portal.SignIn(context.WithoutCancel(ctx), t.user, t.password)
	switch {
	case err == nil:
	case errors.Is(err, client.ErrConnection), errors.Is(err, client.ErrServer), errors.Is(err, client.ErrMalformedResponse):
		return nil, nil, fmt.Errorf("%w; a session of %s may be left, which lasts a year at most", err, t.user)
	default:
		return nil, nil, err
	}
	return signedIn, signedIn.SignOut, nil
}

// share makes the link, opens it as a visitor, and revokes it.
func (t *target) share(ctx context.Context, owner *client.Portal, room client.Room) error {
	t.say("3. Make a link with a password, which ends in an hour.")
	password := rand.Text()
	link, err := owner.SetRoomLink(ctx, room.ID, client.LinkSpec{
		Title: client.Set("For customers"), Access: client.Set(client.FileShareRead),
		Password: &password, Expires: client.Set(time.Now().Add(time.Hour)),
	})
	if err != nil {
		return err
	}
	t.say("   The link %q ends at %s.", link.Title, link.Expires.Format(time.TimeOnly))

	t.say("4. A visitor opens it.")
	visitor, key := owner.Visitor(), link.Key.Reveal()
	switch _, err := visitor.Open(ctx, key); {
	case err == nil:
		return errors.New("the link opens without its password")
	case !errors.Is(err, client.ErrPasswordRequired):
		return err
	}
	t.say("   Without the password: %v.", client.ErrPasswordRequired)
	share, err := visitor.Open(ctx, key, client.WithLinkPassword(password))
	if err != nil {
		return err
	}
	if share.Title != nil {
		t.say("   With it: the room %q.", *share.Title)
	}

	t.say("5. The visitor lists what is inside.")
	entries := 0
	for entry, err := range visitor.Entries(ctx, key, 0) {
		if err != nil {
			return err
		}
		entries++
		t.say("   %s", entry.Title)
	}
	if entries == 0 {
		t.say("   Nothing yet.")
	}

	t.say("6. Revoke the link.")
	if err := owner.RevokeRoomLink(ctx, room.ID, link.ID); err != nil {
		return err
	}
	switch _, err := visitor.Open(ctx, key); {
	case err == nil:
		return errors.New("the link still opens")
	case !errors.Is(err, client.ErrLinkNotFound):
		return err
	}
	t.say("   The visitor is out: %v.", client.ErrLinkNotFound)
	return nil
}
