"""The words that carry the sense of a word problem, whatever the problem is about.

Verbs that add or take away, comparisons, units, time, money and the small words between them. A
tiny student learns these, and works on slots for all others: its vocabulary is closed, so no
problem is about things it has never heard of. Plain lists, made to be added to.
"""

from __future__ import annotations

_SMALL = """
a about above across after afterwards again against ago ahead all almost alone along already also
although altogether always am among amount an and another any anybody anyone anything apart apiece
are around as aside at away back be because become becomes been before began begin beginning
begins behind being below beside besides best better between beyond big bigger biggest both but by
can cannot certain combined could currently did didn do does doesn doing don done down due during
each early earlier either else end ended ends enough entire entirely equal equally even evenly
eventually ever every everybody everyone everything exactly except extra far fast few fewer final
finally first following for former free from full further had half has hasn have having he hence
her here hers herself him himself his how however i if in including inside instead into is isn it
its itself just large larger largest last late later latter least left less let like little long
longer longest lot lots many maximum may maybe me meanwhile might minimum missing more most much
must my near nearly neither never new newly next no nobody none normally nor not nothing now
number numbers of off often old older oldest on once one ones only onto open or order original
originally other others our out outside over own part particular parts per perhaps possible rather
really regular regularly rest respectively round same second several shall she short shorter
should similar similarly since small smaller smallest so some somebody someone something soon
still straight such sure tall taller than that the their theirs them themselves then there
therefore these they thing things third this those though through throughout thus till to together
too top toward under unless until up upon us use used using usual usually very was wasn we well
went were weren what whatever when where whereas whether which while who whole whom whose why will
with within without won would yes yet you young younger youngest your fourth fifth sixth s t o d
ll mr mrs ms dr
"""
_VERBS = """
ran run running runs add added adding adds afford allow allowed arrange arranged arranges arrive
arrived arrives ask asked asks ate attend attended bake baked bakes baking begun blew borrow
borrowed borrows bought bread break breaks bring bringing brings broke broken brought build
building builds built burned burnt buy buying buys call called came carried carries carry catch
catches caught charge charged charges check checks choose chose clean cleaned cleaning cleans
climb climbed climbs close closed collect collected collecting collects come comes coming complete
completed completes consist consists contain contained contains cook cooked cooks count counted
counts cover covers covered crawled create created cut cuts cutting damaged decide decided decides
deliver delivered delivers destroyed die died dies divide divided divides donate donated donates
double doubled doubles download downloads drank draw drew drink drinking drinks drive drives
driving drop dropped drops drove dug earn earned earning earns eat eaten eating eats empty enter
entered exchanged expect expects fall falls feed feeds fell fill filled fills find finds finish
finished finishes fit fits fix flew fly form formed forms found gain gained gains gather gathered
gave get gets getting give given gives giving go goes going gone got grew grow grown grows had
hang held help helped helps hid hide hold holding holds increase increased increases invite
invited invites join joined joins jumped keep keeping keeps kept knit knows laid landed lasts lay
lays lead leak leaked leaks leave leaves leaving lent let lie lies lived lives look looking lose
loses losing lost made make makes making measure measured measures meet met mix move moved moves
moving multiplied named need needed needing needs offer offers opened opens ordered orders owe
owed owes owned owns pack packed packing packs paid paint painted paints passed pay paying pays
pick picked picking picks place placed places plan planned planning plans plant planted planting
plants play played playing plays popped pour poured pours practice practiced practices prepare
prepared prepares print produce produced produces purchase purchased put puts putting quit raise
raised raises reach reached reaches read reading reads realizes receive received receives reduce
reduced remain remained remaining remains remove removed removes rent rented rents require
required requires return returned returns ride rides rode rotten sail sailed sale sales save saved
saves saving savings saw score scored scores see seen sees sell selling sells send sends sent
serve served serves set sets share shared shares shot show sleep sleeps slept slice sold solve
solved solves sort sorted spend spending spends spent spilled split splits spoiled spread stand
start started starting starts stay stayed stays stole stop stopped stops store stored supposed
swam swim take taken takes taking tear threw throw throws took torn trade traded trades travel
traveled travels tripled turn turned turns type typed types unpacked visit visited visits wait
waited walk walked walking walks want wanted wants wash washed washes watch watched watches wear
weigh weighed weighs went win wins wish wishes work worked working works worth write writes
written wrote useless
"""
_MEASURES = """
age ages area average batch batches bill cent cents change cheaper circumference cost costs couple
cube day days deep degrees depth difference discount distance dollar dollars dozen dozens eighth
equal even expensive faster feet foot fraction gallon gallons gram grams group groups half halves
height hour hourly hours hundred hundreds inch inches interest kg kilogram kilograms kilometer
kilometers km kph length liter liters litre litres loss meter meters metre metres mile miles
million minute minutes money month monthly months morning mph night nights ounce ounces pair pairs
penny pennies percent percentage perimeter piece pieces pound pounds price prices profit quantity
quarter quarters rate ratio rectangle remainder row rows salary sample score scores second seconds
share side sides single size slower speed square sum tax tenth thousand thousands thrice time
times tip today tomorrow ton tons total triangle triple twice twin unit units value volume wage
wages week weekday weekdays weekend weekly weeks weight wide width yard yards year yearly years
yesterday daily afternoon evening noon midnight monday tuesday wednesday thursday friday saturday
sunday january february march april june july august september october november december zero one
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
"""
_ASKED = """
answer assume assuming calculate compute consider determine estimate exact express find given how
information core program problem question reasoning show suppose supposing unit what key points
point
"""
# Who and what problems are about where that tells how to compute (boys and girls, boxes and bags,
# buses and seats), what is said of it, and what else is done with it.
_ABOUT = """
able absent account acres actually additional adult adults agreed allowance annual answered
answers appeared aunt autumn available averaged bad bag bags balance basket baskets beat bills bin
bins birthday black blue boat boats bonus booked born bottle bottles bottom bowl bowls box boxes
boy boys breakfast brother brothers brown bucket buckets budget bunch bunches bundle bundles burn
burns bus buses business cans car carrying cars cart carton cartons case cases cash centimeter
centimeters centimetre centimetres changed changes chapter chapters cheap child children city
class classes clock club clubs cm coach coin coins cold colder combine commission company compared
completely consume consumed container containers containing contribute corner corners correct
counting coupon cousin cousins cracked crate crates cup cups current customer customers dad date
daughter daughters dearer debt deeper degree deleted deposit different dimes dinner disappeared
donation drained drains drawer drawers drawn drunk earnings east edge edges eighths employees
emptied escaped euro euros exceed exchange expenses fallen families family fare farm farther
farthest fastest father fee fees female females fifths floor floors flown flows fold folded food
forgot fourths friend friends front ft fully fund g game games garden gift gifts girl girls glass
glasses glued goal goals gold good grandfather grandmother gray greater green grey growing guest
guests halfway handed hangs harvest harvested hatch hatched heavier heaviest heavy hectares hidden
hides high higher highest hit hits home hot house houses hung husband identical included income
initially item items jar jars job jobs jump jumps kid kids kilo kilometre kilometres kilos know
lacking lacks lap laps layer layers leaking leftover lesson lessons letter letters library lifted
lifts lighter lightest line lines lit live load loaded loads loan low lower lowest lunch lying m
male males man market match matches melted member members men mended middle minus missed mixed ml
mm mom mother mow mowed mows nearer nearest neighbor neighbors neighbour neighbours nickels north
numbered opposite orange owner oz package packages packet packets page pages parents park parked
pass passenger passengers passes past payment payments people person pile piles pink pint pints
plain plane plate plates player players plus pm present previous prize product products pull
pulled pumped pupil pupils purple push pushed quart quarts questions race races ready recently
record records rectangular red repair repaired replace replaced revenue right rise risen rises
roll rolls room rooms rose rounds sack sacks said sank sat says scale school season seasons seat
seats seem serving servings sewed sewn sews shelf shelves ship shop showed shown shows siblings
sick silver sister sisters sit sits sitting sixths skipped slices son song songs sons south spare
spring squares stack stacked stacks standing stands station step steps stolen stood student
students summer surface swallowed swept swims table tables tallest tank tanks taxes teacher
teachers team teams tell tells temperature tenths thermometer thick thicker thirds thrown tied tin
tins told towards town train trains tray trays tried trip trips truck trucks try trying twins
uncle upper uses van vanished vans village visitors vote voted votes wagon wagons waiting warmer
water wears weekends west white wider wife winter woman women word words wore worker workers
wrapped wrong yellow
"""

WORDS: frozenset[str] = frozenset(f"{_SMALL}{_VERBS}{_MEASURES}{_ASKED}{_ABOUT}".split())
"""Everyday words, in small letters."""
