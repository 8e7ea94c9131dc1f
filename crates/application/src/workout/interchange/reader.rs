//! Reads an export while it arrives.

use spotter_domain::workout::{ExportFormat, ImportProblems, WeightUnit};

use super::layout::Layout;
use super::parsed::{ParsedExport, WrittenTime};
use super::records::{Broken, Fields, Records};
use super::row;
use super::sessions::{Place, Sessions};
use super::text::quoted;
use super::times::written_time;
use super::unreadable::Unreadable;

/// No file has more rows. A thousand workout sessions have some 25,000.
pub const MOST_ROWS: u64 = 500_000;

/// No header has more columns.
const MOST_COLUMNS: usize = 64;

/// No header is longer, in bytes.
const LONGEST_HEADER: usize = 16 * 1024;

/// So much is looked at at once.
const PIECE: usize = 64 * 1024;

const UTF_16: &str = "The file is in UTF-16. Save it as CSV in UTF-8.";
const NO_TEXT: &str = "The file is no text in UTF-8, as a CSV export would be.";

/// What the person says about a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadOptions {
    /// What kind of file it is. None if that is to be found out.
    pub format: Option<ExportFormat>,
    /// The unit of weights where the file names none. Distances without a unit are kilometres beside kilograms, and
    /// miles beside pounds.
    pub weight_unit: WeightUnit,
}

/// Reads an export of Strong or Hevy in pieces of any size.
///
/// It holds what it found, and of the file no more than the row at hand.
#[derive(Debug)]
pub struct ExportReader {
    options: ReadOptions,
    records: Records,
    layout: Option<Layout>,
    rows: Rows,
    failed: Option<Unreadable>,
}

/// What was found in the rows.
#[derive(Debug, Default)]
struct Rows {
    count: u64,
    sessions: Sessions,
    problems: ImportProblems,
    /// The start of the row before this one: most follow one with the same.
    latest_start: Option<(String, WrittenTime)>,
}

/// Whether a row has a field for each column of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    /// It has. Behind them, empty ones may follow on a row of a single line; on several lines another number of fields
    /// is a sign of a quote that is missing.
    OfHeader,
    Another,
}

impl Width {
    fn of(fields: Fields<'_>, layout: &Layout) -> Self {
        let longer = fields.lines() == 1 && fields.len() > layout.width;
        let fits = longer && fields.from(layout.width).all(str::is_empty);
        if fits || fields.len() == layout.width { Self::OfHeader } else { Self::Another }
    }
}

impl ExportReader {
    /// A reader to which nothing was fed yet.
    #[must_use]
    pub fn new(options: ReadOptions) -> Self {
        Self { options, records: Records::new(), layout: None, rows: Rows::default(), failed: None }
    }

    /// Takes the next bytes of the file.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] as soon as that is certain, and again for everything that is fed after that.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Unreadable> {
        for piece in bytes.chunks(PIECE) {
            self.records.push(piece);
            self.read()?;
        }
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Says that the file ends here, and gives back what was in it.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when it is no export.
    pub fn finish(mut self) -> Result<ParsedExport, Unreadable> {
        self.records.complete();
        self.read()?;
        let format = self.layout.ok_or(Unreadable::Empty)?.format;
        let mut problems = self.rows.problems;
        let (names, sessions) = self.rows.sessions.finish(format, &mut problems);
        problems.listed.sort_by_key(|problem| problem.line);
        Ok(ParsedExport { format, names, sessions, problems })
    }

    fn read(&mut self) -> Result<(), Unreadable> {
        if self.failed.is_none() {
            self.failed = self.read_header().and_then(|()| self.read_rows()).err();
        }
        self.failed.clone().map_or(Ok(()), Err)
    }

    /// Reads the first line that is not empty, if it is there.
    fn read_header(&mut self) -> Result<(), Unreadable> {
        while self.layout.is_none() {
            let line = match self.records.peek_line() {
                Ok(line) if line.len() <= LONGEST_HEADER => line,
                Err(arrived) if arrived <= LONGEST_HEADER => return Ok(()),
                _ => return Err(Unreadable::UnknownHeader { seen: "a line without an end".to_owned() }),
            };
            let line = text(line)?;
            if !line.trim().is_empty() {
                let delimiter = delimiter(line);
                let layout = header(line, delimiter)?;
                if let Some(expected) = self.options.format.filter(|&format| format != layout.format) {
                    return Err(Unreadable::WrongFormat { expected, found: layout.format });
                }
                self.layout = Some(layout);
                self.records.divide_by(delimiter);
            }
            self.records.skip_line();
        }
        Ok(())
    }

    fn read_rows(&mut self) -> Result<(), Unreadable> {
        let Some(layout) = &mut self.layout else { return Ok(()) };
        while let Some((line, whole)) = self.records.advance() {
            self.rows.count += 1;
            if self.rows.count > MOST_ROWS {
                return Err(Unreadable::TooManyRows { most: MOST_ROWS });
            }
            match whole.and_then(|()| self.records.fields()) {
                Ok(fields) => {
                    let width = self.rows.read(line, fields, layout, self.options.weight_unit)?;
                    // Of several lines, those behind the first one may be rows of their own.
                    if width == Width::Another {
                        self.records.go_back();
                    }
                }
                Err(broken) => self.rows.problems.note(line, format!("{broken}; the row is left out.")),
            }
        }
        Ok(())
    }
}

impl Rows {
    fn read(
        &mut self,
        line: u64,
        fields: Fields<'_>,
        layout: &mut Layout,
        unit: WeightUnit,
    ) -> Result<Width, Unreadable> {
        let columns = &layout.columns;
        let width = Width::of(fields, layout);
        let start = fields.at(columns.start);
        if start.is_empty() && fields.from(0).all(str::is_empty) {
            return Ok(width);
        }
        let Some(started) = self.start(start).filter(|_| width == Width::OfHeader) else {
            self.refuse(line, fields, width, layout);
            return Ok(width);
        };
        let row = match row::read(fields, layout, unit) {
            Ok(Some(row)) => row,
            Ok(None) => return Ok(width),
            Err(problem) => {
                self.problems.note(line, problem);
                return Ok(width);
            }
        };
        let place = Place {
            line,
            format: layout.format,
            started,
            title: fields.at(columns.title),
            end: fields.at(columns.end),
            length: fields.at(columns.length),
            session_notes: fields.at(columns.session_notes),
            exercise: fields.at(columns.exercise),
            block_notes: fields.at(columns.block_notes),
        };
        self.sessions.add(place, row, &mut self.problems)?;
        Ok(width)
    }

    /// The start that a text names.
    fn start(&mut self, text: &str) -> Option<WrittenTime> {
        if let Some((latest, started)) = &self.latest_start
            && latest == text
        {
            return Some(*started);
        }
        let started = written_time(text)?;
        self.latest_start = Some((text.to_owned(), started));
        Some(started)
    }

    /// Says what is wrong with a row that has another number of fields than the header, or no start. If it is a
    /// header itself, the rows behind it are read by that one.
    fn refuse(&mut self, line: u64, fields: Fields<'_>, width: Width, layout: &mut Layout) {
        let problem = match Layout::recognise(fields.from(0)) {
            Some(another) if another.format == layout.format => {
                *layout = another;
                "This is another header, as if two files were put together; it is skipped.".to_owned()
            }
            Some(another) => {
                let (here, there) = (another.format.as_str(), layout.format.as_str());
                format!(
                    "This is the header of a file of the format {here} in one of the format {there}; it is skipped."
                )
            }
            None if width == Width::Another => {
                let (found, expected) = (fields.len(), layout.width);
                let guess = if found < expected { ", as if it were cut off" } else { "" };
                format!("The row has {found} fields instead of {expected}{guess}; it is left out.")
            }
            None => {
                let start = quoted(fields.at(layout.columns.start));
                format!("The start {start} is no date with a time; the set is left out.")
            }
        };
        self.problems.note(line, problem);
    }
}

/// The text of the first line, without the mark that some apps write in front of UTF-8.
fn text(line: &[u8]) -> Result<&str, Unreadable> {
    if line.starts_with(b"\xFF\xFE") || line.starts_with(b"\xFE\xFF") {
        return Err(Unreadable::NotText { why: UTF_16 });
    }
    let text = std::str::from_utf8(line).map_err(|_| Unreadable::NotText { why: NO_TEXT })?;
    if text.contains('\0') {
        return Err(Unreadable::NotText { why: NO_TEXT });
    }
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

/// What divides the columns of a header: which of comma, semicolon and tab is there most often outside of quotes.
fn delimiter(line: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte && !quoted) {
            *count += 1;
        }
    }
    // The first of several: the maximum of an iterator would be the last one.
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(b',', |(delimiter, _)| delimiter)
}

/// The layout that a header names.
fn header(line: &str, delimiter: u8) -> Result<Layout, Unreadable> {
    let unknown = || Unreadable::UnknownHeader { seen: quoted(line.trim()) };
    let mut records = Records::new();
    records.divide_by(delimiter);
    records.push(line.as_bytes());
    records.complete();
    let fields = match records.advance() {
        Some((_, Ok(()))) => records.fields().map_err(|_| unknown())?,
        Some((_, Err(Broken::TooManyFields))) => {
            return Err(Unreadable::TooManyColumns { most: MOST_COLUMNS });
        }
        _ => return Err(unknown()),
    };
    if fields.len() > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns { most: MOST_COLUMNS });
    }
    Layout::recognise(fields.from(0)).ok_or_else(unknown)
}
