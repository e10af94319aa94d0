"""What a process counts, for Prometheus."""

from collections.abc import Sequence

from prometheus_client import Counter, Gauge, Histogram

PREFIX = "madoguchi_"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def counter(name: str, doc: str, labels: Sequence[str] = ()) -> Counter:
    """A number that only rises; `_total` is added to its name."""
    return Counter(PREFIX + name, doc, labels)


def gauge(name: str, doc: str, labels: Sequence[str] = ()) -> Gauge:
    """A number as it is now."""
    return Gauge(PREFIX + name, doc, labels)


def histogram(name: str, doc: str, labels: Sequence[str] = ()) -> Histogram:
    """Durations in seconds."""
    return Histogram(PREFIX + name, doc, labels, buckets=SECONDS)
