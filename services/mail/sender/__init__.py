"""Outgoing SMTP (RFC 5321): a process of its own, which never hands a mail over twice."""
