"""Words that naming knows: what ends a noun phrase, what is a verb, what is worth money."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERS = _words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million half halves third thirds quarter fourth twice double triple
    """
)
# Words that a noun phrase may begin with and does not need.
FILLERS = _words(
    """
    of the a an her his their its my your our other others additional another new different
    identical about only these those this that some extra such still just further same equal
    regular as much many total own full whole separate
    """
)
TIMES = _words(
    """
    yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday
    mondays tuesdays wednesdays thursdays fridays saturdays sundays january february april
    june july august september october november december
    """
)
# Words that end a noun phrase: function words, and verbs that often follow a noun.
STOPS = (
    NUMBERS
    | TIMES
    | _words(
        """
    didn doesn don wasn weren isn aren couldn wouldn hasn hadn haven
    a about above across after again ago all along also altogether am among an and any are
    around as at away back be because been before began being below between both but by came
    can come comes could did do does done down during each either else enough equals even ever
    every everyone except far few fewer for from gave get gets getting give given gives go
    goes going gone got had has have having he her here hers herself him himself his how i if
    in including instead into is it its itself just keep keeps kept later least left less lost
    lose loses made make makes making many may me might mine more most much must my need
    needed needs never next no nor not now off often on once only onto or other others our out
    over own equal equivalent per put puts rather remain remained remaining remains said same
    saw say says see sees sell sells she should since so sold some spend spends spent still
    such take takes taken than that the their theirs them themselves then there therefore
    these they this those though through throughout thus till to together too took toward
    towards under until up upon us use used uses using very via want wanted wants was we went
    were what when where whether which while who whole whom whose why will with within without
    would yet you your yours bought buy buys paid pay pays eat eats ate earn earns earned read
    reads ran run runs win wins won lasted last lasts long tall high old deep wide heavy plus
    minus divided multiplied times equally leaving leaves leave start starts started save
    saves saved collected sent already currently first second instead exactly however like
    likes wears sits stands having ordered weighs weigh weighed measures contains contain
    holds hold fit fits grew flew drank apiece ones inside outside cost costs costing find
    found finds call called therefore finally additionally meanwhile perform determine
    calculate multiply subtract divide let's total together means mean let know one's we'll
    he'll she'll they'll it's there's that's he's she's they're
    """
    )
)
NOT_VERBS = _words(
    """
    red bed seed need feed weed king ring wing string thing morning evening spring building
    painting wedding ceiling pudding shed sled hundred speed breed clothing parking reading
    swimming dressing earning savings sibling siblings
    """
)
PARTICIPLES: dict[str, str] = {
    "sell": "sold", "sells": "sold", "sold": "sold", "buy": "bought", "buys": "bought",
    "bought": "bought", "make": "made", "makes": "made", "made": "made", "eat": "eaten",
    "eats": "eaten", "ate": "eaten", "give": "given", "gives": "given", "gave": "given",
    "get": "received", "gets": "received", "got": "received", "lose": "lost", "loses": "lost",
    "lost": "lost", "win": "won", "wins": "won", "won": "won", "take": "taken", "takes": "taken",
    "took": "taken", "spend": "spent", "spends": "spent", "spent": "spent", "pay": "paid",
    "pays": "paid", "paid": "paid", "use": "used", "uses": "used", "need": "needed",
    "needs": "needed", "earn": "earned", "earns": "earned", "save": "saved", "saves": "saved",
    "read": "read", "reads": "read", "write": "written", "writes": "written", "wrote": "written",
    "catch": "caught", "caught": "caught", "find": "found", "finds": "found", "found": "found",
    "grow": "grown", "grew": "grown", "drive": "driven", "drove": "driven", "run": "run",
    "ran": "run", "runs": "run", "drink": "drunk", "drinks": "drunk", "drank": "drunk",
    "see": "seen", "saw": "seen", "bring": "brought", "brought": "brought", "send": "sent",
    "sends": "sent", "sent": "sent", "throw": "thrown", "threw": "thrown", "throws": "thrown",
    "put": "placed", "puts": "placed", "left": "left", "break": "broken", "broke": "broken",
    "keep": "kept", "keeps": "kept", "kept": "kept", "build": "built", "built": "built",
    "pick": "picked", "picks": "picked", "plant": "planted", "plants": "planted",
    "collect": "collected", "bake": "baked", "bakes": "baked", "score": "scored",
    "scores": "scored", "receive": "received", "receives": "received", "cook": "cooked",
    "play": "played", "pack": "packed", "fill": "filled", "wash": "washed", "add": "added",
    "adds": "added", "donate": "donated", "raise": "raised", "order": "ordered",
    "invite": "invited", "walk": "walked", "walks": "walked", "travel": "traveled",
    "work": "worked", "works": "worked", "watch": "watched", "charge": "charged",
    "charges": "charged", "lend": "lent", "steal": "stolen", "stole": "stolen", "drew": "drawn",
    "wore": "worn",
    "fed": "fed", "swam": "swum", "flew": "flown", "hid": "hidden", "sew": "sewn",
}  # fmt: skip
MONEY = _words("dollar dollars buck bucks")
MEASURES = {
    "long": "length", "tall": "height", "old": "age", "far": "distance", "fast": "speed",
    "heavy": "weight", "wide": "width", "high": "height", "deep": "depth", "big": "size",
    "large": "size", "often": "frequency",
}  # fmt: skip
WORTH = _words(
    """
    cost costs price total fee amount money salary tax pay discount tip bill income profit
    worth value change budget rent rate allowance savings payment balance expense expenses
    earnings debt loan wage commission deposit paycheck revenue
    """
)
