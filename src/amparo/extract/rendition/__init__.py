"""A file set to pages: the PDF of a Word file, a message, a text, for reading and for bundles.

``render_pdf`` runs in a worker that may start programs (``Sandbox.run`` with ``programs=True``)
and gives a Reading with one child, ``pages.pdf``, that names its tool and settings. Office kinds
and HTML are set by LibreOffice (``office``); messages, texts, tables and SVG by typst (``plain``).
What is not shown (attachments, what was cut) is told on the pages or in the reason. Whoever sets
the same file again with the same tools gets the same pages.
"""

from amparo.extract.rendition.ways import PAPERS, render_pdf, sets

__all__ = ["PAPERS", "render_pdf", "sets"]
