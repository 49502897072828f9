//! Settings of the whole analysis.

use super::*;

#[test]
fn a_setting_out_of_its_range_is_named() {
    let wrong = |change: fn(&mut Params)| {
        let mut params = Params::default();
        change(&mut params);
        params.check().unwrap_err().to_string()
    };
    assert!(wrong(|p| p.zones = vec![(500.0, 1.0), (400.0, 0.5)]).starts_with("zones"));
    assert!(wrong(|p| p.zones = vec![(500.0, 1.5)]).starts_with("zones"));
    assert!(wrong(|p| p.zones.clear()).starts_with("zones"));
    assert!(wrong(|p| p.detour = f64::NAN).starts_with("detour"));
    assert!(wrong(|p| p.min_posts = 4).starts_with("minPosts"));
}
