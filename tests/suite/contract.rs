//! The committed schema is what the program prints.

#[test]
fn the_committed_schema_is_what_the_program_prints() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let printed = dongjak_insight::api::sdl();
    if std::env::var("DONGJAK_BLESS").is_ok() {
        std::fs::write(path, &printed).expect("schema.graphql can be written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == printed,
        "schema.graphql is not what the program prints. Read the difference, then write it with `dongjak schema > schema.graphql`."
    );
}

#[test]
fn every_type_field_and_argument_is_described() {
    let sdl = dongjak_insight::api::sdl();
    let mut described = false;
    let mut wrong = Vec::new();
    let mut in_text = false;
    for (at, line) in sdl.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("\"\"\"") {
            // A description stands between two lines of quotes, or on one line.
            let closes_itself = line.len() > 3 && line.ends_with("\"\"\"");
            in_text = !(in_text || closes_itself);
            described = true;
        } else if !in_text && !line.is_empty() {
            let built_in = line.starts_with("directive ")
                || line.starts_with("schema")
                || ["query: ", "mutation: ", "subscription: "].iter().any(|root| line.starts_with(root));
            if !described && !built_in && !matches!(line, "}" | ")" | "{") && !line.starts_with(')') {
                wrong.push(format!("line {}: {line}", at + 1));
            }
            described = false;
        }
    }
    assert!(wrong.is_empty(), "without a description:\n{}", wrong.join("\n"));
}

/// Reasons of `@deprecated` that do not say from which day the thing may be gone.
fn undated_deprecations(sdl: &str) -> Vec<String> {
    let mut undated = Vec::new();
    for (at, _) in sdl.match_indices("@deprecated") {
        let line = sdl[at..].lines().next().unwrap_or("");
        let date = line.split_once("Removal on ").map(|(_, rest)| rest.chars().take(10).collect::<String>());
        if date.is_none_or(|date| chrono::NaiveDate::parse_from_str(&date, "%Y-%m-%d").is_err()) {
            undated.push(line.to_owned());
        }
    }
    undated
}

#[test]
fn whatever_is_deprecated_says_from_which_day_it_may_be_gone() {
    let undated = undated_deprecations(&dongjak_insight::api::sdl());
    assert!(undated.is_empty(), "say \"Removal on 2027-06-01.\" in the reason: {undated:?}");
    for wrong in ["@deprecated", "@deprecated(reason: \"Use b.\")", "@deprecated(reason: \"Removal on 2027-02-30.\")"] {
        assert_eq!(undated_deprecations(&format!("type A {{\n\ta: Int {wrong}\n}}")).len(), 1, "{wrong}");
    }
    let sound = "@deprecated(reason: \"Use b. Removal on 2027-06-01.\")";
    assert!(undated_deprecations(&format!("type A {{\n\ta: Int {sound}\n}}")).is_empty());
}
