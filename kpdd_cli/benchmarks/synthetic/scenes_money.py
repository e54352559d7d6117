"""Scenes about money: prices, bills, wages, savings, discounts, profit.

Told as in :mod:`~kpdd_cli.benchmarks.synthetic.scenes_things`. Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

MONEY: tuple[Piece, ...] = (
    *scene(
        "two prices",
        "a:price b:price c:few d:few",
        "[A {thing} costs {$a} and a {thing2} costs {$b}.|At the [shop|store|market], {things} "
        "cost {$a} each and {things2} {$b} each.|One {thing} costs {$a}. One {thing2} costs "
        "{$b}.] {hero} [bought|buys|wants to buy] {c} {things} and {d} {things2}.",
        ("How much do the {things} cost [in all|altogether|]?", "v=a*c|The {things} cost {$v}."),
        ("How much do the {things2} cost [in all|altogether|]?", "v=b*d|The {things2} cost {$v}."),
        (
            "How much [does {hero} [have to |]pay|did {hero} spend|is that|money does {hero} need] "
            "[in all|altogether|in total|]?",
            "p=a*c|The {things} cost {$p}.",
            "q=b*d|The {things2} cost {$q}.",
            "v=p+q|{hero} pays {$v}.",
        ),
        ("How much more does a {thing} cost than a {thing2}?", "v=a-b|A {thing} costs {$v} more."),
        (
            "How much do one {thing} and one {thing2} cost [together|]?",
            "v=a+b|They cost {$v} together.",
        ),
        ("How many [things|of both] does {hero} buy?", "v=c+d|{hero} buys {v} things."),
    ),
    *scene(
        "bill and change",
        "a:price b:price c:tens",
        "[{hero} bought a {thing} for {$a} and a {thing2} for {$b}.|{hero} spent {$a} on a {thing} "
        "and {$b} on a {thing2}.|{hero} paid {$a} for a {thing} and {$b} for a {thing2}.] [{he} "
        "[gave|paid with] a {$c} bill.|{he} had {$c}[ with {him}|].]",
        (
            "How much [did {hero} spend|did {hero} pay|did {hero} pay in all|was that altogether|"
            "did the two cost together]?",
            "v=a+b|{hero} spent {$v}.",
        ),
        (
            "How much [money does {hero} have left|change does {hero} get|is left|does {hero} get "
            "back]?",
            "p=a+b|{hero} spent {$p}.",
            "v=c-p|{hero} has {$v} left.",
        ),
        (
            "How much more [did the {thing} cost than the {thing2}|did {hero} spend on the {thing} "
            "than on the {thing2}]?",
            "v=a-b|The {thing} cost {$v} more.",
        ),
    ),
    *scene(
        "price from what is left",
        "a:some b:some",
        "[{hero} had {$a}. After {he} bought a {thing}, {he} had {$b} left.|{hero} has {$b} left "
        "after [buying|paying for] a {thing}. {he} had {$a} [at the start|at first].|{hero} went "
        "to the [shop|store] with {$a} and came back with {$b}. {he} had bought a {thing}.|{hero} "
        "had {$a} and spent some of it on a {thing}. Now {he} has {$b}.]",
        (
            "How much [did the {thing} cost|did {hero} spend|did {hero} pay for the {thing}|was "
            "the price of the {thing}]?",
            "v=a-b|The {thing} cost {$v}.",
        ),
    ),
    *scene(
        "at first, from what is left",
        "a:some b:some c:some",
        "[{hero} [spent|paid] {$a} [on|for] a {thing} [and has {$b} left|and now has {$b}].|After "
        "spending {$a} on a {thing}, {hero} has {$b} [left|].|{hero} bought a {thing} for {$a}. "
        "{he} [has|had] {$b} left.] [{friend} has {$c}.|A {thing2} costs {$c}.|]",
        (
            "How much [money did {hero} have|did {hero} have|money did {hero} start with] [at "
            "first|before that|in the beginning|at the start]?",
            "v=a+b|{hero} had {$v} at first.",
        ),
    ),
    *scene(
        "price of each, from what is left",
        "a:some b:few c:some",
        "[{hero} had {$a} [to spend|] and bought {b} {things}. After [that|buying them], {he} had "
        "{$c} [left|].|After buying {b} {things} [that cost the same|], {hero} has {$c} left of "
        "{$a}.|{hero} [spent|went out with] {$a}[,| and] bought {b} {things} at the same price and "
        "[came back|went home] with {$c}.]",
        (
            "How much [did each {thing} cost|did each of them cost|was one {thing}]?",
            "p=a-c|The {things} cost {$p}.",
            "v=p/b|Each {thing} cost {$v}.",
        ),
        ("How much did {hero} spend?", "v=a-c|{hero} spent {$v}."),
    ),
    *scene(
        "each, spent and now",
        "a:some b:few c:some",
        "{hero} spent {$a} to buy {b} {things}[, each at the same price|]. [Now|Then] {he} has "
        "{$c}.",
        ("How much did each {thing} cost?", "v=a/b|Each {thing} cost {$v}."),
        ("How much money did {hero} have before?", "v=a+c|{hero} had {$v}."),
    ),
    *scene(
        "buy with what is left",
        "a:some b:some c:few",
        "[{hero} had {$a} and spent {$b} on a [new |]{thing2}.|{hero} had {$a}. {he} "
        "[lost|spent|paid|gave {friend}] {$b}.] [{things} cost {$c} each.|If {things} cost {$c} "
        "each,|{he} wants to buy {things} for {$c} each.]",
        (
            "How many {things} can {hero} buy [with the rest|with what is left|with the money left|"
            "now]?",
            "p=a-b|{hero} had {$p} left.",
            "v=p/c|{hero} can buy {v} {things}.",
        ),
        ("How much money [is left|does {hero} have left]?", "v=a-b|{hero} had {$v} left."),
    ),
    *scene(
        "saved and got, then buy",
        "a:some b:some c:few",
        "[{hero} [saved|had|made] {$a} and [got|received|made|earned] {$b} [for {his} "
        "birthday|from {friend}|from {his} uncle|at work|more].|{hero} earned {$a} in the morning "
        "and {$b} in the afternoon.] [{he} spends {$c} a week.|If {he} spends {$c} each "
        "week,|{things} cost {$c} each.]",
        (
            "How [many weeks|long] [would it last|will it last|would that last {him}]? ",
            "p=a+b|{hero} had {$p}.",
            "v=p/c|It lasts {v} weeks.",
        ),
        (
            "How many [{things}|weeks] [is that enough for|can {he} pay for]?",
            "p=a+b|{hero} had {$p}.",
            "v=p/c|It is enough for {v}.",
        ),
        ("How much [money |]did {hero} have [in all|]?", "v=a+b|{hero} had {$v}."),
    ),
    *scene(
        "tickets left over",
        "a:several b:few c:few",
        "[{hero} bought {a} tickets at the fair. After [a ride|the rides|some games] {he} had {b} "
        "[tickets |]left. [Each ticket cost {$c}.|If each ticket cost {$c},]|{hero} had {a} "
        "[coupons|tickets|coins] worth {$c} each and used all but {b}.]",
        (
            "How much [money did {hero} spend on them|were those that {he} used worth|did the "
            "rides cost]?",
            "p=a-b|{hero} used {p} of them.",
            "v=p*c|They cost {$v}.",
        ),
        (
            "How many [tickets |]did {hero} use?",
            "v=a-b|{hero} used {v} of them.",
        ),
    ),
    *scene(
        "rides",
        "a:few b:few c:few",
        "{hero} [rode|was on] one ride {a} times and another [ride |]{b} times. [Each ride [costs|"
        "cost] {c} tickets.|If each [ride|time] costs {c} tickets,]",
        (
            "How many tickets did [{he}|{hero}] [use|need|pay]?",
            "p=a+b|{hero} had {p} rides.",
            "v=p*c|{hero} used {v} tickets.",
        ),
    ),
    *scene(
        "discount on each",
        "a:some b:few c:few",
        "[Each {thing} costs {$a}. [There is a discount of {$b} on each {thing}.|Today it is {$b} "
        "less.]|The price of a {thing} is {$a}, and {hero} gets {$b} off.|A {thing} [usually |"
        "normally |]costs {$a}. It is on sale for {$b} less.] [{hero} wants {c} of them.|]",
        (
            "How much [do you have to pay for|does {hero} pay for|does it cost to buy] [each|one] "
            "{thing}[ now|]?",
            "v=a-b|Each {thing} costs {$v}.",
        ),
        (
            "How much do {c} {things} cost [now|with the discount]?",
            "p=a-b|Each {thing} costs {$p}.",
            "v=p*c|{c} {things} cost {$v}.",
        ),
    ),
    *scene(
        "earnings a week, with rent",
        "a:tens b:few c:several",
        "{hero} earns {$a} [every week|a week|each week] for {b} weeks [of work|]. [{he} has to "
        "pay {$c} [rent |][every week|a week|each week].|It costs {him} {$c} a week to get to "
        "work.]",
        (
            "How much [money |]does {hero} earn [in that time|in all|during that time]?",
            "v=a*b|{hero} earns {$v}.",
        ),
        (
            "How much does {hero} pay [for it |]in that time?",
            "v=c*b|{hero} pays {$v}.",
        ),
        (
            "How much money does {hero} have [left|at the end of it|left at the end]?",
            "p=a-c|{hero} has {$p} left a week.",
            "v=p*b|{hero} has {$v} left.",
        ),
    ),
    *scene(
        "profit on each kind",
        "a:few b:few c:some d:some",
        "A [shop|store] makes {$a} on each {thing} and {$b} on each {thing2}. [It sold {c} "
        "{things} and {d} {things2} [last week|during the game|on {day}|].|On {day} it sold {c} "
        "{things} and {d} {things2}.]",
        (
            "How much [money |]did [the shop|it|they] make [from|on|selling] the {things}?",
            "v=a*c|The {things} made {$v}.",
        ),
        (
            "How much [money |]did [the shop|it|they] make [from|on|selling] the {things2}?",
            "v=b*d|The {things2} made {$v}.",
        ),
        (
            "How much did it make [in all|in total|altogether]?",
            "p=a*c|The {things} made {$p}.",
            "q=b*d|The {things2} made {$q}.",
            "v=p+q|It made {$v}.",
        ),
        ("How many more {things} than {things2} did it sell?", "v=c-d|It sold {v} more."),
        (
            "How much more does it make on a {thing} than on a {thing2}?",
            "v=a-b|It makes {$v} more.",
        ),
    ),
    *scene(
        "missing money",
        "a:some b:some c:some",
        "[{hero} wants to buy a {thing} [that|which] costs {$a}. {he} has [saved |]{$b}[ and "
        "{friend} has {$c}|].|{hero} needs {$a} for a {thing}. {he} has {$b}[ and earns {$c} "
        "more|].|A {thing} costs {$a}, but {hero} has only {$b}.]",
        (
            "How much more [money |]does {hero} need?",
            "v=a-b|{hero} needs {$v} more.",
        ),
    ),
    *scene(
        "two savings towards a price",
        "a:some b:some c:hundreds",
        "[{hero} is saving for a {thing} that costs {$c}. {he} [has saved|saved] {$a} and {his} "
        "[mother|father|grandmother] gave {him} {$b}.|A {thing} costs {$c}. {hero} has {$a}, and "
        "{friend} [lends|gives] {him} {$b}.]",
        (
            "How much [more |]does {hero} still need?",
            "p=a+b|{hero} has {$p}.",
            "v=c-p|{hero} needs {$v} more.",
        ),
        ("How much money does {hero} have [now|]?", "v=a+b|{hero} has {$v}."),
    ),
    *scene(
        "wages and hours",
        "a:several b:several c:few",
        "{hero} [earns|makes|is paid|gets] {$a} [an hour|per hour|for each hour] [of work|]. "
        "[{he} [worked|works] {b} hours [on {day}|] and {c} hours on {day2}.|{he} works {b} hours "
        "in the morning and {c} in the afternoon.]",
        (
            "How much [money |][did {hero} earn|does {hero} earn|does {hero} make] [in all|"
            "altogether|on both|]?",
            "p=b+c|{hero} worked {p} hours.",
            "v=p*a|{hero} earned {$v}.",
        ),
        (
            "How much more did {hero} earn for the first than for the second?",
            "p=b-c|{hero} worked {p} hours more.",
            "v=p*a|{hero} earned {$v} more.",
        ),
        ("How many hours did {hero} work?", "v=b+c|{hero} worked {v} hours."),
    ),
    *scene(
        "pay a week",
        "a:several b:few c:few d:some",
        "{hero} [earns|makes|gets] {$a} an hour and works {b} hours a day[,| for] {c} days a week. "
        "[{he} spends {$d} a week.|]",
        (
            "How much [money |]does {hero} [earn|make] [a week|in a week|each week]?",
            "p=a*b|{hero} earns {$p} a day.",
            "v=p*c|{hero} earns {$v} a week.",
        ),
        (
            "How much does {hero} [earn|make] a day?",
            "v=a*b|{hero} earns {$v} a day.",
        ),
        (
            "How many hours does {hero} work a week?",
            "v=b*c|{hero} works {v} hours a week.",
        ),
    ),
    *scene(
        "share the cost",
        "a:some b:some c:few",
        "[{hero} and {his} friends [bought|ordered] [food|dinner|pizza] for {$a} and drinks for "
        "{$b}. [The {c} of them|{c} people] [shared|split] the [cost|bill] [equally|evenly].|A "
        "[trip|party] costs {$a} for the [room|bus] and {$b} for food. {c} [people|friends] share "
        "[it|the cost] equally.]",
        (
            "How much [did each pay|does each person pay|did each of them pay]?",
            "p=a+b|All of it cost {$p}.",
            "v=p/c|Each paid {$v}.",
        ),
        ("How much [did it cost|was it] in all?", "v=a+b|All of it cost {$v}."),
    ),
    *scene(
        "discount in percent",
        "a:hundreds b:percents c:few",
        "[A {thing} [costs|cost|was] {$a}. [It is on sale for {b}% off.|The shop gives a discount "
        "of {b}%.]|The [price|original price] of a {thing} [is|was] {$a}, [but now|and today] it "
        "is {b}% [cheaper|less|off].|{hero} bought a {thing} [on sale|] with a {b}% discount[ "
        "on|, off] the price of {$a}.]",
        (
            "How much [did {hero} save|is the discount|would {hero} save]?",
            "v=a*b/100|The discount is {$v}.",
        ),
        (
            "How much [does it cost now|did {hero} pay|does {hero} pay|is the {thing} now]?",
            "p=a*b/100|The discount is {$p}.",
            "v=a-p|It costs {$v}.",
        ),
    ),
    *scene(
        "tax and tip",
        "a:hundreds b:percents c:few",
        "[{hero} [had|bought] [dinner|lunch|a meal] for {$a} and [gave|left|paid] a {b}% "
        "[tip|tax].|A {thing} costs {$a}, and the [sales |]tax is {b}%.|{hero} put {$a} in the "
        "bank at {b}% interest [a year|per year].|{hero}'s [rent|salary|pay] was {$a} and went up "
        "by {b}%.]",
        (
            "How much [is that in all|is it with that added|does it come to|is it then]?",
            "p=a*b/100|That adds {$p}.",
            "v=a+p|It comes to {$v}.",
        ),
        (
            "How much is [the tip|the tax|added|the interest|the increase]?",
            "v=a*b/100|That is {$v}.",
        ),
    ),
    *scene(
        "buy and sell",
        "a:some b:some c:several",
        "[{hero} bought a {thing} for {$a} and sold it for {$b}.|{hero} paid {$a} for a {thing}. "
        "[Later {he}|{he}] sold it for {$b}.|It costs {hero} {$a} to make a {thing}, and {he} "
        "sells [it|each] for {$b}.] [{he} did this {c} times.|]",
        (
            "How much [profit did {hero} make|did {hero} gain|money did {hero} make] on [it|one "
            "{thing}|each {thing}]?",
            "v=b-a|{hero} made {$v} on it.",
        ),
    ),
    *scene(
        "costs and sales",
        "a:some b:few c:hundreds",
        "[{hero} [made|bought] {things} [for|to sell], which cost {him} {$c} in all. {he} sold {a} "
        "of them for {$b} each.|{hero} sold {a} {things} for {$b} each. {he} had paid {$c} for "
        "everything.]",
        (
            "How much [money |]did {hero} [get for|make from|take in for] them?",
            "v=a*b|{hero} got {$v} for the {things}.",
        ),
        (
            "How much [money |]did {hero} lose on this?",
            "p=a*b|{hero} got {$p} for the {things}.",
            "v=c-p|{hero} lost {$v}.",
        ),
        (
            "What was {hero}'s profit?",
            "p=a*b|{hero} got {$p} for the {things}.",
            "v=p-c|{hero} made {$v}.",
        ),
    ),
    *scene(
        "coins",
        "a:several b:several",
        "{hero} has {a} [nickels|coins of five cents] and {b} [dimes|coins of ten cents].",
        (
            "How many coins does {hero} have?",
            "v=a+b|{hero} has {v} coins.",
        ),
        (
            "How many more [nickels|coins of five cents] than [dimes|coins of ten cents] does "
            "{hero} have?",
            "v=a-b|{hero} has {v} more.",
        ),
    ),
    *scene(
        "each day's cost",
        "a:few b:several c:some",
        "[{hero} [spends|pays] {$a} [a day|every day|each day] [on|for] [lunch|coffee|the bus]. "
        "[{he} did so for {b} days.|]|It costs {$a} a day to rent a {thing}. {hero} rents it for "
        "{b} days and pays another {$c} once.]",
        (
            "How much [money |]is that [in|for] {b} days?",
            "v=a*b|That is {$v} in {b} days.",
        ),
    ),
    *scene(
        "rent with fee",
        "a:few b:several c:some",
        "[It costs {$a} [a day|an hour] to rent a {thing}[,| and] plus {$c} [for insurance|once]. "
        "{hero} rented it for {b} [days|hours].|A [club|gym|phone plan] costs {$c} to join and "
        "{$a} a month. {hero} was in it for {b} months.]",
        (
            "How much did {hero} pay [in all|altogether|in total|]?",
            "p=a*b|The time cost {$p}.",
            "v=p+c|{hero} paid {$v}.",
        ),
    ),
    *scene(
        "twice the price",
        "a:some b:few c:some",
        "[A {thing} costs {$a}. A {thing2} costs {b} times as much.|A {thing2} costs {b} times as "
        "much as a {thing}, which costs {$a}.] [{hero} has {$c}.|]",
        ("How much [does a {thing2} cost|is a {thing2}]?", "v=a*b|A {thing2} costs {$v}."),
        (
            "How much do [both cost together|a {thing} and a {thing2} cost]?",
            "p=a*b|A {thing2} costs {$p}.",
            "v=a+p|They cost {$v} together.",
        ),
        (
            "How much more does a {thing2} cost than a {thing}?",
            "p=a*b|A {thing2} costs {$p}.",
            "v=p-a|It costs {$v} more.",
        ),
    ),
    *scene(
        "half price",
        "a:some b:few",
        "[{things} cost {$a} each[,| and] today they are half price|A {thing2} costs {$a}. A "
        "{thing} costs half as much]. {hero} buys {b} {things}.",
        (
            "How much does {hero} pay?",
            "p=a/2|A {thing} costs {$p}.",
            "v=p*b|{hero} pays {$v}.",
        ),
        ("How much does one {thing} cost?", "v=a/2|A {thing} costs {$v}."),
    ),
    *scene(
        "money compared",
        "a:some b:some c:some",
        "{hero} [has|earned|spent|saved] {$a}, {friend} {$b} more than {hero}[,|] and {third} {$c} "
        "less than {friend}.",
        ("How much is {friend}'s?", "v=a+b|{friend} has {$v}."),
        (
            "How much is {third}'s?",
            "p=a+b|{friend} has {$p}.",
            "v=p-c|{third} has {$v}.",
        ),
        (
            "How much is that for {hero} and {friend} together?",
            "p=a+b|{friend} has {$p}.",
            "v=a+p|They have {$v} together.",
        ),
    ),
    *scene(
        "earned, spent, left",
        "a:some b:some c:some d:some",
        "[{hero} had {$a}. {he} [earned|got|made] {$b} [by helping {friend}|for {his} work|] and "
        "[spent|paid] {$c} [on|for] a {thing} and {$d} [on|for] a {thing2}.|{hero} [earned|made] "
        "{$a} on {day} and {$b} on {day2}. Then {he} spent {$c} on a {thing} and {$d} on a "
        "{thing2}.]",
        (
            "How much money does {hero} have [left|now]?",
            "p=a+b|{hero} had {$p}.",
            "q=c+d|{hero} spent {$q}.",
            "v=p-q|{hero} has {$v} left.",
        ),
        ("How much did {hero} spend [in all|]?", "v=c+d|{hero} spent {$v}."),
        ("How much did {hero} have before spending anything?", "v=a+b|{hero} had {$v}."),
    ),
)
