"""HTML made safe to show, and HTML as the text that a person reads."""

import re
from html import unescape

import nh3

LONGEST_MARKUP = 4 * 1024 * 1024
SILENT = {"script", "style", "head", "title", "noscript", "template", "svg", "math"}
BLOCKS = {"p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "section",
          "article", "header", "footer", "address", "dl", "dt", "dd", "form", "center", "tr", "li", "hr"}  # fmt: skip
AIRY = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
KEPT = BLOCKS | {"br", "td", "th", "img", "a"}
TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[a-z0-9]+)(?P<attributes>[^>]*)>|(?P<text>[^<]+)|<")
ALTERNATIVE = re.compile(r'\balt="([^"]*)"')


def sanitise(html: str) -> str:
    """The markup without scripts, styles that reach outside, forms, and links that are not to the web or mail."""
    return nh3.clean(html, url_schemes={"http", "https", "mailto", "tel", "cid"})


def text_of(html: str) -> str:
    """The text of the markup; a block begins a line, and what is quoted has `>` before it."""
    clean = nh3.clean(
        html[:LONGEST_MARKUP], tags=KEPT, clean_content_tags=SILENT, attributes={"img": {"alt"}}, link_rel=None
    )
    written = _Written()
    for token in TOKEN.finditer(clean):
        if token["name"]:
            written.tag(token["name"], token["close"] == "/", token["attributes"])
        else:
            written.text(unescape(token[0]))
    return written.result()


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
            self.text(f"[{unescape(alternative[1])}]" if alternative and alternative[1].strip() else "")
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
