"""Clusters in space and time: was it more than elsewhere at that place, in those days?

from amparo.patterns import clusters, tables
acts, census = tables.read(Path("acts.csv")), tables.read(Path("census.csv"))
clusters.clusters(acts, x="longitude", y="latitude", by="date:month")
places = clusters.places_of(census, "district", "longitude", "latitude", "population")
clusters.clusters_per_people(acts, places, place="district", by="date:year")
"""

from amparo.patterns.clusters.against import scan_against
from amparo.patterns.clusters.cylinders import Scan
from amparo.patterns.clusters.found import Cluster, Clusters, clusters
from amparo.patterns.clusters.peopled import (
    PeopledClusters,
    Places,
    clusters_per_people,
    places_of,
)
from amparo.patterns.clusters.scan import scan

__all__ = [
    "Cluster",
    "Clusters",
    "PeopledClusters",
    "Places",
    "Scan",
    "clusters",
    "clusters_per_people",
    "places_of",
    "scan",
    "scan_against",
]
