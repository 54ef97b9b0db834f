"""Exhibit bundles: exhibits in, numbered and linked volumes out, opened again and checked.

The modules in the order of the work: ``index`` and ``request`` (what is asked for), ``profiles``
(what the court wants), ``exhibits``, ``reading``, ``pictures`` and ``preparation`` (each original
made into pages), ``numbering``, ``volumes`` and ``layout`` (where everything will stand),
``sheets`` (cover, index, tabs), ``assembly``, ``contents``, ``links`` and ``writer`` (the PDF),
``manifest`` (which page came from which original), ``production``; then ``reopened`` and ``check``.
``confined`` meets the workers.
"""
