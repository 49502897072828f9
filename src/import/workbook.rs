//! The first sheet with data of an XLSX or XLS workbook.

use std::io::Cursor;

use calamine::{Data, Reader};

use super::FileError;

/// Most bytes that the parts of a workbook may unpack to; a small file that claims more is an attack or a mistake.
const MOST_UNPACKED: u64 = 300 * 1024 * 1024;

/// Begins like a workbook.
pub fn is_workbook(bytes: &[u8]) -> bool {
    let is_zip_of_excel = bytes.starts_with(b"PK\x03\x04") && contains(bytes, b"xl/");
    is_zip_of_excel || bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// The cells as text, row by row.
pub fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>, FileError> {
    if bytes.starts_with(b"PK") && unpacked_size(bytes) > MOST_UNPACKED {
        return Err("The workbook unpacks to more than 300 MB.".to_owned());
    }
    let unreadable = || "The workbook cannot be read. Save it as CSV (UTF-8) and try again.".to_owned();
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes.to_vec())).map_err(|_| unreadable())?;
    let names = book.sheet_names();
    for name in names {
        let sheet = book.worksheet_range(&name).map_err(|_| unreadable())?;
        if sheet.height() > 1 {
            let skipped = sheet.start().map_or(0, |(row, _)| row);
            // Rows above the first filled one keep their numbers, so that a line is the row that Excel shows.
            let mut rows: Vec<Vec<String>> = (0..skipped).map(|_| Vec::new()).collect();
            rows.extend(sheet.rows().map(|row| row.iter().map(cell).collect()));
            return Ok(rows);
        }
    }
    Err("The workbook has no sheet with data.".to_owned())
}

fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        Data::DateTime(when) => excel_day(when.as_f64()),
        Data::Float(x) if x.fract() == 0.0 && x.abs() < 1e15 => format!("{x:.0}"),
        other => other.to_string(),
    }
}

/// Sum of the unpacked sizes in the directory of a zip file.
fn unpacked_size(bytes: &[u8]) -> u64 {
    let mut total = 0_u64;
    for at in 0..bytes.len().saturating_sub(28) {
        if &bytes[at..at + 4] == b"PK\x01\x02" {
            let size = [bytes[at + 24], bytes[at + 25], bytes[at + 26], bytes[at + 27]];
            total = total.saturating_add(u64::from(u32::from_le_bytes(size)));
        }
    }
    total
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Excel counts days from 30 December 1899.
fn excel_day(serial: f64) -> String {
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    let days = serial.floor();
    match epoch {
        Some(epoch) if (0.0..100_000.0).contains(&days) => epoch
            .checked_add_days(chrono::Days::new(days as u64))
            .map_or_else(|| serial.to_string(), |day| day.to_string()),
        _ => serial.to_string(),
    }
}
