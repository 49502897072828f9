//! Explanations as clients see them.

use std::sync::Arc;

use async_graphql::{Context, Json, Object, SimpleObject};

use super::refused::RefusedRows;
use super::{Explanation, LeftOut, Term};
use crate::error::Result;
use crate::graphql::figure::Reason;
use crate::graphql::language::Language;
use crate::run::graphql::{AnalysisRun, DatasetVersionNode, Figure, catalog};
use crate::run::record::Run;

/// How a figure came about.
#[derive(Debug, Clone)]
pub struct FigureExplanation {
    /// The figure.
    pub figure: Figure,
    /// Its run.
    pub run: Arc<Run>,
    /// What the question says.
    pub explanation: Explanation,
    /// Refused rows of the inputs.
    pub refused: Vec<RefusedRows>,
}

fn text(reason: &Reason, lang: Option<Language>, ctx: &Context<'_>) -> String {
    Language::choose(lang, ctx).pick(&reason.ko, &reason.en).to_owned()
}

/// How a figure came about (수치의 근거): formula, numbers, inputs, and what was left out. Of a suppressed figure it says
/// why it is hidden, and gives no number.
#[Object(name = "FigureExplanation")]
impl FigureExplanation {
    /// The figure itself.
    async fn figure(&self) -> &Figure {
        &self.figure
    }

    /// What the figure is.
    async fn what(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        text(&self.explanation.what, lang, ctx)
    }

    /// The formula in words.
    async fn formula_in_words(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        text(&self.explanation.words, lang, ctx)
    }

    /// The formula in symbols.
    async fn formula(&self) -> &str {
        self.explanation.formula
    }

    /// The formula with the numbers in it, all their digits shown. Null where there is no number to show.
    async fn computation(&self) -> Option<&str> {
        self.explanation.filled.as_deref()
    }

    /// The numbers that entered, by symbol. Empty for a figure that is hidden.
    async fn terms(&self) -> Vec<ExplanationTerm<'_>> {
        self.explanation.terms.iter().map(ExplanationTerm).collect()
    }

    /// The rows that entered, such as weeks or industries. Empty where the figure rests on none that the run keeps.
    async fn table(&self) -> ExplanationTable {
        let table = &self.explanation.table;
        ExplanationTable {
            columns: table.columns.iter().map(|c| (*c).to_owned()).collect(),
            rows: table
                .rows
                .iter()
                .map(|(name, values)| ExplanationRow { name: name.clone(), values: values.clone() })
                .collect(),
        }
    }

    /// What did not enter the figure, or was filled in, and why.
    async fn left_out(&self) -> Vec<ExplanationLeftOut<'_>> {
        self.explanation.left_out.iter().map(ExplanationLeftOut).collect()
    }

    /// Rows that were refused when the inputs were imported, by dataset version and reason.
    async fn refused_rows(&self) -> Vec<ExplanationRefused> {
        self.refused
            .iter()
            .map(|r| ExplanationRefused { dataset: r.dataset.clone(), reason: r.reason.clone(), count: r.count })
            .collect()
    }

    /// Parameters of the run that entered.
    async fn parameters(&self) -> Vec<ExplanationParameter> {
        let chosen = self.explanation.chosen_parameters(&self.run).into_iter();
        chosen.map(|(name, value)| ExplanationParameter { name: name.to_owned(), value: Json(value) }).collect()
    }

    /// The dataset versions that the run has read, oldest first, each with its digest, period, publisher and licence.
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<DatasetVersionNode>> {
        Ok(catalog(ctx).await?.inputs_of(self.run.id).iter().cloned().map(DatasetVersionNode).collect())
    }

    /// The run: version of the method, revision of the program, moment.
    async fn run(&self) -> AnalysisRun {
        AnalysisRun(self.run.clone())
    }
}

/// One number that entered.
pub struct ExplanationTerm<'a>(&'a Term);

/// One number that entered a figure.
#[Object(name = "ExplanationTerm")]
impl ExplanationTerm<'_> {
    /// How the formula writes it.
    async fn symbol(&self) -> &str {
        self.0.symbol
    }

    /// What it is, with its unit.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the name; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        text(&self.0.name, lang, ctx)
    }

    /// The number, in the unit that the name says. Null where there is none.
    async fn value(&self) -> Option<f64> {
        self.0.value.filter(|v| v.is_finite())
    }
}

/// Rows that entered a figure.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "ExplanationTable")]
pub struct ExplanationTable {
    /// How the formula writes each column.
    columns: Vec<String>,
    /// The rows, in order.
    rows: Vec<ExplanationRow>,
}

/// One row that entered a figure.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "ExplanationRow")]
pub struct ExplanationRow {
    /// The week, the industry or whatever the row stands for.
    name: String,
    /// Its numbers, in the order of the columns. Null where there is none.
    values: Vec<Option<f64>>,
}

/// Something that did not enter.
pub struct ExplanationLeftOut<'a>(&'a LeftOut);

/// Something that did not enter a figure, or was filled in.
#[Object(name = "ExplanationLeftOut")]
impl ExplanationLeftOut<'_> {
    /// What, and why.
    async fn what(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the sentence; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        text(&self.0.what, lang, ctx)
    }

    /// How much of it, in the unit that the sentence says. Null where it has no number.
    async fn count(&self) -> Option<f64> {
        self.0.count
    }
}

/// Refused rows of one dataset version.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "ExplanationRefusedRows")]
pub struct ExplanationRefused {
    /// Name of the dataset.
    dataset: String,
    /// Why, in English; what stood in the cells is replaced by "…".
    reason: String,
    /// How many rows.
    count: i64,
}

/// One parameter of the run.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(name = "ExplanationParameter")]
pub struct ExplanationParameter {
    /// Its name.
    name: String,
    /// Its value, as JSON.
    value: Json<serde_json::Value>,
}
