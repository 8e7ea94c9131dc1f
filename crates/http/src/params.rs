//! Query parameters. Which ones a route has, its document says; the gate has refused all others.

use std::fmt::Write;
use std::ops::RangeInclusive;

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::Deserialize;
use spotter_domain::page::{Limit, PageRequest};
use spotter_domain::{Invalid, Timestamp};
use utoipa::IntoParams;

use crate::cursor::{self, Cursor};
use crate::fields::instant;
use crate::problem::Problem;

/// The parameters of every list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct PageParams {
    /// The most items wanted; over 200 is cut down to 200.
    #[param(minimum = 1, default = 50, required = false)]
    limit: u64,
    /// The `next_cursor` of the page before.
    #[param(required = false)]
    cursor: String,
}

/// The parameters of a request.
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    /// Reads the query; a parameter that comes twice is one that can't be understood.
    pub(crate) fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let pairs = Query::<Vec<(String, String)>>::from_query(request.query_string())
            .map_err(|_| Problem::invalid_parameter("query", "can't be decoded"))?
            .into_inner();
        for (index, (name, _)) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|(before, _)| before == name) {
                return Err(Problem::invalid_parameter(name.clone(), "must not be given twice"));
            }
        }
        Ok(Self(pairs))
    }

    /// Refuses every parameter that is not one of `known`.
    pub(crate) fn only(&self, known: &[String]) -> Result<(), Problem> {
        match self.0.iter().find(|(name, _)| !known.contains(name)) {
            None => Ok(()),
            Some((name, _)) => Err(Problem::invalid_parameter(name.clone(), "there is no such parameter")),
        }
    }

    /// A parameter as it was sent.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// A parameter, read.
    pub(crate) fn read<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Result<Option<T>, Problem> {
        let value = self.text(name).map(parse).transpose();
        value.map_err(|invalid| Problem::invalid_parameter(name, invalid.0))
    }

    /// A parameter that has to be there, read.
    pub(crate) fn required<T>(
        &self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Invalid>,
    ) -> Result<T, Problem> {
        self.read(name, parse)?.ok_or_else(|| Problem::invalid_parameter(name, "must be given"))
    }

    /// A whole number within bounds.
    pub(crate) fn number(
        &self,
        name: &'static str,
        within: RangeInclusive<u16>,
    ) -> Result<Option<u16>, Problem> {
        self.read(name, |text| {
            let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
            number.filter(|number| within.contains(number)).ok_or_else(|| {
                let (least, most) = (within.start(), within.end());
                Invalid::new(format!("must be a whole number from {least} to {most}"))
            })
        })
    }

    /// An instant.
    pub(crate) fn instant(&self, name: &'static str) -> Result<Option<Timestamp>, Problem> {
        self.read(name, instant)
    }

    /// Which page of `list` is wanted.
    pub(crate) fn page<C: Cursor>(&self, list: &str) -> Result<PageRequest<C>, Problem> {
        let limit = self.read("limit", limit)?.unwrap_or_default();
        let after = self.text("cursor").map(|cursor| cursor::decode(list, cursor)).transpose()?;
        Ok(PageRequest { limit, after })
    }

    /// The query of the page that begins after `cursor`, with every other parameter as it was.
    pub(crate) fn with_cursor(&self, cursor: &str) -> String {
        let mut query = String::new();
        for (name, value) in self.0.iter().filter(|(name, _)| name != "cursor") {
            let _infallible = write!(query, "{}={}&", Encoded(name), Encoded(value));
        }
        query + "cursor=" + cursor
    }
}

fn limit(text: &str) -> Result<Limit, Invalid> {
    // However many digits: larger is cut down.
    let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().unwrap_or(u64::MAX));
    match number {
        Some(asked) if asked > 0 && !text.is_empty() => Ok(Limit::clamped(asked)),
        _ => Err(Invalid::new("must be a whole number from 1 on")),
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
struct Encoded<'a>(&'a str);

impl std::fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                f.write_char(char::from(byte))?;
            } else {
                write!(f, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use spotter_domain::waitlist::QueueNumber;

    use super::*;

    fn params(query: &str) -> Result<Params, Problem> {
        Params::of(&TestRequest::with_uri(&format!("/x?{query}")).to_http_request())
    }

    #[test]
    fn limits_are_cut_down_and_nonsense_is_refused() {
        let limit =
            |query: &str| params(query).unwrap().page::<QueueNumber>("q").map(|page| page.limit.get()).ok();
        assert_eq!(limit(""), Some(50));
        assert_eq!(limit("limit=7"), Some(7));
        assert_eq!(limit("limit=201"), Some(200));
        assert_eq!(limit("limit=99999999999999999999999"), Some(200));
        for bad in ["0", "-1", "", "x", "1.5", "%2B1"] {
            assert_eq!(limit(&format!("limit={bad}")), None, "{bad}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let days = |query: &str| params(query).unwrap().number("days", 1..=30).ok();
        assert_eq!(days(""), Some(None));
        assert_eq!(days("days=30"), Some(Some(30)));
        for bad in ["0", "31", "", "-1", "%2B1", "1.0", "99999999999999999999"] {
            assert_eq!(days(&format!("days={bad}")), None, "{bad}");
        }
        assert!(params("").unwrap().required("days", |text| Ok(text.to_owned())).is_err());
    }

    #[test]
    fn unknown_and_repeated_parameters_are_refused() {
        assert!(params("limit=1&limit=2").is_err());
        let known = ["limit".to_owned()];
        assert!(params("limit=1").unwrap().only(&known).is_ok());
        assert!(params("limit=1&colour=red").unwrap().only(&known).is_err());
    }

    #[test]
    fn the_next_page_keeps_the_other_parameters() {
        let params = params("from=2027-01-04T18%3A00%3A00%2B01%3A00&cursor=old&limit=2").unwrap();
        assert_eq!(params.with_cursor("new"), "from=2027-01-04T18%3A00%3A00%2B01%3A00&limit=2&cursor=new");
    }
}
