"""Scenes of several steps, in the longer sentences of school books.

Told as in :mod:`~kpdd_cli.benchmarks.synthetic.scenes_things`. Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

LONGER: tuple[Piece, ...] = (
    *scene(
        "three people, compared",
        "a:several b:few c:several",
        "[{hero}, {friend}[,|] and {third} are [collecting|counting|selling|making] {things}. "
        "{hero} has {a}[ {things}|]. {friend} has {b} times as many as {hero}, and {third} has "
        "{c} [less|fewer] than {friend}.|{third} has {c} fewer {things} than {friend}, who has "
        "{b} times the number of {things} that {hero} has. {hero} has {a}.]",
        (
            "[How many {things} do they have [combined|all together|in total]?|What is the total "
            "number of {things} the three have?]",
            "p=a*b|{friend} has {p} {things}.",
            "q=p-c|{third} has {q} {things}.",
            "v=a+p+q|They have {v} {things} in total.",
        ),
        (
            "How many {things} does {third} have?",
            "p=a*b|{friend} has {p} {things}.",
            "v=p-c|{third} has {v} {things}.",
        ),
        (
            "How many more {things} does {third} have than {hero}?",
            "p=a*b|{friend} has {p} {things}.",
            "q=p-c|{third} has {q} {things}.",
            "v=q-a|{third} has {v} more {things}.",
        ),
    ),
    *scene(
        "half of another, together",
        "a:some b:some",
        "[{friend} has {a} {things}. {hero} has half [as many|that amount|the number of {things} "
        "{friend} has].|{hero} has half as many {things} as {friend}[,| does,] who has {a}.] "
        "{third} has {b} more than {hero}.",
        ("How many {things} does {hero} have?", "v=a/2|{hero} has {v} {things}."),
        (
            "How many {things} does {third} have?",
            "p=a/2|{hero} has {p} {things}.",
            "v=p+b|{third} has {v} {things}.",
        ),
        (
            "How many {things} do {hero} and {friend} have combined?",
            "p=a/2|{hero} has {p} {things}.",
            "v=a+p|They have {v} {things} combined.",
        ),
    ),
    *scene(
        "remaining after fractions",
        "a:some b:some",
        "[{hero} has [a total of |]{a} {things}. {he} [decides|decided] to give [half|one half] "
        "of them to {friend} and {b} of the remaining ones to {third}.|There are {a} {things} in "
        "the shop. Half of them are sold on {day}, and {b} of the remaining {things} on {day2}.]",
        (
            "How many {things} [are left|remain|are remaining]?",
            "p=a/2|Half of them are {p} {things}.",
            "v=p-b|{v} {things} are left.",
        ),
    ),
    *scene(
        "fraction, then fraction of the rest",
        "a:some",
        "[{hero} had {a} {things}. {he} gave a third of them to {friend} and half of the "
        "remaining {things} to {third}.|Out of {a} {things}, a third are {kind}. Half of the rest "
        "are {kind2}.]",
        (
            "How many {things} are [then |][left|in the end]?",
            "p=a/3|A third are {p} {things}.",
            "q=a-p|{q} {things} remain.",
            "v=q/2|{v} {things} are left.",
        ),
        ("How many {things} is a third?", "v=a/3|A third are {v} {things}."),
    ),
    *scene(
        "contains, each with a price",
        "a:few b:several c:few d:tens",
        "[Each {box} contains {b} {things}, and each {thing} costs {$c}. {hero} "
        "[buys|bought|needs] {a} {boxes}.|{hero} [buys|bought] {a} {boxes} of {things}. Each "
        "{box} contains {b} {things} that cost {$c} each.]",
        (
            "[What is the total cost[ of the {things}|]?|How much [does|did] {hero} pay[ in "
            "total|]?|What is the total amount that {hero} [pays|paid]?]",
            "p=a*b|There are {p} {things}.",
            "v=p*c|They cost {$v}.",
        ),
        ("What is the cost of one {box}?", "v=b*c|One {box} costs {$v}."),
        ("How many {things} are there?", "v=a*b|There are {v} {things}."),
    ),
    *scene(
        "full price and saved",
        "a:few b:few c:several",
        "[A {box} of {things} costs {$c}. {hero} buys {a} {boxes} and has a coupon for {$b} off[ "
        "the total|].|{hero} buys {a} {boxes} of {things} at {$c} each and gets {$b} off the "
        "total amount.]",
        (
            "[How much does {hero} [have to |]pay?|What is the total [amount|cost]?]",
            "p=a*c|The {boxes} cost {$p}.",
            "v=p-b|{hero} pays {$v}.",
        ),
    ),
    *scene(
        "salary and spending",
        "a:hundreds b:tens c:tens",
        "[{hero} earns {$a} a month. {he} [spends|pays] {$b} [on|for] rent and {$c} [on|for] food "
        "each month.|Each month {hero} gets {$a}. Of this amount {he} spends {$b} on rent and "
        "{$c} on food.]",
        (
            "How much [money |][does {hero} save|is left|remains|can {hero} save] [each month|a "
            "month|per month]?",
            "p=b+c|{hero} spends {$p}.",
            "v=a-p|{hero} saves {$v} a month.",
        ),
        (
            "How much does {hero} save in a year?",
            "p=b+c|{hero} spends {$p}.",
            "q=a-p|{hero} saves {$q} a month.",
            "v=q*12|{hero} saves {$v} a year.",
        ),
        ("How much [money |]does {hero} spend each month?", "v=b+c|{hero} spends {$v}."),
    ),
    *scene(
        "ounces and cups",
        "a:few b:several c:some",
        "[{hero} drinks {a} [glasses|bottles|cups] of water a day. Each [glass|bottle|cup] "
        "[holds|contains] {b} ounces[ of water|].|Each [bottle|glass|cup] contains {b} ounces, "
        "and {hero} needs {a} [a day|every day].]",
        ("How many ounces is that a day?", "v=a*b|That is {v} ounces a day."),
        (
            "How many ounces [is that|does {hero} drink] in a week?",
            "p=a*b|That is {p} ounces a day.",
            "v=p*7|That is {v} ounces a week.",
        ),
    ),
    *scene(
        "minutes of every day",
        "a:minute b:minute c:few",
        "[{hero} [practices|plays|runs|reads] for {a} minutes in the morning and {b} minutes in "
        "the evening[, every day|, {c} days a week].|Every day {hero} spends {a} minutes on "
        "[homework|cleaning] and {b} minutes on [music|sports].]",
        ("How many minutes is that a day?", "v=a+b|That is {v} minutes a day."),
        (
            "How many minutes is that in {c} days?",
            "p=a+b|That is {p} minutes a day.",
            "v=p*c|That is {v} minutes.",
        ),
        (
            "How many minutes is that in a week of seven days?",
            "p=a+b|That is {p} minutes a day.",
            "v=p*7|That is {v} minutes a week.",
        ),
    ),
    *scene(
        "three prices, several each",
        "a:few b:few c:few d:few",
        "[{hero} goes to the [shop|store|market] to buy {things} and {things2}. {he} buys {a} [of "
        "the first|{things}], which cost {$b} each, and {c} [of the others|{things2}] for {$d} "
        "each.|A {thing} [is|costs] {$b} and a {thing2} [is|costs] {$d}. {hero} orders {a} "
        "{things} and {c} {things2}.]",
        (
            "[How much [will|does] {hero} [spend|pay] in total?|What is the total "
            "[cost|bill]?|How much money does {hero} need?|Calculate the total amount {hero} "
            "pays.]",
            "p=a*b|The {things} cost {$p}.",
            "q=c*d|The {things2} cost {$q}.",
            "v=p+q|{hero} pays {$v}.",
        ),
        (
            "How much more do the {things} cost than the {things2}?",
            "p=a*b|The {things} cost {$p}.",
            "q=c*d|The {things2} cost {$q}.",
            "v=p-q|The {things} cost {$v} more.",
        ),
    ),
    *scene(
        "two purchases and change",
        "a:few b:few c:few d:tens",
        "[{hero} has {$d}. {he} buys {a} {things} for {$b} each and a {thing2} for {$c}.|{hero} "
        "bought a {thing2} for {$c} and {a} {things} for {$b} each. {he} had {$d} with {him}.]",
        (
            "How much [money |][will {hero} have left|does {hero} have left|change will {hero} "
            "get]?",
            "p=a*b|The {things} cost {$p}.",
            "q=p+c|All of it costs {$q}.",
            "v=d-q|{hero} has {$v} left.",
        ),
        (
            "How much did {hero} spend?",
            "p=a*b|The {things} cost {$p}.",
            "v=p+c|{hero} spent {$v}.",
        ),
    ),
    *scene(
        "percentage more",
        "a:hundreds b:percents",
        "[{friend} [has|sold|read|ran] {a} [{things}|pages|miles]. {hero} [has|sold|read|ran] "
        "{b}% more[ than {friend}|].|Last year there were {a} [students|members|{things}]. This "
        "year there are {b}% more.]",
        (
            "How many [is that for {hero}|are there this year|is that now]?",
            "p=a*b/100|That is {p} more.",
            "v=a+p|That makes {v}.",
        ),
        ("How many more is that?", "v=a*b/100|That is {v} more."),
    ),
    *scene(
        "share of the points",
        "a:some b:few c:some",
        "[{hero} scored {a} points, which is {b} times as many as {friend}. {third} scored {c} "
        "points.|{friend} and {third} play with {hero}. {hero} scored {a} points, {b} times as "
        "many as {friend}. {third} got {c}.]",
        ("How many points did {friend} score?", "v=a/b|{friend} scored {v} points."),
        (
            "How many points did {friend} and {third} score [together|combined]?",
            "p=a/b|{friend} scored {p} points.",
            "v=p+c|They scored {v} points together.",
        ),
    ),
    *scene(
        "sold by the piece",
        "a:few b:several c:few d:tens",
        "[{hero} bakes {a} [trays|batches] of {b} {things} and sells each {thing} for {$c}. [The "
        "{things} cost {him} {$d} to make.|The cost is {$d} in all.]|{hero} makes {a} {boxes} of "
        "{b} {things}. Everything costs {him} {$d}, and {he} sells each {thing} for {$c}.]",
        (
            "How much [money |]does {hero} [make|take in] [from selling them|when all are sold]?",
            "p=a*b|There are {p} {things}.",
            "v=p*c|{hero} takes in {$v}.",
        ),
        (
            "[How much profit does {hero} make?|What is {his} profit?]",
            "p=a*b|There are {p} {things}.",
            "q=p*c|{hero} takes in {$q}.",
            "v=q-d|The profit is {$v}.",
        ),
        ("How many {things} are there?", "v=a*b|There are {v} {things}."),
    ),
    *scene(
        "eggs every day",
        "a:several b:few c:few d:few",
        "[{hero}'s [hens|ducks] lay {a} eggs a day. {he} eats {b} [for breakfast|every morning], "
        "uses {c} [for baking|to bake] and sells the rest for {$d} each.|Each day {hero} collects "
        "{a} eggs, keeps {b} and gives {c} to {friend}. The rest are sold for {$d} each.]",
        (
            "How many eggs does {hero} sell [a day|each day]?",
            "p=b+c|{p} eggs are not sold.",
            "v=a-p|{hero} sells {v} eggs.",
        ),
        (
            "How much [money |]does {hero} make [a day|each day|every day]?",
            "p=b+c|{p} eggs are not sold.",
            "q=a-p|{hero} sells {q} eggs.",
            "v=q*d|{hero} makes {$v} a day.",
        ),
    ),
    *scene(
        "distance there and the rest",
        "a:hundreds b:tens c:tens d:few",
        "[{hero} is driving {a} miles to [the city|the coast|see {friend}]. {he} drove {b} miles "
        "before [lunch|noon] and {c} miles after that.|A trip of {a} miles has three parts. The "
        "first is {b} miles long and the second {c}.]",
        (
            "How many miles [are left|remain|is the rest]?",
            "p=b+c|{p} miles are done.",
            "v=a-p|{v} miles are left.",
        ),
        ("How many miles are the first two parts?", "v=b+c|They are {v} miles."),
    ),
    *scene(
        "older and times",
        "a:age b:few c:several d:few",
        "[{hero} is {a} years old, and {friend} is {c} years older[ than {him}|]. {third} is {b} "
        "times as old as {hero}.|{friend} is {c} years older than {hero}. {third} is {b} times "
        "{hero}'s age. {hero} is {a}.]",
        ("How old is {friend}?", "v=a+c|{friend} is {v}."),
        ("How old is {third}?", "v=a*b|{third} is {v}."),
        (
            "What is the sum of their ages?",
            "p=a+c|{friend} is {p}.",
            "q=a*b|{third} is {q}.",
            "v=a+p+q|The sum is {v}.",
        ),
        (
            "How old will {friend} be in {d} years?",
            "p=a+c|{friend} is {p}.",
            "v=p+d|{friend} will be {v}.",
        ),
        (
            "How old was {friend} {d} years ago?",
            "p=a+c|{friend} is {p}.",
            "v=p-d|{friend} was {v}.",
        ),
    ),
    *scene(
        "age turned round",
        "a:age b:several c:few",
        "[{hero} is {a} years old. {he} is {b} years older than {friend}.|{hero}, who is {a}, is "
        "{b} years older than {friend}.]",
        ("How old is {friend}?", "v=a-b|{friend} is {v}."),
        (
            "How old will {friend} be in {c} years?",
            "p=a-b|{friend} is {p}.",
            "v=p+c|{friend} will be {v}.",
        ),
    ),
    *scene(
        "age from the future",
        "a:few b:age c:age",
        "",
        (
            "[In {a} years, {hero} will be {b}[ years old|]. How old is {he} now?|{hero} will be "
            "{b} years old in {a} years. How old is {hero}[ now|]?]",
            "v=b-a|{hero} is {v}.",
        ),
        (
            "[{a} years ago, {hero} was {b}[ years old|]. How old is {he} now?|{hero} was {b} "
            "years old {a} years ago. How old is {hero}[ now|]?]",
            "v=b+a|{hero} is {v}.",
        ),
        (
            "[{hero} is {b} years old. How old will {he} be in {a} years?|If {hero} is {b} now, "
            "how old will {he} be {a} years from now?]",
            "v=b+a|{hero} will be {v}.",
        ),
        (
            "[{hero} is {b} and {friend} is {c}. What is the difference between their "
            "ages?|{hero} is {b} years old. {friend} is {c}. How much older is {hero}?]",
            "v=b-c|{hero} is {v} years older.",
        ),
    ),
    *scene(
        "workers and hours",
        "a:few b:few c:several d:few",
        "[{a} workers [make|pack|paint] {c} {things} each in an hour.|{a} [machines|people] each "
        "[make|pack] {c} {things} an hour.] They [work|run] for {b} hours[ a day|].",
        ("How many {things} do they [make|pack|paint] in an hour?", "v=a*c|They make {v} an hour."),
        (
            "How many {things} is that [in all|altogether|then]?",
            "p=a*c|They make {p} an hour.",
            "v=p*b|They make {v} {things}.",
        ),
    ),
    *scene(
        "each of them has both",
        "a:few b:few c:few",
        "[Each of {a} [children|friends|students] [has|gets|brings|needs] {b} {things} and {c} "
        "{things2}.|There are {a} {boxes}. In each there are {b} {things} and {c} "
        "{things2}.|{hero} [makes|packs] {a} bags with {b} {things} and {c} {things2} in each.]",
        ("How many {things} [is that|are there]?", "v=a*b|There are {v} {things}."),
        ("How many {things2} [is that|are there]?", "v=a*c|There are {v} {things2}."),
        (
            "How many {things} and {things2} [is that|are there] [in all|altogether]?",
            "p=b+c|Each has {p}.",
            "v=p*a|There are {v} in all.",
        ),
        (
            "How many more {things} than {things2} are there?",
            "p=b-c|Each has {p} more {things}.",
            "v=p*a|There are {v} more {things}.",
        ),
    ),
    *scene(
        "needed, bought in packs",
        "a:some b:several c:few",
        "[{hero} needs {a} {things} and has {b}. [They|The {things}] come in {boxes} of "
        "{c}.|{hero} has {b} {things} but needs {a}. Each {box} in the shop contains {c}.]",
        ("How many more {things} does {hero} need?", "v=a-b|{hero} needs {v} more {things}."),
        (
            "How many {boxes} [must|should|does] {hero} [buy|need to buy]?",
            "p=a-b|{hero} needs {p} more {things}.",
            "v=p/c|{hero} needs {v} {boxes}.",
        ),
    ),
    *scene(
        "saving each week",
        "a:hundreds b:tens c:several",
        "[{hero} wants to buy a {thing} that costs {$a}. {he} has {$b} and saves {$c} "
        "[every|each|a] week.|A {thing} costs {$a}. {hero} has already saved {$b} and adds {$c} "
        "each week.]",
        ("How much [money |]is still missing?", "v=a-b|{$v} are missing."),
        (
            "How many weeks [does {hero} need|will it take|must {hero} save]?",
            "p=a-b|{$p} are missing.",
            "v=p/c|It takes {v} weeks.",
        ),
    ),
    *scene(
        "doubling",
        "a:several b:several",
        "[On {day} {hero} [read|ran|sold|made] {a} [pages|miles|{things}]. On {day2} it was twice "
        "as many, and on {day3} {b} [more|less] than on {day}.]",
        ("How many was it on {day2}?", "v=a*2|It was {v}."),
        (
            "How many was it on {day} and {day2} [together|combined]?",
            "p=a*2|It was {p} on {day2}.",
            "v=a+p|It was {v} on both days.",
        ),
    ),
    *scene(
        "three days, growing",
        "a:several b:several",
        "[On {day} {hero} [read|ran|sold|made] {a} [pages|miles|{things}], on {day2} twice as "
        "many, and on {day3} {b} more than on {day2}.|{hero} [read|ran|sold|made] {a} "
        "[pages|miles|{things}] the first day. The second day it was double that amount, and the "
        "third day {b} more than the second.]",
        (
            "How many was it [in all|on all three days|altogether]?",
            "p=a*2|The second day it was {p}.",
            "q=p+b|The third day it was {q}.",
            "v=a+p+q|It was {v} in all.",
        ),
        (
            "How many was it on the last day?",
            "p=a*2|The second day it was {p}.",
            "v=p+b|The last day it was {v}.",
        ),
    ),
    *scene(
        "pairs",
        "a:several b:few c:some",
        "[{hero} has {a} pairs of {things}. [{he} [loses|gives away] {b} single ones.|{b} of "
        "these single ones are [old|lost].]]",
        ("How many single {things} did {hero} have?", "v=a*2|{hero} had {v}."),
        (
            "How many single {things} are left?",
            "p=a*2|{hero} had {p}.",
            "v=p-b|{v} are left.",
        ),
    ),
    *scene(
        "rest for the third",
        "a:hundreds b:some c:some",
        "[There are {a} {things} in {hero}'s [shop|garden|room]. {b} are {kind}, {c} are {kind2}, "
        "and the remaining ones are [white|plain|different].|{hero}, {friend}[,|] and {third} "
        "have {a} {things} [combined|together|in all]. {hero} has {b} and {friend} has {c}.]",
        (
            "How many [is that for the rest|are the remaining ones|does the last one have]?",
            "p=b+c|The first two are {p}.",
            "v=a-p|The rest are {v}.",
        ),
    ),
    *scene(
        "twice one, sum known",
        "a:some b:some",
        "{hero} and {friend} have {a} {things} [together|in all|combined]. {hero} has {b} [of them|"
        "{things}].",
        ("How many {things} does {friend} have?", "v=a-b|{friend} has {v} {things}."),
        (
            "How many more {things} does {hero} have than {friend}?",
            "p=a-b|{friend} has {p} {things}.",
            "v=b-p|{hero} has {v} more {things}.",
        ),
    ),
    *scene(
        "equal parts of a sum",
        "a:some b:few c:few",
        "{hero} and {b} [friends|others] [share|split|divide] {a} {things} [equally|evenly]. "
        "{friend} then gets {c} more.",
        (
            "How many {things} [does|did] {friend} have?",
            "p=b+1|They are {p} people.",
            "q=a/p|Each gets {q} {things}.",
            "v=q+c|{friend} has {v} {things}.",
        ),
    ),
)
