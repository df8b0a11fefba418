"""Health profiles per wijk: from CBS and RIVM figures to accessible documents."""

__version__ = "0.1.0"
