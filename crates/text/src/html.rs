//! Web pages: the article, without what surrounds it.

use crate::draft::{Draft, one_line};
use crate::{ErrorKind, Limits, blocks, nesting, page};
use scraper::Html;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Advertisements inside an article, by the names their frames have everywhere.
const ADVERTISEMENTS: &str = ".ad, .ads, .advert, .advertisement, aside";

/// Reads a page. `trafilatura` finds the article (`eval/html-extraction.md` says why it and not another); paragraphs
/// and metadata are ours: its dates are guesses where the page gives none.
pub(crate) fn read(html: &str, limits: &Limits, draft: &mut Draft) -> Result<(), ErrorKind> {
    nesting::check_html(html, limits)?;
    // The page is the stranger's and the extractor is not ours: a bug in it must not end the run.
    catch_unwind(AssertUnwindSafe(|| extract(html, draft)))
        .map_err(|_| ErrorKind::Syntax { format: "HTML", message: "the article extractor fails on this page".into() })
}

fn extract(html: &str, draft: &mut Draft) {
    let parsed = Html::parse_document(html);
    let page = page::read(&parsed);
    let mut options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    options.prune_selector = Some(ADVERTISEMENTS.into());
    let article = trafilatura::extract(html, &options).map(|article| article.content_html).unwrap_or_default();
    draft.title = page.title;
    draft.publisher = page.publisher;
    draft.byline = page.byline;
    draft.published = page.published;
    draft.url = page.url;
    draft.language = page.language;
    let mut paragraphs = blocks::paragraphs(&Html::parse_fragment(&article), false);
    if paragraphs.is_empty() {
        paragraphs = blocks::paragraphs(&parsed, true);
        if !paragraphs.is_empty() {
            draft.remarks.push("no article found in the page; all its text is read".into());
        }
    }
    if paragraphs.len() > 1 && one_line(&paragraphs[0]) == draft.title.as_deref().and_then(one_line) {
        paragraphs.remove(0);
    }
    draft.text = paragraphs.join("\n\n");
}
