"""Scenes about groups of equal size: boxes, rows, teams, pages, tables, trips.

Told as in :mod:`~kpdd_cli.benchmarks.synthetic.scenes_things`. Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

GROUPS: tuple[Piece, ...] = (
    *scene(
        "guests and tables",
        "a:some b:some c:few",
        "[{hero} invited {a} people to a party, but {b} of them [did not come|could not "
        "come|didn't show up]. [Each table holds {c} people.|{hero} put {c} people at each "
        "table.|If the tables hold {c} people each,]|There were {a} [students|players|workers] in "
        "the [school|club|group], but {b} of them were [sick|away|at home]. The others "
        "[sat|worked|rode] in groups of {c}.]",
        (
            "How many [tables|groups|of them] [are needed|do they need|were there]?",
            "p=a-b|{p} people came.",
            "v=p/c|{v} are needed.",
        ),
        ("How many [people|of them] came?", "v=a-b|{v} people came."),
    ),
    *scene(
        "team points",
        "a:several b:few c:few",
        "[A team had {a} [members|players], but {b} of them [didn't show up|did not come|were "
        "sick]. Each [member|player] who [came|did come|did show up] scored {c} points.|In a "
        "game, {a} [players|children] started and {b} gave up. Each of the others "
        "[got|won|scored] {c} points.]",
        (
            "How many points [did the team score|were scored|did they get] [in all|altogether|in "
            "total|]?",
            "p=a-b|{p} players came.",
            "v=p*c|They scored {v} points.",
        ),
    ),
    *scene(
        "all but some",
        "a:several b:few c:several",
        "[A box [had|has] {a} {things}, and [each {thing}|each one] [costs|cost] {$c}. {hero} "
        "sold all but {b} of them.|{hero} had {a} {things} to sell for {$c} each and sold all but "
        "{b}.|Each {thing} [costs|cost] {$c}. If a {box} [had|has] {a} {things} and {hero} sold "
        "all but {b} [{things}|of them],]",
        (
            "How much money [did {hero} make|would {hero} make|did {hero} earn]?",
            "p=a-b|{hero} sold {p} {things}.",
            "v=p*c|{hero} made {$v}.",
        ),
        ("How many {things} did {hero} sell?", "v=a-b|{hero} sold {v} {things}."),
        (
            "How much [money would|would] all [the|of the] {things} cost?",
            "v=a*c|All the {things} cost {$v}.",
        ),
    ),
    *scene(
        "forgot some of the work",
        "a:few b:several c:several",
        "[{hero} [earned|could earn|gets|makes] {$a} for each [lawn|car|window|room] {he} [cleaned|"
        "cleans|washed]. [But {he} forgot {b} of the {c}.|{he} only did some of the {c} and left "
        "out {b}.|Of the {c} [lawns|cars|windows|rooms], {b} were not done.]"
        "|{hero} gets {a} points for each [thing|bag|bottle|can] {he} collects. {he} had {c} [bags|"
        "cans|bottles] but lost {b} of them.]",
        (
            "How [much money|many dollars|much|many points] did {hero} [actually |]make?",
            "p=c-b|{hero} did {p} of them.",
            "v=p*a|{hero} made {$v}.",
        ),
    ),
    *scene(
        "defeated all but",
        "a:few b:several c:few",
        "[In a [video |]game, each [enemy|monster|dragon] gives {hero} {a} points. A level has "
        "{b} of them[.|,] [{hero} beats all but {c}.|If {hero} beats all but {c} of them,]|A game "
        "gives {a} points for each [coin|star|card] found. There were {b} to find, and {hero} "
        "found all but {c}.]",
        (
            "How many points [did {hero} get|does {hero} get|would {hero} have]?",
            "p=b-c|{hero} got {p} of them.",
            "v=p*a|{hero} gets {v} points.",
        ),
    ),
    *scene(
        "two halves of a game",
        "a:several b:several c:few",
        "[In a game, {hero} [answered|got] {a} questions [right|correct] in the first [half|part|"
        "round] and {b} in the second. Each [question|one] was worth {c} points.|{hero} found {a} "
        "[coins|stars|gems] on the first level and {b} on the second, each worth {c} points.]",
        (
            "[What was the final score?|How many points did {hero} get [in all|altogether|]?|"
            "What was {hero}'s score?]",
            "p=a+b|{hero} got {p} of them.",
            "v=p*c|{hero} got {v} points.",
        ),
        (
            "How many more points did {hero} get [in|for] the first than [in|for] the second?",
            "p=a-b|The first had {p} more.",
            "v=p*c|{hero} got {v} more points.",
        ),
    ),
    *scene(
        "gave some boxes away",
        "a:several b:few c:several",
        "{hero} [bought|had|got] {a} {boxes} of {things} and gave {b} [of them |{boxes} |]to "
        "[{his} brother|{friend}|{his} sister]. [Each {box} has {c} {things} [inside it|in "
        "it|].|If each {box} has {c} {things} [inside it|in it|],|There are {c} {things} in each "
        "{box}.]",
        (
            "How many {things} [did {hero} still have|does {hero} still have|does {hero} have left|"
            "are left]?",
            "p=a-b|{hero} had {p} {boxes} left.",
            "v=p*c|{hero} has {v} {things} left.",
        ),
        (
            "How many {things} did {hero} give away?",
            "v=b*c|{hero} gave away {v} {things}.",
        ),
        (
            "How many {things} did {hero} [buy|have at first]?",
            "v=a*c|{hero} had {v} {things}.",
        ),
    ),
    *scene(
        "some in one place, the rest in several",
        "a:some b:some c:few",
        "[{hero} had {a} {things} [from {his} phone|to put away|]. {he} put {b} [of them "
        "|{things} |][in|into] one {box} and [put |]the rest [in|into] {c} [other |different "
        "|]{boxes}[, the same number in each|. All of these have the same number].|{hero} "
        "[planted|sent|placed] {b} of {his} {a} {things} in one [place|box|row] and the others in "
        "{c} equal [places|boxes|rows].]",
        (
            "How many {things} [were|are|went] in each [of the others|of the other {boxes}|one]?",
            "p=a-b|{p} {things} were left.",
            "v=p/c|{v} {things} are in each.",
        ),
    ),
    *scene(
        "two sources, equal groups",
        "a:some b:some c:few",
        "[{hero} [uploaded|had|got] {a} {things} from {his} [phone|aunt|mother] and {b} from "
        "{his} [camera|uncle|father]. {he} [sorted|put|divided] them into {c} "
        "[{boxes}|groups|piles] [with the same number in each|of equal size|equally].|{hero} has "
        "{a} {kind} {things} and {b} {kind2} {things}. {he} [puts|divides|shares] them [all "
        "|]equally [into|among] {c} [{boxes}|groups].]",
        (
            "How many {things} [were|are] in each [of them|one|{box}]?",
            "p=a+b|There are {p} {things}.",
            "v=p/c|{v} {things} are in each.",
        ),
        ("How many {things} are there in all?", "v=a+b|There are {v} {things}."),
    ),
    *scene(
        "new and old, so many a page",
        "a:some b:some c:few",
        "[{hero} [put|is putting|puts] {his} {things} [in|into] {boxes} with {c} [{things} |]in "
        "each[ {box}|]. {he} has {a} new {things} and {b} old [ones|{things}].|A [shop|store] had "
        "{a} {things} and got {b} more[ in a delivery|]. They put them [on shelves|in rows|into "
        "{boxes}] with {c} on each.|{hero} had {a} {kind} {things} and {b} {kind2} {things} and "
        "packed {c} [in|into] each {box}.]",
        (
            "How many [{boxes}|pages|rows|shelves|of these] [would {he} use|did they use|are "
            "needed|does {hero} need|were used]?",
            "p=a+b|There are {p} {things}.",
            "v=p/c|{v} are needed.",
        ),
    ),
    *scene(
        "sold some, shelved the others",
        "a:some b:some c:few",
        "[A [shop|store] had {a} {things}. They [sold|got rid of|gave away] {b} of them and put "
        "the [others|ones they still had|rest] [onto shelves|on tables|into {boxes}] with {c} on "
        "each.|{hero} [had|picked|made] {a} {things}. [{b} of them were bad|{he} [ate|sold|kept] "
        "{b}], and {he} put the rest [into {boxes}|into bags|in rows] of {c}.]",
        (
            "How many [shelves|tables|{boxes}|bags|rows|of these] [did they use|did {he} use|are "
            "there|were filled|does that make]?",
            "p=a-b|{p} {things} were left.",
            "v=p/c|{v} were used.",
        ),
        ("How many {things} were [left|put away]?", "v=a-b|{v} {things} were left."),
    ),
    *scene(
        "two kinds of packs",
        "a:few b:few c:several d:some",
        "{hero} [bought|has|got] {a} {boxes} of {kind} {things} and {b} {boxes} of {kind2} "
        "{things}. [Each {box} [has|had|holds|contained] {c} {things}|There are {c} {things} in "
        "each {box}][ and costs {$d}|].",
        (
            "How many {things} [did {hero} buy|does {hero} have] [in all|altogether|in total|]?",
            "p=a+b|{hero} has {p} {boxes}.",
            "v=p*c|{hero} has {v} {things}.",
        ),
        (
            "How many more {kind} {things} than {kind2} {things} [are there|did {hero} buy|does "
            "{hero} have]?",
            "p=a-b|There are {p} more {boxes}.",
            "v=p*c|There are {v} more {kind} {things}.",
        ),
        (
            "How many {kind} {things} [are there|does {hero} have]?",
            "v=a*c|There are {v} {kind} {things}.",
        ),
        (
            "How many {boxes} [are there|does {hero} have] in all?",
            "v=a+b|There are {v} {boxes}.",
        ),
    ),
    *scene(
        "packs of two sizes",
        "a:few b:several c:few d:several",
        "{hero} [bought|has|packed] {a} [small |big |]{boxes} of {b} {things} and {c} [{boxes}|"
        "larger ones|smaller ones] of {d} [{things}|each].",
        (
            "How many {things} [is that|are there|does {hero} have] [in all|altogether|]?",
            "p=a*b|The first {boxes} have {p} {things}.",
            "q=c*d|The others have {q} {things}.",
            "v=p+q|There are {v} {things} in all.",
        ),
        ("How many {boxes} are there in all?", "v=a+c|There are {v} {boxes}."),
    ),
    *scene(
        "two kinds, grouped",
        "a:some b:some c:few d:few",
        "[There are {a} {things} and {b} {things2} in {hero}'s [collection|basket|garden]. If the "
        "{things} are [put|organized|divided] into {c} groups and the {things2} into {d} groups,|"
        "{hero} [divides|sorts|puts] {a} {things} into {c} [equal |]groups and {b} {things2} into "
        "{d} [equal |]groups.|{hero} has {a} {things} in {c} equal [{boxes}|rows|groups] and {b} "
        "{things2} in {d} [{boxes}|rows|groups].]",
        (
            "How [big is each group of {things}|many {things} are in each group]?",
            "v=a/c|Each group has {v} {things}.",
        ),
        (
            "How [big is each group of {things2}|many {things2} are in each group]?",
            "v=b/d|Each group has {v} {things2}.",
        ),
        ("How many groups are there in all?", "v=c+d|There are {v} groups."),
        ("How many {things} and {things2} are there [in all|]?", "v=a+b|There are {v} of both."),
    ),
    *scene(
        "rows in a place",
        "a:several b:several c:some d:few",
        "[A [room|theater|garden|field|class] has {a} rows with {b} [seats|chairs|plants|trees] "
        "in each row|There are {a} rows of {b} [seats|chairs|plants|trees] each]. [{c} of them "
        "are [empty|free|taken|new]|{c} [people|visitors|children] are there][ and {d} "
        "[people|workers] look after them|].",
        (
            "How many [seats|chairs|plants|trees|of them] are there [in all|altogether|]?",
            "v=a*b|There are {v} in all.",
        ),
        (
            "How many are [not among these|left]?",
            "p=a*b|There are {p} in all.",
            "v=p-c|{v} are left.",
        ),
    ),
    *scene(
        "chapters of a book",
        "a:some b:few c:some",
        "[{hero} [was reading|is reading|read] a book[ with {b} [chapters|parts]|]. The book "
        "[has|had] {a} pages in {b} [chapters|parts], all of the same length. It took {him} {c} "
        "days[ to finish|].|A book has {b} chapters with the same number of pages and {a} pages "
        "in all. {hero} [finished|read] it in {c} days.]",
        (
            "How many pages [are|were] in each [chapter|part|of them]?",
            "v=a/b|Each has {v} pages.",
        ),
        (
            "How many pages did {hero} read [per day|each day|a day]?",
            "v=a/c|{hero} read {v} pages a day.",
        ),
    ),
    *scene(
        "pages and chapters",
        "a:several b:several c:several d:few",
        "{hero} had to [do|finish|complete] {a} pages of [math|history] [homework|], {b} pages of "
        "[reading|science] and {c} pages of [music|biology]. [There are {d} problems on each "
        "page.|]",
        (
            "How many pages [is that|did {hero} have to do] [in all|altogether|in total]?",
            "v=a+b+c|That makes {v} pages.",
        ),
        (
            "How many more pages of [math|history] than of [music|biology] [is that|were there]?",
            "v=a-c|There are {v} more pages.",
        ),
        (
            "How many pages of [reading|science] and of [music|biology] [is that|were there]?",
            "v=b+c|That makes {v} pages.",
        ),
    ),
    *scene(
        "problems left to do",
        "a:some b:some c:few",
        "[{hero} had {a} [problems|questions] [for homework|to solve|to do]. {he} [already |]"
        "[finished|did|solved] {b} of them [at school|] and still had {c} pages [of problems |]to "
        "do, [all with the same number|each with as many].|{hero} has to do {a} problems. {he} has "
        "done {b}, and the rest are on {c} equal pages.]",
        (
            "How many [problems|questions] [are|were] [on each page|there on each page]?",
            "p=a-b|{p} problems were left.",
            "v=p/c|Each page has {v} problems.",
        ),
        ("How many [problems|questions] are left?", "v=a-b|{v} problems are left."),
    ),
    *scene(
        "rooms to paint",
        "a:several b:few c:few",
        "[A painter|{hero}|A worker] [needed to paint|has to paint|had to clean|must clean] {a} "
        "[rooms|houses|walls]. [Each [room|one|of them] takes {b} hours[ to do|].|It takes {b} "
        "hours for each.] {c} of them are already [done|painted|finished].",
        (
            "How [much longer|many hours] will [the rest take|it take to do the rest|it take to "
            "finish]?",
            "p=a-c|{p} rooms are left.",
            "v=p*b|It will take {v} hours.",
        ),
        (
            "How many [are left|are left to do|still have to be done]?",
            "v=a-c|{v} rooms are left.",
        ),
    ),
    *scene(
        "trays in one trip",
        "a:few b:several c:several",
        "[{hero} can carry {a} [trays|{boxes}|bags] at a time. {he} has to [get|bring|pick up] "
        "{b} [trays|{boxes}|bags] from one [table|room|house] and {c} from another.|{hero} can "
        "[wash|load|bake] {a} [things|{things}] at once. {he} has {b} {kind} ones and {c} {kind2} "
        "ones to do.]",
        (
            "How many [trips|times|loads] [will {he} make|does {he} need|is that]?",
            "p=b+c|There are {p} of them.",
            "v=p/a|{hero} needs {v} trips.",
        ),
    ),
    *scene(
        "vans and people",
        "a:few b:few c:several d:few",
        "[A class|A school|A club] went to the [zoo|museum|park] in {a} [cars|vans] and {b} buses. "
        "There were {c} people in each of the [cars|vans] and {d} [people |]in each bus.",
        (
            "How many people [went|were there] [in all|altogether|]?",
            "p=a*c|{p} people went in the first ones.",
            "q=b*d|{q} people went by bus.",
            "v=p+q|{v} people went.",
        ),
        (
            "How many more people were in the [cars|vans] than in the buses?",
            "p=a*c|{p} people went in the first ones.",
            "q=b*d|{q} people went by bus.",
            "v=p-q|{v} more people were in the first ones.",
        ),
    ),
    *scene(
        "adults and children",
        "a:some b:some c:few",
        "[{a} students and {b} [teachers|adults|parents] [are going|went] on a trip. [Each "
        "bus|One bus] [can hold|holds|seats] {c} people.|A group of {a} children and {b} adults "
        "[sits|sit] at tables for {c}.]",
        (
            "How many [of these |][do they need|are needed]?",
            "p=a+b|There are {p} people.",
            "v=p/c|They need {v}.",
        ),
    ),
    *scene(
        "boxes of boxes",
        "a:few b:few c:several",
        "[There are {a} {boxes} with {b} [bags|packs|rows] in each. [Each [bag|pack|row]|Every "
        "one] [has|holds] {c} {things}.|{hero} has {a} {boxes}. Each {box} has {b} [bags|packs] "
        "of {c} {things}.]",
        (
            "How many {things} are there [in all|altogether|]?",
            "p=a*b|There are {p} packs.",
            "v=p*c|There are {v} {things}.",
        ),
        (
            "How many [bags|packs|rows] are there?",
            "v=a*b|There are {v} packs.",
        ),
    ),
    *scene(
        "everyone gets some",
        "a:some b:few c:few d:several",
        "[{hero} has {a} {things} for {b} [friends|children|guests]. Each [of them |]gets {c} "
        "[{things}|].|{a} {things} were [brought|bought] to the party. {b} [children|people] took "
        "{c} [{things} |]each.]",
        (
            "How many {things} are left?",
            "p=b*c|They get {p} {things}.",
            "v=a-p|{v} {things} are left.",
        ),
        (
            "How many {things} [did they take|are given away] in all?",
            "v=b*c|They get {v} {things}.",
        ),
    ),
    *scene(
        "equal shares",
        "a:some b:few c:some",
        "[{hero} has {a} {things} and [wants to share|shares|divides|splits] them [equally "
        "|evenly |][among|between|with] {b} [friends|children|people]. [{he} also has {c} "
        "{things2}.|]|{a} {things} are [shared|split] [equally|evenly] [among|between] {b} "
        "[people|children].]",
        (
            "How many {things} [does each one get|will each get|does each person get|would each "
            "friend get]?",
            "v=a/b|Each one gets {v} {things}.",
        ),
    ),
    *scene(
        "same number in each",
        "a:some b:few c:some",
        "[{hero} [put|has|placed] the same number of {things} in each of {b} {boxes}, {a} {things} "
        "in all.|There are {a} {things} in {b} {boxes}, the same number in each.|{hero} needs {b} "
        "{boxes} for {a} {things}.|{hero} has {a} {things}. They fill {b} {boxes}.] [{c} {things2} "
        "are not in {boxes}.|]",
        (
            "How many {things} [are in each {box}|does one {box} hold|are there in one {box}]?",
            "v=a/b|Each {box} has {v} {things}.",
        ),
    ),
    *scene(
        "so many in each",
        "a:some b:few c:some",
        "[{hero} has {a} {things}[ and {c} {things2}|]. {he} [puts|packs|places] {b} [{things} "
        "|]in each {box}.|{b} {things} fit [in|into] one {box}, and {hero} has {a} {things}[ and "
        "{c} {things2}|].|If {hero} puts {b} {things} in each {box} and has {a} {things},]",
        (
            "How many {boxes} [does {hero} need|will {hero} need|can {hero} fill|are needed]?",
            "v=a/b|{hero} needs {v} {boxes}.",
        ),
    ),
    *scene(
        "each has, no story",
        "a:some b:few c:several",
        "",
        (
            "[If each {box} holds {c} {things}, how many {things} [are in|do] {b} {boxes}[ hold|]?|"
            "If there are {b} {boxes} with {c} {things} in each, how many {things} are there?|How "
            "many {things} are there in {b} {boxes} if each {box} has {c} {things}?|How many "
            "{things} would you have if you had {b} {boxes} of {c} {things} each?|If {b} [people|"
            "friends] each have {c} {things}, how many {things} do they have in all?]",
            "v=b*c|There are {v} {things}.",
        ),
        (
            "[If {a} {things} are put into {boxes} of {b}, how many {boxes} are there?|How many "
            "groups of {b} can be made from {a} {things}?|How many {boxes} of {b} {things} can "
            "{hero} make with {a} {things}?|If {hero} uses {b} {things} for each {thing2}, how "
            "many {things2} can {he} make with {a} {things}?]",
            "v=a/b|There are {v} {boxes}.",
        ),
        (
            "[If {a} {things} are divided equally among {b} people, how many does each get?|How "
            "many {things} does each of {b} people get if there are {a} in all?|If {b} {boxes} "
            "hold {a} {things}, how many does each {box} hold?]",
            "v=a/b|Each gets {v} {things}.",
        ),
    ),
    *scene(
        "birds and trees",
        "a:some b:some c:some",
        "[{a} [birds|animals|people] [live|lived|were|are] near [the mountain|the river|the lake]. "
        "{b} of them [went|flew|moved] to [the south|another place|the north] and {c} [went|flew|"
        "moved] to [the west|the sea|the city].|There were {a} [families|birds|animals] at the "
        "[river|lake|mountain]. In the winter {b} [went|flew] away to one place and {c} to "
        "another.]",
        (
            "How many [of them |animals |birds |families |people |][went|flew|moved] away [in all|"
            "altogether|]?",
            "v=b+c|{v} went away.",
        ),
        (
            "How many [are left|stayed|are still there]?",
            "p=b+c|{p} went away.",
            "v=a-p|{v} are left.",
        ),
        (
            "How many more [of them |][went|flew|moved] to the first place than to the second?",
            "v=b-c|{v} more went to the first place.",
        ),
    ),
    *scene(
        "bus stops",
        "a:some b:some c:some",
        "[There were {a} [people|children|passengers] on the bus. At the [first |next |]stop, {b} "
        "[more |][got on|joined] and {c} got off.|A bus [starts|started] with {a} "
        "[people|children]. {c} got off and {b} got on at the [next |]stop.]",
        (
            "How many [people|children|passengers] [are|were] on the bus [now|then]?",
            "p=a+b|There were {p} people.",
            "v=p-c|There are {v} people now.",
        ),
        (
            "How many more got on than got off?",
            "v=b-c|{v} more got on.",
        ),
        (
            "How many more got off than got on?",
            "v=c-b|{v} more got off.",
        ),
    ),
    *scene(
        "bus stop unknown",
        "a:some b:some c:some",
        "There were {a} [people|children|passengers] on the bus. At the [bus |next |]stop [some|"
        "some of them] got [off|off the bus]. [Then|Now] there [were|are] {b} [left|people|"
        "children] on the bus.",
        (
            "How many [people|children|passengers|of them] got off?",
            "v=a-b|{v} got off.",
        ),
    ),
    *scene(
        "boys and girls",
        "a:some b:some c:some d:some",
        "[There are|There were] {a} girls and {b} boys in [a school|a class|the club]. [Then |]{c} "
        "more girls and {d} [teachers|more boys] [joined|came].",
        (
            "How many [children|students|pupils] were there [at first|before|before that]?",
            "v=a+b|There were {v} at first.",
        ),
        (
            "How many more girls than boys were there [at first|before]?",
            "v=a-b|There were {v} more girls.",
        ),
        ("How many girls are there [now|]?", "v=a+c|There are {v} girls."),
        ("How many people [joined|came] in all?", "v=c+d|{v} people came."),
    ),
    *scene(
        "girls join",
        "a:some b:some c:some",
        "[A school|A class|The club|A choir] has {a} girls and {b} boys. [{c} more girls [joined|"
        "join|came].|Then {c} girls [joined|came].]",
        ("How many girls are there now?", "v=a+c|There are {v} girls now."),
        (
            "How many [children|students|pupils] are there now?",
            "p=a+b|There were {p} at first.",
            "v=p+c|There are {v} now.",
        ),
        ("How many more girls than boys were there at first?", "v=a-b|There were {v} more girls."),
        (
            "How many more girls than boys are there now?",
            "p=a+c|There are {p} girls now.",
            "v=p-b|There are {v} more girls.",
        ),
    ),
    *scene(
        "wheels and legs",
        "a:several b:several c:few d:few",
        "[There are {a} [cars|cows|chairs|dogs] and {b} [bikes|birds|stools|chickens] [on the farm|"
        "in the shop|in the yard|]. Each of the first has {c} [legs|wheels|parts] and each of the "
        "others {d}.|{a} {things} have {c} [legs|wheels|parts] each, and {b} {things2} have {d} "
        "[legs|wheels|parts] each.]",
        (
            "How many [legs|wheels|parts] are there [in all|altogether|]?",
            "p=a*c|The first have {p}.",
            "q=b*d|The others have {q}.",
            "v=p+q|There are {v} in all.",
        ),
    ),
)
