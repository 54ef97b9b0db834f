"""Words from pages that show them and do not hold them: drawn, recognised, put back in place.

``recognise`` runs in a worker that may start programs (``Sandbox.run`` with ``programs=True``).
For each page: draw it (``drawing``), find which way up it is and in which script, straighten it
(``scan``), read it in the first language of that script, and again in the language that the words
turn out to be in (``attempts``), by ``tesseract``; where the page has a text layer of its own,
``merging`` sets the words beside it. Any page can be read again alone, in other languages.
"""

from amparo.extract.ocr.recognising import recognise

__all__ = ["recognise"]
