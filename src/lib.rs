//! dongjak-insight: the policy-analysis API of a Korean district.
//!
//! It answers three questions. Who lost and who gained sales in the epidemic ([`economy`])? What do parents say about
//! childcare, and where is care missing ([`childcare`])? Where does the next public Wi-Fi point help most people
//! ([`wifi`])?
//!
//! Every number takes the same path: a file is read ([`import`]), its rows are stored (`tables`), an analysis that
//! knows neither disk nor database computes (`analysis`), its results are stored (`results`), and a client asks for
//! them (`graphql`). Begin reading at [`wifi`]: it is the shortest story; then [`run`], which says what every figure
//! rests on.
//!
//! The rooms, from the ground up; an import only goes down:
//!
//! ```text
//! 8  commands  demo                                  what a person types
//! 7  server                                          HTTP
//! 6  api                                             the GraphQL root
//! 5  jobs                                            runs that are computed now or wait in a queue
//! 4  economy   childcare   wifi   ideas              the questions, and what people propose; no imports between them
//! 3  dong      run         change                    the place, the run that all talk about, what clients may change
//! 2  db  audit  graphql    import      keys          PostgreSQL | who did what | the words of GraphQL | files | who asks
//! 1  stats  text  siting  geo  calendar  config  error
//! ```

pub mod api;
pub mod audit;
pub mod calendar;
pub mod change;
pub mod childcare;
pub mod commands;
pub mod config;
pub mod db;
pub mod demo;
pub mod dong;
pub mod economy;
pub mod error;
pub mod geo;
pub mod graphql;
pub mod ideas;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod run;
pub mod server;
pub mod siting;
pub mod stats;
pub mod text;
pub mod wifi;
