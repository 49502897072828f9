//! Business sentiment of a region beside that of the country: from the file to the answer.

use serde_json::{Value, json};

use crate::one_path::{import, write_inputs};
use crate::support::command::Folder;
use crate::support::database;

/// In September 2020 the region stands at 52 with 300 firms and the country at 55.5 with 2,400; in October neither says
/// how many answered. σ = 1.85/1.95996·√2400 = 46.2412, so that ±1.95996·σ·√(1/300 − 1/2400) = ±4.89464.
#[test]
fn a_region_is_compared_with_the_country_and_another_area_gives_another_answer() {
    let Some(db) = database("a_region_is_compared_with_the_country") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    for (dataset, file) in write_inputs(&folder, 0).into_iter().filter(|(dataset, _)| *dataset != "bsi") {
        import(&db, dataset, &file);
    }
    let survey = folder.file(
        "regions.csv",
        "month,area,industry_code,actual,outlook,respondents\n\
         2020-09,national,I01,55.5,,2400\n2020-09,seoul,I01,52,,300\n2020-09,busan,I01,40,,100\n\
         2020-10,national,I01,60,,\n2020-10,seoul,I01,61,,\n2020-11,national,I01,60,,\n",
    );
    db.must(&["import", "bsi", &survey]);
    let server = db.serve();
    let gaps = || -> Vec<Value> {
        let answer = server.data(
            "{ economicSensitivity(filter: {industries: [\"I01\"]}) { nodes { sentiment(from: \"2020-09-01\", to: \"2020-11-30\") { \
               month regionGap { id value status interval { lower upper } } } } } }",
        );
        let months = answer["economicSensitivity"]["nodes"][0]["sentiment"].as_array().expect("months").clone();
        months.into_iter().map(|month| month["regionGap"].clone()).collect()
    };
    db.must(&["analyze", "economy", "--publish"]);
    let seoul = gaps();
    assert_eq!((&seoul[0]["value"], &seoul[0]["status"]), (&json!(-3.5), &json!("ESTIMATED")));
    let reach = seoul[0]["interval"]["upper"].as_f64().expect("an interval") + 3.5;
    assert!((reach - 4.894_64).abs() < 1e-4, "{reach}");
    assert_eq!(
        (&seoul[1]["value"], &seoul[1]["status"], &seoul[1]["interval"]),
        (&json!(1.0), &json!("MEASURED"), &Value::Null)
    );
    assert_eq!((&seoul[2]["value"], &seoul[2]["status"]), (&Value::Null, &json!("NOT_AVAILABLE")));
    let id = seoul[0]["id"].as_str().expect("an id");
    let told = server.data(&format!("{{ explain(figure: \"{id}\") {{ computation parameters {{ name value }} }} }}"));
    assert_eq!(told["explain"]["computation"], "52 − 55.5 = (-3.5)");
    let params = folder.file("busan.json", "{\"sentimentArea\": \"busan\"}");
    db.must(&["analyze", "economy", "--params", &params, "--publish"]);
    assert_eq!(gaps()[0]["value"], -15.5);
    let wrong = folder.file("wrong.json", "{\"sentimentArea\": \"national\"}");
    let refused = db.run(&["analyze", "economy", "--params", &wrong]);
    assert!(refused.code != 0 && refused.err.contains("sentimentArea"), "{}", refused.err);
}
