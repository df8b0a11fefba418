"""From a Profile to words: numbers as Dutch writes them, verdict words, sentences, alt texts.

* :mod:`~wijkprofiel.wording.words`      the words themselves, out of ``configs/wording/<id>.yaml``
* :mod:`~wijkprofiel.wording.rules`      which sentence fits a verdict, by ``<id>-rules.yaml``
* :mod:`~wijkprofiel.wording.numbers`    figures on paper, natural frequencies
* :mod:`~wijkprofiel.wording.verdicts`   the word and the sign of a verdict
* :mod:`~wijkprofiel.wording.sentences`  headlines, comparisons, case lines, notes
* :mod:`~wijkprofiel.wording.tested`     what was tested, against whom, and what chance would give
* :mod:`~wijkprofiel.wording.alt`        what a chart says to somebody who does not see it
"""

from wijkprofiel.wording.words import Names, Words, names_of

__all__ = ["Names", "Words", "names_of"]
