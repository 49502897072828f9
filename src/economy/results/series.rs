//! Series of sales: one row each, its periods in arrays. The margins of the table are loaded with the run; cells, of
//! which a city has thousands, only when somebody asks for them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::calendar::Grain;
use crate::db::While;
use crate::db::schema::{economy_baseline_index, economy_series};
use crate::economy::analysis::{EconomyResults, PeriodSales, SalesSeries};
use crate::error::Result;

/// A series of sales by period.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = economy_series, treat_none_as_default_value = false)]
pub struct SeriesRow {
    /// The run that computed it.
    pub run_id: i32,
    /// Eight digits, or empty for all dongs.
    pub dong_code: String,
    /// Code of the industry, or empty for all.
    pub industry_code: String,
    /// `week`, `month` or `quarter`.
    pub grain: String,
    /// `MEASURED` or `SUPPRESSED`.
    pub status: String,
    /// Hidden for its own sake.
    pub sensitive: bool,
    /// Share of all sales that was filled in.
    pub interpolated_share: Option<f64>,
    /// First days.
    pub starts_on: Vec<Option<NaiveDate>>,
    /// Won; empty when suppressed.
    pub sales_won: Vec<Option<f64>>,
    /// Holiday-aligned change; empty when suppressed.
    pub change_aligned: Vec<Option<f64>>,
    /// Plain change; empty when suppressed.
    pub change_plain: Vec<Option<f64>>,
    /// Names of statuses by period.
    pub statuses: Vec<Option<String>>,
}

/// One period of a stored series.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodRow {
    /// First day.
    pub start: NaiveDate,
    /// Name of the status.
    pub status: String,
    /// Won.
    pub sales_won: Option<f64>,
    /// Holiday-aligned change.
    pub change_aligned: Option<f64>,
    /// Plain change.
    pub change_plain: Option<f64>,
}

impl SeriesRow {
    /// Its periods in order of time.
    pub fn periods(&self) -> impl Iterator<Item = PeriodRow> + '_ {
        let at = |values: &[Option<f64>], i: usize| values.get(i).copied().flatten();
        self.starts_on.iter().enumerate().filter_map(move |(i, start)| {
            Some(PeriodRow {
                start: (*start)?,
                status: self.statuses.get(i).cloned().flatten().unwrap_or_else(|| self.status.clone()),
                sales_won: at(&self.sales_won, i),
                change_aligned: at(&self.change_aligned, i),
                change_plain: at(&self.change_plain, i),
            })
        })
    }
}

/// The series of an analysis as rows. Of a hidden one only the days are kept.
pub fn rows(run_id: i32, results: &EconomyResults) -> Vec<SeriesRow> {
    results.periods.iter().map(|series| row(run_id, series, results)).collect()
}

fn row(run_id: i32, series: &SalesSeries, results: &EconomyResults) -> SeriesRow {
    let key = (series.dong.clone(), series.industry.clone());
    let hidden = results.protection.hidden.contains(&key);
    let numbers = |of: &dyn Fn(&PeriodSales) -> Option<f64>| -> Vec<Option<f64>> {
        if hidden { Vec::new() } else { series.periods.iter().map(of).collect() }
    };
    let status = |period: &PeriodSales| match period {
        _ if hidden => "SUPPRESSED",
        PeriodSales { recent: true, .. } => "PROVISIONAL",
        PeriodSales { imputed: true, .. } => "IMPUTED",
        _ => "MEASURED",
    };
    SeriesRow {
        run_id,
        dong_code: key.0.clone(),
        industry_code: key.1.clone(),
        grain: series.grain.name().to_owned(),
        status: if hidden { "SUPPRESSED" } else { "MEASURED" }.to_owned(),
        sensitive: results.protection.sensitive.contains(&key),
        interpolated_share: (!hidden).then_some(series.interpolated_share),
        starts_on: series.periods.iter().map(|p| Some(p.start)).collect(),
        sales_won: numbers(&|p| Some(p.sales)),
        change_aligned: numbers(&|p| p.aligned),
        change_plain: numbers(&|p| p.plain),
        statuses: series.periods.iter().map(|p| Some(status(p).to_owned())).collect(),
    }
}

/// Writes series with COPY.
pub fn store(conn: &mut PgConnection, rows: &[SeriesRow]) -> Result<()> {
    diesel::copy_from(economy_series::table)
        .from_insertable(rows)
        .execute(conn)
        .map(drop)
        .doing("storing series of sales")
}

/// Dong, industry and grain: what names a series in its run.
pub type SeriesKey = (String, String, String);

/// The series of the district, the dongs and the industries.
pub fn margins(conn: &mut PgConnection, run: i32) -> Result<BTreeMap<SeriesKey, SeriesRow>> {
    let rows: Vec<SeriesRow> = economy_series::table
        .filter(economy_series::run_id.eq(run))
        .filter(economy_series::dong_code.eq("").or(economy_series::industry_code.eq("")))
        .select(SeriesRow::as_select())
        .load(conn)
        .doing("reading series of sales")?;
    Ok(rows.into_iter().map(|r| ((r.dong_code.clone(), r.industry_code.clone(), r.grain.clone()), r)).collect())
}

/// What a series speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The district.
    District,
    /// One dong, all industries.
    Dong,
    /// One industry, all dongs.
    Industry,
    /// One industry in one dong.
    Cell,
}

/// Which series are wanted; empty lists want all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Length of the periods.
    pub grain: Grain,
    /// Only series of this.
    pub of: Option<Of>,
    /// Only series of these dongs.
    pub dongs: Option<Vec<String>>,
    /// Only series of these industries.
    pub industries: Option<Vec<String>>,
}

/// Dong and industry of the series that are wanted, in order.
pub fn keys(conn: &mut PgConnection, run: i32, wanted: &Wanted) -> Result<Vec<(String, String)>> {
    use economy_series::dsl;
    let mut query = dsl::economy_series
        .filter(dsl::run_id.eq(run))
        .filter(dsl::grain.eq(wanted.grain.name()))
        .order((dsl::dong_code, dsl::industry_code))
        .select((dsl::dong_code, dsl::industry_code))
        .into_boxed();
    query = match wanted.of {
        None => query,
        Some(Of::District) => query.filter(dsl::dong_code.eq("")).filter(dsl::industry_code.eq("")),
        Some(Of::Dong) => query.filter(dsl::dong_code.ne("")).filter(dsl::industry_code.eq("")),
        Some(Of::Industry) => query.filter(dsl::dong_code.eq("")).filter(dsl::industry_code.ne("")),
        Some(Of::Cell) => query.filter(dsl::dong_code.ne("")).filter(dsl::industry_code.ne("")),
    };
    if let Some(dongs) = &wanted.dongs {
        query = query.filter(dsl::dong_code.eq_any(dongs.clone()));
    }
    if let Some(industries) = &wanted.industries {
        query = query.filter(dsl::industry_code.eq_any(industries.clone()));
    }
    query.load(conn).doing("looking for series of sales")
}

/// The series with these keys, in the order of the keys.
pub fn with_keys(conn: &mut PgConnection, run: i32, grain: Grain, keys: &[(String, String)]) -> Result<Vec<SeriesRow>> {
    use economy_series::dsl;
    let (dongs, industries): (Vec<&String>, Vec<&String>) = keys.iter().map(|(d, i)| (d, i)).unzip();
    let mut rows: Vec<SeriesRow> = dsl::economy_series
        .filter(dsl::run_id.eq(run))
        .filter(dsl::grain.eq(grain.name()))
        .filter(dsl::dong_code.eq_any(dongs))
        .filter(dsl::industry_code.eq_any(industries))
        .order((dsl::dong_code, dsl::industry_code))
        .select(SeriesRow::as_select())
        .load(conn)
        .doing("reading series of sales")?;
    rows.retain(|row| keys.binary_search(&(row.dong_code.clone(), row.industry_code.clone())).is_ok());
    Ok(rows)
}

/// Writes the baseline index.
pub fn index_store(conn: &mut PgConnection, run: i32, index: &BTreeMap<NaiveDate, f64>) -> Result<()> {
    use economy_baseline_index::dsl;
    let rows: Vec<_> =
        index.iter().map(|(day, value)| (dsl::run_id.eq(run), dsl::on_date.eq(*day), dsl::value.eq(*value))).collect();
    for part in rows.chunks(10_000) {
        diesel::insert_into(economy_baseline_index::table)
            .values(part)
            .execute(conn)
            .doing("storing the baseline index")?;
    }
    Ok(())
}

/// The baseline index by day.
pub fn index(conn: &mut PgConnection, run: i32) -> Result<Vec<(NaiveDate, f64)>> {
    use economy_baseline_index::dsl;
    dsl::economy_baseline_index
        .filter(dsl::run_id.eq(run))
        .order(dsl::on_date)
        .select((dsl::on_date, dsl::value))
        .load(conn)
        .doing("reading the baseline index")
}
