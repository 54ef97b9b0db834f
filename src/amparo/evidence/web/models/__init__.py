"""Rows of evidence: what was received, kept, handed on, watched and destroyed."""

from amparo.evidence.web.models.backups import (
    BackupEntry,
    BackupWatch,
)
from amparo.evidence.web.models.care import (
    CareMark,
    Exposure,
)
from amparo.evidence.web.models.disposal import (
    Disposal,
    DisposalDecision,
    Erasure,
    Hold,
    HoldLift,
    Retention,
)
from amparo.evidence.web.models.exhibits import (
    Acknowledgement,
    ExhibitEvent,
    PhysicalExhibit,
    StoragePlace,
    Transfer,
)
from amparo.evidence.web.models.received import (
    Acquisition,
    Checkpoint,
    CustodyEvent,
    Export,
    Intake,
    Item,
    LedgerEntry,
    StoredObject,
    Tag,
    TimeStamp,
    Verification,
)
from amparo.evidence.web.models.sorting import (
    Collection,
    SortingStep,
)
from amparo.evidence.web.models.stated import (
    StatedRow,
)
from amparo.evidence.web.models.watch import (
    Alarm,
    AlarmAnswer,
    ObjectCheck,
    OnlinePaper,
    OpenStamp,
    Watch,
)

__all__ = [
    "Acknowledgement",
    "Acquisition",
    "Alarm",
    "AlarmAnswer",
    "BackupEntry",
    "BackupWatch",
    "CareMark",
    "Checkpoint",
    "Collection",
    "CustodyEvent",
    "Disposal",
    "DisposalDecision",
    "Erasure",
    "ExhibitEvent",
    "Export",
    "Exposure",
    "Hold",
    "HoldLift",
    "Intake",
    "Item",
    "LedgerEntry",
    "ObjectCheck",
    "OnlinePaper",
    "OpenStamp",
    "PhysicalExhibit",
    "Retention",
    "SortingStep",
    "StatedRow",
    "StoragePlace",
    "StoredObject",
    "Tag",
    "TimeStamp",
    "Transfer",
    "Verification",
    "Watch",
]
