//! `GET /api/v1/progress/summaries`

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use spotter_domain::Invalid;
use spotter_domain::progress::{Day, Period, Summary};
use utoipa::{IntoParams, ToSchema};

use super::bodies::TotalsBody;
use crate::answer::{Reply, ReportBody, report};
use crate::call::Call;
use crate::fields::instant;
use crate::params::PageParams;
use crate::words;

/// Which summaries are wanted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Filter {
    #[param(schema_with = words::period)]
    period: String,
    /// The first day: a date, or an instant for its day in UTC.
    #[param(required = false, value_type = String, example = "2026-04-01")]
    from: Day,
    /// The last day, in the same way.
    #[param(required = false, value_type = String, example = "2026-04-30")]
    to: Day,
}

/// The sums of one stretch of days.
#[derive(Serialize, ToSchema)]
#[schema(as = Summary)]
pub(crate) struct SummaryBody {
    /// Its first day, as the caller's weeks begin and in their zone.
    period_start: Date,
    #[serde(flatten)]
    totals: TotalsBody,
}

/// What the summaries are about.
#[derive(Serialize, ToSchema)]
#[schema(as = SummariesMeta)]
pub(crate) struct Meta {
    #[schema(schema_with = words::period)]
    period: &'static str,
}

impl SummaryBody {
    fn new(summary: Summary) -> Self {
        Self { period_start: summary.day.date(), totals: TotalsBody::new(&summary) }
    }
}

pub(crate) struct Operation;

/// My days, weeks or months
///
/// Those with a workout session, latest first. One at the edge has only the days between `from` and `to`.
#[utoipa::path(get, path = "/api/v1/progress/summaries", tag = "progress", operation_id = "listSummaries",
    impl_for = Operation,
    params(Filter, PageParams),
    responses((status = 200, description = "A page of summaries.", body = ReportBody<SummaryBody, Meta>)))]
pub(crate) async fn handle(call: Call) -> Reply {
    let params = call.params()?;
    let period = params.required("period", Period::parse)?;
    let (from, to) = (params.read("from", day)?, params.read("to", day)?);
    // The first day of a week is no place in the list of months.
    let list = format!("summaries-{}", period.as_str());
    let summaries = call.spotter().summaries(call.caller, period, from, to, params.page(&list)?).await?;
    report(&call, &list, summaries, Meta { period: period.as_str() }, SummaryBody::new)
}

/// How long a date is.
const DATE_LENGTH: usize = "2026-04-08".len();

fn day(text: &str) -> Result<Day, Invalid> {
    let day = if text.len() == DATE_LENGTH {
        text.parse().ok().map(Day::from_date)
    } else {
        instant(text).ok().map(|instant| Day::of(instant, &TimeZone::UTC))
    };
    day.ok_or_else(|| Invalid::new("must be a date such as 2026-04-08, or a time of RFC 3339"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_date_or_that_of_an_instant() {
        let date = |text: &str| day(text).map(|day| day.date().to_string()).ok();
        assert_eq!(date("2026-04-08").as_deref(), Some("2026-04-08"));
        assert_eq!(date("2026-04-08T23:30:00-02:00").as_deref(), Some("2026-04-09"));
        for bad in
            ["", "2026-4-8", "2026-02-30", "2026-04-08T10:00:00", "20260408", "yesterday!", "2026-W15-3"]
        {
            assert_eq!(date(bad), None, "{bad}");
        }
    }
}
