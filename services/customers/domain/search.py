"""Finding customers by parts of their name, company and addresses, however these are written."""

from collections.abc import Iterable

from services.customers.domain.customer import Customer
from services.customers.domain.identity import fold

TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def searchable(text: str) -> str:
    """The text as it is compared: width, case, and which kana, do not matter."""
    return " ".join(fold(text).translate(TO_HIRAGANA).split())


def texts_of(customer: Customer) -> list[str]:
    """What `q` looks through."""
    written = [customer.company, *customer.external_ids, *(each.address for each in customer.identities)]
    return names_of(customer) + [searchable(text) for text in written if text]


def names_of(customer: Customer) -> list[str]:
    """What `name` looks through."""
    return [searchable(text) for text in (customer.name, customer.name_kana) if text]


def grams(texts: Iterable[str]) -> list[str]:
    """Every character and every two that stand together."""
    found: set[str] = set()
    for text in texts:
        found |= set(text) | {text[start : start + 2] for start in range(len(text) - 1)}
    return sorted(found)


def asked_grams(text: str) -> list[str]:
    """What every text with this part has: its pairs, or for one character that one."""
    return sorted({text[start : start + 2] for start in range(max(1, len(text) - 1))})
