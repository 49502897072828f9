//! How the twenty trades of the demo behave: invented figures, of the right order of magnitude and no more.
//!
//! Codes and names of the portal are real; the codes `SYN…` of the card company are not those of any card company.

/// A portal's trade within one of ours, with the shops that a mean dong has.
pub struct SeoulTrade {
    pub code: &'static str,
    pub name: &'static str,
    pub shops_in_a_mean_dong: f64,
    pub franchise_share: f64,
}

const fn seoul(code: &'static str, name: &'static str, shops_in_a_mean_dong: f64, franchise_share: f64) -> SeoulTrade {
    SeoulTrade { code, name, shops_in_a_mean_dong, franchise_share }
}

/// A trade of the demo.
pub struct Trade {
    /// Its code in the exports of the invented card company.
    pub card_code: &'static str,
    pub card_name: &'static str,
    pub seoul: &'static [SeoulTrade],
    /// Won a payment.
    pub ticket_won: f64,
    /// Payments with this company's cards a shop and day.
    pub payments_per_shop: f64,
    /// Which days are strong.
    pub week: Week,
    /// Amplitude of the year in the logarithm, and the day of the year of its top.
    pub season: (f64, f64),
    /// Growth a year, in the logarithm.
    pub growth: f64,
    /// Change of the logarithm at the strongest caution; positive for trades that gain.
    pub caution: f64,
    /// Whether an order to close shuts it.
    pub closes_on_order: bool,
    /// Sales against an ordinary day on a public holiday, on the feast day, beside it, and in the week before it.
    pub holidays: [f64; 4],
    /// Share of cells whose shops rest on Sundays.
    pub sunday_rest: f64,
    /// Change of the logarithm when the relief fund is paid out.
    pub relief: f64,
}

/// Strong days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Week {
    /// The same every day.
    Even,
    /// Friday and Saturday evenings.
    Evenings,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Friday.
    Workdays,
}

impl Week {
    /// Factors from Monday to Sunday; each row has mean 1.
    pub const fn factors(self) -> [f64; 7] {
        match self {
            Self::Even => [0.98, 0.97, 0.98, 0.99, 1.04, 1.06, 0.98],
            Self::Evenings => [0.74, 0.80, 0.88, 0.96, 1.38, 1.36, 0.88],
            Self::Weekend => [0.83, 0.82, 0.86, 0.90, 1.02, 1.34, 1.23],
            Self::Workdays => [1.22, 1.15, 1.14, 1.12, 1.18, 0.87, 0.32],
        }
    }
}

const EATING: [f64; 4] = [0.93, 0.34, 0.62, 1.02];
const FOOD_SHOPPING: [f64; 4] = [1.03, 0.42, 0.86, 1.34];
const GOODS: [f64; 4] = [1.06, 0.22, 0.58, 1.10];
const OFFICE_HOURS: [f64; 4] = [0.22, 0.03, 0.10, 1.04];
const LEISURE: [f64; 4] = [1.12, 0.48, 0.85, 0.97];

/// A mean trade; the table below says how each differs.
const MEAN: Trade = Trade {
    card_code: "",
    card_name: "",
    seoul: &[],
    ticket_won: 15_000.0,
    payments_per_shop: 12.0,
    week: Week::Even,
    season: (0.03, 150.0),
    growth: 0.0,
    caution: 0.0,
    closes_on_order: false,
    holidays: EATING,
    sunday_rest: 0.05,
    relief: 0.0,
};

/// All trades, in the order of their codes.
#[rustfmt::skip]
pub const TRADES: [Trade; 20] = [
    Trade { card_code: "SYN01", card_name: "한식", ticket_won: 21_000.0, payments_per_shop: 17.0, caution: -0.38, growth: 0.01, relief: 0.09, sunday_rest: 0.1,
        seoul: &[seoul("CS100001", "한식음식점", 120.0, 0.07)], ..MEAN },
    Trade { card_code: "SYN02", card_name: "중식/일식/양식", ticket_won: 26_000.0, payments_per_shop: 15.0, week: Week::Weekend, caution: -0.44, growth: 0.02, relief: 0.07,
        seoul: &[seoul("CS100002", "중식음식점", 13.0, 0.08), seoul("CS100003", "일식음식점", 12.0, 0.12), seoul("CS100004", "양식음식점", 11.0, 0.12)], ..MEAN },
    Trade { card_code: "SYN03", card_name: "치킨/분식/패스트푸드", ticket_won: 13_500.0, payments_per_shop: 24.0, week: Week::Evenings, season: (0.05, 190.0), caution: 0.06, growth: 0.04, relief: 0.06,
        seoul: &[seoul("CS100006", "패스트푸드점", 5.0, 0.6), seoul("CS100007", "치킨전문점", 11.0, 0.62), seoul("CS100008", "분식전문점", 16.0, 0.3)], ..MEAN },
    Trade { card_code: "SYN04", card_name: "제과점", ticket_won: 9_200.0, payments_per_shop: 34.0, season: (0.06, 355.0), caution: -0.12, growth: 0.01, relief: 0.05,
        seoul: &[seoul("CS100005", "제과점", 7.0, 0.45)], ..MEAN },
    Trade { card_code: "SYN05", card_name: "커피/음료", ticket_won: 6_900.0, payments_per_shop: 41.0, season: (0.09, 200.0), caution: -0.33, growth: 0.05, relief: 0.03,
        seoul: &[seoul("CS100010", "커피-음료", 34.0, 0.33)], ..MEAN },
    Trade { card_code: "SYN06", card_name: "호프/주점", ticket_won: 38_000.0, payments_per_shop: 9.0, week: Week::Evenings, caution: -0.74, growth: -0.03, relief: 0.05, sunday_rest: 0.12,
        seoul: &[seoul("CS100009", "호프-간이주점", 24.0, 0.15)], ..MEAN },
    Trade { card_code: "SYN07", card_name: "편의점", ticket_won: 7_400.0, payments_per_shop: 88.0, season: (0.07, 205.0), caution: 0.03, growth: 0.04, relief: 0.06, holidays: [0.97, 0.74, 0.88, 1.01], sunday_rest: 0.0,
        seoul: &[seoul("CS300002", "편의점", 25.0, 0.9)], ..MEAN },
    Trade { card_code: "SYN08", card_name: "슈퍼마켓/식료품", ticket_won: 18_500.0, payments_per_shop: 36.0, caution: 0.19, growth: 0.01, relief: 0.15, holidays: FOOD_SHOPPING,
        seoul: &[seoul("CS300001", "슈퍼마켓", 14.0, 0.2), seoul("CS300006", "미곡판매", 3.0, 0.0), seoul("CS300007", "육류판매", 8.0, 0.1), seoul("CS300008", "수산물판매", 5.0, 0.02), seoul("CS300009", "청과상", 7.0, 0.02), seoul("CS300010", "반찬가게", 6.0, 0.15)], ..MEAN },
    Trade { card_code: "SYN09", card_name: "의류/신발/가방", ticket_won: 47_000.0, payments_per_shop: 5.0, week: Week::Weekend, season: (0.11, 310.0), caution: -0.52, growth: -0.03, relief: 0.14, holidays: GOODS,
        seoul: &[seoul("CS300011", "일반의류", 24.0, 0.15), seoul("CS300014", "신발", 3.0, 0.3), seoul("CS300015", "가방", 2.0, 0.1)], ..MEAN },
    Trade { card_code: "SYN10", card_name: "가전제품", ticket_won: 210_000.0, payments_per_shop: 3.5, week: Week::Weekend, season: (0.08, 185.0), caution: 0.08, holidays: GOODS,
        seoul: &[seoul("CS300032", "가전제품", 4.5, 0.25)], ..MEAN },
    Trade { card_code: "SYN11", card_name: "전자상거래", ticket_won: 34_000.0, payments_per_shop: 14.0, caution: 0.34, growth: 0.12, holidays: [0.88, 0.6, 0.7, 1.2], sunday_rest: 0.0,
        seoul: &[seoul("CS300043", "전자상거래업", 15.0, 0.0)], ..MEAN },
    Trade { card_code: "SYN12", card_name: "약국", ticket_won: 12_800.0, payments_per_shop: 43.0, week: Week::Workdays, season: (0.05, 20.0), caution: 0.04, growth: 0.02, relief: 0.04, holidays: OFFICE_HOURS, sunday_rest: 0.5,
        seoul: &[seoul("CS300018", "의약품", 13.0, 0.0)], ..MEAN },
    Trade { card_code: "SYN13", card_name: "의원", ticket_won: 29_000.0, payments_per_shop: 21.0, week: Week::Workdays, season: (0.06, 10.0), caution: -0.27, growth: 0.03, relief: 0.05, holidays: OFFICE_HOURS, sunday_rest: 0.8,
        seoul: &[seoul("CS200006", "일반의원", 15.0, 0.0), seoul("CS200007", "치과의원", 11.0, 0.02), seoul("CS200008", "한의원", 8.0, 0.0)], ..MEAN },
    Trade { card_code: "SYN14", card_name: "학원", ticket_won: 168_000.0, payments_per_shop: 2.6, week: Week::Workdays, season: (0.09, 60.0), caution: -0.49, growth: -0.01, relief: 0.05, holidays: OFFICE_HOURS, sunday_rest: 0.6,
        seoul: &[seoul("CS200001", "일반교습학원", 22.0, 0.08), seoul("CS200002", "외국어학원", 8.0, 0.2), seoul("CS200003", "예술학원", 14.0, 0.05)], ..MEAN },
    Trade { card_code: "SYN15", card_name: "스포츠시설", ticket_won: 84_000.0, payments_per_shop: 3.4, season: (0.12, 15.0), caution: -0.83, growth: 0.05, relief: 0.03, holidays: LEISURE, sunday_rest: 0.3, closes_on_order: true,
        seoul: &[seoul("CS200005", "스포츠 강습", 9.0, 0.1), seoul("CS200016", "당구장", 7.0, 0.0), seoul("CS200024", "스포츠클럽", 6.0, 0.15)], ..MEAN },
    Trade { card_code: "SYN16", card_name: "골프연습장", ticket_won: 62_000.0, payments_per_shop: 7.0, week: Week::Workdays, season: (0.1, 140.0), caution: -0.18, growth: 0.06, holidays: LEISURE,
        seoul: &[seoul("CS200017", "골프연습장", 2.2, 0.2)], ..MEAN },
    Trade { card_code: "SYN17", card_name: "노래방", ticket_won: 27_000.0, payments_per_shop: 8.0, week: Week::Evenings, caution: -1.05, growth: -0.05, holidays: LEISURE, closes_on_order: true,
        seoul: &[seoul("CS200037", "노래방", 13.0, 0.06)], ..MEAN },
    Trade { card_code: "SYN18", card_name: "미용", ticket_won: 33_000.0, payments_per_shop: 5.6, week: Week::Weekend, season: (0.04, 345.0), caution: -0.29, growth: 0.01, relief: 0.1, holidays: GOODS, sunday_rest: 0.35,
        seoul: &[seoul("CS200028", "미용실", 33.0, 0.08), seoul("CS200029", "네일숍", 8.0, 0.04), seoul("CS200030", "피부관리실", 10.0, 0.06)], ..MEAN },
    Trade { card_code: "SYN19", card_name: "자동차수리", ticket_won: 118_000.0, payments_per_shop: 4.4, week: Week::Workdays, season: (0.04, 200.0), caution: -0.07, relief: 0.06, holidays: OFFICE_HOURS, sunday_rest: 0.7,
        seoul: &[seoul("CS200025", "자동차수리", 5.5, 0.3)], ..MEAN },
    Trade { card_code: "SYN20", card_name: "부동산중개", ticket_won: 390_000.0, payments_per_shop: 0.5, week: Week::Workdays, season: (0.08, 45.0), caution: -0.11, growth: 0.02, relief: 0.0, holidays: OFFICE_HOURS, sunday_rest: 0.5,
        seoul: &[seoul("CS200033", "부동산중개업", 30.0, 0.02)], ..MEAN },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    const CODES: &str = include_str!("../../data/industry-codes.csv");

    fn committed(system: &str) -> BTreeMap<&'static str, &'static str> {
        CODES
            .lines()
            .filter_map(|line| {
                let fields: Vec<&str> = line.split(',').collect();
                (fields[0] == system).then(|| (fields[1], fields[2]))
            })
            .collect()
    }

    #[test]
    fn every_portal_trade_leads_to_the_industry_of_its_card_code() {
        let (card, seoul) = (committed("card"), committed("seoul"));
        for trade in &TRADES {
            let industry = card.get(trade.card_code);
            assert!(industry.is_some(), "{}", trade.card_code);
            for part in trade.seoul {
                assert_eq!(seoul.get(part.code), industry, "{}", part.name);
            }
        }
        assert_eq!(TRADES.iter().map(|trade| trade.seoul.len()).sum::<usize>(), seoul.len());
    }

    #[test]
    fn a_week_of_factors_has_mean_one() {
        for week in [Week::Even, Week::Evenings, Week::Weekend, Week::Workdays] {
            assert!((week.factors().iter().sum::<f64>() - 7.0).abs() < 1e-9, "{week:?}");
        }
    }
}
