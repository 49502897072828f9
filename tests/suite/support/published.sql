INSERT INTO dataset_version (id, dataset, layout, files, sha256, publisher, licence, attribution, period_start, period_end, lines_read, rows_kept, rows_refused, synthetic, imported_at) VALUES
 (1, 'dongs', 'geojson', '{a.geojson}', repeat('a', 64), 'Statistics Korea', 'KOGL 1', 'SGIS', NULL, NULL, 2, 2, 0, false, '2026-01-01T00:00:00Z'),
 (2, 'card-sales', 'card-company', '{s.csv}', repeat('b', 64), 'Card', 'contract', 'Card', '2019-01-01', '2020-12-31', 10, 9, 1, true, '2026-01-01T00:00:00Z'),
 (3, 'bus-stops', 'seoul-2023', '{b.csv}', repeat('c', 64), 'Seoul', 'KOGL 1', 'Seoul', NULL, NULL, 5, 5, 0, false, '2026-01-01T00:00:00Z'),
 (4, 'posts', 'jsonl', '{p.jsonl}', repeat('d', 64), 'nobody', 'none', 'none', '2020-01-01', '2020-02-01', 5, 5, 0, true, '2026-01-01T00:00:00Z'),
 (5, 'industries', 'own', '{i.csv}', repeat('e', 64), 'Dongjak', 'none', 'none', NULL, NULL, 2, 2, 0, false, '2026-01-01T00:00:00Z');
INSERT INTO dong_boundary (dong_code, name_ko, version_id, boundary) VALUES
 ('11590510', '노량진제1동', 1, ST_Multi(ST_MakeEnvelope(126.90, 37.50, 126.91, 37.51, 4326))),
 ('11590520', '상도제1동', 1, ST_Multi(ST_GeomFromText('POLYGON((126.91 37.50,126.915 37.5000001,126.92 37.50,126.92 37.51,126.91 37.51,126.91 37.50))', 4326)));
INSERT INTO industry (code, name_ko, name_en, version_id) VALUES ('I01', '음식점', 'Restaurants', 5), ('I02', '학원', NULL, 5);
INSERT INTO analysis_run (id, analysis, method_version, parameters, code_revision, source_hash, synthetic, started_at, finished_at, audience, published_at) VALUES
 (1, 'economy',   'economy-1',   '{}', 'v0', repeat('1', 64), true,  '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 'PUBLIC',   '2026-01-10T00:00:00Z'),
 (2, 'childcare', 'childcare-1', '{}', 'v0', repeat('2', 64), true,  '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 'PUBLIC',   '2026-01-10T00:00:00Z'),
 (3, 'wifi',      'wifi-1',      '{}', 'v0', repeat('3', 64), false, '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 'PUBLIC',   '2026-01-10T00:00:00Z'),
 (4, 'economy',   'economy-1',   '{}', 'v0', repeat('4', 64), true,  '2026-02-01T00:00:00Z', '2026-02-01T00:00:01Z', 'PUBLIC',   '2026-02-10T00:00:00Z'),
 (5, 'childcare', 'childcare-1', '{}', 'v0', repeat('5', 64), true,  '2026-02-01T00:00:00Z', '2026-02-01T00:00:01Z', 'PUBLIC',   '2026-02-10T00:00:00Z'),
 (6, 'wifi',      'wifi-1',      '{}', 'v0', repeat('6', 64), false, '2026-02-01T00:00:00Z', '2026-02-01T00:00:01Z', 'PUBLIC',   '2026-02-10T00:00:00Z'),
 (7, 'wifi',      'wifi-1',      '{}', 'v0', repeat('7', 64), false, '2026-03-01T00:00:00Z', '2026-03-01T00:00:01Z', 'INTERNAL', '2026-03-10T00:00:00Z'),
 (8, 'wifi',      'wifi-1',      '{}', 'v0', repeat('8', 64), false, '2026-03-01T00:00:00Z', '2026-03-01T00:00:01Z', NULL,       NULL);
INSERT INTO run_input (run_id, version_id) VALUES (1, 2), (1, 5), (4, 2), (4, 5), (2, 4), (5, 4), (3, 3), (6, 3), (7, 3);
INSERT INTO economy_sensitivity (run_id, scope, code, status, reason, beta, se, lower, upper, p_value, weeks, effects, interpolated_share) VALUES
 (1, 'district', '', 'ESTIMATED', NULL, -0.01, 0.01, -0.03, 0.01, 0.3, 51, '[]', 0),
 (4, 'district', '', 'ESTIMATED', NULL, -0.02, 0.005, -0.03, -0.01, 0.001, 51, '[[10, -4.7, -6.9, -2.4], [100, -8.8, -12.9, -4.5]]', 0.01),
 (4, 'dong', '11590510', 'ESTIMATED', NULL, -0.03, 0.01, -0.05, -0.01, 0.01, 51, '[]', 0),
 (4, 'dong', '11590520', 'INSUFFICIENT_DATA', '{"ko": "주가 모자랍니다.", "en": "Too few weeks."}', NULL, NULL, NULL, NULL, NULL, 12, '[]', 0),
 (4, 'industry', 'I01', 'ESTIMATED', NULL, -0.05, 0.01, -0.07, -0.03, 0.001, 51, '[]', 0),
 (4, 'industry', 'I02', 'ESTIMATED', NULL, 0.01, 0.01, -0.01, 0.03, 0.4, 51, '[]', 0);
INSERT INTO economy_series (run_id, dong_code, industry_code, grain, status, sensitive, interpolated_share, starts_on, sales_won, change_aligned, change_plain, statuses) VALUES
 (4, '', '', 'week', 'MEASURED', false, 0.01, '{2020-01-20,2020-03-02,2020-12-21}', '{900,800,700}', '{-0.04,-0.1,-0.2}', '{-0.15,-0.1,-0.2}', '{MEASURED,MEASURED,PROVISIONAL}'),
 (4, '', '', 'month', 'MEASURED', false, 0, '{2019-03-01,2020-03-01}', '{4000,3000}', '{NULL,-0.24}', '{NULL,-0.25}', '{MEASURED,IMPUTED}'),
 (4, '11590510', '', 'month', 'MEASURED', false, 0, '{2020-03-01}', '{1000}', '{-0.3}', '{-0.3}', '{MEASURED}'),
 (4, '', 'I01', 'month', 'MEASURED', false, 0, '{2020-03-01}', '{2000}', '{-0.2}', '{-0.2}', '{MEASURED}'),
 (4, '11590510', 'I01', 'month', 'SUPPRESSED', true, NULL, '{2020-03-01}', '{}', '{}', '{}', '{SUPPRESSED}'),
 (4, '11590520', 'I01', 'month', 'MEASURED', false, 0, '{2020-03-01}', '{500}', '{-0.1}', '{-0.1}', '{MEASURED}');
INSERT INTO economy_baseline_index (run_id, on_date, value) VALUES (4, '2020-02-01', -0.05), (4, '2020-03-01', -0.3);
INSERT INTO economy_sentiment (run_id, industry_code, month, status, reason, actual, average, gap, se, lower, upper, respondents) VALUES
 (4, 'I01', '2020-03-01', 'ESTIMATED', NULL, 40, 50, -10, 2, -14, -6, 300),
 (4, 'I01', '2020-09-01', 'ESTIMATED', '{"ko": "응답자 수가 없습니다.", "en": "No numbers of respondents."}', 45, 50, -5, NULL, NULL, NULL, NULL);
INSERT INTO childcare_dong (run_id, place, figures) VALUES
 (2, '11590510', '{"mentions": {"value": 7, "status": "MEASURED", "reason": null, "interval": [2.8, 14.4], "n": 7}}'),
 (5, 'district', '{"mentions": {"value": 30, "status": "MEASURED", "reason": null, "interval": null, "n": 30}}'),
 (5, '11590510', '{"mentions": {"value": 20, "status": "MEASURED", "reason": null, "interval": [12.2, 30.9], "n": 20}, "balance": {"value": -0.5, "status": "ESTIMATED", "reason": null, "interval": null, "n": 20}, "accessibility": {"value": 0.9, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}}'),
 (5, '11590520', '{"mentions": {"value": null, "status": "SUPPRESSED", "reason": {"ko": "5건 미만입니다.", "en": "Fewer than 5."}, "interval": null, "n": null}, "accessibility": {"value": 0.4, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}}'),
 (5, 'unresolved', '{"mentions": {"value": 25, "status": "MEASURED", "reason": null, "interval": null, "n": 25}, "balance": {"value": 0.2, "status": "ESTIMATED", "reason": null, "interval": null, "n": 25}}');
INSERT INTO wifi_site (run_id, rank, facility_kind, facility_id, facility_name, dong_code, place, marginal_person_hours, standalone_person_hours, cumulative_person_hours, cumulative_share, requests_served, nearest_access_point_m, top_hours) VALUES
 (3, 1, 'bus_stop', '20001', '노량진역', '11590510', ST_SetSRID(ST_MakePoint(126.905, 37.505), 4326), 111, 111, 111, 0.1, 1, 50, '{8,18,19}'),
 (6, 1, 'bus_stop', '20001', '노량진역', '11590510', ST_SetSRID(ST_MakePoint(126.9051234567, 37.505), 4326), 500, 500, 500, 0.5, 2, 120.5, '{18,8,19}'),
 (6, 2, 'streetlight', 'L1', NULL, '11590520', ST_SetSRID(ST_MakePoint(126.915, 37.505), 4326), 300, 600, 800, 0.8, 0, NULL, '{12,13,14}'),
 (6, 3, 'streetlight', 'L2', NULL, '11590520', ST_SetSRID(ST_MakePoint(126.918, 37.505), 4326), 100, 200, 900, 0.9, 1, 300, '{12,13,14}');
INSERT INTO wifi_summary (run_id, figures) VALUES
 (3, '{"demand": {"value": 999, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}}'),
 (6, '{"demand": {"value": 1000, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}}');
INSERT INTO dataset_version (id, dataset, layout, files, sha256, publisher, licence, attribution, lines_read, rows_kept, rows_refused, synthetic, imported_at) VALUES
 (6, 'policy-events', 'own', '{e.csv}', repeat('f', 64), 'Dongjak', 'none', 'none', 2, 2, 0, false, '2026-01-01T00:00:00Z');
INSERT INTO run_input (run_id, version_id) VALUES (1, 6), (4, 6);
INSERT INTO policy_event (code, name_ko, name_en, starts_on, ends_on, kind, industries, dongs, source, version_id) VALUES
 ('relief', '지원금', 'Relief', '2020-05-13', '2020-08-31', 'subsidy', '{I01}', '{}', 'somewhere', 6),
 ('distancing', '거리두기', NULL, '2020-03-22', NULL, 'distancing', '{}', '{}', NULL, 6);
INSERT INTO economy_policy (run_id, code, effect) VALUES
 (1, 'relief', NULL),
 (4, 'relief', '{"treated": ["I01"], "control": ["I02"], "difference": {"point": 0.05, "se": 0.01, "df": 5, "ci95": [0.02, 0.08]}, "randomisation": {"p": 0.01, "assignments": 120, "exact": true}, "crv1": {"se": 0.01, "ci95": [0.03, 0.07]}, "crv3": {"se": 0.01, "ci95": [0.03, 0.07]}, "path": [{"week": -2, "point": 0.0, "se": 0.01}, {"week": 1, "point": 0.05, "se": 0.01}]}'),
 (4, 'distancing', NULL);
INSERT INTO economy_ranking (run_id, ranking) VALUES
 (1, '{"dongs": ["11590510"], "observed": [[0.1, 5, 0.1, null, null]], "draws": []}'),
 (4, '{"dongs": ["11590510", "11590520", "11590530"], "observed": [[0.3, 1, 0.1, null, 0], [0.2, 3, 0.2, null, 0], [0.1, 9, 0.4, null, 0]], "draws": [[[0.3, 1, 0.1], [0.2, 3, 0.2], [0.1, 9, 0.4]], [[0.1, 1, 0.1], [0.2, 3, 0.2], [0.3, 9, 0.4]]]}');
INSERT INTO economy_scope (run_id, scope, code, figures) VALUES
 (4, 'dong', '11590510', '{"relative": {"value": -0.01, "status": "ESTIMATED", "reason": null, "interval": [-0.02, -0.001], "n": 51}, "relative_adjusted_p": {"value": 0.04, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "depth": {"value": -12, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "trough": {"value": 202011, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "half_life": {"value": null, "status": "CENSORED", "reason": {"ko": "미관측", "en": "Not seen."}, "interval": null, "n": null}}'),
 (4, 'dong', '11590520', '{"relative": {"value": null, "status": "SUPPRESSED", "reason": {"ko": "적음", "en": "Few."}, "interval": null, "n": null}}');
INSERT INTO economy_mix_sentiment (run_id, dong_code, month, gap, se, coverage) VALUES
 (4, '11590510', '2020-03-01', -1, 0.5, 0.9), (4, '11590510', '2020-09-01', 2, NULL, 0.85);
INSERT INTO childcare_care (run_id, place, figures) VALUES
 (2, '11590510', '{"accessibility": {"value": 0.7, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}}'),
 (5, 'district', '{"accessibility": {"value": 0.5, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "unmet_children": {"value": 90, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "centres_without_location": {"value": 2, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "desert": {"value": 0, "status": "MEASURED", "reason": null, "interval": null, "n": null}}'),
 (5, '11590510', '{"accessibility": {"value": 0.6, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "part_time_accessibility": {"value": 0.01, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "unmet_children": {"value": 30, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "desert": {"value": 0, "status": "MEASURED", "reason": null, "interval": null, "n": null}}'),
 (5, '11590520', '{"accessibility": {"value": 0.3, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "part_time_accessibility": {"value": 0.02, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "unmet_children": {"value": 60, "status": "ESTIMATED", "reason": null, "interval": null, "n": null}, "desert": {"value": 1, "status": "MEASURED", "reason": null, "interval": null, "n": null}}'),
 (5, '11590530', '{"desert": {"value": null, "status": "NOT_AVAILABLE", "reason": {"ko": "없음", "en": "No register."}, "interval": null, "n": null}}');
INSERT INTO childcare_use_rate (run_id, place, kind, hour_from, hour_to, months, last_month, figures) VALUES
 (2, 'district', 'part_time', 9, 12, 3, '2020-03-01', '{"used": {"value": 11, "status": "MEASURED", "reason": null, "interval": null, "n": null}}'),
 (5, 'district', 'part_time', 9, 12, 12, '2020-12-01', '{"places": {"value": 300, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "used": {"value": 150, "status": "MEASURED", "reason": null, "interval": null, "n": null}, "use_ratio": {"value": 0.5, "status": "MEASURED", "reason": null, "interval": null, "n": 150}}'),
 (5, '11590510', 'part_time', 9, 12, 12, '2020-12-01', '{"use_ratio": {"value": 0.9, "status": "MEASURED", "reason": null, "interval": null, "n": 90}}'),
 (5, '11590520', 'part_time', 12, 15, 12, '2020-12-01', '{"use_ratio": {"value": null, "status": "SUPPRESSED", "reason": {"ko": "적음", "en": "Few."}, "interval": null, "n": null}}'),
 (5, 'unresolved', 'all_day', 7, 19, 12, '2020-12-01', '{"use_ratio": {"value": 0.2, "status": "MEASURED", "reason": null, "interval": null, "n": 20}}');
INSERT INTO economy_structure (run_id, dong_code, industry_code, status, quarters, establishments, franchises, opened, closed, sales_won, payments, market_share, amount_log, ticket_log, footfall, imputed) VALUES
 (4, '', '', 'MEASURED', '{2019-04-01,2020-04-01}', '{50,48}', '{10,12}', '{2,1}', '{1,3}', '{900,800}', '{90,50}', '{1,1}', '{NULL,-0.2}', '{NULL,0.1}', '{NULL,5000}', '{false,false}'),
 (4, '', 'I01', 'MEASURED', '{2020-04-01}', '{30}', '{6}', '{1}', '{1}', '{500}', '{NULL}', '{0.625}', '{-0.3}', '{NULL}', '{NULL}', '{false}'),
 (4, '11590510', '', 'MEASURED', '{2020-04-01}', '{20}', '{NULL}', '{NULL}', '{NULL}', '{400}', '{40}', '{0.5}', '{-0.1}', '{-0.05}', '{2500}', '{false}'),
 (4, '11590510', 'I01', 'SUPPRESSED', '{2020-04-01}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}'),
 (1, '', '', 'MEASURED', '{2019-04-01}', '{7}', '{NULL}', '{NULL}', '{NULL}', '{70}', '{NULL}', '{1}', '{NULL}', '{NULL}', '{NULL}', '{false}');
INSERT INTO economy_market (run_id, number, name_ko, kind, address, lists, shops, opened_in, dong_code, place, sales_link, quarters, sales_won, change) VALUES
 (4, 1, '가시장', 'traditional_market', '본동 1', '{seoul-markets,agency-markets}', 120, 1974, '11590510', ST_SetSRID(ST_MakePoint(126.9051234, 37.505), 4326), 'name', '{2019-04-01,2020-04-01}', '{500,400}', '{NULL,-0.2}'),
 (4, 2, '나거리', 'shopping_street', NULL, '{own}', NULL, NULL, '11590510', ST_SetSRID(ST_MakePoint(126.905, 37.505), 4326), NULL, '{}', '{}', '{}'),
 (4, 3, '다시장', 'traditional_market', NULL, '{agency-markets}', NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}'),
 (1, 1, '옛시장', 'traditional_market', NULL, '{own}', NULL, NULL, NULL, NULL, NULL, '{}', '{}', '{}');
INSERT INTO economy_usage (run_id, scheme, dong_code, industry_code, status, months, merchants, transactions, amount_won) VALUES
 (4, 'card', '', '', 'MEASURED', '{2020-05-01}', '{90}', '{900}', '{9000}'),
 (4, 'zero_pay', '', '', 'MEASURED', '{2020-04-01,2020-05-01}', '{10,12}', '{100,200}', '{1000,3000}'),
 (4, 'zero_pay', '', 'I01', 'SUPPRESSED', '{2020-04-01}', '{}', '{}', '{}'),
 (4, 'zero_pay', '11590510', '', 'MEASURED', '{2020-05-01}', '{5}', '{60}', '{700}'),
 (1, 'zero_pay', '', '', 'MEASURED', '{2020-05-01}', '{1}', '{1}', '{77}');
INSERT INTO economy_comparison (run_id, policy, outcome, scheme, comparison, shortfall) VALUES
 (4, 'distancing', 'market_sales', '', NULL, 'NoData'),
 (4, 'relief', 'franchise_sales', '', NULL, 'NoData'),
 (4, 'relief', 'merchant_usage', 'zero_pay', '{"treated": ["I01"], "control": ["I02"], "difference": {"point": 0.05, "se": 0.01, "df": 3, "ci95": [0.01, 0.09]}, "randomisation": {"p": 0.25, "assignments": 6, "exact": true}, "before": ["2020-03-01", "2020-04-01"], "after": ["2020-06-01"]}', NULL),
 (1, 'relief', 'market_sales', '', NULL, 'PeriodsMissing');
INSERT INTO economy_level (run_id, scope, code, status, level) VALUES
 (4, 'district', '', 'ESTIMATED', '{"point": 0.8, "ci95": [0.7, 0.9], "weeks": 51, "fell": true}'),
 (4, 'dong', '11590510', 'ESTIMATED', '{"point": 0.8, "ci95": [0.7, 0.9], "weeks": 51, "fell": true}'),
 (4, 'dong', '11590520', 'SUPPRESSED', NULL),
 (4, 'industry', 'I01', 'ESTIMATED', '{"point": 1.1, "ci95": [0.9, 1.3], "weeks": 51, "fell": true}'),
 (4, 'industry', 'I02', 'INSUFFICIENT_DATA', NULL),
 (1, 'dong', '11590510', 'INSUFFICIENT_DATA', NULL);
INSERT INTO childcare_siting (run_id, problem) VALUES
 (2, '{"dongs": ["11590510", "11590520"], "cells": [{"dong": 0, "at": [0.0, 0.0], "children": 100, "access": [0.0, 0.0]}, {"dong": 0, "at": [1000.0, 0.0], "children": 100, "access": [0.1, 0.0]}, {"dong": 1, "at": [5000.0, 0.0], "children": 100, "access": [0.2, 0.0]}, {"dong": 1, "at": [9000.0, 0.0], "children": 600, "access": [0.8, 0.0]}], "candidates": [{"id": "old", "name": "후보 old", "kind": "apartment", "at": [0.0, 0.0], "place": [126.9051234567, 37.505], "dong": "11590510", "cost_won": 100, "fit": [true, true]}], "needs": [0.6, 0.03], "detour": 1.0, "complaints": [12, null]}'),
 (5, '{"dongs": ["11590510", "11590520"], "cells": [{"dong": 0, "at": [0.0, 0.0], "children": 100, "access": [0.0, 0.0]}, {"dong": 0, "at": [1000.0, 0.0], "children": 100, "access": [0.1, 0.0]}, {"dong": 1, "at": [5000.0, 0.0], "children": 100, "access": [0.2, 0.0]}, {"dong": 1, "at": [9000.0, 0.0], "children": 600, "access": [0.8, 0.0]}], "candidates": [{"id": "a", "name": "후보 a", "kind": "apartment", "at": [0.0, 0.0], "place": [126.9051234567, 37.505], "dong": "11590510", "cost_won": 100, "fit": [true, true]}, {"id": "b", "name": "후보 b", "kind": "apartment", "at": [500.0, 0.0], "place": [126.9051234567, 37.505], "dong": "11590510", "cost_won": 300, "fit": [true, false]}, {"id": "c", "name": "후보 c", "kind": "apartment", "at": [5000.0, 0.0], "place": [126.9051234567, 37.505], "dong": "11590520", "cost_won": 100, "fit": [true, true]}, {"id": "d", "name": "후보 d", "kind": "apartment", "at": [9000.0, 0.0], "place": [126.9051234567, 37.505], "dong": null, "cost_won": null, "fit": [true, true]}], "needs": [0.6, 0.03], "detour": 1.0, "complaints": [12, null]}');
INSERT INTO childcare_vulnerability (run_id, evidence) VALUES
 (2, '{"dongs": ["11590510", "11590520", "11590530"], "children": [1000.0, 1000.0, 1000.0], "reach": [[[0.9, 0.5, 0.5], [0.5, 0.55, 0.51], [0.46, 0.9, 0.52]]], "waiting": [null, null, null], "has_posts": false, "complaints": [null, null, null], "neighbours_unknown": [false, false, false]}'),
 (5, '{"dongs": ["11590510", "11590520", "11590530", "11590540", "11590550", "11590560"], "children": [1000.0, 1000.0, 1000.0, 1000.0, 1000.0, 1000.0], "reach": [[[0.9, 0.5, 0.5], [0.5, 0.55, 0.51], [0.46, 0.9, 0.52], [0.52, 0.52, 0.9], [0.48, 0.48, 0.49], [0.44, 0.53, 0.53]], [[0.9500000000000001, 0.5, 0.5], [0.55, 0.55, 0.51], [0.51, 0.9, 0.52], [0.5700000000000001, 0.52, 0.9], [0.53, 0.48, 0.49], [0.49, 0.53, 0.53]], [[0.85, 0.5, 0.5], [0.45, 0.55, 0.51], [0.41000000000000003, 0.9, 0.52], [0.47000000000000003, 0.52, 0.9], [0.43, 0.48, 0.49], [0.39, 0.53, 0.53]]], "waiting": [0.1, 0.9, 0.12, 0.08, 0.11, 0.13], "has_posts": true, "complaints": [15, null, 12, 8, 30, 11], "neighbours_unknown": [true, false, false, false, false, false]}');
