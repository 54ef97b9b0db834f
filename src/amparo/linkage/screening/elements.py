"""The elements of a large XML file, one after another, from a file that may be hostile.

Nothing outside the file is touched, and a document type is refused before any of its entities can
be used: none of these lists has one. What was given is forgotten, so that memory stays small.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import BinaryIO

from lxml import etree

from amparo.base.errors import UnreadableFile

__all__ = ["attribute", "elements", "local", "text", "texts"]


def elements(file: BinaryIO, wanted: Collection[str]) -> Iterator[etree._Element]:
    """The root as it opens, with its attributes only; then each element named in ``wanted``.

    An element is whole when it is given and empty once the next is asked for. ``UnreadableFile``
    when the file is not well-formed or has a document type.
    """
    is_first = True
    try:
        for event, element in etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if is_first:
                _refuse_document_type(element)
                yield element
                is_first = False
            elif event == "end" and local(element) in wanted:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            f"The list is not well-formed XML: {error.msg}.",
            next_step="Fetch the file again from who publishes it.",
        ) from error


def local(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text(element: etree._Element, path: str) -> str:
    """The words at ``path`` (local names, parted by /), "" when there are none."""
    return " ".join((element.findtext(_any(path)) or "").split())


def texts(element: etree._Element, path: str) -> tuple[str, ...]:
    """The words of each element at ``path`` that has any, each once."""
    found = (" ".join((each.text or "").split()) for each in element.findall(_any(path)))
    return tuple(dict.fromkeys(filter(None, found)))


def attribute(element: etree._Element, name: str) -> str:
    """The words of an attribute, "" when it has none."""
    return " ".join((element.get(name) or "").split())


def _any(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _refuse_document_type(root: etree._Element) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(
            "The list has a document type, which lists of this kind do not have.",
            next_step="Fetch the file again from who publishes it.",
        )


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
