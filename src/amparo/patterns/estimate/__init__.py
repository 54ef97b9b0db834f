"""Multiple systems estimation: how many there were, from how the lists overlap.

    from amparo.patterns.estimate import histories, loglinear
    table = histories.from_rows(["EXH", "ABA", "OSCE", "HRW"], rows)
    best = loglinear.select(table)[0]
    best.name, best.estimate.total

Every estimate stands on assumptions that its page says in words. What cannot be estimated is
refused with the reason: see ``checks``.
"""
