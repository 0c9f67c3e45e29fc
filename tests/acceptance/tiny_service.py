"""A service of tiny programs under the real supervisor, for tests of starting.

Run as a program. Its children tell who they are by files under ``TDR_HOME/seen``
named after their role and process number.
"""

import http.server
import os
import signal
import socket
import sys
from pathlib import Path

from service.settings import SettingsError, load_settings
from service.supervisor.child import Child, Plan
from service.supervisor.plan import Ground
from service.supervisor.up import up


def appear(role):
    seen = Path(os.environ["TDR_HOME"]) / "seen"
    seen.mkdir(exist_ok=True)
    (seen / f"{role}.{os.getpid()}").touch()
    sys.stdout.write(f"{role} is here\n")


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(os.getpid()).encode())

    def log_message(self, *_):
        pass


def web(descriptor):
    appear("web")
    server = http.server.HTTPServer(("", 0), Answer, bind_and_activate=False)
    server.socket.close()
    server.socket = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.serve_forever(poll_interval=0.05)


def worker():
    appear("worker")
    signal.pause()


def stubborn():
    """Refuses to end, and has a child of its own."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        appear("grandchild")
    else:
        appear("stubborn")
    while True:
        signal.pause()


def doomed():
    sys.stdout.write("no such table: nights\n")
    sys.exit(3)


ROLES = {"worker": worker, "stubborn": stubborn, "doomed": doomed}


def make_plan(ground: Ground):
    def child(role, *arguments, **more):
        return Child(
            name=role,
            command=(sys.executable, "-m", __spec__.name, role, *arguments),
            environment=ground.environment(),
            **more,
        )

    roles = sys.argv[2].split(",")
    descriptor = ground.web_descriptor
    return Plan(
        steps=tuple(child(role) for role in roles if role == "doomed"),
        children=(
            *(child(r, patience_s=1.0) for r in roles if r not in {"web", "doomed"}),
            child("web", str(descriptor), descriptors=(descriptor,)),
        ),
        health_path="/",
    )


def main():
    role = sys.argv[1]
    if role == "up":
        try:
            return up(load_settings(), make_plan=make_plan)
        except SettingsError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if role == "web":
        return web(int(sys.argv[2]))
    return ROLES[role]()


if __name__ == "__main__":
    sys.exit(main())
