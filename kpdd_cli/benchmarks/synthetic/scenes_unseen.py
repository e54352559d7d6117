"""Kinds of problems that no other split tells: what ``kpdd demo`` tunes the embedded student on.

Work shared by a crew, two that approach each other, mixtures, and stories told from their end.
Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

UNSEEN: tuple[Piece, ...] = (
    *scene(
        "crew",
        "a:few b:several c:few",
        "[{a} [workers|painters|machines|people] need {b} [days|hours] to [finish|do] a job.|It "
        "takes {a} [workers|painters|machines|people] {b} [days|hours] to [finish|do] a job.|A "
        "job keeps {a} [workers|painters|machines|people] busy for {b} [days|hours].]",
        (
            "How many [days|hours] would {c} [workers|painters|machines|people] need[ for it|]?",
            "p=a*b|The job is {p} units of work.",
            "v=p/c|It would take {v} units of time.",
        ),
        (
            "How many [workers|painters|machines|people] would do it in {c} [days|hours]?",
            "p=a*b|The job is {p} units of work.",
            "v=p/c|It would take {v} of them.",
        ),
    ),
    *scene(
        "supplies",
        "a:several b:several c:few",
        "[The food [lasts|is enough for] {a} [hikers|sailors|campers] {b} days, but {c} more "
        "[hikers|sailors|campers] [arrive|come].|{a} [hikers|sailors|campers] have food for {b} "
        "days. {c} more [hikers|sailors|campers] join them.]",
        (
            "[For how many days does it last now?|How many days will it last?]",
            "p=a*b|There are {p} portions.",
            "q=a+c|There are {q} people.",
            "v=p/q|It lasts {v} days.",
        ),
    ),
    *scene(
        "approaching",
        "a:hundreds b:tens c:tens",
        "[Two [trains|cars|ships] are {a} [miles|kilometers] apart and [drive|move|travel] "
        "towards each other, one at {b} and the other at {c} [miles|kilometers] an hour.|{hero} "
        "and {friend} are {a} [miles|kilometers] apart. They ride towards each other, {hero} at "
        "{b} and {friend} at {c} [miles|kilometers] an hour.]",
        (
            "[After how many hours do they meet?|How many hours does it take until they meet?]",
            "p=b+c|They approach by {p} each hour.",
            "v=a/p|They meet after {v} hours.",
        ),
    ),
    *scene(
        "catching up",
        "a:some b:tens c:tens",
        "[{friend} is {a} meters ahead of {hero}. {hero} [runs|walks|rides] {b} meters a minute "
        "and {friend} {c}.|{hero} follows {friend}, who is {a} meters ahead. {friend} "
        "[runs|walks|rides] {c} meters a minute, {hero} {b}.]",
        (
            "How many minutes does {hero} need to catch up?",
            "p=b-c|{hero} gains {p} meters a minute.",
            "v=a/p|{hero} catches up in {v} minutes.",
        ),
    ),
    *scene(
        "mixture",
        "a:few b:several c:few d:several",
        "[{hero} mixes {a} pounds of [nuts|tea|coffee] at {$b} a pound with {c} pounds at {$d} a "
        "pound.|A shop mixes {a} kilograms of [nuts|tea|coffee] for {$b} each and {c} kilograms "
        "for {$d} each.]",
        (
            "What does one [pound|kilogram|part] of the mixture cost?",
            "p=a*b|The first part costs {p}.",
            "q=c*d|The second part costs {q}.",
            "r=p+q|Together they cost {r}.",
            "s=a+c|There are {s} parts.",
            "v=r/s|One part costs {v}.",
        ),
    ),
    *scene(
        "from the end",
        "a:several b:several c:few",
        "[{hero} gave half of {his} {things} to {friend}, then {a} to {third}, and has {b} "
        "left.|Half of {hero}'s {things} were [lost|sold]. Then {a} more were [lost|sold], and "
        "{b} remained.]",
        (
            "How many {things} [did {hero} have at first|were there at first]?",
            "p=b+a|Before the second loss there were {p}.",
            "v=p*2|At first there were {v}.",
        ),
    ),
)
