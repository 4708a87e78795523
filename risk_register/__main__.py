"""`python -m risk_register`."""

import sys

from risk_register.cli import main

sys.exit(main())
