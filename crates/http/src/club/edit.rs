//! `PATCH /api/v1/clubs/{club}`

use serde::Deserialize;
use spotter_application::club::EditClub;
use spotter_domain::club::{ClubChange, TimeZoneName};
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;
use utoipa::ToSchema;

use super::bodies::{ClubBody, ClubPath};
use crate::answer::{Reply, found};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Maybe, Whole};

/// What changes; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EditClub, example = json!({"name": "Iron Works South"}))]
pub(crate) struct Request {
    /// Its name for people.
    #[serde(default)]
    #[schema(value_type = String, required = false, min_length = 1, max_length = 120)]
    name: Maybe<String>,
    /// A zone of the IANA database.
    #[serde(default)]
    #[schema(value_type = String, required = false, example = "Europe/Zurich")]
    time_zone: Maybe<String>,
    /// How often a waiting party may be passed by smaller ones, from the next decision on.
    #[serde(default)]
    #[schema(value_type = i64, required = false, minimum = 0, maximum = 1000)]
    pass_limit: Maybe<Whole>,
}

pub(crate) struct Operation;

/// Edit a club
///
/// For managers and owners.
#[utoipa::path(patch, path = "/api/v1/clubs/{club}", tag = "clubs", operation_id = "editClub",
    impl_for = Operation,
    params(ClubPath),
    request_body = Request,
    responses((status = 200, description = "The club as it is now.", body = ClubBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let club = call.club()?;
    let Request { name, time_zone, pass_limit } = body.value;
    let mut findings = Findings::default();
    let change = ClubChange {
        name: name.into_patch(&mut findings, "/name", |name| ClubName::parse(&name)),
        time_zone: time_zone.into_patch(&mut findings, "/time_zone", |name| TimeZoneName::parse(&name)),
        pass_limit: pass_limit.into_patch(&mut findings, "/pass_limit", |n| PassLimit::new(n.to_u16())),
    };
    let command = findings.finish(EditClub { club, change, expected: call.expected() })?;
    let club = call.spotter().run(&call.context(), &command).await?;
    found(&call, &ClubBody::new(club))
}
