//! The README is true: its commands are those that there are, and its tour can be taken.

use std::path::PathBuf;
use std::process::Stdio;

use spotter_testkit::database::TestDatabase;
use tokio::process::Command;

use crate::support::Serve;

/// The commands that a newcomer needs, and no others.
const COMMANDS: [&str; 2] = ["cargo run --release -- serve --demo", "cargo xtask test"];

/// The address of the README's examples.
const ADDRESSES: [&str; 2] = ["localhost:8080", "127.0.0.1:8080"];

fn readme() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The fenced blocks with their info strings.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| !line.starts_with("```")).collect();
        blocks.push((info.trim().to_owned(), body.join("\n")));
    }
    blocks
}

#[test]
fn blocks_are_found_with_their_info_strings() {
    let text = "a\n```sh tour\ncurl x\n```\nb\n```\nplain\n```\n";
    let found = blocks(text);
    assert_eq!(found, [("sh tour".to_owned(), "curl x".to_owned()), (String::new(), "plain".to_owned())]);
}

#[test]
fn it_names_exactly_the_two_commands_that_a_newcomer_needs() {
    let text = readme();
    let fenced = blocks(&text);
    let in_blocks = fenced.iter().flat_map(|(_, body)| body.lines());
    let in_text = text.split('`').skip(1).step_by(2);
    let mut named: Vec<&str> = in_blocks
        .chain(in_text)
        .map(|command| command.trim().trim_start_matches("$ "))
        .map(|command| command.split_once(" #").map_or(command, |(command, _)| command).trim())
        .filter(|command| command.starts_with("cargo ") && !command.contains('\n'))
        .collect();
    named.sort_unstable();
    named.dedup();
    assert_eq!(named, COMMANDS);
}

#[tokio::test(flavor = "multi_thread")]
async fn its_tour_can_be_taken_from_start_to_end() {
    let tour: Vec<String> =
        blocks(&readme()).into_iter().filter(|(info, _)| info == "sh tour").map(|(_, body)| body).collect();
    assert!(!tour.is_empty(), "the README has no block marked `sh tour`");
    let database = TestDatabase::sqlite_empty();
    let node = Serve::on(database.url()).with_demo().start().await;
    let address = node.address().to_string();
    let script = ADDRESSES.iter().fold(tour.join("\n"), |script, written| script.replace(written, &address));
    assert!(script.contains(&address), "the tour never calls the server:\n{script}");
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("bash")
        .args(["-c", &format!("set -euo pipefail\n{script}")])
        .current_dir(folder.path())
        .env("NO_PROXY", "*")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{said}\n{complained}\n--- of:\n{script}", output.status);
    println!("{said}");
}
