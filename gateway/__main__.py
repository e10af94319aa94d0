"""`python -m gateway`"""

import eventlet

eventlet.monkey_patch()  # before anything else is imported: what was bound to the real thing stays so

from gateway.run import serve  # noqa: E402
from gateway.service import Gateway  # noqa: E402

serve(Gateway)
