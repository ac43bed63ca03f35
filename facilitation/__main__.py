"""`python -m facilitation …`: see `facilitation.cli`."""

import sys

from facilitation.cli import main

if __name__ == "__main__":
    sys.exit(main())
