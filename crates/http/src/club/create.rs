//! `POST /api/v1/clubs`

use serde::Deserialize;
use spotter_application::club::CreateClub;
use spotter_domain::club::{Slug, TimeZoneName};
use spotter_domain::text::ClubName;
use spotter_domain::waitlist::PassLimit;
use utoipa::ToSchema;

use super::bodies::ClubBody;
use crate::answer::{Reply, created};
use crate::body::JsonBody;
use crate::call::Call;
use crate::fields::{Findings, Whole};

/// A new club.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CreateClub, example = json!({
    "slug": "iron-works", "name": "Iron Works", "time_zone": "Europe/Zurich"
}))]
pub(crate) struct Request {
    /// Its name in addresses, unique; it can't be changed.
    #[schema(min_length = 2, max_length = 63, pattern = "^[a-z0-9][a-z0-9-]*[a-z0-9]$")]
    slug: String,
    /// Its name for people.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// A zone of the IANA database.
    #[schema(example = "Europe/Zurich")]
    time_zone: String,
    /// How often a waiting party may be passed by smaller ones.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 1000, default = 5)]
    pass_limit: Option<Whole>,
}

pub(crate) struct Operation;

/// Make a club
///
/// The caller is its owner. `409 slug_taken` when there is a club of that slug.
#[utoipa::path(post, path = "/api/v1/clubs", tag = "clubs", operation_id = "createClub", impl_for = Operation,
    request_body = Request,
    responses((status = 201, description = "The club was made.", body = ClubBody)))]
pub(crate) async fn handle(call: Call, body: JsonBody<Request>) -> Reply {
    let request = body.value;
    let mut findings = Findings::default();
    let slug = findings.take("/slug", Slug::parse(&request.slug));
    let name = findings.take("/name", ClubName::parse(&request.name));
    let time_zone = findings.take("/time_zone", TimeZoneName::parse(&request.time_zone));
    let pass_limit =
        request.pass_limit.map_or_else(|| Ok(PassLimit::default()), |n| PassLimit::new(n.to_u16()));
    let pass_limit = findings.take("/pass_limit", pass_limit);
    let (Some(slug), Some(name), Some(time_zone), Some(pass_limit)) = (slug, name, time_zone, pass_limit)
    else {
        return Err(findings.into_error().into());
    };
    let command = CreateClub { slug, name, time_zone, pass_limit };
    let club = call.spotter().run(&call.posted(&body.bytes)?, &command).await?;
    let location = format!("/api/v1/clubs/{}", club.slug);
    created(&call, location, &ClubBody::new(club))
}
