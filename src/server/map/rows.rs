//! Rows of a layer as they leave the house: page by page, so that a large layer needs no large memory.

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::wish::Wish;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::run::layer::{Layer, Page, Row, page};

/// Rows of one page.
const ROWS: i32 = 1_000;

/// After the last feature.
const END_OF_GEOJSON: &str = "\n]}\n";

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One FeatureCollection (RFC 7946).
    GeoJson,
    /// A table with a byte order mark, which spreadsheets need to see Korean.
    Csv,
    /// One object a line.
    Ndjson,
}

impl Format {
    /// By the ending of the address.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "geojson" => Some(Self::GeoJson),
            "csv" => Some(Self::Csv),
            "ndjson" => Some(Self::Ndjson),
            _ => None,
        }
    }

    /// For the header.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
        }
    }
}

/// A kept body with the remark that it may be old. Only GeoJSON has a place for it; the headers say it for all.
pub fn with_age(format: Format, body: &Bytes, seconds: u64) -> Bytes {
    match (format, body.strip_suffix(END_OF_GEOJSON.as_bytes())) {
        (Format::GeoJson, Some(rows)) => {
            [rows, format!("\n],\"stale\":true,\"ageSeconds\":{seconds}}}\n").as_bytes()].concat().into()
        }
        _ => body.clone(),
    }
}

/// Rows on their way.
pub struct Rows {
    db: Db,
    layer: &'static Layer,
    wish: Wish,
    format: Format,
    first: Vec<Row>,
}

enum State {
    Page(Box<Rows>, Vec<Row>, bool),
    End,
}

impl Rows {
    /// Reads the first page, so that a failure is still an answer and not half a file.
    pub async fn begin(db: &Db, layer: &'static Layer, wish: Wish, format: Format) -> Result<Self> {
        let mut rows = Self { db: db.clone(), layer, wish, format, first: Vec::new() };
        rows.first = rows.page(String::new()).await?;
        Ok(rows)
    }

    /// The bytes. A failure on the way cuts the transfer, so that nobody takes a part for the whole.
    pub fn stream(mut self) -> impl Stream<Item = Result<Bytes>> {
        let first = std::mem::take(&mut self.first);
        unfold(State::Page(Box::new(self), first, true), |state| async move {
            let State::Page(rows, page, is_first) = state else { return None };
            let is_last = page.len() < usize::try_from(ROWS).unwrap_or(usize::MAX);
            let text = match rows.write(&page, is_first, is_last) {
                Ok(text) => text,
                Err(error) => return Some((Err(error), State::End)),
            };
            if is_last {
                return Some((Ok(text.into()), State::End));
            }
            let after = page.last().map(|row| row.id.clone()).unwrap_or_default();
            match rows.page(after).await {
                Ok(next) => Some((Ok(text.into()), State::Page(rows, next, false))),
                Err(error) => Some((Err(error), State::End)),
            }
        })
    }

    async fn page(&self, after: String) -> Result<Vec<Row>> {
        let (layer, filter, shape) = (self.layer, self.wish.filter.clone(), self.wish.shape);
        self.db.run(move |conn| page(conn, layer, &filter, shape, &Page { after, rows: ROWS })).await
    }

    fn write(&self, page: &[Row], is_first: bool, is_last: bool) -> Result<Vec<u8>> {
        match self.format {
            Format::GeoJson => Ok(self.geojson(page, is_first, is_last)),
            Format::Ndjson => Ok(page.iter().flat_map(|row| format!("{}\n", self.object(row)).into_bytes()).collect()),
            Format::Csv => self.csv(page, is_first),
        }
    }

    fn geojson(&self, page: &[Row], is_first: bool, is_last: bool) -> Vec<u8> {
        let mut text = String::new();
        if is_first {
            let about = serde_json::json!({
                "name": self.layer.name,
                "title": self.wish.language.pick(self.layer.title_ko, self.layer.title_en),
                "attribution": self.wish.attribution(),
                "provenance": self.wish.provenance,
            });
            let about = about.to_string();
            text.push_str("{\"type\":\"FeatureCollection\",");
            text.push_str(about.trim_start_matches('{').trim_end_matches('}'));
            text.push_str(",\"features\":[");
        }
        for (n, row) in page.iter().enumerate() {
            if n > 0 || !is_first {
                text.push(',');
            }
            let id = serde_json::Value::from(row.id.as_str());
            let geometry = row.geometry.as_deref().unwrap_or("null");
            let properties = serde_json::Value::Object(self.figures(row));
            text.push_str(&format!(
                "\n{{\"type\":\"Feature\",\"id\":{id},\"geometry\":{geometry},\"properties\":{properties}}}"
            ));
        }
        if is_last {
            text.push_str(END_OF_GEOJSON);
        }
        text.into_bytes()
    }

    /// What a row says, in the order of the columns; what it does not say is null.
    fn figures(&self, row: &Row) -> serde_json::Map<String, serde_json::Value> {
        let value = |name: &str| row.figures.get(name).cloned().unwrap_or(serde_json::Value::Null);
        self.layer.columns.iter().map(|c| (c.name.to_owned(), value(c.name))).collect()
    }

    fn object(&self, row: &Row) -> serde_json::Value {
        let mut object = self.figures(row);
        object.insert("id".to_owned(), row.id.as_str().into());
        if self.layer.points {
            object.insert("longitude".to_owned(), row.longitude.into());
            object.insert("latitude".to_owned(), row.latitude.into());
        }
        object.into()
    }

    fn csv(&self, page: &[Row], with_header: bool) -> Result<Vec<u8>> {
        let fault = |e: csv::Error| Error::internal(format!("a table cannot be written: {e}"));
        let language = self.wish.language;
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let place = if self.layer.points { 2 } else { 0 };
        if with_header {
            let headings = self.layer.columns.iter().map(|c| language.pick(c.ko, c.en));
            let place = [language.pick("경도", "longitude"), language.pick("위도", "latitude")].into_iter().take(place);
            writer.write_record(std::iter::once("id").chain(headings).chain(place)).map_err(fault)?;
        }
        for row in page {
            let figures = self.layer.columns.iter().map(|c| cell(row.figures.get(c.name)));
            let number = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
            let place = [number(row.longitude), number(row.latitude)].into_iter().take(place);
            writer.write_record(std::iter::once(harmless(&row.id)).chain(figures).chain(place)).map_err(fault)?;
        }
        let body = writer.into_inner().map_err(|e| Error::internal(format!("a table cannot be written: {e}")))?;
        let mark: &[u8] = if with_header { b"\xef\xbb\xbf" } else { b"" };
        Ok([mark, &body].concat())
    }
}

fn cell(value: Option<&serde_json::Value>) -> String {
    match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => harmless(text),
        Some(other) => other.to_string(),
    }
}

/// A spreadsheet runs what begins with one of these signs, and some take the full-width ones for the same; a quote before
/// it makes it text.
fn harmless(text: &str) -> String {
    const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_empty_where_nothing_is_known_and_never_a_formula() {
        assert_eq!(cell(None), "");
        assert_eq!(cell(Some(&serde_json::Value::Null)), "");
        assert_eq!(cell(Some(&serde_json::json!(-1.5))), "-1.5");
        assert_eq!(cell(Some(&serde_json::json!("=HYPERLINK(1)"))), "'=HYPERLINK(1)");
        assert_eq!(cell(Some(&serde_json::json!("＝HYPERLINK(1)"))), "'＝HYPERLINK(1)");
        assert_eq!(cell(Some(&serde_json::json!("\n=1"))), "'\n=1");
    }
}
