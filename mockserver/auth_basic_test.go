package mockserver

import (
	"encoding/base64"
)

func basic(email, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(email+":"+password))
}
