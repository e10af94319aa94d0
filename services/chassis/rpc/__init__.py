"""Calls between services: requests by quorum queue, replies by direct reply-to, each with a deadline."""

from services.chassis.rpc.client import Client

__all__ = ["Client"]
