#!/usr/bin/env python3
"""Draw what `pledgebook demo` prints as docs/demo.svg, for the README.

    python tools/make_picture.py

The same articles give the same picture: nothing is typed in.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

TARGET = Path(__file__).parent.parent / "docs/demo.svg"
WIDTH = 150
LEDGER_LINES = 24


def main() -> int:
    """Run the demo and draw the beginning of its ledger and its totals by country."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "pledgebook", "demo"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    lines = done.stdout.splitlines()
    totals = next(n for n, line in enumerate(lines) if line.startswith("Pledged"))
    end = next(n for n in range(totals, len(lines)) if not lines[n].strip())
    shown = [*lines[:LEDGER_LINES], "…", "", *lines[totals:end]]
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    for line in shown:
        console.print(Text.from_ansi(line), no_wrap=True, overflow="crop")
    drawing = console.export_svg(title="pledgebook demo", unique_id="demo")
    # The picture asks nobody for a font: what the reader's machine has will do.
    drawing = re.sub(r"@font-face \{.*?\}\s*", "", drawing, flags=re.DOTALL)
    TARGET.write_text(drawing.replace("Fira Code, monospace", "monospace"), encoding="utf-8")
    print(f"{len(shown)} lines in {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
