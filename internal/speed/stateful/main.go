// Command stateful serves a small fake on Echo, for internal/speed.
package main

import (
	"log"
	"net/http"

	"github.com/mock-docspace/mock-docspace/internal/speed/rivals"
)

func main() {
	log.Fatal(rivals.Serve(func(a rivals.Answers) (http.Handler, error) { return rivals.Stateful(a) }))
}
