"""Suppliers' files to tables: one module per kind of supplier.

Every ``read`` is pure (bytes in, table out); :mod:`wijkprofiel.sources.folder` alone touches disk.
"""
