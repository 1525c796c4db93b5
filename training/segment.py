"""Trains the segmenter of crates/language (models/segment.bin, the clitics of models/segment.words.tsv) and scores it.

    python training/segment.py train --treebanks DIR [--epochs N]
    python training/segment.py score --treebanks DIR

DIR holds UD_English-EWT and UD_English-GUM-open. Features are computed by the Rust code itself, through
`cargo run --release -p legation-language --example segment`; here only the weights are learned (PyTorch, on a CPU,
some minutes). The weights are trained on the train splits of both treebanks and are licensed CC BY-SA 4.0.
"""
import argparse, collections, glob, os, random, re, struct, subprocess, tempfile
import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WEIGHTS = os.path.join(ROOT, "models", "segment.bin")
TABLE = os.path.join(ROOT, "models", "segment.words.tsv")
HIDDEN = 16
BITS = {"tokens": 15, "sentences": 16}
CLASSES = {"tokens": 3, "sentences": 2}


def read(path, genre=None):
    """Paragraphs of a CoNLL-U file: lists of sentences, each a list of (form, space_after, joined)."""
    paragraphs, sentence, end, keep, pending = [], [], 0, True, True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            keep = genre is None or f"_{genre}_" in line
            pending = True
        elif line.startswith("# newpar") and not line.startswith("# newpar_block"):
            pending = True
        elif not line:
            if sentence and keep:
                if pending or not paragraphs:
                    paragraphs.append([])
                    pending = False
                paragraphs[-1].append(sentence)
            sentence, end = [], 0
        elif not line.startswith("#"):
            f = line.split("\t")
            spaced = "SpaceAfter=No" not in f[9]
            if "-" in f[0]:
                end, last_spaced = int(f[0].split("-")[1]), spaced
            elif "." not in f[0]:
                i = int(f[0])
                joined = i < end
                if i <= end:
                    spaced = i == end and last_spaced
                sentence.append((f[1], spaced, joined))
    return paragraphs


def curl(paragraphs):
    """The same text with typographic quotation marks, as newspapers set them."""
    result = []
    for paragraph in paragraphs:
        opened, out = False, []
        for sentence in paragraph:
            new, before = [], True
            for form, spaced, joined in sentence:
                if form == '"':
                    opening = before and not spaced or (not opened and before)
                    form, opened = ("“", True) if opening else ("”", False)
                elif form == "'" and before and not spaced:
                    form = "‘"
                new.append((form.replace("'", "’"), spaced, joined))
                before = spaced or form in "([“‘—"
            out.append(new)
        result.append(out)
    return result


ENDINGS = [[("2019", False)], [("2022", False)], [("1994", False)], [("5", False)], [("12", False)], [("19", False)],
           [("August", True), ("30", False)], [("Jan.", True), ("5", False)], [("Oct.", True), ("21", False)],
           [("No.", True), ("3", False)], [("300", False)], [("1,200", False)], [("6.2", False)], [("3", False), ("%", False)]]

# The same with a full stop of their own, or none.
FINAL = [[("the", True), ("U.S.", False)], [("Washington", False), (",", True), ("D.C.", False)], [("5", True), ("p.m.", False)],
         [("the", True), ("U.N.", False)], [("Delta", True), ("Inc.", False)], [("Smith", True), ("Jr.", False)],
         [("talks", False), ("…", False)], [("hours", False), ("…", False)]]

TITLE = re.compile(r"(Mr|Ms|Mrs|Dr|Gen|Sen|Gov|Rep|Lt|Col|Capt|Prof|Rev|Sgt)[.]$")


def vary(paragraphs, seed=7):
    """Some sentences made to end with a number or a date, as those of the news often do and the treebanks' seldom."""
    rng, result = random.Random(seed), []
    for paragraph in paragraphs:
        out = []
        for sentence in paragraph:
            if len(sentence) > 6 and sentence[-1][0] == "." and sentence[-2][0].islower() and sentence[-3][1] and rng.random() < 0.25:
                own = rng.random() < 0.4
                ending = [(form, spaced, False) for form, spaced in rng.choice(FINAL if own else ENDINGS)]
                ending, last = (ending[:-1], (ending[-1][0], *sentence[-1][1:])) if own else (ending, sentence[-1])
                sentence = sentence[:-2] + ending + [last]
            # "MS. PSAKI": names in transcripts stand in capitals.
            shout = {i + d for i, (form, _, _) in enumerate(sentence) if TITLE.match(form) and rng.random() < 0.4 for d in (0, 1)}
            out.append([(f.upper() if i in shout else f, s, j) for i, (f, s, j) in enumerate(sentence)])
        result.append(out)
    return result


def raw(paragraphs):
    """Text, words as (start, end, joined) in bytes, and the index of the last word of each sentence."""
    text, words, ends, at = [], [], [], 0
    for paragraph in paragraphs:
        for sentence in paragraph:
            for form, spaced, joined in sentence:
                size = len(form.encode())
                words.append((at, at + size, joined))
                text.append(form)
                at += size
                if spaced:
                    text.append(" ")
                    at += 1
            ends.append(len(words) - 1)
        text.append("\n\n")
        at += 2
    return "".join(text), words, ends


def tool(*arguments):
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target"))
    binary = os.path.join(target, "release", "examples", "segment")
    return subprocess.run([binary, *arguments], check=True, capture_output=True, text=True).stdout


def build():
    subprocess.run(["cargo", "build", "-q", "-j1", "--release", "-p", "legation-language", "--example", "segment"],
                   cwd=ROOT, check=True)


def examples(paragraphs, folder):
    """Rows of answer and features for both classifiers, computed by the Rust code."""
    text, words, ends = raw(paragraphs)
    path = os.path.join(folder, "text")
    open(path, "w", encoding="utf-8").write(text)
    ends = set(ends)
    with open(path + ".words", "w") as f:
        for i, (a, b, joined) in enumerate(words):
            f.write(f"{a} {b} {int(joined)}\n" + ("\n" if i in ends else ""))
    tool("examples", path, path + ".words", path)
    result = {}
    for name in CLASSES:
        rows = np.fromfile(f"{path}.{name}", dtype="<u4")
        result[name] = rows[1:].reshape(-1, rows[0])
    return result


def predict(paragraphs, folder):
    path = os.path.join(folder, "text")
    text, _, _ = raw(paragraphs)
    open(path, "w", encoding="utf-8").write(text)
    words, ends = [], []
    for line in tool("run", path).split("\n"):
        if line:
            a, b, joined = map(int, line.split())
            words.append((a, b, bool(joined)))
        elif words and (not ends or ends[-1] != len(words) - 1):
            ends.append(len(words) - 1)
    return words, ends


def f1(gold, system):
    correct = len(set(gold) & set(system))
    return 100 * 2 * correct / max(1, len(gold) + len(system))


def spans(words, ends):
    """Orthographic tokens, words and sentences as spans: what the CoNLL 2018 evaluation compares. A word of a
    multiword token counts only where the whole token is there."""
    tokens, whole, first = [], [], 0
    for i, (a, b, joined) in enumerate(words):
        if not joined:
            token = (words[first][0], b)
            tokens.append(token)
            whole += [(token, w[:2]) for w in words[first:i + 1]]
            first = i + 1
    sentences, start = [], 0
    for end in ends:
        sentences.append((words[start][0], words[end][1]))
        start = end + 1
    return {"tokens": tokens, "words": whole, "sentences": sentences}


def score(paragraphs, folder):
    _, words, ends = raw(paragraphs)
    gold, system = spans(words, ends), spans(*predict(paragraphs, folder))
    return {k: f1(gold[k], system[k]) for k in gold}


def clitics(paragraphs):
    """Runs of letters that the treebank cuts in two."""
    found = collections.Counter()
    for paragraph in paragraphs:
        for sentence in paragraph:
            for (a, spaced, _), (b, _, _) in zip(sentence, sentence[1:]):
                left, right = re.search(r"[^\W\d_]+$", a), re.match(r"[^\W\d_]+", b)
                if not spaced and left and right and not (right[0].lower() == "n" and "n'" in b.replace("’", "'").lower()):
                    found[left[0].lower() + "|" + right[0].lower()] += 1
    return found


def write_table(paragraphs):
    lines = [l for l in open(TABLE, encoding="utf-8") if not l.rstrip("\n").endswith("\tsplit")]
    best = {}
    for word, count in sorted(clitics(paragraphs).items()):
        whole = word.replace("|", "")
        # A chance run-together ("inthe") says nothing about the next text.
        short = len(word.split("|")[1]) <= 4
        if (count > 1 or short) and best.get(whole, ("", 0))[1] < count:
            best[whole] = (word, count)
    lines += [f"{word}\tsplit\n" for word, _ in sorted(best.values())]
    open(TABLE, "w", encoding="utf-8").writelines(lines)


def fit(name, train, dev, epochs, seed=1, keep=0.8, rate=2e-3):
    """Learns one network by Adam with feature dropout; the weights are averaged over the second half of the training."""
    import torch
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    shift, classes = 32 - BITS[name], CLASSES[name]
    rows = 1 << BITS[name]
    y = torch.from_numpy(train[:, 0].astype(np.int64))
    x = torch.from_numpy((train[:, 1:] >> shift).astype(np.int64))
    dy, dx = dev[:, 0].astype(np.int64), torch.from_numpy((dev[:, 1:] >> shift).astype(np.int64))
    embed = torch.nn.EmbeddingBag(rows, HIDDEN, mode="sum", sparse=True)
    torch.nn.init.normal_(embed.weight, std=0.03)
    bias = torch.nn.Parameter(torch.full((HIDDEN,), 0.1))
    out = torch.nn.Linear(HIDDEN, classes)
    torch.nn.init.normal_(out.weight, std=0.3)
    slow = torch.optim.Adam([bias, *out.parameters()], lr=rate)
    fast = torch.optim.SparseAdam(embed.parameters(), lr=rate)
    mean = None
    batch = 256
    for epoch in range(epochs):
        scale = 1 - epoch / epochs
        for group in slow.param_groups + fast.param_groups:
            group["lr"] = rate * max(scale, 0.05)
        order = torch.from_numpy(rng.permutation(len(y)))
        total = 0.0
        for at in range(0, len(order), batch):
            pick = order[at:at + batch]
            mask = (torch.rand(len(pick), x.shape[1]) < keep).float() / keep
            h = torch.relu(embed(x[pick], per_sample_weights=mask) + bias)
            loss = torch.nn.functional.cross_entropy(out(h), y[pick])
            slow.zero_grad(); fast.zero_grad()
            loss.backward()
            slow.step(); fast.step()
            total += loss.item() * len(pick)
        weights = (embed.weight, bias, out.weight, out.bias)
        if epoch >= epochs // 2:
            share = 1 / (epoch - epochs // 2 + 1)
            with torch.no_grad():
                mean = [w.clone() for w in weights] if share == 1 else [m + share * (w - m) for m, w in zip(mean, weights)]
        else:
            mean = weights
        with torch.no_grad():
            rows_, bias_, matrix, shift_ = mean
            h = torch.relu(torch.nn.functional.embedding_bag(dx, rows_, mode="sum") + bias_)
            guess = (h @ matrix.T + shift_).argmax(1).numpy()
        if classes == 2:
            hit = ((guess == 1) & (dy == 1)).sum()
            quality = 200 * hit / max(1, (guess == 1).sum() + (dy == 1).sum())
        else:
            quality = 100 * (guess == dy).mean()
        print(f"{name} epoch {epoch + 1}: loss {total / len(order):.4f}, dev {quality:.3f}", flush=True)
    return [w.detach().numpy() for w in mean]


def pack(name, weights):
    """Eight-bit rows, sixteen-bit output weights; see crates/language/src/segment/net.rs."""
    rows, bias, out, out_bias = weights
    scale = 127 / np.quantile(np.abs(rows[np.abs(rows).max(1) > 0]), 0.9999)
    q = np.clip(np.rint(rows * scale), -127, 127).astype(np.int8)
    out_scale = 4096 / np.abs(out).max()
    head = struct.pack("<II", BITS[name], CLASSES[name])
    head += np.rint(bias * scale).astype("<i4").tobytes()
    head += np.rint(out * out_scale).astype("<i2").tobytes()
    head += np.rint(out_bias * scale * out_scale).astype("<i4").tobytes()
    return head + q.tobytes()


def sets(folder):
    ewt = os.path.join(folder, "UD_English-EWT", "en_ewt-ud-{}.conllu")
    gum = os.path.join(folder, "UD_English-GUM-open", "en_gum_open-{}.conllu")
    return ewt, gum


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["train", "score"])
    parser.add_argument("--treebanks", required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--only", choices=list(CLASSES))
    arguments = parser.parse_args()
    ewt, gum = sets(arguments.treebanks)
    if not os.path.exists(WEIGHTS):
        open(WEIGHTS, "wb").close()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.what == "train":
            train = read(ewt.format("train")) + read(gum.format("train"))
            dev = read(ewt.format("dev")) + read(gum.format("dev"))
            write_table(train)
            build()
            plain = [examples(p, folder) for p in (train, curl(vary(train)), vary(train, 8))]
            held = examples(dev, folder)
            old = open(WEIGHTS, "rb").read()
            parts = []
            sizes = {n: 8 + 4 * HIDDEN + CLASSES[n] * (2 * HIDDEN + 4) + (HIDDEN << BITS[n]) for n in CLASSES}
            for name in CLASSES:
                if arguments.only and name != arguments.only:
                    start = 0 if name == "tokens" else sizes["tokens"]
                    parts.append(old[start:start + sizes[name]])
                    continue
                rows = np.concatenate([copy[name] for copy in plain])
                print(name, rows.shape)
                parts.append(pack(name, fit(name, rows, held[name], arguments.epochs)))
            open(WEIGHTS, "wb").write(b"".join(parts))
        build()
        for title, paragraphs in [
            ("EWT dev", read(ewt.format("dev"))), ("EWT test", read(ewt.format("test"))),
            ("GUM dev", read(gum.format("dev"))), ("GUM test", read(gum.format("test"))),
            ("GUM dev, news", read(gum.format("dev"), "news")), ("GUM test, news", read(gum.format("test"), "news")),
            ("EWT test, curly", curl(read(ewt.format("test")))),
        ]:
            print(title, " ".join(f"{k} {v:.2f}" for k, v in score(paragraphs, folder).items()), flush=True)


if __name__ == "__main__":
    main()
