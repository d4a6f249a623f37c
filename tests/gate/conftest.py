"""The gate shares its scoring with the tools that set floors and write docs/accuracy.md."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
