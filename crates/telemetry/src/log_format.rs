//! How a log line looks: text for a person, JSON for a machine.

use std::io::IsTerminal;
use std::str::FromStr;

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LogFormat {
    /// Lines for a person.
    Text,
    /// One JSON object a line.
    Json,
    /// Text when standard error is a terminal, JSON when it is anything else.
    #[default]
    Auto,
}

/// The name of no log format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a log format is text, json or auto")]
pub struct UnknownLogFormat;

impl FromStr for LogFormat {
    type Err = UnknownLogFormat;

    fn from_str(name: &str) -> Result<Self, UnknownLogFormat> {
        match name {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            "auto" => Ok(Self::Auto),
            _ => Err(UnknownLogFormat),
        }
    }
}

/// Whether the reader's terminal shows colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    On,
    Off,
}

/// A format with nothing left to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resolved {
    Text(Colour),
    Json,
}

impl LogFormat {
    pub(crate) fn resolve(self) -> Resolved {
        // https://no-color.org: any value that is not empty turns colours off.
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match (self, std::io::stderr().is_terminal()) {
            (Self::Json, _) | (Self::Auto, false) => Resolved::Json,
            (Self::Text | Self::Auto, true) if !plain => Resolved::Text(Colour::On),
            (Self::Text | Self::Auto, _) => Resolved::Text(Colour::Off),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_parsed_and_strangers_refused() {
        assert_eq!("json".parse(), Ok(LogFormat::Json));
        assert_eq!("text".parse(), Ok(LogFormat::Text));
        assert_eq!("auto".parse(), Ok(LogFormat::Auto));
        assert_eq!("JSON".parse::<LogFormat>(), Err(UnknownLogFormat));
    }

    #[test]
    fn a_named_format_does_not_depend_on_the_terminal() {
        assert_eq!(LogFormat::Json.resolve(), Resolved::Json);
        assert!(matches!(LogFormat::Text.resolve(), Resolved::Text(_)));
    }
}
