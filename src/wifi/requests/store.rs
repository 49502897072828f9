//! Filed requests in the database.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text};
use geo_types::Point;
use serde::{Deserialize, Serialize};

use super::rules::{Filed, NEAR_M, limit};
use crate::change::personal::{Contribution, Words};
use crate::change::{Act, Done, Outcome};
use crate::db::While;
use crate::db::geometry::PointColumn;
use crate::db::schema::{filed_wifi_request, wifi_request_end};
use crate::error::{Result, both};
use crate::graphql::user_error::{UserError, UserErrorCode};

/// A request as it is asked for.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Where.
    pub place: Point<f64>,
    /// `wifi`, `bus_stop`, `streetlight` or `other`.
    pub kind: &'static str,
    /// It is filed with the key of a department.
    pub by_department: bool,
    /// Why, as it was written.
    pub reason: Option<String>,
    /// How to reach whoever files it.
    pub contact: Option<String>,
}

/// A request as it was filed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub number: i32,
    /// `wifi`, `bus_stop`, `streetlight` or `other`.
    pub kind: String,
    /// `citizen` or `department`.
    pub requester: String,
    /// Longitude and latitude.
    pub place: (f64, f64),
    /// Why, masked.
    pub reason: Option<String>,
    /// When it was filed.
    pub filed_at: DateTime<Utc>,
    /// `WITHDRAWN` or `REJECTED`; none while it is open.
    pub ended: Option<String>,
}

/// Files a request, unless a limit is reached.
pub fn request_file(act: &mut Act<'_>, new: &NewRequest) -> Result<Outcome<Done<Request>>> {
    act.one_at_a_time(Contribution::WifiRequest)?;
    if let Some(reached) = limit(filed(act, new.place)?, new.by_department) {
        return Ok(Err(vec![reached]));
    }
    let mut words = Words::default();
    let reason = new.reason.as_deref().map(|reason| words.masked("reason", reason));
    let requester = if new.by_department { "department" } else { "citizen" };
    let (number, filed_at): (i32, DateTime<Utc>) = diesel::insert_into(filed_wifi_request::table)
        .values((
            filed_wifi_request::requested_kind.eq(new.kind),
            filed_wifi_request::requester.eq(requester),
            filed_wifi_request::place.eq(PointColumn(new.place)),
            filed_wifi_request::reason_masked.eq(&reason),
            filed_wifi_request::receipt.eq(act.receipt_digest.to_vec()),
        ))
        .returning((filed_wifi_request::number, filed_wifi_request::filed_at))
        .get_result(act.conn)
        .doing("filing a request")?;
    act.keep_apart(Contribution::WifiRequest, number, words, new.contact.as_deref())?;
    let request = Request {
        number,
        kind: new.kind.to_owned(),
        requester: requester.to_owned(),
        place: new.place.x_y(),
        reason,
        filed_at,
        ended: None,
    };
    Ok(Ok(Done::new(request, format!("Wi-Fi request {number}"))))
}

fn filed(act: &mut Act<'_>, at: Point<f64>) -> Result<Filed> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        same_open: i64,
        #[diesel(sql_type = BigInt)]
        nearby: i64,
    }
    let row: Row = diesel::sql_query(include_str!("filed.sql"))
        .bind::<Double, _>(at.x())
        .bind::<Double, _>(at.y())
        .bind::<Double, _>(NEAR_M)
        .bind::<Text, _>(act.actor.as_str())
        .get_result(act.conn)
        .doing("looking at what was filed nearby")?;
    let by_asker = act.filed_within(Contribution::WifiRequest, 24)?;
    Ok(Filed { by_asker, same_open: row.same_open, nearby: row.nearby })
}

/// The columns of a request that are read, but for its receipt.
#[derive(Queryable, Selectable)]
#[diesel(table_name = filed_wifi_request)]
pub(super) struct Columns {
    number: i32,
    requested_kind: String,
    requester: String,
    place: PointColumn,
    reason_masked: Option<String>,
    filed_at: DateTime<Utc>,
}

impl Columns {
    /// The request, with how it has ended.
    pub(super) fn request(self, ended: Option<String>) -> Request {
        // Whoever withdraws a request takes its words back too.
        let reason = self.reason_masked.filter(|_| ended.as_deref() != Some("WITHDRAWN"));
        Request {
            number: self.number,
            kind: self.requested_kind,
            requester: self.requester,
            place: self.place.0.x_y(),
            reason,
            filed_at: self.filed_at,
            ended,
        }
    }
}

/// Withdraws the request to which the receipt with this digest belongs.
pub fn request_withdraw(act: &mut Act<'_>, receipt: &[u8; 32]) -> Result<Outcome<Done<Request>>> {
    let found: Option<(Columns, Option<String>)> = filed_wifi_request::table
        .left_join(wifi_request_end::table)
        .filter(filed_wifi_request::receipt.eq(receipt.to_vec()))
        .select((Columns::as_select(), wifi_request_end::how.nullable()))
        .first(act.conn)
        .optional()
        .doing("looking for a request")?;
    let wrong = |code, en: &str, ko: &str| Ok(Err(vec![UserError::new(&["input", "receipt"], code, both(en, ko))]));
    let Some((request, ended)) = found else {
        return wrong(
            UserErrorCode::NotFound,
            "No request belongs to this receipt. Check that it is whole.",
            "이 접수증에 해당하는 요청이 없습니다. 빠진 글자가 없는지 확인해 주십시오.",
        );
    };
    if ended.is_some() {
        return wrong(UserErrorCode::Conflict, "This request is closed already.", "이미 종결된 요청입니다.");
    }
    let request = request.request(Some("WITHDRAWN".to_owned()));
    let number = request.number;
    diesel::insert_into(wifi_request_end::table)
        .values((wifi_request_end::number.eq(number), wifi_request_end::how.eq("WITHDRAWN")))
        .execute(act.conn)
        .doing("withdrawing a request")?;
    act.forget_words(Contribution::WifiRequest, number)?;
    Ok(Ok(Done::new(request, format!("Wi-Fi request {number}"))))
}
