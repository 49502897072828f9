//! A chapter as a page. All sentences about figures are the contract's; the words here are only headings.

use async_graphql_parser::types::{FieldDefinition, InputValueDefinition, TypeDefinition, TypeKind};
use maud::{DOCTYPE, Markup, html};

use super::contract::{Chapter, Contract, Root, paragraphs, row_type, type_name};
use super::korean::{korean, korean_name};
use crate::graphql::language::Language;
use crate::run::Analysis;

/// A sample query and what this server answers to it now.
pub struct Sample {
    /// The query.
    pub query: &'static str,
    /// The answer as JSON text.
    pub answer: String,
}

/// Everything that a page is made from.
pub struct Page<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// Which chapter.
    pub chapter: Chapter,
    /// Language of headings, and of sentences that were translated.
    pub language: Language,
    /// The sample of a question.
    pub sample: Option<Sample>,
}

/// The last part of a chapter's address.
pub fn slug(chapter: Chapter) -> &'static str {
    match chapter {
        Chapter::Question(question) => question.name(),
        Chapter::Common => "common",
    }
}

impl Page<'_> {
    /// The page as HTML.
    pub fn html(&self) -> String {
        let title = self.title(self.chapter);
        html! {
            (DOCTYPE)
            html lang=(self.language.pick("ko", "en")) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " · " (self.say("설명서", "Documentation")) }
                    link rel="icon" href="/graphiql/favicon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/docs.css";
                }
                body {
                    a.skip href="#content" { (self.say("본문으로 바로 가기", "Skip to the text")) }
                    (self.head())
                    div.columns {
                        (self.contents())
                        main id="content" { h1 { (title) } (self.body()) }
                    }
                }
            }
        }
        .into_string()
    }

    fn say(&self, ko: &'static str, en: &'static str) -> &'static str {
        self.language.pick(ko, en)
    }

    fn title(&self, chapter: Chapter) -> String {
        let Chapter::Question(question) = chapter else {
            return self.say("수치, 분석 실행, 데이터셋", "Figures, runs and datasets").to_owned();
        };
        let said = self.contract.value_description("Analysis", &question.name().to_uppercase()).unwrap_or_default();
        match self.language {
            Language::Ko => korean_name(said).unwrap_or(said).to_owned(),
            Language::En => said.split(" (").next().unwrap_or(said).trim_end_matches('.').to_owned(),
        }
    }

    fn address(&self, chapter: Chapter) -> String {
        format!("/docs/{}?lang={}", slug(chapter), self.language.pick("ko", "en"))
    }

    fn head(&self) -> Markup {
        let here = slug(self.chapter);
        html! {
            header {
                a.brand href={ "/?lang=" (self.language.pick("ko", "en")) } { (self.say("지도", "The map")) }
                nav aria-label=(self.say("장", "Chapters")) {
                    @for chapter in chapters() {
                        a href=(self.address(chapter)) aria-current=[(chapter == self.chapter).then_some("page")] {
                            (self.title(chapter))
                        }
                    }
                }
                span.links {
                    a href="/graphiql" { (self.say("질의 작성", "Write queries")) }
                    a href="/schema.graphql" { "schema.graphql" }
                    a lang=(self.say("en", "ko")) href={ "/docs/" (here) "?lang=" (self.say("en", "ko")) } {
                        (self.say("English", "한국어"))
                    }
                }
            }
        }
    }

    fn contents(&self) -> Markup {
        let types = self.contract.types(self.chapter);
        html! {
            nav.contents aria-label=(self.say("차례", "Contents")) {
                @for (root, title, fields) in self.roots() {
                    p { (title) }
                    ul {
                        @for field in fields { li { a href={ "#" (root.name()) "." (field.name.node) } { (field.name.node) } } }
                    }
                }
                p { (self.say("답의 뜻", "What the answers mean")) }
                ul { @for definition in types { li { a href={ "#" (definition.name.node) } { (definition.name.node) } } } }
            }
        }
    }

    fn body(&self) -> Markup {
        html! {
            p.note {
                (self.say("설명은 스키마의 문장 그대로입니다.", "Every description is the schema's own sentence.")) " "
                @if matches!(self.chapter, Chapter::Question(_)) {
                    a href={ "/?lang=" (self.say("ko", "en")) "#" (slug(self.chapter)) } {
                        (self.say("지도에서 보기", "See it on the map"))
                    }
                }
            }
            @for (root, title, fields) in self.roots() {
                section {
                    h2 { (title) }
                    @for field in fields { (self.root_field(root, field)) }
                }
            }
            @if let Some(sample) = &self.sample {
                section id="sample" {
                    h2 { (self.say("질의와 답의 예", "A sample query with its answer")) }
                    @let (said, query) = heading_comment(sample.query);
                    (self.text(Some(&said)))
                    pre { code { (query.trim_end()) } }
                    p.note { (self.say("답은 지금 이 서버가 낸 것입니다.", "The answer is what this server gives now.")) }
                    details open { summary { (self.say("답", "Answer")) } pre { code { (sample.answer) } } }
                }
            }
            section {
                h2 { (self.say("답의 뜻", "What the answers mean")) }
                @for definition in self.contract.types(self.chapter) { (self.type_section(definition)) }
            }
        }
    }

    /// What can be asked and what can be changed, as far as there is something, each with its title.
    fn roots(&self) -> impl Iterator<Item = (Root, &'static str, Vec<&FieldDefinition>)> + '_ {
        Root::ALL.into_iter().filter_map(|root| {
            let title = match root {
                Root::Query => self.say("물을 수 있는 것", "What can be asked"),
                Root::Mutation => self.say("바꿀 수 있는 것", "What can be changed"),
            };
            let fields = self.contract.root_fields(root, self.chapter);
            (!fields.is_empty()).then_some((root, title, fields))
        })
    }

    fn root_field(&self, root: Root, field: &FieldDefinition) -> Markup {
        html! {
            article id={ (root.name()) "." (field.name.node) } {
                h3 { code { (field.name.node) } " " span.type { (self.type_link(&field.ty.node.to_string())) } }
                (self.text(field.description.as_ref().map(|d| d.node.as_str())))
                @if !field.arguments.is_empty() { (self.arguments(field)) }
            }
        }
    }

    fn arguments(&self, field: &FieldDefinition) -> Markup {
        html! {
            details {
                summary { (self.say("인자", "Arguments")) " (" (field.arguments.len()) ")" }
                dl { @for argument in &field.arguments { (self.input(&argument.node, None)) } }
            }
        }
    }

    fn type_section(&self, definition: &TypeDefinition) -> Markup {
        let name = definition.name.node.as_str();
        html! {
            article id=(name) {
                h3 { code { (name) } }
                (self.text(definition.description.as_ref().map(|d| d.node.as_str())))
                dl { (self.members(name, &definition.kind)) }
            }
        }
    }

    fn members(&self, name: &str, kind: &TypeKind) -> Markup {
        match kind {
            TypeKind::Object(object) => html! { @for f in &object.fields { (self.field(name, &f.node)) } },
            TypeKind::Interface(interface) => html! { @for f in &interface.fields { (self.field(name, &f.node)) } },
            TypeKind::InputObject(input) => html! { @for f in &input.fields { (self.input(&f.node, Some(name))) } },
            TypeKind::Enum(kind) => html! {
                @for value in &kind.values {
                    dt id={ (name) "." (value.node.value.node) } { code { (value.node.value.node) } }
                    dd { (self.text(value.node.description.as_ref().map(|d| d.node.as_str()))) }
                }
            },
            TypeKind::Union(union) => html! {
                @for member in &union.members { dt { (self.type_link(&member.node)) } }
            },
            TypeKind::Scalar => html! {},
        }
    }

    fn field(&self, owner: &str, field: &FieldDefinition) -> Markup {
        html! {
            dt id={ (owner) "." (field.name.node) } {
                code { (field.name.node) } " " span.type { (self.type_link(&field.ty.node.to_string())) }
            }
            dd {
                (self.text(field.description.as_ref().map(|d| d.node.as_str())))
                @if !field.arguments.is_empty() { (self.arguments(field)) }
            }
        }
    }

    fn input(&self, input: &InputValueDefinition, owner: Option<&str>) -> Markup {
        html! {
            dt id=[owner.map(|owner| format!("{owner}.{}", input.name.node))] {
                code { (input.name.node) } " "
                span.type {
                    (self.type_link(&input.ty.node.to_string()))
                    @if let Some(value) = &input.default_value { " = " (value.node) }
                }
            }
            dd { (self.text(input.description.as_ref().map(|d| d.node.as_str()))) }
        }
    }

    /// A type as the contract writes it, with a link to where it is described.
    fn type_link(&self, written: &str) -> Markup {
        let name = type_name(written);
        let described = row_type(&name).unwrap_or(&name);
        if !self.contract.has(described) {
            return html! { (written) };
        }
        let chapter = self.contract.chapter_of(described);
        let page = if chapter == self.chapter { String::new() } else { self.address(chapter) };
        html! { a href={ (page) "#" (described) } { (written) } }
    }

    /// A description by paragraphs, in Korean where it was translated.
    fn text(&self, description: Option<&str>) -> Markup {
        html! {
            @for paragraph in paragraphs(description.unwrap_or_default()) {
                @match (self.language, korean(&paragraph)) {
                    (Language::Ko, Some(translated)) => p { (marked(translated)) },
                    (Language::Ko, None) => p lang="en" { (marked(&paragraph)) },
                    (Language::En, _) => p { (marked(&paragraph)) },
                }
            }
        }
    }
}

/// All chapters in order.
pub fn chapters() -> [Chapter; 4] {
    let [first, second, third] = Analysis::ALL;
    [Chapter::Question(first), Chapter::Question(second), Chapter::Question(third), Chapter::Common]
}

/// The question that an address names.
pub fn chapter(slug_wanted: &str) -> Option<Chapter> {
    chapters().into_iter().find(|chapter| slug(*chapter) == slug_wanted)
}

/// Text in which what stands between backticks is code.
fn marked(text: &str) -> Markup {
    html! {
        @for (at, piece) in text.split('`').enumerate() {
            @if at % 2 == 1 { code { (piece) } } @else { (piece) }
        }
    }
}

/// What a sample says about itself in the comment at its head, without the line that names the question, and the query.
fn heading_comment(sample: &str) -> (String, &str) {
    let length = sample.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let (comment, query) = sample.split_at(length);
    let lines: Vec<_> = comment.lines().skip(1).map(|line| line.trim_start_matches('#').trim()).collect();
    (lines.join(" "), query)
}

/// The sample of a chapter: the same that the page for queries shows.
pub fn sample_query(chapter: Chapter) -> Option<&'static str> {
    match chapter {
        Chapter::Question(Analysis::Economy) => Some(include_str!("../../../assets/samples/economy.graphql")),
        Chapter::Question(Analysis::Childcare) => Some(include_str!("../../../assets/samples/childcare.graphql")),
        Chapter::Question(Analysis::Wifi) => Some(include_str!("../../../assets/samples/wifi.graphql")),
        Chapter::Common => None,
    }
}
