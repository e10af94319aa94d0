"""`python -m gateway.openapi docs/openapi.json` writes the document there."""

import sys
from pathlib import Path

from gateway.openapi.document import openapi_text

Path(sys.argv[1]).write_text(openapi_text(), encoding="utf-8")
