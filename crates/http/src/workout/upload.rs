//! A file on its way in: read while it arrives.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use spotter_application::workout::ImportSessions;
use spotter_application::workout::document::{Document, UnreadableDocument};
use spotter_application::workout::interchange::{ExportReader, ReadOptions, Unreadable};
use spotter_domain::workout::{ExportFormat, ImportMode};

use crate::problem::Problem;

/// The largest file: 32 MiB.
pub(super) const MOST_BYTES: usize = 32 << 20;

/// What a file may call itself. Browsers know no better name for a CSV than these.
const MEDIA_TYPES: [&str; 7] = [
    "text/csv",
    "application/csv",
    "text/tab-separated-values",
    "text/plain",
    "application/vnd.ms-excel",
    "application/octet-stream",
    "application/json",
];

/// A file that was read, and what tells it from another one.
pub(super) struct Uploaded {
    pub(super) command: ImportSessions,
    pub(super) digest: [u8; 32],
}

/// Refuses a file that says it is something else.
pub(super) fn check_type(request: &HttpRequest) -> Result<(), Problem> {
    let value = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let media_type = value(header::CONTENT_TYPE).map(|value| value.split(';').next().unwrap_or_default());
    let known = media_type.is_none_or(|media_type| {
        MEDIA_TYPES.iter().any(|known| media_type.trim().eq_ignore_ascii_case(known))
    });
    let plain = value(header::CONTENT_ENCODING).is_none_or(|coding| coding.eq_ignore_ascii_case("identity"));
    if known && plain {
        return Ok(());
    }
    let detail = "the file must be text/csv, or application/json for an export of Spotter, without a coding";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", detail))
}

/// How a file is read.
enum Reading {
    /// As rows, piece by piece.
    Rows(Box<ExportReader>),
    /// As one document, which is gathered first.
    Document(Vec<u8>),
}

impl Reading {
    /// The way to read a file that begins with `first`.
    fn of(first: u8, options: ReadOptions) -> Self {
        let document = match options.format {
            Some(format) => format == ExportFormat::Spotter,
            None => first == b'{',
        };
        if document { Self::Document(Vec::new()) } else { Self::Rows(Box::new(ExportReader::new(options))) }
    }

    /// Takes what comes next.
    fn take(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        match self {
            Self::Rows(reader) => reader.feed(bytes)?,
            Self::Document(document) => document.extend_from_slice(bytes),
        }
        Ok(())
    }
}

/// Whether a byte says nothing about a file: it is blank, or of the mark that some programs write before UTF-8.
const fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF)
}

/// Reads a file as it arrives.
pub(super) async fn read(
    request: &HttpRequest,
    mut payload: Payload,
    options: ReadOptions,
    mode: ImportMode,
) -> Result<Uploaded, Problem> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if length.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > MOST_BYTES) {
        return Err(too_large());
    }
    let (mut hash, mut size) = (Sha256::new(), 0);
    let (mut blank, mut reading) = (Vec::new(), None);
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::invalid_body(None, "the file ended before its end"))?;
        size += chunk.len();
        if size > MOST_BYTES {
            return Err(too_large());
        }
        hash.update(&chunk);
        if reading.is_none() {
            match chunk.iter().find(|byte| !is_blank(**byte)) {
                Some(first) => {
                    reading.insert(Reading::of(*first, options)).take(&std::mem::take(&mut blank))?;
                }
                // Its line breaks count when a problem is told by its line.
                None => blank.extend_from_slice(&chunk),
            }
        }
        if let Some(reading) = &mut reading {
            reading.take(&chunk)?;
        }
    }
    let command = finish(reading.ok_or(Unreadable::Empty)?, mode)?;
    Ok(Uploaded { command, digest: hash.finalize().into() })
}

fn finish(reading: Reading, mode: ImportMode) -> Result<ImportSessions, Problem> {
    Ok(match reading {
        Reading::Rows(reader) => ImportSessions {
            export: Arc::new(reader.finish()?),
            exercises: Arc::default(),
            templates: Arc::default(),
            mode,
        },
        Reading::Document(mut bytes) => {
            // What reads JSON knows no mark.
            let marks = bytes.iter_mut().take_while(|byte| is_blank(**byte));
            marks.filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b' ');
            let document = Document::read(&bytes)?;
            ImportSessions {
                export: Arc::new(document.export),
                exercises: Arc::new(document.exercises),
                templates: Arc::new(document.templates),
                mode,
            }
        }
    })
}

fn too_large() -> Problem {
    let detail = "the file must not be larger than 32 MiB: bring it along in several parts";
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail)
}

impl From<Unreadable> for Problem {
    fn from(unreadable: Unreadable) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, unreadable.code(), unreadable.to_string())
    }
}

impl From<UnreadableDocument> for Problem {
    fn from(unreadable: UnreadableDocument) -> Self {
        let code = match unreadable {
            UnreadableDocument::Shape(_) => "not_an_export",
            UnreadableDocument::Version(_) => "unknown_version",
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, unreadable.to_string())
    }
}
