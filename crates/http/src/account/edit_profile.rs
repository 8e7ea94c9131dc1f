//! `PATCH /api/v1/me`

use serde::Deserialize;
use spotter_application::account::EditProfile;
use spotter_domain::account::{
    AccountChange, DefaultRest, PreferencesChange, ProgressionType, Units, WarmupPercentages, WeekStart,
};
use spotter_domain::club::TimeZoneName;
use spotter_domain::text::DisplayName;
use spotter_domain::workout::OneRepMaxFormula;
use utoipa::ToSchema;

use super::bodies::UserBody;
use crate::answer::{Reply, found};
use crate::at_most::AtMost;
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe, Object, Whole};
use crate::words;

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditProfile, example = json!({"preferences": {"units": "imperial", "time_zone": null}}))]
pub(crate) struct Request {
    /// How they want to be called.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 100)]
    display_name: Maybe<String>,
    #[serde(default)]
    #[schema(value_type = PreferencesRequest, required = false)]
    preferences: Maybe<Object<PreferencesRequest>>,
}

/// Which preferences change; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditPreferences)]
pub(crate) struct PreferencesRequest {
    #[serde(default)]
    #[schema(schema_with = words::units, required = false)]
    units: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::week_start, required = false)]
    week_start: Maybe<String>,
    /// A zone of the IANA database; null for the club's own, and days of UTC.
    #[serde(default)]
    #[schema(value_type = Option<String>, required = false, example = "Europe/Zurich")]
    time_zone: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::one_rep_max_formula, required = false)]
    one_rep_max_formula: Maybe<String>,
    /// How many seconds they rest between sets.
    #[serde(default)]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 3600)]
    default_rest_s: Maybe<Whole>,
    #[serde(default)]
    #[schema(schema_with = words::progression_preference, required = false)]
    progression: Maybe<String>,
    #[serde(default)]
    #[schema(schema_with = words::warmup_percentages, required = false)]
    warmup_percentages: Maybe<AtMost<Whole, { WarmupPercentages::MOST }>>,
}

pub(crate) struct Operation;

/// Edit my profile
///
/// Days and records are worked out anew when the time zone or the formula of one-rep maxes changes.
#[utoipa::path(patch, path = "/api/v1/me", tag = "me", operation_id = "editProfile", impl_for = Operation,
    request_body = Request,
    responses((status = 200, description = "The profile as it is now.", body = UserBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let Request { display_name, preferences } = body.value;
    let mut findings = Findings::default();
    let change = AccountChange {
        display_name: display_name
            .into_patch(&mut findings, "/display_name", |name| DisplayName::parse(&name)),
        preferences: match preferences {
            Maybe::Absent => PreferencesChange::default(),
            Maybe::Value(Object(request)) => {
                findings.within("preferences", |findings| request.into_change(findings))
            }
            null @ Maybe::Null => {
                null.into_patch(&mut findings, "/preferences", |_| Ok(()));
                PreferencesChange::default()
            }
        },
    };
    let command = findings.finish(EditProfile { change, expected: call.expected() })?;
    let profile = call.spotter().run(&call.context(), &command).await?;
    found(&call, &UserBody::new(profile))
}

impl PreferencesRequest {
    fn into_change(self, findings: &mut Findings) -> PreferencesChange {
        PreferencesChange {
            units: self.units.into_patch(findings, "/units", |word| Units::parse(&word)),
            week_start: self.week_start.into_patch(findings, "/week_start", |word| WeekStart::parse(&word)),
            time_zone: self
                .time_zone
                .into_clearing_patch(findings, "/time_zone", |name| TimeZoneName::parse(&name)),
            one_rep_max: self
                .one_rep_max_formula
                .into_patch(findings, "/one_rep_max_formula", |word| OneRepMaxFormula::parse(&word)),
            default_rest: self
                .default_rest_s
                .into_patch(findings, "/default_rest_s", |seconds| DefaultRest::new(seconds.to_u16())),
            progression: self
                .progression
                .into_patch(findings, "/progression", |word| ProgressionType::parse(&word)),
            warmup: self.warmup_percentages.into_patch(findings, "/warmup_percentages", |parts| {
                let parts = parts.all("percentages")?;
                WarmupPercentages::new(parts.into_iter().map(Whole::to_u8).collect())
            }),
        }
    }
}
