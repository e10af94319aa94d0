"""A green process whose port cannot take connections, because the process may open no more files."""

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
import resource  # noqa: E402
import socket  # noqa: E402

from services.chassis.process_port import ProcessPort  # noqa: E402

if __name__ == "__main__":
    port = ProcessPort("127.0.0.1", 0, {})
    client = socket.socket()
    files = len(os.listdir("/proc/self/fd")) - 1  # the listing itself is one
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    client.connect(("127.0.0.1", port.port))
    eventlet.sleep(0.5)
    print("the others run on")
