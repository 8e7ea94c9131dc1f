//! `GET /api/v1/me/export`

use std::collections::HashMap;
use std::io;

use actix_web::HttpResponse;
use actix_web::http::header;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use spotter_application::workout::document::{ExerciseLine, SessionLine, TemplateLine, VERSION};
use spotter_application::workout::interchange::{BlockToWrite, HevyWriter, SessionToWrite};
use spotter_application::workout::{ExportHead, SessionView};
use spotter_application::{Caller, Spotter};
use spotter_domain::id::TemplateId;
use spotter_domain::workout::{SessionCursor, ShownSession};
use spotter_domain::{Invalid, Timestamp};
use utoipa::IntoParams;

use crate::answer::Reply;
use crate::call::Call;
use crate::problem::Problem;
use crate::words;

/// In which shape.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it is the parameters' description; they are read one by one")]
pub(crate) struct Options {
    /// One JSON document with everything, or the workout sessions as rows in Hevy's columns.
    #[param(required = false, schema_with = words::export_shape)]
    format: String,
}

pub(crate) struct Operation;

/// Take everything along
///
/// Importing it somewhere else loses nothing: from the JSON document neither own exercises nor templates, from
/// the rows no set.
#[utoipa::path(get, path = "/api/v1/me/export", tag = "imports", operation_id = "exportEverything",
    impl_for = Operation,
    extensions(("x-streamed" = json!(true))),
    params(Options),
    responses((status = 200, description = "The export, as it is read from the database.",
        content((serde_json::Value = "application/json"), (String = "text/csv")))))]
pub(crate) async fn handle(call: Call) -> Reply {
    let shape = call.params()?.read("format", Shape::parse)?.unwrap_or(Shape::Json);
    let head = call.spotter().export_head(call.caller).await?;
    let date = head.zone.to_datetime(call.now()).date();
    let begin = shape.begin(&head, call.now())?;
    let pages = Pages {
        spotter: call.spotter().clone(),
        caller: call.caller,
        head,
        shape,
        templates: HashMap::new(),
        next: Next::Begin(begin),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, shape.media_type()))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"spotter-{date}.{}\"", shape.extension()),
        ))
        .streaming(pages.stream()))
}

/// The shape of an export.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Json,
    Csv,
}

/// An export on its way out, page by page.
struct Pages {
    spotter: Spotter,
    caller: Caller,
    head: ExportHead,
    shape: Shape,
    /// The numbers by which workout sessions call the templates that were written.
    templates: HashMap<TemplateId, u32>,
    next: Next,
}

/// What comes next: the beginning, then templates, then workout sessions, each from the first or after another.
enum Next {
    Begin(Vec<u8>),
    Templates(Option<TemplateId>),
    Sessions(Option<SessionCursor>),
    Nothing,
}

impl Pages {
    /// Once an answer has begun, a failure can only cut it off: whoever reads it sees that its end is missing.
    fn stream(self) -> impl Stream<Item = io::Result<Bytes>> {
        stream::try_unfold(self, |mut pages| async move {
            let bytes = pages.bytes().await.map_err(|problem| {
                tracing::error!(problem = ?problem, "an export breaks off");
                io::Error::other("the export breaks off")
            })?;
            Ok(bytes.map(|bytes| (Bytes::from(bytes), pages)))
        })
    }

    async fn bytes(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Begin(begin) => {
                self.next = match self.shape {
                    Shape::Json => Next::Templates(None),
                    Shape::Csv => Next::Sessions(None),
                };
                Ok(Some(begin))
            }
            Next::Templates(after) => self.templates(after).await.map(Some),
            Next::Sessions(after) => self.sessions(after).await.map(Some),
            Next::Nothing => Ok(None),
        }
    }

    async fn templates(&mut self, after: Option<TemplateId>) -> Result<Vec<u8>, Problem> {
        let page = self.spotter.export_templates(self.caller, after).await?;
        let mut bytes = Vec::new();
        for (index, template) in page.items.iter().enumerate() {
            let number = self.templates.len().try_into().map_err(broken)?;
            self.templates.insert(template.id, number);
            line(&mut bytes, after.is_none() && index == 0, &TemplateLine::new(template).numbered(number))?;
        }
        if page.next.is_some() {
            self.next = Next::Templates(page.next);
        } else {
            bytes.extend_from_slice(b"],\"workout_sessions\":[");
            self.next = Next::Sessions(None);
        }
        Ok(bytes)
    }

    async fn sessions(&mut self, after: Option<SessionCursor>) -> Result<Vec<u8>, Problem> {
        let page = self.spotter.export_page(self.caller, after).await?;
        let mut bytes = match self.shape {
            Shape::Csv => rows(&self.head, &page.items)?,
            Shape::Json => self.lines(&page.items, after.is_none())?,
        };
        if page.next.is_some() {
            self.next = Next::Sessions(page.next);
        } else if self.shape == Shape::Json {
            bytes.extend_from_slice(b"]}\n");
        }
        Ok(bytes)
    }

    fn lines(&self, sessions: &[ShownSession], first: bool) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        for (index, shown) in sessions.iter().enumerate() {
            let template = shown.session.template.and_then(|template| self.templates.get(&template));
            let session = SessionLine::new(&SessionView::from(shown)).planned_by(template.copied());
            line(&mut bytes, first && index == 0, &session)?;
        }
        Ok(bytes)
    }
}

/// Appends an item of a list on a line of its own, so that a problem can be found by its line.
fn line(bytes: &mut Vec<u8>, first: bool, item: &impl Serialize) -> Result<(), Problem> {
    bytes.extend_from_slice(if first { b"\n" } else { b",\n" });
    serde_json::to_writer(bytes, item).map_err(broken)
}

#[derive(Serialize)]
struct Beginning<'a> {
    format: &'static str,
    version: u32,
    exported_at: Timestamp,
    time_zone: Option<&'a str>,
    exercises: Vec<ExerciseLine>,
}

impl Shape {
    fn parse(word: &str) -> Result<Self, Invalid> {
        match word {
            "json" => Ok(Self::Json),
            "csv" => Ok(Self::Csv),
            _ => Err(Invalid::new("must be json or csv")),
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    fn begin(self, head: &ExportHead, now: Timestamp) -> Result<Vec<u8>, Problem> {
        match self {
            Self::Csv => {
                let writer = HevyWriter::begin(Vec::new(), TimeZone::UTC).map_err(broken)?;
                Ok(writer.into_inner())
            }
            Self::Json => {
                let beginning = Beginning {
                    format: "spotter",
                    version: VERSION,
                    exported_at: now,
                    time_zone: head.zone.iana_name(),
                    exercises: head.exercises.iter().map(ExerciseLine::new).collect(),
                };
                let mut bytes = serde_json::to_vec(&beginning).map_err(broken)?;
                // The brace at its end is written after the last workout session.
                bytes.pop();
                bytes.extend_from_slice(b",\"templates\":[");
                Ok(bytes)
            }
        }
    }
}

fn rows(head: &ExportHead, sessions: &[ShownSession]) -> Result<Vec<u8>, Problem> {
    let mut writer = HevyWriter::begin(Vec::new(), head.zone.clone()).map_err(broken)?;
    // The header was sent at the beginning.
    writer.get_mut().clear();
    for ShownSession { session, exercise_names } in sessions {
        let named = session.blocks.as_slice().iter().zip(exercise_names);
        let blocks: Vec<BlockToWrite<'_>> = named
            .map(|(block, exercise)| BlockToWrite {
                exercise,
                superset: block.superset,
                notes: block.notes.as_ref(),
                sets: &block.sets,
            })
            .collect();
        let to_write = SessionToWrite {
            title: session.title.as_ref(),
            started: session.span.started_at(),
            ended: session.span.ended_at(),
            notes: session.notes.as_ref(),
            blocks: &blocks,
        };
        writer.write(&to_write).map_err(broken)?;
    }
    Ok(writer.into_inner())
}

fn broken(error: impl std::fmt::Display) -> Problem {
    Problem::internal(format!("an export can't be written: {error}"))
}
