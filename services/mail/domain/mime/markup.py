"""HTML made safe to show, and HTML as the text that a person reads."""

import re
from html import escape, unescape

import nh3

LONGEST_MARKUP = 4 * 1024 * 1024
DEEPEST = 2_000
SILENT = {"script", "style", "head", "title", "noscript", "template", "svg", "math"}
SILENT_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in SILENT}
BLOCKS = {"p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
          "article", "header", "footer", "address", "dl", "dt", "dd", "form", "center", "tr", "li", "hr"}  # fmt: skip
AIRY = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[^<>]*)>?"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
NESTING_TAG = re.compile(r"<(/?)(?!(?:br|hr|img|input|meta|link|col|p|li|td|th|tr|option)\b)[a-zA-Z]", re.IGNORECASE)
ALTERNATIVE = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def sanitise(html: str) -> str:
    """The markup without scripts, styles that reach outside, forms, and links that are not to the web or mail.

    What nests so deep that its tree would take minutes is shown as text.
    """
    if _is_too_deep(html):
        return f"<pre>{escape(text_of(html))}</pre>"
    return nh3.clean(html, url_schemes={"http", "https", "mailto", "tel", "cid"})


def text_of(html: str) -> str:
    """The text of the markup; a block begins a line, and what is quoted has `>` before it."""
    html = html[:LONGEST_MARKUP]
    written, endless = _Written(), set()
    at = 0
    while token := TOKEN.match(html, at):
        at = token.end()
        name = (token["name"] or "").lower()
        if name in SILENT and not token["close"] and name not in endless:
            end = SILENT_ENDS[name].search(html, at)
            at = end.start() if end else at
            endless |= set() if end else {name}
        elif name:
            written.tag(name, token["close"] == "/", token["attributes"])
        elif token["text"]:
            written.text(unescape(token["text"]))
    return written.result()


def _is_too_deep(html: str) -> bool:
    depth = deepest = 0
    for tag in NESTING_TAG.finditer(html):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > DEEPEST


class _Written:
    """Text as it grows, line by line, while the tokens go by."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.depth = 0
        self.preformatted = 0

    def text(self, text: str) -> None:
        if self.preformatted:
            first, *others = text.split("\n")
            self.line.append(first)
            for other in others:
                self._end_line()
                self.line.append(other)
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", text)
        if text.startswith(" ") and (not self.line or self.line[-1].endswith(" ")):
            text = text[1:]
        if text:
            self.line.append(text)

    def tag(self, name: str, closing: bool, attributes: str) -> None:
        if name == "img":
            alternative = ALTERNATIVE.search(attributes)
            shown = unescape(alternative[1] or alternative[2] or "").strip() if alternative else ""
            self.text(f"[{shown}]" if shown else "")
        elif name in {"td", "th"}:
            self.text(" ")
        elif name == "br":
            self._end_line()
        elif name in BLOCKS:
            self._block(name, closing)

    def _block(self, name: str, closing: bool) -> None:
        if self.line:
            self._end_line()
        if name in AIRY and self.lines and self.lines[-1].strip("> "):
            self.lines.append("> " * self.depth)
        step = -1 if closing else 1
        if name == "blockquote":
            self.depth = max(0, self.depth + step)
        elif name == "pre":
            self.preformatted = max(0, self.preformatted + step)
        elif name == "li" and not closing:
            self.line.append("- ")

    def _end_line(self) -> None:
        self.lines.append("> " * min(self.depth, 20) + "".join(self.line).rstrip(" "))
        self.line = []

    def result(self) -> str:
        if self.line:
            self._end_line()
        while self.lines and not self.lines[-1].strip("> "):
            self.lines.pop()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self.lines)).strip("\n")
