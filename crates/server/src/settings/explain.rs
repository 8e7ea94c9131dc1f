//! Telling the settings in force and where each came from, without telling secrets.

use std::fmt::{Display, Write};

use secrecy::{ExposeSecret, SecretString};

use super::load::{Loaded, variable_of};
use super::{LogFormat, PoolSettings};

/// One line a setting: its path, its value, and where it came from.
#[must_use]
pub fn explain(loaded: &Loaded) -> String {
    let rows = rows(loaded);
    let width = rows.iter().map(|(path, value)| path.len() + value.len()).max().unwrap_or(0);
    rows.iter().fold(String::new(), |mut text, (path, value)| {
        let gap = " ".repeat(width - path.len() - value.len());
        let _infallible = writeln!(text, "{path} = {value}{gap}  # {}", source(loaded, path));
        text
    })
}

fn rows(loaded: &Loaded) -> Vec<(String, String)> {
    let settings = &loaded.settings;
    let (http, database, sqlite) = (&settings.http, &settings.database, &settings.database.sqlite);
    let mut rows = vec![
        row("http.address", quoted(http.address)),
        row("http.workers", http.workers.map_or_else(|| "one a core".to_owned(), |n| n.to_string())),
        row("http.shutdown_grace_s", http.shutdown_grace_s),
        row("http.server_timing", http.server_timing),
        row("http.trust_forwarded_for", http.trust_forwarded_for),
        row("database.url", address(&database.url)),
        row("database.read_url", database.read_url.as_ref().map_or_else(|| "none".to_owned(), address)),
    ];
    pool(&mut rows, "database.write", &database.write);
    pool(&mut rows, "database.read", &database.read);
    rows.extend([
        row("database.sqlite.busy_timeout_ms", sqlite.busy_timeout_ms),
        row("database.sqlite.cache_kib", sqlite.cache_kib),
        row("database.sqlite.mmap_mib", sqlite.mmap_mib),
        row(
            "desk.shards",
            settings.desk.shards.map_or_else(|| "by the database".to_owned(), |n| n.to_string()),
        ),
        row("desk.largest_batch", settings.desk.largest_batch),
        row("desk.longest_queue", settings.desk.longest_queue),
        row("desk.patience_ms", settings.desk.patience_ms),
        row("redis.url", settings.redis.url.as_ref().map_or_else(|| "none".to_owned(), address)),
        row("auth.signing_key", secret(settings.auth.signing_key.as_ref())),
        row(
            "auth.hashes_at_once",
            settings.auth.hashes_at_once.map_or_else(|| "one a core".to_owned(), |n| n.to_string()),
        ),
        row("limits.enabled", settings.limits.enabled),
        row("limits.requests_per_minute", settings.limits.requests_per_minute),
        row("wearables.whoop_secret", secret(settings.wearables.whoop_secret.as_ref())),
        row(
            "log.format",
            match settings.log.format {
                None => "text on a terminal, else json",
                Some(LogFormat::Text) => "\"text\"",
                Some(LogFormat::Json) => "\"json\"",
            },
        ),
    ]);
    rows
}

fn pool(rows: &mut Vec<(String, String)>, path: &str, pool: &PoolSettings) {
    rows.extend([
        row(&format!("{path}.max_connections"), pool.max_connections),
        row(&format!("{path}.min_connections"), pool.min_connections),
        row(&format!("{path}.acquire_timeout_ms"), pool.acquire_timeout_ms),
        row(&format!("{path}.idle_timeout_s"), pool.idle_timeout_s),
        row(&format!("{path}.max_lifetime_s"), pool.max_lifetime_s),
        row(&format!("{path}.statement_timeout_ms"), pool.statement_timeout_ms),
        row(&format!("{path}.lock_timeout_ms"), pool.lock_timeout_ms),
        row(&format!("{path}.idle_in_transaction_timeout_ms"), pool.idle_in_transaction_timeout_ms),
        row(&format!("{path}.application_name"), quoted(&pool.application_name)),
    ]);
}

fn row(path: &str, value: impl Display) -> (String, String) {
    (path.to_owned(), value.to_string())
}

fn quoted(value: impl Display) -> String {
    format!("\"{value}\"")
}

/// Whether there is a secret, and nothing of it.
fn secret(secret: Option<&SecretString>) -> &'static str {
    secret.map_or("none", |_| "\"***\"")
}

/// A URL without the password in it, nor the query, where passwords may stand too.
fn address(url: &SecretString) -> String {
    let url = url.expose_secret();
    let url = url.split_once('?').map_or_else(|| url.to_owned(), |(before, _)| format!("{before}?***"));
    let Some((scheme, rest)) = url.split_once("://") else { return quoted(url) };
    match rest.rsplit_once('@') {
        None => quoted(url),
        Some((user, host)) => match user.split_once(':') {
            None => quoted(url),
            Some((name, _)) => quoted(format!("{scheme}://{name}:***@{host}")),
        },
    }
}

fn source(loaded: &Loaded, path: &str) -> String {
    let Some(metadata) = loaded.sources.find_metadata(path) else { return "default".to_owned() };
    match metadata.name.as_ref() {
        "environment variable" => format!("environment variable {}", variable_of(path)),
        "flag" => {
            let flag =
                loaded.flags.values.iter().find(|(of, ..)| *of == path).map_or("", |(_, flag, _)| flag);
            format!("flag {flag}")
        }
        _ => metadata.source.as_ref().map_or_else(|| metadata.name.to_string(), ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Flags, load};

    #[test]
    fn sources_are_told_and_secrets_are_not() {
        let environment = [
            ("SPOTTER_AUTH__SIGNING_KEY".to_owned(), "a-very-secret-key-of-32-characters".to_owned()),
            ("SPOTTER_WEARABLES__WHOOP_SECRET".to_owned(), "8675309".to_owned()),
            (
                "SPOTTER_DATABASE__URL".to_owned(),
                "postgres://ada:hunter2@db/spotter?password=hunter3".to_owned(),
            ),
        ];
        let flags =
            Flags { file: None, values: vec![("http.address", "--address", "127.0.0.1:9".to_owned())] };
        let text = explain(&load(flags, environment).unwrap());
        let line = |path: &str| text.lines().find(|line| line.starts_with(path)).unwrap().to_owned();
        assert!(line("http.address").ends_with("# flag --address"));
        assert!(line("database.url").contains("\"postgres://ada:***@db/spotter?***\""));
        assert!(line("database.url").ends_with("# environment variable SPOTTER_DATABASE__URL"));
        assert!(line("limits.enabled").ends_with("# default"));
        assert!(line("auth.signing_key").contains("\"***\""));
        assert!(line("wearables.whoop_secret").contains("\"***\""));
        for secret in ["hunter2", "hunter3", "a-very-secret", "8675309"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
