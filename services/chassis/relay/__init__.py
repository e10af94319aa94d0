"""The relay: gives a service's stored events their positions and publishes them, in a process of its own."""
