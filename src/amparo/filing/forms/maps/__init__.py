"""Field maps: for each form and edition, which question each field asks, as data."""

from amparo.filing.forms.maps.loading import entry_of, known, load, read_map, write_map
from amparo.filing.forms.maps.schema import Additional, Asked, FormMap, Slot, parse_entry

__all__ = ["Additional", "Asked", "FormMap", "Slot"]
__all__ += ["entry_of", "known", "load", "parse_entry", "read_map", "write_map"]
