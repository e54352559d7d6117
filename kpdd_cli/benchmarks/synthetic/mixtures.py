"""Scenes put together by chance: facts about several things, and a question about some of them.

The scenes of the other files are told as they were written; these are new each time. Every fact
that the question does not need misleads, as in problems whose question was changed: other sorts of
the same thing, other days, other people, prices where things are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from string import ascii_lowercase

from kpdd_cli.benchmarks.synthetic.grammar import Piece

# Letters that the steps use for what is computed.
_COMPUTED = "pqrv"


@dataclass(slots=True)
class _Facts:
    """A scene being made: its sentences, the numbers that they name, and what may be asked."""

    random: Random
    told: list[str] = field(default_factory=list)
    draws: list[str] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)
    letters: Iterator[str] = field(
        default_factory=lambda: (letter for letter in ascii_lowercase if letter not in _COMPUTED)
    )

    def number(self, kind: str = "some") -> str:
        """The letter of a new number."""
        letter = next(self.letters)
        self.draws.append(f"{letter}:{kind}")
        return letter

    def ask(self, question: str, *steps: str) -> None:
        """One more question that may be asked, with the steps of its answer."""
        self.asked.append((question, *steps))

    def pick(self, *texts: str) -> str:
        """One of ``texts``."""
        return self.random.choice(texts)

    def maybe(self, share: float, text: str) -> str:
        """``text`` in a share of all scenes."""
        return text if self.random.random() < share else ""

    def piece(self, name: str) -> Piece:
        """The scene with one of its questions."""
        question, *steps = self.random.choice(self.asked)
        return Piece(name, (" ".join(self.told),), tuple(steps), " ".join(self.draws), (question,))


def mixture(random: Random) -> Piece:
    """A scene of a family chosen by chance."""
    family, _ = random.choices(_FAMILIES, [weight for _, weight in _FAMILIES])[0]
    facts = _Facts(random)
    family(facts)
    return facts.piece(f"mixture of {family.__name__.strip('_')}")


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _sum(letters: Sequence[str]) -> str:
    return "+".join(letters)


_PAIRS = (
    ("{kind} {things}", "{kind2} {things}"),
    ("{things}", "{things2}"),
    ("{things2}", "{things}"),
    ("{things}", "{kind} {things2}"),
    ("{things} and no {others}", "{things2}"),
)
_TRIPLES = (
    ("{things}", "{things2}", "{things3}"),
    ("{kind} {things}", "{kind2} {things}", "{things2}"),
    ("{things2}", "{kind} {things}", "{kind2} {things}"),
)
_LOSSES = (
    "gave {x} {them} to {friend}",
    "[gave|gave away|lost|sold|used|dropped|broke] {x} {them}",
    "[gave|sold|threw away|traded|returned] {x} of the {them}",
    "[lost|used|ate|left] {x} {them} [at home|at school|yesterday|last week|]",
    "[sent|mailed|handed] {x} {them} to {third}",
)
_GAINS = (
    "[bought|found|got|made|won|picked|collected] {x} {them}",
    "[bought|found|got|made|won|collected] {x} more {them}",
    "got {x} {them} from {friend}",
    "received {x} {them} for {his} birthday",
)


def _having(facts: _Facts) -> None:
    """Several kinds of things, of which some come and go."""
    random = facts.random
    kinds = list(random.choice(_PAIRS if random.random() < 0.65 else _TRIPLES))
    kinds = [kind.replace(" and no {others}", "") for kind in kinds]
    first = [facts.number() for _ in kinds]
    items = [f"{{{letter}}} {kind}" for letter, kind in zip(first, kinds, strict=True)]
    place = facts.maybe(0.25, " in [a {box}|{his} room|the house|the garden|the shop]")
    facts.told.append(
        facts.pick(
            f"{{hero}} [had|has|owned|bought|made|found|collected] {_listed(items)}{place}.",
            f"{{hero}} had {_listed(items)}{place}.",
            f"There were {_listed(items)} in [a {{box}}|the shop|{{hero}}'s room|the yard].",
            " ".join(f"{{hero}} had {item}." for item in items),
        )
    )
    now = [[letter] for letter in first]
    lost: dict[int, str] = {}
    gained: dict[int, str] = {}
    events = []
    for at in random.sample(range(len(kinds)), random.choice((0, 1, 1, len(kinds), len(kinds)))):
        letter = facts.number(random.choice(("few", "several", "several", "some")))
        loses = random.random() < 0.6
        text = random.choice(_LOSSES if loses else _GAINS)
        them = kinds[at]
        if them.startswith("{kind") and random.random() < 0.25:
            them = them.split()[0] + " ones"
        events.append(text.replace("{x}", f"{{{letter}}}").replace("{them}", them))
        (lost if loses else gained)[at] = letter
        now[at] += ["-" if loses else "+", letter]
    _tell_events(facts, events)
    for at, kind in enumerate(kinds):
        if len(now[at]) > 1:
            facts.ask(
                f"How many {kind} [does {{hero}} have now|does {{he}} have|are there now|"
                f"are left|remain|does {{hero}} have in the end]?"
                if at in lost
                else f"How many {kind} does {{hero}} have [now|in the end|]?",
                f"v={''.join(now[at])}|{{hero}} has {{v}} {kind} now.",
            )
    changed = [at for at in range(len(kinds)) if len(now[at]) > 1]
    if len(changed) > 1:
        (one, other) = random.sample(changed, 2)
        facts.ask(
            f"How many {kinds[one]} and {kinds[other]} does {{hero}} have [now|altogether now]?",
            f"p={''.join(now[one])}|{{hero}} has {{p}} {kinds[one]}.",
            f"q={''.join(now[other])}|{{hero}} has {{q}} {kinds[other]}.",
            "v=p+q|Together that is {v}.",
        )
    _ask_of_pair(facts, *random.sample(list(zip(kinds, first, strict=True)), 2))
    for ones, verb in ((lost, "[lose|give away|no longer have]"), (gained, "get")):
        if len(ones) == 2:
            (_, x), (_, y) = ones.items()
            facts.ask(
                f"How many things did {{hero}} {verb} [in all|altogether]?",
                f"v={x}+{y}|That is {{v}} things.",
            )


def _tell_events(facts: _Facts, events: list[str]) -> None:
    """What somebody did, in one sentence or one each."""
    if len(events) > 1 and facts.random.random() < 0.6:
        joint = facts.pick(" and ", " and ", " and then ")
        events = [joint.join([", ".join(events[:-1]), events[-1]])]
    is_named = facts.told[0].startswith("{hero}")
    for event in events:
        begin = facts.pick("{he}", "{he}", "{hero}", "Then {he}", "Later {he}", "Today {he}")
        facts.told.append(f"{begin if is_named else '{hero}'} {event}.")
        is_named = True


def _ask_of_pair(facts: _Facts, one: tuple[str, str], another: tuple[str, str]) -> None:
    """What two kinds come to at the beginning, or by how many they differ."""
    (kind, x), (other, y) = one, another
    when = "[at first|in the beginning|to start with]"
    facts.ask(
        f"How many {kind} and {other} [did {{hero}} have|were there] {when}?",
        f"v={x}+{y}|There were {{v}} of both.",
    )
    more, a, b = facts.random.choice((("more", x, y), ("fewer", y, x)))
    facts.ask(
        f"How many {more} {kind} than {other} [did {{hero}} have|were there] {when}?",
        f"v={a}-{b}|There were {{v}} {more} {kind}.",
    )


_DEEDS = (
    ("walked", "walk", "miles"),
    ("ran", "run", "laps"),
    ("read", "read", "pages"),
    ("swam", "swim", "laps"),
    ("wrote", "write", "letters"),
    ("drove", "drive", "miles"),
    ("biked", "bike", "kilometers"),
    ("picked", "pick", "{things}"),
    ("sold", "sell", "{things}"),
    ("made", "make", "{things}"),
    ("collected", "collect", "{things}"),
    ("solved", "solve", "puzzles"),
    ("did", "do", "push-ups"),
    ("scored", "score", "points"),
    ("earned", "earn", "dollars"),
    ("saved", "save", "dollars"),
    ("caught", "catch", "fish"),
    ("baked", "bake", "cakes"),
    ("planted", "plant", "trees"),
    ("spent", "spend", "dollars"),
    ("saw", "see", "birds"),
)
_TIMES = (
    ("on {day}", "on {day2}", "on {day3}"),
    ("in the morning", "in the afternoon", "in the evening"),
    ("in May", "in June", "in July"),
    ("last week", "this week", "next to that"),
    ("in the first half", "in the second half", "in the last minutes"),
    ("yesterday", "today", "the day before"),
    ("before lunch", "after lunch", "at night"),
    ("in the first week", "in the second week", "in the third week"),
)


def _times(facts: _Facts) -> None:
    """The same deed at several times, by one or two people; some of it is asked about."""
    random = facts.random
    did, do, what = random.choice(_DEEDS)
    times = list(random.choice(_TIMES))[: random.choice((2, 3, 3))]
    if times[-1] in ("next to that", "in the last minutes"):
        times.pop()
    x = [facts.number() for _ in times]
    parts = [f"{{{letter}}} {what} {time}" for letter, time in zip(x, times, strict=True)]
    short = [parts[0], *(part.replace(f" {what} ", " ", 1) for part in parts[1:])]
    together = f"{{hero}} {did} {_listed(random.choice((parts, short)))}."
    apart = f"{{hero}} {did} {parts[0]}. " + " ".join(
        f"{facts.pick('{he}', '{hero}', 'Then {he}')} {did} {part}." for part in parts[1:]
    )
    facts.told.append(facts.pick(together, apart))
    if random.random() < 0.45:
        z = facts.number()
        facts.told.append(f"{{friend}} {did} {{{z}}} {what}[ {random.choice(times)}|].")
        facts.ask(
            f"How many more {what} did {{hero}} {do} {times[0]} than {{friend}}?",
            f"v={x[0]}-{z}|{{hero}} {did} {{v}} {what} more.",
        )
    elif random.random() < 0.3:
        unit = facts.number("several")
        if what in ("laps", "pages", "letters", "{things}"):
            has = {"laps": "is {n} meters long", "pages": "has {n} lines"}.get(
                what, "took {n} minutes"
            )
            one = {"{things}": "{thing}"}.get(what, what.removesuffix("s"))
            facts.told.append(f"Each {one} {has}.".replace("{n}", f"{{{unit}}}"))
            asks = {
                "laps": "How many meters is that",
                "pages": "How many lines is that",
            }.get(what, f"How many minutes did {{hero}} need for {{his}} {what}")
            facts.ask(f"{asks} {times[0]}?", f"v={x[0]}*{unit}|{times[0]} it is {{v}}.")
    for (time, a), (other, b) in combinations(zip(times, x, strict=True), 2):
        if len(times) > 2:
            facts.ask(
                f"How many {what} did {{hero}} {do} {time} and {other}[ together|]?",
                f"v={a}+{b}|{{hero}} {did} {{v}} {what} {time} and {other}.",
            )
        more, x1, x2 = random.choice((("more", a, b), ("fewer", b, a)))
        facts.ask(
            f"How many {more} {what} did {{hero}} {do} {time} than {other}?",
            f"v={x1}-{x2}|{{hero}} {did} {{v}} {more} {what} {time}.",
        )
    facts.ask(
        f"How many {what} did {{hero}} {do} [in all|altogether|in total|]?",
        f"v={_sum(x)}|{{hero}} {did} {{v}} {what}.",
    )


_GOODS = ("books", "pens", "caps", "shirts", "tickets", "toys", "plants", "lamps", "cups", "balls",
          "bags of rice", "bottles of milk", "boxes of tea", "pairs of socks", "{things}",
          "{things2}")  # fmt: skip


def _buying(facts: _Facts) -> None:
    """Things at a price each; the question is about one kind, the money, or the number."""
    random = facts.random
    goods = random.sample(_GOODS, 2)
    counts = [facts.number("several") for _ in goods]
    prices = [facts.number(random.choice(("few", "several", "several"))) for _ in goods]
    each = facts.pick("each", "apiece", "each", "a piece")
    money = facts.pick("{{${p}}}", "{{{p}}} dollars")
    parts = [
        f"{{{n}}} {good} for {money.format(p=p)} {each}"
        for n, p, good in zip(counts, prices, goods, strict=True)
    ]
    sells = random.random() < 0.25
    verb = "[sold|sells]" if sells else "bought"
    facts.told.append(
        facts.pick(
            f"{{hero}} {verb} {parts[0]} and {parts[1]}.",
            f"{{hero}} {verb} {parts[0]}. {{he}} also {verb} {parts[1]}.",
            f"{{hero}} {verb} {{{counts[0]}}} {goods[0]} and {{{counts[1]}}} {goods[1]}. "
            f"One of the {goods[0]} cost {money.format(p=prices[0])} and one of the {goods[1]} "
            f"{money.format(p=prices[1])}.",
        )
    )
    for n, p, good in zip(counts, prices, goods, strict=True):
        facts.ask(
            f"How much [money did {{hero}} get|did {{hero}} earn] for the {good}?"
            if sells
            else f"How much did [the {good} cost|{{hero}} [pay|spend] [for|on] the {good}]?",
            f"v={n}*{p}|The {good} cost {{$v}}.",
        )
    facts.ask(
        f"How many {goods[0]} and {goods[1]} did {{hero}} [buy|get|pay for][ in all|]?"
        if not sells
        else f"How many {goods[0]} and {goods[1]} did {{hero}} sell[ in all|]?",
        f"v={_sum(counts)}|That is {{v}} things.",
    )
    facts.ask(
        f"How many more {goods[0]} than {goods[1]} did {{hero}} {'sell' if sells else 'buy'}?",
        f"v={counts[0]}-{counts[1]}|{{v}} more {goods[0]}.",
    )
    facts.ask(
        f"How much more does one of the {goods[0]} cost than one of the {goods[1]}?",
        f"v={prices[0]}-{prices[1]}|One of the {goods[0]} costs {{$v}} more.",
    )
    total = (
        f"p={counts[0]}*{prices[0]}|The {goods[0]} cost {{$p}}.",
        f"q={counts[1]}*{prices[1]}|The {goods[1]} cost {{$q}}.",
        "v=p+q|All of it cost {$v}.",
    )
    facts.ask(f"How much did {{hero}} {'get' if sells else 'pay'} [in all|altogether]?", *total)


_COSTLY = ("a shirt", "a cap", "a book", "a lamp", "a toy", "a game", "a ticket", "lunch", "a gift",
           "shoes", "a coat", "a ball", "food", "a plant", "dinner", "a {thing}")  # fmt: skip


def _spending(facts: _Facts) -> None:
    """Single things out of one purse."""
    random = facts.random
    things = random.sample(_COSTLY, random.choice((2, 2, 3)))
    prices = [facts.number(random.choice(("several", "tens"))) for _ in things]
    purse = facts.number("hundreds" if random.random() < 0.3 else "tens")
    has = random.random() < 0.6
    money = facts.pick("{{${p}}}", "{{{p}}} dollars")
    paid = [f"{money.format(p=p)} [on|for] {one}" for p, one in zip(prices, things, strict=True)]
    bought = [f"{one} for {money.format(p=p)}" for p, one in zip(prices, things, strict=True)]
    if has:
        start = money.format(p=purse)
        facts.told.append(facts.pick(f"{{hero}} had {start}.", f"{{hero}} took {start} to town."))
    else:
        facts.draws.pop()
    facts.told.append(
        facts.pick(
            f"{{hero}} [spent|paid] {_listed(paid)}.",
            f"{{he}} bought {_listed(bought)}." if has else f"{{hero}} bought {_listed(bought)}.",
        )
    )
    if has:
        facts.ask(
            "How much [money does {hero} have left|does {he} have left|money is left]?",
            f"v={'-'.join([purse, *prices])}|{{hero}} has {{$v}} left.",
        )
    facts.ask(
        "How much did {hero} [spend|pay] [in all|altogether|in total|]?",
        f"v={_sum(prices)}|{{hero}} spent {{$v}}.",
    )
    for (one, a), (other, b) in combinations(zip(things, prices, strict=True), 2):
        facts.ask(
            f"How much more did {{hero}} [spend on|pay for] {one} than [on|for] {other}?",
            f"v={a}-{b}|{{hero}} paid {{$v}} more.",
        )
        if len(things) > 2:
            facts.ask(
                f"How much did {{hero}} [spend on|pay for] {one} and {other}?",
                f"v={a}+{b}|{{hero}} paid {{$v}} for them.",
            )


_WHOLES = (
    ("{hero} has {n} {things}.", "{things}", ("{kind}", "{kind2}")),
    ("There are {n} balloons at the party.", "balloons", ("red", "blue")),
    ("There are {n} students in the school.", "students", ("girls", "in the choir")),
    ("A shop has {n} {things}.", "{things}", ("{kind}", "{kind2}")),
    ("A garden has {n} trees.", "trees", ("apple trees", "cherry trees")),
    ("{n} people came to the show.", "people", ("men", "women")),
    ("There are {n} cars in the lot.", "cars", ("white", "black")),
    ("The library has {n} books.", "books", ("novels", "comics")),
    ("{hero} counted {n} animals on the farm.", "animals", ("cows", "sheep")),
    ("A {box} holds {n} {things}.", "{things}", ("{kind}", "{kind2}")),
)


def _parts(facts: _Facts) -> None:
    """A whole, parts of it, and numbers of other things beside them."""
    random = facts.random
    whole, things, (one, other) = random.choice(_WHOLES)
    n = facts.number(random.choice(("hundreds", "tens", "some")))
    a, b = facts.number(), facts.number()
    facts.told.append(whole.replace("{n}", f"{{{n}}}"))
    facts.told.append(
        facts.pick(
            f"{{{a}}} of them are {one} and {{{b}}} are {other}.",
            f"{{{a}}} are {one}, {{{b}}} are {other} and the others are something else.",
            f"{{{a}}} of the {things} are {one}. {{{b}}} of the {things} are {other}.",
        )
    )
    if random.random() < 0.4:
        c = facts.number(random.choice(("few", "several")))
        facts.told.append(
            facts.pick(
                f"{{{c}}} {{others}} are there as well.",
                f"{{{c}}} of the {things} are [broken|lost|very old|new].",
                f"{{hero}} has {{{c}}} {{others}}.",
            )
        )
    facts.ask(
        f"How many {things} are neither {one} nor {other}?",
        f"v={n}-{a}-{b}|{{v}} {things} are neither.",
    )
    facts.ask(f"How many {things} are not {one}?", f"v={n}-{a}|{{v}} {things} are not {one}.")
    facts.ask(f"How many {things} are not {other}?", f"v={n}-{b}|{{v}} {things} are not {other}.")
    facts.ask(
        f"How many {things} are {one} or {other}?",
        f"v={a}+{b}|{{v}} {things} are one or the other.",
    )
    facts.ask(f"How many more {things} are {one} than {other}?", f"v={a}-{b}|{{v}} more are {one}.")


def _boxes(facts: _Facts) -> None:
    """Equal groups beside single things; containers, contents and prices are told apart."""
    random = facts.random
    m, k = facts.number("several"), facts.number("several")
    where, holder, holders = random.choice(
        (
            ("", "{box}", "{boxes}"),
            (" in the garden", "table", "tables"),
            (" on the wall", "shelf", "shelves"),
            (" in the hall", "row", "rows"),
            (" in the room", "bag", "bags"),
        )
    )
    facts.told.append(
        facts.pick(
            f"{{hero}} has {{{m}}} {holders} with {{{k}}} {{things}} in each {holder}{where}.",
            f"There are {{{m}}} {holders} with {{{k}}} {{things}} each{where}.",
            f"{{hero}} put {{{k}}} {{things}} in each of {{{m}}} {holders}{where}.",
            f"{{hero}} [bought|got] {{{m}}} {holders} of {{things}}. Each {holder} has {{{k}}} "
            "{things}.",
        )
    )
    in_groups = f"p={m}*{k}|There are {{p}} {{things}} in the {holders}."
    extra = random.random()
    if extra < 0.45:
        c = facts.number(random.choice(("several", "some")))
        facts.told.append(
            facts.pick(
                f"{{he}} also has {{{c}}} {{things2}}.",
                f"{{friend}} has {{{c}}} {{things}}.",
                f"There are {{{c}}} {{things2}} too.",
            )
            if extra < 0.3
            else f"{{he}} has {{{c}}} more {{things}} [at home|elsewhere|on the floor]."
        )
        if extra >= 0.3:
            facts.ask(
                "How many {things} does {hero} have [altogether|in all|]?",
                in_groups,
                f"v=p+{c}|{{hero}} has {{v}} {{things}}.",
            )
    if random.random() < 0.45:
        d = facts.number(random.choice(("few", "several")))
        if random.random() < 0.5:
            facts.told.append(f"{{he}} paid {{${d}}} for each {holder}.")
            facts.ask(
                f"How much did [{{hero}} pay for the {holders}|the {holders} cost]?",
                f"v={m}*{d}|{{hero}} paid {{$v}}.",
            )
        else:
            facts.told.append(
                facts.pick(
                    f"{{he}} [sold|emptied|gave away|lost] {{{d}}} {holders}.",
                    f"{{{d}}} of the {holders} [were sold|got lost|broke].",
                )
            )
            facts.ask(f"How many {holders} are left?", f"v={m}-{d}|{{v}} {holders} are left.")
            facts.ask(
                f"How many {{things}} were in those {{{d}}} {holders}?",
                f"v={d}*{k}|There were {{v}} {{things}} in them.",
            )
    facts.ask(
        f"How many {{things}} are in the {holders}[ in all|]?",
        f"v={m}*{k}|There are {{v}} {{things}} in the {holders}.",
    )


_MEASURED = (
    ("has {n} {things}", "How many {things} does {who} have?", "{things}"),
    ("is {n} years old", "How old is {who}?", "years"),
    ("weighs {n} kilos", "How many kilos does {who} weigh?", "kilos"),
    ("ran {n} miles", "How many miles did {who} run?", "miles"),
    ("scored {n} points", "How many points did {who} score?", "points"),
    ("sold {n} {things}", "How many {things} did {who} sell?", "{things}"),
    ("earns {n} dollars a day", "How many dollars does {who} earn a day?", "dollars"),
    ("is {n} cm tall", "How many cm tall is {who}?", "cm"),
)


def _people(facts: _Facts) -> None:
    """Two people compared, with what else is known of them and of a third."""
    random = facts.random
    (says, asks, unit), (other_says, _, _) = random.sample(_MEASURED, 2)
    a, b = facts.number("tens"), facts.number("several")
    more = random.random() < 0.5
    relation = {
        "years": "is {n} years [older|elder]" if more else "is {n} years younger",
        "kilos": f"weighs {{n}} kilos {'more' if more else 'less'}",
        "cm": f"is {{n}} cm {'taller' if more else 'shorter'}",
    }.get(unit, says.replace("{n}", f"{{n}} {'more' if more else 'fewer'}"))
    relation = relation.replace("{n}", f"{{{b}}}")
    known = "{hero} " + says.replace("{n}", f"{{{a}}}")
    aside = other_says.replace("{n}", f"{{{facts.number('tens')}}}")
    if random.random() < 0.5:
        known += f" and {aside}"
        lines = [f"{known}.", f"{{friend}} {relation} than {{hero}}."]
    else:
        lines = [f"{known}.", f"{{friend}} {relation} than {{hero}} and {aside}."]
    if random.random() < 0.5:
        third = says.replace("{n}", f"{{{facts.number('tens')}}}")
        lines.insert(random.choice((1, 2)), f"{{third}} {third}.")
    if random.random() < 0.25:
        lines.reverse()
    facts.told += lines
    step = f"v={a}{'+' if more else '-'}{b}|{{friend}} comes to {{v}} {unit}."
    facts.ask(asks.replace("{who}", "{friend}"), step)
    facts.ask(
        f"How many {unit} do {{hero}} and {{friend}} [have|come to|make] together?",
        step.replace("v=", "p=").replace("{v}", "{p}"),
        f"v={a}+p|Together that is {{v}} {unit}.",
    )


_RATES = (
    ("{hero} earns {r} dollars an hour.", "worked", "hours", "How much did {hero} earn"),
    ("{hero} reads {r} pages an hour.", "read for", "hours", "How many pages did {hero} read"),
    ("{hero} runs {r} kilometers a day.", "ran for", "days", "How many kilometers did {hero} run"),
    ("{hero} types {r} words a minute.", "typed for", "minutes", "How many words did {hero} type"),
    ("{hero} makes {r} {things} an hour.", "worked", "hours", "How many {things} did {hero} make"),
    ("{hero} drives {r} miles an hour.", "drove", "hours", "How many miles did {hero} drive"),
    ("A machine makes {r} {things} a day.", "ran", "days", "How many {things} did it make"),
)


def _rates(facts: _Facts) -> None:
    """So much a unit of time, at several times."""
    random = facts.random
    rate, did, unit, asks = random.choice(_RATES)
    r = facts.number(random.choice(("several", "tens")))
    times = random.choice(
        [times for times in _TIMES if times[0] in ("on {day}", "last week", "in May", "yesterday")]
    )
    x = [facts.number("few"), facts.number("several")]
    who = "It" if rate.startswith("A ") else "{he}"
    facts.told.append(rate.replace("{r}", f"{{{r}}}"))
    facts.told.append(f"{who} {did} {{{x[0]}}} {unit} {times[0]} and {{{x[1]}}} {unit} {times[1]}.")
    if random.random() < 0.4:
        z = facts.number()
        facts.told.append(
            facts.pick(f"{{friend}} has {{{z}}} {{things2}}.", f"{{hero}} is {{{z}}} years old.")
        )
    for time, letter in zip(times[:2], x, strict=True):
        facts.ask(f"{asks} {time}?", f"v={letter}*{r}|That is {{v}} {time}.")
    facts.ask(
        f"{asks} [in all|altogether|in total]?",
        f"p={_sum(x)}|That is {{p}} {unit}.",
        f"v=p*{r}|It comes to {{v}}.",
    )
    verb = did.removesuffix(" for")
    base = {"worked": "work", "ran": "run", "typed": "type", "drove": "drive"}.get(verb, verb)
    subject = "it" if rate.startswith("A ") else "{hero}"
    facts.ask(
        f"[For how|How] many {unit} did {subject} {base} [in all|altogether]?",
        f"v={_sum(x)}|That is {{v}} {unit}.",
    )


_LOADS = (
    ("A bus has {n} seats.", "passengers", "got on", "got off", "on the bus"),
    ("A train has {n} cars.", "people", "got on", "got off", "on the train"),
    ("A tank holds {n} liters.", "liters of water", "were poured in", "were used", "in the tank"),
    ("A hall has {n} chairs.", "visitors", "came in", "went out", "in the hall"),
    ("The shelf is {n} cm long.", "books", "were added", "were taken away", "on the shelf"),
    ("The lot has {n} places.", "cars", "came", "left", "in the lot"),
    ("A pond is {n} meters wide.", "ducks", "flew in", "flew away", "on the pond"),
    ("The train left at {n} o'clock.", "passengers", "got on", "got off", "on the train"),
    ("The album has {n} pages.", "photos", "were added", "were taken out", "in the album"),
    ("{hero} is {n} years old.", "birds", "came", "flew away", "in the tree"),
)


def _loads(facts: _Facts) -> None:
    """What comes and goes, beside a number that says something else about the place."""
    random = facts.random
    size, what, come, go, where = random.choice(_LOADS)
    n = facts.number("several" if "o'clock" in size or "years" in size else "hundreds")
    a, b, c = facts.number("tens"), facts.number("several"), facts.number("several")
    lines = [size.replace("{n}", f"{{{n}}}"), f"There were {{{a}}} {what} {where}."]
    if random.random() < 0.3:
        lines.reverse()
    moves = [(b, come, "+"), (c, go, "-")]
    random.shuffle(moves)
    moves = moves[: random.choice((1, 2, 2))]
    if len(moves) == 1:
        facts.draws = [draw for draw in facts.draws if draw[0] in {n, a, moves[0][0]}]
    texts = [
        f"{{{letter}}} {what if not at else ''} {verb}"
        for at, (letter, verb, _) in enumerate(moves)
    ]
    facts.told += [*lines, facts.pick("Then ", "") + " and ".join(texts) + "."]
    facts.ask(
        f"How many {what} [are {where} now|were {where} then|were then {where}]?",
        f"v={a}{''.join(sign + letter for letter, _, sign in moves)}|{{v}} {what} are {where}.",
    )
    if len(moves) == 2:
        x, y = (letter for letter, _, _ in moves)
        facts.ask(
            f"How many more {what} {moves[0][1]} than {moves[1][1]}?",
            f"v={x}-{y}|{{v}} more {moves[0][1]}.",
        )


_FAMILIES: tuple[tuple[Callable[[_Facts], None], int], ...] = (
    (_having, 7),
    (_times, 4),
    (_buying, 3),
    (_spending, 3),
    (_parts, 3),
    (_boxes, 4),
    (_people, 3),
    (_rates, 2),
    (_loads, 3),
)
