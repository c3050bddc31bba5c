"""The program, as a process."""

from __future__ import annotations

import ast
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

import mock_docspace
from mock_docspace import connect, start

source = Path(mock_docspace.__file__).parent


def listens(url: str) -> bool:
    """Tell whether somebody listens at the address."""
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or 0)).close()
    except ConnectionRefusedError:
        return False
    return True


def until(holds: Callable[[], bool], what: str) -> None:
    """Ask again until it is so."""
    deadline = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < deadline, "not within 10 s: " + what
        time.sleep(0.01)


def refuses(url: str) -> None:
    """Wait until nobody listens there."""
    until(lambda: not listens(url), url + " is free")


def runner(what: str) -> tuple[subprocess.Popen[str], str]:
    """Run Python in a process of its own, which starts a fake, prints its address, and does what follows."""
    code = f"import os, time, mock_docspace\nfake = mock_docspace.start()\nprint(fake.url, flush=True)\n{what}"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    return process, process.stdout.readline().strip()


def test_stop_ends_the_program_also_twice() -> None:
    docspace = start()
    assert listens(docspace.url)
    docspace.stop()
    docspace.stop()
    assert not listens(docspace.url)
    with pytest.raises(ConnectionError, match="is it stopped"):
        docspace.portal()


def test_stop_does_not_wait_for_a_request_that_hangs() -> None:
    with start() as docspace:
        portal = docspace.portal()
        portal.faults.add(kind="hang")

        def hang() -> None:
            with pytest.raises(ConnectionError):
                urlopen(portal.url + "/api/2.0/files/settings")

        app = threading.Thread(target=hang)
        app.start()
        until(lambda: portal.journal.count(unanswered=True) == 1, "the request hangs")
    app.join()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_runner_that_is_ended_takes_the_program_with_it(how: signal.Signals) -> None:
    process, url = runner("time.sleep(1000)")
    with process:
        assert listens(url)
        process.send_signal(how)
        process.wait()
        refuses(url)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_what_the_runner_has_forked_does_not_hold_the_program() -> None:
    process, url = runner("forked = os.fork()\nif forked: print(forked, flush=True)\ntime.sleep(1000)")
    with process:
        assert process.stdout
        forked = int(process.stdout.readline())
        try:
            process.kill()
            process.wait()
            refuses(url)
        finally:
            os.kill(forked, signal.SIGKILL)


def test_a_runner_that_forgets_to_stop_ends_all_the_same() -> None:
    process, url = runner("")
    with process:
        assert process.wait() == 0
        refuses(url)


def test_a_program_that_does_not_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(
        RuntimeError, match=r'has ended with 2: mock-docspace: --contract must be one of "warn","enforce","off" but got "x"$'
    ):
        start(contract="x")  # type: ignore[arg-type]
    other = tmp_path / "other"
    other.write_text("#!/bin/sh\necho hello\n")
    other.chmod(0o755)
    with pytest.raises(RuntimeError, match="other has ended with 0: it does not say why"):
        start(program=str(other))
    with pytest.raises(FileNotFoundError, match="is not a program"):
        start(program=str(tmp_path))


def test_options_and_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PROFILE": "v3.8", "ADDR": "127.0.0.1:1", "NO_CONTROL": "true", "TLS_SELF_SIGNED": "true"}.items():
        monkeypatch.setenv("MOCK_DOCSPACE_" + name, value)
    with start() as docspace:
        assert docspace.portal().state()["profile"] == "v3.8"
    with start(profile="v3.7.2", journal=5, contract="off", password_rounds=1) as docspace:
        assert docspace.portal().state()["profile"] == "v3.7.2"
        assert docspace.portal(profile="next").state()["profile"] == "next"


def test_it_never_counts_wrong() -> None:
    with start(journal=20, profile="v3.7.2") as docspace:
        portal = docspace.portal()
        for _ in range(25):
            urlopen(portal.url + "/api/2.0/files/settings").close()
        portal.received("getFilesSettings")
        assert len(portal.received("getFilesSettings", at_least=20)) == 20
        with pytest.raises(mock_docspace.ControlError, match="the journal has dropped 5 requests"):
            portal.received("getFilesSettings", times=25)
        with pytest.raises(mock_docspace.ControlError, match="the journal has dropped 5 requests"):
            portal.received("getFilesSettings", at_least=21)


def test_a_token() -> None:
    command = [os.environ["MOCK_DOCSPACE_PROGRAM"], "--addr=127.0.0.1:0", "--quiet", "--exit-with-stdin", "--control-token=secret"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        url = process.stdout.readline().split()[-1]
        with pytest.raises(mock_docspace.ControlError, match="the control API wants its token"):
            connect(url).portal()
        assert connect(url, token="secret").portal().received(times=0) == []
        process.stdin.close()


def test_fixtures(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def docspace_options():
            return {"profile": "v3.7.2"}
        """
    )
    pytester.makepyfile(
        """
        import pytest

        names = []

        def test_one(docspace_portal):
            names.append(docspace_portal.name)
            assert docspace_portal.state()["profile"] == "v3.7.2"

        @pytest.mark.docspace_portal(profile="v3.8", name="mine")
        def test_two(docspace, docspace_portal):
            assert docspace_portal.name == "mine"
            assert docspace_portal.state()["profile"] == "v3.8"
            docspace.portal(name=names[0]).remove()  # the name is free, since the portal is removed

        @pytest.mark.docspace_portal({"profile": "v3.8"})
        def test_three(docspace_portal):
            pass

        def test_four(docspace_portal):
            docspace_portal.received("externalShare", times=2)
        """
    )
    result = pytester.runpytest_subprocess("--strict-markers", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=2, errors=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*docspace_portal takes the fields of the portal file by name*", "E *has received 0 times.", "E *nothing at all."]
    )
    result.stdout.no_fnmatch_line("*_received.py*")


def test_parallel_workers(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("number", range(8))
        def test_one(docspace_portal, number):
            docspace_portal.faults.add(id="f", status=503)
            docspace_portal.received(times=0)
        """
    )
    pytester.runpytest_subprocess("-n", "2").assert_outcomes(passed=8)


def test_a_killed_pytest_takes_the_program_with_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import time\ndef test_one(docspace):\n    open('url', 'w').write(docspace.url + ' ')\n    time.sleep(1000)\n")
    process = pytester.popen([sys.executable, "-m", "pytest"], stdout=subprocess.DEVNULL)
    until(lambda: Path("url").exists() and Path("url").read_text().endswith(" "), "the test runs")
    url = Path("url").read_text().strip()
    assert listens(url)
    process.kill()
    process.wait()
    refuses(url)


def test_it_needs_the_standard_library_and_pytest_alone() -> None:
    code = "import sys; sys.modules['typing_extensions'] = None; import mock_docspace, mock_docspace.pytest_plugin"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("file", sorted(source.glob("*.py")), ids=lambda file: str(file.name))
def test_the_syntax_is_that_of_python_3_9(file: Path) -> None:
    ast.parse(file.read_text(), feature_version=(3, 9))
