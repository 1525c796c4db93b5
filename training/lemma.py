"""Compiles models/lemma.tsv, the table of crates/language/src/lemma.rs, and scores it.

    pip install simplemma==2.0.0
    python training/lemma.py --treebanks DIR

Lemmas come from the train splits of UD English-EWT and GUM (open genres), CC BY-SA 4.0, then from simplemma's English
table (MIT). From all pairs, suffix rules are learned for each group (part of speech with the features that inflect);
what the rules get wrong stands in the table as an exception.
"""
import argparse, collections, os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLE = os.path.join(ROOT, "models", "lemma.tsv")
LONGEST = 6

# Irregular verbs: base, past, participle. Small treebanks lack some of them.
IRREGULAR = """
arise arose arisen | awake awoke awoken | bear bore borne | beat beaten | become became | begin began begun | bend
bent | beset beset | bet bet | bid bade bidden | bind bound | bite bit bitten | bleed bled | blow blew blown |
break broke broken | breed bred | bring brought | build built | burn burnt | burst burst | buy bought | cast cast
| catch caught | choose chose chosen | cling clung | come came | cost cost | creep crept | cut cut | deal dealt |
dig dug | do did done | draw drew drawn | dream dreamt | drink drank drunk | drive drove driven | eat ate eaten |
fall fell fallen | feed fed | feel felt | fight fought | find found | flee fled | fling flung | fly flew flown |
forbid forbade forbidden | forecast forecast | foresee foresaw foreseen | forget forgot forgotten | forgive
forgave forgiven | forgo forwent forgone | forsake forsook forsaken | freeze froze frozen | get got gotten | give
gave given | go went gone | grind ground | grow grew grown | hang hung | have had | hear heard | hide hid hidden |
hit hit | hold held | hurt hurt | keep kept | kneel knelt | know knew known | lay laid | lead led | lean leant |
leap leapt | learn learnt | leave left | lend lent | let let | light lit | lose lost | make made | mean meant |
meet met | mislead misled | mistake mistook mistaken | mow mown | outdo outdid outdone | overcome overcame |
override overrode overridden | oversee oversaw overseen | overtake overtook overtaken | overthrow overthrew
overthrown | partake partook partaken | pay paid | plead pled | prove proven | put put | quit quit | read read |
rebuild rebuilt | repay repaid | rid rid | ride rode ridden | ring rang rung | rise rose risen | run ran | say
said | see saw seen | seek sought | sell sold | send sent | set set | sew sewn | shake shook shaken | shed shed |
shine shone | shoot shot | show shown | shrink shrank shrunk | shut shut | sing sang sung | sink sank sunk | sit
sat | slay slew slain | sleep slept | slide slid | slit slit | sow sown | speak spoke spoken | speed sped | spend
spent | spill spilt | spin spun | spit spat | split split | spoil spoilt | spread spread | spring sprang sprung |
stand stood | steal stole stolen | stick stuck | sting stung | stink stank stunk | strike struck stricken | strive
strove striven | swear swore sworn | sweep swept | swell swollen | swim swam swum | swing swung | take took taken
| teach taught | tear tore torn | tell told | think thought | throw threw thrown | thrust thrust | tread trod
trodden | undergo underwent undergone | understand understood | undertake undertook undertaken | undo undid undone
| uphold upheld | upset upset | wake woke woken | wear wore worn | weave wove woven | weep wept | win won | wind
wound | withdraw withdrew withdrawn | withhold withheld | withstand withstood | wring wrung | write wrote written
| rewrite rewrote rewritten | foretell foretold | resell resold | retake retook retaken | redraw redrew redrawn |
retell retold | overrun overran | outgrow outgrew outgrown | intervene intervened | supersede superseded | proceed
proceeded | succeed succeeded | exceed exceeded | concede conceded | secede seceded | agree agreed | decree
decreed | free freed | guarantee guaranteed | disagree disagreed
"""


def read(path):
    for line in open(path, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if len(f) == 10 and f[0].isdigit():
            yield f[1], f[2], f[3], f[5]


def group(form, upos, feats):
    """The inflected form a word is; the same as `group` in lemma.rs."""
    has = lambda f: f in feats.split("|")
    if upos in ("NOUN", "PROPN"):
        return upos + (" Plur" if has("Number=Plur") else "")
    if upos == "VERB":
        if has("VerbForm=Ger") or has("VerbForm=Part") and has("Tense=Pres"):
            return "VERB Ing"
        if has("Tense=Past"):
            return "VERB Past"
        if has("Number=Sing") and has("Person=3"):
            return "VERB Sing"
        return "VERB"
    if upos in ("ADJ", "ADV"):
        degree = " Cmp" if has("Degree=Cmp") else " Sup" if has("Degree=Sup") else ""
        return upos + (degree or (" Cap" if upos == "ADJ" and form[:1].isupper() and not form.isupper() else ""))
    return upos


KEEPS_CASE = {"PROPN", "PROPN Plur", "ADJ Cap", "X", "SYM", "PUNCT"}


def edit(form, lemma):
    """Suffix to strip and suffix to add."""
    n = 0
    while n < min(len(form), len(lemma)) and form[n] == lemma[n]:
        n += 1
    return len(form) - n, lemma[n:]


def learn(pairs):
    """Longest-suffix rules for {form: (lemma, weight)}: a longer suffix stands only where it decides otherwise."""
    votes = collections.defaultdict(collections.Counter)
    for form, (lemma, weight) in pairs.items():
        strip, add = edit(form, lemma)
        if strip > 5 or len(add) > 4:
            continue
        for n in range(0, min(LONGEST, len(form) - 1) + 1):
            if n >= strip:
                votes[form[len(form) - n:]][(strip, add)] += weight
    rules = {}
    for suffix in sorted(votes, key=lambda s: (len(s), s)):
        best, count = min(votes[suffix].items(), key=lambda kv: (-kv[1], kv[0]))
        total = sum(votes[suffix].values())
        if len(suffix) > 1 and (count < 3 or count < 0.6 * total):
            continue
        if best != apply_rule(rules, suffix):
            rules[suffix] = best
    return rules


def apply_rule(rules, form):
    for n in range(min(LONGEST, len(form)), -1, -1):
        rule = rules.get(form[len(form) - n:])
        if rule:
            return rule
    return (0, "")


def lemma(table, form, upos, feats):
    name = group(form, upos, feats)
    lower = form.lower()
    exact = table["exceptions"].get((f"{upos}|{feats}", lower)) or table["exceptions"].get((name, lower))
    if exact:
        return exact
    if upos == "NUM":
        return lower.replace(",", "")
    if name.startswith("PROPN"):
        base = form.capitalize() if form.isupper() and len(form) > 5 and form.isalpha() else form
    else:
        base = form if name in KEEPS_CASE else lower
    strip, add = apply_rule(table["rules"].get(name, {}), lower)
    return (base[:len(base) - strip] + add) if strip or add else base


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--treebanks", required=True)
    folder = parser.parse_args().treebanks
    ewt = os.path.join(folder, "UD_English-EWT", "en_ewt-ud-{}.conllu")
    gum = os.path.join(folder, "UD_English-GUM-open", "en_gum_open-{}.conllu")
    train = list(read(ewt.format("train"))) + list(read(gum.format("train")))
    seen = collections.defaultdict(collections.Counter)
    closed = collections.defaultdict(collections.Counter)
    for form, lem, upos, feats in train:
        seen[(group(form, upos, feats), form.lower())][lem] += 1
        if upos in ("AUX", "PRON", "DET"):
            closed[(f"{upos}|{feats}", upos, form.lower())][lem] += 1
    best = {key: min(counts.items(), key=lambda kv: (-kv[1], kv[0]))[0] for key, counts in seen.items()}

    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
    lexicon = {}
    for form, lem in DefaultDictionaryFactory().get_dictionary("en").items():
        decode = lambda x: x.decode() if isinstance(x, bytes) else x
        lexicon[decode(form)] = decode(lem)
    bases = {l for l in lexicon.values()} | {l for (name, _), l in best.items() if name.startswith("VERB")}
    groups = collections.defaultdict(dict)
    for form, lem in lexicon.items():
        if not form.isalpha() or not form.islower() or not lem.islower() or form == lem or len(form) < 4:
            continue
        strip, add = edit(form, lem)
        if form.endswith("ing") and lem in bases:
            groups["VERB Ing"][form] = (lem, 1)
        elif form.endswith("ed"):
            groups["VERB Past"][form] = (lem, 1)
        elif form.endswith("s") and strip <= 3:
            groups["NOUN Plur"][form] = (lem, 1)
            groups["VERB Sing"][form] = (lem, 1)
        elif form.endswith("er") and strip <= 3:
            groups["ADJ Cmp"][form] = (lem, 1)
        elif form.endswith("est") and strip <= 4:
            groups["ADJ Sup"][form] = (lem, 1)
        elif form.endswith("men"):
            groups["NOUN Plur"][form] = (lem, 1)
    for (name, form), lem in best.items():
        if name in KEEPS_CASE or form.isalpha():
            weight = 3 if name.startswith("VERB") or name.startswith("NOUN") else 1
            if name.startswith("PROPN") or name == "ADJ Cap":
                # Case is a matter of the form, not of the ending.
                groups[name][form] = (lem.lower(), weight)
            else:
                groups[name][form] = (lem, weight)
    groups["PROPN Plur"] = {**groups["NOUN Plur"], **groups["PROPN Plur"]}
    plain = {"NOUN", "PROPN", "VERB", "ADJ", "ADJ Cap", "ADV"}
    rules = {name: learn(pairs) for name, pairs in sorted(groups.items()) if " " in name and name not in plain}
    table = {"rules": rules, "exceptions": {}}
    exceptions = table["exceptions"]


    # An exception must win over the rules for the forms as they are written, so every writing is tried.
    written = collections.defaultdict(collections.Counter)
    for form, lem, upos, feats in train:
        written[(group(form, upos, feats), form.lower())][(form, lem, upos, feats)] += 1
    for key, uses in sorted(written.items()):
        right = sum(n for (form, lem, upos, feats), n in uses.items() if lemma(table, form, upos, feats) == lem)
        fixed = sum(n for (_, lem, _, _), n in uses.items() if lem == best[key])
        if fixed > right and (fixed > 1 or not key[0].startswith("PROPN") or best[key].lower() != key[1]):
            exceptions[key] = best[key]
    for (feats, upos, form), counts in sorted(closed.items()):
        lem, n = min(counts.items(), key=lambda kv: (-kv[1], kv[0]))
        if n > 1 and lem != lemma(table, form, upos, feats.split("|", 1)[1]):
            exceptions[(feats, form)] = lem
    for name in ["NOUN Plur", "VERB Ing", "VERB Past", "VERB Sing", "ADJ Cmp", "ADJ Sup"]:
        for form, (lem, weight) in sorted(groups[name].items()):
            if weight == 1 and (name, form) not in seen and lem in bases:
                strip, add = apply_rule(rules[name], form)
                if form[:len(form) - strip] + add != lem:
                    exceptions[(name, form)] = lem
    for verb in IRREGULAR.split("|"):
        base, *past = verb.split()
        for form in past:
            now = lemma(table, form, "VERB", "Tense=Past")
            # "found" may be of "found" too; a lemma that is no other verb's is a slip ("flead").
            if now != base and (("VERB Past", form) not in seen or now not in set(lexicon.values())):
                exceptions[("VERB Past", form)] = base
    # Irregular forms the treebanks happen not to have: simplemma's, for a verb in the past.
    for form, lem in sorted(lexicon.items()):
        if form.isalpha() and form.islower() and lem.islower() and form != lem and not form.endswith(("ed", "ing", "s", "er", "est", "men")):
            if ("VERB Past", lem) not in exceptions and ("VERB Past", form) not in seen and ("VERB", lem) in best and len(lem) > 1:
                exceptions[("VERB Past", form)] = lem
    with open(TABLE, "w", encoding="utf-8") as f:
        f.write("# Lemmas: suffix rules (R group suffix strip add) and exceptions (E group form lemma); written by training/lemma.py.\n"
                "# Facts from UD English-EWT and GUM (CC BY-SA 4.0) and simplemma (MIT).\n")
        for name, these in sorted(rules.items()):
            for suffix, (strip, add) in sorted(these.items()):
                f.write(f"R\t{name}\t{suffix}\t{strip}\t{add}\n")
        for (name, form), lem in sorted(exceptions.items()):
            if "\t" not in form + lem:
                f.write(f"E\t{name}\t{form}\t{lem}\n")
    print(len(exceptions), "exceptions,", sum(map(len, rules.values())), "rules,", os.path.getsize(TABLE), "bytes")
    for title, path in [("EWT dev", ewt.format("dev")), ("EWT test", ewt.format("test")),
                        ("GUM dev", gum.format("dev")), ("GUM test", gum.format("test"))]:
        words = list(read(path))
        right = sum(lemma(table, f, u, x) == l for f, l, u, x in words)
        folded = sum(lemma(table, f, u, x).lower() == l.lower() for f, l, u, x in words)
        print(f"{title}: {100 * right / len(words):.2f} % (case apart {100 * folded / len(words):.2f} %)")
        if title == "EWT dev":
            wrong = collections.Counter((group(f, u, x), f, l, lemma(table, f, u, x)) for f, l, u, x in words if lemma(table, f, u, x) != l)
            for key, n in wrong.most_common(int(os.environ.get("SHOW", 0))):
                print(n, *key)


if __name__ == "__main__":
    main()
