# ruff: noqa: SIM905 (lists of words read better as text)
"""What the synthetic problems are about: worlds, and the pieces that their stories are made of.

Data only; :mod:`~kpdd_cli.benchmarks.synthetic.grammar` says what the placeholders mean. Every
sentence here was written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic import words
from kpdd_cli.benchmarks.synthetic.grammar import SHARED_WHOLES, Piece, World
from kpdd_cli.benchmarks.synthetic.mixtures import mixture
from kpdd_cli.benchmarks.synthetic.scenes_groups import GROUPS
from kpdd_cli.benchmarks.synthetic.scenes_longer import LONGER
from kpdd_cli.benchmarks.synthetic.scenes_measures import MEASURES
from kpdd_cli.benchmarks.synthetic.scenes_money import MONEY
from kpdd_cli.benchmarks.synthetic.scenes_things import HAVING
from kpdd_cli.benchmarks.synthetic.scenes_unseen import UNSEEN

# Countable things that a person has -------------------------------------------------------------

_LEFT = (
    "How many {things} does {hero} have left?",
    "How many {things} are left?",
    "How many {things} remain?",
    "How many {things} did {hero} have left?",
)
_NOW = (
    "How many {things} does {hero} have now?",
    "How many {things} does {he} have?",
    "How many {things} does {hero} have in the end?",
    "How many {things} did {hero} end up with?",
    "What is the number of {things} that {hero} has now?",
    "Find the number of {things} {hero} has now.",
)
_ALL = (
    "How many {things} does {hero} have altogether?",
    "How many {things} does {hero} have in total?",
    "How many {things} does {hero} have in all?",
    "What is the total number of {things} {hero} has?",
)

OPENINGS = (
    Piece(
        "packs",
        (
            "{hero} bought {a} {boxes} of {things}. Each {box} had {b} {things}.",
            "{hero} had {a} {boxes} with {b} {things} in each.",
            "{hero} bought {a} {boxes} of {b} {things} each.",
            "{hero} had {a} {boxes} of {things}, and there were {b} {things} in each {box}.",
            "{hero} got {a} {boxes} of {b} {things}.",
            "There are {b} {things} in each {box}. {hero} has {a} {boxes}.",
        ),
        ("v=a*b|{hero} had {v} {things} in the {boxes}.",),
        "a:several b:several",
    ),
    Piece(
        "sorts",
        (
            "{hero} had {a} {kind} {things} and {b} {kind2} {things}.",
            "{hero} owns {a} {kind} {things} and {b} {kind2} ones.",
            "In a {box} {hero} keeps {a} {kind} and {b} {kind2} {things}.",
        ),
        ("v=a+b|{hero} had {v} {things} of both sorts.",),
        "a:some b:some",
    ),
    Piece(
        "daily",
        (
            "{hero} {made} {a} {things} a day for {b} days.",
            "{hero} {made} {a} {things} every day for {b} days.",
            "For {b} days, {hero} {made} {a} {things} each day.",
        ),
        ("v=a*b|{hero} {made} {v} {things} in those days.",),
        "a:several b:few",
    ),
    Piece(
        "weekly",
        (
            "{hero} {made} {a} {things} every day for a week.",
            "{hero} {made} {a} {things} each day of the week.",
        ),
        ("v=a*7|{hero} {made} {v} {things} in the week.",),
        "a:several",
    ),
    Piece(
        "two days",
        (
            "On Monday {hero} {made} {a} {things} and on Tuesday {b} more.",
            "{hero} {made} {a} {things} in the morning and {b} in the afternoon.",
            "{hero} {made} {a} {things} on Saturday. On Sunday {he} {made} another {b}.",
            "Yesterday {hero} {made} {a} {things}, and today {b}.",
        ),
        ("v=a+b|{hero} {made} {v} {things} on both occasions.",),
        "a:some b:some",
    ),
    Piece(
        "more than",
        (
            "{third} has {a} {things}. {hero} has {b} more {things} than {third}.",
            "{third} had {a} {things}, and {hero} had {b} more than {third}.",
            "{hero} has {b} more {things} than {third}, who has {a}.",
        ),
        ("v=a+b|{hero} had {v} {things}.",),
        "a:some b:some",
    ),
    Piece(
        "fewer than",
        (
            "{third} has {a} {things}. {hero} has {b} fewer {things} than {third}.",
            "{third} had {a} {things}, but {hero} had {b} less than {third}.",
            "{hero} has {b} fewer {things} than {third}, who has {a}.",
        ),
        ("v=a-b|{hero} had {v} {things}.",),
        "a:some b:some",
    ),
    Piece(
        "times",
        (
            "{third} has {a} {things}. {hero} has {b} times as many {things} as {third}.",
            "{third} had {a} {things}, and {hero} had {b} times as many.",
            "{hero} has {b} times as many {things} as {third}, who has {a}.",
        ),
        ("v=a*b|{hero} had {v} {things}.",),
        "a:some b:few",
    ),
    Piece(
        "twice",
        (
            "{third} has {a} {things}. {hero} has twice as many {things} as {third}.",
            "{third} had {a} {things}, and {hero} had double that number.",
            "{hero} has twice as many {things} as {third}, who has {a}.",
        ),
        ("v=a*2|{hero} had {v} {things}.",),
        "a:some",
    ),
    Piece(
        "half as many",
        (
            "{third} has {a} {things}. {hero} has half as many {things} as {third}.",
            "{third} had {a} {things}, and {hero} had half that number.",
        ),
        ("v=a/2|{hero} had {v} {things}.",),
        "a:some",
    ),
    Piece(
        "dozens",
        ("{hero} bought {a} dozen {things}.", "{hero} had {a} dozen {things}."),
        ("v=a*12|{hero} had {v} {things} at first.",),
        "a:few",
    ),
    Piece(
        "each gave",
        (
            "{a} friends gave {whom} {b} {things} each.",
            "{hero} got {b} {things} from each of {his} {a} cousins.",
        ),
        ("v=a*b|{hero} got {v} {things} from them.",),
        "a:few b:several",
    ),
    Piece(
        "broken",
        (
            "{hero} bought {a} {things}, but {b} of them were no good.",
            "Out of {a} {things} that {hero} had, {b} were spoiled.",
            "{hero} had {a} {things}. {b} of them turned out to be useless.",
        ),
        ("v=a-b|{hero} had {v} good {things}.",),
        "a:some b:some",
    ),
)
CHANGES = (
    Piece(
        "gain packs",
        (
            "{hero} bought {a} {boxes} of {b} {things}.",
            "{hero} bought {a} {boxes} with {b} {things} each.",
            "Then {hero} got {a} more {boxes} of {b} {things} each.",
            "{hero} bought {a} {boxes} of {b}.",
            "{friend} gave {whom} {a} {boxes} with {b} {things} in each {box}.",
        ),
        (
            "p=a*b|The new {boxes} held {p} {things}.",
            "v=v+p|{hero} then had {v} {things}.",
        ),
        "a:few b:several",
    ),
    Piece(
        "give each",
        (
            "{hero} gave {b} {things} to each of {his} {a} friends.",
            "{hero} gave {a} friends {b} {things} each.",
            "Each of {a} children got {b} {things} from {whom}.",
        ),
        (
            "p=a*b|{hero} gave away {p} {things}.",
            "v=v-p|{hero} had {v} {things} left.",
        ),
        "a:few b:few",
    ),
    Piece(
        "get each",
        (
            "Then each of {a} friends gave {whom} {b} more {things}.",
            "{hero} got {b} more {things} from each of {a} neighbours.",
        ),
        (
            "p=a*b|The others gave {whom} {p} {things}.",
            "v=v+p|{hero} then had {v} {things}.",
        ),
        "a:few b:few",
    ),
    Piece(
        "give half",
        (
            "{hero} gave half of the {things} to {friend}.",
            "{hero} gave half of them away.",
            "Half of the {things} got lost.",
        ),
        ("v=v/2|{hero} had {v} {things} left.",),
    ),
    Piece(
        "give third",
        ("{hero} gave a third of the {things} to {friend}.", "{hero} gave one third of them away."),
        (
            "p=v/3|{hero} gave away {p} {things}.",
            "v=v-p|{hero} had {v} {things} left.",
        ),
    ),
    Piece(
        "give quarter",
        ("{hero} gave a quarter of the {things} to {friend}.", "A quarter of them got lost."),
        (
            "p=v/4|{hero} lost {p} {things}.",
            "v=v-p|{hero} had {v} {things} left.",
        ),
    ),
    Piece(
        "give percent",
        (
            "{hero} gave {a}% of the {things} to {friend}.",
            "{hero} gave away {a} percent of them.",
        ),
        (
            "p=v*a/100|{hero} gave away {p} {things}.",
            "v=v-p|{hero} had {v} {things} left.",
        ),
        "a:percent",
    ),
    Piece(
        "double",
        (
            "Then {hero} doubled the number of {his} {things}.",
            "{friend} gave {whom} as many {things} as {he} already had.",
        ),
        ("v=v*2|{hero} then had {v} {things}.",),
    ),
    Piece(
        "two gifts",
        (
            "{friend} gave {whom} {a} {things} and {third} gave {him} {b}.",
            "{hero} got {a} more {things} from {friend} and {b} from {third}.",
        ),
        ("v=v+a+b|{hero} then had {v} {things}.",),
        "a:few b:several",
    ),
    Piece(
        "two losses",
        (
            "{hero} gave {a} {things} to {friend} and {b} to {third}.",
            "{friend} took {a} {things} and {third} took {b}.",
            "{hero} gave {friend} {a} and {third} {b}.",
        ),
        ("v=v-a-b|{hero} had {v} {things} left.",),
        "a:few b:few",
    ),
    Piece(
        "use daily",
        (
            "{hero} gave away {a} {things} a day for {b} days.",
            "Every day for {b} days, {hero} used {a} {things}.",
        ),
        (
            "p=a*b|{hero} gave away {p} {things} in those days.",
            "v=v-p|{hero} had {v} {things} left.",
        ),
        "a:few b:few",
    ),
)
CLOSINGS = (
    Piece(
        "share",
        (
            "{hero} shared the {things} equally among {a} friends.",
            "{hero} divides the {things} equally between {a} children.",
            "{hero} gives all the {things} to {a} friends, the same number to each.",
        ),
        ("v=v/a|Each one got {v} {things}.",),
        "a:divisor",
        (
            "How many {things} did each one get?",
            "How many {things} does each of them get?",
            "How many does each one receive?",
        ),
    ),
    Piece(
        "pack",
        (
            "{hero} puts the {things} into {boxes} of {a}.",
            "{hero} packs them into {boxes} that hold {a} {things} each.",
            "{hero} can fit {a} {things} into one {box}.",
        ),
        ("v=v/a|{hero} needs {v} {boxes}.",),
        "a:divisor",
        (
            "How many {boxes} does {hero} need?",
            "How many {boxes} will {hero} fill?",
            "How many {boxes} are needed for all of them?",
        ),
    ),
    Piece(
        "groups",
        (
            "{hero} puts the {things} into {a} {boxes}, the same number in each.",
            "{hero} arranges them in {a} equal rows.",
        ),
        ("v=v/a|{hero} puts {v} {things} into each.",),
        "a:divisor",
        ("How many {things} are there in each?", "How many {things} go into each one?"),
    ),
    Piece(
        "sell all",
        (
            "{hero} sells all of them for {$a} each.",
            "{hero} sold the {things} at {$a} apiece.",
            "{hero} sells every {thing} for {$a}.",
        ),
        ("v=v*a|{hero} makes {$v} from the sale.",),
        "a:several",
        (
            "How much money does {hero} make?",
            "How many dollars did {hero} earn?",
            "How much does {hero} get for them in total?",
        ),
    ),
    Piece(
        "worth",
        (
            "Each {thing} costs {$a}.",
            "One {thing} is worth {$a}.",
            "The price of one {thing} is {$a}.",
        ),
        ("v=v*a|The {things} are worth {$v}.",),
        "a:several",
        (
            "How much are all of {his} {things} worth?",
            "What is the value of all the {things} that {hero} has?",
        ),
    ),
    Piece(
        "weigh",
        ("Each {thing} weighs {a} grams.", "A {thing} weighs {a} grams."),
        ("v=v*a|The {things} weigh {v} grams.",),
        "a:several",
        (
            "How many grams do all of {his} {things} weigh?",
            "What is the weight of all the {things} in grams?",
        ),
    ),
    Piece(
        "goal",
        (
            "{hero} wants to have {a} {things}.",
            "{hero} needs {a} {things} in all.",
            "{hero} would like to own {a} {things}.",
        ),
        ("v=a-v|{hero} needs {v} more {things}.",),
        "a:above",
        (
            "How many more {things} does {hero} need?",
            "How many more {things} must {hero} get?",
            "How many {things} are still missing?",
        ),
    ),
    Piece(
        "friend has more",
        ("{friend} has {a} {things}.", "{friend} owns {a} {things}."),
        ("v=a-v|{friend} has {v} more {things} than {whom}.",),
        "a:above",
        (
            "How many more {things} does {friend} have than {whom}?",
            "How many fewer {things} does {hero} have than {friend}?",
        ),
    ),
    Piece(
        "friend has fewer",
        ("{friend} has {a} {things}.", "{friend} owns only {a} {things}."),
        ("v=v-a|{hero} has {v} more {things} than {friend}.",),
        "a:part",
        (
            "How many more {things} does {hero} have than {friend}?",
            "What is the difference between the numbers of {things} of {whom} and {friend}?",
        ),
    ),
    Piece(
        "together",
        ("{friend} has {a} {things}.", "{friend} has {a} {things} too."),
        ("v=v+a|{hero} and {friend} have {v} {things} together.",),
        "a:some",
        (
            "How many {things} do {hero} and {friend} have together?",
            "How many {things} do they have altogether?",
            "What is the total number of {things} they have?",
        ),
    ),
    Piece(
        "friend more",
        ("{friend} has {a} more {things} than {whom}.",),
        ("v=v+a|{friend} has {v} {things}.",),
        "a:some",
        ("How many {things} does {friend} have?",),
    ),
    Piece(
        "friend fewer",
        ("{friend} has {a} fewer {things} than {whom}.",),
        ("v=v-a|{friend} has {v} {things}.",),
        "a:part",
        ("How many {things} does {friend} have?",),
    ),
    Piece(
        "friend times",
        ("{friend} has {a} times as many {things} as {whom}.",),
        ("v=v*a|{friend} has {v} {things}.",),
        "a:few",
        ("How many {things} does {friend} have?",),
    ),
    Piece(
        "friend twice, together",
        ("{friend} has twice as many {things} as {whom}.",),
        (
            "p=v*2|{friend} has {p} {things}.",
            "v=v+p|{hero} and {friend} have {v} {things} together.",
        ),
        "",
        ("How many {things} do they have together?", "How many {things} do they have in all?"),
    ),
    Piece(
        "friend more, together",
        ("{friend} has {a} more {things} than {whom}.",),
        (
            "p=v+a|{friend} has {p} {things}.",
            "v=v+p|{hero} and {friend} have {v} {things} together.",
        ),
        "a:some",
        ("How many {things} do they have together?", "How many {things} do they have in all?"),
    ),
    Piece(
        "last",
        ("{hero} uses {a} {things} a day.", "{hero} needs {a} {things} every day."),
        ("v=v/a|The {things} last {v} days.",),
        "a:divisor",
        (
            "For how many days will the {things} last?",
            "How many days will the {things} last?",
        ),
    ),
)
WHOLES = (
    Piece(
        "start before loss",
        (
            "{hero} had some {things}. {hero} gave {a} of them to {friend} and has {b} left.",
            "After giving {a} {things} to {friend}, {hero} has {b} {things} left.",
            "{hero} lost {a} {things} and now has {b}.",
        ),
        ("v=a+b|{hero} had {v} {things} at first.",),
        "a:some b:some",
        (
            "How many {things} did {hero} have at first?",
            "How many {things} did {hero} have in the beginning?",
            "How many {things} did {hero} start with?",
        ),
    ),
    Piece(
        "start before gain",
        (
            "{hero} had some {things}. {friend} gave {him} {a} more, and now {he} has {b}.",
            "After {friend} gave {him} {a} {things}, {hero} has {b} {things}.",
            "{hero} got {a} more {things} and now has {b}.",
        ),
        ("v=b-a|{hero} had {v} {things} at first.",),
        "a:some b:some",
        (
            "How many {things} did {hero} have at first?",
            "How many {things} did {hero} have in the beginning?",
            "How many {things} did {hero} start with?",
        ),
    ),
    Piece(
        "unknown loss",
        (
            "{hero} had {a} {things}. {hero} gave some of them to {friend}. Now {he} has {b} left.",
            "{hero} had {a} {things} and lost some. Now there are {b}.",
        ),
        ("v=a-b|{hero} lost {v} {things}.",),
        "a:some b:some",
        ("How many {things} did {hero} lose?", "How many {things} are gone?"),
    ),
    Piece(
        "unknown gain",
        (
            "{hero} had {a} {things}. {friend} gave {him} some more. Now {he} has {b}.",
            "{hero} had {a} {things} and found some more. Now {he} has {b}.",
        ),
        ("v=b-a|{hero} got {v} more {things}.",),
        "a:some b:some",
        ("How many {things} did {hero} get?", "How many {things} were added?"),
    ),
    Piece(
        "the rest",
        (
            "{hero} has {a} {things}. {b} of them are {kind} and the rest are {kind2}.",
            "Of the {a} {things} that {hero} has, {b} are {kind} and the others are {kind2}.",
        ),
        ("v=a-b|{v} {things} are {kind2}.",),
        "a:some b:some",
        ("How many of the {things} are {kind2}?", "How many {kind2} {things} does {hero} have?"),
    ),
    Piece(
        "same in other boxes",
        (
            "{a} {things} fit into {b} {boxes}.",
            "There are {a} {things} in {b} equal {boxes}.",
        ),
        (
            "p=a/b|Each {box} holds {p} {things}.",
            "v=p*c|{c} {boxes} hold {v} {things}.",
        ),
        "a:some b:few c:several",
        (
            "How many {things} are there in {c} such {boxes}?",
            "How many {things} fit into {c} {boxes}?",
        ),
    ),
    Piece(
        "equal shares",
        (
            "{hero} has {a} {things} and {b} {boxes}.",
            "{hero} wants to spread {a} {things} evenly over {b} {boxes}.",
        ),
        ("v=a/b|Each {box} gets {v} {things}.",),
        "a:some b:few",
        (
            "How many {things} go into each {box} if all {boxes} hold the same number?",
            "How many {things} are in each {box} if they are shared out evenly?",
        ),
    ),
    Piece(
        "difference",
        (
            "{hero} has {a} {things} and {friend} has {b} {things}.",
            "{hero} has {a} {things}, {friend} has {b}.",
        ),
        ("v=a-b|{hero} has {v} more {things} than {friend}.",),
        "a:some b:some",
        (
            "How many more {things} does {hero} have than {friend}?",
            "How many fewer {things} does {friend} have than {whom}?",
            "By how many {things} is {hero} ahead of {friend}?",
        ),
    ),
    Piece(
        "sum",
        (
            "{hero} has {a} {things} and {friend} has {b} {things}.",
            "{hero} has {a} {things}, {friend} has {b}.",
        ),
        ("v=a+b|{hero} and {friend} have {v} {things} together.",),
        "a:some b:some",
        (
            "How many {things} do they have together?",
            "How many {things} do {hero} and {friend} have in all?",
            "What is the total number of {things}?",
        ),
    ),
    Piece(
        "sum of three",
        (
            "{hero} has {a} {things}, {friend} has {b} and {third} has {c}.",
            "{hero} has {a} {things}. {friend} has {b} {things} and {third} has {c} {things}.",
        ),
        ("v=a+b+c|The three of them have {v} {things}.",),
        "a:some b:some c:some",
        (
            "How many {things} do the three of them have?",
            "How many {things} do they have in total?",
        ),
    ),
    Piece(
        "how many times",
        ("{hero} has {a} {things} and {friend} has {b} {things}.",),
        ("v=a/b|{hero} has {v} times as many {things} as {friend}.",),
        "a:some b:few",
        ("How many times as many {things} does {hero} have as {friend}?",),
    ),
    Piece(
        "chain of three",
        (
            "{hero} has {a} {things}. {friend} has twice as many as {whom}. {third} has {b} more "
            "than {friend}.",
        ),
        (
            "p=a*2|{friend} has {p} {things}.",
            "v=p+b|{third} has {v} {things}.",
        ),
        "a:some b:some",
        ("How many {things} does {third} have?",),
    ),
)
SHARED_WHOLES.extend(WHOLES)

_ASIDES = (
    "{hero} is {h} years old.",
    "{friend} is {h} years older than {his} sister.",
    "It took {m} minutes to get there.",
    "{friend} has {x} {others}.",
    "{hero} also has {x} {others}.",
    "{hero} has {x} {others} as well.",
    "{third} bought {x} {others} last week.",
    "There were {x} {others} on the table.",
    "{hero} lives at number {x}.",
    "The shop opens at {h} o'clock.",
    "{hero} spent {m} minutes on the phone with {friend}.",
    "It was a sunny day.",
    "{hero} likes {things} very much.",
    "{friend} prefers {others}.",
    "{hero} keeps everything in {his} room.",
    "{hero} sings very well.",
    "{third} was not at home that day.",
)


def _count_world(
    name: str,
    nouns: list[str],
    made: str,
    own: tuple[str, ...],
    gain: tuple[str, ...],
    lose: tuple[str, ...],
    others: tuple[str, ...],
) -> World:
    """A world of countable things: its own ways to have, gain and lose, and the shared pieces."""
    scenes = tuple(
        {"nouns": " ".join(nouns), "made": made, "others": other, "kinds": ""} for other in others
    )
    have = Piece("have", own, (), "a:some")
    gained = Piece("gain", gain, ("v=v+a|{hero} then had {v} {things}.",), "a:some")
    lost = Piece("lose", lose, ("v=v-a|{hero} had {v} {things} left.",), "a:part")
    now = Piece("now", asks=_NOW)
    left = Piece("left", asks=_LEFT, after="loss")
    total = Piece("total", asks=_ALL, after="gain")
    return World(
        name,
        scenes,
        (have, have, have, have, *OPENINGS),
        (gained, gained, gained, lost, lost, lost, *CHANGES),
        (now, now, now, left, left, left, total, total, *CLOSINGS),
        WHOLES,
        _ASIDES,
    )


COUNT_WORLDS = (
    _count_world(
        "collection",
        words.COLLECTED,
        "collected",
        (
            "{hero} had {a} {things}.",
            "{hero} has {a} {things}.",
            "{hero} owned {a} {things}.",
            "{hero} has a collection of {a} {things}.",
            "There were {a} {things} in {hero}'s room.",
        ),
        (
            "{hero} found {a} more {things}.",
            "{hero} bought {a} more.",
            "{friend} gave {him} {a} {things}.",
            "{hero} got {a} {things} for {his} birthday.",
            "{hero} won {a} {things} in a game.",
            "Then {hero} received another {a} {things} from {friend}.",
            "{hero} picked up {a} {things}.",
        ),
        (
            "{hero} gave {a} {things} to {friend}.",
            "{hero} gave {a} to {friend}.",
            "{hero} gave {a} of them to {friend}.",
            "{hero} gave {friend} {a} {things}.",
            "{hero} lost {a} {things}.",
            "{hero} sold {a} of the {things}.",
            "{friend} took {a} of them.",
            "Then {hero} threw away {a} {things}.",
            "{hero} lost {a} of them on the way home.",
        ),
        ("toy trains", "story books", "video games", "shoes", "jigsaws"),
    ),
    _count_world(
        "kitchen",
        words.BAKED,
        "baked",
        (
            "{hero} baked {a} {things}.",
            "{hero} made {a} {things}.",
            "{hero} had {a} {things}.",
            "{hero} prepared {a} {things} for a party.",
        ),
        (
            "{hero} baked {a} more {things}.",
            "{hero} made another {a}.",
            "{friend} brought {a} more {things}.",
            "{hero} bought {a} {things} at the bakery.",
        ),
        (
            "{hero} ate {a} {things}.",
            "{hero} ate {a} of them.",
            "{hero} burnt {a} {things}.",
            "{friend} ate {a}.",
            "{hero} gave {a} {things} to {friend}.",
            "{hero} dropped {a} of the {things}.",
            "The guests ate {a} {things}.",
            "{hero} sold {a} {things}.",
        ),
        ("spoons", "glasses of juice", "recipes", "eggs", "candles"),
    ),
    _count_world(
        "orchard",
        words.PICKED,
        "picked",
        (
            "{hero} picked {a} {things}.",
            "{hero} has {a} {things}.",
            "{hero} bought {a} {things} at the market.",
            "There are {a} {things} in {hero}'s basket.",
        ),
        (
            "{hero} picked {a} more {things}.",
            "{hero} bought another {a}.",
            "{friend} gave {him} {a} {things}.",
            "Then {hero} found {a} more {things} under a tree.",
        ),
        (
            "{hero} ate {a} {things}.",
            "{a} of the {things} were rotten, so {hero} threw them away.",
            "{hero} sold {a} {things}.",
            "{hero} gave {a} to {friend}.",
            "{hero} used {a} {things} for a salad.",
            "{friend} ate {a} of them.",
        ),
        ("ladders", "sacks of flour", "birds", "bottles of water", "gloves"),
    ),
    _count_world(
        "garden",
        words.GROWN,
        "planted",
        (
            "{hero} planted {a} {things}.",
            "{hero} has {a} {things} in the garden.",
            "There were {a} {things} in {hero}'s garden.",
        ),
        (
            "{hero} planted {a} more {things}.",
            "{friend} planted {a} more for {him}.",
            "{hero} bought {a} {things} and planted them too.",
        ),
        (
            "{a} {things} died.",
            "{hero} dug out {a} {things}.",
            "{hero} gave {a} {things} to {friend}.",
            "A storm destroyed {a} of the {things}.",
            "{hero} sold {a} of them.",
        ),
        ("spades", "garden chairs", "snails", "watering cans", "bees"),
    ),
    _count_world(
        "farm",
        words.KEPT,
        "bought",
        (
            "{hero} has {a} {things} on the farm.",
            "{hero} had {a} {things}.",
            "{hero} keeps {a} {things}.",
            "A farmer named {hero} had {a} {things}.",
        ),
        (
            "{hero} bought {a} more {things}.",
            "{a} {things} were born.",
            "{hero} got {a} {things} from {friend}.",
        ),
        (
            "{hero} sold {a} {things}.",
            "{a} of the {things} ran away.",
            "{hero} gave {a} {things} to {friend}.",
            "{friend} bought {a} of them.",
        ),
        ("tractors", "bales of hay", "barns", "cats", "buckets"),
    ),
    _count_world(
        "workshop",
        words.CRAFTED,
        "made",
        (
            "{hero} made {a} {things}.",
            "{hero} had made {a} {things}.",
            "{hero} had {a} {things} for sale.",
        ),
        (
            "{hero} made {a} more {things}.",
            "{hero} finished another {a}.",
            "{friend} made {a} {things} for {him}.",
        ),
        (
            "{hero} sold {a} {things}.",
            "{hero} sold {a} of them at the fair.",
            "{hero} gave {a} {things} to {friend}.",
            "{a} {things} got damaged.",
            "{hero} kept aside {a} {things} for {friend} and took them away.",
        ),
        ("needles", "brushes", "rolls of tape", "hammers", "customers"),
    ),
    _count_world(
        "shop",
        words.STOCKED,
        "sold",
        (
            "{hero}'s shop had {a} {things}.",
            "There were {a} {things} in {hero}'s shop.",
            "{hero} has {a} {things} in stock.",
        ),
        (
            "{hero} ordered {a} more {things}.",
            "A truck delivered {a} more {things}.",
            "Customers brought back {a} {things}.",
        ),
        (
            "{hero} sold {a} {things}.",
            "Customers bought {a} {things}.",
            "{hero} sold {a} of them.",
            "{a} {things} were damaged and had to go.",
            "{hero} sent {a} {things} back.",
        ),
        ("shelves", "visitors", "price tags", "receipts", "chairs"),
    ),
)

# People, animals and vehicles that come and go ---------------------------------------------------


def _place(things: str, thing: str, at: str, come: str, go: str) -> dict[str, str]:
    scene = {"things": things, "thing": thing, "at": at, "come": come, "go": go}
    return scene | {"kind": "big", "kind2": "small"}


PLACE_WORLD = World(
    "place",
    (
        _place("passengers", "passenger", "on the bus", "got on", "got off"),
        _place("people", "person", "on the train", "got on", "got off"),
        _place("birds", "bird", "in the tree", "landed there", "flew away"),
        _place("children", "child", "in the playground", "came", "went home"),
        _place("cars", "car", "in the car park", "drove in", "drove away"),
        _place("fish", "fish", "in the pond", "were put in", "were caught"),
        _place("visitors", "visitor", "in the museum", "came in", "left"),
        _place("boats", "boat", "in the harbour", "came in", "sailed away"),
        _place("students", "student", "in the class", "joined", "moved away"),
        _place("books", "book", "on the shelf", "were put back", "were taken"),
        _place("guests", "guest", "at the party", "arrived", "left"),
        _place("ducks", "duck", "on the lake", "came", "swam away"),
        _place("players", "player", "on the team", "joined", "quit"),
        _place("swimmers", "swimmer", "in the pool", "jumped in", "climbed out"),
        _place("ants", "ant", "on the leaf", "crawled on", "fell off"),
        _place("customers", "customer", "in the store", "walked in", "walked out"),
    ),
    (
        Piece(
            "there are",
            (
                "There were {a} {things} {at}.",
                "There are {a} {things} {at}.",
                "{a} {things} were {at}.",
                "At first there were {a} {things} {at}.",
            ),
            (),
            "a:some",
        ),
        Piece(
            "twice today",
            ("Yesterday there were {a} {things} {at}. Today there are twice as many.",),
            ("v=a*2|There are {v} {things} {at} today.",),
            "a:some",
        ),
        Piece(
            "more today",
            ("Yesterday there were {a} {things} {at}. Today there are {b} more.",),
            ("v=a+b|There are {v} {things} {at} today.",),
            "a:some b:some",
        ),
        Piece(
            "fewer today",
            ("Yesterday there were {a} {things} {at}. Today there are {b} fewer.",),
            ("v=a-b|There are {v} {things} {at} today.",),
            "a:some b:some",
        ),
        Piece(
            "came twice",
            (
                "{a} {things} {come} in the morning and {b} at noon.",
                "First {a} {things} {come}, and then {b} more.",
            ),
            ("v=a+b|There were {v} {things} {at}.",),
            "a:some b:some",
        ),
        Piece(
            "came hourly",
            (
                "Every hour {a} {things} {come}. This went on for {b} hours.",
                "For {b} hours, {a} {things} {come} every hour.",
            ),
            ("v=a*b|There were {v} {things} {at}.",),
            "a:several b:few",
        ),
        Piece(
            "two sorts there",
            (
                "There were {a} {kind} {things} and {b} {kind2} {things} {at}.",
                "{a} {kind} and {b} {kind2} {things} were {at}.",
            ),
            ("v=a+b|There were {v} {things} {at}.",),
            "a:some b:some",
        ),
        Piece(
            "groups there",
            (
                "There were {a} groups of {b} {things} {at}.",
                "{at} there were {a} groups with {b} {things} each.",
            ),
            ("v=a*b|There were {v} {things} {at}.",),
            "a:several b:several",
        ),
    ),
    (
        Piece(
            "come",
            (
                "{a} more {things} {come}.",
                "Then {a} more {come}.",
                "Later another {a} {things} {come}.",
                "After an hour, {a} {things} {come}.",
            ),
            ("v=v+a|There were then {v} {things} {at}.",),
            "a:some",
        ),
        Piece(
            "go",
            (
                "{a} {things} {go}.",
                "Then {a} of them {go}.",
                "{a} of the {things} {go}.",
                "Later {a} {things} {go}.",
            ),
            ("v=v-a|There were {v} {things} left {at}.",),
            "a:part",
        ),
        Piece(
            "groups go",
            ("{a} groups of {b} {things} {go}.", "Then {a} groups of {b} {go}."),
            ("p=a*b|{p} {things} {go}.", "v=v-p|There were {v} {things} left {at}."),
            "a:few b:few",
        ),
        Piece(
            "come twice",
            (
                "{a} {things} {come} and then {b} more.",
                "Then {a} {things} {come}, and later another {b}.",
            ),
            ("v=v+a+b|There were then {v} {things} {at}.",),
            "a:several b:several",
        ),
        Piece(
            "go twice",
            (
                "{a} {things} {go} and then {b} more.",
                "Then {a} {things} {go}, and later another {b}.",
            ),
            ("v=v-a-b|There were {v} {things} left {at}.",),
            "a:few b:few",
        ),
        Piece(
            "come and go",
            ("{a} {things} {come} and {b} {things} {go}.", "Then {a} {come} and {b} {go}."),
            (
                "p=v+a|There were then {p} {things} {at}.",
                "v=p-b|There were {v} {things} left {at}.",
            ),
            "a:several b:few",
        ),
        Piece(
            "go and come",
            ("{a} {things} {go} and {b} {things} {come}.", "Then {a} {go} and {b} {come}."),
            (
                "p=v-a|There were {p} {things} left {at}.",
                "v=p+b|There were then {v} {things} {at}.",
            ),
            "a:few b:several",
        ),
        Piece(
            "doubled there",
            (
                "Then the number of {things} {at} doubled.",
                "After a while, there were twice as many {things} {at}.",
            ),
            ("v=v*2|There were then {v} {things} {at}.",),
        ),
        Piece(
            "groups come",
            ("{a} groups of {b} {things} {come}.", "Then {a} groups of {b} {come}."),
            ("p=a*b|{p} {things} {come}.", "v=v+p|There were then {v} {things} {at}."),
            "a:few b:few",
        ),
        Piece(
            "half go",
            ("Half of the {things} {go}.", "Then half of them {go}."),
            ("v=v/2|There were {v} {things} left {at}.",),
        ),
        Piece(
            "third go",
            ("A third of the {things} {go}.", "Then one third of them {go}."),
            ("p=v/3|{p} {things} {go}.", "v=v-p|There were {v} {things} left {at}."),
        ),
        Piece(
            "percent go",
            ("{a}% of the {things} {go}.", "Then {a} percent of them {go}."),
            ("p=v*a/100|{p} {things} {go}.", "v=v-p|There were {v} {things} left {at}."),
            "a:percent",
        ),
    ),
    (
        Piece(
            "there now",
            asks=(
                "How many {things} are {at} now?",
                "How many {things} were {at} in the end?",
                "How many {things} are there {at}?",
                "How many {things} are {at}?",
                "Find the number of {things} {at} now.",
            ),
        ),
        Piece(
            "there left",
            after="loss",
            asks=(
                "How many {things} are left {at}?",
                "How many {things} were left?",
                "How many {things} are still {at}?",
            ),
        ),
        Piece(
            "split up",
            (
                "They are split into {a} equal groups.",
                "They form {a} groups of the same size.",
            ),
            ("v=v/a|Each group has {v} {things}.",),
            "a:divisor",
            ("How many {things} are in each group?", "How many {things} does each group have?"),
        ),
        Piece(
            "labels",
            ("Each of the {things} gets {a} labels.", "Every {thing} needs {a} labels."),
            ("v=v*a|{v} labels are needed.",),
            "a:several",
            ("How many labels are needed?", "How many labels is that in all?"),
        ),
        Piece(
            "elsewhere more",
            ("In another place there are {a} {things}.",),
            ("v=a-v|There are {v} more {things} in the other place.",),
            "a:above",
            ("How many more {things} are there in the other place?",),
        ),
        Piece(
            "elsewhere fewer",
            ("In another place there are {a} {things}.",),
            ("v=v-a|There are {v} fewer {things} in the other place.",),
            "a:part",
            ("How many fewer {things} are there in the other place?",),
        ),
        Piece(
            "elsewhere too",
            ("In another place there are {a} {things}.",),
            ("v=v+a|There are {v} {things} in both places.",),
            "a:some",
            ("How many {things} are there in both places?", "How many {things} is that in total?"),
        ),
        Piece(
            "not of a kind",
            ("{a} of the {things} are {kind}.",),
            ("v=v-a|{v} {things} are not {kind}.",),
            "a:part",
            ("How many {things} are not {kind}?",),
        ),
        Piece(
            "group up",
            ("They form groups of {a}.", "They are divided into groups of {a} {things} each."),
            ("v=v/a|There are {v} groups.",),
            "a:divisor",
            ("How many groups are there?", "How many groups do they make?"),
        ),
        Piece(
            "room for",
            ("There is room for {a} {things} {at}.", "At most {a} {things} can be {at}."),
            ("v=a-v|{v} more {things} can still come.",),
            "a:above",
            (
                "How many more {things} can come?",
                "How many more {things} fit in?",
            ),
        ),
    ),
    (
        Piece(
            "how many left",
            (
                "There were {a} {things} {at}. Some of them {go}, and now there are {b}.",
                "There were {a} {things} {at}. Some {go}. {b} {things} are still there.",
            ),
            ("v=a-b|{v} {things} {go}.",),
            "a:some b:some",
            ("How many {things} {go}?",),
        ),
        Piece(
            "how many came",
            (
                "There were {a} {things} {at}. Some more {come}, and now there are {b}.",
                "There were {a} {things} {at}. After some more {come}, there are {b} {things}.",
            ),
            ("v=b-a|{v} {things} {come}.",),
            "a:some b:some",
            ("How many {things} {come}?",),
        ),
        Piece(
            "how many before",
            (
                "After {a} {things} {go}, there were {b} {things} left {at}.",
                "{a} {things} {go}. Now there are {b} {at}.",
            ),
            ("v=a+b|There were {v} {things} {at} at first.",),
            "a:some b:some",
            (
                "How many {things} were {at} at first?",
                "How many {things} were {at} in the beginning?",
            ),
        ),
    ),
    (
        "It was {h} o'clock.",
        "The weather was fine.",
        "{hero} watched them for {m} minutes.",
        "{hero} counted {x} clouds.",
        "A ticket costs {h} dollars.",
        "{x} people were watching.",
        "{hero} was there with {friend}.",
        "{friend} is {h} years old.",
        "There were also {x} benches.",
        "Nobody was in a hurry.",
    ),
)

# Money -------------------------------------------------------------------------------------------

_SPENT_ON = (
    "a book|a ticket|lunch|a hat|a toy|a pen|a bag|shoes|a gift|a scarf|dinner|a game".split("|")
)
_JOBS = (
    "mowing lawns|babysitting|washing cars|walking dogs|painting fences|tutoring|cleaning windows|"
    "delivering papers|waiting tables|raking leaves"
).split("|")
_GOALS = (
    "bicycle|guitar|camera|phone|tent|skateboard|drum|watch|laptop|violin|telescope|desk".split("|")
)

MONEY_WORLD = World(
    "money",
    tuple(
        {
            "nouns": " ".join(words.COLLECTED + words.STOCKED + words.BAKED),
            "item": item,
            "job": job,
            "wish": wish,
            "others": "keys",
        }
        for item, job, wish in zip(_SPENT_ON * 5, _JOBS * 6, _GOALS * 5, strict=True)
    ),
    (
        Piece(
            "have money",
            (
                "{hero} had {$a}.",
                "{hero} has {$a}.",
                "{hero} went shopping with {$a}.",
                "{hero} has {$a} in {his} wallet.",
                "{hero} saved {$a}.",
            ),
            (),
            "a:some",
        ),
        Piece(
            "hourly",
            (
                "{hero} earns {$a} an hour by {job}. {hero} worked {b} hours.",
                "{hero} makes {$a} per hour {job}. This week {he} worked {b} hours.",
                "{hero} worked {b} hours at {$a} an hour.",
                "{hero} is paid {$a} for every hour of {job}. {hero} worked for {b} hours.",
            ),
            ("v=a*b|{hero} earned {$v} for the work.",),
            "a:several b:several",
        ),
        Piece(
            "daily pay",
            (
                "{hero} earned {$a} a day for {b} days.",
                "{hero} made {$a} each day by {job} and did so for {b} days.",
            ),
            ("v=a*b|{hero} earned {$v} in those days.",),
            "a:tens b:few",
        ),
        Piece(
            "weekly allowance",
            (
                "{hero} gets {$a} a week and saved it for {b} weeks.",
                "{hero} saves {$a} every week. {hero} has done this for {b} weeks.",
            ),
            ("v=a*b|{hero} saved {$v}.",),
            "a:several b:several",
        ),
        Piece(
            "sales",
            (
                "{hero} sold {b} {things} for {$a} each.",
                "{hero} sells {things} for {$a} each. {hero} sold {b} of them.",
                "{hero} sold {b} {things} at {$a} apiece.",
            ),
            ("v=a*b|{hero} got {$v} for the {things}.",),
            "a:price b:several",
        ),
        Piece(
            "two jobs",
            (
                "{hero} earned {$a} by {job} and got {$b} from {friend}.",
                "{hero} made {$a} on Saturday and {$b} on Sunday.",
            ),
            ("v=a+b|{hero} earned {$v} in total.",),
            "a:some b:some",
        ),
        Piece(
            "richer",
            (
                "{third} has {$a}. {hero} has {$b} more than {third}.",
                "{hero} has {$b} more than {third}, who has {$a}.",
            ),
            ("v=a+b|{hero} had {$v}.",),
            "a:some b:some",
        ),
    ),
    (
        Piece(
            "earn",
            (
                "{hero} earned {$a} by {job}.",
                "{friend} gave {him} {$a}.",
                "{hero} found {$a}.",
                "{hero} got another {$a} from {friend}.",
            ),
            ("v=v+a|{hero} then had {$v}.",),
            "a:some",
        ),
        Piece(
            "spend",
            (
                "{hero} spent {$a} on {item}.",
                "{hero} bought {item} for {$a}.",
                "{hero} paid {$a} for {item}.",
                "{hero} gave {$a} to {friend}.",
                "{hero} lost {$a}.",
            ),
            ("v=v-a|{hero} had {$v} left.",),
            "a:part",
        ),
        Piece(
            "buy several",
            (
                "{hero} bought {a} {things} for {$b} each.",
                "{hero} bought {a} {things} that cost {$b} each.",
                "{hero} paid for {a} {things} at {$b} apiece.",
                "Then {hero} bought {a} {things}. Each {thing} cost {$b}.",
            ),
            ("p=a*b|{hero} paid {$p} for the {things}.", "v=v-p|{hero} had {$v} left."),
            "a:few b:price",
        ),
        Piece(
            "buy two",
            (
                "{hero} bought {item} for {$a} and a {thing} for {$b}.",
                "{hero} spent {$a} on {item} and {$b} on a {thing}.",
            ),
            ("v=v-a-b|{hero} had {$v} left.",),
            "a:several b:several",
        ),
        Piece(
            "earn daily",
            (
                "Then {hero} earned {$a} a day for {b} days.",
                "For {b} days, {hero} earned {$a} each day.",
            ),
            ("p=a*b|{hero} earned {$p} in those days.", "v=v+p|{hero} then had {$v}."),
            "a:several b:few",
        ),
        Piece(
            "double money",
            ("{friend} doubled the money of {whom}.", "{hero} then doubled {his} money."),
            ("v=v*2|{hero} then had {$v}.",),
        ),
        Piece(
            "give each money",
            ("{hero} gave {$b} to each of {a} friends.", "{hero} gave {a} friends {$b} each."),
            ("p=a*b|{hero} gave away {$p}.", "v=v-p|{hero} had {$v} left."),
            "a:few b:few",
        ),
        Piece(
            "spend half",
            (
                "{hero} spent half of the money on {item}.",
                "{hero} gave half of {his} money to {friend}.",
            ),
            ("v=v/2|{hero} had {$v} left.",),
        ),
        Piece(
            "spend percent",
            ("{hero} spent {a}% of the money on {item}.", "{hero} gave {a}% of it to {friend}."),
            ("p=v*a/100|{hero} spent {$p}.", "v=v-p|{hero} had {$v} left."),
            "a:percent",
        ),
    ),
    (
        Piece(
            "money left",
            after="loss",
            asks=(
                "How much money does {hero} have left?",
                "How many dollars does {hero} have left?",
                "How much money is left?",
                "How much is left?",
            ),
        ),
        Piece(
            "money now",
            asks=(
                "How much money does {hero} have now?",
                "How many dollars does {hero} have now?",
                "How much money does {hero} have?",
                "How much does {hero} have in the end?",
            ),
        ),
        Piece(
            "afford",
            (
                "{hero} wants to buy {things} that cost {$a} each.",
                "One {thing} costs {$a}.",
                "A {thing} costs {$a}.",
            ),
            ("v=v/a|{hero} can buy {v} {things}.",),
            "a:divisor",
            (
                "How many {things} can {hero} buy with that money?",
                "How many {things} can {hero} buy?",
                "How many {things} can {hero} afford?",
            ),
        ),
        Piece(
            "wish",
            (
                "{hero} wants to buy a {wish} that costs {$a}.",
                "The {wish} that {hero} wants costs {$a}.",
                "{hero} is saving for a {wish}, which costs {$a}.",
            ),
            ("v=a-v|{hero} needs {$v} more.",),
            "a:above",
            (
                "How much more money does {hero} need?",
                "How many more dollars does {hero} need?",
                "How much does {hero} still have to save?",
            ),
        ),
        Piece(
            "wish in weeks",
            (
                "{hero} wants a {wish} that costs {$a} and saves {$b} a week.",
                "A {wish} costs {$a}. {hero} can save {$b} each week.",
            ),
            (
                "p=a-v|{hero} needs {$p} more for the {wish}.",
                "v=p/b|{hero} needs {v} weeks.",
            ),
            "a:above b:few",
            (
                "How many weeks will it take to save enough?",
                "In how many weeks can {hero} buy the {wish}?",
            ),
        ),
        Piece(
            "friend richer",
            ("{friend} has {$a}.",),
            ("v=a-v|{friend} has {$v} more than {whom}.",),
            "a:above",
            ("How much more money does {friend} have than {whom}?",),
        ),
        Piece(
            "friend poorer",
            ("{friend} has {$a}.",),
            ("v=v-a|{hero} has {$v} more than {friend}.",),
            "a:part",
            ("How much more money does {hero} have than {friend}?",),
        ),
        Piece(
            "friend times money",
            ("{friend} has {a} times as much money as {whom}.",),
            ("v=v*a|{friend} has {$v}.",),
            "a:few",
            ("How much money does {friend} have?",),
        ),
        Piece(
            "weeks of money",
            ("{hero} spends {$a} a week.", "{hero} needs {$a} every week."),
            ("v=v/a|The money lasts {v} weeks.",),
            "a:divisor",
            ("How many weeks will the money last?", "For how many weeks is the money enough?"),
        ),
        Piece(
            "share money",
            (
                "{hero} shares the money equally among {a} people.",
                "{hero} divides all of it equally between {a} children.",
            ),
            ("v=v/a|Each one gets {$v}.",),
            "a:divisor",
            ("How much does each one get?", "How many dollars does each of them receive?"),
        ),
        Piece(
            "money together",
            ("{friend} has {$a}.", "{friend} has {$a} too."),
            ("v=v+a|They have {$v} together.",),
            "a:some",
            ("How much money do they have together?", "How many dollars do they have in all?"),
        ),
    ),
    (
        Piece(
            "price of many",
            ("One {thing} costs {$a}.", "A {thing} costs {$a}.", "{things} cost {$a} each."),
            ("v=a*b|{hero} pays {$v}.",),
            "a:price b:several",
            (
                "How much do {b} {things} cost?",
                "How much does {hero} pay for {b} {things}?",
                "What is the price of {b} {things}?",
            ),
        ),
        Piece(
            "price of one",
            (
                "{hero} paid {$a} for {b} {things}.",
                "{b} {things} cost {$a}.",
                "{hero} bought {b} {things} for {$a} in total.",
            ),
            ("v=a/b|One {thing} costs {$v}.",),
            "a:some b:few",
            ("How much does one {thing} cost?", "What was the price of each {thing}?"),
        ),
        Piece(
            "same price",
            ("{b} {things} cost {$a}.", "{hero} paid {$a} for {b} {things}."),
            ("p=a/b|One {thing} costs {$p}.", "v=p*c|{c} {things} cost {$v}."),
            "a:some b:few c:several",
            ("How much do {c} {things} cost?", "What do {c} {things} cost at the same price?"),
        ),
        Piece(
            "two lots",
            (
                "{hero} bought {a} {things} for {$b} each and {c} tickets for {$d} each.",
                "{hero} buys {a} {things} at {$b} each and {c} drinks at {$d} each.",
            ),
            (
                "p=a*b|The {things} cost {$p}.",
                "q=c*d|The others cost {$q}.",
                "v=p+q|{hero} paid {$v} in total.",
            ),
            "a:few b:price c:few d:price",
            ("How much did {hero} pay in total?", "How much money did {hero} spend?"),
        ),
        Piece(
            "change",
            (
                "{hero} bought {a} {things} for {$b} each and paid with a {$c} bill.",
                "{hero} buys {a} {things} that cost {$b} each. {hero} pays with {$c}.",
            ),
            ("p=a*b|The {things} cost {$p}.", "v=c-p|{hero} gets {$v} in change."),
            "a:few b:price c:tens",
            ("How much change does {hero} get?", "How much money does {hero} get back?"),
        ),
        Piece(
            "sum of prices",
            (
                "{hero} bought {item} for {$a}, a {thing} for {$b} and a drink for {$c}.",
                "{hero} spent {$a} on {item}, {$b} on a {thing} and {$c} on food.",
            ),
            ("v=a+b+c|{hero} spent {$v} in total.",),
            "a:price b:price c:price",
            ("How much did {hero} spend in total?", "How much money did {hero} spend?"),
        ),
        Piece(
            "dearer",
            (
                "A {thing} costs {$a} and a {wish} costs {$b} more than a {thing}.",
                "A {thing} costs {$a}. A {wish} costs {$b} more.",
            ),
            ("p=a+b|A {wish} costs {$p}.", "v=a+p|Both cost {$v} together."),
            "a:price b:price",
            ("How much do both cost together?", "How much does {hero} pay for both?"),
        ),
        Piece(
            "discount",
            (
                "A {wish} costs {$a}. Today it is {b}% cheaper.",
                "The price of a {wish} was {$a}, and {hero} got a discount of {b}%.",
            ),
            ("p=a*b/100|The discount is {$p}.", "v=a-p|{hero} pays {$v}."),
            "a:tens b:percents",
            ("How much does it cost now?", "How much did {hero} pay?"),
        ),
        Piece(
            "profit",
            (
                "{hero} bought {a} {things} for {$b} each and sold each of them for {$c}.",
                "{hero} pays {$b} for a {thing} and sells it for {$c}. {hero} sold {a} {things}.",
            ),
            ("p=c-b|{hero} gains {$p} on each {thing}.", "v=p*a|{hero} makes a profit of {$v}."),
            "a:several b:few c:tens",
            ("What is the profit?", "How much profit does {hero} make?"),
        ),
    ),
    (
        *_ASIDES[:4],
        "{hero} walked {m} minutes to the shop.",
        "{hero} met {x} people on the way.",
        "{friend} bought {x} postcards.",
        "The bank is {m} steps away.",
        "{hero} does not like to waste money.",
        "{friend} went along.",
        "It rained all day.",
    ),
    money=True,
)

# Distance, time, work, and other measures --------------------------------------------------------


def _measure(
    unit: str, did: str, rate: str, per: str, goal: str, doing: str = "goes"
) -> dict[str, str]:
    return {"unit": unit, "did": did, "rate": rate, "per": per, "goal": goal, "doing": doing}


MEASURE_WORLD = World(
    "measure",
    (
        _measure("miles", "drove", "drives", "hour", "The whole trip is", "drive"),
        _measure("kilometers", "cycled", "cycles", "hour", "The whole tour is", "cycle"),
        _measure("kilometers", "walked", "walks", "day", "The whole hike is", "walk"),
        _measure("miles", "ran", "runs", "day", "The goal is", "run"),
        _measure("meters", "swam", "swims", "minute", "The course is", "swim"),
        _measure("pages", "read", "reads", "day", "The book has", "read"),
        _measure("pages", "wrote", "writes", "week", "The novel will have", "write"),
        _measure("words", "typed", "types", "minute", "The report has", "type"),
        _measure("liters", "pumped", "pumps", "minute", "The tank holds", "pump"),
        _measure("problems", "solved", "solves", "hour", "The exam has", "solve"),
        _measure("bricks", "laid", "lays", "hour", "The wall needs", "lay"),
        _measure("letters", "sorted", "sorts", "minute", "The post office has", "sort"),
        _measure("cups", "washed", "washes", "minute", "The kitchen has", "wash"),
        _measure("push-ups", "did", "does", "day", "The goal is", "do"),
    ),
    (
        Piece(
            "did",
            ("{hero} {did} {a} {unit}.", "Yesterday {hero} {did} {a} {unit}."),
            (),
            "a:some",
        ),
        Piece(
            "three parts",
            ("{hero} {did} {a} {unit} on Monday, {b} on Tuesday and {c} on Wednesday.",),
            ("v=a+b+c|{hero} {did} {v} {unit} on those days.",),
            "a:some b:some c:some",
        ),
        Piece(
            "more than another",
            (
                "{third} {did} {a} {unit}. {hero} {did} {b} {unit} more than {third}.",
                "{hero} {did} {b} more {unit} than {third}, who {did} {a}.",
            ),
            ("v=a+b|{hero} {did} {v} {unit}.",),
            "a:some b:some",
        ),
        Piece(
            "less than another",
            (
                "{third} {did} {a} {unit}. {hero} {did} {b} {unit} less than {third}.",
                "{hero} {did} {b} fewer {unit} than {third}, who {did} {a}.",
            ),
            ("v=a-b|{hero} {did} {v} {unit}.",),
            "a:some b:some",
        ),
        Piece(
            "times another",
            (
                "{third} {did} {a} {unit}. {hero} {did} {b} times as many {unit}.",
                "{hero} {did} {b} times as many {unit} as {third}, who {did} {a}.",
            ),
            ("v=a*b|{hero} {did} {v} {unit}.",),
            "a:some b:few",
        ),
        Piece(
            "half the second time",
            ("{hero} {did} {a} {unit} on Monday and half as many on Tuesday.",),
            (
                "p=a/2|{hero} {did} {p} {unit} the second time.",
                "v=a+p|{hero} {did} {v} {unit} in both parts.",
            ),
            "a:some",
        ),
        Piece(
            "at a rate",
            (
                "{hero} {rate} {a} {unit} per {per}. {hero} did so for {b} {per}s.",
                "{hero} {rate} {a} {unit} every {per} for {b} {per}s.",
                "{hero} {did} {a} {unit} each {per} for {b} {per}s.",
                "For {b} {per}s, {hero} {did} {a} {unit} a {per}.",
            ),
            ("v=a*b|{hero} {did} {v} {unit}.",),
            "a:some b:few",
        ),
        Piece(
            "two parts",
            (
                "{hero} {did} {a} {unit} in the morning and {b} {unit} in the afternoon.",
                "On Friday {hero} {did} {a} {unit} and on Saturday {b} {unit}.",
                "{hero} {did} {a} {unit} yesterday and {b} {unit} today.",
            ),
            ("v=a+b|{hero} {did} {v} {unit} in both parts.",),
            "a:some b:some",
        ),
        Piece(
            "twice the first",
            (
                "{hero} {did} {a} {unit} on Monday. On Tuesday {he} {did} twice as many.",
                "{hero} {did} {a} {unit} on the first day and twice as many on the second day.",
            ),
            (
                "p=a*2|{hero} {did} {p} {unit} the second time.",
                "v=a+p|{hero} {did} {v} {unit} in both parts.",
            ),
            "a:some",
        ),
        Piece(
            "more than before",
            (
                "{hero} {did} {a} {unit} on Monday. On Tuesday {he} {did} {b} {unit} more than on "
                "Monday.",
                "{hero} {did} {a} {unit} on the first day and {b} more than that on the second.",
            ),
            (
                "p=a+b|{hero} {did} {p} {unit} the second time.",
                "v=a+p|{hero} {did} {v} {unit} in both parts.",
            ),
            "a:some b:some",
        ),
    ),
    (
        Piece(
            "as many again",
            (
                "Then {hero} {did} as many {unit} again.",
                "After that, {hero} {did} the same number of {unit} once more.",
            ),
            ("v=v*2|{hero} then had a total of {v} {unit}.",),
        ),
        Piece(
            "two more parts",
            (
                "Then {hero} {did} {a} {unit} before lunch and {b} {unit} after lunch.",
                "{hero} {did} {a} more {unit} with {friend} and {b} more {unit} with {third}.",
            ),
            ("v=v+a+b|{hero} then had a total of {v} {unit}.",),
            "a:few b:several",
        ),
        Piece(
            "not counted",
            ("{a} of these {unit} did not count.", "But {a} of the {unit} did not count."),
            ("v=v-a|{v} {unit} were left.",),
            "a:part",
        ),
        Piece(
            "share not counted",
            ("{a}% of these {unit} did not count.", "But {a} percent of them did not count."),
            ("p=v*a/100|{p} {unit} did not count.", "v=v-p|{v} {unit} were left."),
            "a:percent",
        ),
        Piece(
            "further",
            (
                "{hero} {did} {a} more {unit}.",
                "Then {hero} {did} another {a} {unit}.",
                "After a rest, {hero} {did} {a} more {unit}.",
            ),
            ("v=v+a|{hero} then had a total of {v} {unit}.",),
            "a:some",
        ),
        Piece(
            "further at a rate",
            (
                "Then {hero} {did} {a} {unit} every {per} for {b} {per}s.",
                "After that, {hero} {did} {a} {unit} a {per} for another {b} {per}s.",
            ),
            (
                "p=a*b|{hero} {did} {p} more {unit}.",
                "v=v+p|{hero} then had a total of {v} {unit}.",
            ),
            "a:several b:few",
        ),
    ),
    (
        Piece(
            "how many units",
            asks=(
                "How many {unit} did {hero} {doing} in total?",
                "How many {unit} did {hero} {doing} altogether?",
                "How many {unit} did {hero} {doing}?",
                "What is the total number of {unit}?",
            ),
        ),
        Piece(
            "still to go",
            ("{goal} {a} {unit}.",),
            ("v=a-v|{v} {unit} are still to go.",),
            "a:above",
            (
                "How many {unit} are left?",
                "How many more {unit} does {hero} have to {doing}?",
            ),
        ),
        Piece(
            "rival did more",
            ("{friend} {did} {a} {unit}.",),
            ("v=a-v|{friend} {did} {v} more {unit} than {whom}.",),
            "a:above",
            (
                "How many more {unit} did {friend} {doing} than {whom}?",
                "How many fewer {unit} did {hero} {doing} than {friend}?",
            ),
        ),
        Piece(
            "rival times",
            ("{friend} {did} {a} times as many {unit} as {whom}.",),
            ("v=v*a|{friend} {did} {v} {unit}.",),
            "a:few",
            ("How many {unit} did {friend} {doing}?",),
        ),
        Piece(
            "rival more",
            ("{friend} {did} {a} {unit} more than {whom}.",),
            ("v=v+a|{friend} {did} {v} {unit}.",),
            "a:some",
            ("How many {unit} did {friend} {doing}?",),
        ),
        Piece(
            "rival half",
            ("{friend} {did} half as many {unit} as {whom}.",),
            ("v=v/2|{friend} {did} {v} {unit}.",),
            "",
            ("How many {unit} did {friend} {doing}?",),
        ),
        Piece(
            "paid for it",
            (
                "{hero} gets {$a} for each of these {unit}.",
                "For every one of the {unit}, {hero} is paid {$a}.",
            ),
            ("v=v*a|{hero} gets {$v}.",),
            "a:several",
            ("How much money does {hero} get?", "How many dollars does {hero} earn?"),
        ),
        Piece(
            "rest in time",
            ("{goal} {a} {unit}. {hero} has {b} {per}s left.",),
            ("p=a-v|{p} {unit} are still to go.", "v=p/b|{hero} needs {v} {unit} per {per}."),
            "a:above b:few",
            ("How many {unit} per {per} does {hero} have to {doing} now?",),
        ),
        Piece(
            "rewards",
            (
                "For every {a} {unit}, {hero} gets a prize.",
                "{hero} wins one prize for each {a} {unit}.",
            ),
            ("v=v/a|{hero} gets {v} prizes.",),
            "a:divisor",
            ("How many prizes does {hero} get?",),
        ),
        Piece(
            "rival did less",
            ("{friend} {did} {a} {unit}.", "{friend} only {did} {a} {unit}."),
            ("v=v-a|{hero} {did} {v} more {unit} than {friend}.",),
            "a:part",
            ("How many more {unit} did {hero} {doing} than {friend}?",),
        ),
        Piece(
            "with rival",
            ("{friend} {did} {a} {unit}.", "{friend} {did} {a} {unit} as well."),
            ("v=v+a|They {did} {v} {unit} together.",),
            "a:some",
            ("How many {unit} did they {doing} together?", "How many {unit} is that in all?"),
        ),
        Piece(
            "in time",
            (
                "It took {a} {per}s.",
                "{hero} needed {a} {per}s for all of it.",
            ),
            ("v=v/a|{hero} {did} {v} {unit} per {per}.",),
            "a:divisor",
            (
                "How many {unit} per {per} is that?",
                "How many {unit} did {hero} {doing} per {per}?",
            ),
        ),
    ),
    (
        Piece(
            "time for all",
            ("{goal} {a} {unit}. {hero} {rate} {b} {unit} per {per}.",),
            ("v=a/b|{hero} needs {v} {per}s.",),
            "a:some b:few",
            (
                "How many {per}s does {hero} need?",
                "How many {per}s will it take?",
            ),
        ),
        Piece(
            "time for the rest",
            ("{goal} {a} {unit}. {hero} {did} {b} {unit} and now {rate} {c} {unit} per {per}.",),
            ("p=a-b|There are {p} {unit} left.", "v=p/c|{hero} needs {v} more {per}s."),
            "a:some b:several c:few",
            ("How many more {per}s does {hero} need?", "How many {per}s will the rest take?"),
        ),
        Piece(
            "rate",
            (
                "{hero} {did} {a} {unit} in {b} {per}s.",
                "In {b} {per}s, {hero} {did} {a} {unit}.",
            ),
            ("v=a/b|{hero} {did} {v} {unit} per {per}.",),
            "a:some b:few",
            (
                "How many {unit} per {per} is that?",
                "How many {unit} did {hero} {doing} each {per}?",
            ),
        ),
        Piece(
            "same rate",
            (
                "{hero} {did} {a} {unit} in {b} {per}s.",
                "In {b} {per}s, {hero} {did} {a} {unit}.",
            ),
            (
                "p=a/b|{hero} {did} {p} {unit} per {per}.",
                "v=p*c|{hero} can {doing} {v} {unit} in {c} {per}s.",
            ),
            "a:some b:few c:several",
            (
                "How many {unit} can {hero} {doing} in {c} {per}s?",
                "At that rate, how many {unit} is that in {c} {per}s?",
            ),
        ),
        Piece(
            "both rates",
            ("{hero} {rate} {a} {unit} per {per} and {friend} {rate} {b} {unit} per {per}.",),
            (
                "p=a+b|They {doing} {p} {unit} per {per} together.",
                "v=p*c|They {doing} {v} {unit} in {c} {per}s.",
            ),
            "a:several b:several c:few",
            ("How many {unit} do they {doing} together in {c} {per}s?",),
        ),
    ),
    (
        "{hero} is {h} years old.",
        "{friend} is {h} years old.",
        "{hero} drank {x} sips of water.",
        "{hero} got up at {h} o'clock.",
        "It was {m} degrees outside.",
        "{hero} listened to {x} songs.",
        "{friend} cheered all the time.",
        "{hero} was very tired afterwards.",
        "{third} owns {x} maps.",
    ),
)

# Rows, ages, shapes, recipes, teams --------------------------------------------------------------

ROWS_WORLD = World(
    "rows",
    tuple(
        {"things": things, "thing": thing, "rows": rows, "row": row, "where": where, "off": off}
        for things, thing, rows, row, where, off in (
            ("chairs", "chair", "rows", "row", "In the hall", "are taken"),
            ("seats", "seat", "rows", "row", "In the cinema", "are occupied"),
            ("books", "book", "shelves", "shelf", "In the library", "are lent out"),
            ("desks", "desk", "rows", "row", "In the classroom", "are broken"),
            ("trees", "tree", "rows", "row", "In the orchard", "are dead"),
            ("rooms", "room", "floors", "floor", "In the hotel", "are booked"),
            ("bottles", "bottle", "shelves", "shelf", "In the cellar", "are empty"),
            ("plants", "plant", "rows", "row", "In the greenhouse", "are dry"),
            ("apartments", "apartment", "floors", "floor", "In the tower", "are rented"),
            ("cars", "car", "lanes", "lane", "On the ferry", "are damaged"),
            ("beds", "bed", "wards", "ward", "In the hospital", "are in use"),
            ("tents", "tent", "rows", "row", "At the camp", "are torn"),
        )
    ),
    (
        Piece(
            "rows of",
            (
                "{where} there are {a} {rows} of {b} {things}.",
                "{where} there are {a} {rows} with {b} {things} in each {row}.",
                "{where}, each of the {a} {rows} has {b} {things}.",
                "There are {a} {rows} with {b} {things} each.",
            ),
            ("v=a*b|There are {v} {things} in the {rows}.",),
            "a:several b:several",
        ),
        Piece(
            "rows of two kinds",
            (
                "{where} there are {a} {rows} with {b} {things} each and one {row} with {c}.",
                "{where} there are {a} {rows} of {b} {things} and a last {row} of {c}.",
            ),
            ("p=a*b|The equal {rows} have {p} {things}.", "v=p+c|There are {v} {things} in all."),
            "a:several b:several c:several",
        ),
        Piece(
            "rows and more",
            (
                "{where} there are {a} {rows} of {b} {things} and {c} more {things}.",
                "{where} there are {c} {things} and {a} {rows} of {b} {things} each.",
            ),
            ("p=a*b|The {rows} have {p} {things}.", "v=p+c|There are {v} {things} in all."),
            "a:several b:several c:several",
        ),
        Piece(
            "dozens there",
            ("{where} there are {a} dozen {things}.",),
            ("v=a*12|There are {v} {things}.",),
            "a:few",
        ),
        Piece(
            "two sides",
            ("{where} there are {a} {things} on the left and {b} {things} on the right.",),
            ("v=a+b|There are {v} {things} on both sides.",),
            "a:some b:some",
        ),
        Piece(
            "plenty",
            ("{where} there are {a} {things}.", "{where} we find {a} {things}."),
            (),
            "a:hundreds",
        ),
    ),
    (
        Piece(
            "off",
            ("{a} of the {things} {off}.", "{a} {things} {off}."),
            ("v=v-a|{v} {things} are left.",),
            "a:part",
        ),
        Piece(
            "extra",
            ("{a} more {things} were added.", "Workers brought {a} more {things}."),
            ("v=v+a|There are then {v} {things}.",),
            "a:some",
        ),
        Piece(
            "half off",
            ("Half of the {things} {off}.", "Half of them {off}."),
            ("v=v/2|{v} {things} are left.",),
        ),
        Piece(
            "percent off",
            ("{a}% of the {things} {off}.", "{a} percent of them {off}."),
            ("p=v*a/100|{p} {things} {off}.", "v=v-p|{v} {things} are left."),
            "a:percent",
        ),
        Piece(
            "extra rows",
            (
                "{a} {rows} of {b} {things} were added.",
                "{a} more {rows} with {b} {things} each came in.",
            ),
            ("p=a*b|The new {rows} have {p} {things}.", "v=v+p|There are then {v} {things}."),
            "a:few b:several",
        ),
    ),
    (
        Piece(
            "rest of rows",
            after="loss",
            asks=(
                "How many {things} does that leave?",
                "How many {things} are left?",
                "How many {things} remain?",
            ),
        ),
        Piece(
            "rows in all",
            after="gain",
            asks=(
                "How many {things} are there in all?",
                "How many {things} are there now?",
                "What is the total number of {things}?",
                "How many {things} are there?",
            ),
        ),
        Piece(
            "price of rows",
            ("Each {thing} costs {$a} a day.", "The price of each {thing} is {$a}."),
            ("v=v*a|The {things} cost {$v}.",),
            "a:several",
            ("How much do all these {things} cost?", "What do the {things} cost altogether?"),
        ),
        Piece(
            "share the work",
            ("{a} people clean the {things}, the same number each.",),
            ("v=v/a|Each of them cleans {v} {things}.",),
            "a:divisor",
            ("How many {things} does each of them clean?",),
        ),
        Piece(
            "bolts",
            ("Each {thing} has {a} labels.", "Every {thing} needs {a} labels."),
            ("v=v*a|There are {v} labels.",),
            "a:several",
            ("How many labels are there?", "How many labels is that in all?"),
        ),
        Piece(
            "wanted",
            ("The plan asks for {a} {things}.", "There should be {a} {things}."),
            ("v=a-v|{v} {things} are missing.",),
            "a:above",
            ("How many {things} are missing?", "How many more {things} are needed?"),
        ),
        Piece(
            "half new",
            ("Half of these {things} are new.",),
            ("v=v/2|{v} {things} are new.",),
            "",
            ("How many {things} are new?",),
        ),
        Piece(
            "next door",
            ("Next door there are {a} {things}.",),
            ("v=v+a|There are {v} {things} in both places.",),
            "a:some",
            ("How many {things} are there in both places?",),
        ),
        Piece(
            "work on rows",
            ("{hero} can clean {a} {things} an hour.", "{hero} checks {a} {things} per hour."),
            ("v=v/a|{hero} needs {v} hours.",),
            "a:divisor",
            ("How many hours does {hero} need for all of them?", "How many hours will that take?"),
        ),
    ),
    (),
    (
        "It is {h} o'clock.",
        "The place was built {x} years ago.",
        "There are {h} windows.",
        "{hero} works there with {h} colleagues.",
        "{hero} has visited it {h} times.",
        "It is a quiet place.",
        "{friend} has never been there.",
    ),
)

AGE_WORLD = World(
    "age",
    ({"others": "cousins"},),
    (
        Piece("age", ("{hero} is {a} years old.", "{hero} is {a}."), (), "a:age"),
        Piece(
            "age to come",
            ("In {a} years {hero} will be {b} years old.",),
            ("v=b-a|{hero} is {v} years old.",),
            "a:few b:age",
        ),
        Piece(
            "age that was",
            ("{a} years ago {hero} was {b} years old.",),
            ("v=a+b|{hero} is {v} years old.",),
            "a:few b:age",
        ),
        Piece(
            "half as old",
            ("{friend} is {a} years old. {hero} is half as old as {friend}.",),
            ("v=a/2|{hero} is {v} years old.",),
            "a:age",
        ),
        Piece(
            "older",
            (
                "{friend} is {a} years old. {hero} is {b} years older than {friend}.",
                "{hero} is {b} years older than {friend}, who is {a}.",
            ),
            ("v=a+b|{hero} is {v} years old.",),
            "a:age b:several",
        ),
        Piece(
            "younger",
            (
                "{friend} is {a} years old. {hero} is {b} years younger than {friend}.",
                "{hero} is {b} years younger than {friend}, who is {a}.",
            ),
            ("v=a-b|{hero} is {v} years old.",),
            "a:age b:several",
        ),
        Piece(
            "times as old",
            (
                "{friend} is {a} years old. {hero} is {b} times as old as {friend}.",
                "{hero} is {b} times as old as {friend}, who is {a}.",
            ),
            ("v=a*b|{hero} is {v} years old.",),
            "a:age b:few",
        ),
        Piece(
            "twice as old",
            (
                "{friend} is {a} years old. {hero} is twice as old as {friend}.",
                "{friend} is {a}, and {hero} is twice as old.",
            ),
            ("v=a*2|{hero} is {v} years old.",),
            "a:age",
        ),
    ),
    (),
    (
        Piece(
            "age later",
            (),
            ("v=v+a|In {a} years {hero} will be {v} years old.",),
            "a:several",
            (
                "How old will {hero} be in {a} years?",
                "How old will {hero} be {a} years from now?",
                "In {a} years, how old will {hero} be?",
            ),
        ),
        Piece(
            "age before",
            (),
            ("v=v-a|{a} years ago {hero} was {v} years old.",),
            "a:part",
            ("How old was {hero} {a} years ago?", "What was the age of {whom} {a} years ago?"),
        ),
        Piece(
            "elder by",
            ("{third} is {a} years old.",),
            ("v=v-a|{hero} is {v} years older than {third}.",),
            "a:part",
            (
                "How many years older is {hero} than {third}?",
                "What is the age difference between {hero} and {third}?",
            ),
        ),
        Piece(
            "elder brother",
            ("{third} is {a} years old.",),
            ("v=a-v|{third} is {v} years older than {whom}.",),
            "a:above",
            ("How many years older is {third} than {whom}?",),
        ),
        Piece(
            "next before",
            ("{third} is {a} years younger than {whom}.",),
            (
                "p=v-a|{third} is {p} years old now.",
                "v=p+b|In {b} years {third} will be {v} years old.",
            ),
            "a:part b:several",
            ("How old will {third} be in {b} years?",),
        ),
        Piece(
            "next older",
            ("{third} is {a} years older than {whom}.",),
            ("v=v+a|{third} is {v} years old.",),
            "a:several",
            ("How old is {third}?", "What is the age of {third}?"),
        ),
        Piece(
            "next younger",
            ("{third} is {a} years younger than {whom}.",),
            ("v=v-a|{third} is {v} years old.",),
            "a:part",
            ("How old is {third}?", "What is the age of {third}?"),
        ),
        Piece(
            "next times",
            ("{third} is {a} times as old as {whom}.",),
            ("v=v*a|{third} is {v} years old.",),
            "a:few",
            ("How old is {third}?", "What is the age of {third}?"),
        ),
        Piece(
            "next half",
            ("{third} is half as old as {whom}.", "{third} is half the age of {whom}."),
            ("v=v/2|{third} is {v} years old.",),
            "",
            ("How old is {third}?", "What is the age of {third}?"),
        ),
        Piece(
            "next later",
            ("{third} is {a} years older than {whom}.",),
            (
                "p=v+a|{third} is {p} years old now.",
                "v=p+b|In {b} years {third} will be {v} years old.",
            ),
            "a:several b:several",
            ("How old will {third} be in {b} years?",),
        ),
        Piece(
            "sum of ages",
            ("{third} is {a} years old.",),
            ("v=v+a|The ages of {whom} and {third} add up to {v} years.",),
            "a:age",
            (
                "What is the sum of the ages of {whom} and {third}?",
                "How many years are the ages of {whom} and {third} together?",
            ),
        ),
    ),
    (),
    (
        "They live in a house with {h} rooms.",
        "They have {h} pets.",
        "{friend} lives {m} miles away.",
        "{friend} has {x} books.",
        "They like to play chess.",
        "The party begins at {h} o'clock.",
    ),
    most=99,
)

MIXED_WORLD = World(
    "mixed",
    tuple(
        {
            "nouns": " ".join(words.COLLECTED + words.BAKED + words.CRAFTED),
            "others": "friends",
            "plot": plot,
            "group": group,
            "stuff": stuff,
            "units": units,
        }
        for plot, group, stuff, units in (
            ("garden", "team", "flour", "cups"),
            ("field", "class", "sugar", "grams"),
            ("room", "bus", "milk", "liters"),
            ("carpet", "tent", "butter", "spoons"),
            ("yard", "van", "rice", "pounds"),
        )
    ),
    wholes=(
        Piece(
            "area",
            (
                "A {plot} is {a} meters long and {b} meters wide.",
                "The length of a {plot} is {a} feet and its width is {b} feet.",
            ),
            ("v=a*b|The area of the {plot} is {v}.",),
            "a:several b:several",
            ("What is the area of the {plot}?", "What is its area?"),
        ),
        Piece(
            "perimeter",
            (
                "A {plot} is {a} meters long and {b} meters wide.",
                "The length of a {plot} is {a} feet and its width is {b} feet.",
            ),
            (
                "p=a+b|One long and one short side have {p} together.",
                "v=p*2|The perimeter of the {plot} is {v}.",
            ),
            "a:several b:several",
            ("What is the perimeter of the {plot}?", "How long is a fence around the {plot}?"),
        ),
        Piece(
            "tiles",
            ("A {plot} is {a} meters long and {b} meters wide. One square meter costs {$c}.",),
            ("p=a*b|The area of the {plot} is {p}.", "v=p*c|All of it costs {$v}."),
            "a:several b:several c:few",
            ("How much does the whole {plot} cost?", "What is the price of the {plot}?"),
        ),
        Piece(
            "holds",
            ("A {box} holds {a} {things}.", "There are {a} {things} in a {box}."),
            ("v=a*b|{b} {boxes} hold {v} {things}.",),
            "a:several b:few",
            (
                "How many {things} are in {b} {boxes}?",
                "How many {things} are there in {b} such {boxes}?",
                "If {hero} has {b} {boxes}, how many {things} does {he} have?",
            ),
        ),
        Piece(
            "split bill",
            (
                "{a} friends split a bill of {$b} equally.",
                "A meal cost {$b}, and {a} people shared the cost equally.",
            ),
            ("v=b/a|Each of them pays {$v}.",),
            "a:few b:tens",
            ("How much does each pay?", "How much did each of them pay?"),
        ),
        Piece(
            "second game",
            (
                "{hero} scored {a} points in the first game and {b} in the second.",
                "{hero} scored {a} points on Monday and {b} points on Tuesday.",
            ),
            ("v=b-a|{hero} scored {v} more points the second time.",),
            "a:several b:tens",
            (
                "How many more points did {hero} score the second time?",
                "By how many points was the second score better?",
            ),
        ),
        Piece(
            "fewer of the others",
            (
                "There are {a} {things} and {b} fewer {others}.",
                "{hero} has {a} {things} and {b} fewer {others}.",
            ),
            ("p=a-b|There are {p} {others}.", "v=a+p|There are {v} in total."),
            "a:tens b:few",
            ("How many {things} and {others} are there in total?", "How many is that in all?"),
        ),
        Piece(
            "more of the others",
            (
                "There are {a} {things} and {b} more {others} than {things}.",
                "{hero} has {a} {things} and {b} more {others} than {things}.",
            ),
            ("p=a+b|There are {p} {others}.", "v=a+p|There are {v} in total."),
            "a:several b:several",
            ("How many {things} and {others} are there in total?", "How many is that in all?"),
        ),
        Piece(
            "two sorts, then fewer",
            (
                "{hero} has {a} {things} and {b} {others}. {hero} gives {c} of them to {friend}.",
                "{hero} had {a} {things} and {b} {others}, and lost {c} of all these.",
            ),
            ("p=a+b|{hero} had {p} things at first.", "v=p-c|{hero} has {v} left."),
            "a:several b:several c:few",
            ("How many are left?", "How many does {hero} have left?"),
        ),
        Piece(
            "speed",
            (
                "A car goes {a} miles per hour.",
                "A train travels {a} kilometers an hour.",
                "A ship sails at {a} miles an hour.",
            ),
            ("v=a*b|In {b} hours it goes a distance of {v}.",),
            "a:tens b:few",
            ("How far does it go in {b} hours?", "What distance does it cover in {b} hours?"),
        ),
        Piece(
            "two prices",
            (
                "A {thing} costs {$a} and a {plot} costs {$b}.",
                "One {thing} costs {$a}, and one {plot} costs {$b}.",
            ),
            (
                "p=c*a|The {things} cost {$p}.",
                "q=d*b|The others cost {$q}.",
                "v=p+q|All of it costs {$v}.",
            ),
            "a:few b:several c:few d:few",
            (
                "How much do {c} {things} and {d} {plot}s cost?",
                "What is the price of {c} {things} and {d} {plot}s?",
            ),
        ),
        Piece(
            "recipe",
            (
                "{hero} needs {a} {units} of {stuff} for one batch of {things}.",
                "One batch of {things} takes {a} {units} of {stuff}.",
            ),
            ("v=a*b|{b} batches take {v} {units} of {stuff}.",),
            "a:several b:few",
            (
                "How many {units} of {stuff} does {hero} need for {b} batches?",
                "How many {units} of {stuff} are needed for {b} batches?",
            ),
        ),
        Piece(
            "batches",
            ("{hero} has {a} {units} of {stuff}. One batch of {things} takes {b} {units}.",),
            ("v=a/b|The {stuff} is enough for {v} batches.",),
            "a:some b:few",
            ("How many batches can {hero} make?", "For how many batches is that enough?"),
        ),
        Piece(
            "leftover stuff",
            (
                "{hero} had {a} {units} of {stuff}. Each of {b} batches of {things} took {c}.",
                "{hero} had {a} {units} of {stuff} and made {b} batches of {things} with {c} each.",
            ),
            ("p=b*c|The batches took {p} {units}.", "v=a-p|{v} {units} of {stuff} are left."),
            "a:some b:few c:few",
            ("How many {units} of {stuff} are left?", "How much {stuff} does {hero} have left?"),
        ),
        Piece(
            "teams",
            (
                "{a} students form groups of {b}.",
                "There are {a} students. They sit in groups of {b}.",
                "{a} children ride in cars with {b} seats each.",
            ),
            ("v=a/b|They make {v} groups.",),
            "a:some b:few",
            ("How many groups do they make?", "How many groups is that?"),
        ),
        Piece(
            "group supplies",
            (
                "There are {a} children in each {group} and {b} {group} leaders brought theirs. "
                "Every child gets {c} {things}.",
                "{b} groups of {a} children come. Each child gets {c} {things}.",
            ),
            ("p=b*a|There are {p} children.", "v=p*c|{v} {things} are needed."),
            "a:several b:few c:few",
            (
                "How many {things} are needed?",
                "How many {things} does {hero} need for all of them?",
            ),
        ),
        Piece(
            "minutes",
            (
                "{hero} worked for {a} hours and {b} minutes.",
                "A film lasts {a} hours and {b} minutes.",
            ),
            ("p=a*60|The hours are {p} minutes.", "v=p+b|It lasted {v} minutes."),
            "a:few b:minute",
            ("How many minutes is that?", "How many minutes is that in all?"),
        ),
        Piece(
            "minutes each day",
            ("{hero} practices {a} minutes a day.", "Every day {hero} trains for {a} minutes."),
            ("v=a*b|{hero} spends {v} minutes in {b} days.",),
            "a:tens b:few",
            (
                "How many minutes is that in {b} days?",
                "How many minutes does {hero} need in {b} days?",
            ),
        ),
        Piece(
            "hours each day",
            (
                "{hero} sleeps {a} hours a night.",
                "{hero} works {a} hours every day.",
                "{hero} spends {a} hours a day at school.",
            ),
            ("p=a*7|That makes {p} hours in one week.", "v=p*b|That makes {v} hours in {b} weeks."),
            "a:few b:few",
            ("How many hours is that in {b} weeks?",),
        ),
        Piece(
            "tank",
            (
                "A tank held {a} liters. Then {b} liters leaked out every hour for {c} hours.",
                "There were {a} liters in a barrel. It lost {b} liters an hour for {c} hours.",
            ),
            ("p=b*c|{p} liters leaked out.", "v=a-p|{v} liters are left."),
            "a:hundreds b:few c:few",
            ("How many liters are left?", "How much is left in liters?"),
        ),
        Piece(
            "rope",
            (
                "{hero} cuts a rope of {a} meters into pieces of {b} meters.",
                "A ribbon is {a} inches long. {hero} cuts it into pieces of {b} inches.",
            ),
            ("v=a/b|There are {v} pieces.",),
            "a:some b:few",
            ("How many pieces does {hero} get?", "How many pieces are there?"),
        ),
        Piece(
            "pieces of rope",
            (
                "{hero} cuts {b} pieces of {c} inches from a rope that is {a} inches long.",
                "A rope is {a} feet long. {hero} cuts off {b} pieces of {c} feet each.",
            ),
            ("p=b*c|The pieces are {p} long together.", "v=a-p|{v} are left of the rope."),
            "a:some b:few c:few",
            ("How long is the rest of the rope?", "How much of the rope is left?"),
        ),
        Piece(
            "halves of class",
            (
                "There are {a} students in a class. {b}% of them are girls.",
                "{b}% of the {a} students in a class are girls.",
            ),
            ("p=a*b/100|There are {p} girls.", "v=a-p|There are {v} boys."),
            "a:some b:percents",
            ("How many boys are there?", "How many boys are in the class?"),
        ),
        Piece(
            "share of class",
            (
                "There are {a} students in a class. {b}% of them are girls.",
                "{b}% of the {a} students in a class are girls.",
            ),
            ("v=a*b/100|There are {v} girls.",),
            "a:some b:percents",
            ("How many girls are there?", "How many girls are in the class?"),
        ),
        Piece(
            "boys and girls",
            (
                "There are {a} girls in a class and {b} more boys than girls.",
                "A class has {a} girls. There are {b} more boys than girls.",
            ),
            ("p=a+b|There are {p} boys.", "v=a+p|There are {v} students in the class."),
            "a:several b:few",
            ("How many students are there in all?", "How many students are in the class?"),
        ),
        Piece(
            "legs",
            (
                "There are {a} cows and {b} hens. A cow has {c} legs and a hen has {d} legs.",
                "There are {a} tables with {c} legs each and {b} stools with {d} legs each.",
            ),
            (
                "p=a*c|The first ones have {p} legs.",
                "q=b*d|The others have {q} legs.",
                "v=p+q|There are {v} legs in all.",
            ),
            "a:several b:several c:few d:few",
            ("How many legs are there?", "How many legs do they have in total?"),
        ),
        Piece(
            "average",
            (
                "{hero} scored {a}, {b} and {c} points in three games.",
                "{hero} got {a} points in the first game, {b} in the second and {c} in the third.",
            ),
            ("p=a+b+c|The games gave {p} points.", "v=p/3|The average is {v} points."),
            "a:several b:several c:several",
            ("What is the average?", "How many points is that per game on average?"),
        ),
        Piece(
            "points",
            (
                "{hero} scored {a} points, {friend} scored {b} points more than {whom}.",
                "{hero} scored {a} points and {friend} {b} more than {whom}.",
            ),
            ("p=a+b|{friend} scored {p} points.", "v=a+p|They scored {v} points together."),
            "a:some b:several",
            ("How many points did they score together?", "How many points is that in all?"),
        ),
    ),
    asides=(
        "{hero} is {h} years old.",
        "{friend} is {h} years old.",
        "{hero} has {x} {others}.",
        "It took {m} minutes to get there.",
        "It was {m} degrees outside.",
        "{friend} was there too.",
        "It was a fine day.",
        "{third} bought {x} postcards.",
    ),
)

_SCENE_ASIDES = (
    *_ASIDES,
    "{hero} went there with {friend}.",
    "{friend} came to visit on {day3}.",
    "{hero} has {h} {others}.",
    "{friend} has {x} {things3}.",
    "{hero} also saw {x} {things3}.",
    "There are {h} people in {his} family.",
    "{hero} had a good time.",
    "It was {day3}.",
    "{hero} wanted to help {friend}.",
    "{third} is {h} years old and has {x} {others}.",
)

_SCENES = tuple(
    {"nouns": " ".join(nouns), "made": made, "others": others}
    for nouns, made, others in (
        (words.COLLECTED, "collected", "toy trains"),
        (words.BAKED, "baked", "spoons"),
        (words.PICKED, "picked", "ladders"),
        (words.GROWN, "planted", "birds"),
        (words.CRAFTED, "made", "brushes"),
        (words.STOCKED, "sold", "receipts"),
        (words.KEPT, "fed", "tractors"),
    )
)
SCENE_WORLDS = tuple(
    World(
        name,
        _SCENES,
        wholes=wholes,
        asides=_SCENE_ASIDES,
        money=name == "money scenes",
    )
    for name, wholes in (
        ("scenes of things", HAVING),
        ("scenes of groups", GROUPS),
        ("money scenes", MONEY),
        ("scenes of measures", MEASURES),
        ("longer scenes", LONGER),
    )
)

MIXTURES = World("mixtures", _SCENES, made=mixture, asides=_SCENE_ASIDES)

#: Told in the splits ``unseen-train`` and ``unseen-test`` alone.
UNSEEN_WORLD = World("unseen", _SCENES, wholes=UNSEEN, asides=_SCENE_ASIDES)

WORLDS: tuple[tuple[World, int], ...] = (
    *((world, 4) for world in COUNT_WORLDS),
    (PLACE_WORLD, 8),
    (MONEY_WORLD, 12),
    (MEASURE_WORLD, 8),
    (ROWS_WORLD, 5),
    (AGE_WORLD, 3),
    (MIXED_WORLD, 10),
    *((world, 25) for world in SCENE_WORLDS),
    (MIXTURES, 80),
)
