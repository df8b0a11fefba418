"""Plan, make, check, write: from names on a command line to files in a folder.

* :mod:`~wijkprofiel.build.plan`      which areas and which documents
* :mod:`~wijkprofiel.build.make`      the profile of one area
* :mod:`~wijkprofiel.build.run`       one area after the other; a failed area stops no other
* :mod:`~wijkprofiel.build.output`    files written aside and renamed, never outside the folder
* :mod:`~wijkprofiel.build.manifest`  what an area was built from
* :mod:`~wijkprofiel.build.scores`    all figures and scores in one long table

Import from these modules: a table of scores needs no PDF engine.
"""
