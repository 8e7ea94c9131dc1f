//! Wrong arguments and settings: which code the program ends with, and the one line that says what to do.

use std::net::TcpListener;

use spotter_testkit::database::TestDatabase;

use crate::support::people::SIGNING_KEY;
use crate::support::{Program, Serve};

#[tokio::test]
async fn an_unknown_setting_in_the_environment_is_named() {
    for arguments in [&["config"][..], &["serve"], &["migrate", "status"]] {
        let ended = Program::new(arguments).set("SPOTTER_HTTP__ADRESS", "127.0.0.1:0").run().await.expect(2);
        let line = ended.only_complaint();
        assert!(line.contains("SPOTTER_HTTP__ADRESS") && line.contains("http.adress"), "{line}");
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn a_wrong_value_is_named_and_so_is_its_setting() {
    for (name, value, setting) in [
        ("SPOTTER_HTTP__ADDRESS", "somewhere", "http.address"),
        ("SPOTTER_HTTP__SHUTDOWN_GRACE_S", "-1", "http.shutdown_grace_s"),
        ("SPOTTER_LIMITS__ENABLED", "perhaps", "limits.enabled"),
        ("SPOTTER_LOG__FORMAT", "yaml", "log.format"),
        ("SPOTTER_DATABASE__URL", "mysql://localhost/spotter", "database.url"),
        ("SPOTTER_AUTH__SIGNING_KEY", "short", "auth.signing_key"),
    ] {
        let ended = Program::new(&["serve"]).set(name, value).run().await.expect(2);
        let line = ended.only_complaint();
        assert!(line.contains(setting), "{line}");
    }
}

#[tokio::test]
async fn an_unknown_setting_in_the_file_is_named_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("spotter.toml"), "[http]\nadress = \"127.0.0.1:0\"\n").unwrap();
    let ended = Program::new(&["serve"]).within(folder.path()).run().await.expect(2);
    let line = ended.only_complaint();
    assert!(line.contains("http.adress") && line.contains("spotter.toml"), "{line}");
}

#[tokio::test]
async fn a_settings_file_that_is_not_there_is_named() {
    let ended = Program::new(&["config", "--config", "/nowhere/spotter.toml"]).run().await.expect(2);
    assert!(ended.only_complaint().contains("/nowhere/spotter.toml"));
}

#[tokio::test]
async fn an_unknown_flag_or_command_is_named() {
    for (arguments, named) in
        [(&["serve", "--dmeo"][..], "--dmeo"), (&["sevre"], "sevre"), (&["migrate", "sideways"], "sideways")]
    {
        let ended = Program::new(arguments).run().await.expect(2);
        assert!(ended.stderr.contains(named), "{ended:?}");
        assert_eq!(ended.stdout, "");
    }
}

#[tokio::test]
async fn help_and_version_are_no_failures() {
    let help = Program::new(&["--help"]).run().await.expect(0);
    for command in ["serve", "migrate", "operator", "config"] {
        assert!(help.stdout.contains(command), "{}", help.stdout);
    }
    let version = Program::new(&["--version"]).run().await.expect(0);
    assert_eq!(version.stdout.trim(), format!("spotter {}", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn postgres_without_a_signing_key_is_a_wrong_setting() {
    let database = TestDatabase::postgres_empty().await;
    let ended = Serve::keyless(database.url()).program().run().await.expect(2);
    let line = ended.only_complaint();
    assert!(line.contains("SPOTTER_AUTH__SIGNING_KEY"), "{line}");
    assert_eq!(ended.stdout, "");
}

#[tokio::test]
async fn a_missing_signing_key_is_told_before_anything_is_reached() {
    // Nobody listens on port 1.
    let ended = Serve::keyless("postgres://127.0.0.1:1/spotter").program().run().await.expect(2);
    assert!(ended.only_complaint().contains("SPOTTER_AUTH__SIGNING_KEY"), "{ended:?}");
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_in_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let database = TestDatabase::sqlite_empty();
    let serve = Serve::on(database.url()).set("SPOTTER_HTTP__ADDRESS", address.as_str());
    let ended = serve.program().run().await.expect(1);
    let line = ended.only_complaint();
    assert!(line.contains(&address) && line.contains("http.address"), "{line}");
    assert_eq!(ended.stdout, "");
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_in_one_line_without_its_password() {
    let serve = Serve::on("postgres://ada:hunter2@127.0.0.1:1/spotter");
    let ended = serve.program().run().await.expect(1);
    let line = ended.only_complaint();
    assert!(line.contains("database.url"), "{line}");
    assert!(!line.contains("hunter2") && !line.contains(SIGNING_KEY), "{line}");
}
