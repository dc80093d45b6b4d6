"""Paragraphs that a mail program wrapped "softly" (RFC 3676), put together again."""

from __future__ import annotations

from itertools import groupby


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """Join soft line breaks of format=flowed text.

    Args:
        text: decoded text, lines ending in LF.
        delete_space: the sender's DelSp=yes: the space at the break is not part of the text.

    Returns:
        The text with one line a paragraph; quoted lines keep their depth of ">".
    """
    lines = (_depth_and_text(line) for line in text.split("\n"))
    return "\n".join(
        ">" * depth + (" " if depth and paragraph else "") + paragraph
        for depth, group in groupby(lines, key=lambda line: line[0])
        for paragraph in _paragraphs([content for _, content in group], delete_space=delete_space)
    )


def _depth_and_text(line: str) -> tuple[int, str]:
    content = line.lstrip(">")
    return len(line) - len(content), content.removeprefix(" ")


def _paragraphs(lines: list[str], *, delete_space: bool) -> list[str]:
    done: list[str] = []
    open_pieces: list[str] = []
    for line in lines:
        soft = line.endswith(" ") and line != "-- "
        open_pieces.append(line[:-1] if soft and delete_space else line)
        if not soft or line == "-- ":
            done.append("".join(open_pieces))
            open_pieces = []
    return [*done, "".join(open_pieces)] if open_pieces else done
