"""Whether several chains have said enough, and the same.

Rank-normalised split R-hat and effective sample sizes after Vehtari and others (Bayesian Analysis
2021). A small R-hat alone proves nothing: chains that all missed a mode agree with one another.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["effective", "effective_tails", "r_hat", "rank_r_hat"]

Array = npt.NDArray[np.float64]


def rank_r_hat(chains: Array) -> float:
    """The larger of R-hat over ranks and over folded ranks. ``chains`` has a row a chain."""
    split = _halves(chains)
    folded = np.abs(split - np.median(split))
    return max(r_hat(_normal_scores(split)), r_hat(_normal_scores(folded)))


def effective(chains: Array) -> float:
    """Effective draws for the bulk: of ranks, all chains together."""
    return _effective(_normal_scores(_halves(chains)))


def effective_tails(chains: Array) -> float:
    """Effective draws for the two ends of a 90 % interval: the smaller one."""
    split = _halves(chains)
    ends = (np.quantile(split, share) for share in (0.05, 0.95))
    return min(_effective((split <= end).astype(np.float64)) for end in ends)


def _halves(chains: Array) -> Array:
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def _normal_scores(chains: Array) -> Array:
    from scipy.special import ndtri

    _, place, number = np.unique(chains, return_inverse=True, return_counts=True)
    middle = np.cumsum(number) - (number - 1) / 2
    ranks = middle[place].reshape(chains.shape)
    scores: Array = ndtri((ranks - 0.375) / (chains.size + 0.25))
    return scores


def r_hat(chains: Array) -> float:
    """The plain R-hat of whole chains (A. Gelman and D. Rubin, *Statistical Science* 7, 1992), for
    chains too short to be halved and ranked."""
    draws = chains.shape[1]
    within = float(chains.var(axis=1, ddof=1).mean())
    between = float(chains.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((draws - 1) / draws + between / within))


def _effective(chains: Array) -> float:
    """Geyer's initial monotone sequence over the chains' joint autocorrelation."""
    number, draws = chains.shape
    covariances = _autocovariances(chains)
    within = float(covariances[:, 0].mean()) * draws / (draws - 1)
    pooled = within * (draws - 1) / draws + float(chains.mean(axis=1).var(ddof=1))
    if pooled == 0.0:
        return float(number * draws)
    correlation = 1 - (within - covariances.mean(axis=0) * draws / (draws - 1)) / pooled
    total, last = 0.0, np.inf
    for at in range(1, draws - 1, 2):
        pair = float(correlation[at] + correlation[at + 1])
        if pair < 0:
            break
        last = min(last, pair)
        total += last
    most = number * draws * np.log10(number * draws)
    return float(min(number * draws / (1 + 2 * total), most))


def _autocovariances(chains: Array) -> Array:
    draws = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * draws, axis=1)
    answer: Array = np.fft.irfft(spectrum * np.conj(spectrum), axis=1)[:, :draws] / draws
    return answer
