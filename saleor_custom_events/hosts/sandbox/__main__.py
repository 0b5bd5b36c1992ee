"""`python -m saleor_custom_events.hosts.sandbox`: the demo."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from saleor_custom_events.hosts.sandbox.manage import use_our_settings


def main() -> int:
    """Read the command line and run the demo; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m saleor_custom_events.hosts.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--folder", type=Path, default=Path(".demo"), help="where its files are kept (.demo)")
    parser.add_argument("--once", action="store_true", help="end after the scripted visit")
    chosen = parser.parse_args()
    use_our_settings()
    from saleor_custom_events.hosts.sandbox.demo.client import Unexpected
    from saleor_custom_events.hosts.sandbox.demo.driver import Demo
    from saleor_custom_events.hosts.sandbox.processes import NotReady

    folder = chosen.folder.resolve()
    try:
        return Demo(folder, chosen.bind, chosen.port, chosen.once).run()
    except KeyboardInterrupt:
        return 130
    except (NotReady, Unexpected) as error:
        sys.stderr.write(f"\n{error}\nLogs: {folder}/*.log\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
