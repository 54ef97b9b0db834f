"""The ground everything stands on: errors, ids, dates, digests, pinpoints, languages, keys."""
