"""What a therapy does to a course of disease: verbs that raise, lower or leave it, and what they act on.

The direction follows from the two together: what is bad (death, growth of a tumour, a symptom) and lowered, or good
(survival, function) and raised, is a benefit; the same denied is none.
"""

from miner.relating.outcomes import MEASURE
from miner.wording import Wording

#: the cells of a disease: a token, a word for a malignancy, or the name of a line
_ILL_CELLS = (
    r"(?:‹[SM]\d+›(?:[ -]\w+)?|(?:cancer|tumou?r|leuk[a]?emi[ac]\w*|lymphoma|myeloma|glioma|melanoma|sarcoma"
    r"|carcinoma|malignant|hepatoma|(?-i:[A-Z][\w/-]*\d[\w/-]*))(?: \w+)?) (?:stem )?cells?"
)
#: what cells do that nobody wants of the cells of a disease
_CELL_ACT = (
    r"(?:(?:cell(?:ular)? )?(?:proliferation|viability|growth|migration|invasion|invasiveness|survival|motility)"
    r"|colony[- ]form\w+|clonogen\w+|stemness|self-renewal|EMT)"
)
_CELL_LIST = rf"{_CELL_ACT}(?:(?:,|,? and|/) (?:the )?(?:\w+ )?{_CELL_ACT})*"
_LUMP = (
    r"(?:tumou?rs?|cancer|lesions?|plaques?|cysts?|fibroids?|‹[SM]\d+›|xenografts?|metasta(?:sis|ses|tic)"
    r"|lung nodules?)"
)
_SURROGATE = (
    r"(?:HbA1c|(?:plasma |serum |hepatitis \w )?viral loads?|(?:systolic |diastolic |arterial )?blood pressure"
    r"|LDL(?:-C)?"
    r"|(?:total |LDL )?cholesterol|(?:blood|plasma|fasting|serum) glucose|intraocular pressure|IOP|proteinuria"
    r"|albuminuria)"
)
#: better when lower
BAD = (
    r"(?:(?:all-cause |in-hospital |hospital |[0-9]+-day |overall |cancer-specific )?(?:mortality|deaths?|fatalit\w+)"
    r"(?: rates?)?|recurrences?|relapses?(?: rates?)?|(?:disease |tumou?r |clinical |radiographic |cancer )?progression"
    r"|disease activity|re-?hospitali[sz]ations?|hospitali[sz]ations?|readmissions?|exacerbations?"
    r"|(?:symptom\w*|pain|disease|itch|pruritus|fatigue)(?: (?:severity|intensity|scores?|burden))?|severity|disability"
    r"|(?:mechanical |invasive )*ventilation|intubation|ICU admissions?|intensive care"
    r"|(?:hospital|ICU|in-hospital|intensive care(?: unit)?) stays?|(?:length|duration) of (?:\w+ )?(?:stay"
    r"|hospitali[sz]ation|symptoms|illness)|bleeding|blood loss"
    r"|transfusions?|infarct(?:ion)? (?:size|volume|area)|opioid (?:use|consumption|requirements?)"
    rf"|{_LUMP} (?:growth|volumes?|sizes?|weights?|burden|loads?|area|progression|formation|development|onset|numbers?"
    r"|severity|incidence|symptoms|scores?|injury|damage|pathology|invasion|metastasis|recurrence|mortality"
    r"|attacks?|episodes?|flares?)"
    r"|tumou?rigenesis|tumou?rigenicity|carcinogenesis|metasta(?:sis|ses)|(?:seizure|relapse|attack|migraine) "
    r"(?:frequency|rates?|duration|number|severity)|seizures?"
    rf"|{_SURROGATE}|(?:tissue|organ|kidney|renal|liver|hepatic|lung|brain|myocardial|neuronal|nerve|histological"
    r"|pathological|structural) (?:injur\w+|damage|changes?|lesions?|inflammation)"
    r"|nausea|vomiting|delirium|anxiety|(?:(?:cognitive|memory|motor|behaviou?ral|neurological|functional"
    r"|learning|renal|cardiac)"
    r" )(?:deficits?|impairments?|dysfunctions?|decline)"
    r"|(?:changes|alterations|abnormalities|deficits|impairments?) in (?:\w+ )?‹S\d+›)"
)
#: growth and the like of what is ill
ILL_GROWTH = (
    rf"(?:{_CELL_LIST}(?: (?:abilit\w+|capacit\w+|potential|properties))? (?:of|in) (?:(?!and\b)[\w()+-]+[ /]){{0,5}}?"
    rf"{_ILL_CELLS}|(?:{_ILL_CELLS}|(?:cancer|tumou?r|‹[SM]\d+›)(?:[- ]cell)?) {_CELL_LIST}"
    r"|(?:growth|progression|development|formation|onset|severity|symptoms|incidence|occurrence|risk|rates?"
    r"|recurrence|size|volume|number) of (?:(?!and\b)[\w/()-]+ ){0,5}?(?:‹[SM]\d+›|tumou?rs?|metasta\w+|xenografts?"
    r"|lesions?))"
)
_ILLNESS = (
    r"‹S\d+›(?![- ]?(?:related|associated|induced|specific|mediated|derived|like|positive|negative|free)"
    r"|@|[ -](?:healing|repair|recovery|resolution|regeneration|clearance|cells?|tissues?|patients?|risk|model"
    r"|mice|rats|samples?|therap\w+|treatment|drugs?|genes?|stem"
    r"|\w*genesis)\b)"
)
#: better when higher
GOOD = (
    rf"(?:{MEASURE}|recovery|healing|(?:cognitive|motor|physical|renal|kidney|liver|hepatic|cardiac|heart|lung"
    rf"|pulmonary"
    r"|ventricular|visual|sexual|endothelial|immune|neurological|social|daily|bladder|sensorimotor|locomotor"
    r"|diastolic|systolic|gait|swallowing) (?:functions?|functioning|performance|recovery|outcomes?)"
    r"|functional (?:recovery|outcomes?|capacity)|learning|memory|cognition|spatial memory|(?:exercise|walking) \w+"
    r"|ejection fraction|LVEF|FEV1?|bone mineral density|BMD|(?:pregnancy|live birth|ovulation|cure|clearance"
    r"|eradication|response|remission|engraftment|success|closure|resolution) rates?|life ?span|visual acuity"
    r"|sleep(?: quality)?|mood|insulin sensitivity|glycemic control|oxygenation|quality of (?:life|sleep)"
    r"|(?:complete|partial|durable|sustained) (?:clinical |molecular |hematologic\w* |cytogenetic |metabolic )?"
    r"(?:responses?|remissions?)|transfusion independence|(?:range of motion|mobility))"
)
_LOWERS = (
    r"(?:reduc|decreas|lower|diminish|lessen|inhibit|suppress|attenuat|alleviat|ameliorat|prevent|revers|reliev"
    r"|mitigat|block|delay"
    r"|slow|abolish|abrogat|halt|retard|repress|restrain|impair|impede|hinder|eliminat|arrest|shorten|blunt|counteract"
    r"|shr[iau]nk)"
)
_TREATS = (
    r"(?:treat|cure|resolv|control|reliev|alleviat|ameliorat|attenuat|revers|improv|prevent|mitigat|inhibit"
    r"|suppress|reduc|lessen|rescu)"
)
_RAISES = (
    r"(?:improv|prolong|extend|increas|enhanc|restor|preserv|promot|accelerat|recover|normali[sz]|rescu"
    r"|ameliorat|boost|protect"
    r"|maximi[sz])"
)
_FORM = r"(?:e[sd]|s|ed|ped|ted|t)"
#: a bare or progressive form counts only behind words that state it of the subject
_STATED = (
    r"\b(?:can|able to|shown to|found to|known to|proved to|proven to|appear(?:s|ed)? to|seem(?:s|ed)? to"
    r"|effective in|effectively"
    r"|effective at|efficacious in|did|does|do|could|may|might|and|or|while|significantly|markedly|thereby|thus|by) "
)
#: between a verb and what it acts on
_TO_OBJECT = (
    r"(?:[ ,/(]+(?!‹[DKG]\d+›(?!-(?:induced|mediated|related|associated))|not\b|no\b|than\b|versus\b|compared\b"
    r"|but\b|with\b|by\b|that\b|which\b|whereas\b"
    r"|while\b|after\b"
    r"|expression\b|levels?\b|increas\w+|\w+ed by\b|activity\b|activation\b|resistance\b|sensitivity\b|adverse\b"
    r"|toxic\w*)"
    r"[\w%/.›‹'’-]+){0,7}?[ ,/(]+"
)


def _verb(stems: str) -> str:
    return rf"(?:(?<![\w-]){stems}{_FORM}\b|{_STATED}(?:\w+ly )?{stems}(?:e|ing|ping|ting)?\b)"


_ADVERB = r"(?:(?:\w+ly|also|much|more|all|both|further|then|better|clearly|even) )*"
_WAS = r"(?:was|were|is|are|has been|have been|had been)"
_LOWERED = (
    r"(?:reduced|decreased|lower(?:ed)?|diminished|inhibited|suppressed|attenuated|alleviated|ameliorated"
    r"|prevented|reversed"
    r"|relieved|mitigated|delayed|abolished|abrogated|fewer|less(?: (?:frequent|severe|common))?|shorter|shortened"
    r"|smaller|resolved|improved|controlled|slowed)"
)
_RAISED = (
    r"(?:improved|prolonged|increased|enhanced|restored|preserved|longer|higher|better|superior|greater"
    r"|normali[sz]ed|faster)"
)
_SHOWS = (
    r"(?:show(?:s|ed|n)?|demonstrat(?:es|ed)|exhibit(?:s|ed)?|ha[sd]|have|produc(?:es|ed)|exert(?:s|ed)?"
    r"|display(?:s|ed)?"
    r"|provid(?:es|ed)|achiev(?:es|ed)|caus(?:es|ed)|induc(?:es|ed)|yield(?:s|ed)?|experienced|offer(?:s|ed)?"
    r"|(?:led|lead|leads|leading) to|result(?:s|ed|ing)? in|(?:associated|related|linked|correlated"
    r"|accompanied) (?:with|to)|found|observed|noted)"
)
_LESS = (
    r"(?:reductions?|decreas(?:e|es)|declin(?:e|es)|inhibition|suppression|attenuation|amelioration|alleviation"
    r"|relief|regression|prevention)"
)
_MORE = r"(?:improvements?|increas(?:e|es)|prolongation|recovery|restoration|gains?)"
_UP_TO = r"(?: (?!no\b|not\b|adverse\b)[\w%.,/-]+){0,4}? "
_IN = r" (?:in|of|from|for) "

#: the therapy acts on the illness
_ACTIVE = Wording(
    rf"{_verb(_LOWERS)}{_TO_OBJECT}(?:{BAD}|{ILL_GROWTH})(?![\w-])"
    rf"|{_verb(_TREATS)}(?: (?:the|both|established|severe|moderate|acute|chronic|refractory|\w+ly|experimental|induced"
    rf"|[\w›‹-]+-induced|symptoms of)){{0,3}} {_ILLNESS}"
    rf"|{_verb(_RAISES)}{_TO_OBJECT}{GOOD}(?![\w-])",
)
#: the illness was acted on
_PASSIVE = Wording(
    rf"\b(?:{BAD}|{ILL_GROWTH}|{_ILLNESS})(?: (?!and\b|or\b|not\b|no\b|{_WAS}\b)[\w()%,/‹›-]+){{0,6}}? {_WAS} "
    rf"{_ADVERB}{_LOWERED}(?![\w-])"
    rf"|\b{GOOD}(?: (?!and\b|or\b|not\b|no\b|{_WAS}\b)[\w()%,/‹›-]+){{0,6}}? {_WAS} {_ADVERB}{_RAISED}(?![\w-])",
)
_SHOWN = Wording(
    rf"\b{_SHOWS}{_UP_TO}{_LESS}{_IN}(?:[\w/-]+ ){{0,5}}?(?:{BAD}|{ILL_GROWTH})(?![\w-])"
    rf"|\b{_SHOWS}{_UP_TO}{_MORE}{_IN}(?:(?!in\b)[\w/-]+ ){{0,5}}?{GOOD}(?![\w-])"
    rf"|\b{_SHOWS}{_UP_TO}(?:improvements?|recovery){_IN}(?:(?!in\b)[\w/-]+ ){{0,5}}?{_ILLNESS}(?![\w-])"
    rf"|\b{_SHOWS}{_UP_TO}(?:lower|reduced|decreased|less|fewer|shorter)(?: [\w/-]+){{0,5}}? {BAD}(?![\w-])"
    rf"|\b(?:achiev|attain|regain|reach|experienc|obtain|maintain)(?:ed|es)\b(?: (?!no\b|not\b)[\w.%-]+){{0,5}}? "
    rf"(?:{MEASURE}|(?-i:MMR|CR|PR|MR4(?:\.5)?|SVR\w*|DAPSA|ACR\d+|PASI ?\d+|EASI-?\d+|IGA))(?![\w-])"
    rf"|(?<!› were )(?<!› was )\b(?:responsive|responded)(?= (?:\w+ ){{0,2}}to )"
    rf"|\b(?:achieved|induced|had|showed|produced|with|demonstrated) the (?:best|highest|greatest) (?:results?"
    rf"|outcomes?|efficacy)\b"
    rf"|\b(?:{_SHOWS}|yield(?:s|ed)?|yield|provide|with){_UP_TO}(?:higher|better|greater|superior|longer"
    rf"|improved|favou?rable)"
    rf"(?: (?!than\b|with\b)[\w-]+){{0,4}}? {GOOD}(?![\w-])"
    rf"|\b(?:shown|proved|proven|found|proves|appears?|seems?) (?:to be )?(?:\w+ly )?(?:effective"
    rf"|efficacious)\b(?! (?:in|at) \w+ing)"
    rf"|\b(?:potent|strong|significant|enhanced|improved|excellent|superior|remarkable|good|high|robust"
    rf"|promising|pronounced"
    rf"|considerable|substantial|marked)(?: and [\w-]+)?(?: (?:in vivo|in vitro|clinical"
    rf"|synergistic))? (?:anti-?tumou?r\w*|anti-?cancer"
    rf"|anti-?leuka?emi\w+|antineoplastic|antiproliferative|anti-‹S\d+›|cytotoxic) (?:effects?|activit(?:y|ies)"
    rf"|efficacy|potency|responses?)\b"
    rf"|\b(?:protective|beneficial|therapeutic|neuroprotective) (?:factor|role|function|activity)\b"
    rf"(?= (?:for|against|in|of|on) (?:[\w/()-]+ ){{0,4}}?(?:‹S\d+›|patients|survival|mortality))"
    rf"|\b(?:demonstrat(?:e|es|ed|ing)|confirm(?:s|ed)?|show(?:s|ed)?|establish(?:es|ed)|prov(?:es?"
    rf"|ed)) the (?:(?!cost\b)[\w-]+ )?(?:(?:safety|feasibility|tolerability)"
    rf" and )?(?:efficacy|effectiveness|benefits?)(?: and \w+)?(?= of ‹D)"
    rf"|\b(?:efficacy|effectiveness|benefits?)(?: and [\w-]+)? of (?:[\w-]+ ){{0,2}}‹D\d+›(?: (?!not\b"
    rf"|no\b)[\w›‹/()-]+){{0,9}}? "
    rf"(?:has|have|was|were|is|are) (?:been )?(?:\w+ly |well )?(?:demonstrated|established|confirmed|proven"
    rf"|documented|shown)\b"
    rf"|\b(?:demonstrating|showing|with (?:proven|demonstrated|validated)) (?:[\w-]+ )?(?:efficacy|benefits?)(?= |,)"
    rf"|\bsupport(?:s|ed|ing)? (?:the )?(?:\w+ )?(?:use|efficacy|effectiveness|benefits?)(?= of ‹D)"
    rf"|\binduc(?:ed|es)(?: (?!no\b)[\w-]+){{0,4}}? (?:remissions?|responses?(?= in (?:\w+ )?(?:patients|mice"
    rf"|‹S))|regressions?)\b"
    rf"|\bha(?:s|ve) shown(?: (?!no\b)[\w-]+){{0,4}}? (?:efficacy|benefits?|activity(?= (?:in|against)))\b"
    rf"|\bimprovements? in \w+(?= {_WAS} (?:also )?(?:seen|observed|noted|found))"
    rf"|\b(?:was|were|is|are|been|as) (?:an? |both )?(?:\w+ )?(?:safe|well[ -]tolerated"
    rf"|feasible)(?:, \w+)?,? and (?:\w+ )?(?:effective"
    rf"|efficacious)\b"
    rf"|\b(?:was|were|is|are|been|as) (?:an? |the )?(?:\w+ )?(?:effective|efficacious)(?:,"
    rf"| and) (?:\w+[, ]+)?(?:safe|well[- ]tolerated)\b"
    rf"|\bsuccessfully (?:treated|managed|controlled)(?= (?:\w+ ){{0,3}}(?:with|by|using) )"
    rf"|\b{_SHOWS}{_UP_TO}inhibition{_IN}(?:[\w/-]+ ){{0,6}}?{_ILL_CELLS}(?![\w-])"
    rf"|\b(?:protective|therapeutic|beneficial|neuroprotective|analgesic|antidepressant|anti-?tumou?r|anti-?cancer"
    rf"|anti-‹S\d+›|antinociceptive|anti-inflammatory|cytotoxic|synergistic|hepatoprotective"
    rf"|cardioprotective) effects?\b"
    rf"(?= (?:on|against|in|of|for) (?:[\w/()-]+ ){{0,5}}?(?:‹[SM]\d+›|tumou?rs?|patients|cancer))"
    rf"|\bprotect(?:s|ed)\b(?: (?!‹D)[\w›‹-]+){{0,4}}? (?:against|from) (?:[\w-]+ ){{0,3}}‹S\d+›"
)
#: a benefit said by verb and object
GAIN = (_ACTIVE, _PASSIVE, _SHOWN)
_NOT = (
    r"(?:(?:did|does|do|could|can|was|were|is|are|has|have|had) (?:also )?not(?! only)|didn't|doesn't|cannot"
    r"|fail(?:s|ed|ing)? to"
    r"|unable to|neither|nor|never)(?: (?:appear|seem|found|shown|able) to)?"
)
_CHANGE = (
    r"(?:improve|reduce|decrease|lower|prevent|inhibit|delay|ameliorate|alleviate|attenuate|affect|alter|change"
    r"|influence|impact"
    r"|suppress|reverse|restore|control|diminish|relieve|modify)"
)
_NO = (
    r"(?:no|lack(?:ed|s|ing)?(?: of)?|without(?: any| an?)?|little|absence of)(?: (?:longer any|statistically"
    r"|significant(?:ly)?|clinical"
    r"|clinically|meaningful|objective|overall|additional|added|further|real|relevant|sustained|evidence of|apparent"
    r"|detectable|important|such|beneficial|therapeutic|neuroprotective|protective|antitumou?r|clear|any|survival"
    r"|or|and))*"
)
#: the same denied
NO_GAIN = Wording(
    rf"\b{_NOT} {_ADVERB}{_CHANGE}(?:{_TO_OBJECT})(?:{BAD}|{GOOD}|{ILL_GROWTH}|{_ILLNESS})(?![\w-])"
    rf"|\b{_NOT} {_ADVERB}(?:increase|prolong|extend|enhance)(?:{_TO_OBJECT}){GOOD}(?![\w-])"
    rf"|(?<!due to )(?<!because of )(?<!lead to a)(?<!lead to an)(?<!\bor )\b{_NO} (?:(?:effect|impact"
    rf"|influence)s?(?: of (?:the )?‹D\d+›(?: \w+)?)? (?:on|in|for) "
    rf"|(?:benefit|improvement|reduction|decrease|difference|change|association|relationship|prolongation|increase)s?"
    rf"(?:{_IN}| on | between (?:the )?(?:use of )?‹D\d+›(?: \w+)? and | with ))(?:(?!with\b|adverse\b|in\b"
    rf"|levels\b)[\w/-]+ ){{0,5}}?"
    rf"(?:{BAD}|{GOOD}|{ILL_GROWTH}|{_ILLNESS})(?![\w-])"
    rf"|(?<!due to )(?<!because of )(?<!for )\b{_NO} (?:benefits?|(?:neuro)?protective effects?"
    rf"|therapeutic effects?|effects?(?= of ‹D)|efficacy|(?:clinical )?response|survival benefit)\b"
    rf"(?! of (?!‹D)| on )"
    rf"|\b(?:{GOOD}|{BAD}|{_ILLNESS})(?: (?!and\b|or\b|{_WAS}\b)[\w()%,/‹›-]+){{0,6}}? {_WAS} (?:not|neither) {_ADVERB}"
    rf"(?:(?:in|by|statistically|significantly) )*(?:{_LOWERED}|{_RAISED}|affected|different|changed|altered"
    rf"|influenced|associated (?:with|to))(?![\w-])"
    rf"|\b(?:{_LOWERED}|{_RAISED}) (?:[\w-]+ ){{0,4}}?(?:{BAD}|{GOOD}|{_ILLNESS})(?: \w+){{0,2}} {_WAS} not "
    r"(?:confirmed|observed|seen|found|shown)\b"
    rf"|\b{_WAS} not {_ADVERB}(?:improved|prolonged)\b"
    rf"|\b{_NOT} {_ADVERB}(?:produce|show|result in|lead to|provide|yield|confer|achieve|demonstrate|cause"
    rf"|induce)\b(?: [\w-]+){{0,3}}? "
    rf"(?:improvements?|benefits?|reductions?(?= in)|superiority|effects?(?= on))\b"
    rf"|\b(?:efficacy|activity|benefits?) of (?:[\w-]+ ){{0,2}}‹D\d+›(?: (?!not\b"
    rf"|no\b)[\w›‹/()-]+){{0,6}}? (?:is|was|were|are|remains?) "
    rf"(?:\w+ly )?(?:minimal|negligible|poor|disappointing|lacking)\b"
    rf"|\bineffective\b(?= (?:in|for|against|at)\b|[.;,]|$)"
    rf"|\bno more effective than\b|\bnot (?:more )?(?:effective|superior|better)\b(?=[^.;]{{0,12}} (?:than|to) )",
)
#: more deaths
HARM = Wording(
    r"\b(?:mortality|death|fatality)(?: rates?| risk)?(?: (?!and\b|not\b|no\b)[\w()%,-]+){0,4}? (?:was|were|is|are) "
    r"(?:\w+ly )*(?:higher|increased|greater)\b(?= (?:in|among|with|for)\b)"
    r"|\b(?:higher|increased|greater) (?:risk of )?(?:[\w-]+ ){0,3}?(?:mortality|death)\b"
)
#: the outcome belongs to a marker, a model or a plan
ASIDE = Wording(
    r"\b(?:predict\w*|correlat\w+|sought|in order to|only (?:a |an )?(?:minority|few|small|subset)|minority of"
    r"|eligible for"
    r"|hypothe\w+|criteria|defined as|cost-effective\w*|questionnaire|(?:vaccine|immune|stress|dose) responses?"
    r"|knock-?down|knock-?out|silenc\w+|overexpress\w+|deplet\w+|downregulation|upregulation|depletion"
    r"|deficien\w+|siRNA|shRNA"
    r"|(?:slight|numerical)(?:ly)?|myth|controversial|adherence|compliance)\b"
)
