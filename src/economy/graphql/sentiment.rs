//! Business sentiment by industry and month, and what the mix of industries implies for neighbourhoods.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};

use crate::economy::results::{MixRow, SentimentRow};
use crate::economy::shown;
use crate::graphql::figure::{FigureData, FigureStatus, Unit};
use crate::graphql::scalars::Date;
use crate::run::graphql::Figure;
use crate::run::record::Run;

/// Sentiment that the mix of industries implies for a neighbourhood (업종 구성으로 본 체감경기): Σ (share of the industry
/// there − in the district) · its index. No survey asks by neighbourhood.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "MixSentiment")]
pub struct MixSentiment {
    /// First day of the month.
    month: Date,
    /// Index points above or below what the mix of the district implies.
    gap: Figure,
    /// Share of the neighbourhood's sales in industries that the survey covers, 0 to 1.
    coverage: f64,
}

impl MixSentiment {
    /// The stored row as clients see it.
    pub fn new(run: &Arc<Run>, row: &MixRow) -> Self {
        let gap = Figure::of(run, shown::mix(row)).at(&["mix", &row.dong_code, &row.month.to_string()]);
        Self { month: Date(row.month), gap, coverage: row.coverage }
    }
}

/// Sentiment of an industry in a month.
#[derive(Debug, Clone)]
pub struct BusinessSentiment {
    run: Arc<Run>,
    row: SentimentRow,
}

/// Business sentiment (경기체감지수, BSI) of one industry in one month: 100 means that as many firms felt better as worse.
#[Object(name = "BusinessSentiment")]
impl BusinessSentiment {
    /// First day of the month.
    async fn month(&self) -> Date {
        Date(self.row.month)
    }

    /// Index as experienced in the month. Sample size: respondents, where the survey says.
    async fn actual(&self) -> Figure {
        self.figure("actual")
    }

    /// Index as expected for the month beforehand (전망).
    async fn outlook(&self) -> Figure {
        self.figure("outlook")
    }

    /// Average of all industries in the month, weighted by respondents where they are known.
    async fn average(&self) -> Figure {
        self.figure("average")
    }

    /// Index minus average. Without numbers of respondents there is no interval.
    async fn gap(&self) -> Figure {
        self.figure("gap")
    }

    /// Index of the region that the run names (`sentimentArea`, seoul by default) minus that of the whole country, for the
    /// same industry and month. NOT_AVAILABLE where the imported surveys do not have both.
    async fn region_gap(&self) -> Figure {
        self.figure("region")
    }
}

impl BusinessSentiment {
    /// The stored row as clients see it.
    pub fn new(run: &Arc<Run>, row: &SentimentRow) -> Self {
        Self { run: run.clone(), row: row.clone() }
    }

    fn figure(&self, name: &'static str) -> Figure {
        let figure = shown::sentiment(&self.row, name).unwrap_or_else(|| {
            FigureData::missing(
                Unit::IndexPoints,
                FigureStatus::NotAvailable,
                "수치가 없습니다.",
                "There is no figure.",
            )
        });
        Figure::of(&self.run, figure).at(&["sentiment", &self.row.industry_code, &self.row.month.to_string(), name])
    }
}
