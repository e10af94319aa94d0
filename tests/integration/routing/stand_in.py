"""Mail as far as routing asks it: all its messages are alike."""

from services.chassis.commands import query
from services.chassis.schema import Id, Schema

MESSAGE = {
    "from": {"name": "山田太郎", "address": "yamada@example.jp"},
    "to": [{"name": "", "address": "support@example.jp"}],
    "subject": "請求書が届きません",
    "text": "九月分です。",
    "headers": {"X-Campaign": "autumn"},
}


class OneMessage(Schema):
    """A message by its id."""

    id = Id(required=True)


class MailService:
    """Knows every message."""

    name = "mail"

    @query(OneMessage)
    def get_message(self, id):
        return {"id": id, **MESSAGE}
