"""The only writers of the index and of saved searches."""

from amparo.search.web.actions.indexing import (
    put,
    rebuild,
    remove,
    set_aside,
    set_tags,
    settle,
)

__all__ = ["put", "rebuild", "remove", "set_aside", "set_tags", "settle"]
