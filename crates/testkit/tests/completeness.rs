//! Every behaviour of a conformance suite stands in the macro that makes tests of it.

use std::path::Path;

/// The names listed for a suite: what stands between `suite:` and the semicolon.
fn listed<'a>(macros: &'a str, suite: &str) -> Vec<&'a str> {
    let header = format!(" {suite}:");
    let sections = macros.split(header.as_str()).skip(1).filter_map(|rest| rest.split(';').next());
    sections.flat_map(|names| names.split(',').map(str::trim)).collect()
}

#[test]
fn every_behaviour_is_listed_in_its_macro() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/conformance");
    let macros = ["mod.rs", "store.rs"]
        .map(|file| std::fs::read_to_string(directory.join(file)).expect("the macros are there"))
        .concat();
    let mut behaviours = 0;
    for file in std::fs::read_dir(&directory).expect("the suites are there") {
        let path = file.expect("the suites can be listed").path();
        let suite = path.file_stem().and_then(|stem| stem.to_str()).expect("files have names");
        if ["mod", "store", "subject"].contains(&suite) {
            continue;
        }
        let names = listed(&macros, suite);
        let source = std::fs::read_to_string(&path).expect("a suite can be read");
        for rest in source.split("\npub async fn ").skip(1) {
            let name = rest.split('(').next().unwrap_or_default();
            assert!(names.contains(&name), "{suite}::{name} is tested nowhere");
            behaviours += 1;
        }
    }
    assert!(behaviours > 100, "only {behaviours} behaviours were found");
}
