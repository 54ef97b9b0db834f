"""Clusters in space and time: was it more than elsewhere at that place, in those days?

from amparo.patterns import clusters, tables
clusters.clusters(tables.read(Path("acts.csv")), x="longitude", y="latitude", when="date")
"""

from amparo.patterns.clusters.found import Cluster, Clusters, clusters
from amparo.patterns.clusters.scan import Scan, scan

__all__ = ["Cluster", "Clusters", "Scan", "clusters", "scan"]
