"""Record linkage: which records of one list or several are of one person, and why.

    from pathlib import Path
    from amparo.linkage.records import Linking, read

    linking = Linking([read(Path("people.csv")), read(Path("other.csv"))])
    model = linking.learn()             # no labels needed; labels that people gave are heard
    result = linking.run(model)         # .pairs, .clusters
    linking.reasons(model, result.pairs[0]).sentences

The model is that of Fellegi and Sunter (1969), counted by Splink on DuckDB or Spark. Nothing is
merged here: a score is an opinion with its reasons, and people decide (``journal``).
"""

from amparo.linkage.records.clusters import Cluster
from amparo.linkage.records.linking import Linking
from amparo.linkage.records.model import Model, from_json, to_json
from amparo.linkage.records.results import Pair, Result
from amparo.linkage.records.sheets import Sheet, from_frame, from_rows, read
from amparo.linkage.records.waterfall import Step, Waterfall

__all__ = [
    "Cluster",
    "Linking",
    "Model",
    "Pair",
    "Result",
    "Sheet",
    "Step",
    "Waterfall",
    "from_frame",
    "from_json",
    "from_rows",
    "read",
    "to_json",
]
