//! What people and departments bring forward: ideas for policies that rest on data (정책 아이디어), and the demands of
//! departments for data and analyses (데이터 수요).
//!
//! Words: *call* (공모), the days on which ideas are taken; *idea*, what somebody files in one; *decision*, whether it is
//! shown to everybody; *demand*, what a department needs.

pub mod calls;
pub mod demands;
pub mod graphql;
mod rules;
pub mod store;
