"""The only writers of the proof: the ledger, verifications, packages, time stamps."""

from amparo.evidence.web.actions.ledger import (
    record,
    record_acquisition,
    record_custody,
    sign_checkpoint,
    signer,
)

__all__ = ["record", "record_acquisition", "record_custody", "sign_checkpoint", "signer"]
