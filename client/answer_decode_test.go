package client_test

import (
	"context"
	"strings"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

// A 200 that is not an answer is never a success, for any call.
func TestMalformedAnswers(t *testing.T) {
	tests := map[string]struct{ contentType, body, want string }{
		"empty":               {jsonType, "", "the body is empty"},
		"empty without type":  {"", "", "the body is empty"},
		"HTML":                {"text/html", "<html>sign in</html>", "not declared as JSON"},
		"HTML named JSON":     {jsonType, "<html>sign in</html>", "broken or cut off"},
		"JSON named text":     {"text/plain", envelope("{}"), "not declared as JSON"},
		"no type":             {"", envelope("{}"), "not declared as JSON"},
		"problem":             {problemType, envelope("{}"), "not declared as JSON"},
		"other charset":       {"application/json; charset=utf-16", envelope("{}"), "not declared as JSON"},
		"cut off":             {jsonType, envelope("{}")[:20], "broken or cut off at byte 20"},
		"trailing garbage":    {jsonType, envelope("{}") + "x", "broken or cut off"},
		"two values":          {jsonType, envelope("{}") + envelope("{}"), "broken or cut off"},
		"null":                {jsonType, "null", "property response is missing"},
		"array":               {jsonType, "[]", "the whole: expected an object, got array"},
		"bare value":          {jsonType, "true", "the whole: expected an object, got bool"},
		"nothing in it":       {jsonType, "{}", "property response is missing"},
		"null response":       {jsonType, envelope("null"), "property response is missing"},
		"string response":     {jsonType, envelope(`"true"`), "property response: expected"},
		"number response":     {jsonType, envelope("12345678"), "property response: expected"},
		"array response":      {jsonType, envelope("[]"), "property response: expected"},
		"error envelope":      {jsonType, errorJSON(403, "No permission", `"T"`), "an error in spite of its status: No permission"},
		"error as text":       {jsonType, `{"response":{},"error":"no"}`, "an error in spite of its status"},
		"status 1":            {jsonType, `{"response":RESPONSE,"status":1,"statusCode":200}`, "its envelope says status 1"},
		"statusCode 400":      {jsonType, `{"response":RESPONSE,"status":0,"statusCode":400}`, "its envelope says statusCode 400"},
		"odd envelope status": {jsonType, `{"response":RESPONSE,"status":"0"}`, "property status: expected a whole number, got string"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			check := func(operation, response string, call func(*client.Portal) error) {
				t.Helper()
				portal, _ := serve(t, reply(200, test.contentType, strings.ReplaceAll(test.body, "RESPONSE", response)))
				err := call(portal)
				mustBe(t, err, client.ErrMalformedResponse)
				e := asError(t, err)
				if e.StatusCode != 200 || e.Operation != operation || e.ContentType != test.contentType || !strings.Contains(err.Error(), test.want) {
					t.Errorf("got %q", err)
				}
			}
			ctx := context.Background()
			check("getFilesSettings", "{}", func(p *client.Portal) error {
				settings, err := p.FilesSettings(ctx)
				if settings != nil {
					t.Error("there are settings")
				}
				return err
			})
			check("applyExternalSharePassword", `{"status":0}`, func(p *client.Portal) error {
				share, err := p.ApplyExternalSharePassword(ctx, "KEY", "pw-1")
				if share != nil {
					t.Error("there is a share")
				}
				return err
			})
			check("externalShare", "false", func(p *client.Portal) error { _, err := p.SetExternalShare(ctx, false); return err })
			check("externalShareSocialMedia", "true", func(p *client.Portal) error { _, err := p.SetExternalShareSocialMedia(ctx, true); return err })
		})
	}
}

func TestAnswersAccepted(t *testing.T) {
	for _, contentType := range []string{"application/json", "application/json; charset=UTF-8", "Text/JSON; charset=utf-8"} {
		for _, body := range []string{
			envelope("true"), `{"Response":true}`, `{"response":true,"error":null,"new":{}}`, "\r\n " + envelope("true") + " \n",
		} {
			portal, _ := serve(t, reply(200, contentType, body))
			if on, err := portal.SetExternalShare(context.Background(), true); !on || err != nil {
				t.Errorf("%s %s: got %v, %v", contentType, body, on, err)
			}
		}
	}
}

func TestMalformedSettings(t *testing.T) {
	for response, want := range map[string]string{
		`{"externalShare":1}`:                    "property response.externalShare: expected true or false, got number",
		`{"defaultOrder":[]}`:                    "property response.defaultOrder: expected an object, got array",
		`{"defaultOrder":{"is_asc":"a secret"}}`: "property response.defaultOrder.is_asc: expected true or false, got string",
		`{"defaultOrder":{"property":true}}`:     "property response.defaultOrder.property: expected a whole number, got bool",
		`{"automaticallyCleanUp":{"gap":[]}}`:    "property response.automaticallyCleanUp.gap: expected a whole number, got array",
	} {
		portal, _ := serve(t, reply(200, jsonType, envelope(response)))
		settings, err := portal.FilesSettings(context.Background())
		mustBe(t, err, client.ErrMalformedResponse)
		if settings != nil || !strings.HasSuffix(err.Error(), ": "+want) {
			t.Errorf("%s: got %v, %q", response, settings, err)
		}
	}
}
