//! `spotter config`: the settings in force and where each came from.

use crate::support::Program;

const KEY: &str = "a signing key that nobody may see";

/// The line of a setting.
#[track_caller]
fn line<'a>(text: &'a str, setting: &str) -> &'a str {
    let found = text.lines().find(|line| line.starts_with(&format!("{setting} = ")));
    found.unwrap_or_else(|| panic!("no {setting} in:\n{text}"))
}

#[tokio::test]
async fn each_setting_is_shown_with_its_source() {
    let folder = tempfile::tempdir().unwrap();
    let file = "[http]\nshutdown_grace_s = 7\naddress = \"127.0.0.1:1\"\n[limits]\nenabled = true\n";
    std::fs::write(folder.path().join("spotter.toml"), file).unwrap();
    let program = Program::new(&["config", "--address", "127.0.0.1:3"])
        .set("SPOTTER_HTTP__ADDRESS", "127.0.0.1:2")
        .set("SPOTTER_LIMITS__ENABLED", "false")
        .set("SPOTTER_AUTH__SIGNING_KEY", KEY);
    let shown = program.within(folder.path()).run().await.expect(0).stdout;
    for (setting, value, source) in [
        ("http.address", "\"127.0.0.1:3\"", "flag --address"),
        ("limits.enabled", "false", "environment variable SPOTTER_LIMITS__ENABLED"),
        ("http.shutdown_grace_s", "7", "spotter.toml"),
        ("database.url", "\"sqlite://data/spotter.db\"", "default"),
        ("auth.signing_key", "***", "environment variable SPOTTER_AUTH__SIGNING_KEY"),
    ] {
        let line = line(&shown, setting);
        assert!(line.contains(value) && line.ends_with(source), "{line}");
    }
}

#[tokio::test]
async fn secrets_are_not_shown_wherever_they_come_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = "[redis]\nurl = \"redis://:hunter1@cache:6379\"\n";
    std::fs::write(folder.path().join("spotter.toml"), file).unwrap();
    let program =
        Program::new(&["config", "--database-url", "postgres://ada:hunter2@db/spotter?password=hunter3"])
            .set("SPOTTER_AUTH__SIGNING_KEY", KEY)
            .set("SPOTTER_DATABASE__READ_URL", "postgres://ada:hunter4@replica/spotter");
    let ended = program.within(folder.path()).run().await.expect(0);
    for secret in ["hunter", KEY] {
        assert!(!format!("{ended:?}").contains(secret), "{ended:?}");
    }
    assert!(
        line(&ended.stdout, "database.url").contains("postgres://ada:***@db/spotter"),
        "{}",
        ended.stdout
    );
    assert!(line(&ended.stdout, "redis.url").contains("cache:6379"), "{}", ended.stdout);
}

#[tokio::test]
async fn it_shows_the_settings_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let ended = Program::new(&["config"]).within(folder.path()).run().await.expect(0);
    assert_eq!(ended.stderr, "");
    assert!(
        ended.stdout.lines().all(|line| line.contains(" = ") && line.ends_with("# default")),
        "{}",
        ended.stdout
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
