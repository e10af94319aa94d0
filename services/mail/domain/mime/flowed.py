"""format=flowed text (RFC 3676) with its soft line breaks undone."""


def unflow(text: str, *, delete_space: bool) -> str:
    """Paragraphs on one line each; quote marks and the signature line `-- ` stay as they are."""
    lines: list[str] = []
    going_on = -1
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        if going_on == depth:
            lines[-1] += content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        soft = content.endswith(" ") and content != "-- "
        if soft and delete_space:
            lines[-1] = lines[-1][:-1]
        going_on = depth if soft else -1
    return "\n".join(lines)
