"""The sample matter "A. v. State": an invented case whose files the program makes itself.

    sample = generate(folder)       # about forty files, the same bytes each time
    sample.exhibits                 # the exhibit index that goes with them

Nobody in it is real. It exists so that a first look at Amparo needs nobody's true papers.
"""

from amparo.site.sample.generation import exhibit_index, generate
from amparo.site.sample.plan import (
    BundleFacts,
    Delivery,
    Exhibit,
    MatterFacts,
    Party,
    SampleFile,
    SampleMatter,
    SampleNote,
    SampleTask,
    TeamPerson,
    plan,
)

__all__ = [
    "BundleFacts",
    "Delivery",
    "Exhibit",
    "MatterFacts",
    "Party",
    "SampleFile",
    "SampleMatter",
    "SampleNote",
    "SampleTask",
    "TeamPerson",
    "exhibit_index",
    "generate",
    "plan",
]
