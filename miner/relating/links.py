"""How a marker is tied to what follows it or stands before it: raises, lowers, goes with, or is denied.

The words between the two are read from the end: verbs and grades ("was associated with reduced") multiply their signs,
so that few words cover many sentences.
"""

import re
from dataclasses import dataclass

_ENDS = r"(?:e|es|ed|ing|s|d|red|ring|r|ion of)?"
_RAISES = (
    rf"(?:increas|enhanc|promot|improv|elevat|confer|caus|induc|mediat|driv|potentiat|augment|restor|facilitat|boost"
    rf"|maintain|strengthen|render|exacerbat|trigger|prolong|extend){_ENDS}|drove|lengthen(?:s|ed)|makes?|made|making"
    r"|lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|contribut(?:es?|ed|ing|ors?) to|accounts? for"
    r"|(?:be|is|are|was|were) responsible for|underl(?:ies|ying|ie)"
    r"|(?<!between )(?:associat|correlat|link|relat|connect|coupl)(?:ed|es?|ions?|ing)?(?: \w+ly)? (?:with|to)"
    r"|predict(?:s|ed|ing|ors?|ive)?(?: (?:of|for))?|(?:bio-?)?markers? (?:of|for)|indicat(?:ors?|ive) (?:of|for)"
    r"|(?:required|necessary|essential|needed|critical|crucial) for|determinants? (?:of|for)|mechanisms? (?:of|for"
    r"|underlying)|drivers? of|causes? of"
    r"|(?:risk )?factors? (?:of|for)"
)
_HAS = (
    r"had|has|have|having|show(?:s|ed|ing)?|exhibit(?:s|ed|ing)?|display(?:s|ed|ing)?|demonstrat(?:e|es|ed|ing)"
    r"|experienc(?:e|es|ed)|achiev(?:e|es|ed)|possess(?:es|ed)?|tend(?:s|ed)? to have"
)
_LOWERS = (
    rf"(?:decreas|reduc|attenuat|abolish|abrogat|suppress|inhibit|impair|revers|diminish|lower|alleviat|block|prevent"
    rf"|circumvent|counteract|eliminat|weaken|compromis|mitigat|shorten|limit){_ENDS}|overc[ao]m(?:es?|ing)?|blocked"
    r"|(?:negative|inverse)(?:ly)?(?: \w+)? (?:associat|correlat|link|relat)(?:ed|es?|ions?)(?: with| to)"
    r"|(?:associat|correlat|link|relat)(?:ed|es?) (?:negatively|inversely)(?: with| to)"
)
_BETTER = (
    r"better(?! to\b| predict)|longer|higher|greater|good|favou?rable|superior|strong(?:er)?|excellent|more"
    r"|prolonged|complete|partial"
    r"|objective|durable|high|raised|marked|exceptional|long-term"
)
_WORSE = (
    r"poor(?:er)?|worse|shorter|inferior|lower|unfavou?rable|adverse|dismal|less|weaker|lack of|loss of|absence of|bad"
)
_ITEM = re.compile(
    rf"(?<![\w-])(?:(?P<lowers>{_LOWERS})|(?P<worse>{_WORSE})|(?P<better>{_BETTER})|(?P<raises>{_RAISES})"
    rf"|(?P<has>{_HAS})"
    r"|(?P<be>is|are|was|were|be|been|being|became|become|remain(?:s|ed)?|more likely to be))(?![\w-])",
    re.IGNORECASE,
)
#: what may stand between two of them, or behind the last
_GAP = re.compile(r"(?:[ '\"/]+(?:‹S\d+›(?:'s)?|(?!(?:that|which|who|by|than)\b)[\w.-]+)){0,6}[ '\"-]*")
_GAP_INSIDE = re.compile(r"(?: (?:the|an?|with|to|its|their|have|\w+ly|also|in|and)){0,3} ?")
#: words in front of the first verb that take it away from the marker
_FOREIGN = re.compile(
    r"\b(?:whether|than|versus|vs|compared|unlike|because|since|if|despite|through|via|independent(?:ly)? of|nor"
    r"|regardless|relationships?|roles?|others?|such|importance|investigat\w+|reviewed?|except)\b|[;:]|‹[DKMG]\d+›"
    r"|\b(?:who|that|which) (?:had|have|were|was|are)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:not(?! only| just| merely)|no|neither|nor|without|fail(?:s|ed|ing)? to|cannot|never|independent of)\b", re.I
)
_MORE = re.compile(r"increas|improv|prolong|exten|enhanc|lengthen", re.IGNORECASE)
_SAME = re.compile(
    r"\bno (?:[\w-]+ )?(?:differences? in|(?:impact|effects?|influence|bearing) on|(?:association|correlation) with)"
    r"(?: the| overall)? $",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"\b(?:no longer|differen\w+|variab\w+|range of|not only .* but)\b", re.IGNORECASE)
#: a relative clause of another noun
_RELATIVE = re.compile(
    r"\w+,? (?:[\w‹›-]+,? )+(?<!found )(?<!shown )(?<!demonstrated )(?:that|which|who|whose)\b", re.IGNORECASE
)
#: one of the marker itself
_WHICH = re.compile(
    r"^(?:(?:[- ][\w-]+)? (?:in|of) (?:[\w-]+ )?‹S\d+›(?: (?:cells?|patients|cell lines))?)?,? (?:which|that|who)(?= )"
)
_REACH = 18
_BRACKETS = re.compile(r" ?\([^()]*\)| ?\[[^\[\]]*\]")

_BACK = re.compile(
    r"^(?:,| |(?:mechanisms?|phenotypes?|rates?|status)\b|(?:following|after|upon) (?:[\w-]+ ){0,3}?‹D\d+›|(?:in|of"
    r"|for) (?:[\w-]+ ){0,3}?(?:‹S\d+›|cells?\b|patients?\b"
    r"|lines?\b|tumou?rs?\b)(?: (?:cells?|patients|cell lines?|tissues?|tumou?rs?))?)*"
    r"(?:(?:is|are|was|were|be|been|being|can be|may be|could be|that is|which is|which was|(?:has"
    r"|have) (?:\w+ )?been) )?"
    r"(?P<denied>(?:not|neither) )?(?:(?:\w+ly|also|likewise|found to be|shown to be|more|partly|in part"
    r"|at least in part) )*"
    r"(?:(?P<lowers>(?:negatively|inversely) (?:associated|correlated|related) (?:with|to)"
    r"|(?:decreased|reduced|abolished|abrogated|reversed|attenuated|suppressed|impaired|inhibited|lower|overcome"
    r"|less frequent) (?:by|in|with|upon|after))"
    r"|(?P<raises>(?:associated|correlated|related|linked) (?:with|to)|(?:correlate[sd]?) with|due to|mediated by"
    r"|caused by|driven by|conferred by|induced by|attribut(?:ed|able) to|resulting from|arising from|because of"
    r"|acquired (?:by|via|through)|depend(?:ent|ed|s) (?:up)?on|predicted by|promoted by|through|via"
    r"|(?:increased|enhanced|improved|restored|higher|greater|better|raised) (?:by|in|with|upon|after|when)))"
    r"(?: (?!(?:whether|both types)\b)[\w'/-]+){0,6}?(?: ‹S\d+›(?: [\w-]+){0,4}?)?,? ?\(?$",
    re.IGNORECASE,
)


_GAP_OF_GRADE = re.compile(r"(?: (?:‹S\d+›|(?!(?:and|or)\b)[\w-]+)){1,3} ")


@dataclass(frozen=True, slots=True)
class Link:
    """What the words between say of the thing: raised (1) or lowered (-1), and whether that is denied."""

    sign: int
    denied: bool = False
    #: holds a verb of its own; a grade alone ties nothing
    verb: bool = True
    #: nothing but a form of "be" or "have"
    bare: bool = False
    #: holds a form of "be", which ties an adjective
    copula: bool = False
    #: says more or less, longer or shorter
    graded: bool = False
    #: the thing itself is lacking ("lack of response")
    lacking: bool = False


def read_link(between: str) -> Link | None:
    """The tie of a marker to what stands behind it; None where the words between tie them not, or not surely."""
    between = _WHICH.sub("", _BRACKETS.sub("", between))
    if _SAME.search(between) and not _FOREIGN.search(between):
        return Link(1, denied=True)
    if _UNSURE.search(between):
        return None
    items = list(_ITEM.finditer(between))
    if not items or not _GAP.fullmatch(between[items[-1].end() :]):
        return None
    first = len(items) - 1
    while first > 0:
        gap = between[items[first - 1].end() : items[first].start()]
        grade = items[first].lastgroup in ("better", "worse")
        if not _GAP_INSIDE.fullmatch(gap) and not (grade and _GAP_OF_GRADE.fullmatch(gap)):
            break
        first -= 1
    chain = items[first:]
    before = between[: chain[0].start()]
    if _RELATIVE.search(before):
        return None
    if _FOREIGN.search(between) or len(before.split()) > _REACH:
        return None
    sign = -1 if sum(i.lastgroup in ("lowers", "worse") for i in chain) % 2 else 1
    tail = between[chain[-1].end() :]
    if sign < 0 and re.search(r"\band\b", tail):
        return None
    return Link(
        sign,
        _DENIED.search(between) is not None,
        any(i.lastgroup in ("raises", "lowers", "has") for i in chain),
        all(i.lastgroup in ("be", "has", "better") for i in chain),
        any(i.lastgroup == "be" for i in chain),
        any(i.lastgroup in ("better", "worse", "lowers") or _MORE.match(i[0]) for i in chain),
        any(re.match(r"lack|loss|absence", i[0], re.IGNORECASE) for i in chain),
    )


def read_back_link(between: str) -> Link | None:
    """The tie of a thing to the marker that stands behind it ("resistance to ... is caused by")."""
    found = _BACK.match(_BRACKETS.sub("", between))
    if found is None:
        return None
    return Link(-1 if found["lowers"] else 1, bool(found["denied"]))
