"""`python -m services.chassis.documents docs` writes asyncapi.yaml, events.md and schemas/ into that folder."""

import sys
from pathlib import Path

from services.chassis.documents.written import events_documents, write

write(Path(sys.argv[1]), events_documents())
