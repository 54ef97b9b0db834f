"""The sealed store: age files under names that tell nothing, in a folder or in a bucket."""

from amparo.evidence.store.port import (
    Draft,
    ObjectStore,
    is_object_name,
    missing,
    object_name,
    place_of,
)

__all__ = ["Draft", "ObjectStore", "is_object_name", "missing", "object_name", "place_of"]
