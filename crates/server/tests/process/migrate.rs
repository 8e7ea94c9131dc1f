//! `spotter migrate`: the schema goes up, down and up again.

use spotter_testkit::database::TestDatabase;

use crate::support::{Call, Program, Serve, people};

/// Runs it on a database, and answers with the word before each change, oldest change first.
async fn migrate(url: &str, arguments: &[&str]) -> Vec<String> {
    let program = Program::new(&["migrate"]).set("SPOTTER_DATABASE__URL", url);
    let program = arguments.iter().fold(program, |program, argument| program.with(argument));
    let ended = program.run().await.expect(0);
    let mut names = Vec::new();
    let mut words = Vec::new();
    for line in ended.stdout.lines() {
        let (word, name) = line.split_once(' ').unwrap();
        words.push(word.to_owned());
        names.push(name.trim().to_owned());
    }
    assert!(!names.is_empty() && names.is_sorted(), "{}", ended.stdout);
    words
}

fn applied(words: &[String]) -> usize {
    let applied = words.iter().take_while(|word| *word == "applied").count();
    assert!(words[applied..].iter().all(|word| word == "pending"), "{words:?}");
    applied
}

async fn goes_up_and_down(url: &str) {
    let all = migrate(url, &["status"]).await.len();
    assert_eq!(applied(&migrate(url, &["status"]).await), 0);
    assert_eq!(applied(&migrate(url, &["up"]).await), all);
    assert_eq!(applied(&migrate(url, &["up"]).await), all, "what is done is not done again");
    assert_eq!(applied(&migrate(url, &["down"]).await), all - 1);
    assert_eq!(applied(&migrate(url, &["down", "2"]).await), all - 3);
    assert_eq!(applied(&migrate(url, &["status"]).await), all - 3);
    assert_eq!(applied(&migrate(url, &["down", &all.to_string()]).await), 0);
    assert_eq!(applied(&migrate(url, &["up"]).await), all);
    // And what has come back is good for use.
    let person = people::settle(url, 1).await.remove(0);
    let node = Serve::on(url).start().await;
    node.answer(&Call::get("/api/v1/me").by(&person)).await.expect(200);
    node.terminate().await;
}

#[tokio::test]
async fn sqlite_goes_up_down_and_up_again() {
    goes_up_and_down(TestDatabase::sqlite_empty().url()).await;
}

#[tokio::test]
async fn postgres_goes_up_down_and_up_again() {
    goes_up_and_down(TestDatabase::postgres_empty().await.url()).await;
}

#[tokio::test]
async fn the_embedded_database_is_made_where_the_defaults_say() {
    let folder = tempfile::tempdir().unwrap();
    Program::new(&["migrate", "up"]).within(folder.path()).run().await.expect(0);
    assert!(folder.path().join("data/spotter.db").is_file());
}
