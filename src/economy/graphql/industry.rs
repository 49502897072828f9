//! The industries that figures speak of.

use async_graphql::{Context, ID, Object};

use super::chosen;
use crate::economy::results::{EconomyRun, IndustryRow};
use crate::error::Result;
use crate::graphql::ids;
use crate::graphql::language::Language;

/// An industry (업종) of the district's own list.
#[derive(Debug, Clone)]
pub struct Industry(pub(super) IndustryRow);

/// An industry (업종) of the district's own list. Industries are data: another district may have others.
#[Object(name = "Industry")]
impl Industry {
    /// Opaque global id; it survives new runs.
    pub(crate) async fn id(&self) -> ID {
        ids::encode("Industry", &self.0.code)
    }

    /// Code of the district's own list.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Name of the industry. Falls back to Korean where the list has no English name.
    async fn name(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Language of the name; without it the language of the request.")] lang: Option<Language>,
    ) -> String {
        match Language::choose(lang, ctx) {
            Language::En => self.0.name_en.clone().unwrap_or_else(|| self.0.name_ko.clone()),
            Language::Ko => self.0.name_ko.clone(),
        }
    }
}

/// The industry behind a global id, as the newest published run knows it.
pub async fn industry_by_key(ctx: &Context<'_>, code: &str) -> Result<Option<Industry>> {
    let Some((_, all)) = chosen(ctx, None, None).await? else { return Ok(None) };
    Ok(all.industries.iter().find(|i| i.code == code).cloned().map(Industry))
}

/// The industry of that code as a run knows it; one that it does not know is named by its code.
pub(super) fn industry_of(all: &EconomyRun, code: &str) -> Industry {
    let unnamed = || IndustryRow { code: code.to_owned(), name_ko: code.to_owned(), name_en: None, parent: None };
    Industry(all.industries.iter().find(|i| i.code == code).cloned().unwrap_or_else(unnamed))
}
