"""Every named address of the program, from its urlconf: its path, and the names of its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

__all__ = ["ADDRESSES"]


def _walk(
    patterns: list[Any], namespace: str = "", before: str = "/"
) -> Iterator[tuple[str, tuple[str, list[str]]]]:
    for each in patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, inner, path)
        else:
            short = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", path)
            yield f"{namespace}{each.name}", (short, list(each.pattern.converters))


ADDRESSES = dict(_walk(get_resolver().url_patterns))
