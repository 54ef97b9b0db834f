"""The text layer of a page together with words recognised where it has none."""

from __future__ import annotations

from dataclasses import replace

from amparo.extract.reading import Box, PageText, Word

__all__ = ["beside"]


def beside(layer: PageText, recognised: PageText) -> PageText:
    """The page as its layer has it, followed by what was recognised outside the layer's words.

    The layer stays as it is, so that pinpoints hold; what follows it is by lines, as recognised.
    """
    boxes = [word.box for word in layer.words]
    text, words = layer.text.rstrip(), list(layer.words)
    end = -1
    for word in recognised.words:
        if _is_covered(word.box, boxes):
            continue
        between = recognised.text[end : word.start] if end >= 0 else "\n\n"
        gap = "\n\n" if end < 0 or "\n\n" in between else "\n" if "\n" in between else " "
        start = len(text) + len(gap)
        text += gap + recognised.text[word.start : word.end]
        words.append(Word(start, len(text), word.box))
        end = word.end
    return replace(recognised, text=text, words=tuple(words))


def _is_covered(box: Box, boxes: list[Box]) -> bool:
    """Whether the middle of a box lies in one of the boxes."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1 for x0, y0, x1, y1 in boxes)
