use crate::Span;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A sentence with its Universal Dependencies analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// From the first byte of the first token to the last byte of the last.
    pub span: Span,
    /// Whether a paragraph begins here.
    pub starts_paragraph: bool,
    /// The syntactic words in order.
    pub tokens: Vec<Token>,
}

/// A syntactic word (UD). `head` counts from 1; 0 is the root.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its bytes in the document text.
    pub span: Span,
    /// Whether the next word belongs to the same orthographic token ("do" + "n't": a UD multiword token).
    pub joined: bool,
    /// Universal part of speech.
    pub upos: Upos,
    /// UD features as CoNLL-U writes them; "_" where there are none.
    pub feats: Cow<'static, str>,
    /// Dictionary form.
    pub lemma: String,
    /// Index of the head, counted from 1; 0 where the word is the root.
    pub head: u32,
    /// Relation to the head.
    pub relation: Relation,
    /// Probability the parser gives this head and relation, 0 to 1.
    pub probability: f32,
    /// Named entity label in BIO form.
    pub entity: EntityTag,
}

impl Sentence {
    /// The index (from 0) of the head of token `i`, or `None` for the root.
    pub fn head(&self, i: usize) -> Option<usize> {
        (self.tokens[i].head as usize).checked_sub(1)
    }

    /// The words between the first and last byte.
    pub fn text<'a>(&self, document: &'a str) -> &'a str {
        self.span.of(document)
    }
}

macro_rules! labels {
    ($(#[$meta:meta])* $type:ident { $($variant:ident $name:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $type { $($variant),* }

        impl $type {
            /// Every label, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name as CoNLL-U writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl FromStr for $type {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                match s { $($name => Ok(Self::$variant),)* _ => Err(format!("unknown label {s:?}")) }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

labels! {
    /// Universal parts of speech (UD version 2).
    Upos {
        Adj "ADJ", Adp "ADP", Adv "ADV", Aux "AUX", Cconj "CCONJ", Det "DET", Intj "INTJ", Noun "NOUN", Num "NUM",
        Part "PART", Pron "PRON", Propn "PROPN", Punct "PUNCT", Sconj "SCONJ", Sym "SYM", Verb "VERB", X "X",
    }
}

labels! {
    /// Universal dependency relations with the subtypes of the English treebanks (UD version 2).
    Relation {
        Acl "acl", AclRelcl "acl:relcl", Advcl "advcl", AdvclRelcl "advcl:relcl", Advmod "advmod", Amod "amod",
        Appos "appos", Aux "aux", AuxPass "aux:pass", Case "case", Cc "cc", CcPreconj "cc:preconj", Ccomp "ccomp",
        Compound "compound", CompoundPrt "compound:prt", Conj "conj", Cop "cop", Csubj "csubj",
        CsubjOuter "csubj:outer", CsubjPass "csubj:pass", Dep "dep", Det "det", DetPredet "det:predet",
        Discourse "discourse", Dislocated "dislocated", Expl "expl", Fixed "fixed", Flat "flat",
        Goeswith "goeswith", Iobj "iobj", List "list", Mark "mark", Nmod "nmod",
        NmodDesc "nmod:desc", NmodPoss "nmod:poss", NmodUnmarked "nmod:unmarked",
        Nsubj "nsubj", NsubjOuter "nsubj:outer", NsubjPass "nsubj:pass", Nummod "nummod", Obj "obj", Obl "obl",
        OblAgent "obl:agent", OblUnmarked "obl:unmarked", Orphan "orphan",
        Parataxis "parataxis", Punct "punct", Reparandum "reparandum", Root "root", Vocative "vocative", Xcomp "xcomp",
    }
}

labels! {
    /// Kinds of named entity.
    EntityKind { Person "PER", Organisation "ORG", Location "LOC" }
}

/// A token's place in a named entity: outside, first word, or inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityTag {
    /// Not part of a named entity.
    #[default]
    Outside,
    /// First word of an entity.
    Begin(EntityKind),
    /// A later word of the same entity.
    Inside(EntityKind),
}

impl EntityTag {
    /// The kind, where the token is part of an entity.
    pub fn kind(self) -> Option<EntityKind> {
        match self {
            Self::Outside => None,
            Self::Begin(kind) | Self::Inside(kind) => Some(kind),
        }
    }
}

impl fmt::Display for EntityTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => f.write_str("O"),
            Self::Begin(kind) => write!(f, "B-{kind}"),
            Self::Inside(kind) => write!(f, "I-{kind}"),
        }
    }
}
