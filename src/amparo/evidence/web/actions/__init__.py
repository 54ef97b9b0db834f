"""The only writers of evidence: what comes in, what is done with it, the ledger that says so."""

from amparo.evidence.web.actions.ledger import (
    note_custody,
    record,
    record_acquisition,
    record_acquisitions,
    record_custody,
    sign_checkpoint,
    signer,
)
from amparo.evidence.web.actions.stamps import queue_stamps

__all__ = [
    "note_custody",
    "queue_stamps",
    "record",
    "record_acquisition",
    "record_acquisitions",
    "record_custody",
    "sign_checkpoint",
    "signer",
]
