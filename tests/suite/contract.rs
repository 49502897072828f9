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
            let built_in = line.starts_with("directive ") || line.starts_with("schema") || line.starts_with("query: ");
            if !described && !built_in && !matches!(line, "}" | ")" | "{") && !line.starts_with(')') {
                wrong.push(format!("line {}: {line}", at + 1));
            }
            described = false;
        }
    }
    assert!(wrong.is_empty(), "without a description:\n{}", wrong.join("\n"));
}
