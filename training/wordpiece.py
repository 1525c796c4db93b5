"""Words -> word pieces and shapes. `crates/language/src/wordpiece.rs` does the same; keep the two alike."""

import unicodedata

MAX_PIECES = 8  # of one word: longer words are cut, so that a hostile one cannot fill the window

SHAPES = ["none", "lower", "Title", "UPPER", "U", "mIxed", "digits", "digits+letters", "other"]


def shape(word):
    """Index of the letter-case class of a word; the encoder itself sees lower case only."""
    has_digit = any(c.isnumeric() for c in word)
    letters = [c for c in word if c.isalpha()]
    if has_digit:
        return 7 if letters else 6
    if not letters:
        return 8
    upper = [c.isupper() for c in letters]
    if not any(upper):
        return 1
    if all(upper):
        return 4 if len(letters) == 1 else 3
    if upper[0] and not any(upper[1:]):
        return 2
    return 5


def is_punctuation(c):
    o = ord(c)
    if 33 <= o <= 47 or 58 <= o <= 64 or 91 <= o <= 96 or 123 <= o <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def normalise(word):
    """Lower case without accents, the control characters gone (BERT's uncased normalisation)."""
    out = []
    for c in unicodedata.normalize("NFD", word.lower()):
        if unicodedata.category(c) in ("Mn", "Cc", "Cf") or c == "\ufffd":
            continue
        out.append(c)
    return "".join(out)


class WordPiece:
    def __init__(self, path):
        self.vocab = {line.rstrip("\n"): i for i, line in enumerate(open(path, encoding="utf8"))}
        self.cls, self.sep, self.unk = self.vocab["[CLS]"], self.vocab["[SEP]"], self.vocab["[UNK]"]

    def pieces(self, word):
        """Piece ids of one word, at least one."""
        ids, run = [], []

        def flush():
            if run:
                ids.extend(self.greedy("".join(run)))
                run.clear()

        for c in normalise(word):
            if c.isspace():
                flush()
            elif is_punctuation(c):
                flush()
                ids.extend(self.greedy(c))
            else:
                run.append(c)
        flush()
        return (ids or [self.unk])[:MAX_PIECES]

    def greedy(self, s):
        out, start = [], 0
        if len(s) > 100:
            return [self.unk]
        while start < len(s):
            for end in range(len(s), start, -1):
                piece = s[start:end] if start == 0 else "##" + s[start:end]
                if piece in self.vocab:
                    out.append(self.vocab[piece])
                    start = end
                    break
            else:
                return [self.unk]
        return out

    def encode(self, words):
        """(piece ids with [CLS] and [SEP], shape of each piece, position of each word's first piece)."""
        ids, shapes, first = [self.cls], [0], []
        for w in words:
            first.append(len(ids))
            p = self.pieces(w)
            ids += p
            shapes += [shape(w)] * len(p)
        return ids + [self.sep], shapes + [0], first
