"""From a document to a file, and a look at what came out.

* :mod:`~wijkprofiel.render.pdf`    HTML and CSS → tagged PDF/UA, the same bytes every time
* :mod:`~wijkprofiel.render.tags`   what stricter checkers want of the tags
* :mod:`~wijkprofiel.render.fit`    text that runs out of its box is an error, never cut off
* :mod:`~wijkprofiel.render.check`  reads a PDF back and compares it with the profile
"""
