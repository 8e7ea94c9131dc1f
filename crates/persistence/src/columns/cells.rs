//! The cells of one column of a batch, and how either database takes them.

use std::fmt::Write as _;

use sea_orm::Value;
use spotter_domain::Timestamp;
use uuid::Uuid;

use crate::time;

/// The cells of one column.
#[derive(Clone, Debug)]
pub(super) enum Cells {
    Uuids(Vec<Uuid>),
    UuidsOrNull(Vec<Option<Uuid>>),
    Texts(Vec<String>),
    TextsOrNull(Vec<Option<String>>),
    Integers(Vec<i32>),
    IntegersOrNull(Vec<Option<i32>>),
    BigIntegers(Vec<i64>),
    Times(Vec<Timestamp>),
    TimesOrNull(Vec<Option<Timestamp>>),
    Bytes(Vec<Vec<u8>>),
    /// Each a document of its own, as text.
    Json(Vec<String>),
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Uuids(cells) => cells.len(),
            Self::UuidsOrNull(cells) => cells.len(),
            Self::Texts(cells) | Self::Json(cells) => cells.len(),
            Self::TextsOrNull(cells) => cells.len(),
            Self::Integers(cells) => cells.len(),
            Self::IntegersOrNull(cells) => cells.len(),
            Self::BigIntegers(cells) => cells.len(),
            Self::Times(cells) => cells.len(),
            Self::TimesOrNull(cells) => cells.len(),
            Self::Bytes(cells) => cells.len(),
        }
    }

    /// The type of an element on PostgreSQL. JSON is sent as text: the driver would read it once more.
    pub(super) const fn postgres(&self) -> &'static str {
        match self {
            Self::Uuids(_) | Self::UuidsOrNull(_) => "uuid",
            Self::Texts(_) | Self::TextsOrNull(_) | Self::Json(_) => "text",
            Self::Integers(_) | Self::IntegersOrNull(_) => "integer",
            Self::BigIntegers(_) => "bigint",
            Self::Times(_) | Self::TimesOrNull(_) => "timestamptz",
            Self::Bytes(_) => "bytea",
        }
    }

    /// What `column` of the unnested arrays stands for. The driver's arrays have no nulls: a value that means
    /// nothing stands in for them.
    pub(super) fn read_postgres(&self, column: &str) -> String {
        match self {
            Self::UuidsOrNull(_) => format!("NULLIF({column}, '{}') AS {column}", Uuid::nil()),
            Self::TextsOrNull(_) => format!("NULLIF({column}, '') AS {column}"),
            Self::IntegersOrNull(_) => format!("NULLIF({column}, {}) AS {column}", i32::MIN),
            Self::TimesOrNull(_) => format!("NULLIF({column}, 'epoch') AS {column}"),
            Self::Json(_) => format!("{column}::jsonb AS {column}"),
            _ => column.to_owned(),
        }
    }

    /// What number `index` of a row's list stands for.
    pub(super) fn read_sqlite(&self, column: &str, index: usize) -> String {
        match self {
            Self::Uuids(_) | Self::UuidsOrNull(_) | Self::Bytes(_) => {
                format!("unhex(value->>{index}) AS {column}")
            }
            Self::Json(_) => format!("value->{index} AS {column}"),
            _ => format!("value->>{index} AS {column}"),
        }
    }

    pub(super) fn into_array(self) -> Value {
        match self {
            Self::Uuids(cells) => Value::from(cells),
            Self::UuidsOrNull(cells) => {
                Value::from(cells.into_iter().map(Option::unwrap_or_default).collect::<Vec<Uuid>>())
            }
            Self::Texts(cells) | Self::Json(cells) => Value::from(cells),
            Self::TextsOrNull(cells) => {
                Value::from(cells.into_iter().map(Option::unwrap_or_default).collect::<Vec<String>>())
            }
            Self::Integers(cells) => Value::from(cells),
            Self::IntegersOrNull(cells) => {
                let cells = cells.into_iter().map(|cell| cell.unwrap_or(i32::MIN));
                Value::from(cells.collect::<Vec<i32>>())
            }
            Self::BigIntegers(cells) => Value::from(cells),
            Self::Times(cells) => Value::from(cells.into_iter().map(time::to_chrono).collect::<Vec<_>>()),
            Self::TimesOrNull(cells) => {
                let cells =
                    cells.into_iter().map(|cell| time::to_chrono(cell.unwrap_or(Timestamp::UNIX_EPOCH)));
                Value::from(cells.collect::<Vec<_>>())
            }
            Self::Bytes(cells) => Value::from(cells),
        }
    }

    /// Writes the cell of a row as JSON. Writing to a string can't fail.
    pub(super) fn write(&self, row: usize, document: &mut String) {
        let _ = match self {
            Self::Uuids(cells) => write!(document, "\"{}\"", cells[row].simple()),
            Self::UuidsOrNull(cells) => match cells[row] {
                Some(id) => write!(document, "\"{}\"", id.simple()),
                None => document.write_str("null"),
            },
            Self::Texts(cells) => write!(document, "{}", serde_json::Value::from(cells[row].as_str())),
            Self::TextsOrNull(cells) => {
                write!(document, "{}", serde_json::Value::from(cells[row].as_deref()))
            }
            Self::Integers(cells) => write!(document, "{}", cells[row]),
            Self::IntegersOrNull(cells) => match cells[row] {
                Some(number) => write!(document, "{number}"),
                None => document.write_str("null"),
            },
            Self::BigIntegers(cells) => write!(document, "{}", cells[row]),
            Self::Times(cells) => write!(document, "\"{}\"", time::to_text(cells[row])),
            Self::TimesOrNull(cells) => match cells[row] {
                Some(at) => write!(document, "\"{}\"", time::to_text(at)),
                None => document.write_str("null"),
            },
            Self::Bytes(cells) => {
                let _ = document.write_char('"');
                for byte in &cells[row] {
                    let _ = write!(document, "{byte:02x}");
                }
                document.write_char('"')
            }
            Self::Json(cells) => document.write_str(&cells[row]),
        };
    }
}
