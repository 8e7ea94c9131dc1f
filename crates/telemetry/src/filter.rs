//! What is worth a line, and what is worth a span.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Targets;

use crate::Error;

/// Libraries that narrate at `info` what only matters when they complain.
const DEFAULT: &str = "info,actix_server=warn,sea_orm=warn,sea_orm_migration=warn,sqlx=warn,h2=warn,hyper=warn,\
                       tonic=warn,opentelemetry=off,opentelemetry_sdk=off,opentelemetry_otlp=off";

/// The libraries that carry a span to its collector. A span about sending spans would need sending, for ever.
const CARRIERS: [&str; 9] = [
    "h2",
    "hyper",
    "hyper_util",
    "opentelemetry",
    "opentelemetry_http",
    "opentelemetry_otlp",
    "opentelemetry_sdk",
    "tonic",
    "tower",
];

/// What `RUST_LOG` lets through; without it, what an operator wants to read.
///
/// # Errors
///
/// When the directives can't be parsed.
pub(crate) fn logs(directives: Option<&str>) -> Result<EnvFilter, Error> {
    let directives = directives.filter(|text| !text.trim().is_empty()).unwrap_or(DEFAULT);
    EnvFilter::builder().parse(directives).map_err(|_| Error::Variable {
        variable: "RUST_LOG",
        expected: "directives such as info or warn,spotter_http=debug",
    })
}

/// What becomes a span: independent of `RUST_LOG`, so that quieter logs don't tear holes into traces.
pub(crate) fn traces() -> Targets {
    Targets::new()
        .with_default(LevelFilter::INFO)
        .with_targets(CARRIERS.map(|carrier| (carrier, LevelFilter::OFF)))
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn the_default_parses_and_an_empty_variable_counts_as_none() {
        assert!(logs(None).unwrap().to_string().contains("sqlx=warn"));
        assert_eq!(logs(Some(" ")).unwrap().to_string(), logs(None).unwrap().to_string());
    }

    #[test]
    fn a_wrong_directive_is_an_error_that_names_the_variable() {
        let error = logs(Some("spotter=loud")).unwrap_err();
        assert!(error.to_string().starts_with("RUST_LOG"), "{error}");
        assert!(error.is_wrong_setting());
    }

    #[test]
    fn sending_a_span_makes_no_span() {
        assert!(traces().would_enable("spotter_http", &Level::INFO));
        assert!(!traces().would_enable("hyper_util::client::legacy", &Level::ERROR));
        assert!(!traces().would_enable("opentelemetry_sdk", &Level::ERROR));
    }
}
