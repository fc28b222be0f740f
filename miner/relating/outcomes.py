"""Words for the outcome of a therapy: better, worse, the same, and what only looks like one."""

import re

MEASURE = (
    r"(?:survival|OS|PFS|DFS|EFS|RFS|TTP|ORR|DCR|QoL|HRQoL|quality of life|quality-of-life|response(?: rates?)?"
    r"|remission|"
    r"responses(?! for)|(?:disease|local|local-regional|locoregional|tumou?r|seizure|symptom|glycemic|asthma"
    r"|pain) control|"
    r"outcomes?|efficacy|benefits?|symptoms?|time to \w+|pathologic(?:al)? complete response|pCR|clinical improvement|"
    r"tumou?r (?:shrinkage|regression|response)|end ?point|regressions?|effectiveness)"
)
_HARM = (
    r"(?:mortality|death|recurrence|relapse|LRF|disease progression|progression|tumou?r (?:growth|burden|size"
    r"|volume|weight)|"
    r"hospitali[sz]ations?|exacerbations?|symptoms?|metastas[ie]s|risk of (?:death|recurrence|progression|relapse)|"
    r"disease activity|seizures?|HbA1c|viral load|pain|‹S\d+› growth|growth of (?:an? |the "
    r")?[^.;]{0,60}?(?:‹[SM]\d+›|tumou?rs?|metastas[ie]s))"
)
_GAP = r"(?:[ ,/()-]+(?!‹[DK]|not\b|no\b|than\b|versus\b|compared\b|but\b)[\w%/.‹›-]+){0,7}?[ ,/(-]+"
_BE = r"(?:is|was|are|were|be|been|being|remain(?:s|ed)|prove[ds]?(?: to be)?|appears? to be|as|highly|and)"
BETTER = re.compile(
    rf"\b(?:improv(?:es?|ed|ing)|prolong(?:s|ed|ing)?|extend(?:s|ed)?|enhanc(?:es|ed)|increas(?:es|ed|ing)|longer"
    rf"|better|higher|"
    rf"greater|superior(?:ity)?|favou?rable|durable|robust|dramatic|marked|meaningful|excellent|substantial|impressive|"
    rf"rapid|objective|promising|complete|partial|significant|anti-?tumou?r){_GAP}{MEASURE}\b"
    rf"|\b{MEASURE}(?: (?!and\b)[\w()/,-]+){{0,6}}? (?:was|were|is|are|has been|have been) (?:significantly "
    rf"|markedly |also |"
    rf"consistently |much )*(?:longer|better|higher|greater|improved|prolonged|superior|increased|extended|enhanced)\b"
    rf"|\b(?:reduc(?:es|ed)|decreas(?:es|ed)|lower(?:s|ed)?|delay(?:s|ed|ing)?|prevent(?:s|ed)|inhibit(?:s|ed)?|"
    rf"suppress(?:es|ed)?|attenuat(?:es|ed)|ameliorat(?:es|ed)|alleviat(?:es|ed)|slow(?:s|ed)|(?:reduced|lower) "
    rf"risk of)"
    rf"{_GAP}{_HARM}\b"
    rf"|\b{_BE} (?:an? )?(?:[\w-]+ ){{0,3}}?(?:effective|active|efficacious)\b"
    rf"(?=[,.;)]|$| (?:and|or|but|in|for|at|against|than|with|when|as|on|after|therap\w+|treatments?|options?"
    rf"|agents?|drugs?|"
    rf"strateg\w+|regimens?|over|without|compared|among)\b)"
    rf"|\b(?:show(?:s|ed)|demonstrat(?:es|ed)|ha(?:s|d)|provid(?:es|ed)|offer(?:s|ed)|deriv(?:es|ed)|led to"
    rf"|resulted in|"
    rf"associated with){_GAP}(?:clinical )?(?:benefits?|efficacy|antitumou?r activity|survival advantage)\b"
    rf"|\bbenefit(?:s|ed)?(?= (?:\w+ ){{0,2}}from\b)|\bsuperior (?:efficacy|to\b|over\b)|\bsurvival (?:advantage"
    rf"|benefits?|improvement)\b"
    rf"|\bsuperiority\b(?= (?:of ‹D\d+›(?:[ -]\w+){{0,3}} )?over)|\brespond(?:s|ed)?(?= (?:\w+ ){{0,3}}(?:to"
    rf"|with)\b)|\b(?:patient's|case's) responses?\b"
    rf"|\b(?:promising|durable|clinical|intracranial|robust|meaningful)(?: and \w+)?(?: \w+)? activity\b"
    rf"|\befficacy\b(?= in the treatment)|\bwell controlled\b|\b(?:improved|marked|clinical|significant) "
    rf"improvements?\b(?= (?:in|of))"
    rf"|\bimprovements?\b(?= in)|\bapproved\b(?=[^.]{{0,160}}\bfor\b)|\beffectively (?:treat\w*|reduc\w*|manag\w*"
    rf"|control\w*)\b",
    re.IGNORECASE,
)
WORSE = re.compile(
    rf"\bassociated with (?:an? )?poor(?:er)? {MEASURE}\b|\b(?:shorter|worse|inferior|poorer|decreas(?:es|ed)"
    rf"|reduced|lower|detrimental|shorten(?:s|ed)){_GAP}{MEASURE}\b"
    rf"|\bdetrimental (?:to|for|effect)\b|\binferior to\b|\bless (?:effective|active|efficacious) than\b"
    rf"|\b{MEASURE}(?: \w+){{0,5}}? (?:was|were|is|are) (?:significantly |markedly |also )*(?:shorter|worse"
    rf"|inferior|lower|poorer)\b"
    rf"|\bincreas(?:es|ed){_GAP}(?:mortality|risk of death|disease progression)\b",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\b(?:similar|comparable|equivalent|non-?inferior\w*|did not differ|no (?:statistically )?(?:significant "
    r")?differences?|not (?:significantly |"
    r"statistically )*(?:different|superior|inferior)|as effective as|equally|equal|no (?:significant )?difference"
    r"|differ)\b",
    re.IGNORECASE,
)
NO_BETTER = re.compile(
    rf"\b(?:no|lack of|without(?: any| an?)?|little)(?: (?:significant|clinical|clinically|meaningful|objective"
    rf"|overall|additional|added|further|real|survival|"
    rf"evidence of|apparent|radiological|or|statistically|improvements? in|impact on|effect on|benefits? (?:in|of"
    rf"|on))){{0,5}} (?:{MEASURE}|improvement|impact|effect)\b"
    r"|\bineffective\b|\bnot (?:\w+ ){0,2}(?:effective|active|efficacious|beneficial)\b|\bnot meet (?:its|the) primary"
    rf"|\b(?:did not|does not|do not|not|fail(?:s|ed) to|unable to)(?: \w+){{0,3}} (?:improve|prolong|extend"
    rf"|enhance|increase|benefit|respond|show|demonstrate|provide|reduce|"
    rf"prevent|inhibit|delay|result in|associated with|lead to|achieve|confer)\b{_GAP}(?:{MEASURE}|{_HARM})\b"
    rf"|\b(?:did not|fail(?:s|ed) to) (?:benefit|respond)\b",
    re.IGNORECASE,
)
#: not an outcome of therapy: biology, plans, wishes, exposure, or the study's own words
NOT_OUTCOME = re.compile(
    r"\b(?:(?<!failed )(?<!fails )(?<!unable )to improve|(?<!failed )(?<!fails )to increase|(?<!failed )(?<!fails "
    r")to (?:enhance|prolong|reduce|prevent|achieve)|in order to|sought|predict(?:s|ed|or|ors|ing|ive|ion|ions)?"
    r"|detect\w*|correlat\w+|controversial|prevention of|surface|evaluat(?:e|ion of)|"
    r"expression of|endpoints? (?:was|were|is)|end points? (?:was|were)|in (?:terms|search) of|factors?"
    r"|cost-effective\w*|"
    r"random(?:ly|i[sz]ed to)|assigned|resistan(?:t|ce) to|only (?:a |an )?(?:minority|few|small|subset|some)"
    r"|minority of|sensitivity to|safe and|criteria|defined as|immune "
    r"response|response to (?:DNA|stress|injury)|"
    r"stress response|dose-response|dose response|bioavailability|pharmacokinetic\w*|AUC|plasma concentration\w*"
    r"|non-?responders? and|"
    r"side effects?|adverse|vaccine response|questionnaire|need for|improvement of (?:the )?(?:method|assay))\b",
    re.IGNORECASE,
)
