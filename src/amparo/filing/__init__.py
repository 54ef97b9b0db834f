"""Filing: what leaves for a court or an agency. ``bundle``: exhibits; ``forms``: official forms.

Both are written from values, opened again with another library, and offered only when they say
what they should. A paralegal prepares; an attorney approves.
"""
