//! What the documents point to is there: files, headings, and the tests that they name.

#![expect(
    clippy::unwrap_used,
    reason = "a tree that cannot be read fails the test, and the panic says where"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The files below a folder whose names end in that.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found
}

fn documents() -> Vec<PathBuf> {
    let mut documents = files(&root().join("docs"), "md");
    documents.extend(files(&root().join("deploy"), "md"));
    documents.push(root().join("README.md"));
    documents
}

/// The text without its fenced blocks: what is in those is no link and no heading.
fn prose(document: &Path) -> String {
    let text = fs::read_to_string(document).unwrap();
    text.split("```").step_by(2).collect()
}

/// Where the links of a text lead, past the web.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    targets.filter(|target| !target.contains("://"))
}

/// The anchors of a document's headings, as they are made where documents are shown.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| -> String {
        let title = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(anchor).collect()
}

/// Whether a link of a document leads to a file, and to a heading in it if it names one.
fn leads_somewhere(document: &Path, link: &str) -> bool {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { document.to_owned() } else { document.parent().unwrap().join(path) };
    target.exists() && anchor.is_none_or(|anchor| anchors(&prose(&target)).contains(anchor))
}

#[test]
fn every_link_leads_somewhere() {
    let mut lost = Vec::new();
    for document in documents() {
        let text = prose(&document);
        let broken = links(&text).filter(|link| !leads_somewhere(&document, link));
        lost.extend(broken.map(|link| format!("{} points to {link}", document.display())));
    }
    assert_eq!(lost, Vec::<String>::new());
}

/// Whether it is the name of a test of a numbered rule.
fn is_of_a_rule(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let number =
        name.strip_prefix(['r', 'w']).and_then(|rest| rest.split_once('_')).map(|(number, _)| number);
    name.chars().all(plain) && number.is_some_and(|number| number.parse::<u8>().is_ok())
}

#[test]
fn every_test_of_a_rule_that_is_named_exists() {
    let sources: Vec<String> =
        files(&root().join("crates"), "rs").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut named = 0;
    for document in documents() {
        let text = prose(&document);
        for name in text.split('`').skip(1).step_by(2).filter(|name| is_of_a_rule(name)) {
            let function = format!("fn {name}(");
            let known = sources.iter().any(|source| source.contains(&function));
            assert!(known, "{} names {name}", document.display());
            named += 1;
        }
    }
    assert!(named > 20, "{named} tests are named");
}

#[test]
fn headings_become_anchors_as_they_do_where_documents_are_shown() {
    let text = "# The domain: words\n\n## W1 It's *hers*, and `theirs`\n";
    let expected = ["the-domain-words", "w1-its-hers-and-theirs"].map(str::to_owned);
    assert_eq!(anchors(text), BTreeSet::from(expected));
}
