"""Scenes about time, distance, weight, shapes, ages, averages, and plain numbers.

Told as in :mod:`~kpdd_cli.benchmarks.synthetic.scenes_things`. Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

MEASURES: tuple[Piece, ...] = (
    *scene(
        "weights of two",
        "a:some b:some c:some",
        "[{hero} and {friend} picked {things}. Together they [had|picked] {a} pounds. {hero}'s "
        "[{things} |]weighed {b} pounds.|The {things} of {hero} and {friend} weigh {a} pounds "
        "together, and {hero}'s weigh {b} pounds.]",
        (
            "How many pounds [did {friend}'s {things} weigh|were {friend}'s]?",
            "v=a-b|{friend}'s {things} weighed {v} pounds.",
        ),
    ),
    *scene(
        "heavier",
        "a:some b:some c:few",
        "[A {thing} weighs {a} [pounds|kilograms|grams] and a {thing2} [weighs |]{b} [more|more "
        "than that].|A {thing} weighs {a} [pounds|kilograms|grams]. A {thing2} is {b} "
        "[pounds|kilograms|grams] heavier.]",
        ("How much does a {thing2} weigh?", "v=a+b|A {thing2} weighs {v}."),
        (
            "How much do [both|the two] weigh together?",
            "p=a+b|A {thing2} weighs {p}.",
            "v=a+p|They weigh {v} together.",
        ),
        (
            "What is the weight of {c} {things}?",
            "v=a*c|{c} {things} weigh {v}.",
        ),
    ),
    *scene(
        "grew",
        "a:some b:some",
        "[A [tree|plant|child] was {a} [inches|feet|centimeters] tall [last year|in {day}|]. Now "
        "it is {b} [inches|feet|centimeters] tall.|{hero}'s hair was {a} [inches|centimeters] "
        "long[ last year|]. Now it is {b}.]",
        ("How much did it grow?", "v=b-a|It grew by {v}."),
    ),
    *scene(
        "grew by",
        "a:some b:some c:few",
        "[A [tree|plant|child] [is|was] {a} [inches|feet|centimeters] tall. It [grows|grew] {b} "
        "[more |]in [a|one] [year|month].|{hero} is {a} [inches|centimeters] tall and "
        "[grows|grew] {b}.]",
        ("How tall [is it|is that] [then|in the end]?", "v=a+b|It is {v} tall then."),
        (
            "If it [grows|grew] as much [every|each] [year|month], how tall is it after {c} of "
            "them?",
            "p=b*c|It grows by {p}.",
            "v=a+p|It is {v} tall.",
        ),
    ),
    *scene(
        "cut hair and rope",
        "a:some b:some c:some",
        "[{hero} has a [rope|ribbon|board] [of|that is] {a} [inches|feet|meters][ long|]. {he} "
        "cuts off {b}[ of it|].|A [rope|ribbon|board] was {a} [inches|feet|meters] long. {hero} "
        "[cut off|used] {b} [of it|].]",
        (
            "How [long is it now|much of it is left|many are left]?",
            "v=a-b|{v} are left.",
        ),
    ),
    *scene(
        "temperature",
        "a:tens b:several c:several",
        "[It was {a} degrees in the morning. [By noon|At noon] it was {b} degrees warmer, and in "
        "the evening {c} degrees colder than at noon.|The temperature was {a} degrees. It "
        "[rose|went up] by {b} degrees and then fell by {c}.]",
        (
            "How many degrees was it [in the end|in the evening]?",
            "p=a+b|It was {p} degrees.",
            "v=p-c|It was {v} degrees in the end.",
        ),
        (
            "[How warm was it at noon?|What was the highest temperature?]",
            "v=a+b|It was {v} degrees.",
        ),
    ),
    *scene(
        "colder",
        "a:tens b:several",
        "[The temperature was {a} degrees [in the morning|at noon|]. It [fell|dropped] by {b} "
        "degrees.|It is {a} degrees here, and {b} degrees colder [in the mountains|over there].]",
        ("What is [the temperature|it] [there|then|now]?", "v=a-b|It is {v} degrees."),
    ),
    *scene(
        "speed and time",
        "a:tens b:few c:few",
        "[A [car|train|bus|plane] [travels|drives|goes] {a} [miles|kilometers] [an|per] hour [for "
        "{b} hours|. It is on the way for {b} hours].|{hero} [rides|drives|runs] at [a speed of "
        "|]{a} [miles|kilometers] per hour for {b} hours.]",
        (
            "How [far|many miles|many kilometers] [does it go|is that|does {hero} get]?",
            "v=a*b|That is {v}.",
        ),
        (
            "How far is it after {c} more hours?",
            "p=b+c|That is {p} hours.",
            "v=a*p|It is {v} away.",
        ),
    ),
    *scene(
        "distance and time",
        "a:some b:few c:some",
        "[It is {a} [miles|kilometers] to [the city|the sea|{friend}'s house]. {hero} "
        "[drives|rides|walks] {b} [miles|kilometers] [an|per] hour.|{hero} has to "
        "[drive|walk|ride] {a} [miles|kilometers] at {b} [miles|kilometers] [an|per] hour.]",
        (
            "How [long does it take|many hours does it take|many hours is that]?",
            "v=a/b|It takes {v} hours.",
        ),
    ),
    *scene(
        "average speed",
        "a:some b:few",
        "[{hero} [drove|ran|walked|rode] {a} [miles|kilometers] in {b} hours.|It took {hero} {b} "
        "hours to [drive|ride|walk] {a} [miles|kilometers].]",
        (
            "[What was {hero}'s [average |]speed?|How many [miles|kilometers] [did {he} go |]per "
            "hour [is|was] that?|How fast [was {hero}|did {hero} go]?]",
            "v=a/b|The speed was {v} per hour.",
        ),
    ),
    *scene(
        "two parts of a trip",
        "a:tens b:few c:tens d:few",
        "{hero} [drove|rode|traveled] {b} hours at {a} [miles|kilometers] [an|per] hour and then "
        "{d} hours at {c}[ miles| kilometers|] [an|per] hour.",
        (
            "How far did {hero} [go|get|travel] [in all|altogether|]?",
            "p=a*b|The first part was {p}.",
            "q=c*d|The second part was {q}.",
            "v=p+q|The trip was {v}.",
        ),
        ("How many hours did it take?", "v=b+d|It took {v} hours."),
    ),
    *scene(
        "to work and back",
        "a:few b:few c:few",
        "[{hero} [walks|drives|rides] {a} [miles|blocks|kilometers] to [work|school] [and the "
        "same way back|and back] [every day|each day|], {b} days a week.]",
        (
            "How [far|much] is that [a week|in a week|each week]?",
            "p=a*2|That is {p} a day.",
            "v=p*b|That is {v} a week.",
        ),
        ("How [far|much] is that a day?", "v=a*2|That is {v} a day."),
    ),
    *scene(
        "there and on",
        "a:some b:some c:some",
        "[{hero} [drove|walked|ran|rode] {a} [miles|meters|blocks] to the [store|bank], {b} to "
        "the [library|school] and {c} home.|{hero} [walked|ran|rode] {a} [miles|meters] in the "
        "morning, {b} at noon and {c} in the evening.]",
        ("How far [is|was] that [in all|altogether|]?", "v=a+b+c|That is {v} in all."),
        (
            "How much longer [is|was] the first part than the last[ one|]?",
            "v=a-c|It was {v} longer.",
        ),
        ("How far are the first two together?", "v=a+b|They are {v} together."),
    ),
    *scene(
        "how far ahead",
        "a:some b:some",
        "{hero} [ran|walked|swam|read|jumped|threw the ball] {a} [feet|meters|yards] and {friend} "
        "{b} [feet|meters|yards].",
        (
            "How much [farther|further|more] [was {hero}|did {hero} get] than {friend}?",
            "v=a-b|{hero} got {v} further.",
        ),
        ("How [many|much|far] is that [together|in all]?", "v=a+b|That is {v} together."),
    ),
    *scene(
        "farther than",
        "a:some b:some c:some",
        "[{hero} [jumped|threw the ball|ran] {a} [feet|meters]. {friend} [was {b} farther|got {b} "
        "[feet|meters] farther|did {b} more] than {hero}.|{friend} [ran|jumped] {b} [feet|meters] "
        "farther than {hero}, who [did|got] {a}.] [{third} got {c}.|]",
        ("How far [did {friend} get|was that for {friend}]?", "v=a+b|{friend} got {v}."),
        (
            "How far is that for {hero} and {friend} together?",
            "p=a+b|{friend} got {p}.",
            "v=a+p|They got {v} together.",
        ),
    ),
    *scene(
        "less far than",
        "a:some b:some",
        "[{hero} [jumped|threw the ball|ran] {a} [feet|meters], [that is|which is] {b} "
        "[more|farther] than {friend}.|{friend} [jumped|ran|swam] {b} [feet|meters] less than "
        "{hero}, who [did|got] {a}.]",
        ("How far [did {friend} get|was that for {friend}]?", "v=a-b|{friend} got {v}."),
    ),
    *scene(
        "square and rectangle",
        "a:several b:several c:few",
        "[A [rectangle|garden|room|field|picture] [is|has a length of] {a} [feet|inches|meters][ "
        "long|] and [is|a width of] {b} [feet|inches|meters][ wide|].|The [sides|length and "
        "width] of a [rectangle|garden|room] [are|measure] {a} and {b} [feet|inches|meters].]",
        ("What is [its|the] area?", "v=a*b|The area is {v}."),
        (
            "[What is [its|the] perimeter?|How long is a fence around it?]",
            "p=a+b|Two sides are {p}.",
            "v=p*2|The perimeter is {v}.",
        ),
        (
            "What does it cost at {$c} for each square?",
            "p=a*b|The area is {p}.",
            "v=p*c|It costs {v}.",
        ),
    ),
    *scene(
        "square",
        "a:several",
        "[Each side of a square [is|measures|has] {a} [feet|inches|meters].|A square [has|with] "
        "sides of {a} [feet|inches|meters].|A [tile|card|table] is a square with a side of {a} "
        "[inches|feet].]",
        ("What is [its|the|the square's] perimeter?", "v=a*4|The perimeter is {v}."),
        ("What is [its|the|the square's] area?", "v=a*a|The area is {v}."),
    ),
    *scene(
        "side of a shape",
        "a:some b:few",
        "[The area of a [rectangle|garden] is {a} square [feet|inches|meters] and its width is "
        "{b}[ feet| inches| meters|].]",
        ("[How long is it?|What is its length?]", "v=a/b|Its length is {v}."),
    ),
    *scene(
        "square from perimeter",
        "a:some",
        "[The perimeter of a square is {a} [feet|inches|meters].|A fence of {a} [feet|meters] goes "
        "around a square garden.]",
        ("How long is [one|each] side?", "v=a/4|Each side is {v}."),
    ),
    *scene(
        "triangle",
        "a:several b:several c:several",
        "The sides of a triangle are {a}, {b} and {c} [feet|inches|meters] long.",
        ("What is its perimeter?", "v=a+b+c|The perimeter is {v}."),
    ),
    *scene(
        "days and weeks",
        "a:few b:few c:several",
        "",
        (
            "[How many days are there in {a} weeks?|{hero} was away for {a} weeks. How many days "
            "is that?|If {hero} is gone for {a} weeks, how many days is that?]",
            "v=a*7|That is {v} days.",
        ),
        (
            "[How many [months|months old] [are|is] {a} years?|{hero} has lived there for {a} "
            "years. How many months is that?]",
            "v=a*12|That is {v} months.",
        ),
        (
            "[How many hours are there in {a} days?|{hero} traveled for {a} days. How many hours "
            "is that?|It took {a} days. How many hours is that?]",
            "v=a*24|That is {v} hours.",
        ),
        (
            "[How many minutes are there in {a} hours?|A [film|game|trip] lasts {a} hours. How "
            "many minutes is that?|{hero} worked for {a} hours. How many minutes did {he} work?]",
            "v=a*60|That is {v} minutes.",
        ),
        (
            "[How many inches are there in {a} feet?|A [board|rope|table] is {a} feet long. How "
            "many inches is that?]",
            "v=a*12|That is {v} inches.",
        ),
        (
            "[How many feet are there in {a} yards?|A [rope|garden|field] is {a} yards long. How "
            "many feet is that?]",
            "v=a*3|That is {v} feet.",
        ),
        (
            "[How many cents are there in {a} dollars?|{hero} has {a} quarters and {b} dimes. How "
            "many coins is that?]",
            "v=a*100|That is {v} cents.",
        ),
        (
            "[How many {things} are there in {a} dozen?|{hero} [bought|needs] {a} dozen {things}. "
            "How many {things} is that?|If {hero} [has|buys] {a} dozen {things}, how many "
            "{things} does {he} have?]",
            "v=a*12|That is {v} {things}.",
        ),
        (
            "[{hero} has {a} quarters. How many cents is that?|How many cents are {a} quarters "
            "worth?]",
            "v=a*25|That is {v} cents.",
        ),
        (
            "[{hero} has {a} pairs of {things}. How many {things} is that?|How many {things} are "
            "there in {a} pairs?]",
            "v=a*2|That is {v} {things}.",
        ),
    ),
    *scene(
        "back to larger units",
        "a:some b:few",
        "",
        (
            "[{hero} was away for {a} days. How many weeks is that?|How many weeks are {a} days?]",
            "v=a/7|That is {v} weeks.",
        ),
        (
            "[{hero} worked for {a} minutes. How many hours is that?|How many hours are {a} "
            "minutes?]",
            "v=a/60|That is {v} hours.",
        ),
        (
            "[{hero} [is|will be] away for {a} months. How many years is that?|How many years are "
            "{a} months?]",
            "v=a/12|That is {v} years.",
        ),
        (
            "[How many dozens are {a} {things}?|{hero} needs {a} {things}, which come by the "
            "dozen. How many dozen does {he} need?]",
            "v=a/12|That is {v} dozen.",
        ),
        (
            "[How many feet are {a} inches?|A [board|rope] is {a} inches long. How many feet is "
            "that?]",
            "v=a/12|That is {v} feet.",
        ),
        (
            "[How many pairs can be made from {a} {things}?|{hero} has {a} {things}. How many "
            "pairs is that?]",
            "v=a/2|That is {v} pairs.",
        ),
    ),
    *scene(
        "per hour to per day",
        "a:few b:few c:few",
        "[{hero} [{made}|makes|does|reads|writes] {a} {things} [an|per|every] hour and works {b} "
        "hours a day.|A [machine|worker|farm] [makes|packs] {a} {things} an hour for {b} hours "
        "[a|every] day.]",
        ("How many {things} is that a day?", "v=a*b|That is {v} a day."),
        (
            "How many {things} is that in {c} days?",
            "p=a*b|That is {p} a day.",
            "v=p*c|That is {v} in all.",
        ),
        (
            "How many {things} is that in a week?",
            "p=a*b|That is {p} a day.",
            "v=p*7|That is {v} a week.",
        ),
    ),
    *scene(
        "rate by proportion",
        "a:few b:some c:few",
        "[{hero} [makes|bakes|packs|reads] {b} {things} in {a} [hours|days|minutes].|It takes {a} "
        "[hours|days|minutes] to [make|pack|read] {b} {things}.|{a} [machines|workers|people] "
        "make {b} {things} [a day|an hour|].]",
        (
            "How many {things} is that [per|for each|for one][ hour| day| minute| machine|]?",
            "v=b/a|That is {v} {things}.",
        ),
        (
            "How many {things} [would {c} make|is that for {c}|is that in {c}]?",
            "p=b/a|That is {p} for one.",
            "v=p*c|That is {v} {things}.",
        ),
    ),
    *scene(
        "filled in days",
        "a:some b:few c:some",
        "[{a} [drums|barrels|{boxes}] were filled in {b} days[, the same number each "
        "day|].|{hero} and {c} others filled {a} [drums|barrels|{boxes}] in {b} days.|It takes "
        "{b} days to fill {a} [drums|barrels|{boxes}].]",
        ("How many [are|were] filled [each|per|a] day?", "v=a/b|{v} were filled each day."),
    ),
    *scene(
        "days for all",
        "a:some b:few c:some",
        "[{hero} [has|wants] to [read|solve|write|learn] {a} [pages|problems|words|letters]. {he} "
        "does {b} [each day|a day|every day].|A book has {a} pages[ and {c} pictures|]. {hero} "
        "reads {b} pages [a|each|every] day.]",
        (
            "How many days [will it take|does {he} need|does it take]?",
            "v=a/b|It takes {v} days.",
        ),
    ),
    *scene(
        "pages left",
        "a:some b:some c:some d:few",
        "[{hero} [is reading|reads] a book [of|with] {a} pages. {he} read {b} pages [yesterday|on "
        "{day}] and {c} [today|on {day2}].|A book has {a} pages. {hero} has read {b} and then "
        "another {c}.]",
        (
            "How many pages are left[ to read|]?",
            "p=b+c|{hero} read {p} pages.",
            "v=a-p|{v} pages are left.",
        ),
        ("How many pages has {hero} read?", "v=b+c|{hero} read {v} pages."),
        (
            "If {he} reads {d} pages a day from now on, how many days will it take to finish?",
            "p=b+c|{hero} read {p} pages.",
            "q=a-p|{q} pages are left.",
            "v=q/d|It takes {v} days.",
        ),
    ),
    *scene(
        "minutes spent",
        "a:minute b:minute c:minute",
        "{hero} spent {a} minutes on [math|reading|cleaning], {b} minutes on "
        "[science|writing|cooking][,|] and {c} minutes on [art|music|the garden].",
        ("How many minutes [is|was] that [in all|altogether|]?", "v=a+b+c|That is {v} minutes."),
        ("How many minutes [is|was] that for the first two?", "v=a+b|That is {v} minutes."),
        ("How many more minutes was the first than the last?", "v=a-c|It was {v} minutes more."),
    ),
    *scene(
        "clock",
        "a:few b:few c:few",
        "[{hero} [started|began] at {a} o'clock and [finished|stopped] at {b} o'clock.|A "
        "[film|class|party] begins at {a} o'clock and ends at {b} o'clock.]",
        ("How many hours [did it last|is that|did it take]?", "v=b-a|It lasted {v} hours."),
    ),
    *scene(
        "ages in the family",
        "a:age b:few c:few d:few",
        "[{hero} is {a} years old. {his} [mother|father|uncle] is {b} times as old. {his} [sister|"
        "brother] is {c} years younger than {hero}.]",
        ("How old is {his} [mother|father|uncle]?", "v=a*b|That is {v} years."),
        ("How old is {his} [sister|brother]?", "v=a-c|That is {v} years."),
        (
            "How old will {his} [mother|father|uncle] be in {d} years?",
            "p=a*b|That is {p} years now.",
            "v=p+d|That will be {v} years.",
        ),
        ("How old will {hero} be in {d} years?", "v=a+d|{hero} will be {v}."),
    ),
    *scene(
        "average of numbers",
        "a:tens b:tens c:tens d:tens",
        "[{hero}'s scores [are|were] {a}, {b}, {c}[,|] and {d}.|{hero} [scored|got|read|ran] {a}, "
        "{b}, {c} and {d} on four days.]",
        (
            "What is the average[ of these|]?",
            "p=a+b+c+d|Together they are {p}.",
            "v=p/4|The average is {v}.",
        ),
        ("How much is that together?", "v=a+b+c+d|Together they are {v}."),
    ),
    *scene(
        "average of two",
        "a:tens b:tens",
        "[{hero} [scored|got|walked|sold] {a} on {day} and {b} on {day2}.|The numbers {a} and {b} "
        "are given.]",
        (
            "What is [the|their] average?",
            "p=a+b|Together they are {p}.",
            "v=p/2|The average is {v}.",
        ),
    ),
    *scene(
        "total from average",
        "a:some b:few c:some",
        "[The average of {b} numbers is {a}.|{hero} [scored|sold|read] {a} on average in {b} "
        "[games|days|weeks].]",
        ("[What is their sum?|How much is that in all?]", "v=a*b|In all that is {v}."),
    ),
    *scene(
        "plain numbers",
        "a:some b:some c:some",
        "",
        (
            "[What is the sum of {a} and {b}?|What number is {b} more than {a}?|What do you get "
            "if you add {a} to {b}?|{hero} adds {a} and {b}. What does {he} get?|A number is {b} "
            "larger than {a}. What is the number?]",
            "v=a+b|That is {v}.",
        ),
        (
            "[What is {b} less than {a}?|What number must be added to {b} to get {a}?|A number "
            "plus {b} is {a}. What is the number?|What is the difference between {a} and {b}?|How "
            "much is left if {b} is taken from {a}?|{a} is {b} more than a number. What is the "
            "number?]",
            "v=a-b|That is {v}.",
        ),
        (
            "[What is {a} times {b}?|What number is {b} times as large as {a}?|What is the "
            "product of {a} and {b}?|A number divided by {b} is {a}. What is the number?]",
            "v=a*b|That is {v}.",
        ),
        (
            "[What number times {b} is {a}?|A number multiplied by {b} gives {a}. What is the "
            "number?|What is {a} divided by {b}?|{a} is {b} times a number. What is the number?]",
            "v=a/b|That is {v}.",
        ),
        (
            "[What is {b} percent of {a}?|What is {b}% of {a}?]",
            "v=a*b/100|That is {v}.",
        ),
        (
            "[{hero} thinks of a number, adds {b} and gets {a}. Then {he} adds {c} more. What "
            "does {he} get?|What is the sum of {a} and {c}? [{b} is not used.|]]",
            "v=a+c|That is {v}.",
        ),
        (
            "[The sum of two numbers is {a}. One of them is {b}. What is the other?|Two numbers "
            "make {a} together. One is {b}. What is the other[ number|]?]",
            "v=a-b|The other is {v}.",
        ),
        (
            "[{hero} thinks of a number, [takes away|subtracts] {b} and gets {a}. What is the "
            "number?|A number minus {b} is {a}. What is the number?]",
            "v=a+b|The number is {v}.",
        ),
        (
            "[The sum of two numbers is {a} and their difference is {b}. What is the larger one?]",
            "p=a+b|Twice the larger one is {p}.",
            "v=p/2|The larger one is {v}.",
        ),
        (
            "[The sum of two numbers is {a} and their difference is {b}. What is the smaller one?]",
            "p=a-b|Twice the smaller one is {p}.",
            "v=p/2|The smaller one is {v}.",
        ),
        (
            "[{hero} adds {a} and {b} and multiplies the sum by {c}. What does {he} get?]",
            "p=a+b|The sum is {p}.",
            "v=p*c|The product is {v}.",
        ),
        (
            "[Twice a number is {a}. What is the number?|What is half of {a}?]",
            "v=a/2|The number is {v}.",
        ),
    ),
    *scene(
        "percent of people",
        "a:hundreds b:percents c:percents",
        "[Of {a} [students|people|voters|workers], {b}% [like|want|prefer] one thing and {c}% "
        "another.|There are {a} [students|people|workers]. {b}% of them [walk|come by bus|are "
        "women].]",
        (
            "How many [students|people|workers] are [these|that] [{b}%|first ones]?",
            "v=a*b/100|That is {v}.",
        ),
        (
            "How many are not among [these|the first ones]?",
            "p=a*b/100|The first are {p}.",
            "v=a-p|{v} are not among them.",
        ),
    ),
    *scene(
        "tank and bottles",
        "a:hundreds b:few c:some",
        "[A [tank|barrel|pot] holds {a} [liters|gallons|cups] [of water|of juice|]. {hero} fills "
        "[bottles|jars|glasses] of {b} [liters|gallons|cups] each from it.|{hero} has {a} "
        "[liters|gallons|cups] of juice and [pours it into|fills] [bottles|jars|glasses] that "
        "hold {b} each.]",
        (
            "How many [bottles|jars|glasses] [does {hero} fill|can {hero} fill|is that]?",
            "v=a/b|{hero} fills {v}.",
        ),
    ),
    *scene(
        "used each day",
        "a:hundreds b:few c:few",
        "{hero} had {a} [pounds|liters|cups] of [{things}|water|rice|food] and used {b} "
        "[a|each|every] day for {c} days.",
        (
            "How much [is|was] left?",
            "p=b*c|{hero} used {p}.",
            "v=a-p|{v} are left.",
        ),
        ("How much did {hero} use?", "v=b*c|{hero} used {v}."),
        ("For how many days is it enough in all?", "v=a/b|It is enough for {v} days."),
    ),
    *scene(
        "cut into pieces",
        "a:few b:few c:few d:few",
        "[{hero} [has|baked|bought] {a} {things} and [cut|cuts] each [into|in] {b} "
        "[pieces|slices]. [{c} [pieces|slices] were eaten.|{friend} ate {c} of them.]|{a} "
        "{things} are cut into {b} [pieces|slices] each, and {c} of these are [eaten|gone].]",
        ("How many [pieces|slices] [are|were] there at first?", "v=a*b|There were {v} pieces."),
        (
            "How many [pieces|slices] are left?",
            "p=a*b|There were {p} pieces.",
            "v=p-c|{v} pieces are left.",
        ),
    ),
    *scene(
        "two kinds cut up",
        "a:few b:few c:few d:few",
        "{hero} [bakes|sells|buys] {a} {things} and {b} {things2}. Each {thing} [is cut "
        "into|has|makes] {c} [pieces|slices] and each {thing2} {d}.",
        (
            "How many [pieces|slices] is that [in all|altogether|]?",
            "p=a*c|The {things} make {p} pieces.",
            "q=b*d|The {things2} make {q} pieces.",
            "v=p+q|There are {v} pieces.",
        ),
    ),
    *scene(
        "each needs parts",
        "a:few b:few c:few d:some",
        "[Each {thing} needs {b} [buttons|wheels|eggs|cups of flour]. {hero} [makes|wants to "
        "make] {a} {things}[ and has {d} of them|].|{hero} uses {b} [buttons|wheels|eggs|cups of "
        "flour] for each {thing} and makes {a} {things}.]",
        ("How many [buttons|wheels|eggs|cups of flour] is that?", "v=a*b|That is {v}."),
    ),
    *scene(
        "score difference",
        "a:some b:some c:some",
        "[{hero}'s team scored {a} points, and the other team [scored |]{b}.|The [first|home] "
        "team has {a} points, the other one {b}.] [In the last game it was {c}.|]",
        (
            "[By how many points did {hero}'s team win?|How many points more did the first team "
            "have?]",
            "v=a-b|They won by {v}.",
        ),
        ("How many points were scored [in all|by both teams]?", "v=a+b|{v} points were scored."),
    ),
    *scene(
        "stairs and floors",
        "a:few b:several c:few",
        "[A [house|tower|hotel] has {a} floors with {b} [rooms|windows|doors] on each[ floor|]. "
        "{c} of the [rooms|windows|doors] are [closed|new|broken].]",
        ("How many [rooms|windows|doors] [are there|does it have]?", "v=a*b|There are {v}."),
        (
            "How many [rooms|windows|doors] are not [closed|new|broken]?",
            "p=a*b|There are {p}.",
            "v=p-c|{v} are not.",
        ),
    ),
)
