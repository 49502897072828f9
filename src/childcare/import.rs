//! Files about childcare, by layout: posts, daycare centres, children.

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::tables::{Children, DaycareCentre, Post};
use crate::db::geometry::PointColumn;
use crate::geo::DongDirectory;
use crate::import::value::{self, Place, PointColumns};
use crate::import::{Column, FileError, Parsed, ReadOptions, Refusal, Source, Table};
use crate::run::record::hex;
use crate::text::mask::mask;

const NOWHERE: PointColumn = PointColumn(geo_types::Point(geo_types::Coord { x: 0.0, y: 0.0 }));

/// Daycare centres: the Seoul standard file (62 columns), the national one (24), or name, lon, lat, capacity,
/// enrolled. Only centres that are open are taken.
pub fn daycare_centres(source: &Source, options: &ReadOptions) -> Result<Parsed<(DaycareCentre, Place)>, FileError> {
    let table = Table::read(source, options)?;
    let [name, capacity] = table.require([Column(&["어린이집명", "name"]), Column(&["정원", "정원수", "capacity"])])?;
    let points = PointColumns::find(&table, options.crs)
        .ok_or("The file lacks columns with coordinates (위도 and 경도, or lon and lat).")?;
    let id = table.column(&["어린이집코드", "id"]);
    let kind = table.column(&["어린이집유형", "어린이집유형구분", "kind"]);
    let state = table.column(&["운영현황"]);
    let enrolled = table.column(&["현원", "현원수", "enrolled"]);
    let waiting = table.column(&["waiting"]);
    let services = table.column(&["제공서비스"]);
    let part_time = table.column(&["part_time"]);
    let layout = match (state.is_some(), id.is_some()) {
        (true, true) => "seoul-daycare",
        (true, false) => "national-daycare",
        _ => "own",
    };
    let mut parsed = Parsed::from_table(layout, &table, |row| {
        if let Some(at) = state {
            match row.get(at) {
                Some("정상" | "재개") => {}
                other => return Err(format!("the centre is not open (운영현황 \"{}\")", other.unwrap_or(""))),
            }
        }
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let part_time = match (cell(services), cell(part_time)) {
            (Some(services), _) => Some(services.contains("시간제보육")),
            (None, Some(flag)) => Some(matches!(flag.to_ascii_lowercase().as_str(), "1" | "y" | "true")),
            (None, None) => None,
        };
        let name = row.need(name, "어린이집명")?;
        let centre = DaycareCentre {
            version_id: 0,
            id: cell(id).map_or_else(|| row.line().to_string(), str::to_owned),
            name: name.to_owned(),
            kind: cell(kind).map(str::to_owned),
            capacity: value::count(row.need(capacity, "정원")?)?,
            enrolled: value::optional(cell(enrolled), value::count)?,
            waiting: value::optional(cell(waiting), value::count)?,
            part_time,
            place: NOWHERE,
        };
        Ok(vec![(centre, points.read(row)?)])
    });
    parsed.refuse_duplicates(&table, |(centre, _)| centre.id.clone());
    Ok(parsed)
}

/// Children: the resident register by dong and age, or month, dong_code, age, children.
pub fn children(
    source: &Source,
    options: &ReadOptions,
    directory: &DongDirectory,
) -> Result<Parsed<Children>, FileError> {
    let table = Table::read(source, options)?;
    if let Some(region) = table.column(&["행정구역"]) {
        return register(&table, region, directory);
    }
    let [month, dong, age, persons] =
        table.require([Column(&["month"]), Column(&["dong_code"]), Column(&["age"]), Column(&["children"])])?;
    let mut parsed = Parsed::from_table("own", &table, |row| {
        let age = value::integer(row.need(age, "age")?)?;
        Ok(vec![Children {
            dong_code: directory.resolve(row.need(dong, "dong_code")?)?.as_str().to_owned(),
            month: value::month(row.need(month, "month")?)?,
            age: i16::try_from(age)
                .ok()
                .filter(|a| (0..=18).contains(a))
                .ok_or_else(|| format!("{age} is not an age from 0 to 18"))?,
            version_id: 0,
            persons: value::count(row.need(persons, "children")?)?,
        }])
    });
    parsed.refuse_duplicates(&table, |r| (r.dong_code.clone(), r.month, r.age));
    Ok(parsed)
}

/// "2026년06월_계_0세" is a month, both sexes, an age; "서울특별시 동작구 노량진제1동(1159051000)" is a dong.
fn register(table: &Table, region: usize, directory: &DongDirectory) -> Result<Parsed<Children>, FileError> {
    let mut columns: Vec<(usize, NaiveDate, i16)> = Vec::new();
    for header in table.headers().to_vec() {
        let Some((month, rest)) = header.split_once("_계_") else { continue };
        let Some(age) = rest.strip_suffix('세').and_then(|age| age.parse::<i16>().ok()) else { continue };
        if let (Ok(month), Some(at)) = (value::month(month), table.column(&[header.as_str()]))
            && (0..=18).contains(&age)
        {
            columns.push((at, month, age));
        }
    }
    if columns.is_empty() {
        return Err("The file lacks columns such as \"2026년06월_계_0세\".".to_owned());
    }
    let mut parsed = Parsed::from_table("resident-register", table, |row| {
        let region = row.need(region, "행정구역")?;
        let code = region
            .rsplit_once('(')
            .and_then(|(_, code)| code.strip_suffix(')'))
            .ok_or_else(|| format!("\"{region}\" ends in no code"))?;
        if code.ends_with("00000") {
            return Err("the row is the total of a city or a district, not a dong".to_owned());
        }
        let dong = directory.resolve(code)?;
        let one = |(at, month, age): &(usize, NaiveDate, i16)| {
            Ok(Children {
                dong_code: dong.as_str().to_owned(),
                month: *month,
                age: *age,
                version_id: 0,
                persons: value::count(row.need(*at, "the number of children")?)?,
            })
        };
        columns.iter().map(one).collect()
    });
    parsed.refuse_duplicates(table, |r| (r.dong_code.clone(), r.month, r.age));
    Ok(parsed)
}

#[derive(serde::Deserialize)]
struct Line {
    id: String,
    created_at: DateTime<chrono::FixedOffset>,
    channel: String,
    text: String,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    reposts: Option<i64>,
}

/// Posts as JSON Lines. The text is masked and the author hashed here, before anything else sees them.
pub fn posts(source: &Source) -> Result<Parsed<Post>, FileError> {
    let text = std::str::from_utf8(source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes))
        .map_err(|_| "Posts must be JSON Lines in UTF-8.")?;
    let first = text.lines().find(|line| !line.trim().is_empty()).ok_or("The file is empty.")?;
    let members: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(first).map_err(|_| "Posts must be JSON Lines: one JSON object a line.")?;
    let missing: Vec<&str> =
        ["id", "created_at", "channel", "text"].into_iter().filter(|name| !members.contains_key(*name)).collect();
    if !missing.is_empty() {
        return Err(format!(
            "The first line lacks {}. Posts need id, created_at, channel and text.",
            missing.join(", ")
        ));
    }
    // The same author has the same hash within a file, and another one in the next: enough to count authors.
    let salt = Sha256::digest(&source.bytes);
    let mut parsed =
        Parsed { layout: "json-lines", rows: Vec::new(), refused: Vec::new(), lines_read: 0, notes: Vec::new() };
    let mut seen = std::collections::BTreeSet::new();
    let mut masked = 0;
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        parsed.lines_read += 1;
        let read = read_line(text, &salt).and_then(|(post, was_masked)| {
            if seen.insert(post.id.clone()) {
                Ok((post, was_masked))
            } else {
                Err(format!("the id {} stands twice in the file", post.id))
            }
        });
        match read {
            Ok((post, was_masked)) => {
                masked += u32::from(was_masked);
                parsed.rows.push((line, post));
            }
            Err(reason) => parsed.refused.push(Refusal { line, reason, raw: text.to_owned() }),
        }
    }
    if masked > 0 {
        parsed.notes.push(format!("Personal data were masked in {masked} posts."));
    }
    Ok(parsed)
}

fn read_line(text: &str, salt: &[u8]) -> Result<(Post, bool), String> {
    // The message of the parser may quote the text; only its place is told.
    let line: Line =
        serde_json::from_str(text).map_err(|e| format!("the line is not a post: column {}", e.column()))?;
    let channel = match line.channel.as_str() {
        known @ ("cafe" | "blog" | "twitter" | "insta" | "news" | "other") => known,
        _ => "other",
    };
    if line.text.contains('\0') || line.id.contains('\0') {
        return Err("the text holds a NUL".to_owned());
    }
    if line.text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    let masked = mask(&line.text);
    let changed = masked.text != line.text;
    let author_hash = line.author.filter(|a| !a.is_empty()).map(|author| {
        let mut hash = Sha256::new();
        hash.update(salt);
        hash.update(author.as_bytes());
        hex(&hash.finalize()[..16])
    });
    let post = Post {
        version_id: 0,
        id: line.id,
        created_at: line.created_at.with_timezone(&Utc),
        channel: channel.to_owned(),
        text_masked: masked.text,
        author_hash,
        reposts: line.reposts.and_then(|n| i32::try_from(n).ok()).filter(|n| *n >= 0).unwrap_or(0),
    };
    Ok((post, changed))
}
