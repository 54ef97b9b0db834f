"""Official forms: read, mapped to our own questions, filled, and verified before they are offered.

A form is the agency's own PDF with its own fields; none is shipped. The modules in the order of
the work: ``opening`` and ``fields`` (what is there), ``identity`` (which form, which edition),
``maps`` (which question each field asks), ``answers``, ``formats`` and ``fitting`` (what is
written where), ``letters`` and ``appearance`` (how it is drawn), ``filling``, ``continuation``,
``verification``. All of it runs in a worker: ``confined`` is the side that asks.
"""
