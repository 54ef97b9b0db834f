"""Official forms: read, mapped to our own questions, filled, and verified before they are offered.

A form is the agency's own PDF with its own fields; none is shipped. The rooms in the order of the
work: ``blank`` (what is there, which form, which edition), ``answers``, ``maps`` (which question
each field asks) and ``proposing`` one, ``drawing`` (letters and what fits), ``filling``,
``verification``. ``production`` is the whole way in one call. All of it runs in a worker:
``confined`` is the side that asks.
"""
