"""Scenes about things that people have, make, use up, share out and compare.

A scene tells several facts and can be asked several questions, each of which needs some of the
facts only: what is asked decides, not what is told. Written for this file.
"""

from __future__ import annotations

from kpdd_cli.benchmarks.synthetic.grammar import Piece, scene

_LEFT = "How many {things} [does {hero} have left|did {hero} have left|are left|remain]?"
_HAS = "How many {things} does {hero} have [now|in the end|]?"

HAVING: tuple[Piece, ...] = (
    *scene(
        "two kinds, both used",
        "a:some b:some c:some d:some",
        "{hero} [had|has] {a} {things} and {b} {things2}. "
        "[{he} [ate|used|sold|gave away] {c} {things} and {d} {things2}."
        "|{he} [ate|used|lost|sold] {d} {things2} and {c} {things}."
        "|Then {he} [lost|gave] {c} of the {things} and {d} of the {things2} [to {friend}|away].]",
        (_LEFT, "v=a-c|{hero} had {v} {things} left."),
        (
            "How many {things2} [does {hero} have left|did {hero} have left|are left]?",
            "v=b-d|{hero} had {v} {things2} left.",
        ),
        (
            "How many more {things} than {things2} did {hero} have [at first|to begin with]?",
            "v=a-b|{hero} had {v} more {things} than {things2}.",
        ),
        (
            "How many more {things} than {things2} did {hero} [use|eat|lose|give away]?",
            "v=c-d|{hero} used {v} more {things}.",
        ),
        (
            "How many {things} and {things2} did {hero} have [at first|in the beginning]?",
            "v=a+b|{hero} had {v} of both.",
        ),
        (
            "How many {things} and {things2} were [used|gone] [in all|altogether]?",
            "v=c+d|{v} were used.",
        ),
        (
            "How many {things} and {things2} [are left|does {hero} have left] [in all|altogether]?",
            "p=a-c|{p} {things} are left.",
            "q=b-d|{q} {things2} are left.",
            "v=p+q|{v} are left altogether.",
        ),
    ),
    *scene(
        "two sorts, one used",
        "a:some b:some c:some",
        "{hero} [had|has|kept] {a} {kind} {things} and {b} {kind2} {things}[ in a {box}|]. "
        "[{he}|{friend}] [lost|used|took|ate|sold] {c} [of the |]{kind} [{things}|ones].",
        (
            "How many {kind} {things} [are left|does {hero} have left|remain]?",
            "v=a-c|{v} {kind} {things} are left.",
        ),
        (
            "How many {things} [did {hero} have|were there] [at first|before that|to start with]?",
            "v=a+b|There were {v} {things}.",
        ),
        (
            "How many more {kind} {things} than {kind2} {things} [were there|did {hero} have] "
            "[at first|in the beginning]?",
            "v=a-b|There were {v} more {kind} {things}.",
        ),
        (
            "How many {things} [are left|are left in all|does {hero} have left altogether|"
            "does {hero} have now]?",
            "p=a+b|There were {p} {things}.",
            "v=p-c|{v} {things} are left.",
        ),
        (
            "How many fewer {kind} {things} than {kind2} [{things}|ones] are there now?",
            "p=a-c|{p} {kind} {things} are left.",
            "v=b-p|There are {v} fewer {kind} {things}.",
        ),
    ),
    *scene(
        "three kinds in one place",
        "a:some b:some c:some d:some",
        "[There are|There were|{hero} has|{hero} had|{hero} counted|{hero} saw] {a} {things}, "
        "{b} {things2}[,|] and {c} {things3} [in a {box}|on the table|in the room|in the shop|].",
        (
            "How many {things} and {things2} [are there|were there|is that] "
            "[in all|altogether|in total|]?",
            "v=a+b|There are {v} {things} and {things2}.",
        ),
        (
            "How many {things2} and {things3} [are there|were there] [in all|together|]?",
            "v=b+c|There are {v} {things2} and {things3}.",
        ),
        (
            "How many more {things} than {things3} [are there|were there]?",
            "v=a-c|There are {v} more {things}.",
        ),
        (
            "How many fewer {things2} than {things} [are there|were there]?",
            "v=a-b|There are {v} fewer {things2}.",
        ),
        (
            "[How many things are there altogether?|How many {things}, {things2} and {things3} are "
            "there in all?|What is the total number of {things}, {things2} and {things3}?]",
            "v=a+b+c|There are {v} in all.",
        ),
        (
            "How many more {things} and {things2} than {things3} [are there|were there]?",
            "p=a+b|There are {p} {things} and {things2}.",
            "v=p-c|There are {v} more.",
        ),
        (
            "If {d} of the {things2} are [taken away|removed|sold], how many {things2} are left?",
            "v=b-d|{v} {things2} are left.",
        ),
    ),
    *scene(
        "week of work",
        "a:some b:some c:some",
        "{hero} [{made}|made|read|sold|found|used|ate|collected] {a} {things} on {day}, {b} "
        "[{things} |]on {day2}[,|] and {c} [{things} |]on {day3}.",
        (
            "How many {things} [is that|was that] on {day} and {day2} [together|in all|]?",
            "v=a+b|That makes {v} {things} on {day} and {day2}.",
        ),
        (
            "How many {things} was that on {day2} and {day3} [together|in all|]?",
            "v=b+c|That makes {v} {things} on {day2} and {day3}.",
        ),
        (
            "How many more {things} was that on {day} than on {day3}?",
            "v=a-c|It was {v} more on {day}.",
        ),
        (
            "How many fewer {things} was it on {day} than on {day2}?",
            "v=b-a|It was {v} fewer on {day}.",
        ),
        (
            "[How many {things} was that in all?|What is the total number of {things}?|"
            "How many {things} were there on all three days?|"
            "How many {things} did {hero} have by the end of {day3}?]",
            "v=a+b+c|That makes {v} {things}.",
        ),
        (
            "How many more {things} was that on {day} and {day2} together than on {day3}?",
            "p=a+b|That makes {p} {things} on {day} and {day2}.",
            "v=p-c|It was {v} more.",
        ),
        (
            "What is the average number of {things} [a day|per day] on these days?",
            "p=a+b+c|That makes {p} {things}.",
            "v=p/3|The average is {v} {things}.",
        ),
    ),
    *scene(
        "played with",
        "a:several b:several c:several",
        "{hero} [played with|met|talked to|wrote to|helped|visited] {a} [children|friends|people] "
        "on {day}, {b} [children|people|] on {day2}[,|] and {c} on {day3}.",
        (
            "How many [children|people|friends] was that on {day} and {day2}[ in all|]?",
            "v=a+b|That makes {v} on both days.",
        ),
        (
            "How many more [children|people|friends] was that on {day} than on {day2}?",
            "v=a-b|It was {v} more on {day}.",
        ),
        (
            "How many [children|people|friends] was that altogether?",
            "v=a+b+c|That makes {v} altogether.",
        ),
    ),
    *scene(
        "before and after",
        "a:some b:some c:some",
        "{hero} [had|has] [some|a number of] {things}. {he} [gave {a} of them to {friend}|lost "
        "{a} of them|used {a} of them|ate {a} {things}|sold {a} {things}|gave away {a} {things}] "
        "and [has|had] {b} [left|{things} left]. [{friend}|{third}] has {c} {things}.",
        (
            "How many {things} did {hero} [have at first|have in the beginning|start with|"
            "have before that]?",
            "v=a+b|{hero} had {v} {things} at first.",
        ),
        (
            "How many more {things} did {hero} [lose|give away|use] than {he} has [now|left]?",
            "v=a-b|{hero} gave away {v} more.",
        ),
    ),
    *scene(
        "gone and left",
        "a:some b:some",
        "[{hero} had {a} {things}. After {he} [ate|gave away|lost|sold|used] some[ of them|], "
        "{he} [had|has] {b} left."
        "|There were {a} {things} [on the table|in the {box}|in the shop]. Then [{hero}|somebody] "
        "took some[ of them|]. [Now there are|There are still|There were] {b} {things} left."
        "|{hero} [made|baked|bought|picked] {a} {things}. Some of them were [sold|eaten|used]. "
        "{b} [{things} |]are left."
        "|{hero} started with {a} {things}. Now {he} has only {b} {things}.]",
        (
            "How many {things} [are gone|did {hero} lose|were taken|were used|are missing|"
            "did {hero} give away|did {hero} sell|did {hero} use|did {hero} eat]?",
            "v=a-b|{v} {things} are gone.",
        ),
    ),
    *scene(
        "more at the end",
        "a:some b:some",
        "[{hero} had {a} {things}. [{friend}|{third}|{his} mother|{his} teacher] gave {him} some "
        "more. [Now|Then] {he} [has|had] {b} {things}."
        "|There were {a} {things} [in the garden|on the shelf|in the park|in the box]. "
        "[{hero} added some more|Workers added more|Some more were added], and now there are {b}."
        "|When {hero} woke up, there were {a} {things}. In the evening there were {b}."
        "|{hero} had {a} {things} in {his} collection. After {his} birthday {he} had {b}.]",
        (
            "How many {things} [did {hero} get|were added|are new|did {friend} give {him}|"
            "did {hero} receive|did {hero} add]?",
            "v=b-a|{v} {things} were added.",
        ),
        (
            "How many more {things} [are|were] there [now|] than [before|at first]?",
            "v=b-a|There are {v} more {things}.",
        ),
    ),
    *scene(
        "some came, some went",
        "a:some b:some c:some",
        "[There were {a} {things} [in the {box}|on the table|there]. {hero} put in {b} more and "
        "took out {c}.|{hero} had {a} {things}. {he} [got|bought|found|won] {b} more and then "
        "[lost|gave away|sold|used] {c}.|{hero} has {a} {things}. {he} [buys|gets|finds] {b} "
        "more, but [loses|sells|uses|gives away] {c} of them.]",
        (
            "How many {things} [are there|does {hero} have|are left] [now|in the end]?",
            "p=a+b|There were {p} {things}.",
            "v=p-c|There are {v} {things} now.",
        ),
        (
            "How many more {things} came than went?",
            "v=b-c|{v} more came than went.",
        ),
    ),
    *scene(
        "used and bought more",
        "a:some b:some c:some",
        "[The [kitchen|school|store|club|bakery] had {a} {things}. They [used|sold|gave away] {b} "
        "[of them |]and [bought|ordered|made|got] {c} more."
        "|If a [shop|kitchen|school] had {a} {things}, [used|sold] {b} of them and then [bought|"
        "got] {c} more,"
        "|{hero} had {a} {things}. [Over the weekend|During the week|Yesterday] {he} [used|sold|"
        "lost|gave away] {b} and then [bought|got|found] {c} [more|new ones].]",
        (
            "How many {things} [would there be|are there|do they have|does {hero} have] "
            "[now|then]?",
            "p=a-b|{p} {things} were left.",
            "v=p+c|There are {v} {things} now.",
        ),
    ),
    *scene(
        "put together and used",
        "a:some b:some c:some",
        "[{hero} and {friend} put their {things} together. {hero} had {a} {things} and {friend} "
        "[had {b}|had {b} {things}]. [They [ate|used|gave away|lost] {c} {things}[ the first "
        "day|].|Then they [ate|used|sold|lost] {c} of them.]|{hero} [picked|made|baked|found] {a} "
        "{things} and {friend} [picked|made|baked|found] {b}. [Together they [sold|ate|used] {c} "
        "of them.|{c} of the {things} were [bad|broken|spoiled].]]",
        (
            "How many {things} [do they have left|are left|did they have left|remain|are good]?",
            "p=a+b|They had {p} {things} together.",
            "v=p-c|{v} {things} are left.",
        ),
        (
            "How many {things} did they have [together |]at first?",
            "v=a+b|They had {v} {things} together.",
        ),
    ),
    *scene(
        "given to two, some left",
        "a:some b:some c:some",
        "{hero} had [some|a {box} of] {things}. {he} gave {a} [{things} |]to {friend} and {b} "
        "[{things} |]to {third}, and [had {c} left|still has {c}|kept {c}].",
        (
            "How many {things} did {hero} [give away|give to them]?",
            "v=a+b|{hero} gave away {v} {things}.",
        ),
        (
            "How many {things} did {hero} have [at first|in the beginning|altogether]?",
            "v=a+b+c|{hero} had {v} {things} at first.",
        ),
        (
            "How many more {things} did {friend} get than {third}?",
            "v=a-b|{friend} got {v} more {things}.",
        ),
    ),
    *scene(
        "needs and has",
        "a:some b:some c:some",
        "[{hero} needs {a} {things} [for a party|for school|for a project|to finish]. {he} "
        "[already has|has] {b} {things} [and {c} {things2}|].|{hero} wants to "
        "[collect|make|bake|plant|read] {a} {things}. So far {he} has {b}.|A "
        "[recipe|plan|project|game] calls for {a} {things} and {c} {things2}. {hero} has already "
        "[put in|used|got|found] {b} {things}.]",
        (
            "How many more {things} [does {hero} need|does {hero} need to get|are needed|"
            "must {hero} still get|does {hero} need to add]?",
            "v=a-b|{hero} needs {v} more {things}.",
        ),
    ),
    *scene(
        "recipe",
        "a:several b:several c:several d:several",
        "{hero} [is baking|bakes|is making|makes] a [cake|soup|pie|salad]. The recipe [calls for|"
        "needs] {a} [cups|spoons] of {things}, {b} [cups|spoons] of {things2}[,|] and {c} [cups|"
        "spoons] of {things3}. {he} [has already put in|already put in|already added] {d} [cups|"
        "spoons] of {things}.",
        (
            "How many more [cups|spoons] of {things} does {hero} [need to add|have to add|need]?",
            "v=a-d|{hero} needs {v} more of {things}.",
        ),
        (
            "How many more [cups|spoons] of {things2} than of {things3} does the recipe need?",
            "v=b-c|It needs {v} more of {things2}.",
        ),
        (
            "How many [cups|spoons] of {things} and {things2} does it need [together|in all]?",
            "v=a+b|It needs {v} of {things} and {things2}.",
        ),
    ),
    *scene(
        "comparison, friend asked",
        "a:some b:some c:some",
        "{friend} has {a} {things}. {hero} has {b} [more|more {things}] than {friend}. "
        "[{third} has {c} {things}.|]",
        ("How many {things} does {hero} have?", "v=a+b|{hero} has {v} {things}."),
        (
            "How many {things} do {hero} and {friend} have [together|in all|altogether]?",
            "p=a+b|{hero} has {p} {things}.",
            "v=a+p|They have {v} {things} together.",
        ),
    ),
    *scene(
        "comparison turned round",
        "a:some b:some c:some",
        "{hero} has {a} {things}. {he} has {b} [more|more {things}] than {friend}. "
        "[{third} has {c} {things}.|]",
        ("How many {things} does {friend} have?", "v=a-b|{friend} has {v} {things}."),
        (
            "How many {things} do {hero} and {friend} have [together|in all|altogether]?",
            "p=a-b|{friend} has {p} {things}.",
            "v=a+p|They have {v} {things} together.",
        ),
    ),
    *scene(
        "fewer, turned round",
        "a:some b:some",
        "{hero} has {a} {things}[, which is|. That is] {b} [fewer|less] than {friend} has.",
        ("How many {things} does {friend} have?", "v=a+b|{friend} has {v} {things}."),
        (
            "How many {things} do they have [together|in all|altogether]?",
            "p=a+b|{friend} has {p} {things}.",
            "v=a+p|They have {v} {things} together.",
        ),
    ),
    *scene(
        "comparison chain",
        "a:some b:some c:some",
        "[{friend} has {a} fewer {things} than {hero}, and {third} has {b} more {things} than "
        "{friend}. {hero} has {c} {things}."
        "|{hero} has {c} {things}. {friend} has {a} fewer [{things} |]than {hero}. {third} has {b} "
        "more than {friend}.]",
        ("How many {things} does {friend} have?", "v=c-a|{friend} has {v} {things}."),
        (
            "How many {things} does {third} have?",
            "p=c-a|{friend} has {p} {things}.",
            "v=p+b|{third} has {v} {things}.",
        ),
    ),
    *scene(
        "comparison of two others",
        "a:some b:some c:some",
        "{hero} has {a} {things}. {friend} has {b} [more|more {things}] than {hero}, and {third} "
        "has {c} [fewer|less] than {hero}.",
        ("How many {things} does {friend} have?", "v=a+b|{friend} has {v} {things}."),
        ("How many {things} does {third} have?", "v=a-c|{third} has {v} {things}."),
        (
            "How many more {things} does {friend} have than {third}?",
            "v=b+c|{friend} has {v} more {things}.",
        ),
        (
            "How many {things} do {friend} and {third} have together?",
            "p=a+b|{friend} has {p} {things}.",
            "q=a-c|{third} has {q} {things}.",
            "v=p+q|They have {v} {things} together.",
        ),
    ),
    *scene(
        "two kinds for two people",
        "a:some b:some c:some d:some",
        "{hero} has {a} {things} and {b} {things2}. {friend} has {c} {things} and {d} {things2}.",
        (
            "How many {things} do [they|{hero} and {friend}] have [together|in all|altogether]?",
            "v=a+c|They have {v} {things} together.",
        ),
        (
            "How many {things2} do they have [together|in all|altogether]?",
            "v=b+d|They have {v} {things2} together.",
        ),
        (
            "How many more {things} does {hero} have than {friend}?",
            "v=a-c|{hero} has {v} more {things}.",
        ),
        (
            "How many fewer {things2} does {hero} have than {friend}?",
            "v=d-b|{hero} has {v} fewer {things2}.",
        ),
        (
            "How many more {things} than {things2} does {friend} have?",
            "v=c-d|{friend} has {v} more {things} than {things2}.",
        ),
    ),
    *scene(
        "fewer and more",
        "a:some b:some c:some d:some",
        "{hero} has {a} fewer {things} and {b} more {things2} than {friend}. {friend} has {c} "
        "{things} and {d} {things2}.",
        ("How many {things} does {hero} have?", "v=c-a|{hero} has {v} {things}."),
        ("How many {things2} does {hero} have?", "v=d+b|{hero} has {v} {things2}."),
        (
            "How many more {things2} than {things} does {friend} have?",
            "v=d-c|{friend} has {v} more {things2}.",
        ),
    ),
    *scene(
        "times as many, turned round",
        "a:some b:few",
        "{hero} has {a} {things}[, {b} times as many as {friend}|. That is {b} times as many as "
        "{friend} has|. {he} has {b} times as many as {friend}].",
        ("How many {things} does {friend} have?", "v=a/b|{friend} has {v} {things}."),
        (
            "How many {things} do they have together?",
            "p=a/b|{friend} has {p} {things}.",
            "v=a+p|They have {v} {things} together.",
        ),
    ),
    *scene(
        "times and more",
        "a:several b:few c:several",
        "{friend} [has|found|made|collected] {a} {things}. {hero} [has|found|made|collected] {b} "
        "times as many {things} as {friend}, and {third} {c} more than {hero}.",
        ("How many {things} [are {hero}'s|is that for {hero}]?", "v=a*b|{hero} has {v} {things}."),
        (
            "How many {things} does {third} have?",
            "p=a*b|{hero} has {p} {things}.",
            "v=p+c|{third} has {v} {things}.",
        ),
        (
            "How many {things} do {hero} and {friend} have together?",
            "p=a*b|{hero} has {p} {things}.",
            "v=a+p|They have {v} {things} together.",
        ),
        (
            "How many more {things} does {hero} have than {friend}?",
            "p=a*b|{hero} has {p} {things}.",
            "v=p-a|{hero} has {v} more {things}.",
        ),
    ),
    *scene(
        "twice, three people",
        "a:several b:several",
        "{hero} [has|made|ate|picked|found] {a} {things}, {friend} twice as many as {hero}[,|] and "
        "{third} {b} [fewer|less] than {friend}.",
        ("How many {things} are {friend}'s?", "v=a*2|{friend} has {v} {things}."),
        (
            "How many {things} are {third}'s?",
            "p=a*2|{friend} has {p} {things}.",
            "v=p-b|{third} has {v} {things}.",
        ),
        (
            "How many {things} [are there in all|is that altogether|do they have in total]?",
            "p=a*2|{friend} has {p} {things}.",
            "q=p-b|{third} has {q} {things}.",
            "v=a+p+q|They have {v} {things} in total.",
        ),
    ),
    *scene(
        "half and more",
        "a:some b:some",
        "{hero} [has|sold|made|picked] {a} {things} in [April|May|June|the morning|the first "
        "week]. In [July|August|the afternoon|the second week] it was half as many, [and {b} more "
        "after that|and then {b} more].",
        (
            "How many {things} was that [altogether|in all|in total]?",
            "p=a/2|The second part was {p}.",
            "v=a+p+b|That makes {v} {things}.",
        ),
    ),
    *scene(
        "half of both",
        "a:some b:some",
        "{hero} has {a} {things} and {b} {things2}. [Half of the {things} are {kind}.|{he} gives "
        "half of the {things} to {friend}.]",
        (
            "How many {things} [is|are] that[ half|]?",
            "v=a/2|That is {v} {things}.",
        ),
        (
            "How many {things} and {things2} are there in all?",
            "v=a+b|There are {v} of both.",
        ),
    ),
    *scene(
        "fractions of things",
        "a:some b:few",
        "{hero} [had|has|bought] {a} {things}. [{he} gave 1/{b} of them to {friend}.|1/{b} of them "
        "[are|were] {kind}.|{he} [used|ate|sold] 1/{b} of the {things}.]",
        (
            "How many {things} [is that|was that]?",
            "v=a/b|That is {v} {things}.",
        ),
        (
            "How many {things} are [left|not among them]?",
            "p=a/b|That is {p} {things}.",
            "v=a-p|{v} {things} are left.",
        ),
    ),
    *scene(
        "two fractions",
        "a:some",
        "{hero} had {a} {things}. {he} gave [half of|half of all] them to {friend} and a [quarter|"
        "fourth] of them to {third}.",
        (
            "How many {things} did {third} get?",
            "v=a/4|{third} got {v} {things}.",
        ),
        (
            "How many {things} did {hero} have left?",
            "p=a/2|{friend} got {p} {things}.",
            "q=a/4|{third} got {q} {things}.",
            "v=a-p-q|{hero} had {v} {things} left.",
        ),
    ),
    *scene(
        "a third, then some",
        "a:some b:several",
        "{hero} had {a} {things}. {he} [gave|sold] a third of them [to {friend}|] and then lost "
        "{b} [more|of the rest].",
        (
            "How many {things} did {hero} have [left|in the end]?",
            "p=a/3|{hero} gave away {p} {things}.",
            "q=a-p|{hero} then had {q} {things}.",
            "v=q-b|{hero} had {v} {things} left.",
        ),
    ),
    *scene(
        "percent of things",
        "a:some b:percents c:percents",
        "[There are {a} {things} in [a {box}|the shop|the garden]. {b}% of them are {kind}[ and "
        "{c}% are {kind2}|].|{hero} has {a} {things}, and {b} percent of them are {kind}.]",
        ("How many {things} are {kind}?", "v=a*b/100|{v} {things} are {kind}."),
        (
            "How many {things} are not {kind}?",
            "p=a*b/100|{p} {things} are {kind}.",
            "v=a-p|{v} {things} are not {kind}.",
        ),
    ),
    *scene(
        "not of one kind",
        "a:some b:some c:some",
        "{hero} has {a} {things}. {b} [of them |]are {kind}[,|] {c} are {kind2}[,|] and the [rest|"
        "others] are [new|old|white|broken|free].",
        (
            "How many {things} are [neither {kind} nor {kind2}|in the rest|not {kind} or {kind2}]?",
            "p=b+c|{p} {things} are {kind} or {kind2}.",
            "v=a-p|{v} {things} are in the rest.",
        ),
        (
            "How many {things} are not {kind}?",
            "v=a-b|{v} {things} are not {kind}.",
        ),
        (
            "How many more {kind} {things} than {kind2} ones are there?",
            "v=b-c|There are {v} more {kind} ones.",
        ),
    ),
    *scene(
        "in the end",
        "a:some b:some c:some d:some",
        "[{hero} [had|has] {a} {things}. {he} [gave|gives] {b} to {friend}. Then [{third}|{his} "
        "brother|{his} sister] [gave|gives] {him} {c} more, and {he} [lost|loses] {d}.]",
        (
            "How many {things} does {hero} have [now|in the end]?",
            "p=a-b|{hero} had {p} {things}.",
            "q=p+c|{hero} then had {q} {things}.",
            "v=q-d|{hero} has {v} {things} now.",
        ),
        (
            "How many {things} did {hero} [lose and give away|give away and lose] in all?",
            "v=b+d|{hero} lost {v} {things} in all.",
        ),
    ),
    *scene(
        "one sentence",
        "a:some b:some c:some",
        "",
        (
            "[If {hero} has {a} {things} and {friend} gives {him} {b} more, how many {things} "
            "does {hero} have?|How many {things} does {hero} have if {he} had {a} and "
            "[got|found|bought] {b} more?|How many {things} are there if {a} are {kind} and {b} "
            "are {kind2}?]",
            "v=a+b|There are {v} {things}.",
        ),
        (
            "[If {hero} has {a} {things} and [gives {b} to {friend}|loses {b}|eats {b}|uses {b} "
            "of them], how many {things} [are left|does {he} have left]?|How many {things} are "
            "left if {hero} had {a} and [used|lost|sold|ate] {b}?|Out of {a} {things}, {b} are "
            "gone. How many are left?]",
            "v=a-b|{v} {things} are left.",
        ),
        (
            "[How many more {things} is {a} than {b}?|If {hero} has {a} {things} and {friend} has "
            "{b}, how many more does {hero} have?|How many {things} must be added to {b} {things} "
            "to make {a}?]",
            "v=a-b|That is {v} more {things}.",
        ),
    ),
)
