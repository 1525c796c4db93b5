//! When, as a table to read: what the words of a sentence mean, seen from the day of publication.
//!
//! A row: day of publication (`-`: unknown) and, after "told", the day mentioned before | tense of the clause (past,
//! will, `?`) | the sentence in tokens, its time expressions in brackets | what each means. A date is as precise as
//! its value; `none` is a time without a date. Then how it places an event, where not simply at the date; `history`;
//! and `wrong` where there is something to report. A sentence without brackets holds no time expression.

use jiff::civil::Date;
use legation_coder::when::{Days, TimeExpression, TimeKind, time_expressions};
use legation_record::{EntityKind, EntityTag, Precision, Relation, Sentence, Span, Token, Upos};

const FULL_DATES: &str = "
2024-08-20 | past | They met in Moscow on [ 19 August 2024 ] . | 2024-08-19
2024-08-20 | past | They met in Moscow on [ August 19 , 2024 ] , and left . | 2024-08-19
2024-08-20 | past | They met in Moscow on [ Aug. 19 , 2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ 19th August 2024 ] . | 2024-08-19
2024-08-20 | past | They met on the [ 19th of August , 2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ August 19th 2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ 2024-08-19 ] . | 2024-08-19
2024-08-20 | past | They met on [ 2024 - 08 - 19 ] . | 2024-08-19
2024-08-20 | past | They met on [ 19/08/2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ 08/19/2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ 19.08.2024 ] . | 2024-08-19
2024-08-20 | past | They met on 05/08/2024 , whichever that is . |
2024-08-20 | past | They met on [ 05/05/2024 ] . | 2024-05-05
2024-08-20 | past | They met on [ Monday , 19 August 2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ Monday , August 19 , 2024 ] . | 2024-08-19
2024-08-20 | past | They met on [ Monday ( 19 August ] ) in Baku . | 2024-08-19
-          | past | They met on [ 19 August 2024 ] . | 2024-08-19
2025-03-02 | past | The [ 29 February 2024 ] vote was a leap day 's . | 2024-02-29, history
2025-03-01 | past | The [ 29 February 2024 ] vote was a leap day 's . | 2024-02-29
2024-08-20 | will | The treaty will end on [ 31 December 2030 ] . | 2030-12-31
2024-08-20 | past | The treaty of [ 12 May 1994 ] ended a war . | 1994-05-12, history
";

const IMPOSSIBLE_DATES: &str = "
2024-08-20 | past | They met on [ February 30 ] . | none, wrong
2024-08-20 | past | They met on [ 30 February 2024 ] . | none, wrong
2023-08-20 | past | They met on [ 29 February 2023 ] . | none, wrong
2024-08-20 | past | They met on [ 31 June ] . | none, wrong
2024-08-20 | past | They met on [ 2024-13-45 ] . | none, wrong
2024-08-20 | past | They met on [ 2023-02-29 ] . | none, wrong
2024-08-20 | past | They met on [ 31/04/2024 ] . | none, wrong
2100-08-20 | past | They met on [ 29 February 2100 ] . | none, wrong
2024-08-20 | past | They met on [ Tuesday , 19 August 2024 ] . | 2024-08-19, wrong
2024-08-20 | past | They met on [ 28 to 31 June ] . | none, wrong
";

const DAYS_WITHOUT_A_YEAR: &str = "
2024-08-20 | past | They met on [ 19 August ] . | 2024-08-19
2024-08-20 | past | They met on [ April 22 ] . | 2024-04-22
2024-08-20 | past | They met on [ 3 December ] . | 2023-12-03
2025-01-02 | past | They met on [ 31 December ] . | 2024-12-31
2025-01-02 | past | They met on [ Dec. 31 ] . | 2024-12-31
2024-12-30 | will | They will meet on [ 2 January ] . | 2025-01-02
2024-08-20 | will | They will meet on [ 3 December ] . | 2024-12-03
2024-11-20 | will | They will meet on [ March 5 ] . | 2025-03-05
2024-08-20 | past | They agreed to meet on [ 21 August ] . | 2024-08-21
2024-08-20 | will | His visit on [ 18 August ] is called a success . | 2024-08-18
2024-08-20 | ?    | The [ 3 September ] summit : what to expect . | 2024-09-03
2024-08-20 | ?    | After the [ 1 July ] vote . | 2024-07-01, after
2025-01-05 | ?    | The [ December 20 ] vote . | 2024-12-20
2024-03-10 | past | They met on [ 29 February ] . | 2024-02-29
2026-03-10 | past | They met on [ 29 February ] . | 2024-02-29, history
2023-08-20 | past | The two fell out on [ Monday , 19 August ] . | 2023-08-19, wrong
2025-08-20 | past | They met on [ Monday , 19 August ] . | 2024-08-19
2025-08-20 | past | They met on [ Tuesday , 19 August ] . | 2025-08-19
2020-03-13 | past | It was put off to [ Monday , September 14 ] . | 2020-09-14
2024-08-20 | past | They met on [ 18 July ] and [ 20 August 2023 ] . | 2023-07-18, history; 2023-08-20
2024-08-20 | past | They met on [ 19 August last year ] . | 2023-08-19, history
2024-08-20 | past | They met on [ August 19 this year ] . | 2024-08-19
2024-08-20 | past | The war began on [ May 5 ] . | 2024-05-05
2024-08-20 | past | The war began on [ March 5 ] . | 2024-03-05
2024-08-20 | past | They agreed to meet on [ 10 October ] . | 2024-10-10
2020-01-10 | past | They closed the border until [ 9 February ] . | 2020-02-09, until
2020-02-20 | past | They closed the border until [ 9 February ] . | 2020-02-09, until
-          | past | They met on [ 19 August ] . | none
";

const MONTHS: &str = "
2024-08-20 | past | They met in Moscow in [ April ] . | 2024-04
2024-08-20 | past | They met in Astana in [ early July ] . | 2024-07
2024-08-20 | past | They met in [ late June ] . | 2024-06
2024-08-20 | past | They met in [ mid - July ] . | 2024-07
2024-08-20 | past | They met in [ mid-July ] . | 2024-07
2024-08-20 | past | They met at the [ end of July ] . | 2024-07
2024-08-20 | past | They met in the [ first half of July ] . | 2024-07
2024-08-20 | past | They met in [ August ] . | 2024-08
2024-08-20 | past | They met in [ September ] . | 2023-09
2025-01-10 | past | They met in [ December ] . | 2024-12
2025-01-10 | past | They met in [ January ] . | 2025-01
2024-11-10 | will | They will meet in [ March ] . | 2025-03
2024-11-10 | will | They will meet in [ December ] . | 2024-12
2024-12-10 | will | They will meet in [ January ] . | 2025-01
2024-11-10 | will | They will meet in [ November ] . | 2024-11
2024-08-20 | ?    | The [ September ] summit . | 2024-09
2024-08-20 | ?    | The [ June ] summit . | 2024-06
2024-08-20 | past | The operation of [ September 2023 ] ended it . | 2023-09
2024-08-20 | past | It ended in [ September , 2023 ] . | 2023-09
2024-08-20 | past | It began in [ late February 2022 ] . | 2022-02, history
-          | past | It ended in [ September 2023 ] . | 2023-09
-          | past | It ended in [ September ] . | none
2024-08-20 | past | They met [ last April ] . | 2024-04
2024-08-20 | past | They met [ last August ] . | 2023-08
2024-08-20 | past | They met [ last November ] . | 2023-11
2024-08-20 | will | They will meet [ next April ] . | 2025-04
2024-08-20 | will | They will meet [ next August ] . | 2025-08
2024-08-20 | past | They met in [ April last year ] . | 2023-04, history
2024-08-20 | past | They met in [ April of this year ] . | 2024-04
2024-08-20 | will | They will meet in [ April next year ] . | 2025-04
2024-08-20 | past | Trade grew from [ April to June ] . | 2024-04, to 2024-06
2024-08-20 | past | Trade grew between [ April and June 2024 ] . | 2024-04, to 2024-06
2025-02-20 | past | Trade grew from [ November to January ] . | 2024-11, to 2025-01
2024-08-20 | past | Trade grew between [ November 2022 and March 2023 ] . | 2022-11, to 2023-03, history
2024-08-20 | past | They met in [ April ] and [ July ] . | 2024-04; 2024-07
2024-08-20 | past | They met in [ March ] and [ April 2020 ] . | 2020-03, history; 2020-04, history
2024-08-20 | past | Trade grew from [ May through July ] . | 2024-05, to 2024-07
2024-08-20 | past | They met in [ May ] , the ministers said . | 2024-05
2024-08-20 | past | The [ March ] summit failed . | 2024-03
2024-08-20 | past | They met in [ Sept. 2023 ] . | 2023-09
";

const YEARS: &str = "
2024-08-20 | past | The war was fought in [ 2020 ] . | 2020, history
2024-08-20 | past | Ties have grown since [ 2020 ] . | 2020, since
2024-08-20 | past | It is the third meeting since the [ outset of 2024 ] . | 2024, since
2024-08-20 | past | The [ 2020 ] war ended with a ceasefire . | 2020, history
2024-08-20 | past | Their [ 2018 ] agreement lapsed . | 2018, history
2024-08-20 | past | Trade grew in [ 2023 ] . | 2023
2024-01-20 | past | Trade grew in [ 2022 ] . | 2022, history
2024-08-20 | past | They met in [ early 2024 ] . | 2024
2024-08-20 | past | They met in [ late 2023 ] . | 2023
2024-08-20 | past | They met in [ mid - 2024 ] . | 2024
2024-08-20 | will | It will be ready by [ 2030 ] . | 2030, until
2024-08-20 | will | It will be ready by the [ end of 2025 ] . | 2025, until
2024-08-20 | past | They were allies from [ 2014 to 2020 ] . | 2014, to 2020, history
2024-08-20 | past | They were allies between [ 2014 and 2020 ] . | 2014, to 2020, history
2024-08-20 | past | The war of [ 2014–2020 ] ended . | 2014, to 2020, history
2024-08-20 | past | The [ 2013 – 2016 ] epidemic ended . | 2013, to 2016, history
2024-08-20 | past | The war of [ 1918 - 20 ] ended . | 1918, to 1920, history
2024-08-20 | past | Elections were held in [ 2019 ] and [ 2023 ] . | 2019, history; 2023
2024-08-20 | past | The massacre ( [ 1992 ] ) is remembered . | 1992, history
2024-08-20 | past | Trade grew in the [ second quarter of 2024 ] . | 2024
2024-08-20 | past | Trade grew in [ Q2 2024 ] . | 2024
2024-08-20 | past | Trade grew in the [ first half of 2024 ] . | 2024
2024-02-20 | past | Trade grew in the [ fourth quarter ] . | 2023
2024-08-20 | past | They met in the [ summer of 2023 ] . | 2023
2024-08-20 | past | They met in [ spring 2024 ] . | 2024
2024-08-20 | past | They met [ last summer ] . | 2023
2024-11-20 | past | They met [ last summer ] . | 2024
2024-08-20 | past | They met in the [ spring ] . | 2024
2024-08-20 | will | They will meet in the [ autumn ] . | 2024
2025-03-20 | past | They met [ last winter ] . | none
2024-08-20 | past | Ties were close in the [ 1990s ] . | none, history
2024-08-20 | past | Ties were close in the [ early 1990s ] . | none, history
2024-08-20 | will | The [ 2020s ] are hard . | none
2024-08-20 | past | The border was drawn in the [ 19th century ] . | none, history
2024-08-20 | past | It was built in the [ late 20th century ] . | none, history
2024-08-20 | will | The [ 21st century ] is hard . | none
2024-08-20 | past | They were hit by the [ 2007 ] crisis . | 2007, history
2024-08-20 | will | The law is in force from [ 2025 ] . | 2025, since
-          | past | The war was fought in [ 2020 ] . | 2020
2024-08-20 | past | After [ 2014 ] they turned away . | 2014, after, history
";

const NUMBERS_THAT_ARE_NO_YEARS: &str = "
2024-08-20 | past | They moved 2020 people . |
2024-08-20 | past | Power failed in 2000 villages . |
2024-08-20 | past | A convoy of 2020 vehicles crossed . |
2024-08-20 | past | A crowd of 1900 supporters came . |
2024-08-20 | past | They adopted Resolution 2202 . |
2024-08-20 | past | It cost $ 2024 . |
2024-08-20 | past | It rose by 1500 % . |
2024-08-20 | past | The road is 1991 kilometres long . |
2024-08-20 | past | He called 1800 times . |
";

const WEEKDAYS: &str = "
2024-08-20 | past | They met on [ Monday ] . | 2024-08-19
2024-08-19 | past | They met on [ Monday ] . | 2024-08-19
2024-08-18 | past | They met on [ Monday ] . | 2024-08-12
2024-08-20 | past | They met [ Wednesday ] . | 2024-08-14
2024-08-20 | will | They will meet on [ Wednesday ] . | 2024-08-21
2024-08-20 | will | They will meet on [ Monday ] . | 2024-08-26
2024-08-20 | will | They will meet on [ Tuesday ] . | 2024-08-20
2024-08-20 | ?    | The [ Monday ] talks . | 2024-08-19
2024-08-20 | past | They met on [ Monday night ] . | 2024-08-19
2024-08-20 | past | They met [ late on Monday ] . | 2024-08-19
2024-08-20 | past | They met earlier on [ Monday ] . | 2024-08-19
2024-08-20 | past | They met [ early Monday ] . | 2024-08-19
2024-08-20 | past | They met [ last Tuesday ] . | 2024-08-13
2024-08-20 | past | They met [ last Friday ] . | 2024-08-16
2024-08-20 | will | They will meet [ next Friday ] . | 2024-08-23
2024-08-20 | will | They will meet [ next Tuesday ] . | 2024-08-27
2024-08-20 | will | They will meet [ this Friday ] . | 2024-08-23
2024-08-20 | past | They met [ this Monday ] . | 2024-08-19
2024-08-20 | past | They met on [ Tuesday last week ] . | 2024-08-13
2024-08-20 | past | They met on [ Friday of last week ] . | 2024-08-16
2024-08-20 | will | They will meet on [ Tuesday next week ] . | 2024-08-27
2025-01-01 | past | They met on [ Monday ] . | 2024-12-30
2024-03-01 | past | They met on [ Thursday ] . | 2024-02-29
2024-12-30 | will | They will meet on [ Friday ] . | 2025-01-03
2024-08-20 | past | A summit scheduled for [ Friday ] was called off . | 2024-08-23
2024-08-20 | past | They halted fire until [ Friday ] . | 2024-08-23, until
2024-08-20 | will | The truce holds until [ Friday ] . | 2024-08-23, until
2024-08-20 | ?    | The truce holds until [ Friday ] . | 2024-08-23, until
2024-08-20 | will | Talks go on since [ Friday ] . | 2024-08-16, since
2024-08-20 | past | He spoke ahead of [ Monday ] 's talks . | 2024-08-19, before
2024-08-20 | past | They fought from [ Friday to Sunday ] . | 2024-08-16, to 2024-08-18
2024-08-20 | past | They fought on [ Saturday ] and [ Sunday ] . | 2024-08-17; 2024-08-18
2024-08-20 told 2024-07-03 | past | They met the [ following Friday ] . | 2024-07-05
2024-08-20 told 2024-07-03 | past | They met the [ previous Friday ] . | 2024-06-28
-          | past | They met on [ Monday ] . | none
";

const COUNTED_FROM_PUBLICATION: &str = "
2024-08-20 | past | They met [ yesterday ] . | 2024-08-19
2024-08-20 | past | They met [ today ] . | 2024-08-20
2024-08-20 | will | They will meet [ tomorrow ] . | 2024-08-21
2024-08-20 | will | They will meet [ tonight ] . | 2024-08-20
2024-12-31 | will | They will meet [ tomorrow morning ] . | 2025-01-01
2024-03-01 | past | They met [ yesterday ] . | 2024-02-29
2023-03-01 | past | They met [ yesterday evening ] . | 2023-02-28
2024-08-20 | past | They met the [ day before yesterday ] . | 2024-08-18
2024-08-20 | will | They will meet the [ day after tomorrow ] . | 2024-08-22
2024-08-20 | past | They met [ last night ] . | 2024-08-19
2024-08-20 | past | They met [ this morning ] . | 2024-08-20
2024-08-20 | past | They met [ two days ago ] . | 2024-08-18
2024-01-01 | past | They met [ 2 days ago ] . | 2023-12-30
2024-08-20 | past | They met [ twenty - one days ago ] . | 2024-07-30
2024-08-20 | past | They met [ a week ago ] . | 2024-08-13
2024-08-20 | past | They met [ two weeks ago ] . | 2024-08
2024-08-20 | past | They met [ three weeks ago ] . | 2024
2024-08-20 | past | They met [ a month ago ] . | 2024-07
2025-01-20 | past | They met [ two months ago ] . | 2024-11
2024-08-20 | past | They met [ a year ago ] . | 2023
2024-08-20 | past | They met [ four years ago ] . | 2020, history
2024-08-20 | past | They met [ a few days ago ] . | 2024-08
2024-08-20 | past | He said that [ two days ago ] they met . | 2024-08-18
2024-08-20 | past | They met [ several weeks ago ] . | 2024
2024-08-20 | past | They met [ hours ago ] . | none
2024-08-20 | past | They met [ two hours ago ] . | 2024-08-20
2024-08-20 | past | The war began [ decades ago ] . | none, history
2024-08-20 | past | The war began [ three decades ago ] . | none, history
2024-08-20 | past | They met [ years ago ] . | none, history
2024-08-20 | past | They met [ last week ] . | 2024-08
2024-09-03 | past | They met [ last week ] . | 2024
2025-01-07 | past | They met [ last week ] . | none
2024-08-20 | past | They met [ this week ] . | 2024-08
2024-08-30 | past | They met [ this week ] . | 2024-08
2024-08-30 | will | They meet [ this week ] . | 2024
2024-08-20 | will | They will meet [ next week ] . | 2024
2024-08-20 | past | They met [ last month ] . | 2024-07
2025-01-20 | past | They met [ last month ] . | 2024-12
2024-12-20 | will | They will meet [ next month ] . | 2025-01
2024-08-20 | past | They met [ late last month ] . | 2024-07
2024-08-20 | past | They met [ earlier this month ] . | 2024-08
2024-08-20 | will | They will meet [ later this month ] . | 2024-08
2024-08-20 | past | They met [ earlier this week ] . | 2024-08
2024-08-20 | past | They met [ earlier in the day ] . | 2024-08-20
2024-08-20 | past | They met [ last year ] . | 2023
2024-08-20 | past | They met [ this year ] . | 2024
2024-08-20 | past | They met [ earlier this year ] . | 2024
2024-08-20 | will | They will meet [ next year ] . | 2025
2024-08-20 | will | It will be ready by the [ end of the year ] . | 2024, until
2024-08-20 | will | It will be ready at the [ beginning of next year ] . | 2025
2024-08-20 | past | They met over the [ weekend ] . | 2024-08
2024-09-02 | past | They met over the [ weekend ] . | 2024
2024-08-20 | will | They will meet in [ two days ' time ] . | 2024-08-22
2024-08-20 | will | They will meet [ two days from now ] . | 2024-08-22
2024-08-20 | past | They met [ overnight ] . | 2024-08-20
2024-08-20 | past | Damage from [ yesterday ] 's attack is heavy . | 2024-08-19
2024-08-20 | past | [ Today ] they met . | 2024-08-20
2024-08-20 | past | He told USA Today so . |
2024-08-20 | past | [ Yesterday ] 's talks failed . | 2024-08-19
-          | past | They met [ yesterday ] . | none
";

const COUNTED_FROM_THE_STORY: &str = "
2024-08-20 told 2024-07-03 | past | They met [ two days earlier ] . | 2024-07-01
2024-08-20 told 2024-07-03 | past | They met [ two days later ] . | 2024-07-05
2024-08-20 told 2024-07-03 | past | They met [ a week later ] . | 2024-07-10
2024-08-20 told 2024-12-28 | past | They met [ a week later ] . | 2025-01-04
2024-08-20 told 2024-02-28 | past | They met the [ following day ] . | 2024-02-29
2024-08-20 told 2023-02-28 | past | They met the [ next day ] . | 2023-03-01, history
2024-08-20 told 2024-07-03 | past | They met the [ previous day ] . | 2024-07-02
2024-08-20 told 2024-07-03 | past | They met the [ same day ] . | 2024-07-03
2024-08-20 told 2024-07-03 | past | They met [ that night ] . | 2024-07-03
2024-08-20 told 2024-07-03 | past | They met [ later that day ] . | 2024-07-03
2024-08-20 told 2024-07-03 | past | They had met the [ day before ] . | 2024-07-02
2024-08-20 told 2024-07-03 | past | They had met the [ day before ] the summit . | none
2024-08-20 told 2024-07-03 | past | They left [ two days after ] the summit . | none
2024-08-20 told 2024-07-03 | past | They met the [ following week ] . | 2024-07
2024-08-20 told 2024-07-03 | past | They met the [ following month ] . | 2024-08
2024-08-20 told 2024-07-03 | past | They met [ two months earlier ] . | 2024-05
2024-08-20 told 2024-07-03 | past | They had met [ a year before ] . | 2023
2024-08-20 told 2024-07-03 | past | He spoke [ hours later ] . | none
2024-08-20 told 2024-07-03 | past | He spoke [ three hours later ] . | 2024-07-03
2024-08-20 | past | They met on [ 3 July ] , and again [ two days later ] . | 2024-07-03; 2024-07-05
2024-08-20 | past | On [ Friday ] he flew to Kyiv , and the [ following day ] to Moscow . | 2024-08-16; 2024-08-17
2024-08-20 | past | War broke out in [ 1991 ] and ended [ three years later ] . | 1991, history; 1994, history
2024-08-20 | past | They met [ two days earlier ] . | none
2024-08-20 | past | They met two days earlier than planned , the [ day before yesterday ] . | 2024-08-18
-          | past | On [ 3 July 2024 ] he came , the [ next day ] he left . | 2024-07-03; 2024-07-04
";

const RANGES: &str = "
2024-08-20 | past | He visited from [ 18 to 19 August ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ 18–19 August 2024 ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ 18 – 19 August 2024 ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ August 18 - 19 ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ August 18-19 , 2024 ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ 18 and 19 August ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He visited on [ August 18 and 19 ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | On [ August 18 ] and 19 people died . | 2024-08-18
2024-08-20 | past | He visited between [ 18 and 19 August ] . | 2024-08-18, to 2024-08-19
2024-08-20 | past | He toured from [ 30 July to 2 August ] . | 2024-07-30, to 2024-08-02
2024-08-20 | past | He toured from [ July 30 through August 2 , 2024 ] . | 2024-07-30, to 2024-08-02
2025-01-20 | past | He toured from [ 28 December to 3 January ] . | 2024-12-28, to 2025-01-03
2025-01-20 | past | He toured from [ 28 December to 3 January 2025 ] . | 2024-12-28, to 2025-01-03
2024-08-20 | past | They met on [ 18 August ] and on [ 20 August ] . | 2024-08-18; 2024-08-20
";

const DURATIONS_AND_RECURRENCES: &str = "
2024-08-20 | past | He came for a [ two - day ] visit . | none, duration
2024-08-20 | past | They fought for [ three weeks ] . | none, duration
2024-08-20 | past | They fought for [ weeks ] . | none, duration
2024-08-20 | past | It is the first visit in [ 20 years ] . | none, duration
2024-08-20 | past | They met twice in the [ past three days ] . | none, duration
2024-08-20 | past | Ties worsened over the [ last two years ] . | none, duration
2024-08-20 | past | Ties worsened over the [ past year ] . | none, duration
2024-08-20 | will | They will meet in the [ next few days ] . | none, duration
2024-08-20 | will | They will meet within [ two weeks ] . | none, duration
2024-08-20 | past | The [ year - long ] talks failed . | none, duration
2024-08-20 | past | After a [ two - month ] siege they left . | none, duration
2024-08-20 | past | They meet [ every Friday ] . | none, recurring
2024-08-20 | past | They meet on [ Mondays ] . | none, recurring
2024-08-20 | past | They meet [ every two years ] . | none, recurring
2024-08-20 | past | They meet [ twice a year ] . | none, recurring
2024-08-20 | past | They meet [ every March ] . | none, recurring
2024-08-20 | past | They [ recently ] met . | none, vague
2024-08-20 | past | They met in [ recent weeks ] . | none, vague
2024-08-20 | will | They will meet in the [ coming days ] . | none, vague
2024-08-20 | past | [ Earlier ] , Baku had protested . | none, vague
2024-08-20 | past | A 35 - year - old was held . |
2024-08-20 | past | He is 35 years old . |
";

const HISTORY: &str = "
2024-08-20 | past | They marked the [ 30th anniversary ] of the pact . | none, anniversary, history
2024-08-20 | past | They marked the [ third anniversary ] of the [ 2020 ] war . | none, anniversary, history; 2020, history
2024-08-20 | past | On the [ anniversary ] of the [ 19 August ] coup he spoke . | none, anniversary, history; none, history
2024-08-20 | past | On the [ anniversary ] of the coup on [ Monday ] he spoke . | none, anniversary, history; 2024-08-19
2024-08-20 | past | After the [ September 11 ] attacks it changed . | none, after, history
2024-08-20 | past | After the [ 11 September ] terrorist attacks it changed . | none, after, history
2024-08-20 | past | After [ 9/11 ] it changed . | none, after, history
2024-08-20 | past | After the [ September 11 , 2001 ] attacks it changed . | 2001-09-11, after, history
";

const WORDS_THAT_LOOK_LIKE_DATES: &str = "
2024-08-20 | will | They may meet . |
2024-08-20 | will | May the talks succeed . |
2024-08-20 | past | Theresa May resigned . |
2024-08-20 | past | Talks with May failed . |
2024-08-20 | past | A second May government fell . |
2024-08-20 | past | The March on Rome began . |
2024-08-20 | will | They march on the capital . |
2024-08-20 | past | The march was banned . |
2024-08-20 | past | He told the Sunday Times . |
2024-08-20 | past | He told the Mail on Sunday . |
2024-08-20 | past | Black September struck . |
2024-08-20 | past | The Good Friday Agreement holds . |
2024-08-20 | past | Thousands came to Friday prayers . |
2024-08-20 | past | The March 14 Alliance won . |
2024-08-20 | past | The 14 March Alliance won . |
2024-08-20 | past | The October Revolution was remembered . |
2024-08-20 | past | The May Day parade was banned . |
2024-08-20 | past | He waited a second . |
2024-08-20 | past | The fall of Kabul was a shock . |
2024-08-20 | past | The Arab Spring failed . |
2024-08-20 | past | An august body met . |
2024-08-20 | past | It is the order of the day . |
";

#[test]
fn time_expressions_mean_what_the_table_says() {
    let tables = [
        FULL_DATES,
        IMPOSSIBLE_DATES,
        DAYS_WITHOUT_A_YEAR,
        MONTHS,
        YEARS,
        NUMBERS_THAT_ARE_NO_YEARS,
        WEEKDAYS,
        COUNTED_FROM_PUBLICATION,
        COUNTED_FROM_THE_STORY,
        RANGES,
        DURATIONS_AND_RECURRENCES,
        HISTORY,
        WORDS_THAT_LOOK_LIKE_DATES,
    ];
    let rows: Vec<_> = tables.iter().flat_map(|table| table.lines()).filter(|row| !row.is_empty()).collect();
    assert!(rows.len() >= 150, "{} rows", rows.len());
    let wrong: Vec<_> = rows.iter().filter_map(|row| check(row).err()).collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn a_person_named_like_a_month_is_no_date() {
    let text = "Pressure on May in June .";
    let mut sentence = tokens(text);
    sentence.tokens[2].entity = EntityTag::Begin(EntityKind::Person);
    let found = time_expressions(text, &sentence, None, None, |_| None);
    assert_eq!(found.iter().map(|e| (e.first, e.last)).collect::<Vec<_>>(), [(4, 4)]);
}

#[test]
fn weeks_and_parts_of_months_keep_their_days() {
    let days = |text: &str, published: &str| {
        let found = time_expressions(text, &tokens(text), published.parse().ok(), None, |_| Some(true));
        let days = found[0].days.expect("days");
        format!("{} {}", days.first, days.last)
    };
    assert_eq!(days("They met last week .", "2024-08-20"), "2024-08-12 2024-08-18");
    assert_eq!(days("They met last week .", "2025-01-07"), "2024-12-30 2025-01-05");
    assert_eq!(days("They met in early July .", "2024-08-20"), "2024-07-01 2024-07-10");
    assert_eq!(days("They met in late February .", "2024-08-20"), "2024-02-20 2024-02-29");
    assert_eq!(days("They met in the second quarter of 2024 .", "2024-08-20"), "2024-04-01 2024-06-30");
    assert_eq!(days("They met earlier this month .", "2024-08-20"), "2024-08-01 2024-08-20");
    assert_eq!(days("They met over the weekend .", "2024-08-18"), "2024-08-17 2024-08-18");
}

/// What a row expects against what is found.
fn check(row: &str) -> Result<(), String> {
    let cells: Vec<_> = row.split('|').map(str::trim).collect();
    let &[seen, tense, marked, expected] = &cells[..] else { return Err(format!("not four cells: {row}")) };
    let (published, anchor) = seen.split_once(" told ").unwrap_or((seen, "-"));
    let date = |s: &str| s.trim().parse::<Date>().ok();
    let past = match tense {
        "past" => Some(true),
        "will" => Some(false),
        _ => None,
    };
    let (mut words, mut spans) = (Vec::new(), Vec::new());
    for word in marked.split_whitespace() {
        match word {
            "[" => spans.push((words.len(), 0)),
            "]" => spans.last_mut().expect("an opening bracket").1 = words.len() - 1,
            word => words.push(word),
        }
    }
    let text = words.join(" ");
    let found = time_expressions(&text, &tokens(&text), date(published), date(anchor).map(Days::from), |_| past);
    let meant = found.iter().map(describe).collect::<Vec<_>>().join("; ");
    let places: Vec<_> = found.iter().map(|e| (e.first, e.last)).collect();
    if meant == expected && places == spans {
        return Ok(());
    }
    let quotes: Vec<_> = found.iter().map(|e| words[e.first..=e.last].join(" ")).collect();
    Err(format!("{row}\n    found: {meant} {quotes:?}"))
}

fn describe(e: &TimeExpression) -> String {
    let mut terms = vec![e.date.as_ref().map_or("none".to_owned(), |date| {
        let precision = match date.value.len() {
            10 => Precision::Day,
            7 => Precision::Month,
            _ => Precision::Year,
        };
        assert_eq!(date.precision, precision, "{e:?}");
        date.value.clone()
    })];
    let kind = match &e.kind {
        TimeKind::Point => None,
        TimeKind::Range { end } => Some(format!("to {}", end.value)),
        other => Some(format!("{other:?}").to_lowercase()),
    };
    terms.extend(kind);
    terms.extend(e.history.then(|| "history".to_owned()));
    terms.extend(e.diagnostic.as_ref().map(|_| "wrong".to_owned()));
    terms.join(", ")
}

/// A sentence of tokens between spaces, with nothing known about them.
fn tokens(text: &str) -> Sentence {
    let mut tokens = Vec::new();
    let mut start = 0;
    for form in text.split(' ') {
        tokens.push(Token {
            span: Span::new(start, start + form.len()),
            joined: false,
            upos: Upos::X,
            feats: "_".into(),
            lemma: form.to_lowercase(),
            head: 0,
            relation: Relation::Dep,
            probability: 1.0,
            entity: EntityTag::Outside,
        });
        start += form.len() + 1;
    }
    Sentence { span: Span::new(0, text.len()), starts_paragraph: true, tokens }
}
