"""`python -m pledgebook` is the same as `pledgebook`."""

import sys

from pledgebook.show.cli import main

if __name__ == "__main__":
    sys.exit(main())
