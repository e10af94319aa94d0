"""What consumers of events read: made from the events that the services declare, by `make docs`."""
