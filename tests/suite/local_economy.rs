//! Markets, sales of commercial areas and the use of merchants: files with faults.

use crate::support::command::Folder;
use crate::support::database;

#[test]
fn lists_of_markets_stand_beside_each_other_and_a_newer_one_replaces_its_own_kind() {
    let Some(db) = database("lists_of_markets_stand_beside_each_other") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let city = folder.file("city.csv", "자치구명,전통시장명,주소명,위도,경도\n동작구,가시장,본동 1,37.5065,126.9640\n");
    let own = folder.file("own.csv", "name,lon,lat,shops,kind\n나거리,126.9640,37.5065,30,shopping_street\n,1,1,1,x\n");
    let said = db.must(&["import", "markets", &city]);
    assert!(said.contains("1 of 1 rows lie inside the district"), "{said}");
    let said = db.must(&["import", "markets", &own, "--dry-run"]);
    assert!(said.contains("1 rows would be kept, 1 refused"), "{said}");
    db.must(&["import", "markets", &own]);
    assert_eq!(db.number("SELECT count(DISTINCT layout) FROM market"), 2.0);
    let said = db.run(&["import", "markets", &folder.file("x.csv", "a,b\n1,2\n")]);
    assert!(said.code == 1 && said.err.contains("시장명"), "{}", said.err);
}

#[test]
fn sales_by_area_and_by_dong_are_imported_apart() {
    let Some(db) = database("sales_by_area_and_by_dong_are_imported_apart") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let areas = folder.file(
        "areas.csv",
        "기준_년분기_코드,상권_구분_코드_명,상권_코드,상권_코드_명,서비스_업종_코드,당월_매출_금액,당월_매출_건수\n\
         20191,전통시장,3130001,가시장,CS100001,1000,10\n20192,전통시장,3130001,가시장,CS100001,-1,10\n",
    );
    let dongs =
        folder.file("dongs.csv", "quarter,dong_code,industry_code,amount_won,transactions\n2019Q1,11590510,cafe,5,1\n");
    let both = db.run(&["import", "card-sales", &areas, &dongs]);
    assert!(both.code == 1 && both.err.contains("apart"), "{}", both.err);
    let said = db.must(&["import", "card-sales", &areas]);
    assert!(said.contains("1 rows kept, 1 refused"), "{said}");
    assert_eq!(db.number("SELECT sum(amount_won) FROM area_sales"), 1_000.0);
    assert_eq!(db.number("SELECT count(*) FROM card_sales"), 0.0);
}

#[test]
fn the_use_of_merchants_is_kept_by_month_and_bad_rows_are_refused() {
    let Some(db) = database("the_use_of_merchants_is_kept_by_month") else { return };
    let db = db.with_dongs();
    let folder = Folder::new();
    let rows = "month,scheme,dong_code,industry_code,merchants,transactions,amount_won\n\
        2020-05,zero_pay,11590510,cafe,4,10,90\n2020-06,zero_pay,1159051000,cafe,4,10,91\n\
        2020-06,zero_pay,11590999,cafe,4,10,91\n2020-06,card,11590510,cafe,0,1,91\n";
    let said = db.must(&["import", "merchant-usage", &folder.file("u.csv", rows), "--amount-unit", "1000"]);
    assert!(said.contains("2 rows kept, 2 refused"), "{said}");
    assert_eq!(db.number("SELECT sum(amount_won) FROM merchant_usage"), 181_000.0);
    let missing = db.run(&["import", "merchant-usage", &folder.file("v.csv", "month,scheme\n2020-05,x\n")]);
    assert!(missing.code == 1 && missing.err.contains("dong_code"), "{}", missing.err);
}
