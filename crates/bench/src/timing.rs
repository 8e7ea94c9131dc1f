//! What the server says about how long an answer took.

use std::time::Duration;

use hyper::HeaderMap;

/// What the server says about one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Timing {
    /// How many statements were sent to the database.
    pub(crate) statements: u64,
    /// How long all of them took.
    pub(crate) in_statements: Duration,
    /// How long it took from the request's head to the answer's.
    pub(crate) total: Duration,
}

impl Timing {
    /// `sql;desc="3";dur=1.234, total;dur=2.345`
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let told = headers.get("server-timing")?.to_str().ok()?;
        let (sql, total) = told.split_once(", total;dur=")?;
        let (statements, in_statements) = sql.strip_prefix("sql;desc=\"")?.split_once("\";dur=")?;
        let time = |text: &str| Some(Duration::from_secs_f64(text.parse::<f64>().ok()?.max(0.0) / 1_000.0));
        Some(Self {
            statements: statements.parse().ok()?,
            in_statements: time(in_statements)?,
            total: time(total)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_says_is_understood() {
        let mut headers = HeaderMap::new();
        assert_eq!(Timing::of(&headers), None);
        headers.insert("server-timing", "sql;desc=\"3\";dur=1.250, total;dur=2.500".parse().unwrap());
        let (in_statements, total) = (Duration::from_micros(1_250), Duration::from_micros(2_500));
        assert_eq!(Timing::of(&headers), Some(Timing { statements: 3, in_statements, total }));
    }
}
