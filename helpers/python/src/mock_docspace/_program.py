"""The program, as a process that ends with this one."""

from __future__ import annotations

import os
import re
import subprocess
import weakref

_patience = 2  # seconds in which the program may end. It answers the requests that have arrived first.

# Variables that reach the program. The others do not, since tests are to be alike everywhere.
_passed_variables = {f"MOCK_DOCSPACE_{name}" for name in ("CONTRACT", "JOURNAL", "PASSWORD_ROUNDS", "MAX_MEMORY")}


_started: weakref.WeakSet[Program] = weakref.WeakSet()


def _let_go() -> None:
    """Close the pipes in a process that was forked: it may outlive this one, and would hold the program."""
    for program in _started:
        program.let_go()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


class Program:
    """The program. This process holds a pipe to its standard input, and it ends when the pipe does."""

    def __init__(self, program: str, flags: list[str]) -> None:
        variables = {
            name: value for name, value in os.environ.items() if not name.startswith("MOCK_DOCSPACE_") or name in _passed_variables
        }
        # In a session of its own, Ctrl-C ends the runner first, which may still remove its portals. The program waits for nobody who
        # reads what it writes.
        self._process = subprocess.Popen(  # noqa: S603
            [program, "--addr=127.0.0.1:0", "--exit-with-stdin", "--quiet", *flags],
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        if self._process.stdout is None:
            raise AssertionError("there is a pipe")
        ready = re.fullmatch(r"mock-docspace (\S+) listening on (http://\S+)\n", self._process.stdout.readline())
        if not ready:
            _, complaint = self._process.communicate()
            code = self._process.returncode
            raise RuntimeError(f"{program} has ended with {code}: {complaint.strip() or 'it does not say why'}")
        self.version, self.url = ready.groups()
        _started.add(self)

    def let_go(self) -> None:
        """Close the pipes of this process. The program ends when no other process has them."""
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                pipe.close()

    def stop(self) -> None:
        """End the program, and return when it has ended."""
        self.let_go()
        process = self._process
        try:
            process.wait(_patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
