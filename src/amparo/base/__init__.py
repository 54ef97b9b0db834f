"""The ground that everything stands on. It imports nothing of ours.

What statements are made of: ``pinpoints``, ``dates``, ``digests``, ``ids``, ``canonical`` JSON ·
words in any script: ``languages``, ``folding``, ``transliteration``, ``shortening`` · secrets and
where they are kept: ``keys``, ``recovery``, ``attempts``, ``workspace`` · the outside: ``programs``
(the one runner), ``typeset``, ``files``, ``sheets``, ``side_by_side`` and its ``child`` ·
``errors``, drawn as one tree.
"""
