//! What every operation can answer and takes, whatever it is about.

use actix_web::http::StatusCode;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{HttpMethod, Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{Components, ObjectBuilder, Schema, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required};
use utoipa::{PartialSchema, ToSchema};

use crate::problem::{FieldBody, MEDIA_TYPE, ProblemBody};
use crate::route::{Access, Entry};

/// The name of the one way to sign in.
pub(super) const SCHEME: &str = "bearer";

/// The problems that operations share, and when they come.
const PROBLEMS: [(u16, &str); 13] = [
    (400, "The body, a parameter or a header is not what this document says."),
    (401, "Nobody is signed in, or with something that is no good."),
    (403, "The one who asks may not do this."),
    (404, "There is no such thing, or none that the one who asks may know of."),
    (409, "The rules say no at this moment, or a request with this Idempotency-Key is being worked on."),
    (412, "The resource is not in the version that If-Match names."),
    (413, "The body is larger than 1 MiB."),
    (415, "The body is not JSON."),
    (422, "Values are refused, each named in `errors`, or the Idempotency-Key was used for another request."),
    (429, "Too often: wait for as long as Retry-After says."),
    (500, "Something is broken on our side."),
    (503, "Not now: try again after Retry-After."),
    (405, "The resource has no such method; Allow names those that it has."),
];

/// The headers of answers: name, description, example.
const HEADERS: [(&str, &str, &str); 9] = [
    (
        "X-Request-Id",
        "The request's name: the caller's own, or one that was made.",
        "0190f6a0-5c6e-7cc0-8f5e-0d5c8e2f7a10",
    ),
    ("X-Response-Time", "How long it took.", "1.234ms"),
    (
        "traceparent",
        "The place of the answer in its trace (W3C Trace Context).",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    ),
    ("ETag", "Names this representation.", "\"v1-hJ9aZ1hFq0R2b3c4\""),
    ("Location", "Where the resource is.", "/api/v1/clubs/iron-works"),
    (
        "Link",
        "The next page, as `rel=\"next\"`, where there is one.",
        "</api/v1/clubs?cursor=eyJ9>; rel=\"next\"",
    ),
    ("RateLimit", "What is left of the caller's quota, where requests are limited.", "\"default\";r=599;t=1"),
    ("RateLimit-Policy", "The caller's quota, where requests are limited.", "\"default\";q=600;w=60"),
    ("Retry-After", "Seconds to wait.", "1"),
];

/// Adds to an operation what follows from its method, its path, its body and who may use it.
pub(super) fn complete(entry: &mut Entry) {
    let has_body = entry.operation.request_body.is_some();
    let in_api = entry.path.starts_with("/api/");
    let names_something = entry.path.contains('{');
    let method = entry.method.clone();
    let (posts, edits) =
        (method == HttpMethod::Post, matches!(method, HttpMethod::Patch | HttpMethod::Delete));
    let restricted = matches!(entry.access, Access::Coach | Access::Manager | Access::Operator);
    let signed_in = entry.access != Access::Public;

    let applies = |status: u16| match status {
        400 | 500 => true,
        401 | 503 => in_api || signed_in,
        403 => restricted,
        404 => names_something,
        409 => posts,
        412 => edits,
        413 | 422 => has_body || posts,
        415 => has_body,
        429 => in_api,
        _ => false,
    };
    let operation = &mut entry.operation;
    for status in PROBLEMS.map(|(status, _)| status).into_iter().filter(|status| applies(*status)) {
        let shared = RefOr::Ref(Ref::new(format!("#/components/responses/{}", name_of(status))));
        operation.responses.responses.entry(status.to_string()).or_insert(shared);
    }
    let parameter = |name: &str| RefOr::Ref(Ref::new(format!("#/components/parameters/{name}")));
    let streamed = is_streamed(operation);
    let parameters = operation.parameters.get_or_insert_default();
    match method {
        HttpMethod::Get if streamed => {}
        HttpMethod::Get => {
            parameters.push(parameter("IfNoneMatch"));
            let not_modified = ResponseBuilder::new().description("The caller has it.").build();
            operation.responses.responses.insert("304".into(), RefOr::T(not_modified));
        }
        HttpMethod::Post => parameters.push(parameter("IdempotencyKey")),
        HttpMethod::Patch | HttpMethod::Delete => parameters.push(parameter("IfMatch")),
        _ => {}
    }
    if signed_in {
        operation.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(SCHEME, [])]);
    }
    let extensions = operation.extensions.get_or_insert_default();
    extensions.insert("x-access".into(), entry.access.as_str().into());
    complete_responses(operation, in_api, &method);
}

/// Whether the answer is sent while it is read, so that no entity tag is known before.
fn is_streamed(operation: &Operation) -> bool {
    operation.extensions.as_ref().is_some_and(|extensions| extensions.contains_key("x-streamed"))
}

/// Gives every answer its headers, and problems of the operation's own the body of all problems.
fn complete_responses(operation: &mut Operation, in_api: bool, method: &HttpMethod) {
    let is_list = operation
        .parameters
        .iter()
        .flatten()
        .any(|parameter| matches!(parameter, RefOr::T(Parameter { name, .. }) if name == "cursor"));
    let streamed = is_streamed(operation);
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let status: u16 = status.parse().unwrap_or(0);
        let mut names = vec!["X-Request-Id", "X-Response-Time", "traceparent"];
        if in_api {
            names.extend(["RateLimit", "RateLimit-Policy"]);
        }
        match status {
            201 => names.extend(["ETag", "Location"]),
            200 | 304 if !streamed => names.push("ETag"),
            _ => {}
        }
        if status == 200 && is_list && *method == HttpMethod::Get {
            names.push("Link");
        }
        if status >= 400 {
            response.content.insert(MEDIA_TYPE.into(), problem_content());
        }
        refer_to_headers(response, &names);
    }
}

fn refer_to_headers(response: &mut Response, names: &[&str]) {
    for name in names {
        let shared = RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
        response.headers.insert((*name).to_owned(), shared);
    }
}

fn problem_content() -> RefOr<utoipa::openapi::Content> {
    let schema = Ref::from_schema_name(ProblemBody::name());
    RefOr::T(ContentBuilder::new().schema(Some(schema)).build())
}

/// The name of a shared problem: that of its status, in one word.
fn name_of(status: u16) -> String {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.unwrap_or("Error").replace(' ', "")
}

/// Adds what operations refer to.
pub(super) fn add_components(components: &mut Components) {
    components.schemas.insert(ProblemBody::name().into(), ProblemBody::schema());
    components.schemas.insert(FieldBody::name().into(), FieldBody::schema());
    for (status, description) in PROBLEMS {
        let mut response = ResponseBuilder::new().description(description).build();
        response.content.insert(MEDIA_TYPE.into(), problem_content());
        let mut names =
            vec!["X-Request-Id", "X-Response-Time", "traceparent", "RateLimit", "RateLimit-Policy"];
        if matches!(status, 429 | 503) {
            names.push("Retry-After");
        }
        refer_to_headers(&mut response, &names);
        components.responses.insert(name_of(status), RefOr::T(response));
    }
    for (name, description, example) in HEADERS {
        components.headers.insert(name.into(), RefOr::T(header(description, example)));
    }
    let parameters = [
        (
            "IfMatch",
            "If-Match",
            "The entity tags, or `*`, of which the resource must have one.",
            text().build(),
        ),
        ("IfNoneMatch", "If-None-Match", "The entity tags of what the caller has.", text().build()),
        (
            "IdempotencyKey",
            "Idempotency-Key",
            "A name for this request, so that sending it again has no second effect; kept for a day.",
            text().min_length(Some(1)).max_length(Some(255)).pattern(Some("^[ -~]+$")).build(),
        ),
    ];
    for (key, name, description, schema) in parameters {
        let parameter = ParameterBuilder::new()
            .name(name)
            .parameter_in(ParameterIn::Header)
            .description(Some(description))
            .required(Required::False)
            .schema(Some(Schema::Object(schema)))
            .build();
        components.parameters.insert(key.into(), RefOr::T(parameter));
    }
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn header(description: &str, example: &str) -> Header {
    let schema = text().examples([serde_json::Value::from(example)]).build();
    HeaderBuilder::new().schema(Some(Schema::Object(schema))).description(Some(description)).build()
}
