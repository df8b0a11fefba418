"""From figures to scores and verdicts, by docs/method.md: rounding, z, domains, words.

* :mod:`~wijkprofiel.scoring.rounding`   what stands on paper
* :mod:`~wijkprofiel.scoring.normalise`  a figure → a z-score → a score from 0 to 10
* :mod:`~wijkprofiel.scoring.aggregate`  several z-scores → one
* :mod:`~wijkprofiel.scoring.domains`    slots and domains, their coverage and scores
* :mod:`~wijkprofiel.scoring.reference`  mean, SD and percentiles of all reference areas
* :mod:`~wijkprofiel.scoring.compare`    a difference → a verdict
"""
