"""Which office a title names, and the sectors of an office."""
import re

HEAD_OF_STATE = re.compile(
    r"^(President|President of the Republic|Federal President|Interim President|Acting President|Transitional President|"
    r"King|Queen|[Mm]onarch|Emperor|Emir|Emir of .*|Sultan|Head of State|Supreme Leader|Chairman of the Presidency|"
    r"Grand Duke.*|Pope|Yang di-Pertuan Agong|President of the (Swiss )?Confederation|King of .*|President of the State|"
    r"Chairman of the Presidential Council|President of the Presidential Council|State President|"
    r"Chairman of the Sovereignty Council|Head of the Republic|President of Abkhazia|President of Artsakh)$")
HEAD_OF_GOVERNMENT = re.compile(
    r"^(Prime Minister|Premier|Chancellor|Federal Chancellor|Taoiseach|Chairman of the (Cabinet|Council) of Ministers.*|"
    r"President of the (Council of Ministers|Government)|Head of Government|Minister-President|Premier of the Republic.*|"
    r"Chair(man|person)? of the Government|Chief Executive|State Minister|President of the Executive Yuan|"
    r"Chief Minister|Chief Executive of Hong Kong)$")
LOW = re.compile(r"(?i)deputy|vice[- ]minister|under-?secretary|state secretary|assistant|parliamentary|minister of state|"
                 r"minister delegate|shadow|without portfolio|junior|mayor|lord of the treasury|secretary of state at|in attendance|"
                 r"private secretary|first lady|spouse|candidate|ministers? for state")
SPEAKER = re.compile(r"(?i)^(speaker|president|chair(man|person)?) of (the )?(national assembly|parliament|house|senate|chamber|lok sabha|"
                     r"rajya sabha|riksdag|storting|knesset|federal council|council of states|bundestag|state duma|federation council|"
                     r"legislative|general people|grand national|verkhovna|sejm|dáil|people's|majlis|supreme council|congress|seimas)")
CHIEF = re.compile(r"(?i)^(chief|head) of (the )?(general staff|defen[cs]e( staff)?|armed forces|army staff|staff of the army|"
                   r"the defen[cs]e staff|national defence)|chairman of the joint chiefs|commander(-in-chief)? of the armed forces|"
                   r"^commander of the (army|defen[cs]e forces)")


def classify(title, state):
    """The class of office a title names; None for offices that are left out."""
    if HEAD_OF_STATE.match(title):
        return "head-of-state"
    if state == "CHE" and title.startswith("President of the Confederation"):
        return "head-of-state"
    if HEAD_OF_GOVERNMENT.match(title) and "Deputy" not in title:
        return "head-of-government"
    if re.match(r"(?i)^(first )?vice[- ]president( of the republic)?$", title):
        return "vice-president"
    if re.match(r"(?i)^(first )?(deputy|vice)[- ](prime minister|premier|chancellor)$", title):
        return "minister"
    if re.search(r"(?i)^ambassador|permanent representative|^high commissioner (to|of)|^representative to the united nations", title):
        return "ambassador"
    if re.search(r"(?i)national security advis|secretary of the (national )?security council|national security council", title):
        return None if re.search(r"(?i)deputy|member", title) else "security-adviser"
    if SPEAKER.match(title) and not re.search(r"(?i)deputy|vice", title):
        return "speaker"
    if CHIEF.search(title) and not re.search(r"(?i)deputy|vice", title):
        return "chief-of-defence"
    if LOW.search(title):
        return None
    if re.search(r"(?i)spokes(man|woman|person)|press secretary|chief of staff|head of the presidential|director.*intelligence|"
                 r"director.*(central intelligence|federal bureau)|director of (the )?(mossad|shin bet|fsb)|chief justice|prosecutor general|"
                 r"governor of the (central|national|reserve|state) ?bank|federal reserve|commissioner of police|chief of (the national )?police", title):
        return "other"
    ministerial = re.search(r"(?i)minister|^secretary (of|for)|^foreign secretary|^home secretary|^attorney[- ]general|"
                            r"^chancellor of the exchequer|^treasurer$|secretary of state for|chief cabinet secretary|^trade representative", title)
    if not ministerial:
        return None
    if re.search(r"(?i)foreign|external (affairs|relations)|^secretary of state$", title) and not re.search(r"(?i)foreign trade$|foreign economic", title):
        if title == "Secretary of State" and state != "USA":
            return None
        return "foreign-minister"
    if re.search(r"(?i)defen[cs]e|armed forces", title) and not re.search(r"(?i)civil defence|consumer", title):
        return "defence-minister"
    if re.search(r"(?i)interior|internal affairs|home (affairs|secretary|department)", title):
        return "interior-minister"
    if re.search(r"(?i)financ|treasury|exchequer|^treasurer", title):
        return "finance-minister"
    return "minister"


def sectors(office, title, pre):
    """PLOVER sectors of an office, the primary one first."""
    if office == "defence-minister":
        found = "GOV,MIL"
    elif office == "chief-of-defence":
        found = "MIL"
    elif office == "speaker":
        found = "LEG"
    elif office == "other" and re.search(r"(?i)intelligence|mossad|shin bet|fsb", title):
        found = "SPY"
    elif office == "other" and re.search(r"(?i)police|bureau of investigation", title):
        found = "COP"
    elif office == "other" and re.search(r"(?i)justice|prosecutor", title):
        found = "JUD"
    else:
        found = "GOV"
    return found + (",PRE" if pre else "")
