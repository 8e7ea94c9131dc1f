//! Loading the settings from the file, the environment and the flags.

use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};

use super::Settings;
use crate::exit::Failure;

/// The prefix of settings in the environment.
const PREFIX: &str = "SPOTTER_";
/// Variables of that prefix that belong to the project's own tests.
const FOREIGN: &str = "SPOTTER_TEST_";
/// The file that is read when it is there and no other is named.
const DEFAULT_FILE: &str = "spotter.toml";
/// Settings that are text whatever they look like: a key of digits is no number.
const TEXT: [&str; 5] =
    ["auth.signing_key", "database.url", "database.read_url", "redis.url", "wearables.whoop_secret"];

/// What the command line says about settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// The file to read.
    pub file: Option<PathBuf>,
    /// Settings by their path, and the flag that set them.
    pub values: Vec<(&'static str, &'static str, String)>,
}

/// Settings, and where each came from.
#[derive(Debug)]
pub struct Loaded {
    /// The settings in force.
    pub settings: Settings,
    pub(super) sources: Figment,
    pub(super) flags: Flags,
}

/// Loads the settings. `environment` is given so that a test can give its own.
///
/// # Errors
///
/// [`Failure::Usage`] naming the setting that is unknown or wrong, and where it stands.
pub fn load(
    flags: Flags,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Loaded, Failure> {
    let mut sources = Figment::new();
    match &flags.file {
        Some(file) if !file.is_file() => {
            return Err(Failure::Usage(format!("there is no settings file {}", file.display())));
        }
        Some(file) => sources = sources.merge(Toml::file_exact(file)),
        None if Path::new(DEFAULT_FILE).is_file() => sources = sources.merge(Toml::file_exact(DEFAULT_FILE)),
        None => {}
    }
    sources = sources.merge(Texts {
        name: "environment variable",
        values: environment
            .into_iter()
            .filter(|(name, _)| name.starts_with(PREFIX) && !name.starts_with(FOREIGN))
            .map(|(name, value)| (name[PREFIX.len()..].to_lowercase().replace("__", "."), value))
            .collect(),
    });
    sources = sources.merge(Texts {
        name: "flag",
        values: flags.values.iter().map(|(path, _, value)| ((*path).to_owned(), value.clone())).collect(),
    });
    match sources.extract::<Settings>() {
        Ok(settings) => Ok(Loaded { settings, sources, flags }),
        Err(error) => Err(Failure::Usage(told(&error))),
    }
}

/// The first of the errors, in one sentence.
fn told(error: &Error) -> String {
    let path = error.path.join(".");
    let source = error.metadata.as_ref().map_or_else(String::new, |metadata| match metadata.name.as_ref() {
        "environment variable" | "flag" => format!(" (from the {})", metadata.name),
        _ => metadata.source.as_ref().map_or_else(String::new, |source| format!(" (from {source})")),
    });
    match &error.kind {
        figment::error::Kind::UnknownField(name, known) => {
            let full = match error.path.last() {
                Some(last) if last == name => path,
                Some(_) => format!("{path}.{name}"),
                None => name.clone(),
            };
            let variable = variable_of(&full);
            let known = known.join(", ");
            format!(
                "unknown setting `{full}` ({variable} in the environment){source}; known here are: {known}"
            )
        }
        kind => format!("the setting `{path}` is wrong{source}: {kind}"),
    }
}

/// The name of a setting in the environment.
pub(super) fn variable_of(path: &str) -> String {
    format!("{PREFIX}{}", path.to_uppercase().replace('.', "__"))
}

/// Settings that are given as text.
struct Texts {
    name: &'static str,
    values: Vec<(String, String)>,
}

impl Provider for Texts {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let mut all = Dict::new();
        for (path, text) in &self.values {
            let value = if TEXT.contains(&path.as_str()) {
                Value::from(text.clone())
            } else {
                text.parse().unwrap_or_else(|never| match never {})
            };
            insert(&mut all, path, value);
        }
        Ok(Profile::Default.collect(all))
    }
}

/// Puts `value` at a dotted path.
fn insert(dict: &mut Dict, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            dict.insert(path.to_owned(), value);
        }
        Some((head, rest)) => {
            let inner = dict.entry(head.to_owned()).or_insert_with(|| Value::from(Dict::new()));
            if let Value::Dict(_, inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn with(environment: &[(&str, &str)]) -> Result<Loaded, Failure> {
        load(Flags::default(), environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn every_setting_has_a_default() {
        let loaded = with(&[]).unwrap();
        assert_eq!(loaded.settings.http.address.to_string(), "127.0.0.1:8080");
        assert_eq!(loaded.settings.database.url.expose_secret(), "sqlite://data/spotter.db");
        assert!(loaded.settings.limits.enabled);
    }

    #[test]
    fn the_environment_overrides_and_flags_override_the_environment() {
        let environment = [("SPOTTER_HTTP__ADDRESS".to_owned(), "127.0.0.1:1".to_owned())];
        let flags =
            Flags { file: None, values: vec![("http.address", "--address", "127.0.0.1:2".to_owned())] };
        assert_eq!(load(Flags::default(), environment.clone()).unwrap().settings.http.address.port(), 1);
        assert_eq!(load(flags, environment).unwrap().settings.http.address.port(), 2);
    }

    #[test]
    fn the_file_is_overridden_by_the_environment() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("s.toml");
        std::fs::write(&file, "[http]\naddress = \"127.0.0.1:3\"\nshutdown_grace_s = 7\n").unwrap();
        let flags = Flags { file: Some(file), values: Vec::new() };
        let environment = [("SPOTTER_HTTP__ADDRESS".to_owned(), "127.0.0.1:4".to_owned())];
        let settings = load(flags, environment).unwrap().settings;
        assert_eq!((settings.http.address.port(), settings.http.shutdown_grace_s), (4, 7));
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let text = with(&[("SPOTTER_HTTP__ADRESS", "x")]).unwrap_err().to_string();
        assert!(text.contains("`http.adress`") && text.contains("SPOTTER_HTTP__ADRESS"), "{text}");
        let text = with(&[("SPOTTER_FOO", "x")]).unwrap_err().to_string();
        assert!(text.contains("`foo`"), "{text}");
    }

    #[test]
    fn a_wrong_value_is_named_and_a_key_of_digits_is_text() {
        let text = with(&[("SPOTTER_HTTP__ADDRESS", "nowhere")]).unwrap_err().to_string();
        assert!(text.contains("`http.address`"), "{text}");
        let loaded = with(&[("SPOTTER_AUTH__SIGNING_KEY", "01234567890123456789012345678901")]).unwrap();
        assert_eq!(
            loaded.settings.auth.signing_key.unwrap().expose_secret(),
            "01234567890123456789012345678901"
        );
    }

    #[test]
    fn the_tests_own_variables_are_no_settings() {
        assert!(with(&[("SPOTTER_TEST_DATABASE_URL", "x")]).is_ok());
    }
}
