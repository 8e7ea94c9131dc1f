//! The plan of the house, checked: who may know whom, and what every file owes its reader.

#![expect(
    clippy::unwrap_used,
    reason = "a tree that cannot be read fails the test, and the panic says where"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Crates that connect the inside with something outside. None imports another.
const ADAPTERS: [&str; 9] = [
    "spotter-cache",
    "spotter-http",
    "spotter-memory",
    "spotter-persistence",
    "spotter-redis",
    "spotter-resilience",
    "spotter-security",
    "spotter-telemetry",
    "spotter-web",
];

/// What the domain may know.
const KNOWN_TO_DOMAIN: [&str; 5] = ["async-trait", "jiff", "serde", "thiserror", "uuid"];

/// The contexts that bring a folder of the same name into every room.
const CONTEXTS: [&str; 8] =
    ["account", "club", "event", "progress", "registration", "waitlist", "wearable", "workout"];

/// No file is longer. One that would be has a second thing in it.
const MOST_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn packages() -> Vec<Package> {
    MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap().packages
}

/// The names of what a package depends on in this way.
fn dependencies<'a>(package: &'a Package, kinds: &[DependencyKind]) -> BTreeSet<&'a str> {
    let chosen = package.dependencies.iter().filter(|dependency| kinds.contains(&dependency.kind));
    chosen.map(|dependency| dependency.name.as_str()).collect()
}

/// What ends up in the program: everything but what only tests use.
fn shipped(package: &Package) -> BTreeSet<&str> {
    dependencies(package, &[DependencyKind::Normal, DependencyKind::Build])
}

fn ours<'a>(names: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    names.iter().copied().filter(|name| name.starts_with("spotter-")).collect()
}

fn package<'a>(packages: &'a [Package], name: &str) -> &'a Package {
    packages.iter().find(|package| package.name.as_str() == name).unwrap_or_else(|| panic!("no crate {name}"))
}

#[test]
fn the_domain_knows_five_crates_and_nothing_of_ours() {
    let packages = packages();
    assert_eq!(shipped(package(&packages, "spotter-domain")), BTreeSet::from(KNOWN_TO_DOMAIN));
}

#[test]
fn the_application_knows_the_domain_alone() {
    let packages = packages();
    let known = ours(&shipped(package(&packages, "spotter-application"))).into_iter().collect::<Vec<_>>();
    assert_eq!(known, ["spotter-domain"]);
}

#[test]
fn no_adapter_knows_another() {
    for package in packages().iter().filter(|package| ADAPTERS.contains(&package.name.as_str())) {
        let mut inside = vec!["spotter-application", "spotter-domain"];
        // The schema is written down once, and the adapter whose schema it is brings it about.
        if package.name.as_str() == "spotter-persistence" {
            inside.push("spotter-migrations");
        }
        let shipped = ours(&shipped(package));
        let strangers: Vec<_> = shipped.iter().filter(|name| !inside.contains(name)).collect();
        assert!(strangers.is_empty(), "{} depends on {strangers:?}", package.name);

        // Its tests don't know another either: what takes two of them is tested where they are wired.
        inside.extend(["spotter-migrations", "spotter-testkit"]);
        let for_tests = ours(&dependencies(package, &[DependencyKind::Development]));
        let strangers: Vec<_> = for_tests.iter().filter(|name| !inside.contains(name)).collect();
        assert!(strangers.is_empty(), "the tests of {} depend on {strangers:?}", package.name);
    }
}

#[test]
fn only_the_server_knows_adapters() {
    for package in packages().iter().filter(|package| package.name.as_str() != "spotter-server") {
        let shipped = shipped(package);
        let known: Vec<_> = shipped.iter().filter(|name| ADAPTERS.contains(name)).collect();
        assert!(known.is_empty(), "{} depends on {known:?}", package.name);
    }
}

#[test]
fn the_testkit_serves_tests_and_chores() {
    let chores = ["spotter-bench", "xtask"];
    for package in packages().iter().filter(|package| !chores.contains(&package.name.as_str())) {
        assert!(!shipped(package).contains("spotter-testkit"), "{} ships the testkit", package.name);
    }
}

#[test]
fn a_context_has_the_same_name_in_every_room() {
    for room in ["domain", "memory", "persistence", "http"] {
        for context in CONTEXTS {
            let source = root().join("crates").join(room).join("src");
            let folder = source.join(context);
            assert!(
                folder.is_dir() || folder.with_extension("rs").is_file(),
                "{} is missing: {context} would have to be looked for under another name",
                folder.display()
            );
        }
    }
}

#[test]
fn a_use_case_belongs_to_a_context_that_the_domain_knows() {
    let application = root().join("crates/application/src");
    let modules = fs::read_to_string(application.join("lib.rs")).unwrap();
    for entry in fs::read_dir(application).unwrap().flatten().filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name();
        // What nobody outside can use is how use cases are run, and none itself.
        if modules.contains(&format!("pub(crate) mod {};", name.display())) {
            continue;
        }
        let domain = root().join("crates/domain/src").join(&name);
        assert!(
            domain.is_dir() || domain.with_extension("rs").is_file(),
            "{} is no context of the domain",
            name.display()
        );
    }
}

#[test]
fn every_file_says_in_its_first_line_what_it_is_about() {
    let silent: Vec<_> =
        sources().into_iter().filter(|file| !fs::read_to_string(file).unwrap().starts_with("//! ")).collect();
    assert!(silent.is_empty(), "without a first line of //!: {silent:#?}");
}

#[test]
fn no_file_is_about_two_things() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|file| (fs::read_to_string(&file).unwrap().lines().count(), file))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .collect();
    assert!(long.is_empty(), "longer than {MOST_LINES} lines: {long:#?}");
}

/// Every source file of ours, by its path below the root.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = ["crates", "migrations", "xtask"].map(|room| root().join(room)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target" && name != "node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    assert!(found.len() > 20, "the house has more rooms than this");
    found
}
