"""``python -m service.supervisor``: the service without the command line tool."""

from service.supervisor import run

if __name__ == "__main__":
    raise SystemExit(run())
