"""What mail needs to know besides what every service does."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class MailSettings:
    """Of the service, of the SMTP listener and of the sender."""

    token_secret: str
    mail_domain: str = "madoguchi.localhost"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 2525
    smtp_url: str = "smtp://127.0.0.1:2526"
    smtp_timeout: timedelta = timedelta(seconds=60)
    max_mail_bytes: int = 35 * 1024 * 1024
    parser_processes: int = 2
    parser_bytes: int = 1024 * 1024 * 1024
    parser_timeout: timedelta = timedelta(seconds=5)

    @property
    def secret(self) -> bytes:
        """The key that signs our tokens."""
        return self.token_secret.encode()
