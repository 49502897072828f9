//! Filed requests on their way into an analysis: the district looks at them, and takes those that stand open into a
//! dataset version. A version never changes, so a run that has read it can always be computed again.

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::store::{Columns, Request};
use crate::audit::{Actor, Entry, audit_add};
use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{filed_wifi_request as filed, wifi_request_end as ended};
use crate::error::{Error, Result};
use crate::run::dataset::{DatasetVersion, NewDatasetVersion, Scope, version_find, version_insert};
use crate::run::graphql::seoul;
use crate::run::record::hex;
use crate::wifi::tables::{WifiRequest, wifi_requests_store};

/// What filed requests speak for in their dataset. Files speak for days, so neither takes the other's place.
const SCOPE: &str = "filed";

fn requests(conn: &mut PgConnection, open: bool, most: i64) -> Result<Vec<Request>> {
    let mut wanted = filed::table
        .left_join(ended::table)
        .select((Columns::as_select(), ended::how.nullable()))
        .order(filed::number.desc())
        .limit(most)
        .into_boxed();
    if open {
        wanted = wanted.filter(ended::number.is_null());
    }
    let rows: Vec<(Columns, Option<String>)> = wanted.load(conn).doing("reading the requests")?;
    Ok(rows.into_iter().map(|(columns, ended)| columns.request(ended)).collect())
}

/// The newest requests, newest first.
pub fn request_list(conn: &mut PgConnection, most: i64) -> Result<Vec<Request>> {
    requests(conn, false, most)
}

/// Does not count a request that stands open. In a transaction of the caller's.
pub fn request_reject(conn: &mut PgConnection, by: &Actor, number: i32, reason: &str) -> Result<()> {
    let known: Option<(i32, Option<String>)> = filed::table
        .left_join(ended::table)
        .filter(filed::number.eq(number))
        .select((filed::number, ended::how.nullable()))
        .first(conn)
        .optional()
        .doing("looking for a request")?;
    match known {
        None => {
            return Err(Error::bad_input(format!("There is no request {number}; `dongjak requests list` lists them.")));
        }
        Some((_, Some(how))) => {
            return Err(Error::bad_input(format!("Request {number} is {} already.", how.to_lowercase())));
        }
        Some((_, None)) => {}
    }
    diesel::insert_into(ended::table)
        .values((ended::number.eq(number), ended::how.eq("REJECTED"), ended::reason.eq(reason)))
        .execute(conn)
        .doing("rejecting a request")?;
    let subject = format!("Wi-Fi request {number}");
    let detail = serde_json::json!({"reason": reason});
    audit_add(conn, &Entry { actor: by, action: "reject a request", subject, detail })
}

/// What came of taking requests.
pub enum Taken {
    /// They stand in this new version.
    Version(DatasetVersion),
    /// There is nothing that the newest version does not hold; none when nothing was ever filed.
    Nothing(Option<DatasetVersion>),
}

/// Writes the requests that stand open into a dataset version: place, kind, day and whether a department asks, no words.
/// In a transaction of the caller's, one at a time.
pub fn requests_take(conn: &mut PgConnection, by: &Actor, synthetic: bool) -> Result<Taken> {
    let newest: Option<i32> = filed::table.select(max(filed::number)).first(conn).doing("counting the requests")?;
    let Some(newest) = newest else { return Ok(Taken::Nothing(None)) };
    let ends: i64 = ended::table.select(count_star()).first(conn).doing("counting the ends of requests")?;
    let mut rows: Vec<WifiRequest> = requests(conn, true, i64::MAX)?.into_iter().map(|request| row(&request)).collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let sha256 = digest(&rows);
    // Up to which request, and after how many ends: the same rows at another time are another version.
    let options = serde_json::json!({"filedUpTo": newest, "ended": ends, "synthetic": synthetic});
    if let Some(known) = version_find(conn, "wifi-requests", &sha256, &options)? {
        return Ok(Taken::Nothing(Some(known)));
    }
    let day = |pick: fn(std::vec::IntoIter<NaiveDate>) -> Option<NaiveDate>| {
        pick(rows.iter().map(|r| r.requested_on).collect::<Vec<_>>().into_iter())
    };
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let version = NewDatasetVersion {
        dataset: "wifi-requests".to_owned(),
        layout: "filed over the API".to_owned(),
        files: Vec::new(),
        sha256,
        options,
        publisher: "district office".to_owned(),
        licence: "own work".to_owned(),
        attribution: "district office".to_owned(),
        period_start: day(Iterator::min),
        period_end: day(Iterator::max),
        lines_read: count,
        rows_kept: count,
        rows_refused: 0,
        synthetic,
        disclosure_checked: false,
        notes: vec![format!("Requests filed over the API up to number {newest}, without those withdrawn or rejected.")],
    };
    let scopes = [Scope { scope: SCOPE.to_owned(), days: None }];
    let version = version_insert(conn, &version, &scopes)?;
    rows.iter_mut().for_each(|row| row.version_id = version.id);
    wifi_requests_store(conn, &rows)?;
    let subject = format!("wifi-requests version {}", version.id);
    let detail = serde_json::json!({"sha256": version.sha256, "rows": version.rows_kept});
    audit_add(conn, &Entry { actor: by, action: "take requests", subject, detail })?;
    Ok(Taken::Version(version))
}

fn row(request: &Request) -> WifiRequest {
    WifiRequest {
        version_id: 0,
        id: format!("filed-{:09}", request.number),
        requested_on: seoul(request.filed_at).date_naive(),
        requested_kind: request.kind.clone(),
        requester: request.requester.clone(),
        reason_masked: None,
        place: PointColumn(request.place.into()),
    }
}

/// What takes the place of the digest of a file: of a line for each row.
fn digest(rows: &[WifiRequest]) -> String {
    let mut digest = Sha256::new();
    for row in rows {
        let (x, y) = row.place.0.x_y();
        digest.update(format!("{},{},{},{},{x},{y}\n", row.id, row.requested_on, row.requested_kind, row.requester));
    }
    hex(&digest.finalize())
}
