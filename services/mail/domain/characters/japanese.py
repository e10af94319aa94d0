"""Text for those who write ISO-2022-JP themselves."""

from collections.abc import Iterable

from services.mail.domain.characters.labels import codec_of

TWINS = str.maketrans(
    {
        "\uff5e": "\u301c",  # the same sign, which Unicode tables of different makers placed differently
        "\uff0d": "\u2212",
        "\u2225": "\u2016",
        "\u2014": "\u2015",
        "\uffe0": "\u00a2",
        "\uffe1": "\u00a3",
        "\uffe2": "\u00ac",
        "\u00a0": " ",
    }
)


def in_jis(text: str) -> str:
    """The text with those signs that ISO-2022-JP knows under another number."""
    return text.translate(TWINS)


def answers_in_jis(answered_charset: str | None, texts: Iterable[str]) -> bool:
    """Whether an answer can go out in ISO-2022-JP: the customer wrote it, and it holds every character."""
    return codec_of(answered_charset) == "iso2022_jp" and all(_holds(in_jis(text)) for text in texts)


def _holds(text: str) -> bool:
    try:
        text.encode("iso2022_jp")
    except UnicodeEncodeError:
        return False
    return True
