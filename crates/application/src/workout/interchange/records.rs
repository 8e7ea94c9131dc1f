//! Cuts what arrives into records, so that a broken one takes no other with it.
//!
//! A quote too many or too few makes a record swallow the lines behind it. So the bytes of a record are kept until
//! it has proved to be whole; if it does not, its first line alone is given up, and reading goes on behind that.

use memchr::memchr2;

/// No field is longer, in bytes.
pub(super) const MOST_FIELD: usize = 64 * 1024;

/// No record is longer, in bytes.
const MOST_RECORD: usize = 256 * 1024;

/// No record has more fields.
const MOST_FIELDS: usize = 256;

/// Lines are read again at the cost of so many bytes for each that arrived. Only a file that is made for it gets
/// there; what is broken in it then costs more than one line.
const MOST_AGAIN: usize = 4;

/// What is wrong with a record that is no row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Broken {
    #[error("A quoted text begins here and never ends, as if the file were cut off")]
    Unclosed,
    #[error("The quotes do not match")]
    Quotes,
    #[error("The row is too long, or a text in it is")]
    TooLong,
    #[error("The row has far too many fields")]
    TooManyFields,
    #[error("The row is no UTF-8 text")]
    NotUtf8,
}

/// The fields of one record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a> {
    text: &'a str,
    ends: &'a [usize],
    lines: u64,
}

impl<'a> Fields<'a> {
    /// How many there are.
    pub(super) const fn len(self) -> usize {
        self.ends.len()
    }

    /// How many lines they take.
    pub(super) const fn lines(self) -> u64 {
        self.lines
    }

    /// The trimmed field at an index; nothing where there is none.
    pub(super) fn at(self, index: Option<usize>) -> &'a str {
        let Some(index) = index else { return "" };
        let Some(&end) = self.ends.get(index) else { return "" };
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        let field = self.text.get(start..end).unwrap_or_default();
        // Almost no field has anything to trim, and most are digits or ASCII letters.
        match field.as_bytes() {
            [] | [b'!'..=b'~'] | [b'!'..=b'~', .., b'!'..=b'~'] => field,
            _ => field.trim(),
        }
    }

    /// Those from an index on.
    pub(super) fn from(self, first: usize) -> impl Iterator<Item = &'a str> {
        (first..self.len()).map(move |index| self.at(Some(index)))
    }
}

/// What arrived, being cut into records.
#[derive(Debug)]
pub(super) struct Records {
    csv: csv_core::Reader,
    delimiter: u8,
    /// What arrived and is not used up.
    buffer: Vec<u8>,
    /// How many bytes were used up before it.
    used: usize,
    /// Where in the buffer the record begins that is being read.
    record: usize,
    /// Where its second line begins, once the first is read.
    second: usize,
    /// Where the line begins that comes next.
    line: usize,
    /// Up to where there is no end of that line.
    searched: usize,
    /// The number of the line that comes next, and of the one on which the record begins.
    number: u64,
    first_number: u64,
    /// What the record holds so far.
    text: Vec<u8>,
    length: usize,
    ends: Vec<usize>,
    fields: usize,
    /// Nothing more will arrive.
    complete: bool,
    /// The line that comes next is too long and left out.
    skipping: bool,
    /// How many bytes were read again.
    again: usize,
}

impl Records {
    pub(super) fn new() -> Self {
        Self {
            csv: csv_core::Reader::new(),
            delimiter: b',',
            buffer: Vec::new(),
            used: 0,
            record: 0,
            second: 0,
            line: 0,
            searched: 0,
            number: 1,
            first_number: 1,
            text: Vec::new(),
            length: 0,
            ends: vec![0; MOST_FIELDS],
            fields: 0,
            complete: false,
            skipping: false,
            again: 0,
        }
    }

    /// Says what divides fields from now on.
    pub(super) fn divide_by(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
        self.csv = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    }

    /// Takes what arrived.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.record);
        self.used += self.record;
        self.second = self.second.saturating_sub(self.record);
        self.line -= self.record;
        self.searched -= self.record;
        self.record = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Nothing more will arrive.
    pub(super) fn complete(&mut self) {
        self.complete = true;
        if self.buffer.last().is_some_and(|last| !matches!(last, b'\n' | b'\r')) {
            self.buffer.push(b'\n');
        }
    }

    /// The bytes of the line that comes next, if it is there whole, and how many bytes of it are there otherwise.
    pub(super) fn peek_line(&mut self) -> Result<&[u8], usize> {
        match self.line_end() {
            Some(end) => Ok(&self.buffer[self.line..end]),
            None => Err(self.buffer.len() - self.line),
        }
    }

    /// Leaves out the line that comes next.
    pub(super) fn skip_line(&mut self) {
        if let Some(end) = self.line_end() {
            self.next_line(end);
            self.record = self.line;
        }
    }

    /// Reads on to the next record: the line on which it begins, and whether it is one. None if more has to arrive.
    pub(super) fn advance(&mut self) -> Option<(u64, Result<(), Broken>)> {
        loop {
            let Some(end) = self.line_end() else { return self.without_line_end() };
            if self.skipping {
                self.skipping = false;
                self.next_line(end);
                self.record = self.line;
                continue;
            }
            if self.line == self.record {
                self.first_number = self.number;
                self.second = end;
                if self.buffer[self.line..end].iter().all(|byte| matches!(byte, b'\n' | b'\r')) {
                    self.next_line(end);
                    self.record = self.line;
                    continue;
                }
                self.length = 0;
                self.fields = 0;
            }
            if end - self.record > MOST_RECORD {
                if self.line == self.record {
                    self.next_line(end);
                }
                return Some(self.give_up(Broken::TooLong));
            }
            let read = self.read_line(end);
            self.next_line(end);
            match read {
                csv_core::ReadRecordResult::Record | csv_core::ReadRecordResult::End => {
                    let raw = &self.buffer[self.record..end];
                    if self.number - self.first_number > 1 && !is_well_quoted(raw, self.delimiter) {
                        return Some(self.give_up(Broken::Quotes));
                    }
                    self.record = self.line;
                    return Some((self.first_number, self.lengths()));
                }
                csv_core::ReadRecordResult::InputEmpty => {}
                csv_core::ReadRecordResult::OutputFull | csv_core::ReadRecordResult::OutputEndsFull => {
                    return Some(self.give_up(Broken::TooManyFields));
                }
            }
        }
    }

    /// The fields of the record that was found last.
    pub(super) fn fields(&self) -> Result<Fields<'_>, Broken> {
        let text = std::str::from_utf8(&self.text[..self.length]).map_err(|_| Broken::NotUtf8)?;
        let ends = &self.ends[..self.fields];
        // Half a character at the end of one field and the rest of it in the next would make no valid field.
        if ends.iter().all(|&end| text.is_char_boundary(end)) {
            Ok(Fields { text, ends, lines: self.number - self.first_number })
        } else {
            Err(Broken::NotUtf8)
        }
    }

    /// Where the line that comes next ends, its line break included: one of `\n`, `\r\n` and `\r`.
    fn line_end(&mut self) -> Option<usize> {
        let Some(found) = memchr2(b'\n', b'\r', &self.buffer[self.searched..]) else {
            self.searched = self.buffer.len();
            return None;
        };
        self.searched += found;
        if self.buffer[self.searched] == b'\n' {
            return Some(self.searched + 1);
        }
        match self.buffer.get(self.searched + 1) {
            Some(b'\n') => Some(self.searched + 2),
            Some(_) => Some(self.searched + 1),
            None => self.complete.then_some(self.searched + 1),
        }
    }

    fn next_line(&mut self, end: usize) {
        self.line = end;
        self.searched = end;
        self.number += 1;
    }

    fn read_line(&mut self, end: usize) -> csv_core::ReadRecordResult {
        let line = &self.buffer[self.line..end];
        if self.text.len() < self.length + line.len() {
            self.text.resize(self.length + line.len(), 0);
        }
        let (read, _, written, ended) =
            self.csv.read_record(line, &mut self.text[self.length..], &mut self.ends[self.fields..]);
        self.length += written;
        self.fields += ended;
        read
    }

    /// What follows from the end of the next line not being there.
    fn without_line_end(&mut self) -> Option<(u64, Result<(), Broken>)> {
        if self.skipping {
            self.line = self.searched;
            self.record = self.line;
        } else if self.buffer.len() - self.record > MOST_RECORD {
            if self.line == self.record {
                self.first_number = self.number;
                self.skipping = true;
                self.line = self.searched;
                self.second = self.line;
            }
            return Some(self.give_up(Broken::TooLong));
        } else if self.complete && self.record < self.line {
            return Some(self.give_up(Broken::Unclosed));
        }
        None
    }

    /// Gives up the record, but for its first line only for now.
    fn give_up(&mut self, why: Broken) -> (u64, Result<(), Broken>) {
        self.go_back();
        (self.first_number, Err(why))
    }

    /// Goes on behind the first line of the record that was found last. To be called before anything else arrives,
    /// when the record turns out to be none.
    pub(super) fn go_back(&mut self) {
        let arrived = self.used + self.record + MOST_RECORD;
        if self.second < self.line && self.again < arrived.saturating_mul(MOST_AGAIN) {
            self.again += self.line - self.second;
            self.line = self.second;
            self.searched = self.second;
            self.number = self.first_number + 1;
        }
        self.record = self.line;
        self.csv.reset();
    }

    fn lengths(&self) -> Result<(), Broken> {
        let mut start = 0;
        for &end in &self.ends[..self.fields] {
            if end - start > MOST_FIELD {
                return Err(Broken::TooLong);
            }
            start = end;
        }
        Ok(())
    }
}

/// Whether each quoted field of a record ends in front of a delimiter or a line break. One that does not has most
/// likely ended at the quote that begins a field of another row.
fn is_well_quoted(record: &[u8], delimiter: u8) -> bool {
    let mut bytes = record.iter().copied().peekable();
    loop {
        if bytes.next_if_eq(&b'"').is_some() {
            loop {
                match bytes.next() {
                    None => return false,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                    Some(_) => {}
                }
            }
        } else {
            while bytes.next_if(|&byte| byte != delimiter && !matches!(byte, b'\n' | b'\r')).is_some() {}
        }
        match bytes.next() {
            Some(byte) if byte == delimiter => {}
            Some(b'\n' | b'\r') | None => return true,
            Some(_) => return false,
        }
    }
}

#[cfg(test)]
#[path = "tests/records.rs"]
mod tests;
