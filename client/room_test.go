package client_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mock-docspace/mock-docspace/client"
	"github.com/mock-docspace/mock-docspace/client/api"
)

func TestCreateRoom(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, ok(folderJSON(12, `"title":"a_b"`)))
	room, err := portal.CreateRoom(context.Background(), client.RoomSpec{Title: "a/b", Type: client.RoomTypeCustomRoom})
	if err != nil || room.ID != 12 || room.Title != "a_b" || room.RoomType != client.RoomTypeCustomRoom {
		t.Errorf("got %+v, %v", room, err)
	}
	if s.requests() != "POST rooms" || s.sent[0].body != `{"title":"a/b","roomType":5}` || s.sent[0].header.Get("Authorization") != "Bearer sk-1" {
		t.Errorf("sent %+v", s.sent)
	}
}

// A portal that makes another room than asked for gives it beside the error.
func TestCreateRoomOfAnotherType(t *testing.T) {
	portal, _ := scripted(t, nil, ok(folderJSON(12)))
	room, err := portal.CreateRoom(context.Background(), client.RoomSpec{Title: "Customers", Type: client.RoomTypePublicRoom})
	checkNotInForce(t, err, "createRoom", "roomType")
	if room.ID != 12 || room.RoomType != client.RoomTypeCustomRoom {
		t.Errorf("got %+v", room)
	}
}

func TestCreateRoomFails(t *testing.T) {
	spec := client.RoomSpec{Title: "Customers", Type: client.RoomTypeCustomRoom}
	for name, test := range map[string]struct {
		spec   client.RoomSpec
		answer answer
		kinds  []error
		sent   int
	}{
		"not allowed": {spec, answer{status: 403, body: errorJSON(403, "You don't have enough permission to create", `"System.InvalidOperationException"`)}, []error{client.ErrForbidden}, 1},
		"bad title":   {spec, answer{status: 400, body: errorJSON(400, "The value cannot be an empty string. (Parameter 'title')", "null")}, []error{client.ErrBadRequest}, 1},
		"no room":     {spec, ok(`{"title":"Customers"}`), []error{client.ErrMalformedResponse}, 1},
		"nothing":     {spec, ok(`null`), []error{client.ErrMalformedResponse}, 1},
		"no type":     {client.RoomSpec{Title: "Customers"}, answer{}, []error{client.ErrInvalidArgument}, 0},
		"no text":     {client.RoomSpec{Title: "a\xff", Type: client.RoomTypeCustomRoom}, answer{}, []error{client.ErrInvalidArgument}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			portal, s := scripted(t, nil, test.answer)
			room, err := portal.CreateRoom(context.Background(), test.spec)
			mustBe(t, err, test.kinds...)
			if room.ID != 0 || len(s.sent) != test.sent || asError(t, err).Operation != "createRoom" {
				t.Errorf("got %+v, %v, sent %s", room, err, s.requests())
			}
		})
	}
}

// What makes a room is sent once, whatever comes back. What removes one is sent again.
func TestHowOftenRoomsAreMadeAndRemoved(t *testing.T) {
	ctx := context.Background()
	for name, test := range map[string]struct {
		call func(*client.Portal) error
		sent int
	}{
		"CreateRoom": {func(p *client.Portal) error {
			_, err := p.CreateRoom(ctx, client.RoomSpec{Title: "Customers", Type: client.RoomTypeCustomRoom})
			return err
		}, 1},
		"generated create": {func(p *client.Portal) error {
			_, err := p.API().CreateRoomWithResponse(ctx, nil, api.CreateRoomRequestDto{Title: "Customers", RoomType: client.RoomTypeCustomRoom})
			return err
		}, 1},
		"generated delete": {func(p *client.Portal) error {
			_, err := p.API().DeleteRoomWithResponse(ctx, 10, nil, api.DeleteRoomRequest{})
			return err
		}, 3},
	} {
		for what, first := range map[string]answer{"503": status(503), "429": status(429), "reset": {err: errors.New("reset")}} {
			t.Run(name+" "+what, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					portal, s := scripted(t, nil, first)
					_ = test.call(portal)
					if len(s.sent) != test.sent {
						t.Errorf("sent %s", s.requests())
					}
				})
			})
		}
	}
}

const queued = `{"id":"3e3e2821-f9be-41af-b8b6-ba7dffb179f6","Operation":2,"progress":0,"error":"","processed":"0","finished":false,"status":0}`

func TestDeleteRoom(t *testing.T) {
	mine := ok(folderJSON(10, `"security":{"Read":true,"Delete":true}`))
	gone := answer{status: 404, body: errorJSON(404, "The required folder was not found", "null")}
	const read, both = "GET rooms/10", "GET rooms/10, DELETE rooms/10"
	for name, test := range map[string]struct {
		answers []answer
		sent    string
		kinds   []error
	}{
		"removed":            {[]answer{mine, ok(queued)}, both, nil},
		"not there":          {[]answer{gone}, read, nil},
		"gone meanwhile":     {[]answer{mine, gone}, both, nil},
		"rights not told":    {[]answer{ok(`{"id":10,"roomType":5}`), ok(queued)}, both, nil},
		"a folder":           {[]answer{ok(`{"id":10}`)}, read, []error{client.ErrInvalidArgument}},
		"operation not told": {[]answer{mine, {status: 200, body: `{"count":0,"links":[],"status":0,"statusCode":200}`}}, both, nil},
		"of another":         {[]answer{ok(folderJSON(10))}, read, []error{client.ErrForbidden, client.ErrInvalidArgument}},
		"not readable":       {[]answer{{status: 403, body: errorJSON(403, "You don't have enough permission", "null")}}, read, []error{client.ErrForbidden}},
		"refused":            {[]answer{mine, status(403)}, both, []error{client.ErrForbidden}},
		"some JSON":          {[]answer{mine, {status: 200, body: `{}`}}, both, []error{client.ErrMalformedResponse}},
		"no portal":          {[]answer{status(404)}, read, []error{client.ErrNotFound}},
		"sent again":         {[]answer{mine, status(503), ok(queued)}, both + ", DELETE rooms/10", nil},
		"the answer is lost": {[]answer{mine, {err: errors.New("reset")}, gone}, both + ", DELETE rooms/10", nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, test.answers...)
				err := portal.DeleteRoom(context.Background(), 10)
				if test.kinds == nil && err != nil {
					t.Error(err)
				}
				if test.kinds != nil {
					mustBe(t, err, test.kinds...)
				}
				if s.requests() != test.sent {
					t.Errorf("sent %s", s.requests())
				}
				for _, r := range s.sent {
					if r.method == "DELETE" && r.body != `{"deleteAfter":false}` {
						t.Errorf("sent %s", r.body)
					}
				}
			})
		})
	}
	var nobody *client.Portal
	mustBe(t, nobody.DeleteRoom(context.Background(), 10), client.ErrInvalidArgument)
}

// Both requests of a removal have one deadline.
func TestDeleteRoomHasOneDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		portal, _ := scripted(t, []client.Option{client.WithTimeout(10 * time.Second), client.WithAttemptTimeout(8 * time.Second)},
			answer{hang: true}, ok(`{"id":10,"roomType":5}`), answer{hang: true})
		mustBe(t, portal.DeleteRoom(t.Context(), 10), client.ErrConnection)
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

func TestRooms(t *testing.T) {
	portal, s := scripted(t, []client.Option{client.WithAPIKey("sk-1")}, contents(101, [2]int{100, 0}, [2]int{1, 0})...)
	var ids []int32
	for room, err := range portal.Rooms(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if room.RoomType != client.RoomTypeCustomRoom {
			t.Fatalf("got %+v", room)
		}
		ids = append(ids, room.ID)
	}
	if len(ids) != 101 || ids[100] != 101 {
		t.Errorf("got %v", ids)
	}
	if s.requests() != "GET rooms, GET rooms" || s.sent[1].query != "count=100&startIndex=100" || s.sent[1].header.Get("Authorization") != "Bearer sk-1" {
		t.Errorf("sent %+v", s.sent)
	}
	portal, _ = scripted(t, nil, status(401))
	for _, err := range portal.Rooms(context.Background()) {
		mustBe(t, err, client.ErrUnauthorized)
		if asError(t, err).Operation != "getRoomsFolder" {
			t.Errorf("got %v", err)
		}
	}
	portal, _ = scripted(t, nil, ok(folderJSON(10)), ok(strings.Replace(folderJSON(10), `"roomType":5,`, "", 1)))
	room, err := portal.Room(context.Background(), 10)
	if err != nil || room.RoomType != client.RoomTypeCustomRoom {
		t.Errorf("got %+v, %v", room, err)
	}
	if folder, err := portal.Room(context.Background(), 10); err != nil || folder.RoomType != 0 {
		t.Errorf("got %+v, %v", folder, err)
	}
}
