"""What the lower floors say in plain English, for pages in another language.

Pure files cannot translate: a reader gives its reason, an error its message, as English sentences,
and so they are kept. Here those that people meet on pages are listed, one file for each part of the
house; what varies in them is ``%(…)s``. A text is translated sentence by sentence (``saying``); a
sentence that is not listed stays English.
"""

from amparo.site.said.saying import said

__all__ = ["said"]
