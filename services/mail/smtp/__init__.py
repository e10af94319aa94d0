"""Inbound SMTP (RFC 5321): a process of its own, which says 250 only to what is durable."""
