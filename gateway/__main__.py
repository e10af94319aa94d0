"""`python -m gateway`"""

import eventlet

eventlet.monkey_patch()  # before anything else is imported: what was bound to the real thing stays so

from gateway.run import main  # noqa: E402

main()
