"""Subscriptions: what a service does about the events of others, each once, in the order that it needs."""

from services.chassis.subscriptions.decisions import EACH, LATEST, STRICT, Order
from services.chassis.subscriptions.envelope import Envelope
from services.chassis.subscriptions.handling import Reading
from services.chassis.subscriptions.subscription import heard, subscribe

__all__ = ["EACH", "LATEST", "STRICT", "Envelope", "Order", "Reading", "heard", "subscribe"]
