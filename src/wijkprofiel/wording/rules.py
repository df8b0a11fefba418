"""The rule that speaks: which sentence of ``configs/wording/<language>-rules.yaml`` fits the facts.

Reading the config has made sure that exactly one rule is about every case
(:mod:`wijkprofiel.config.sentence_rules`), so that choosing is looking up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wijkprofiel.errors import ConfigError
from wijkprofiel.model import SENTENCES, SentenceRules

Case = tuple[tuple[str, str], ...]
"""A value for each fact of a kind, in the order that the kind declares."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Sentences by kind and case.

    Attributes:
        table: kind and case → sentence, with ``{names}`` to fill in.
        where: file they came from, for the error.
    """

    table: Mapping[tuple[str, Case], str] = field(default_factory=dict)
    where: str = ""

    @classmethod
    def of(cls, declared: SentenceRules, where: str) -> Rules:
        """Return the rules of a file that was checked when the config was read."""
        table = {
            (kind, tuple(case.items())): rule.say
            for kind, spec in SENTENCES.items()
            for case in spec.cases()
            for rule in declared.sentences.get(kind, ())
            if rule.holds(case)
        }
        return cls(table, where)

    def __call__(self, kind: str, when: Mapping[str, str], /, **fills: object) -> str:
        """Return the sentence about these facts, "" where the rule says nothing.

        Args:
            kind: a key of :data:`~wijkprofiel.model.SENTENCES`.
            when: a value for each of its facts.
            fills: what the sentence may fill in.

        Raises:
            ConfigError: no rule is about these facts.
        """
        case = tuple((fact, when[fact]) for fact in SENTENCES[kind].facts)
        if (kind, case) not in self.table:
            facts = ", ".join(f"{fact}: {value}" for fact, value in case)
            raise ConfigError(f"{kind}: no rule is about {{{facts}}}", where=self.where)
        return self.table[kind, case].format_map(fills)
