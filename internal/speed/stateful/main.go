// Command stateful serves a small fake on Echo, for internal/speed.
package main

import (
	"log"

	"github.com/mock-docspace/mock-docspace/internal/speed/rivals"
)

func main() { log.Fatal(rivals.Serve(rivals.Stateful)) }
