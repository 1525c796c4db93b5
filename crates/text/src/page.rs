//! What a web page says of itself: JSON-LD, OpenGraph, meta elements, marked-up times.

use scraper::{ElementRef, Html, Node};
use serde_json::Value;

/// Metadata of a page, strings as found.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    /// In the order they are believed.
    pub published: Vec<String>,
    pub url: Option<String>,
    pub language: Option<String>,
}

/// Names of meta elements, most telling first. A date of modification is not one of publication.
const TITLE: &[&str] = &["og:title", "twitter:title", "dc.title", "citation_title", "parsely-title"];
const PUBLISHER: &[&str] = &["og:site_name", "dc.publisher", "citation_publisher", "publisher", "application-name"];
const BYLINE: &[&str] = &["author", "article:author", "dc.creator", "citation_author", "parsely-author", "byl"];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "cxenseparse:recs:publishtime",
    "date",
];
const LANGUAGE: &[&str] = &["content-language", "dc.language", "og:locale"];

/// Reads the metadata.
pub(crate) fn read(page: &Html) -> Page {
    let mut metas: Vec<(String, String)> = Vec::new();
    let mut found = Page::default();
    let (mut heading, mut window, mut canonical) = (None, None, None);
    let (mut articles, mut times) = (Vec::new(), Vec::new());
    for node in page.tree.root().descendants() {
        let Some(element) = ElementRef::wrap(node) else { continue };
        let attribute = |name| element.value().attr(name).map(str::to_owned).filter(|v| !v.trim().is_empty());
        match element.value().name() {
            "html" => found.language = attribute("lang").or_else(|| attribute("xml:lang")),
            "meta" => {
                let name = ["property", "name", "itemprop", "http-equiv"].into_iter().find_map(attribute);
                metas
                    .extend(name.zip(attribute("content")).map(|(name, content)| (name.to_ascii_lowercase(), content)));
            }
            "title" if window.is_none() && !inside(&element, &["svg"]) => window = Some(text(&element)),
            "h1" if heading.is_none() => heading = Some(text(&element)),
            "link" if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                canonical = canonical.or_else(|| attribute("href"));
            }
            "script" if attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json")) => {
                if let Ok(json) = serde_json::from_str::<Value>(text(&element).trim()) {
                    collect_articles(json, &mut articles);
                }
            }
            "time" => {
                let marked = attribute("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"))
                    || element.value().attr("pubdate").is_some();
                // A time beside the article may belong to a teaser of another.
                if marked || inside(&element, &["article", "main"]) && !inside(&element, &["aside", "nav", "footer"]) {
                    times.extend(attribute("datetime").map(|time| (!marked, time)));
                }
            }
            _ => {}
        }
    }
    let meta = |names: &[&str]| {
        let values = names.iter().flat_map(|name| metas.iter().filter(move |(n, _)| n == name));
        values.map(|(_, content)| content.clone()).collect::<Vec<_>>()
    };
    let first = |names| meta(names).into_iter().next();
    let linked = articles.first();
    let field = |name: &str| linked.and_then(|article| article.get(name)).and_then(names);
    found.title = first(TITLE).or_else(|| field("headline")).or(heading).or(window);
    found.publisher = field("publisher").or_else(|| first(PUBLISHER)).filter(|name| !is_url(name));
    found.byline = field("author").filter(|name| !is_url(name));
    found.byline = found.byline.or_else(|| meta(BYLINE).into_iter().find(|name| !is_url(name)));
    found.published = field("datePublished").into_iter().chain(meta(PUBLISHED)).collect();
    // The first time of an article is that of the article; those behind it may be anything.
    times.sort_by_key(|(unmarked, _)| *unmarked);
    found.published.extend(times.into_iter().next().map(|(_, time)| time));
    found.url = canonical.or_else(|| first(&["og:url"])).or_else(|| field("url")).filter(|url| is_url(url));
    found.language = found.language.or_else(|| first(LANGUAGE)).or_else(|| field("inLanguage"));
    found
}

fn is_url(value: &str) -> bool {
    value.starts_with("http://") || value.starts_with("https://")
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

fn inside(element: &ElementRef<'_>, names: &[&str]) -> bool {
    element.ancestors().any(|node| matches!(node.value(), Node::Element(e) if names.contains(&e.name())))
}

/// Objects of an article type, out of lists and graphs.
fn collect_articles(json: Value, articles: &mut Vec<Value>) {
    match json {
        Value::Array(values) => values.into_iter().for_each(|value| collect_articles(value, articles)),
        Value::Object(mut object) => {
            let types = object.get("@type").map(|types| match types {
                Value::Array(types) => types.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
                types => types.as_str().unwrap_or_default().to_owned(),
            });
            if let Some(graph) = object.remove("@graph") {
                collect_articles(graph, articles);
            }
            if types.is_some_and(|t| t.contains("Article") || t.contains("Posting") || t.contains("Report")) {
                articles.push(Value::Object(object));
            }
        }
        _ => {}
    }
}

/// The name or names in a JSON-LD value: a string, an object with a name, or a list of them.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(string) => Some(string.clone()).filter(|s| !s.trim().is_empty()),
        Value::Object(object) => object.get("name").and_then(names),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}
