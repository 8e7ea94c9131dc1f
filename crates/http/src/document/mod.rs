//! The OpenAPI document: made of the table of routes, completed with what all routes have in common.

mod standard;

use actix_web::http::Method;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Paths};

use crate::route::describe;
use crate::routes::table;

/// The tags, in the order of their sections.
const TAGS: [(&str, &str); 12] = [
    ("auth", "Signing up, in and out."),
    ("me", "The caller's own profile and keys."),
    ("clubs", "Clubs and who belongs to them."),
    ("events", "Scheduled classes and live events."),
    ("registrations", "Places at events, and the queues for them."),
    ("exercises", "The catalogue of exercises, and the caller's own."),
    ("workouts", "Workout sessions, templates, and who else may see them."),
    ("imports", "Bringing everything along from elsewhere, and taking it away."),
    ("progress", "What follows from workout sessions: records, sums, trends."),
    ("wearables", "What wearables record: recovery, sleep, strain."),
    ("health", "Whether the process runs and takes work."),
    ("performance", "Numbers for operators."),
];

const INTRODUCTION: &str = "\
Registrations, capacity and waitlists for gyms, studios and clubs.

Ids are UUIDs, times RFC 3339 in UTC. Every answer of status 400 and up is `application/problem+json` \
(RFC 9457) with a stable `code`. Lists are paged with `limit` and `cursor`. A POST with an `Idempotency-Key` \
can be sent again within a day and has one effect. `If-None-Match` saves what the caller has; `If-Match` \
guards edits. `x-access` says who may use an operation: whoever is `signed_in`, a `coach` or a `manager` of \
the club, an `operator` of the installation.";

/// The OpenAPI document of the whole interface.
#[must_use]
pub fn openapi() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Spotter")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(INTRODUCTION))
        .contact(Some(ContactBuilder::new().name(Some("The operators of this installation")).build()))
        .license(Some(
            LicenseBuilder::new().name("AGPL-3.0-or-later").identifier(Some("AGPL-3.0-or-later")).build(),
        ))
        .build();
    let tags = TAGS.map(|(name, text)| TagBuilder::new().name(name).description(Some(text)).build());
    let mut document = OpenApiBuilder::new().info(info).tags(Some(tags)).paths(Paths::new()).build();
    let mut entries = table();
    for entry in &mut entries {
        standard::complete(entry);
    }
    describe(&mut document, entries);
    let components = document.components.get_or_insert_default();
    standard::add_components(components);
    let bearer = SecurityScheme::Http(
        Http::builder()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An access token, or an API key."))
            .build(),
    );
    components.add_security_scheme(standard::SCHEME, bearer);
    document
}

/// Every route: its method and its path, with the parameters in braces.
#[must_use]
pub fn routes() -> Vec<(Method, String)> {
    table().into_iter().map(|entry| (entry.http_method(), entry.path)).collect()
}
