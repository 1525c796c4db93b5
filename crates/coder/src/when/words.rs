use super::days::Part;
use jiff::civil::Weekday;
use legation_record::{EntityKind, Token, Upos};

/// What a token can mean in a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Other,
    /// A word with a capital that names things after days: "Movement", "Revolution".
    Namesake,
    Month(i8, Form),
    /// "mid-July" in one token.
    MidMonth(i8),
    Weekday(Weekday),
    /// "Mondays".
    Weekdays,
    /// Value and number of digits.
    Number(u32, u8),
    /// "18–19" in one token.
    Pair(u32, u32),
    /// A count in letters.
    Count(u32),
    /// "several", "few".
    Several,
    /// Value, and whether in letters.
    Ordinal(u32, bool),
    /// Year, month, day in one token, not checked yet.
    Date(u32, u32, u32),
    /// "9/11": a day only as a name.
    NineEleven,
    /// First year of "1990s".
    Decade(u32),
    /// Whether it is plural.
    Unit(Unit, bool),
    /// Days from the day of publication.
    Deictic(i8),
    /// With a capital: the first word of a sentence, or a newspaper's name.
    Today,
    DayPart,
    Season(i8),
    Part(Part),
    /// "start", "end": a part of the time that follows with "of".
    PartOf(Part),
    Half,
    Quarter,
    Last,
    Past,
    Next,
    Coming,
    This,
    That,
    Same,
    Previous,
    Following,
    Ago,
    Later,
    Earlier,
    Before,
    After,
    Prior,
    Ahead,
    Since,
    Starting,
    Until,
    By,
    From,
    Between,
    During,
    Through,
    In,
    On,
    For,
    Of,
    To,
    And,
    As,
    Than,
    The,
    A,
    Every,
    Possessive,
    Possessor,
    Time,
    Times,
    Old,
    Long,
    Now,
    Anniversary,
    Vague,
    Recent,
    Scheduled,
    Comma,
    Dash,
    Slash,
    Dot,
    Open,
    Close,
    Percent,
    /// Things and people that are counted: "2000 villages".
    Counted,
    /// "Friday prayers", "Sunday Times": no day in the calendar.
    NoDay,
    Attack,
    Terror,
    /// "Black", "Good" before a weekday or month: the name of a feast, a day of history, a group.
    DayName,
    Plural,
    Over,
    Or,
}

/// How a month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Full,
    Abbreviated,
    /// A word of another meaning too: "May", "March".
    Doubtful,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Year,
    Decade,
    Century,
}

impl Word {
    /// Whether a sentence with this word can hold a time expression.
    pub(super) fn is_time(self) -> bool {
        match self {
            Self::Number(n, 4) => (1000..2200).contains(&n),
            Self::Pair(n, _) => (1000..2200).contains(&n),
            Self::Month(..)
            | Self::MidMonth(_)
            | Self::Weekday(..)
            | Self::Weekdays
            | Self::Date(..)
            | Self::NineEleven
            | Self::Decade(_)
            | Self::Unit(..)
            | Self::Deictic(_)
            | Self::Today
            | Self::DayPart
            | Self::Season(_)
            | Self::Quarter
            | Self::Anniversary
            | Self::Vague
            | Self::Earlier => true,
            _ => false,
        }
    }

    pub(super) fn is_dash(self) -> bool {
        matches!(self, Self::Dash)
    }

    /// A word after which a phrase has ended.
    pub(super) fn is_stop(self) -> bool {
        matches!(self, Self::Comma | Self::Dot | Self::Close | Self::Dash)
    }
}

/// The word a token is: by form, and by the tagger only where it rules a reading out ("Theresa May", "may").
pub(super) fn word(form: &str, token: &Token) -> Word {
    let word = read(form);
    match word {
        Word::Month(..) | Word::Weekday(..) if token.entity.kind() == Some(EntityKind::Person) => Word::Other,
        Word::Month(_, Form::Doubtful) if matches!(token.upos, Upos::Aux | Upos::Verb) => Word::Other,
        word => word,
    }
}

fn read(form: &str) -> Word {
    let bytes = form.as_bytes();
    let Some(&head) = bytes.first() else { return Word::Other };
    if head.is_ascii_digit() {
        return number(form);
    }
    // The longest word below has 13 letters, and dashes take three bytes.
    let mut buffer = [0u8; 16];
    let Some(lower) = buffer.get_mut(..bytes.len()) else { return Word::Other };
    lower.copy_from_slice(bytes);
    lower.make_ascii_lowercase();
    let Ok(lower) = std::str::from_utf8(lower) else { return Word::Other };
    let plural = lower.len() > 3 && lower.ends_with('s') && !lower.ends_with("ss");
    let capital = head.is_ascii_uppercase();
    let word = match lower.as_bytes()[0] {
        b'a'..=b'f' => a_to_f(lower, capital),
        b'g'..=b'n' => g_to_n(lower, capital),
        b'o'..=b's' => o_to_s(lower, capital),
        b't'..=b'z' => t_to_z(lower, capital),
        _ => match lower {
            "," => Word::Comma,
            "-" | "–" | "—" | "--" => Word::Dash,
            "/" => Word::Slash,
            "." | ";" | ":" | "!" | "?" | "\"" | "”" | "''" => Word::Dot,
            "(" | "[" => Word::Open,
            ")" | "]" => Word::Close,
            "'s" | "’s" | "'" | "’" => Word::Possessive,
            "%" => Word::Percent,
            _ => Word::Other,
        },
    };
    if word == Word::Other && plural && !capital { Word::Plural } else { word }
}

fn a_to_f(lower: &str, capital: bool) -> Word {
    match lower {
        "april" if capital => Word::Month(4, Form::Full),
        "apr" | "apr." if capital => Word::Month(4, Form::Abbreviated),
        "august" if capital => Word::Month(8, Form::Full),
        "aug" | "aug." if capital => Word::Month(8, Form::Abbreviated),
        "december" if capital => Word::Month(12, Form::Full),
        "dec" | "dec." if capital => Word::Month(12, Form::Abbreviated),
        "february" if capital => Word::Month(2, Form::Full),
        "feb" | "feb." if capital => Word::Month(2, Form::Abbreviated),
        "friday" if capital => Word::Weekday(Weekday::Friday),
        "fri" | "fri." if capital => Word::Weekday(Weekday::Friday),
        "fridays" if capital => Word::Weekdays,
        "alliance" | "brigade" | "brigades" | "avenue" | "coalition" | "bridge" | "front" | "district" if capital => {
            Word::Namesake
        }
        "ash" | "black" | "bloody" | "cyber" | "easter" if capital => Word::DayName,
        "a" | "an" => Word::A,
        "after" => Word::After,
        "afternoon" | "evening" | "dawn" | "dusk" => Word::DayPart,
        "ago" => Word::Ago,
        "ahead" => Word::Ahead,
        "and" | "&" => Word::And,
        "anniversary" | "anniversaries" => Word::Anniversary,
        "as" => Word::As,
        "attack" | "attacks" => Word::Attack,
        "autumn" => Word::Season(9),
        "before" => Word::Before,
        "beginning" => Word::PartOf(Part::Early),
        "between" => Word::Between,
        "by" => Word::By,
        "centuries" => Word::Unit(Unit::Century, true),
        "century" => Word::Unit(Unit::Century, false),
        "children" | "civilians" | "dollars" | "euros" | "families" | "fighters" => Word::Counted,
        "close" => Word::PartOf(Part::Late),
        "coming" => Word::Coming,
        "couple" => Word::Several,
        "day" => Word::Unit(Unit::Day, false),
        "days" => Word::Unit(Unit::Day, true),
        "decade" => Word::Unit(Unit::Decade, false),
        "decades" => Word::Unit(Unit::Decade, true),
        "due" => Word::Scheduled,
        "during" => Word::During,
        "each" | "every" => Word::Every,
        "earlier" => Word::Earlier,
        "early" => Word::Part(Part::Early),
        "effective" => Word::Starting,
        "eight" => Word::Count(8),
        "eighth" => Word::Ordinal(8, true),
        "eighteen" => Word::Count(18),
        "eighty" => Word::Count(80),
        "eleven" => Word::Count(11),
        "eleventh" => Word::Ordinal(11, true),
        "end" => Word::PartOf(Part::Late),
        "express" => Word::NoDay,
        "fall" => Word::Season(9),
        "few" => Word::Several,
        "fifteen" => Word::Count(15),
        "fifth" => Word::Ordinal(5, true),
        "fifty" => Word::Count(50),
        "first" => Word::Ordinal(1, true),
        "five" => Word::Count(5),
        "following" => Word::Following,
        "for" => Word::For,
        "formerly" => Word::Vague,
        "fortnight" => Word::Unit(Unit::Fortnight, false),
        "fortnights" => Word::Unit(Unit::Fortnight, true),
        "forty" => Word::Count(40),
        "four" => Word::Count(4),
        "fourteen" => Word::Count(14),
        "fourth" => Word::Ordinal(4, true),
        "from" => Word::From,
        _ => Word::Other,
    }
}

fn g_to_n(lower: &str, capital: bool) -> Word {
    match lower {
        "january" if capital => Word::Month(1, Form::Full),
        "jan" | "jan." if capital => Word::Month(1, Form::Abbreviated),
        "july" if capital => Word::Month(7, Form::Full),
        "jul" | "jul." if capital => Word::Month(7, Form::Abbreviated),
        "june" if capital => Word::Month(6, Form::Full),
        "jun" | "jun." if capital => Word::Month(6, Form::Abbreviated),
        "march" if capital => Word::Month(3, Form::Doubtful),
        "mar" | "mar." if capital => Word::Month(3, Form::Abbreviated),
        "may" if capital => Word::Month(5, Form::Doubtful),
        "monday" if capital => Word::Weekday(Weekday::Monday),
        "mon." if capital => Word::Weekday(Weekday::Monday),
        "mondays" if capital => Word::Weekdays,
        "november" if capital => Word::Month(11, Form::Full),
        "nov" | "nov." if capital => Word::Month(11, Form::Abbreviated),
        "group" | "hospital" | "movement" | "martyrs" if capital => Word::Namesake,
        "half" => Word::Half,
        "herald" | "mail" | "mirror" if capital => Word::NoDay,
        "hour" => Word::Unit(Unit::Hour, false),
        "hours" | "minutes" => Word::Unit(Unit::Hour, true),
        "houses" | "homes" | "men" | "kilometers" | "kilometres" | "km" | "meters" | "metres" | "miles"
        | "migrants" | "members" => Word::Counted,
        "good" | "holy" | "maundy" if capital => Word::DayName,
        "her" | "his" | "its" | "my" => Word::Possessor,
        "in" => Word::In,
        "last" => Word::Last,
        "late" => Word::Part(Part::Late),
        "lately" => Word::Vague,
        "later" => Word::Later,
        "long" => Word::Long,
        "mid" => Word::Part(Part::Middle),
        "mid-january" => Word::MidMonth(1),
        "mid-february" => Word::MidMonth(2),
        "mid-march" => Word::MidMonth(3),
        "mid-april" => Word::MidMonth(4),
        "mid-may" => Word::MidMonth(5),
        "mid-june" => Word::MidMonth(6),
        "mid-july" => Word::MidMonth(7),
        "mid-august" => Word::MidMonth(8),
        "mid-september" => Word::MidMonth(9),
        "mid-october" => Word::MidMonth(10),
        "mid-november" => Word::MidMonth(11),
        "mid-december" => Word::MidMonth(12),
        "middle" => Word::PartOf(Part::Middle),
        "month" => Word::Unit(Unit::Month, false),
        "months" => Word::Unit(Unit::Month, true),
        "morning" | "night" | "noon" | "midday" | "midnight" => Word::DayPart,
        "next" => Word::Next,
        "nine" => Word::Count(9),
        "nineteen" => Word::Count(19),
        "ninety" => Word::Count(90),
        "ninth" => Word::Ordinal(9, true),
        "now" | "onward" | "onwards" => Word::Now,
        _ => Word::Other,
    }
}

fn o_to_s(lower: &str, capital: bool) -> Word {
    match lower {
        "october" if capital => Word::Month(10, Form::Full),
        "oct" | "oct." if capital => Word::Month(10, Form::Abbreviated),
        "saturday" if capital => Word::Weekday(Weekday::Saturday),
        "sat." if capital => Word::Weekday(Weekday::Saturday),
        "saturdays" if capital => Word::Weekdays,
        "september" if capital => Word::Month(9, Form::Full),
        "sep" | "sep." | "sept" | "sept." if capital => Word::Month(9, Form::Abbreviated),
        "sunday" if capital => Word::Weekday(Weekday::Sunday),
        "sun." if capital => Word::Weekday(Weekday::Sunday),
        "sundays" if capital => Word::Weekdays,
        "organisation" | "organization" | "party" | "plot" | "revolution" | "square" | "stadium" | "street"
            if capital =>
        {
            Word::Namesake
        }
        "palm" | "super" | "shrove" | "red" if capital => Word::DayName,
        "or" => Word::Or,
        "over" => Word::Over,
        "q1" => Word::Part(Part::Quarter(1)),
        "q2" => Word::Part(Part::Quarter(2)),
        "q3" => Word::Part(Part::Quarter(3)),
        "q4" => Word::Part(Part::Quarter(4)),
        "of" => Word::Of,
        "old" => Word::Old,
        "on" => Word::On,
        "one" => Word::Count(1),
        "our" => Word::Possessor,
        "outset" => Word::PartOf(Part::Early),
        "overnight" => Word::Deictic(0),
        "past" => Word::Past,
        "people" | "participants" | "pounds" | "prisoners" | "protesters" | "officers" | "refugees" | "residents"
        | "rubles" | "roubles" | "soldiers" | "students" => Word::Counted,
        "percent" => Word::Percent,
        "planned" | "postponed" | "rescheduled" | "scheduled" | "slated" | "set" => Word::Scheduled,
        "post" | "observer" if capital => Word::NoDay,
        "prayer" | "prayers" | "sermon" | "sermons" => Word::NoDay,
        "previous" => Word::Previous,
        "previously" | "recently" | "soon" => Word::Vague,
        "prior" => Word::Prior,
        "quarter" => Word::Quarter,
        "recent" => Word::Recent,
        "same" => Word::Same,
        "second" => Word::Ordinal(2, true),
        "seven" => Word::Count(7),
        "seventeen" => Word::Count(17),
        "seventh" => Word::Ordinal(7, true),
        "seventy" => Word::Count(70),
        "several" => Word::Several,
        "since" => Word::Since,
        "six" => Word::Count(6),
        "sixteen" => Word::Count(16),
        "sixth" => Word::Ordinal(6, true),
        "sixty" => Word::Count(60),
        "spring" if !capital => Word::Season(3),
        "start" => Word::PartOf(Part::Early),
        "starting" => Word::Starting,
        "summer" if !capital => Word::Season(6),
        _ => Word::Other,
    }
}

fn t_to_z(lower: &str, capital: bool) -> Word {
    match lower {
        "thursday" if capital => Word::Weekday(Weekday::Thursday),
        "thu." | "thur." | "thurs." | "thurs" if capital => Word::Weekday(Weekday::Thursday),
        "thursdays" if capital => Word::Weekdays,
        "tuesday" if capital => Word::Weekday(Weekday::Tuesday),
        "tue." | "tues." | "tues" if capital => Word::Weekday(Weekday::Tuesday),
        "tuesdays" if capital => Word::Weekdays,
        "wednesday" if capital => Word::Weekday(Weekday::Wednesday),
        "wed." if capital => Word::Weekday(Weekday::Wednesday),
        "wednesdays" if capital => Word::Weekdays,
        "times" if capital => Word::NoDay,
        "telegraph" | "tribune" | "world" if capital => Word::NoDay,
        "university" | "uprising" if capital => Word::Namesake,
        "ten" => Word::Count(10),
        "tenth" => Word::Ordinal(10, true),
        "terror" | "terrorist" => Word::Terror,
        "than" => Word::Than,
        "that" => Word::That,
        "the" => Word::The,
        "their" | "your" => Word::Possessor,
        "third" => Word::Ordinal(3, true),
        "thirteen" => Word::Count(13),
        "thirty" => Word::Count(30),
        "this" => Word::This,
        "three" => Word::Count(3),
        "through" => Word::Through,
        "throughout" => Word::During,
        "till" | "until" => Word::Until,
        "time" => Word::Time,
        "times" | "twice" | "once" | "per" => Word::Times,
        "to" => Word::To,
        "today" if capital => Word::Today,
        "today" => Word::Deictic(0),
        "tomorrow" => Word::Deictic(1),
        "tonight" => Word::Deictic(0),
        "tonnes" | "tons" | "troops" | "villages" | "vehicles" | "women" | "workers" => Word::Counted,
        "twelve" => Word::Count(12),
        "twelfth" => Word::Ordinal(12, true),
        "twentieth" => Word::Ordinal(20, true),
        "twenty" => Word::Count(20),
        "two" => Word::Count(2),
        "upcoming" => Word::Coming,
        "week" => Word::Unit(Unit::Week, false),
        "weekend" => Word::Unit(Unit::Weekend, false),
        "weekends" => Word::Unit(Unit::Weekend, true),
        "weeks" => Word::Unit(Unit::Week, true),
        "winter" if !capital => Word::Season(12),
        "within" => Word::Over,
        "year" => Word::Unit(Unit::Year, false),
        "years" => Word::Unit(Unit::Year, true),
        "yesterday" => Word::Deictic(-1),
        _ => Word::Other,
    }
}

/// "19", "19th", "2,000", "1990s", "2024-08-19", "19/08/2024", "19.08.2024", "18–19".
fn number(form: &str) -> Word {
    let digits = form.bytes().take_while(u8::is_ascii_digit).count();
    let (head, rest) = form.split_at(digits);
    let Some(n) = small(head) else { return Word::Other };
    match rest {
        "" => return Word::Number(n, digits as u8),
        "st" | "nd" | "rd" | "th" => return Word::Ordinal(n, false),
        "s" | "'s" | "’s" if n.is_multiple_of(10) && digits == 4 => return Word::Decade(n),
        "/11" if n == 9 => return Word::NineEleven,
        _ => {}
    }
    for separator in ['-', '–', '/', '.'] {
        let mut parts = form.split(separator);
        let (Some(a), Some(b), c, None) = (parts.next(), parts.next(), parts.next(), parts.next()) else { continue };
        let (Some(x), Some(y)) = (small(a), small(b)) else { continue };
        return match (c, separator) {
            (None, '-' | '–') => Word::Pair(x, y),
            (None, _) => Word::Other,
            (Some(c), _) => match (small(c), separator) {
                (Some(z), '-') if (a.len(), b.len(), c.len()) == (4, 2, 2) => Word::Date(x, y, z),
                (Some(z), '.') if c.len() == 4 => Word::Date(z, y, x),
                // Day and month stand in either order, by country: only a number above twelve tells.
                (Some(z), '/') if c.len() == 4 && (x > 12 || x == y) => Word::Date(z, y, x),
                (Some(z), '/') if c.len() == 4 && y > 12 => Word::Date(z, x, y),
                _ => Word::Other,
            },
        };
    }
    Word::Other
}

fn small(digits: &str) -> Option<u32> {
    (digits.len() <= 4 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}
