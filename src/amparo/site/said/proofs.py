"""The sentences that ``evidence.proofs`` says, for pages in another language (see ``said``)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["PROOF_SENTENCES"]

PROOF_SENTENCES = frozenset(
    {
        _("A part of its credentials was changed after they were signed."),
        _("A statement of the device's maker came with it; it was not checked here."),
        _("All %(count)s files that it lists have the hashes stated for them."),
        _("All %(count)s records that state a digest have it."),
        _("An OpenTimestamps proof came with it; it was not checked here."),
        _("It could not be checked: %(name)s."),
        _("It has a time stamp whose authority cannot be told, so it was not relied on."),
        _("It has no list of its files (datapackage.json), so nothing in it is vouched for."),
        _("It is not signed: whoever has it could change it and its hashes together."),
        _("It names “%(who)s” as who signed; no authority trusted here vouches for that."),
        _("It says that %(domain)s signed it, but its certificate is for %(names)s."),
        _("It says that %(domain)s signed it; no authority trusted here vouches for that."),
        _("It was signed with a key that came with it; whose it is, is not known."),
        _(
            "It was signed with the key %(key)s, which came with it and says that it belongs to "
            "“%(owner)s”."
        ),
        _("It was signed with the key trusted here as “%(name)s”."),
        _("Its credentials are kept at %(host)s; they were not fetched."),
        _("Its credentials break their standard (%(code)s), so they were not relied on."),
        _("Its credentials carry no signature over the file."),
        _("Its list of files names none."),
        _("Its records state no digests."),
        _("Its signature is over another list of files."),
        _("Its signature names neither a key nor a certificate."),
        _("Its time is stamped by an authority not trusted here."),
        _("Its time stamp does not hold."),
        _("Nobody signed the digests: who changes a record can change them."),
        _("Not as listed: %(names)s."),
        _("Not as their digests state: %(names)s."),
        _("Not listed, so not vouched for: %(names)s."),
        _("So its signature says nothing of the %(what)s."),
        _("The archive breaks off; what follows was not checked."),
        _("The certificate of who signed it is damaged."),
        _("The certificate of “%(who)s” had expired when it signed."),
        _("The certificate of “%(who)s” may not sign credentials."),
        _("The certificate of “%(who)s” was not valid when it signed."),
        _("The certificate of “%(who)s” was withdrawn."),
        _("The collection is damaged, so its hashes cannot be checked."),
        _("The file carries credentials that are damaged and cannot be read."),
        _("The file has the hash that the sheet states."),
        _("The file is as it was when it was signed."),
        _("The file is as it was when its credentials were signed."),
        _("The file is too large for its signature to be checked."),
        _(
            "The file was changed after its credentials were made, or the credentials are another "
            "file's."
        ),
        _("The key %(key)s that signed it is not known."),
        _("The key had expired on %(ended)s when it signed on %(made)s."),
        _("The key that signed it came with it; whose it is, is not known."),
        _("The key that signed it is damaged."),
        _("The key that signed it was withdrawn by its owner."),
        _("The list of files is as it was when it was signed."),
        _("The list of files was changed after it was hashed."),
        _("The proof sheet is as it was when it was signed."),
        _("The sheet is not signed: whoever had both files could have written it."),
        _("The sheet states another hash: got %(got)s, expected %(expected)s."),
        _("The sheet states no SHA-256 of the file."),
        _(
            "The signature does not fit the file: it was changed after it was signed, or the "
            "signature is another file's."
        ),
        _("The signature does not fit the list of files, or is another collection's."),
        _(
            "The signature does not fit the proof sheet: it was changed after it was signed, or "
            "the signature is another file's."
        ),
        _("The signature of the %(what)s is damaged, or is no OpenPGP signature."),
        _(
            "The signature of the %(what)s rests on a digest that can be forged today; it was not "
            "relied on."
        ),
        _("The signature over its credentials does not hold."),
        _("The time stamp that came with it does not hold, or is another file's."),
        _("Without that key the %(what)s cannot be checked."),
        _("“%(name)s” is damaged, or is no minisign signature."),
        _("“%(who)s” signed, with a certificate that leads to an authority trusted here."),
        _("“%(who)s” stamped the time; an authority trusted here vouches for it."),
        _("“%(who)s” stamped the time; no authority trusted here vouches for it."),
        _("file"),
        _("proof sheet"),
        _("%(domain)s signed it, with a certificate that leads to an authority trusted here."),
        _("%(one)s and %(other)s agree if the clock was set to %(zone)s."),
        _("%(one)s and %(other)s agree to within two minutes."),
        _("%(one)s and %(other)s agree: they are %(distance)s apart."),
        _("%(one)s and %(other)s are %(distance)s apart, zones aside."),
        _("%(one)s and %(other)s are %(distance)s apart."),
        _("%(one)s and %(other)s can be the same time."),
        _("%(one)s and %(other)s name different times."),
        _("%(one)s is %(lasting)s before %(other)s, and should not be."),
        _("%(one)s is before %(other)s, and should not be."),
        _("Whether %(one)s and %(other)s name the same time cannot be told."),
        _("Camera (EXIF)"),
        _("Last change (EXIF)"),
        _("Satellites (EXIF)"),
        _("Recording (container)"),
        _("File name"),
        _("File time as received"),
        _("Content credentials"),
        _("Time stamp of the credentials"),
        _("ProofMode: file made"),
        _("ProofMode: file changed"),
        _("ProofMode: sheet written"),
        _("ProofMode: place"),
        _("Tella: place"),
        _("OpenPGP signature"),
        _("Collection (WACZ)"),
        _("Signature of the collection"),
        _("First record (WARC)"),
        _("Time stamp (RFC 3161)"),
        _("Message's own date"),
        _("Said on receipt"),
        _("Date given by the team"),
    }
)
