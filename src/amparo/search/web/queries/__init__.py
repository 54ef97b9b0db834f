"""What is found, within what a person may see; and what was new in searches that they saved."""

from amparo.search.web.queries.finding import (
    PER_PAGE,
    everything_found,
    find,
    names_sealed,
    rewordings,
)

__all__ = ["PER_PAGE", "everything_found", "find", "names_sealed", "rewordings"]
