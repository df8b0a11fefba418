"""From figures to scores and verdicts, by docs/method.md: rounding, z, domains, words.

* :mod:`~wijkprofiel.scoring.rounding`   what stands on paper
* :mod:`~wijkprofiel.scoring.normalise`  a figure → a number beside others → a score from 0 to 10
* :mod:`~wijkprofiel.scoring.aggregate`  several numbers → one
* :mod:`~wijkprofiel.scoring.domains`    slots and domains of all areas at once, their coverage
* :mod:`~wijkprofiel.scoring.reference`  mean, SD and percentiles of all reference areas
* :mod:`~wijkprofiel.scoring.uncertainty`  standard errors, intervals, chances
* :mod:`~wijkprofiel.scoring.intervals`  how sure a slot and a domain are
* :mod:`~wijkprofiel.scoring.area_scores`  every domain of one area: score, interval, verdicts
* :mod:`~wijkprofiel.scoring.difference`  area minus comparator, or minus the rest of it
* :mod:`~wijkprofiel.scoring.compare`    a difference → a verdict
* :mod:`~wijkprofiel.scoring.discovery`  the false discovery rate over all tests of a profile
* :mod:`~wijkprofiel.scoring.groups`     fifths, and intervals of ranks
* :mod:`~wijkprofiel.scoring.trends`     changes, and the strongest of a gemeente
* :mod:`~wijkprofiel.scoring.similar`    wijken that look like an area, and their mean
* :mod:`~wijkprofiel.scoring.scenarios`  other ways to work a domain out, and their yardsticks
* :mod:`~wijkprofiel.scoring.sensitivity`  in how many of them a verdict stands
"""
