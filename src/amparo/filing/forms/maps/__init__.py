"""Field maps: for each form and edition, which question each field asks, as data."""

from amparo.filing.forms.maps.loading import known, load, read_map, write_map
from amparo.filing.forms.maps.schema import Additional, Asked, FormMap, Slot

__all__ = ["Additional", "Asked", "FormMap", "Slot", "known", "load", "read_map", "write_map"]
