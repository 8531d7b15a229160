"""A child process that speaks the verb protocol of interop/README.md."""

import atexit
import json
import os
import queue
import signal
import subprocess
import threading
import time

from .peers import LOGS

READY_S = 40  # a JVM or a Python on a busy machine
SPARE_S = 5  # what an answer may be late beyond the verb's own time limit

_running = set()


class Failed(Exception):
    """The peer answered that it failed, gave no answer, or gave a wrong one."""


class NotApplicable(Exception):
    """The peer says that its library cannot do this."""


class Peer:
    def __init__(self, impl, command, label, key_type=None, protocol=None):
        self.impl, self.n = impl, 0
        self.lines = queue.Queue()
        extra = ["--key-type", key_type] if key_type else []
        extra += ["--protocol", protocol] if protocol else []
        self.log = (LOGS / f"{label}.log").open("wb")
        self.child = subprocess.Popen(
            command + extra, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
            text=True, bufsize=1, start_new_session=True,  # so that a wrapper script's child dies with it
        )
        _running.add(self)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.child.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def _line(self, deadline):
        try:
            line = self.lines.get(timeout=max(0, deadline - time.monotonic()))
        except queue.Empty:
            raise Failed(f"{self.impl}: no answer in time") from None
        if line is None:
            self.lines.put(None)
            raise Failed(f"{self.impl}: the process ended")
        try:
            return json.loads(line)
        except ValueError:
            raise Failed(f"{self.impl}: not a JSON line: {line.strip()[:200]}") from None

    def wait_ready(self):
        ready = self._line(time.monotonic() + READY_S)
        if ready.get("na"):
            raise NotApplicable(ready.get("error", ""))
        if ready.get("event") != "ready":
            raise Failed(f"{self.impl}: {ready.get('error', 'no ready line')}")
        self.id, self.addr, self.version = ready["id"], ready["addrs"][0], ready.get("version", "?")
        return self

    def ask(self, verb, timeout_ms=10_000, **fields):
        self.n += 1
        request = {"n": self.n, "verb": verb, "timeout_ms": timeout_ms, **fields}
        try:
            self.child.stdin.write(json.dumps(request) + "\n")
            self.child.stdin.flush()
        except OSError:
            raise Failed(f"{self.impl}: the process ended") from None
        deadline = time.monotonic() + timeout_ms / 1000 + SPARE_S
        reply = self._line(deadline)
        while (reply.get("n") or 0) < self.n:  # the late answer to an earlier request
            reply = self._line(deadline)
        if reply.get("na"):
            raise NotApplicable(f"{self.impl} {verb}: {reply.get('error')}")
        if not reply.get("ok"):
            raise Failed(f"{self.impl} {verb}: {reply.get('error')}")
        return reply

    def stop(self):
        """Kills the whole process group: nothing here needs a graceful end."""
        if self not in _running:
            return
        _running.discard(self)
        try:
            os.killpg(self.child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.child.wait()
        self.child.stdin.close()
        self.log.close()


@atexit.register
def stop_all():
    for peer in list(_running):
        peer.stop()
