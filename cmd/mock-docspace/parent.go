package main

import "io"

// parent is the process that has started the program. stdin ends when it has ended, also when it was killed; end ends the program as
// SIGTERM does.
type parent struct {
	stdin io.Reader
	end   func()
}

// parentFlags are about the process that has started the program.
type parentFlags struct {
	ExitWithStdin bool `group:"output" name:"exit-with-stdin" help:"End as at SIGTERM when standard input ends, so that the program does not outlive the process that holds the other end of it."`
}

// endWithStdin ends the program when standard input ends, if the flag is given. What arrives there is dropped.
func (f *parentFlags) endWithStdin(p parent) {
	if !f.ExitWithStdin {
		return
	}
	go func() {
		_, _ = io.Copy(io.Discard, p.stdin) // what cannot be read has ended
		p.end()
	}()
}
