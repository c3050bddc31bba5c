package client_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/mock-docspace/mock-docspace/client"
)

func TestSecret(t *testing.T) {
	secret := client.NewSecret("SHARESECRET")
	checkSecrets(t, secret)
	checkSecrets(t, &secret)
	checkSecrets(t, struct{ hidden client.Secret }{secret}) // fmt cannot call the methods of a field that is not exported
	checkSecrets(t, (*client.Secret)(nil))
	inJSON, err := json.Marshal([]client.Secret{secret, {}})
	if got := fmt.Sprintf("%v %+v %#v %s %q %x", secret, secret, secret, secret, secret, secret); got != "*** *** *** *** *** ***" || string(inJSON) != `["***",""]` || err != nil {
		t.Errorf("got %s, %s, %v", got, inJSON, err)
	}
	if secret.Reveal() != "SHARESECRET" || secret.IsZero() {
		t.Error("the text is lost")
	}
	if none := client.NewSecret(""); !none.IsZero() || none.Reveal() != "" || none.String() != "" {
		t.Errorf("no text is %q", none.Reveal())
	}
}
