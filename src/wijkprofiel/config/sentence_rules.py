"""What the rules for sentences must have: known facts, no overlap, no gap, examples that hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from pydantic import ValidationError

from wijkprofiel.config.files import Shelves
from wijkprofiel.config.located import ConfigFile, Key
from wijkprofiel.config.mistakes import Complaint, complaint
from wijkprofiel.errors import did_you_mean
from wijkprofiel.model import SENTENCES, SentenceKind, SentenceRule, SentenceRules

Rules = Mapping[int, SentenceRule]
"""Rules of one kind by their place in the file."""


def sentence_complaints(shelves: Shelves) -> Iterator[Complaint]:
    """Yield every mistake in the rules for sentences, beyond the type of each key."""
    for file in shelves.of("rules"):
        try:
            found = SentenceRules.model_validate(file.data)
        except ValidationError:
            continue  # told already, key by key
        known = ", ".join(SENTENCES)
        for kind in found.sentences:
            if kind not in SENTENCES:
                near = did_you_mean(kind, SENTENCES)
                message = f"not a kind of sentence{near}\n  known: {known}"
                yield complaint(file, ("sentences", kind), message)
        for kind, spec in SENTENCES.items():
            rules = dict(enumerate(found.sentences.get(kind, ())))
            yield from _kind(file, ("sentences", kind), spec, rules)


def _kind(file: ConfigFile, key: Key, spec: SentenceKind, rules: Rules) -> Iterator[Complaint]:
    wrong = [c for i, rule in rules.items() for c in _facts(file, (*key, i), spec, rule)]
    if wrong:
        yield from wrong
        return
    yield from _cover(file, key, spec, rules)
    for i, rule in rules.items():
        for n in range(len(rule.examples)):
            yield from _example(file, (*key, i, "examples", n), spec, rule)


def _facts(file: ConfigFile, key: Key, spec: SentenceKind, rule: SentenceRule) -> list[Complaint]:
    """Facts, values and fills that the program does not know."""
    found = []
    for fact in rule.when:
        place = (*key, "when", fact)
        if fact not in spec.facts:
            message = f"unknown fact{did_you_mean(fact, spec.facts)}"
            found.append(complaint(file, place, f"{message}\n  known: {', '.join(spec.facts)}"))
            continue
        for value in rule.values(fact):
            if value not in spec.facts[fact]:
                near = did_you_mean(value, spec.facts[fact])
                message = f"'{value}' is not one of {', '.join(spec.facts[fact])}{near}"
                found.append(complaint(file, place, message))
    try:
        asked = {name for _, name, _, _ in Formatter().parse(rule.say) if name is not None}
    except ValueError as mistake:
        return [*found, complaint(file, (*key, "say"), f"braces do not match: {mistake}")]
    for name in sorted(asked - set(spec.fills)):
        known = ", ".join(spec.fills) or "nothing"
        message = f"{{{name}}} is not filled in here{did_you_mean(name, spec.fills)}"
        found.append(complaint(file, (*key, "say"), f"{message}\n  known: {known}"))
    return found


def _cover(file: ConfigFile, key: Key, spec: SentenceKind, rules: Rules) -> Iterator[Complaint]:
    """Two rules about the same facts, and facts that no rule is about."""
    told: set[tuple[int, int]] = set()
    for case in spec.cases():
        speaking = [i for i, rule in rules.items() if rule.holds(case)]
        facts = ", ".join(f"{fact}: {value}" for fact, value in case.items())
        if not speaking:
            hint = "add a rule for it; a rule may leave facts out"
            yield complaint(file, key, f"no rule says what to do for {{{facts}}}", hint)
            return
        for later in speaking[1:]:
            if (speaking[0], later) not in told:
                told.add((speaking[0], later))
                first = file.at((*key, speaking[0]))
                message = f"overlaps with the rule at {first}: both are about {{{facts}}}"
                yield complaint(file, (*key, later), message, "give one of them other facts")


def _example(
    file: ConfigFile, key: Key, spec: SentenceKind, rule: SentenceRule
) -> Iterator[Complaint]:
    """An example that names what does not exist, or that comes out in other words."""
    example = rule.examples[int(key[-1])]
    given = example.given
    for name, value in given.items():
        place = (*key, "given", name)
        if name in spec.facts and value not in (
            rule.values(name) if name in rule.when else spec.facts[name]
        ):
            yield complaint(file, place, f"the rule is not about '{value}'")
        elif name not in spec.facts and name not in spec.fills:
            near = did_you_mean(name, [*spec.facts, *spec.fills])
            yield complaint(file, place, f"unknown fact{near}")
    try:
        said = rule.say.format_map(given)
    except (KeyError, IndexError, ValueError) as missing:
        message = f"the sentence needs {missing}, the example does not give it"
        yield complaint(file, (*key, "given"), message, "add it under 'given'")
        return
    if said != example.says:
        message = f"the rule says '{said}'"
        hint = "mend the sentence or the example: they must be the same to the letter"
        yield complaint(file, (*key, "says"), message, hint)
