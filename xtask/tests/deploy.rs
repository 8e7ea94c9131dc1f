//! What is deployed, checked against what the program understands: nobody else reads these files together.

#![expect(
    clippy::unwrap_used,
    reason = "a tree that cannot be read fails the test, and the panic says where"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// The settings that deployments may name.
const SETTINGS: [&str; 6] = [
    "SPOTTER_AUTH__SIGNING_KEY",
    "SPOTTER_DATABASE__URL",
    "SPOTTER_HTTP__ADDRESS",
    "SPOTTER_LIMITS__ENABLED",
    "SPOTTER_LOG__FORMAT",
    "SPOTTER_REDIS__URL",
];

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn compose() -> Value {
    serde_saphyr::from_str(&read("compose.yaml")).unwrap()
}

/// Every word that looks like a setting.
fn settings_in(text: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    text.split(|letter| !is_part(letter))
        .filter(|word| word.starts_with("SPOTTER_") && word.contains("__"))
        .collect()
}

#[test]
fn every_setting_is_one_that_the_program_knows() {
    for file in ["compose.yaml", "Dockerfile", ".env.example", "README.md"] {
        let text = read(file);
        for setting in settings_in(&text) {
            assert!(SETTINGS.contains(&setting), "{file} names {setting}");
        }
    }
    let environment = &compose()["services"]["spotter"]["environment"];
    let named: BTreeSet<_> = environment.as_object().unwrap().keys().map(String::as_str).collect();
    assert!(
        named.contains("SPOTTER_DATABASE__URL") && named.contains("SPOTTER_AUTH__SIGNING_KEY"),
        "{named:?}"
    );
    for name in named.iter().filter(|name| name.starts_with("SPOTTER_")) {
        assert!(SETTINGS.contains(name), "compose.yaml sets {name}");
    }
}

#[test]
fn secrets_have_no_default_and_every_variable_is_explained() {
    let text = read("compose.yaml");
    for secret in ["SPOTTER_AUTH__SIGNING_KEY", "POSTGRES_PASSWORD"] {
        assert!(text.contains(&format!("${{{secret}:?")), "{secret} has to be required");
    }
    let example = read(".env.example");
    for reference in text.split("${").skip(1) {
        let name = reference.split([':', '}', '-', '?']).next().unwrap();
        assert!(example.contains(&format!("{name}=")), ".env.example does not explain {name}");
    }
}

#[test]
fn nothing_is_open_to_the_network_that_nobody_asked_for() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    for (name, service) in services {
        for port in service["ports"].as_array().into_iter().flatten() {
            let port = port.as_str().unwrap_or_else(|| panic!("{name}: write ports as text"));
            assert!(port.starts_with("127.0.0.1:"), "{name} listens on {port}");
        }
        assert_eq!(name == "spotter", service.get("ports").is_some(), "{name}");
    }
}

#[test]
fn the_program_starts_after_what_it_needs_and_everybody_is_watched() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    for needed in ["postgres", "redis"] {
        let condition = &services["spotter"]["depends_on"][needed]["condition"];
        assert_eq!(condition, "service_healthy", "{needed}");
    }
    for (name, service) in services {
        let image_watches = name == "spotter" && read("Dockerfile").contains("HEALTHCHECK");
        assert!(service.get("healthcheck").is_some() || image_watches, "{name} has no health check");
    }
    let volumes = compose["volumes"].as_object().unwrap();
    let used = services["postgres"]["volumes"][0].as_str().unwrap().split(':').next().unwrap();
    assert!(volumes.contains_key(used), "{used} is declared nowhere");
}

#[test]
fn the_program_does_not_run_as_root() {
    let dockerfile = read("Dockerfile");
    let last_stage = dockerfile.rsplit("\nFROM ").next().unwrap();
    let user =
        last_stage.lines().find_map(|line| line.strip_prefix("USER ")).expect("a USER in the last stage");
    assert!(!["root", "0", "0:0"].contains(&user.trim()), "{user}");
}
