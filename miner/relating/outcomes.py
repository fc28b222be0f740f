"""Words for the outcome of a therapy: better, worse, the same, and what only looks like one."""

import re

from miner.wording import Wording

MEASURE = (
    r"(?:survival|OS|PFS|DFS|EFS|RFS|TTP|ORR|DCR|QoL|HRQoL|quality of life|quality-of-life"
    r"|(?<!in )(?<!stress )(?<!immune )(?<!dose )responses?(?: rates?)?"
    r"(?! (?:times?|for|to (?:DNA|stress|injury|future|infection)))|remission|"
    r"(?:disease|local|local-regional|locoregional|tumou?r|seizure|symptom|glycemic|asthma|pain) control|"
    r"(?<!cost[ -])(?<!risk-)benefits?(?!-risk)|outcomes?|efficacy|effectiveness|"
    r"time to (?:progression|recurrence|relapse|treatment failure|next treatment|deterioration|tumou?r progression)|"
    r"pathologic(?:al)? complete response|pCR|clinical improvement|tumou?r (?:shrinkage|regression|response)|"
    r"end ?point|radiographic regressions?)"
)
#: endpoints that say by themselves that people or animals with a disease were treated
HARD = re.compile(r"\b(?:survival|OS|PFS|DFS|EFS|RFS|TTP|ORR|DCR|response rates?|remission|pCR|mortality)\b")
_HARM = (
    r"(?:mortality|(?<!cell )(?<!neuronal )(?<!neuron )(?<!induced )death|recurrence|relapse|LRF|disease progression"
    r"|progression|tumou?r (?:growth|burden|size"
    r"|volume|weight)|"
    r"hospitali[sz]ations?|exacerbations?|symptoms?|metastas[ie]s|risk of (?:death|recurrence|progression|relapse)|"
    r"disease activity|seizures?|HbA1c|viral load|pain|‹S\d+› growth|growth of (?:an? |the "
    r")?[^.;]{0,60}?(?:‹[SM]\d+›|tumou?rs?|metastas[ie]s))"
)
#: words that turn what follows into something else than the outcome of the therapy
_TURN = (
    r"‹[DK]|not\b|no\b|than\b|versus\b|compared\b|but\b|been\b|incomplete\b|differen\w+|differ\b|changes?\b"
    r"|expression\b|levels?\b|with\b|by\b|risks?\b|odds\b|incidence\b|probability\b|severe\b|poor\w*|worse\b"
    r"|adverse\b|negative\b|safety\b|toxicit\w+|resistance\b|association\w*|interaction\w*|immun\w+|cost\w*"
)
_GAP = rf"(?:[ ,/()-]+(?!{_TURN})[\w%/.‹›-]+){{0,7}}?[ ,/(-]+"
_HARM_GAP = r"(?:[ /()-]+(?!‹[DK]|not\b|no\b|than\b|versus\b|compared\b|but\b)[\w%/.‹›-]+){0,7}?[ ,/(-]+"
_BE = (
    r"(?:is|was|are|were|be|been|being|remain(?:s|ed)|prove[ds]?(?: to be)?|(?:appear|seem)(?:s|ed)?(?: to be)?"
    r"|as|highly)"
)
#: what "improvement in" may be followed by to be one of a patient
_ILLNESS = (
    rf"(?:{MEASURE}|‹S\d+›|symptoms?|symptomatic|pain"
    r"|(?:motor|cognitive|physical|sexual|visual|renal|liver|lung|pulmonary|cardiac|ventricular"
    r"|executive) function\w*|scores?|severity|acuity|VA|memory|cognit\w+|fatigue"
    r"|depress\w+|mobility|disability|lesions?|visual|motor|PASI|EASI|DLQI|HAM\S*|MADRS)"
)
#: where something that is "effective" is so for the sick
_FOR_THE_SICK = (
    r"(?:in(?: the)? (?:treat\w+|manag\w+|therapy|prevent\w+|control\w+|reduc\w+|improv\w+|alleviat\w+|prolong\w+"
    r"|suppress\w+|inhibit\w+|inducing)|in (?:[\w/,()‹›-]+ ){0,5}?(?:patients?|subjects?|children|adults?|women|men"
    r"|adolescents|infants|individuals|cases?|people|participants|males?|females?|populations?|mice|rats|dogs|cats"
    r"|models?|xenografts?|cohort|‹[SM]\d+›)|in \d+|against (?:[\w-]+ ){0,3}(?:‹[SM]\d+›|tumou?rs?|metastas\w+)"
    r"|for (?:[\w/,-]+ ){0,6}?(?:patients?|treat\w+|management|prevent\w+|‹[SM]\d+›|metastas\w+))"
)
BETTER = Wording(
    rf"\b(?:improv(?:es?|ed|ing)|prolong(?:s|ed|ing)?|extend(?:s|ed)?|enhanc(?:es|ed)|increas(?:es|ed|ing)|longer"
    rf"|better|higher|"
    rf"greater|superior(?:ity)?|favou?rable|durable|robust|dramatic|drastic|marked|meaningful|excellent|substantial"
    rf"|impressive|"
    rf"rapid|objective(?= (?:[\w-]+ )?(?:responses?|remission)\b)|promising"
    rf"|(?:complete|partial)(?= (?:[\w-]+ ){{0,2}}(?:responses?|remission)\b)"
    rf"|significant(?= (?:[\w-]+ )?(?:increases?|improvements?|prolongations?|benefits?|responses?|survival|remission"
    rf"|antitumou?r)\b)|anti-?tumou?r){_GAP}{MEASURE}\b"
    rf"|\b(?:improv(?:es|ed|ing)|ameliorat(?:es|ed)|alleviat(?:es|ed)|reliev(?:es|ed)){_GAP}symptoms?\b"
    rf"|\b{MEASURE}(?: (?!and\b)[\w()/,-]+){{0,6}}? (?:was|were|is|are|has been|have been) (?:significantly "
    rf"|markedly |also |"
    rf"consistently |much )*(?:longer|better|higher|greater|improved|prolonged|superior|increased|extended|enhanced)\b"
    rf"|\b(?:reduc(?:es|ed)|decreas(?:es|ed)|lower(?:s|ed)?|delay(?:s|ed|ing)?|prevent(?:s|ed)|inhibit(?:s|ed)?|"
    rf"suppress(?:es|ed)?|attenuat(?:es|ed)|ameliorat(?:es|ed)|alleviat(?:es|ed)|slow(?:s|ed)|(?:reduced|lower) "
    rf"risk of)"
    rf"{_HARM_GAP}{_HARM}(?!\w)"
    rf"|\b{_BE} (?:an? )?(?:[\w-]+ ){{0,3}}?(?<!more )(?<!less )(?<!biologically )(?:effective|active|efficacious)\b"
    rf"(?=[.;)]|,(?! [\w-]+ing\b)|$| (?:and|or|but|at|than|with|when|as|on|after|therap\w+|treatments?|options?"
    rf"|agents?|drugs?|"
    rf"strateg\w+|regimens?|over|without|compared|among)\b| {_FOR_THE_SICK}(?!\w))"
    rf"|\b{_BE} (?:[\w-]+ ){{0,2}}more (?:effective|active|efficacious)\b(?=[^.;]{{0,80}}\b(?:than|compared|versus)\b)"
    rf"|\b(?:show(?:s|ed)|demonstrat(?:es|ed)|ha(?:s|d)|provid(?:es|ed)|offer(?:s|ed)|(?<!-)deriv(?:es|ed)|led to"
    rf"|resulted in|"
    rf"associated with){_GAP}(?:clinical )?(?:(?<!cost[ -])benefits?(?!-risk)|efficacy|antitumou?r activity"
    rf"|survival advantage)\b"
    rf"|\b(?:exhibit(?:s|ed)?|shown|demonstrated|achiev(?:es|ed)|validat(?:es?|ed)|confirm(?:s|ed)?|establish(?:es|ed)"
    rf"|support(?:s|ed)?) (?:(?:the|an?|clear|clinical|antitumou?r|significant|meaningful|survival) ){{0,3}}"
    rf"(?:(?<!cost[ -])benefits?(?!-risk)|efficacy|effectiveness|antitumou?r activity)\b"
    rf"|\b(?:beneficial|favou?rable|positive) effects?\b(?= (?:of [^.;]{{0,60}})?on (?:(?!in\b)[\w-]+ ){{0,3}}"
    rf"(?:{MEASURE}|‹S\d+›|symptoms))"
    rf"|\b(?:improvements?|benefits?|differences?|advantages?|reductions?|HR|OS|PFS)\b[^.;‹]{{0,40}}?"
    rf"\bin favou?r of\b(?= ‹D)"
    rf"|\b(?:proportion|percentage|number|rate)s? of (?:[\w-]+ ){{0,4}}(?:achiev\w+|reaching|reached|attain\w+)\b"
    rf"[^.;‹]{{0,60}}? (?:was|were) (?:\w+ )?(?:greater|higher)\b"
    rf"|\bfar(?:es|ed) better\b|\b(?:safe|well[- ]tolerated),? (?:and )?(?:effective|efficacious)\b"
    rf"|\b(?:reductions?|decreases?) in (?:the )?(?:risk|rate|hazard)s? of (?:{_HARM}|‹S\d+›)(?!\w)"
    rf"|\bbenefit(?:s|ed)?(?= (?:(?!less|little|only)\w+ ){{0,2}}from\b)|\bsuperior (?:efficacy|to\b|over\b)"
    rf"|\bsurvival (?:advantage"
    rf"|benefits?|improvement)\b"
    rf"|\bsuperiority\b(?= (?:of ‹D\d+›(?:[ -]\w+){{0,3}} )?over)"
    rf"|\bresponded(?= (?:\w+ ){{0,3}}(?:to|with)\b)|\bresponds(?= (?:well |completely )?to\b)"
    rf"|\b(?:patient's|case's) responses?\b"
    rf"|\b(?:promising|durable|clinical|intracranial|robust|meaningful)(?: and \w+)?(?: \w+)? activity\b"
    rf"|\befficacy\b(?= in the treatment)|\bwell controlled\b"
    rf"|\b(?:(?:improved|marked|clinical|significant|symptomatic) )?improvements?\b"
    rf"(?= (?:in|of) (?:(?!patients|in\b|with\b)[\w/-]+ ){{0,5}}?{_ILLNESS}(?!\w))"
    rf"|\b(?:(?:is|was|are|were|been|FDA|EMA|Administration|Agency)\)?(?: \w+)?[ -])approved\b"
    rf"(?=[^.]{{0,160}}\bfor\b[^.;]{{0,160}}‹[SM]\d+›)"
    rf"|\beffectively (?:treat\w*|reduc\w*|manag\w*|control\w*)\b(?=[^.;]{{0,60}}(?:‹[SM]\d+›|\bpain\b|symptoms?"
    rf"|seizures?|tumou?r))"
)
WORSE = Wording(
    rf"\bassociated with (?:an? )?poor(?:er)? {MEASURE}\b|\b(?:shorter|worse|inferior|poorer|decreas(?:es|ed)"
    rf"|reduced|lower|detrimental|shorten(?:s|ed)){_GAP}{MEASURE}\b"
    rf"|\bdetrimental (?:to|for|effect)\b|\binferior to\b|\bless (?:effective|active|efficacious) than\b"
    rf"|\b{MEASURE}(?: \w+){{0,5}}? (?:was|were|is|are) (?:significantly |markedly |also )*(?:shorter|worse"
    rf"|inferior|lower|poorer)\b"
    rf"|\bincreas(?:es|ed){_HARM_GAP}(?:mortality|risk of death|disease progression)\b"
)
SAME = re.compile(
    r"\b(?:similar|comparable|equivalent|non-?inferior\w*|did not differ|no (?:statistically )?(?:significant "
    r")?differences?|not (?:significantly |"
    r"statistically )*(?:different|superior|inferior)|as effective as|equally|equal|no (?:significant )?difference"
    r"|differ)\b",
    re.IGNORECASE,
)
_DENY = r"(?:did not|does not|do not|not|fail(?:s|ed) to|unable to)(?! only)(?: \w+){0,3}"
NO_BETTER = Wording(
    rf"(?<!due to )(?<!because of )(?<!for )(?<!to a )\b(?:no|lack of|without(?: any| an?)?|little)(?: (?:significant"
    rf"|clinical|clinically|meaningful|objective"
    rf"|overall|additional|added|further|real|survival|"
    rf"evidence of|apparent|radiological|or|statistically|improvements? in|impact on|effect on|benefits? (?:in|of"
    rf"|on))){{0,5}} (?:{MEASURE}|improvement(?! in)|improvements? in (?:[\w-]+ ){{0,4}}{_ILLNESS}"
    rf"|(?:impact|effect)s? on (?:(?!in\b|with\b)[\w-]+ ){{0,5}}(?:{MEASURE}|{_HARM}|‹S\d+›))(?!\w)"
    r"|\bineffective\b(?= (?:in|for|against)\b|[.;,]|$)"
    r"|\b(?:is|was|are|were|be|been|proved|found) not (?:\w+ ){0,2}(?:effective|efficacious|beneficial)\b"
    r"|\bnot meet (?:its|the) primary"
    rf"|\b{_DENY} (?:improve|prolong|extend|enhance|increase|benefit|respond|show|demonstrate|provide|result in"
    rf"|associated with|lead to|achieve|confer)\b(?: (?:an? )?(?:significantly )?(?:increased?|improved)\b)?"
    rf"(?:{_GAP}{MEASURE}|[^.;]{{0,30}}? superior(?:ity)?)(?!\w)"
    rf"|\b{_DENY} (?:(?:improve|reduce|prevent|inhibit|delay|decrease|lower|ameliorate|alleviate)\b"
    rf"|(?:result in|associated with|lead to|show|demonstrate) (?:an? )?(?:\w+ )?(?:lower|reduced|decreased|less|fewer"
    rf"|reduction|decrease|delay)\b){_HARM_GAP}{_HARM}(?!\w)"
    rf"|\b(?:did not|fail(?:s|ed) to) (?:benefit|respond)\b"
)
#: not an outcome of therapy: biology, plans, wishes, exposure, or the study's own words
NOT_OUTCOME = re.compile(
    r"\b(?:(?<!failed )(?<!fails )(?<!unable )to improve|(?<!failed )(?<!fails )to increase|(?<!failed )(?<!fails "
    r")to (?:enhance|prolong|reduce|prevent|achieve)|in order to|sought|predict(?:s|ed|or|ors|ing|ive|ion|ions)?"
    r"|detect\w*|correlat\w+|controversial|prevention of|surface|evaluat(?:e|ion of)|"
    r"expression of|endpoints? (?:was|were|is)|end points? (?:was|were)|in search of|factors?"
    r"|cost-effective\w*|"
    r"random(?:ly|i[sz]ed to)|assigned|resistan(?:t|ce) to|only (?:a |an )?(?:minority|few|small|subset|some)"
    r"|minority of|sensitivity to|safe and|criteria|defined as|immune "
    r"response|response to (?:DNA|stress|injury)|"
    r"stress response|dose-response|dose response|bioavailability|pharmacokinetic\w*|AUC|plasma concentration\w*"
    r"|non-?responders? and|"
    r"do(?:es)? not support|not support|hoped|concept|weighed|needs? to be|for (?:improving|increasing|enhancing)"
    r"|open\w* a window|due to (?:a )?lack of|because of lack|the only|(?:many|some|most|several|few) patients"
    r"|(?:slight|numerical)(?:ly)?|trends?|eligible for|opportunity|immune responses?|immunological|likelihood of"
    r""
    r"|perspective|prospect|perceived|raises?|(?:efficacy|activity) (?:stud(?:y|ies)|evaluations?|tests?|data)"
    r"|conducted"
    r"|identif(?:y|ying) (?:the )?(?:[\w-]+ ){0,3}(?:patients|populations?|those)|which (?:[\w‹›-]+ ){0,2}patients"
    r"|those who (?:respond|benefit)|squares regression|myth|questions"
    r"|(?:was|were|is|are) not (?:confirmed|observed|seen|found|shown|demonstrated|reached|maintained|evident)"
    r"|routes?|vaccinated|in response to|separately|"
    r"side effects?|adverse|vaccine response|questionnaire|need for|improvement of (?:the )?(?:method|assay))\b",
    re.IGNORECASE,
)
#: outcomes of parts of the patients, which no marker names
GROUPS = Wording(
    r"\bsubgroups?\b|\b(?:low|high|intermediate|median|good|poor)(?:er)?[- ](?:(?:risk|score|prognos\w+)[ -])?groups?\b"
    r"|\b(?:low|median|intermediate)-risk\b"
)
#: a response that is named with its rate alone: no word says whether it is good
RATE = re.compile(
    r"^(?: rates?)?(?: \([^()]*\))?(?: (?:to|with|after|in|for|on|of) [^,;]{0,60}?)? (?:was|were|is|are|of|in) "
    r"(?:\w+ )?\d"
)
#: a title that names what was looked at, not what was found
TOPIC = re.compile(
    r"\b(?:relationships?|associations?|impact|roles?|influence|comparison|versus|vs|evaluat\w*|assess\w*|analysis"
    r"|between|according|identif\w+|investigation|determin\w+|implications?|perspectives?|predict\w*"
    r"|factors?|effects? of|protocol|trial|study|review)\b",
    re.IGNORECASE,
)
#: a title about another report
ANSWER = re.compile(
    r"^\W*(?:an? )?(?:invited |editorial )?(?:comment\w*|letter|reply|response|in reply|re)\b[ :]", re.IGNORECASE
)
#: what was known before, said without "has demonstrated" (that is for the certainty of the sentence)
KNOWN = re.compile(
    r"\bevidence-based\b|\b(?:has|have) (?:been )?(?:[\w-]+ )?shown\b|\b(?:is|are) shown\b|\bgrowing (?:literature"
    r"|evidence|body)|\b(?:last|past|recent) (?:few |two |three |several )?(?:years|decades?)\b|\badvent of\b"
    r"|\b(?:recent|previous|earlier|other|further|several|clinical|phase) (?:\w+ ){0,3}?(?:trials?|studies) (?:have"
    r"|has|with|showed)\b|\bis a (?:well|widely|commonly)\b",
    re.IGNORECASE,
)
#: a concession in the present tense: what is known, before what the study says
CONCEDED = re.compile(
    r"^\W*(?:al|even )?though\b|^\W*(?:while|whilst|whereas|despite|in spite of|notwithstanding)\b", re.IGNORECASE
)
#: people who were treated; outcome words alone ("survival", "clinical") do not say that it was people
PEOPLE = Wording(
    r"\b(?:patients?|women|men|children|participants?|volunteers?|individuals?|trials?|cohorts?|adults?|infants?"
    r"|adolescents|elderly|subjects|cases?|he|she|his|her|populations?|meta-analys[ie]s|studies"
    r"|clinical (?:outcomes?|practice|benefits?|activity|efficacy))\b"
)
ANIMALS = Wording(
    r"\b(?:mice|mouse|murine|xenograft\w*|rats?|zebrafish|PDXs?|rabbits?|dogs?|pigs?|piglets?|swine|monkeys?|fish"
    r"|chick|larvae|syngeneic|orthotopic|allografts?|drosophila|in vivo|animals?)\b"
)
CELLS = Wording(r"\b(?:cell lines?|in vitro|organoids?|spheroids?|cultured|IC_?50)\b")
