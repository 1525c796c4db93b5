//! What a phrase says of itself that the tables of names and role nouns cannot know: names of agreements, teams of
//! governments, vessels of private owners, officials of an official text.

use super::{Mentions, Name, Who};
use legation_gazetteer::{Agent, AgentClass, Kind, Level};
use legation_record::{Relation, Upos};

/// Words that end the names of agreements and rules, which are nobody.
const AGREEMENTS: [&str; 16] = [
    "Accord",
    "Accords",
    "Agreement",
    "Agreements",
    "Treaty",
    "Protocol",
    "Protocols",
    "Convention",
    "Conventions",
    "Framework",
    "Declaration",
    "Memorandum",
    "Pact",
    "Charter",
    "Communiqué",
    "Statute",
];

impl Mentions<'_> {
    /// Whether a proper name ends in what an agreement is called ("Artemis Accords").
    pub(super) fn names_agreement(&self, last: usize) -> bool {
        let word = self.clauses.form(last);
        AGREEMENTS.contains(&word) || matches!(word, "Alliance" | "Partnership") && self.is_of_two(last)
    }

    /// Whether the name of a town begins an agreement's: "the Belfast/Good Friday Agreement".
    pub(super) fn within_agreement(&self, name: &Name) -> bool {
        /// Words of an agreement's name behind the town's.
        const REACH: usize = 5;
        let c = self.clauses;
        let town = name.entries.first().is_some_and(|e| matches!(e.kind, Kind::Place | Kind::Capital));
        let behind = (name.last + 1..c.len().min(name.last + 1 + REACH))
            .take_while(|&k| c.form(k) == "/" || c.form(k) == "-" || c.form(k).starts_with(char::is_uppercase));
        town && behind.into_iter().any(|k| self.names_agreement(k))
    }

    /// "Israeli-American soldier": of the two, the one that the sentence names elsewhere, where it names only that one.
    pub(super) fn other_nationality(&self, name: &Name) -> Option<Who> {
        let c = self.clauses;
        let first = name.first.checked_sub(2).filter(|_| c.form(name.first - 1) == "-")?;
        let other = &self.names[self.name_of[first]?];
        let adjective = |n: &Name| n.entries.iter().find(|e| e.kind == Kind::Adjective).and_then(|e| e.code);
        let (theirs, ours) = (adjective(other)?, adjective(name)?);
        let elsewhere = |code: &str| {
            self.names
                .iter()
                .filter(|n| n.first != name.first && n.first != other.first)
                .any(|n| n.entries.first().is_some_and(|e| e.code == Some(code)))
        };
        (elsewhere(theirs) && !elsewhere(ours)).then(|| self.state(first, theirs))?
    }

    /// "Danish-owned ship", "Panama-flagged vessel": a merchant's, no navy's.
    pub(super) fn is_merchant(&self, h: usize, agent: &Agent) -> bool {
        const HELD: [&str; 8] = ["own", "owned", "flag", "flagged", "register", "registered", "operate", "operated"];
        let c = self.clauses;
        let held =
            |k: usize| c.lemma(k).rsplit('-').next().is_some_and(|w| HELD.contains(&w)) && c.lemma(k) != "state-owned";
        matches!(agent.lemma, "ship" | "vessel" | "boat")
            && c.children_by(h, &[Relation::Amod, Relation::Compound]).any(held)
    }

    /// "Prison riot", "the prison break": what the event is about, nobody who acts.
    pub(super) fn is_scene_of_riot(&self, h: usize, agent: &Agent) -> bool {
        const EVENTS: [&str; 14] = [
            "riot", "break", "breakout", "escape", "fire", "revolt", "uprising", "mutiny", "brawl", "fight",
            "sentence", "term", "massacre", "reform",
        ];
        let c = self.clauses;
        matches!(agent.lemma, "prison" | "jail")
            && c.relation(h) == Relation::Compound
            && c.head(h).is_some_and(|g| EVENTS.contains(&c.lemma(g)))
    }

    /// Whether two states that a hyphen joins stand right before a noun ("the U.S.-France Alliance").
    pub(super) fn is_of_two(&self, h: usize) -> bool {
        /// Tokens that two states and a hyphen take.
        const REACH: usize = 3;
        let c = self.clauses;
        let before = h.saturating_sub(REACH)..h;
        let joined = before.clone().any(|k| c.form(k).contains(['-', '–']));
        let state = |part: &&str| self.gazetteer.named(part).first().is_some_and(|e| e.is_of_state());
        joined && before.flat_map(|k| c.form(k).split(['-', '–'])).filter(state).count() > 1
    }

    /// "Our alliance", "the U.S.-France Alliance", "the alliance between the two": what states share, no body.
    pub(super) fn is_bond(&self, h: usize, agent: &Agent) -> bool {
        let c = self.clauses;
        if agent.lemma != "alliance" {
            return false;
        }
        let ours = || c.children_by(h, &[Relation::NmodPoss]).any(|k| c.upos(k) == Upos::Pron);
        let between = || {
            c.children_by(h, &[Relation::Nmod])
                .any(|m| c.case(m).is_some_and(|k| matches!(c.lemma(k), "between" | "with")))
        };
        ours() || between() || self.is_of_two(h)
    }

    /// "Their teams", "the national security team", "a working group" of a government's text: its people.
    pub(super) fn is_of_government(&self, h: usize, first: usize, agent: &Agent) -> bool {
        let c = self.clauses;
        let official = self.memory.home().is_some_and(|home| home.state.is_some());
        let working = || {
            first < h && c.lemma(h - 1) == "working"
                || c.children_by(h, &[Relation::Amod, Relation::Compound]).any(|k| c.lemma(k) == "working")
        };
        let own = || {
            c.children_by(h, &[Relation::NmodPoss]).any(|k| c.upos(k) == Upos::Pron)
                || c.children_by(h, &[Relation::Amod, Relation::Compound]).any(|k| {
                    matches!(
                        c.lemma(k),
                        "security"
                            | "economic"
                            | "senior"
                            | "respective"
                            | "technical"
                            | "interagency"
                            | "inter-agency"
                    )
                })
        };
        match agent.lemma {
            "task force" => official,
            "group" => official && working(),
            "working group" => official,
            "team" => official && own(),
            _ => false,
        }
    }

    /// "Director of the White House Office": who heads an office of a government is of it.
    pub(super) fn heads_office(&self, h: usize, agent: &Agent) -> bool {
        const OFFICES: [&str; 9] = [
            "office",
            "department",
            "agency",
            "bureau",
            "administration",
            "council",
            "committee",
            "ministry",
            "division",
        ];
        let c = self.clauses;
        agent.sectors.primary() == Some("ELI")
            && c.children_by(h, &[Relation::Nmod]).filter(|&m| self.is_of(m)).any(|m| {
                OFFICES.contains(&c.lemma(m).to_lowercase().as_str())
                    && c.children_by(m, &[Relation::Compound, Relation::NmodPoss, Relation::Amod]).any(|k| {
                        let name = self.name_of[k].map(|n| &self.names[n]);
                        name.is_some_and(|n| {
                            n.entries.iter().any(|e| e.kind == Kind::Metonym && e.sectors.contains("GOV"))
                        })
                    })
            })
    }

    /// "National Climate Advisor Jane Doe": somebody with a title whom nobody knows, in an official text that has
    /// spoken of no other state, is of its own.
    pub(super) fn official_of_home(&self, h: usize, agent: &Agent) -> Option<&'static str> {
        let titled = matches!(agent.level, Some(Level::Official | Level::Minister));
        let home = self.memory.home()?.state?;
        let known = agent.class == AgentClass::Person && titled && agent.sectors.contains("GOV") && self.is_title(h);
        // A deputy of the tables' other ranks, "High Representative", may be an organisation's.
        let alone = self.memory.speaks_only_of(home) && self.names_only(home) && self.is_home_alone(home);
        let bodies = self.names.iter().filter_map(|n| n.entries.first()).any(|e| e.kind == Kind::Organisation);
        (known && alone && !bodies).then_some(home)
    }

    /// Whether the persons of the sentence whom the tables know are all of this state.
    fn is_home_alone(&self, home: &str) -> bool {
        self.states_of_persons().iter().all(|code| code == home)
    }
}
